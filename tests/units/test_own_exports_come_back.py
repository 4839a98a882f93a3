"""What this application exports it reads back: all sessions, places and types, from JSON and from its feed."""

import io
from pathlib import Path

import pytest

from campaign.core.settings import settings
from campaign.exports import files
from campaign.filters import Filters
from campaign.publish.importing import run_import
from tests.records import build, record, rows_of

ROWS = [
    record("1", title="Forum", postcode="35000", city="Rennes", venue="MJC", organiser_labels=["Le Relais"],
           timings=[("2014-11-05T18:00", "2014-11-05T20:00"), ("2014-11-07T10:00", "2014-11-07T12:00")]),
    record("2", title="Portes ouvertes", type_label="Portes ouvertes", city="Brest", postcode="29200",
           timings=[("2014-11-05", "2014-11-06"), ("2014-11-12", None)]),
    record("3", title="Webinaire", attendance_mode="online", timings=[("2014-11-08T18:00", None)]),
]  # fmt: skip
EVENTS = """
    select title, type, organiser, attendance_mode, commune_code, departement_code, n_sessions, days, starts_at, ends_at
    from events
    order by title
"""
SESSIONS = (
    "select title, begins_at, s.ends_at, is_all_day from sessions as s inner join events using (event_id) order by all"
)


@pytest.mark.in_turn
@pytest.mark.parametrize(("kind", "name"), [("json", "evenements.json"), ("rss", "evenements.rss")])
def test_an_export_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, name: str) -> None:
    db, other = tmp_path / "a.duckdb", tmp_path / "b.duckdb"
    build(db, ROWS)
    monkeypatch.setattr(settings(), "db", db)
    stream = io.BytesIO()
    files.write(kind, Filters(editions=(2014,)), stream, None)
    (tmp_path / name).write_bytes(stream.getvalue())
    account, _ = run_import(other, [tmp_path / name], licence="Licence Ouverte 2.0")
    assert (account.new, account.rejected) == (3, 0)
    assert rows_of(other, EVENTS) == rows_of(db, EVENTS)
    assert rows_of(other, SESSIONS) == rows_of(db, SESSIONS)


@pytest.mark.in_turn
def test_a_calendar_comes_back_as_events_with_their_sessions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db, other = tmp_path / "a.duckdb", tmp_path / "b.duckdb"
    build(db, ROWS)
    monkeypatch.setattr(settings(), "db", db)
    with (tmp_path / "agenda.ics").open("wb") as stream:
        files.write("ics", Filters(editions=(2014,)), stream, None)
    account, _ = run_import(other, [tmp_path / "agenda.ics"], licence="Licence Ouverte 2.0")
    assert (account.new, account.rejected) == (3, 0)
    query = "select title, attendance_mode, commune_code, n_sessions, days, starts_at from events order by title"
    assert rows_of(other, query) == rows_of(db, query)
    assert rows_of(other, SESSIONS) == rows_of(db, SESSIONS)
