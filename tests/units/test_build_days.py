"""When an event is: local days, sessions, the edition that it belongs to."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.records import build, events_of, findings_of, record, rows_of, stage

pytestmark = pytest.mark.rows(every=3)


def day(month: int, number: int, year: int = 2014) -> date:
    return date(year, month, number)


# uid: (fields, local days, sessions)
DAYS: dict[str, tuple[dict[str, Any], list[date], int]] = {
    "an evening": ({"timings": [("2014-11-05T18:00", "2014-11-05T20:00")]}, [day(11, 5)], 1),
    "with offset": ({"timings": [("2014-11-05T18:00:00+01:00", "2014-11-05T20:00:00+01:00")]}, [day(11, 5)], 1),
    "in UTC, already the next day here": ({"timings": [("2014-11-05T23:30:00Z", "2014-11-06T01:00:00Z")]}, [day(11, 6)], 1),
    "until midnight": ({"timings": [("2014-11-05T20:00", "2014-11-06T00:00")]}, [day(11, 5)], 1),
    "over midnight": ({"timings": [("2014-11-05T22:00", "2014-11-06T02:00")]}, [day(11, 5), day(11, 6)], 1),
    "without end": ({"timings": [("2014-11-05T18:00", None)]}, [day(11, 5)], 1),
    "end before start": ({"timings": [("2014-11-05T18:00", "2014-11-05T17:00")]}, [day(11, 5)], 1),
    "a whole day": ({"timings": [("2014-11-05", None)]}, [day(11, 5)], 1),
    "whole days, both inclusive": ({"timings": [("2014-11-05", "2014-11-07")]}, [day(11, 5), day(11, 6), day(11, 7)], 1),
    "clocks go back": ({"timings": [("2014-10-26T01:30", "2014-10-26T04:00")]}, [day(10, 26)], 1),
    "whole day of 25 hours": ({"timings": [("2014-10-26", "2014-10-26")]}, [day(10, 26)], 1),
    "said twice": ({"timings": [("2014-11-05T18:00", "2014-11-05T20:00")] * 2}, [day(11, 5)], 1),
    "twice a day": (
        {"timings": [("2014-11-05T10:00", "2014-11-05T12:00"), ("2014-11-05T14:00", "2014-11-05T16:00")]}, [day(11, 5)], 2,
    ),
    "not in order": (
        {"timings": [("2014-11-08T10:00", "2014-11-08T12:00"), ("2014-11-05T14:00", "2014-11-05T16:00")]},
        [day(11, 5), day(11, 8)],
        2,
    ),
    "overlapping": (
        {"timings": [("2014-11-05T10:00", "2014-11-06T12:00"), ("2014-11-06T10:00", "2014-11-07T12:00")]},
        [day(11, 5), day(11, 6), day(11, 7)],
        2,
    ),
    "in Guadeloupe": (
        {"timings": [("2014-11-05T21:00", "2014-11-05T23:30")], "postcode": "97110", "city": "Pointe-à-Pitre"}, [day(11, 5)], 1,
    ),
    "no date": ({"timings": [], "edition_hint": 2014}, [], 0),
}  # fmt: skip

# uid: (fields, edition, in the campaign)
EDITIONS: dict[str, tuple[dict[str, Any], int | None, bool]] = {
    "in November": ({"timings": [("2013-11-05T18:00", None)]}, 2013, True),
    "first day": ({"timings": [("2013-10-01T00:00", None)]}, 2013, True),
    "last evening": ({"timings": [("2013-12-31T23:00", None)]}, 2013, True),
    "the day before": ({"timings": [("2013-09-30T23:30", "2013-09-30T23:50")]}, 2013, False),
    "over the eve": ({"timings": [("2013-09-30T23:30", "2013-10-01T01:00")]}, 2013, True),
    "a season": ({"timings": [("2013-05-01T10:00", None), ("2013-11-05T10:00", None)]}, 2013, True),
    "around the window": ({"timings": [("2013-09-01T10:00", None), ("2014-02-01T10:00", None)]}, 2013, False),
    "in two windows": ({"timings": [("2013-11-05T10:00", None), ("2014-11-05T10:00", None)]}, 2013, True),
    "two windows, said backwards": ({"timings": [("2014-11-05T10:00", None), ("2013-11-05T10:00", None)]}, 2013, True),
    "an exhibition over two windows": ({"timings": [("2013-12-30", "2014-10-02")]}, 2013, True),
    "in March": ({"timings": [("2014-03-05T10:00", None)]}, 2014, False),
    "before the first": ({"timings": [("2005-11-05T10:00", None)]}, 2005, False),
    "undated, with a year": ({"timings": [], "edition_hint": 2012}, 2012, True),
    "undated, with a year of no edition": ({"timings": [], "edition_hint": 2001}, 2001, False),
    "undated": ({"timings": []}, None, False),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp("days") / "campaign.duckdb"
    cases = {uid: fields for uid, (fields, *_) in (DAYS | EDITIONS).items()}
    build(db, [record(uid, **fields) for uid, fields in cases.items()])
    return db


@pytest.mark.parametrize("uid", DAYS)
def test_days(built: Path, uid: str) -> None:
    _, days, n_sessions = DAYS[uid]
    event = events_of(built, "days", "n_days", "n_sessions", "first_day", "last_day")[uid]
    assert event == (days, len(days), n_sessions, days[0] if days else None, days[-1] if days else None)


@pytest.mark.parametrize("uid", EDITIONS)
def test_edition(built: Path, uid: str) -> None:
    _, edition, in_campaign = EDITIONS[uid]
    assert events_of(built, "edition", "in_campaign")[uid] == (edition, in_campaign)
    findings = findings_of(built).get(uid, set()) & {"outside_campaign", "outside_window"}
    # a single event of a year beside many of another is a stray of its file
    assert findings == (
        set() if in_campaign else {"outside_window"} if uid == "before the first" else {"outside_campaign"}
    )


def test_sessions_of_the_file_are_those_counted(built: Path) -> None:
    counted = rows_of(
        built,
        "select e.source_uid, e.n_sessions, count(s.event_id) from events as e left join sessions as s using (event_id) group by all",
    )
    assert all(n_sessions == n_stored for _, n_sessions, n_stored in counted)


def test_begin_and_end(built: Path) -> None:
    moments = events_of(built, "starts_at", "ends_at")
    assert [str(t) for t in moments["an evening"]] == ["2014-11-05 17:00:00+00:00", "2014-11-05 19:00:00+00:00"]
    assert [str(t) for t in moments["clocks go back"]] == ["2014-10-25 23:30:00+00:00", "2014-10-26 03:00:00+00:00"]
    assert [str(t) for t in moments["whole day of 25 hours"]] == [
        "2014-10-25 22:00:00+00:00",
        "2014-10-26 23:00:00+00:00",
    ]
    assert [str(t) for t in moments["in Guadeloupe"]] == ["2014-11-06 01:00:00+00:00", "2014-11-06 03:30:00+00:00"]
    assert moments["without end"][1] is None
    assert moments["end before start"][1] is None
    assert moments["no date"] == (None, None)


def test_a_given_edition_takes_all_and_notes_what_lies_outside(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    account = build(
        db,
        [
            record("in", timings=[("2014-11-05T10:00", None)]),
            record("out", timings=[("2014-03-05T10:00", None)]),
            record("around", timings=[("2014-09-05T10:00", None), ("2015-01-05T10:00", None)]),
            record("undated", timings=[]),
        ],
        edition=2014,
    )
    assert set(events_of(db, "edition", "in_campaign").values()) == {(2014, True)}
    assert account.warnings["outside_window"] == 2
    assert "outside_campaign" not in account.warnings
    assert {uid for uid, kinds in findings_of(db).items() if "outside_window" in kinds} == {"out", "around"}


def test_undated_is_noted_once(tmp_path: Path) -> None:
    def warned(connection: duckdb.DuckDBPyConnection) -> None:
        stage([record("undated", timings=[], edition_hint=2014)], connection)
        connection.execute(
            "insert into staged_warnings (record_id, kind) select record_id, 'undated' from staged_records"
        )

    assert build(tmp_path / "campaign.duckdb", [], more=warned).warnings["undated"] == 1
