"""Every document, picture, feed and command on files of the shapes that people really have (tests/shaped.py), read back."""

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import docx
import duckdb
import feedparser
import httpx
import openpyxl
import pypdf
import pytest
from icalendar import Calendar
from typer.testing import CliRunner

from campaign.analysis.figures import gather
from campaign.cli import app
from campaign.core.pages import PAGES
from campaign.core.settings import PARIS, ROOT, settings
from campaign.documents import typesetting
from campaign.drawings.catalogue import COLUMNS, DRAWINGS, drawing
from campaign.drawings.export import MEDIA_TYPES
from campaign.exports import files
from campaign.filters import parse
from campaign.press import brief
from campaign.press.kit import DRAWN, TABLED
from campaign.programme.listing import programme
from campaign.publish.importing import run_import
from campaign.report import bilan
from campaign.statements.press_settings import press_settings
from tests import samples
from tests.shaped import TODAY, write_csv

pytestmark = pytest.mark.rows(every=3)

TODAYS: Final = {"hand_made_db": None, "recent_db": TODAY}
NOBODY_THERE: Final = "03"  # Guyane, in no file of tests/shaped.py
# File, region, language: both files, the country and a region, and one in English.
VIEWS: Final = (
    ("hand_made_db", None, "fr"),
    ("hand_made_db", "53", "fr"),
    ("recent_db", None, "fr"),
    ("recent_db", "53", "en"),
)
ADDITIVE: Final = ("types", "carte-departements", "departements", "regions", "carte")
BASE: Final = "https://exemple.fr"


class View:
    """One choice of one file, through the addresses."""

    def __init__(self, base_url: str, file: str, region: str | None, lang: str) -> None:
        self.pairs = [*([("region", region)] if region else []), *([("lang", lang)] if lang != "fr" else [])]
        self.client = httpx.Client(base_url=base_url, timeout=60)
        self.file, self.region, self.lang = file, region, lang

    def get(self, path: str, *more: tuple[str, str]) -> httpx.Response:
        answer = self.client.get(path, params=[*self.pairs, *more])
        assert answer.status_code == 200, (path, answer.text[:300])
        assert answer.content, path
        return answer

    def count(self, *more: tuple[str, str]) -> int:
        return int(self.get("/api/v1/counts.json", ("by", "region"), *more).json()["total"])

    def write_count(self, n: int) -> str:
        return f"{n} {'events' if self.lang == 'en' else 'événements'}"


