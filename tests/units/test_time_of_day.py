"""Events of a time of day: a session begins then, at the hour of its place; days and sessions are those of these sessions."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest

from campaign import store
from campaign.core import language
from campaign.core.settings import settings
from campaign.filters import Filters
from tests import shaped
from tests.records import build, record

pytestmark = pytest.mark.rows(every=3)


def told_by_hand(path: Path, edition: int, least: int, below: int, on: date | None = None) -> set[str]:
    """Return the counted events with a session that begins between two hours of their place, session by session."""
    with duckdb.connect(str(path), read_only=True) as file:
        rows = file.execute(
            "select s.event_id, epoch(s.begins_at), e.timezone, s.is_all_day from sessions as s join events as e using (event_id) "
            "where e.edition = ? and e.is_published and e.in_campaign and e.withdrawn_on is null and e.duplicate_of is null "
            "and e.status <> 'cancelled' and not e.is_withheld",
            [edition],
        ).fetchall()
    event_ids = set()
    for event_id, instant, zone, is_all_day in rows:
        begins = datetime.fromtimestamp(instant, UTC).astimezone(ZoneInfo(zone))
        if not is_all_day and least <= begins.hour < below and on in (None, begins.date()):
            event_ids.add(event_id)
    return event_ids


def listed(chosen: Filters) -> set[str]:
    rows = store.query("event_rows", chosen=chosen, lang="fr", after_starts=None, after_id=None, limit=100_000)
    return set(rows.column("event_id"))


@pytest.fixture(params=["demo", "recent"])
def served(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, int]]:
    path = request.getfixturevalue(f"{request.param}_db")
    monkeypatch.setattr(settings(), "db", path)
    edition = 2014
    if request.param == "recent":
        monkeypatch.setattr(settings(), "today", shaped.TODAY)
        edition = 2025
    with store.snapshot(), language.use("fr"):
        yield path, edition


@pytest.mark.matrix(every=5)
@pytest.mark.parametrize(("time", "least", "below"), [("morning", 0, 12), ("afternoon", 12, 18), ("evening", 18, 24)])
def test_events_of_a_time_of_day_are_those_of_the_sessions(
    served: tuple[Path, int], time: str, least: int, below: int
) -> None:
    path, edition = served
    chosen = Filters(editions=(edition,), times_of_day=(time,))
    expected = told_by_hand(path, edition, least, below)
    assert expected
    assert listed(chosen) == expected
    assert store.query("event_totals", chosen=chosen).one["total"] == len(expected)
    days = Filters(editions=(edition,)).replace
    busiest = max(
        (
            date.fromisoformat(str(row["day"]))
            for row in store.query("events_by_day", chosen=chosen).rows
            if row["count"]
        ),
        key=lambda day: len(told_by_hand(path, edition, least, below, day)),
    )
    on_day = days(times_of_day=(time,), from_day=busiest, to_day=busiest)
    assert listed(on_day) == told_by_hand(path, edition, least, below, busiest)


@pytest.mark.in_turn
def test_each_day_counts_what_its_own_evening_has(served: tuple[Path, int]) -> None:
    _path, edition = served
    chosen = Filters(editions=(edition,), times_of_day=("evening",))
    for row in store.query("events_by_day", chosen=chosen).rows[:20]:
        day = row["day"]
        assert store.query("event_totals", chosen=chosen.replace(from_day=day, to_day=day)).one["total"] == row["count"]


def test_a_saturday_evening_is_the_evening_of_a_saturday(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "hours.duckdb"
    rows = [
        record(
            "two days", timings=[("2014-11-15T10:00", "2014-11-15T12:00"), ("2014-11-17T19:00", "2014-11-17T21:00")]
        ),
        record("evening", timings=[("2014-11-15T18:00", "2014-11-15T20:00"), ("2014-11-16T20:00", "2014-11-16T21:00")]),
        record("just before", timings=[("2014-11-15T17:59", "2014-11-15T20:00")]),
        record("whole day", timings=[("2014-11-15", "2014-11-15")]),
        record("opening", timings=[("2014-11-15T19:00", "2014-11-18T12:00")]),
    ]
    build(path, rows)
    monkeypatch.setattr(settings(), "db", path)
    with store.snapshot():
        evening = Filters(editions=(2014,), times_of_day=("evening",))
        saturday = evening.replace(from_day=date(2014, 11, 15), to_day=date(2014, 11, 15))
        assert titles(evening) == {"two days", "evening", "opening"}
        assert titles(saturday) == {"evening", "opening"}
        assert titles(saturday.replace(times_of_day=("morning",))) == {"two days"}
        assert titles(saturday.replace(times_of_day=("morning", "evening"))) == {"two days", "evening", "opening"}
        assert store.query("event_totals", chosen=evening.replace(unit="sessions")).one["total"] == 4
        assert store.query("event_totals", chosen=evening.replace(unit="days")).one["total"] == 4
        evenings = store.query("events_listed", chosen=evening, since=None, by_distance=False, limit=9, offset=0).rows
        hours = {row["title"]: row["next_at"].astimezone(ZoneInfo("Europe/Paris")).hour for row in evenings}
        assert hours == {"two days": 19, "evening": 18, "opening": 19}  # the first of those asked for, not of all
        held = store.query(
            "calendar_sessions", chosen=evening, lang="fr", event_id=None, after_starts=None, after_id=None, limit=99
        )
        assert sorted(row["begins_utc"][9:11] for row in held.rows) == ["17", "18", "18", "19"]


def test_the_hour_is_that_of_the_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "far.duckdb"
    build(path, [record("far", timings=[("2014-11-15T20:00", "2014-11-15T22:00")], commune_code="97411")])
    monkeypatch.setattr(settings(), "db", path)
    with store.snapshot():
        assert titles(Filters(editions=(2014,), times_of_day=("evening",))) == {"far"}  # 17 h in Paris


def titles(chosen: Filters) -> set[str]:
    return set(
        store.query("event_rows", chosen=chosen, lang="fr", after_starts=None, after_id=None, limit=99).column("title")
    )
