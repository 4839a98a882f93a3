"""The archive of an edition opens without a server, counts what the addresses count, and asks nothing of any other host."""

import csv
import hashlib
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import duckdb
import httpx
import pytest
from icalendar import Calendar
from typer.testing import CliRunner

from campaign.archive import site
from campaign.cli import app
from campaign.core.settings import settings

VOID = {"meta", "link", "br", "img", "input", "hr"}
EDITION = 2014


class Page(HTMLParser):
    """What a page holds; raises AssertionError where its elements are not nested."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.references: list[str] = []
        self.tags: list[str] = []
        self.lang = ""
        self.text = ""
        self.feed(text)
        assert self.open == [], self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        assert len(given) == len(attrs), f"an attribute of <{tag}> is given twice"
        self.tags.append(tag)
        self.lang = given.get("lang", self.lang) if tag == "html" else self.lang
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" else []
        self.loaded += [given[name] for name in ("src", "href", "data", "srcset") if name in given and tag != "a"]
        self.references += given.get("aria-labelledby", "").split()
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def folder(demo_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings(), "db", demo_db)
        path = tmp_path_factory.mktemp("archive") / "mois-2014"
        site.write(EDITION, path)
        return path


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, Page]:
    return {
        path.relative_to(folder).as_posix(): Page(path.read_text("utf-8")) for path in sorted(folder.rglob("*.html"))
    }


@pytest.mark.in_turn
def test_counts_are_those_of_the_addresses(client: httpx.Client, folder: Path, pages: dict[str, Page]) -> None:
    total = client.get("/api/v1/counts.json", params={"edition": EDITION}).json()["total"]
    by_region = client.get("/api/v1/counts.json", params={"edition": EDITION, "by": "region"}).json()["rows"]
    assert json.loads((folder / "manifeste.json").read_text())["evenements"] == total
    listed = [key for page in pages.values() for key in page.ids if key.startswith("e-")]
    assert len(listed) == len(set(listed)) == total
    for row in by_region:
        name = f"agenda/region-{row['region']}.html" if row["region"] else "agenda/sans-region.html"
        assert sum(key.startswith("e-") for key in pages[name].ids) == row["count"], name
    data = folder / "donnees"
    rows = list(csv.DictReader(io.StringIO((data / "evenements.csv").read_bytes().decode())))
    assert {f"e-{row['event_id']}" for row in rows} == set(listed)
    assert json.loads((data / "evenements.json").read_text())["total"] == total
    assert len(json.loads((data / "evenements.geojson").read_text())["features"]) == total
    assert duckdb.sql(f"select count(*) from '{data / 'evenements.parquet'}'").fetchall() == [(total,)]
    sessions = client.get("/api/v1/counts.json", params={"edition": EDITION, "unit": "sessions"}).json()["total"]
    calendar = Calendar.from_ical((data / "evenements.ics").read_bytes()).walk("VEVENT")
    assert sum(entry["STATUS"] != "CANCELLED" for entry in calendar) == sessions
    assert json.loads((data / "comptes.json").read_text())["region"] == by_region


def test_pages_are_whole_and_lead_only_to_what_is_there(folder: Path, pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert page.lang == "fr"
        assert (
            page.tags.count("h1") == page.tags.count("main") == page.tags.count("title") - page.tags.count("svg") == 1
        )
        assert len(page.ids) == len(set(page.ids)), name
        assert set(page.references) <= set(page.ids), name
        assert "script" not in page.tags
        for address in [*page.links, *page.loaded]:
            parts = urlsplit(address)
            if parts.scheme:
                assert address in page.links, f"{name} loads {address}"
                continue
            target = (folder / name).parent / unquote(parts.path) if parts.path else folder / name
            assert target.resolve().is_file(), f"{name} leads to {address}"
            if parts.fragment:
                assert parts.fragment in pages[target.resolve().relative_to(folder).as_posix()].ids
        assert "démonstration" in page.text


def test_styles_and_drawings_load_nothing_from_elsewhere(folder: Path) -> None:
    for path in [*folder.rglob("*.css"), *folder.rglob("*.svg")]:
        for address in re.findall(r"url\(([^)]+)\)", path.read_text("utf-8")):
            assert address.startswith("#") or (path.parent / address).is_file(), address
        assert "@import" not in path.read_text("utf-8")


def test_checksums_cover_every_file(folder: Path) -> None:
    lines = dict(reversed(line.split("  ", 1)) for line in (folder / "SHA256SUMS").read_text().splitlines())
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(lines) == files - {"SHA256SUMS"}
    for name, digest in lines.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name


def test_licences_are_repeated(folder: Path) -> None:
    for name in ("LICENCES.txt", "index.html", "donnees.html", "donnees/evenements.csv"):
        assert "Événements fictifs, libres de tout usage" in (folder / name).read_text("utf-8"), name
    assert "Licence Ouverte 2.0" in (folder / "LICENCES.txt").read_text("utf-8")


def test_the_command_refuses_a_folder_that_holds_something(reading_demo: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    result = CliRunner().invoke(
        app, ["archive", "--edition", "2014", "--out", str(tmp_path), "--db", str(reading_demo)]
    )
    assert result.exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    wrong = CliRunner().invoke(
        app, ["archive", "--edition", "1999", "--out", str(tmp_path / "new"), "--db", str(reading_demo)]
    )
    assert wrong.exit_code == 2
    assert not (tmp_path / "new").exists()
