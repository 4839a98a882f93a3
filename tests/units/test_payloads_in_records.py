"""Whatever an agenda's texts hold, no answer of ours runs it, breaks on it or gives more than was asked for."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import duckdb
import feedparser
import httpx
import openpyxl
import pypdf
import pytest
import xlsxwriter
from icalendar import Calendar
from streamlit import file_util

from campaign.archive import site
from campaign.core.errors import IntakeError
from campaign.core.settings import settings
from campaign.drawings.catalogue import DRAWINGS
from campaign.exports import columns
from campaign.exports.formulas import FORMULA
from campaign.filters import ACCESSIBILITIES, parse
from campaign.report import digest
from campaign.web.heading import heading
from campaign.web.shell import CONNECTION, rewritten
from tests.intake_files import Stage, event, write, write_json
from tests.payloads import LINKS, PAYLOADS, TRACES, dangers, hostile_records, svg_dangers
from tests.records import IMPORTED_AT, build, rows_of

pytestmark = pytest.mark.rows(every=3)

UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
N_EVENTS = 2 * len(PAYLOADS)
by_payload = pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
INLINE = "<script>\n      window.prerenderReady = false\n    </script>"


@pytest.fixture(scope="module")
def hostile_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file whose every text is a payload: what the import would have taken out stands in it too."""
    path = tmp_path_factory.mktemp("hostile") / "campaign.duckdb"
    build(path, list(hostile_records()), source=PAYLOADS["script"], licence=PAYLOADS["closing"])
    return path


@pytest.fixture
def hostile(served_at: str, hostile_db: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    monkeypatch.setattr(settings(), "db", hostile_db)
    with httpx.Client(base_url=served_at, timeout=180) as opened:
        yield opened


def get(client: httpx.Client, path: str) -> httpx.Response:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.text[:300])
    assert "set-cookie" not in answer.headers
    assert not TRACES.search(answer.text), path
    return answer


@pytest.mark.in_turn
def test_every_event_is_there_as_text(hostile: httpx.Client) -> None:
    listed = get(hostile, "/api/v1/events.json?edition=2014&limit=1000").json()
    assert listed["total"] == len(listed["events"]) == N_EVENTS
    for each in listed["events"]:
        assert each["url"] is None or each["url"].startswith("https://"), each["url"]
    assert len(get(hostile, "/api/v1/events.geojson?edition=2014").json()["features"]) == N_EVENTS
    assert sum(row["count"] for row in get(hostile, "/api/v1/counts.json?by=region").json()["rows"]) == N_EVENTS
    get(hostile, "/api/v1/counts.json?by=theme&by=type&by=departement")
    get(hostile, "/api/v1/figures.json")
    assert rows_of(settings().db, "select count(*) from events") == [(N_EVENTS,)]


@pytest.mark.parametrize("dialect", ["", "&dialect=fr"])
def test_no_cell_is_run(hostile: httpx.Client, dialect: str) -> None:
    text = get(hostile, f"/api/v1/events.csv?edition=2014{dialect}").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if dialect else ","))
    assert len(rows) == N_EVENTS + 1
    assert {len(row) for row in rows} == {len(rows[0])}
    starts = re.compile(FORMULA)
    numbers = {columns.COLUMNS.index(name) for name in ("lat", "lon")}
    assert not [cell for row in rows for n, cell in enumerate(row) if starts.match(cell) and n not in numbers]


@pytest.mark.parametrize("path", ["/api/v1/events.xlsx?edition=2014", "/api/v1/findings.xlsx?region=53"])
def test_workbooks_hold_texts_only(hostile: httpx.Client, path: str) -> None:
    content = get(hostile, path).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert not [cell.value for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))  # noqa: S314  our own workbook
            assert "externalLink" not in name


def test_feeds_and_calendars_are_well_formed_and_hold_each_event_once(hostile: httpx.Client) -> None:
    feed = get(hostile, "/api/v1/events.rss?edition=2014")
    ElementTree.fromstring(feed.content)  # noqa: S314  our own feed
    read = feedparser.parse(feed.content)
    assert not read.bozo
    assert len(read.entries) == N_EVENTS
    assert not [entry.link for entry in read.entries if not entry.link.startswith("http")]
    calendar = Calendar.from_ical(get(hostile, "/api/v1/events.ics?edition=2014").content)
    events = calendar.walk("VEVENT")
    assert len(events) == len(PAYLOADS) * 3
    assert len({str(each["UID"]) for each in events}) == len(events)
    assert not [each for each in events if "SET-COOKIE" in each]


