"""The programme of a choice: every event that counts, by day and commune, in PDF and text, without contacts."""

import io
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pypdf
import pytest
from typer.testing import CliRunner

from campaign import store
from campaign.cli import app
from campaign.core.settings import settings
from campaign.filters import parse
from campaign.programme import files, listing
from campaign.programme.listing import programme
from campaign.programme.sheet import pdf
from campaign.programme.text import text
from tests.kept import demonstration

BASE = "https://exemple.fr"


@pytest.fixture
def small_demo(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = demonstration(2000)
    monkeypatch.setattr(settings(), "db", path)
    with store.snapshot():
        yield path


def ids(words: str) -> set[str]:
    return set(re.findall(r"event=([0-9a-z]+)", words))


@pytest.mark.parametrize("pairs", [[("region", "53")], [("departement", "972")], [("region", "11"), ("lang", "en")]])
def test_it_holds_every_counted_event_once_a_day(small_demo: Path, pairs: list[tuple[str, str]]) -> None:
    chosen = parse(pairs)
    booklet = programme(chosen, BASE)
    total = store.query("event_totals", **chosen.params()).one["total"]
    days = sum(n for _day, n in store.query("events_by_day", **chosen.params()).values)
    words = text(booklet)
    assert len(ids(words)) == total
    assert (
        sum(len(place.lines) for day in booklet.days for place in day.places if day.name != "Date à préciser") <= days
    )
    assert f"{BASE}/agenda?edition=" in words


def test_days_and_communes_are_in_order(small_demo: Path) -> None:
    booklet = programme(parse([("region", "11")]), BASE)
    rows = store.query("programme_days", chosen=parse([("region", "11")]), since=None, limit=9999).rows
    known = [row["day"] for row in rows if row["day"]]
    assert known == sorted(known)
    assert len(booklet.days) == len(set(known)) + any(row["day"] is None for row in rows)
    for day in booklet.days:
        names = [place.name for place in day.places]
        assert len(names) == len(set(names))


def test_only_the_days_asked(small_demo: Path) -> None:
    chosen = parse([("from", "2014-11-08"), ("to", "2014-11-09"), ("region", "93")])
    names = [day.name for day in programme(chosen, BASE).days]
    assert 0 < len(names) <= 2
    assert all("8 novembre" in name or "9 novembre" in name for name in names)


def test_the_pdf_is_tagged_searchable_and_carries_the_code(small_demo: Path) -> None:
    booklet = programme(parse([("departement", "35")]), BASE)
    content = pdf(booklet)
    reader = pypdf.PdfReader(io.BytesIO(content))
    words = " ".join(page.extract_text() for page in reader.pages)
    assert reader.trailer["/Root"]["/Lang"] == "fr"  # type: ignore[index]
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert b"pdfuaid:part" in content
    assert "Programme en Ille-et-Vilaine" in words
    assert "Démonstration" in words
    assert "données du" in words
    for day in booklet.days:
        assert day.name.replace("\u00a0", " ") in words.replace("\u00a0", " ")
    links = {a.get_object()["/A"]["/URI"] for page in reader.pages for a in page.get("/Annots", [])}
    assert booklet.live in links
    assert len({link for link in links if "event=" in link}) == booklet.figures.total


def test_too_much_is_cut_and_said(small_demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST_LINES", 10)
    booklet = programme(parse([]), BASE)
    assert sum(len(place.lines) for day in booklet.days for place in day.places) == 10
    assert "tiennent ici" in text(booklet)


def test_nothing_is_said(small_demo: Path) -> None:
    booklet = programme(parse([("q", "zzzzzz")]), BASE)
    assert "Aucun événement." in text(booklet)
    assert len(pypdf.PdfReader(io.BytesIO(pdf(booklet))).pages) == 1


@pytest.mark.in_turn
def test_no_contact_and_states_said(awkward: httpx.Client) -> None:
    answer = awkward.get("/programme.txt?edition=2014")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "06 12" not in answer.text
    assert "02 99 01" not in answer.text
    assert "@exemple.fr" not in answer.text
    assert "REPORTÉ" in answer.text
    assert "n'aura pas lieu" not in answer.text
    assert "Brouillon" not in answer.text
    assert "En ligne" in answer.text
    assert "+" not in answer.headers["content-disposition"]


def test_addresses(client: httpx.Client) -> None:
    answer = client.get("/programme.pdf?region=94")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert client.get("/programme.pdf?region=94", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    assert client.get("/programme.txt?region=99").status_code == 400
    assert client.get("/programme.txt?size=a4").status_code == 400


def test_few_are_made_at_once(monkeypatch: pytest.MonkeyPatch, client: httpx.Client) -> None:
    monkeypatch.setattr(files, "_making", threading.BoundedSemaphore(1))
    monkeypatch.setattr(files, "PATIENCE_S", 0.05)
    files._making.acquire()
    assert client.get("/programme.txt?region=94").status_code == 503
    files._making.release()
    assert client.get("/programme.txt?region=94").status_code == 200


def test_the_command_writes_both(small_demo: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["programme", "--departement", "2A", "--out", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".pdf", ".txt"}
    assert CliRunner().invoke(app, ["programme", "--region", "99", "--out", str(tmp_path)]).exit_code == 2
