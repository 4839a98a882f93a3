"""Other people's readers find in every export as many events as the page counts, and the licence of each import."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import feedparser
import geopandas
import httpx
import openpyxl
import pandas as pd
import pytest
from icalendar import Calendar

from campaign.core.settings import settings
from campaign.exports.files import FORMATS
from tests.records import build, record

LICENCES = {"Chambre A": "Licence Ouverte 2.0", "Chambre B": "ODbL 1.0"}
SCHEDULED = [("2014-11-05T18:00", "2014-11-05T20:00")]
SEVERAL = [
    ("2014-11-05T18:00", "2014-11-05T20:00"),
    ("2014-11-05T18:00", "2014-11-05T19:00"),
    ("2014-11-12T18:00", None),
]


def rows(prefix: str) -> list[dict[str, Any]]:
    """Return awkward events: formulas, line ends, quotes, long and foreign texts, several sessions, no date, cancelled."""
    return [
        record(f"{prefix}-several", timings=SEVERAL, commune_code="35238"),
        record(f"{prefix}-online", attendance_mode="online"),
        record(f"{prefix}-lines", title='Un "titre", ; sur\ndeux lignes', commune_code="97411"),
        record(f"{prefix}-long", title="é𝄞" * 120, organiser_labels=["<b>& ]]> ;"]),
        record(f"{prefix}-undated", title="=1+1", timings=[]),
        record(f"{prefix}-cancelled", status="cancelled"),
    ]


@pytest.fixture(scope="module")
def two_sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two imports under two licences, five events of each count."""
    path = tmp_path_factory.mktemp("readers") / "campaign.duckdb"
    for source, licence in LICENCES.items():
        build(path, rows(source[-1]), source=source, licence=licence, edition=2014)
    return path


@pytest.fixture(params=["demonstration", "imports"])
def served(
    request: pytest.FixtureRequest, served_at: str, demo_db: Path, two_sources: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[httpx.Client]:
    """The addresses over the demonstration, then over real imports."""
    monkeypatch.setattr(settings(), "db", demo_db if request.param == "demonstration" else two_sources)
    with httpx.Client(base_url=served_at, params={"edition": "2014"}) as opened:
        yield opened


def body(client: httpx.Client, form: str, **params: str) -> bytes:
    return client.get(f"/api/v1/events.{form}", params=params).raise_for_status().content


@pytest.mark.in_turn
def test_every_reader_counts_what_the_page_counts(served: httpx.Client, tmp_path: Path) -> None:
    counts = served.get("/api/v1/counts.json").json()
    sessions = served.get("/api/v1/counts.json", params={"unit": "sessions"}).json()["total"]
    files = {form: tmp_path / f"events.{form}" for form in FORMATS}
    for form, path in files.items():
        path.write_bytes(body(served, form))
    french = tmp_path / "fr.csv"
    french.write_bytes(body(served, "csv", dialect="fr"))
    totals = {
        "pandas csv": len(pd.read_csv(files["csv"])),
        "duckdb csv": duckdb.sql(f"select count(*) from read_csv('{files['csv']}')").fetchall()[0][0],
        "pandas csv-fr": len(pd.read_csv(french, sep=";", decimal=",", encoding="utf-8-sig")),
        "duckdb csv-fr": duckdb.sql(f"select count(*) from read_csv('{french}', delim=';')").fetchall()[0][0],
        "openpyxl": openpyxl.load_workbook(files["xlsx"]).worksheets[0].max_row - 1,
        "pandas xlsx": len(pd.read_excel(files["xlsx"], engine="openpyxl")),
        "duckdb parquet": duckdb.sql(f"select count(*) from '{files['parquet']}'").fetchall()[0][0],
        "pandas parquet": len(pd.read_parquet(files["parquet"])),
        "geopandas": len(places := geopandas.read_file(files["geojson"])),
        "geopandas parquet": len(points := geopandas.read_parquet(files["parquet"])),
        "feedparser": len((feed := feedparser.parse(files["rss"].read_bytes())).entries),
    }
    assert totals == dict.fromkeys(totals, counts["total"])
    assert int(places.geometry.notna().sum()) == counts["located"]
    assert places.crs.to_epsg() == 4326
    assert int(points.geometry.notna().sum()) == counts["located"]
    assert not feed.bozo
    assert len({entry.id for entry in feed.entries}) == counts["total"]
    calendar = Calendar.from_ical(files["ics"].read_bytes())
    listed = calendar.walk("VEVENT")
    assert sum(session["STATUS"] != "CANCELLED" for session in listed) == sessions
    assert len({str(session["UID"]) for session in listed}) == len(listed)
    assert not calendar.errors


def test_every_export_repeats_the_licence_of_each_import(
    served_at: str, two_sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "db", two_sources)
    with httpx.Client(base_url=served_at, timeout=60) as client:
        pairs = {(row["source"], row["licence"]) for row in client.get("/api/v1/events.json").json()["events"]}
        assert pairs == set(LICENCES.items())
        for form in ("csv", "geojson", "ics", "rss"):
            text = body(client, form).decode().replace("\r\n ", "")
            assert all(licence in text for licence in LICENCES.values()), form
        book = openpyxl.load_workbook(io.BytesIO(body(client, "xlsx")))
        assert all(licence in str(book["Source et licence"]["B2"].value) for licence in LICENCES.values())
        table = pd.read_parquet(io.BytesIO(body(client, "parquet")))
        assert set(zip(table.source, table.licence, strict=True)) == set(LICENCES.items())


@pytest.mark.in_turn
def test_a_session_keeps_its_name_and_counts_its_changes(
    served_at: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "campaign.duckdb"
    monkeypatch.setattr(settings(), "db", path)

    def read(timings: list[tuple[str, str]], updated: str) -> dict[str, int]:
        build(path, [record("one", timings=timings, updated_at=updated)], edition=2014)
        content = httpx.get(f"{served_at}/api/v1/events.ics").content
        return {str(e["UID"]): int(e["SEQUENCE"]) for e in Calendar.from_ical(content).walk("VEVENT")}

    first = read(SCHEDULED, "2014-09-20T10:00:00Z")
    moved = read([("2014-11-06T18:00", "2014-11-06T20:00")], "2014-09-21T10:00:00Z")
    more = read(
        [("2014-11-06T18:00", "2014-11-06T20:00"), ("2014-11-13T18:00", "2014-11-13T20:00")], "2014-09-22T10:00:00Z"
    )
    (uid,) = first
    assert (first, moved) == ({uid: 0}, {uid: 1})
    assert len(more) == 2
    assert more[uid] == 2