def test_parquet_is_read(hostile: httpx.Client, tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    path.write_bytes(get(hostile, "/api/v1/events.parquet?edition=2014").content)
    assert duckdb.sql(f"select count(*) from '{path}'").fetchall() == [(N_EVENTS,)]


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawings_and_their_frames_hold_nothing_that_runs(hostile: httpx.Client, name: str) -> None:
    assert svg_dangers(get(hostile, f"/figures/{name}.svg?edition=2014").content) == []
    assert dangers(get(hostile, f"/embed/{name}?edition=2014").text) == []
    get(hostile, f"/figures/{name}.csv?edition=2014")


def test_badges_hold_nothing_that_runs(hostile: httpx.Client) -> None:
    for path in ("/badge/france.svg", "/badge/region/53.svg"):
        assert svg_dangers(get(hostile, path).content) == []


@pytest.mark.thorough
def test_programmes_reports_and_kits_are_made(hostile: httpx.Client) -> None:
    programme = pypdf.PdfReader(io.BytesIO(get(hostile, "/programme.pdf?edition=2014").content))
    words = "".join(page.extract_text() for page in programme.pages)
    assert not TRACES.search(words)
    assert not _actions(programme)
    assert not TRACES.search(get(hostile, "/programme.txt?edition=2014").text)
    report = pypdf.PdfReader(io.BytesIO(get(hostile, "/reports/bilan.pdf?edition=2014").content))
    assert not _actions(report)
    docx.Document(io.BytesIO(get(hostile, "/reports/bilan.docx?edition=2014").content))
    with zipfile.ZipFile(io.BytesIO(get(hostile, "/kits/presse.zip?edition=2014").content)) as kit:
        for name in kit.namelist():
            assert not name.startswith("/")
            assert ".." not in name
            if name.endswith(".svg"):
                assert svg_dangers(kit.read(name)) == []
            elif name.endswith(".docx"):
                docx.Document(io.BytesIO(kit.read(name)))


def _actions(read: pypdf.PdfReader) -> list[str]:
    """Return the links of a PDF that are not of the web, and scripts that it would run."""
    actions = ["/OpenAction"] if "/OpenAction" in read.trailer["/Root"] else []
    for page in read.pages:
        for note in page.get("/Annots", []):
            action: dict[str, Any] = note.get_object().get("/A", {})
            target = str(action.get("/URI", "http"))
            if action.get("/S") not in (None, "/URI", "/GoTo") or not target.startswith("http"):
                actions.append(f"{action}")
    return actions


@pytest.mark.thorough
def test_the_pages_of_events_and_their_pictures(hostile: httpx.Client) -> None:
    shell = Path(file_util.get_static_dir(), "index.html").read_text("utf-8")
    assert INLINE in shell
    for event_id, title in rows_of(settings().db, "select event_id, title from events order by event_id"):
        pairs = [("event", event_id), ("lang", "fr")]
        page = rewritten(shell, heading("agenda", pairs, "https://example.org"))
        assert dangers(page, own_inline=(INLINE, CONNECTION)) == [], title[:60]
        assert page.count("</html>") == page.count("</head>") == 1
        described = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
        assert described["@type"] == "Event"
        assert described.get("sameAs", "https://").startswith("https://")
        assert len(page) < 400_000
        picture = hostile.get(f"/apercu/agenda.png?event={event_id}")
        assert picture.status_code == 200, (title[:60], picture.text[:200])
        assert picture.content.startswith(b"\x89PNG")
        single = Calendar.from_ical(get(hostile, f"/api/v1/events/{event_id}.ics").content)
        assert len(single.walk("VEVENT")) in (1, 2)


def test_the_archive_holds_nothing_that_runs(hostile: httpx.Client, tmp_path: Path) -> None:
    site.write(2014, tmp_path / "archive")
    pages = list((tmp_path / "archive").rglob("*.html"))
    assert len(pages) > 5
    for path in pages:
        text = path.read_text("utf-8")
        assert dangers(text) == [], path.name
        assert "<script" not in text
    for path in (tmp_path / "archive").rglob("*.svg"):
        assert svg_dangers(path.read_bytes()) == [], path.name


def test_the_digest_holds_nothing_that_runs(hostile: httpx.Client) -> None:
    note = digest.digest(
        parse([("edition", "2014"), ("region", "53")]), IMPORTED_AT.date(), "https://example.org", n_days=60
    )
    assert note.parts[0].lines
    assert dangers(digest.html(note)) == []


# Into the file: each payload in each field of each format; in a sample, each payload in one format ------------------------

COLUMNS = (
    "Titre",
    "Description",
    "Organisateur",
    "Nom du lieu",
    "Adresse",
    "Lien d'accès",
    "Type",
    "Mots clés",
    "Conditions",
)


def kept_texts(stage: Stage) -> list[str]:
    texts: list[str] = []
    for each in stage.records:
        for name, value in each.items():
            if name not in ("timings", "file", "origin", "source_uid", "timezone", "commune_code", "country_code"):
                texts += [str(text) for text in (value if isinstance(value, list) else [value]) if text is not None]
    return texts


def assert_plain(stage: Stage) -> None:
    """Nothing that a browser would take for an element, nothing unseen or beyond measure, no link but to the web."""
    for text in kept_texts(stage):
        assert not dangers(text), text[:200]
        assert not UNSEEN.search(text), repr(text[:80])
        assert len(text) <= 20_000
    for each in stage.records:
        assert set(each["accessibility"] or []) <= set(ACCESSIBILITIES)
        for name in LINKS:
            assert each[name] is None or each[name].lower().startswith(("https://", "http://")), each[name]


@pytest.mark.matrix(every=4)
@by_payload
def test_tables(tmp_path: Path, payload: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow([*COLUMNS, "Date", "Commune", "Code postal"])
    writer.writerow([*[payload] * len(COLUMNS), "2014-11-05", "Rennes", "35000"])
    writer.writerow(["Témoin", *[""] * (len(COLUMNS) - 1), "2014-11-06", "Rennes", "35000"])
    path = write(tmp_path, out.getvalue())
    if "\0" in payload:
        with pytest.raises(IntakeError, match="binaire"):
            Stage(path)
        return
    stage = Stage(path)
    assert "Témoin" in {each["title"] for each in stage.records}
    assert len(stage.records) + len(stage.rejects) == 2
    assert_plain(stage)


@pytest.mark.matrix(every=4, first=1)
@by_payload
def test_workbooks(tmp_path: Path, payload: str) -> None:
    path = tmp_path / "events.xlsx"
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [*COLUMNS, "Date", "Commune", "Code postal"])
        for column in range(len(COLUMNS)):
            sheet.write_string(1, column, payload[:32_000])
        sheet.write_row(1, len(COLUMNS), ["2014-11-05", "Rennes", "35000"])
        sheet.write_row(2, 0, ["Témoin", *[""] * (len(COLUMNS) - 1), "2014-11-06", "Rennes", "35000"])
    stage = Stage(path)
    assert "Témoin" in {each["title"] for each in stage.records}
    assert_plain(stage)


@pytest.mark.matrix(every=4, first=2)
@by_payload
def test_agendas(tmp_path: Path, payload: str) -> None:
    texts = {name: {"fr": payload} for name in ("title", "description", "longDescription", "conditions")}
    place = dict.fromkeys(
        ("name", "address", "city", "postalCode", "insee", "department", "region", "countryCode"), payload
    )
    laced = event(
        uid=payload, slug=payload, **texts, keywords={"fr": [payload]}, location=place, timezone=payload,
        registration=[{"type": "link", "value": payload}], onlineAccessLink=payload, image={"base": payload, "filename": payload},
        originAgenda={"uid": payload, "title": payload}, canonicalUrl=payload, accessibility=payload, age={"min": payload},
    )  # fmt: skip
    plain = event(uid=2, title={"fr": "Témoin"})
    stage = Stage(write_json(tmp_path, {"success": True, "total": 2, "events": [laced, plain], "after": None}))
    assert "Témoin" in {each["title"] for each in stage.records}
    assert len(stage.records) + len(stage.rejects) == 2
    assert_plain(stage)


@pytest.mark.matrix(every=4, first=3)
@by_payload
def test_calendars(tmp_path: Path, payload: str) -> None:
    def lines(uid: str, text: str) -> str:
        fields = "".join(
            f"{name}:{text}\r\n" for name in ("SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "URL", "ORGANIZER")
        )
        return f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART:20141105T180000Z\r\n{fields}END:VEVENT\r\n"

    body = lines("a", payload) + lines("b", "Témoin")
    stage = Stage(write(tmp_path, f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}END:VCALENDAR\r\n", "events.ics"))
    assert "Témoin" in {each["title"] for each in stage.records}
    assert_plain(stage)
