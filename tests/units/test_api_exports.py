"""Every format holds the same rows, says where they come from, and hurts nobody's spreadsheet."""

import csv
import io
import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import geopandas
import httpx
import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
import shapely
from icalendar import Calendar
from pyarrow import parquet

from campaign import filters
from campaign.core import language
from campaign.exports import columns, contacts, files, formulas
from campaign.exports.formats import calendar, workbook
from campaign.exports.formats import parquet as parquet_format
from campaign.intake.fields.columns import field_of
from campaign.wording.columns import NAMES, name_of

BRITTANY = {"region": "53", "edition": "all"}
CONTACT = re.compile(r"[\w.]+@[\w-]+\.\w+|(?:\+33|\b0[1-9])(?:[ .-]?\d){8,9}")


def events(client: httpx.Client, **params: str) -> list[dict[str, Any]]:
    page = client.get("/api/v1/events.json", params={**params, "limit": "1000"}).json()
    assert page["after"] is None
    listed: list[dict[str, Any]] = page["events"]
    return listed


def as_text(value: Any) -> str:
    """Return a value of the API as a CSV cell holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return "|".join(value) if isinstance(value, list) else str(value)


def parsed(feed: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(feed)  # noqa: S314  written by ourselves


def test_events_have_the_columns_in_order(client: httpx.Client) -> None:
    listed = events(client, **BRITTANY)
    assert listed
    assert all(tuple(event) == columns.COLUMNS for event in listed)
    assert [event["starts_at"] is None for event in listed] == sorted(event["starts_at"] is None for event in listed)
    instants = [datetime.fromisoformat(event["starts_at"]) for event in listed]
    assert instants == sorted(instants)
    assert {event["region_2014_code"] for event in listed} == {"53"}


def test_pages_follow_one_another(client: httpx.Client) -> None:
    expected = [event["event_id"] for event in events(client, **BRITTANY)]
    event_ids: list[str] = []
    params = {**BRITTANY, "limit": "7"}
    while True:
        page = client.get("/api/v1/events.json", params=params).json()
        assert page["total"] == len(expected)
        event_ids += [event["event_id"] for event in page["events"]]
        if page["after"] is None:
            break
        params["after"] = page["after"]
    assert event_ids == expected


def test_a_cursor_that_was_touched_is_refused(client: httpx.Client) -> None:
    after = client.get("/api/v1/events.json", params={"limit": "1"}).json()["after"]
    assert client.get("/api/v1/events.json", params={"after": after}).status_code == 200
    for position in range(len(after)):
        other = "A" if after[position] != "A" else "B"
        touched = after[:position] + other + after[position + 1 :]
        answer = client.get("/api/v1/events.json", params={"after": touched})
        assert (answer.status_code, answer.json().get("parameter")) == (400, "after"), touched
    for touched in (after + "A", after[:-1], after + "=", after + "\n", "é", ""):
        assert client.get("/api/v1/events.json", params={"after": touched}).status_code == 400, touched


def test_csv_holds_the_rows_of_json(client: httpx.Client) -> None:
    answer = client.get("/api/v1/events.csv", params=BRITTANY)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    listed = events(client, **BRITTANY)
    assert tuple(rows[0]) == columns.COLUMNS
    for row, event in zip(rows, listed, strict=True):
        assert (float(row["lat"] or 0), float(row["lon"] or 0)) == (event["lat"] or 0, event["lon"] or 0)
        for name in set(columns.COLUMNS) - {"lat", "lon"}:
            assert row[name] == as_text(event[name]), name


def test_french_csv_opens_in_a_french_excel(client: httpx.Client) -> None:
    answer = client.get("/api/v1/events.csv", params={**BRITTANY, "dialect": "fr"})
    assert answer.content.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert header == [NAMES[name] for name in columns.COLUMNS]
    listed = events(client, **BRITTANY)
    for row, event in zip(rows, listed, strict=True):
        for cell, name in zip(row, columns.COLUMNS, strict=True):
            assert cell == in_french(name, event[name]), name


def in_french(name: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, float):
        return str(value).replace(".", ",")
    if isinstance(value, list):
        return "|".join(value)
    text = str(value)
    if name.endswith("_at"):
        return datetime.fromisoformat(text).strftime("%d/%m/%Y %H:%M")
    return f"'{text}" if re.fullmatch(r"0\d+|\d{16,}|\d+[eE]\d+", text) else text


def test_codes_keep_their_zeros_in_a_french_excel(client: httpx.Client) -> None:
    ain = client.get("/api/v1/events.csv?departement=01&edition=all&dialect=fr").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(ain), delimiter=";"))
    assert rows
    for row in rows:
        assert row["Code du département"] == "'01"
        assert re.fullmatch(r"'01\d{3}|", row["Code INSEE de la commune"])


def test_headers_are_in_the_readers_language(client: httpx.Client) -> None:
    english = client.get("/api/v1/events.csv?dialect=fr&lang=en").content.decode("utf-8-sig").splitlines()[0].split(";")
    assert english[:5] == ["Identifier", "Edition", "Title", "Type code", "Type"]
    assert len(english) == len(columns.COLUMNS)
    assert client.get("/api/v1/events.csv?lang=en").text.splitlines()[0] == ",".join(columns.COLUMNS)


@pytest.mark.parametrize("name", columns.COLUMNS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_an_import_reads_a_column_by_either_name(name: str, lang: language.Language) -> None:
    with language.use(lang):
        label = name_of(name)
    if (field := field_of(name)) is not None:  # what the machine's table gives, the reader's gives as well
        assert field_of(label) == field, label


@pytest.mark.parametrize("dialect", [{}, {"dialect": "fr"}])
def test_every_line_of_a_csv_ends_alike(client: httpx.Client, dialect: dict[str, str]) -> None:
    content = client.get("/api/v1/events.csv", params={**BRITTANY, **dialect}).content
    assert content.count(b"\r\n") == content.count(b"\n") == len(events(client, **BRITTANY)) + 1


def test_workbook_holds_the_rows_and_says_where_they_come_from(client: httpx.Client) -> None:
    answer = client.get("/api/v1/events.xlsx", params=BRITTANY)
    book = openpyxl.load_workbook(io.BytesIO(answer.content), read_only=True)
    assert book.sheetnames == ["Événements", "Source et licence"]
    header, *rows = book["Événements"].iter_rows(values_only=True)
    assert header == columns.COLUMNS
    for row, event in zip(rows, events(client, **BRITTANY), strict=True):
        for value, name in zip(row, columns.COLUMNS, strict=True):
            expected = "|".join(event[name]) or None if isinstance(event[name], list) else event[name]
            assert value == expected, name
    about = dict(book["Source et licence"].iter_rows(values_only=True))
    assert about["Licence"] == "Événements fictifs, libres de tout usage"
    assert "démonstration" in about["Source"]


def test_a_workbook_goes_on_in_further_sheets_and_says_so(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = events(client, **BRITTANY)
    monkeypatch.setattr(workbook, "MAX_ROWS", len(listed) - 1)
    book = openpyxl.load_workbook(io.BytesIO(client.get("/api/v1/events.xlsx", params=BRITTANY).content))
    assert book.sheetnames == ["Événements", "Événements 2", "Source et licence"]
    rows = [row for name in book.sheetnames[:2] for row in list(book[name].values)[1:]]
    assert [row[0] for row in rows] == [event["event_id"] for event in listed]
    assert str(dict(book["Source et licence"].values)["Feuilles d'événements"]).startswith("2")


def test_parquet_holds_the_rows_and_says_where_they_come_from(client: httpx.Client) -> None:
    answer = client.get("/api/v1/events.parquet", params=BRITTANY)
    table = parquet.read_table(io.BytesIO(answer.content))
    assert tuple(table.column_names) == (*columns.COLUMNS, "geometry")
    assert table.drop(["geometry"]).to_pylist() == events(client, **BRITTANY)
    about = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
    assert (about["is_demo"], about["licence"]) == ("true", "Événements fictifs, libres de tout usage")


def test_parquet_is_geoparquet(client: httpx.Client, tmp_path: Path) -> None:
    content = client.get("/api/v1/events.parquet", params=BRITTANY).content
    places = geopandas.read_parquet(io.BytesIO(content))
    listed = events(client, **BRITTANY)
    assert isinstance(places, geopandas.GeoDataFrame)
    assert places.crs.to_string() == "OGC:CRS84"
    assert [None if point is None else (point.y, point.x) for point in places.geometry] == [
        None if event["lat"] is None else (event["lat"], event["lon"]) for event in listed
    ]
    assert 0 < places.geometry.isna().sum() < len(listed)
    assert pd.read_parquet(io.BytesIO(content)).columns.tolist() == [*columns.COLUMNS, "geometry"]
    (tmp_path / "events.parquet").write_bytes(content)
    described = duckdb.sql(f"describe from '{tmp_path / 'events.parquet'}'").fetchall()
    assert described[-1][:2] == ("geometry", "GEOMETRY('OGC:CRS84')")
    empty = client.get("/api/v1/events.parquet", params={"q": "introuvable-mot"}).content
    assert len(geopandas.read_parquet(io.BytesIO(empty))) == 0


def test_points_are_written_where_both_coordinates_are_known() -> None:
    lat, lon = pa.array([48.5, None, 47.0, None], pa.float64()), pa.array([-1.5, 2.0, None, None], pa.float64())
    assert shapely.from_wkb(parquet_format.points(lat, lon).to_pylist()).tolist() == [
        shapely.Point(-1.5, 48.5), None, None, None
    ]  # fmt: skip
    assert parquet_format.points(lat[:0], lon[:0]).to_pylist() == []
    assert parquet_format.points(lat[1:], lon[1:]).null_count == 3


def test_geojson_holds_the_rows_and_says_where_they_come_from(client: httpx.Client) -> None:
    body = client.get("/api/v1/events.geojson", params=BRITTANY).json()
    assert (body["type"], body["is_demo"]) == ("FeatureCollection", True)
    assert body["licences"] == ["Événements fictifs, libres de tout usage"]
    for feature, event in zip(body["features"], events(client, **BRITTANY), strict=True):
        assert feature["properties"] == event
        placed = event["lat"] is not None
        expected = {"type": "Point", "coordinates": [event["lon"], event["lat"]]} if placed else None
        assert feature["geometry"] == expected


def test_feed_holds_the_rows_latest_change_first(client: httpx.Client) -> None:
    channel = parsed(client.get("/api/v1/events.rss", params=BRITTANY).content).find("channel")
    assert channel is not None
    assert "démonstration" in str(channel.findtext("title"))
    assert channel.findtext("copyright") == "Événements fictifs, libres de tout usage"
    items = channel.findall("item")
    listed = events(client, **BRITTANY)
    latest = sorted(listed, key=lambda event: (event["updated_at"], event["event_id"]), reverse=True)
    assert {item.findtext("guid") for item in items} == {event["event_id"] for event in listed}
    assert items[0].findtext("guid") in {e["event_id"] for e in latest if e["updated_at"] == latest[0]["updated_at"]}
    assert len(channel.findall("{http://www.w3.org/2005/Atom}link")) == 1
    few = client.get("/api/v1/events.rss", params={**BRITTANY, "limit": "3"}).content
    assert [i.findtext("guid") for i in parsed(few).iter("item")] == [i.findtext("guid") for i in items[:3]]


@pytest.mark.parametrize("days", [{}, {"from": "2014-11-05", "to": "2014-11-12"}])
def test_calendar_holds_every_session_that_is_counted(client: httpx.Client, days: dict[str, str]) -> None:
    read = Calendar.from_ical(client.get("/api/v1/events.ics", params=days).content)
    assert read["METHOD"] == "PUBLISH"
    assert "démonstration" in read["X-WR-CALNAME"]
    assert read["X-LICENCE"] == "Événements fictifs\\, libres de tout usage"
    sessions = read.walk("VEVENT")
    counted = [session for session in sessions if session["STATUS"] != "CANCELLED"]
    table = client.get("/api/v1/counts.json", params={**days, "unit": "sessions"}).json()
    assert len(counted) == table["total"]
    assert len(sessions) > len(counted)
    assert len({str(session["UID"]) for session in sessions}) == len(sessions)
    assert not read.errors


@pytest.mark.in_turn
def test_an_export_of_several_pages_is_whole(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {form: client.get(f"/api/v1/events.{form}", params=BRITTANY).content for form in ("csv", "ics", "rss")}
    monkeypatch.setattr(columns, "PAGE_EVENTS", 17)
    for form, content in whole.items():
        assert client.get(f"/api/v1/events.{form}", params=BRITTANY).content == content, form


@pytest.mark.parametrize("form", files.FORMATS)
@pytest.mark.parametrize("params", [{}, {"q": "introuvable-mot"}])
def test_the_command_line_writes_what_the_address_gives(
    client: httpx.Client, form: str, params: dict[str, str]
) -> None:
    buffer = io.BytesIO()
    files.write(form, filters.parse(list(params.items())), buffer)
    served = client.get(f"/api/v1/events.{form}", params=params)
    assert served.status_code == 200
    assert buffer.getvalue()[:4] == served.content[:4]
    if form == "xlsx":
        rows = [
            list(openpyxl.load_workbook(io.BytesIO(b)).worksheets[0].values)
            for b in (buffer.getvalue(), served.content)
        ]
        assert rows[0] == rows[1]
    elif form in ("csv", "geojson", "parquet"):
        assert buffer.getvalue() == served.content
    if params:
        assert client.get("/api/v1/events.json", params=params).json()["total"] == 0


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, "mois-ess-2014-france-evenements-20150113"),
        ({"region": "53"}, "mois-ess-2014-bretagne-evenements-20150113"),
        ({"region": "04", "edition": "all"}, "mois-ess-toutes-editions-la-reunion-evenements-20150113"),
        ({"commune": "35238", "edition": "2013"}, "mois-ess-2013-rennes-evenements-20150113"),
    ],
)
def test_a_file_is_named_after_its_content(client: httpx.Client, params: dict[str, str], expected: str) -> None:
    for form in ("csv", "xlsx", "geojson", "parquet", "ics"):
        answer = client.head(f"/api/v1/events.{form}", params=params)
        assert answer.headers["content-disposition"] == f'attachment; filename="{expected}.{form}"'
        assert answer.headers["x-demonstration"] == "true"


def test_labels_follow_the_language(client: httpx.Client) -> None:
    french, english = (events(client, lang=lang, type="visite-entreprise") for lang in ("fr", "en"))
    assert {event["type_label"] for event in french} == {"Visite d'entreprise"}
    assert {event["type_label"] for event in english} != {"Visite d'entreprise"}
    feed = client.get("/api/v1/events.rss", params={"lang": "en"}).text
    assert "données du" not in feed


@pytest.mark.parametrize("form", ["json", *files.FORMATS])
def test_no_answer_gives_a_contact(awkward: httpx.Client, form: str) -> None:
    answer = awkward.get(f"/api/v1/events.{form}")
    text = answer.text
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        text = repr([list(sheet.values) for sheet in book])
    elif form == "parquet":
        text = repr(parquet.read_table(io.BytesIO(answer.content)).to_pylist())
    elif form == "ics":
        text = answer.text.replace("\r\n ", "").replace("@mois-ess", "")
    assert "atelier" in text
    leaks = CONTACT.findall(text)
    assert leaks == []


def test_no_cell_runs(awkward: httpx.Client) -> None:
    rows = list(csv.DictReader(io.StringIO(awkward.get("/api/v1/events.csv").text)))
    formula = next(row for row in rows if "HYPERLINK" in row["title"])
    assert formula["title"].startswith("'=HYPERLINK")
    assert formula["organiser"].startswith("'@ssociation")
    assert formula["lon"].startswith("-1.")
    several = next(row for row in rows if "atelier" in row["title"])
    assert several["url"] == "https://example.org/evenement?n=1&m=2"
    book = openpyxl.load_workbook(io.BytesIO(awkward.get("/api/v1/events.xlsx").content))
    cells = [cell for row in book["Événements"].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
    assert not [cell.value for cell in cells if str(cell.value).startswith(("=", "+", "@"))]
    listed = {event["title"] for event in events(awkward)}
    assert '=HYPERLINK("http://example.org";"a")' in listed


DANGEROUS = ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\u00a0=", "\u00a0\u00a0+", "＝", "＋", "－", "＠"]


@pytest.mark.parametrize("start", DANGEROUS)
def test_what_begins_a_formula_is_defused(start: str) -> None:
    assert formulas.defused(f"{start}1") == f"'{start}1"
    assert formulas.defused(f"a{start}") == f"a{start}"
    texts = pa.array([f"{start}1", None, "", f"a{start}"])
    assert columns.harmless(texts).to_pylist() == [f"'{start}1", None, "", f"a{start}"]


@pytest.mark.parametrize(
    "text",
    [
        "jean.dupont+ess@exemple.fr",
        "contact@ess-france.coop",
        "0299010203",
        "02 99 01 02 03",
        "02.99.01.02.03",
        "02-99-01-02-03",
        "+33 2 99 01 02 03",
        "+33 (0)2 99 01 02 03",
        "0033299010203",
        "+262 2 62 01 02 03",
        "+32 2 123 45 67",
        "0 800 123 456",
        "02\u00a099\u00a001\u00a002\u00a003",
        "02\u202f99\u202f01\u202f02\u202f03",
        "02/99/01/02/03",
        "02 - 99 - 01 - 02 - 03",
        "00 33 6 12 34 56 78",
        "josé@exemple.fr",
        "jean%40exemple.fr",
        "0596 12 34 56",
        "0262-12-34-56",
        "0612 345 678",
        "06 1234 5678",
        "(0)6 12 34 56 78",
        "jean(at)exemple.fr",
        "jean [at] exemple.fr",
        "jean @ exemple.fr",
        "jean＠exemple.fr",
        "jean&#64;exemple.fr",
    ],
)
def test_contacts_are_struck_out(text: str) -> None:
    assert columns.plain(f"Venez ({text}) !") == f"Venez ({columns.REMOVED}) !"
    batch = pa.RecordBatch.from_pydict({"title": [f"Venez ({text}) !"]})
    assert columns.without_contacts(batch)["title"].to_pylist() == [f"Venez ({columns.REMOVED}) !"]


@pytest.mark.parametrize(
    "text",
    [
        *("2014", "75001", "12 000 000", "Du 01 au 12", "a@b", "10 h 30", "n° 123456789", "812 345 678 00012"),
        *(
            "Réunion (atelier) à 18 h",
            "01-2014-2015",
            "le 05 2014 ou le 06",
            "0596",
            "0,5 - 12 - 34",
            "[at] Rennes",
            "a @ b",
        ),
        *("05/11/2014 18:30", "01.11.2014 18:30", "https://exemple.org/@ess"),
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert columns.plain(text) == text


@pytest.mark.parametrize(
    "link",
    [
        "mailto:a@exemple.fr",
        "tel:+33299010203",
        "sms:0299010203",
        "https://wa.me/33612345678",
        "https://exemple.org/?tel=299010203",
        "https://exemple.org/?a=jean@exemple.fr",
        "https://exemple.org/?a=jean%40exemple.fr",
        "https://exemple.org/appel/0612345678",
    ],
)
def test_links_to_a_person_are_left_out(link: str) -> None:
    batch = pa.RecordBatch.from_pydict({"url": [link, "https://exemple.org/2014/11/05?n=12345678", None]})
    assert columns.without_contacts(batch)["url"].to_pylist() == [
        None,
        "https://exemple.org/2014/11/05?n=12345678",
        None,
    ]
    assert contacts.has_contact(link)


def test_themes_give_no_contact() -> None:
    batch = pa.RecordBatch.from_pydict({"theme_labels": [["Habiter", "a@exemple.fr"], None, []]})
    assert columns.without_contacts(batch)["theme_labels"].to_pylist() == [["Habiter", "[…]"], None, []]


def test_calendar_of_awkward_events(awkward: httpx.Client) -> None:
    text = awkward.get("/api/v1/events.ics").content
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    assert b"\n" not in text.replace(b"\r\n", b"")
    read = Calendar.from_ical(text)
    by_title = {str(session["SUMMARY"]): session for session in read.walk("VEVENT")}
    cancelled = by_title["Annulé\u00a0: Ciné-débat qui n'aura pas lieu"]
    assert cancelled["STATUS"] == "CANCELLED"
    assert cancelled["DTSTART"].dt == datetime(2014, 11, 8, 16, 0, tzinfo=UTC)
    postponed = by_title["Reporté\u00a0: Conférence remise à plus tard"]
    assert postponed["STATUS"] == "TENTATIVE"
    days = next(session for title, session in by_title.items() if "atelier" in title)
    assert (days["DTSTART"].dt, days["DTEND"].dt) == (date(2014, 11, 6), date(2014, 11, 8))
    assert str(days["LOCATION"]).startswith('Salle à deux lignes, "la grande"')
    assert str(by_title["Webinaire"]["LOCATION"]) == "En ligne"
    assert "GEO" not in by_title["Webinaire"]
    two = [session for session in read.walk("VEVENT") if "HYPERLINK" in session["SUMMARY"]]
    assert len({str(session["UID"]) for session in two}) == 2
    assert "DTEND" not in two[1]
    assert not any("démonstration" in str(session["DESCRIPTION"]).lower() for session in read.walk("VEVENT"))


@pytest.mark.parametrize("text", ["é" * 100, "a" * 75, "a" * 76, "𝄞" * 40, "a" + "é" * 37, ""])
def test_folding_keeps_the_text(text: str) -> None:
    folded = calendar.folded(text)
    assert all(len(line.encode()) <= calendar.MAX_OCTETS for line in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == text


def test_feed_of_awkward_events_is_xml(awkward: httpx.Client) -> None:
    items = list(parsed(awkward.get("/api/v1/events.rss").content).iter("item"))
    assert len(items) == 4
    assert json.dumps([item.findtext("description") for item in items]).count("demonstration") == 0
    assert any("« d'ici », &amp; &lt;là&gt;" in str(item.findtext("description")) for item in items)