@pytest.fixture(params=VIEWS, ids=lambda view: "-".join(str(part) for part in view))
def view(request: pytest.FixtureRequest, served_at: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[View]:
    file, region, lang = request.param
    monkeypatch.setattr(settings(), "db", request.getfixturevalue(file))
    monkeypatch.setattr(settings(), "today", TODAYS[file])
    view = View(served_at, file, region, lang)
    with view.client:
        yield view


@pytest.fixture(params=TODAYS)
def file(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read each file; give its name."""
    monkeypatch.setattr(settings(), "db", request.getfixturevalue(request.param))
    monkeypatch.setattr(settings(), "today", TODAYS[request.param])
    return str(request.param)


def plain(text: str) -> str:
    return re.sub(r"[\u202f\u00a0\s]+", " ", text)


def pdf_of(content: bytes) -> tuple[pypdf.PdfReader, str]:
    read = pypdf.PdfReader(io.BytesIO(content))
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    return read, plain(" ".join(page.extract_text() for page in read.pages))


def words_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return plain(" ".join([paragraph.text for paragraph in document.paragraphs] + cells))


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def text_of_svg(content: bytes) -> str:
    assert b"nan" not in re.sub(rb">[^<]*<", b"><", content).lower()
    return plain(" ".join(ElementTree.fromstring(content).itertext()))  # noqa: S314  our own drawing


# One function makes all PDF files -----------------------------------------------------------------------------------------


def test_pdf_files_are_made_in_one_place() -> None:
    compiling = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "campaign").rglob("*.py")
        if "typst.compile(" in path.read_text("utf-8")
    }
    assert compiling == {"campaign/documents/typesetting.py", "campaign/charts/picture.py"}


def test_an_instant_with_microseconds_dates_a_document(tmp_path: Path) -> None:
    template = tmp_path / "one.typ"
    template.write_text(
        "#let data = json(bytes(sys.inputs.data))\n#set document(title: data.title)\n#data.title", "utf-8"
    )
    moment = datetime(2026, 11, 26, 7, 10, 46, 362756, tzinfo=PARIS)
    once, again = (
        typesetting.pdf(template, {"title": "Essai"}, {}, each) for each in (moment, moment.replace(microsecond=0))
    )
    assert once == again


# Addresses ----------------------------------------------------------------------------------------------------------------


@pytest.mark.in_turn
@pytest.mark.matrix(every=4)
def test_every_drawing_is_drawn_in_every_format(view: View) -> None:
    total = view.count()
    for name in DRAWINGS:
        answers = {extension: view.get(f"/figures/{name}.{extension}").content for extension in MEDIA_TYPES}
        assert len(text_of_svg(answers["svg"])) > 50, name
        assert answers["png"].startswith(b"\x89PNG"), name
        assert answers["csv"].decode("utf-8-sig").startswith(",".join(COLUMNS[:3])), name
        page = view.get(f"/embed/{name}").text
        assert "<svg" in page
        assert "</html>" in page
        if name == "types" or (name in ADDITIVE and not view.region):
            counted = sum(int(row["nombre"]) for row in rows_of(answers["csv"]))
            assert 0 < counted <= total, name
            assert counted == total or name != "types"


@pytest.mark.matrix(every=2, first=1)
def test_the_kit_holds_its_members_and_says_the_total_of_the_api(view: View) -> None:
    total = view.count()
    with zipfile.ZipFile(io.BytesIO(view.get("/kits/presse.zip").content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    drawn = DRAWN["region" if view.region else "country"]
    assert files.keys() == {
        "fiche.pdf", "phrases.txt", "phrases.docx", "methode.txt", "manifeste.json",
        "dessins/carte-reseaux.png", "dessins/carte-carre.png", "donnees/tableaux.xlsx",
        *(f"dessins/{name}.{extension}" for name in drawn for extension in ("svg", "png")),
        *(f"donnees/{name}.csv" for name in TABLED),
    }  # fmt: skip
    manifest = json.loads(files["manifeste.json"])
    assert manifest["evenements"] == total
    for entry in manifest["fichiers"]:
        assert hashlib.sha256(files[entry["nom"]]).hexdigest() == entry["sha256"]
    read, words = pdf_of(files["fiche.pdf"])
    assert len(read.pages) == 1
    for text in (words, plain(files["phrases.txt"].decode()), words_of(files["phrases.docx"])):
        assert view.write_count(total) in text
    for name, content in files.items():
        if name.endswith(".svg"):
            assert text_of_svg(content)
    assert sum(int(row["nombre"]) for row in rows_of(files["donnees/types.csv"])) == total
    assert set(openpyxl.load_workbook(io.BytesIO(files["donnees/tableaux.xlsx"])).sheetnames) == set(TABLED)


@pytest.mark.matrix(every=4, first=2)
def test_the_report_opens_and_says_the_total_of_the_api(view: View) -> None:
    total = view.count()
    read, words = pdf_of(view.get("/reports/bilan.pdf").content)
    assert len(read.pages) > 3
    document = words_of(view.get("/reports/bilan.docx").content)
    label = "Events" if view.lang == "en" else "Événements"
    for text in (words, document):
        assert f"{label} {total}" in text
    assert ("Provisional report" if view.lang == "en" else "Bilan provisoire") in words or view.file == "hand_made_db"


def test_the_programme_prints_the_days_that_are_left_of_a_running_edition_all_of_a_finished_one(view: View) -> None:
    text = plain(view.get("/programme.txt").text)
    read, words = pdf_of(view.get("/programme.pdf").content)
    assert read.pages
    assert view.write_count(view.count()) in text
    assert view.write_count(view.count()) in words
    printed = set(re.findall(r"event=([0-9a-f]+)", text))
    left = view.get(
        "/api/v1/events.json", ("limit", "1000"), *([("from", TODAY.isoformat())] if TODAYS[view.file] else [])
    )
    events = left.json()["events"]
    assert printed == {event["event_id"] for event in events}
    assert len(printed) > 10
    if TODAYS[view.file]:
        assert len(printed) < view.count()
        assert all(date.fromisoformat(event["ends_at"][:10]) >= TODAY for event in events)
        assert f"{len(printed)} {'events from' if view.lang == 'en' else 'événements à partir du'}" in text
    finished = plain(view.get("/programme.txt", ("edition", "2025")).text) if TODAYS[view.file] else text
    assert len(set(re.findall(r"event=([0-9a-f]+)", finished))) == view.count(
        *([("edition", "2025")] if TODAYS[view.file] else [])
    )
    assert re.search(r"(?:8|5) €\.", text)
    assert ("Gratuit." in text) if view.lang == "fr" else True


@pytest.mark.in_turn
def test_exports_and_feeds_hold_as_many_events_as_the_api_counts(view: View, tmp_path: Path) -> None:
    total = view.count()
    assert len(rows_of(view.get("/api/v1/events.csv").content)) == total
    book = openpyxl.load_workbook(io.BytesIO(view.get("/api/v1/events.xlsx").content))
    assert max(sheet.max_row for sheet in book) >= total + 1
    assert len(view.get("/api/v1/events.geojson").json()["features"]) == total
    path = tmp_path / "events.parquet"
    path.write_bytes(view.get("/api/v1/events.parquet").content)
    assert duckdb.sql(f"select count(*) from '{path}'").fetchall() == [(total,)]
    feed = feedparser.parse(view.get("/api/v1/events.rss").content)
    assert not feed.bozo
    assert len(feed.entries) == total
    calendar = Calendar.from_ical(view.get("/api/v1/events.ics").content)
    standing = [each for each in calendar.walk("VEVENT") if each.get("STATUS") != "CANCELLED"]
    assert len(standing) == total
    assert openpyxl.load_workbook(io.BytesIO(view.get("/api/v1/findings.xlsx").content)).sheetnames


@pytest.mark.matrix(every=3)
def test_badges_and_previews_say_the_total(view: View) -> None:
    path = f"/badge/region/{view.region}.svg" if view.region else "/badge/france.svg"
    answer = view.client.get(path, params=[pair for pair in view.pairs if pair[0] == "lang"])
    assert view.write_count(view.count()) in text_of_svg(answer.content)
    for entry in PAGES:
        assert view.get(f"/apercu/{entry.path or 'accueil'}.png").content.startswith(b"\x89PNG"), entry.path


def test_a_programme_goes_on_from_the_day_that_it_is_read_on(recent_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "db", recent_db)
    monkeypatch.setattr(settings(), "today", TODAY)

    def days(*pairs: tuple[str, str]) -> list[str]:
        return [plain(day.name) for day in programme(parse(pairs), BASE).days]

    assert days()[0] == "Jeudi 26 novembre 2026"
    assert days(("as_of", "2026-11-20"))[0] == "Vendredi 20 novembre 2026"
    assert days(("from", "2026-11-10"))[0] == "Mardi 10 novembre 2026"
    assert days(("to", "2026-11-10"))[0] == "Dimanche 1er novembre 2026"
    every = programme(parse([("edition", "all")]), BASE)
    years = [day.name[-4:] for day in every.days]
    assert years.count("2024") > 20
    assert years.count("2026") == len(days()) < 10
    assert "De l'édition en cours" in every.remaining


def test_documents_of_another_day_are_other_documents(
    file: str, served_at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with httpx.Client(base_url=served_at, timeout=60) as client:
        tag = client.get("/programme.txt").headers["etag"]
        assert client.get("/programme.txt", headers={"If-None-Match": tag}).status_code == 304
        monkeypatch.setattr(settings(), "today", date(2026, 12, 24))
        assert client.get("/programme.txt", headers={"If-None-Match": tag}).status_code == 200


# Commands -----------------------------------------------------------------------------------------------------------------


def run(*words: str) -> str:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == 0, (words, result.output, result.exception)
    assert "Traceback" not in result.output
    return plain(result.output)


@pytest.mark.matrix(every=2)
@pytest.mark.parametrize("region", [None, "53", NOBODY_THERE])
def test_every_command_writes_its_documents(file: str, region: str | None, tmp_path: Path) -> None:
    where = ["--region", region] if region else []
    n = gather(parse([("region", region)] if region else [])).total
    amount = f"{n} événements" if n > 1 else "aucun événement"
    for command, endings in (
        ("kit", {".zip"}),
        ("bilan", {".pdf", ".docx"}),
        ("digest", {".txt", ".html"}),
        ("programme", {".pdf", ".txt"}),
    ):
        folder = tmp_path / command
        output = run(command, *where, "--out", str(folder))
        assert {path.suffix for path in folder.iterdir()} == endings
        assert amount.lower() in output.lower() or (command == "programme" and n), (command, output)
    for format, ending in (("csv-fr", "csv"), ("xlsx", "xlsx"), ("json", "json"), ("ics", "ics"), ("rss", "rss")):
        path = tmp_path / f"events.{ending}"
        run("export", "--format", format, *where, "--out", str(path))
        assert path.stat().st_size
    assert json.loads((tmp_path / "events.json").read_text("utf-8"))["total"] == n


@pytest.mark.matrix(every=3)
@pytest.mark.parametrize("region", [None, NOBODY_THERE])
def test_the_archive_is_of_the_country_or_of_a_region(file: str, region: str | None, tmp_path: Path) -> None:
    where = ["--region", region] if region else []
    n = gather(parse([("region", region)] if region else [])).total
    output = run("archive", *where, "--out", str(tmp_path / "archive"))
    assert (f"{n} événements" if n else "aucun événement") in output
    manifest = json.loads((tmp_path / "archive" / "manifeste.json").read_text("utf-8"))
    assert (manifest["evenements"], manifest["region"]) == (n, region)
    front = plain((tmp_path / "archive" / "index.html").read_text("utf-8"))
    assert ("en Guyane" in front) == bool(region)
    assert len(rows_of((tmp_path / "archive" / "donnees" / "evenements.csv").read_bytes())) == n


def test_the_days_that_are_left_may_hold_no_event(
    recent_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "db", recent_db)
    monkeypatch.setattr(settings(), "today", date(2026, 12, 24))
    assert "tous sont passés" in run("programme", "--out", str(tmp_path))
    (text,) = (plain(path.read_text("utf-8")) for path in tmp_path.glob("*.txt"))
    assert "Plus aucun événement à partir du 24 décembre 2026" in text
    assert "Aucun événement." not in text


# What a file may lack -----------------------------------------------------------------------------------------------------

BARE: Final = {"Titre": "Une rencontre", "Date": "05/11/2014"}
ODD_TITLES: Final = (
    "🎉👩‍👩‍👧‍👦",
    "مرحبا بالعالم",
    "שלום עולם",
    "#[] *gras* _italique_ $x^2$ @label <label> `raw` // /* */ = Titre \\",
    "<b>Gras</b> <script>alert(1)</script> &amp; & ]]>",
    "Très long " * 60,
    "x" * 500,
    "{n} {0} %s %(n)s",
    "e\u0301\u0302\u0303 \u200b",
    "-",
)
DOCUMENTS: Final = (
    "/kits/presse.zip", "/reports/bilan.pdf", "/reports/bilan.docx", "/programme.pdf", "/programme.txt",
    *(f"/api/v1/events.{ending}" for ending in files.WRITTEN),
    "/api/v1/counts.json?by=region", "/badge/france.svg", "/healthz",
)  # fmt: skip


# Of the others the drawings differ in nothing that these do not show.
WITH_DRAWINGS: Final = ("one_event", "no_place", "all_cancelled", "odd_titles")


def odd_files() -> dict[str, list[dict[str, str]]]:
    return {
        "one_event": [BARE],
        "no_place": [BARE | {"Titre": f"Rencontre {n}"} for n in range(40)],
        "all_cancelled": [BARE | {"Statut": "Annulé"}],
        "all_online": [BARE | {"Titre": f"Webinaire {n}", "Mode de participation": "En ligne"} for n in range(3)],
        "odd_titles": [
            {"Titre": title, "Date": f"{n + 1:02}/11/2014", "Commune": "Rennes", "Code postal": "35000",
             "Organisateur": title, "Lieu": title, "Adresse": title, "Tarif": title, "Thème": title}
            for n, title in enumerate(ODD_TITLES)
        ],
        "before_zip": [BARE | {"Identifiant": "1", "Date de mise à jour": "01/01/1970 01:00", "Date de création": "01/01/1970 01:00"}],
    }  # fmt: skip


@pytest.mark.in_turn
@pytest.mark.matrix(every=5, first=1)
@pytest.mark.parametrize("name", odd_files())
def test_nothing_that_a_file_lacks_breaks_a_document(
    name: str, served_at: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = tmp_path / "odd.duckdb"
    run_import(db, [write_csv(tmp_path / "odd.csv", odd_files()[name])], licence="Licence Ouverte 2.0")
    monkeypatch.setattr(settings(), "db", db)
    with httpx.Client(base_url=served_at, timeout=60) as client:
        drawings = [f"/figures/{each}.{ending}" for each in DRAWINGS for ending in ("svg", "csv")]
        for path in (*DOCUMENTS, *(drawings if name in WITH_DRAWINGS else ())):
            answer = client.get(path, params={"edition": "2014"})
            assert answer.status_code == 200, (path, answer.text[:300])
            assert answer.content, path
            if (
                name == "all_cancelled" and path in drawings and path.endswith(".svg")
            ):  # no edition is the current one: nor has it a last one
                assert client.get(path).status_code == 200, path
                assert client.get(path, params={"edition": "all"}).status_code == 200, path
            if path.endswith(".svg"):
                text_of_svg(answer.content)
            if path.endswith(".pdf"):
                assert pdf_of(answer.content)[0].pages
    if name == "odd_titles":
        run("digest", "--out", str(tmp_path / "digest"))
        run("archive", "--out", str(tmp_path / "archive"))


def test_commands_say_that_no_event_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "cancelled.duckdb"
    run_import(db, [write_csv(tmp_path / "odd.csv", odd_files()["all_cancelled"])], licence="Licence Ouverte 2.0")
    monkeypatch.setattr(settings(), "db", db)
    for command in ("kit", "bilan", "digest", "programme", "archive"):
        for given in ([], ["--edition", "2014"]) if samples.is_full else ([],):
            output = run(command, *given, "--out", str(tmp_path / f"{command}-{len(given)}"))
            assert "aucun événement" in output.lower(), (command, given)


def test_an_address_too_long_for_a_code_makes_a_programme_without_it(
    recent_db: Path, served_at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "db", recent_db)
    monkeypatch.setattr(settings(), "today", TODAY)
    with httpx.Client(base_url=served_at, timeout=60) as client:
        events = client.get("/api/v1/events.json?limit=200").json()["events"]
        answer = client.get("/programme.pdf", params=[("id", event["event_id"]) for event in events])
    assert answer.status_code == 200, answer.text[:200]


def test_a_brief_that_overflows_is_still_a_brief(hand_made_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "db", hand_made_db)
    monkeypatch.setattr(press_settings(), "contact", "Une très longue adresse de la presse. " * 400)
    figures = gather(parse([]))
    drawings = [drawing(name, figures) for name in DRAWN["country"][:4]]
    assert len(pypdf.PdfReader(io.BytesIO(brief.pdf(figures, BASE, [], drawings))).pages) > 1


# What is not known is n. c. -----------------------------------------------------------------------------------------------


def sections_of(figures: Any) -> dict[str, Any]:
    return {section.key: section for section in bilan.sections(figures)}


def test_ages_that_no_event_says_are_not_zero(file: str) -> None:
    types = sections_of(gather(parse([])))["types"]
    ages = types.tables[1]
    *groups, unknown = ages.rows
    assert {row[1:] for row in groups} == {("n.\u00a0c.", "n.\u00a0c.")}
    assert unknown[1] == str(gather(parse([])).total)
    assert any(text.startswith("Âge indiqué dans 0\u00a0% des événements") for text in types.texts)


def test_shares_of_ages_and_families_are_of_what_is_filled(demo_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "db", demo_db)
    sections = sections_of(gather(parse([("edition", "2014")])))
    *groups, _unknown = sections["types"].tables[1].rows
    filled = re.search(r"\((\d+) sur (\d+)\)", plain(" ".join(sections["types"].texts)))
    assert filled is not None
    assert 0 < int(filled[1]) < int(filled[2])
    for _words, n, part in groups:
        assert float(part.split("\u00a0")[0].replace(",", ".")) == pytest.approx(
            100 * int(n) / int(filled[1]), abs=0.06
        )
    parts = [row[2] for row in sections["families"].tables[0].rows if row[2]]
    total = sum(float(part.split("\u00a0")[0].replace(",", ".")) for part in parts)
    assert total == pytest.approx(100, abs=0.5)


def test_a_file_without_organisers_places_and_ages_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "bare.duckdb"
    run_import(db, [write_csv(tmp_path / "bare.csv", odd_files()["no_place"])], licence="Licence Ouverte 2.0")
    monkeypatch.setattr(settings(), "db", db)
    figures = gather(parse([]))
    assert (figures.total, figures.n_organisers, figures.n_communes, figures.n_departements) == (40, None, None, None)
    sections = sections_of(figures)
    numbers = {row[0]: row[1] for row in sections["key_figures"].tables[0].rows}
    assert (
        numbers["Organisateurs principaux"] == numbers["Communes"] == numbers["Départements couverts"] == "n.\u00a0c."
    )
    assert {row[1:] for row in sections["coverage"].tables[0].rows} == {("n.\u00a0c.", "n.\u00a0c.")}
    for keys in ("organisers", "families", "authorities", "joint"):
        assert "n.\u00a0c." in " ".join(sections[keys].missing)


def test_editions_follow_each_other_in_the_report_and_what_the_file_holds_is_a_number(file: str) -> None:
    rows = sections_of(gather(parse([("region", NOBODY_THERE)])))["growth"].tables[0].rows
    years = [int(row[0]) for row in rows]
    assert years == list(range(2008, years[-1] + 1))
    counted = {row[0]: row[3] for row in rows}
    held = {"2014"} if file == "hand_made_db" else {"2024", "2025", "2026"}
    assert {year for year, n in counted.items() if n == "0"} == held
    assert set(counted.values()) == {"0", "n.\u00a0c."}


def test_the_chamber_that_was_missing_in_2014_is_not_missing_in_2026(file: str) -> None:
    figures = gather(parse([("region", "06")]))
    text = plain(str([section.texts for section in bilan.sections(figures)]) + brief._content(figures, BASE)["notice"])
    assert ("Pas encore de chambre" in text) == (file == "hand_made_db")
