"""Rows that a file rarely holds, written into a copy of the tiny one (conftest.py): which queries take them, and which leave them out."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from campaign.core.settings import settings
from campaign.filters import Filters
from campaign.store import query
from tests.records import events_of

OF_2014 = Filters(editions=(2014,))


@pytest.fixture
def alter(tiny_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return what runs statements on a copy of the tiny file and has it read."""

    def run(*statements: str) -> None:
        path = Path(shutil.copyfile(tiny_db, tmp_path / "campaign.duckdb"))
        with duckdb.connect(str(path)) as connection:
            for statement in statements:
                connection.execute(statement)
        monkeypatch.setattr(settings(), "db", path)

    return run


def test_what_was_cancelled_waits_no_longer(alter: Callable[..., None], reading_tiny: Path) -> None:
    def waiting(edition: int) -> tuple[int, list[int]]:
        awaiting = {"chosen": Filters(), "edition": edition}
        chambers = query("awaiting_by_chamber", **awaiting).column("n_events")
        return query("awaiting_in_territory", **awaiting).one["n_events"], chambers

    assert (waiting(2013), waiting(2014)) == ((0, []), (1, [1]))
    alter("update events set status = 'cancelled' where source_uid = '5'")
    assert waiting(2014) == (0, [])


def test_a_hundred_events_make_an_edition_the_current_one(alter: Callable[..., None]) -> None:
    a_hundred = "update event_rollup set n_events = 5 * n_events where edition = 2014"
    alter("update event_rollup set edition = 2015 where edition = 2013", a_hundred)
    assert query("current_edition").one == {"edition": 2014}


def test_a_demonstration_event_that_was_replaced_is_shown_nowhere(alter: Callable[..., None]) -> None:
    alter("update events set is_withheld = true where source_uid = '25'")
    listed = query("findings_listed", chosen=OF_2014, kind=None, with_unpublished=True, limit=None)
    assert "5" in listed.column("title")
    assert "25" not in listed.column("title")
    replaced = events_of(Path(settings().db), "event_id")["25"]
    assert query("unknown_event_ids", ids=(replaced,)).column("event_id") == [replaced]
    assert {row["edition"]: row["n_events"] for row in query("press_counts_by_import").rows} == {2013: 3, 2014: 19}


def test_an_edition_that_the_calendar_lacks_has_its_events(alter: Callable[..., None]) -> None:
    alter("update event_rollup set edition = 2007 where edition = 2013")
    editions = query("events_by_edition", chosen=Filters()).rows
    assert editions[0] == {"edition": 2007, "number": None, "count": 3}
    assert {"kind": "edition", "code": "2007"} in query("filter_codes").rows


def test_days_of_a_collectivity_are_those_chosen(alter: Callable[..., None]) -> None:
    alter("update events set country_code = 'PF' where source_uid = '19'")  # all of November
    chosen = OF_2014.replace(unit="days", from_day=date(2014, 11, 9), to_day=date(2014, 11, 12))
    rows = query("events_by_collectivity", chosen=chosen, collectivities=("MF", "PF")).rows
    assert [(row["country_code"], row["count"]) for row in rows] == [("PF", 4)]


def test_only_what_the_last_import_brought_is_said_of_it(alter: Callable[..., None]) -> None:
    alter("update events set first_import_id = 0 where source_uid not in ('1', '2', '3')")
    rows = query("changes_by_region", chosen=OF_2014).rows
    assert [(row["region_code"], row["n_new"], row["n_changed"]) for row in rows] == [("53", 2, 0), ("82", 1, 0)]


def test_an_organiser_of_ten_events_is_larger_than_one_of_nine(alter: Callable[..., None]) -> None:
    alter(
        "update organiser_rollup set n_events = 9 where organiser_id = 'beta'",
        "update organiser_rollup set n_events = 10 where organiser_id = 'gamma'",
        "update events set lead_organiser_id = 'beta' where source_uid in ('6', '7')",
    )
    sizes = query("organisers_by_size", chosen=OF_2014).rows
    assert [(row["least"], row["n_organisers"], row["n_events"]) for row in sizes] == [
        (3, 1, 3),
        (5, 1, 9),
        (10, 1, 10),
    ]
    listed = query("organisers_listed", chosen=OF_2014, history=OF_2014, least=9, most=9, n=5).rows
    # Lyon and Paris, which is one commune with its arrondissements
    assert [(row["name"], row["n_communes"]) for row in listed] == [("Beta", 2)]


def test_a_day_counts_its_sessions_or_its_events(alter: Callable[..., None]) -> None:
    alter(
        "update day_rollup set n_sessions = n_sessions + 1 where day = date '2014-11-12'"
    )  # two territories with an event each
    days = {"from_day": date(2014, 11, 12), "to_day": date(2014, 11, 12)}
    counts = {
        unit: query("events_by_day", chosen=OF_2014.replace(unit=unit, **days)).column("count")
        for unit in ("events", "sessions", "days")
    }
    assert counts == {"events": [2], "sessions": [4], "days": [2]}


def test_a_duplicate_does_not_name_an_event_that_nobody_may_see(alter: Callable[..., None]) -> None:
    # the other one stood on the day of a past view, and was unpublished since
    alter(
        "update events set duplicate_of = (select event_id from events where source_uid = '1') where source_uid = '2'",
        "update events set is_published = false where source_uid = '1'",
    )
    two = query("event", chosen=Filters(), event_id=events_of(Path(settings().db), "event_id")["2"]).one
    assert (two["title"], two["other_id"], two["other_title"]) == ("2", None, None)


def test_sessions_that_begin_at_once_have_names_of_their_own(alter: Callable[..., None]) -> None:
    alter(
        "update sessions set begins_at = begins_at - interval 1 day, begins_on = begins_on - 1 where begins_on = '2014-11-06'"
        " and event_id = (select event_id from events where source_uid = '2')"
    )
    page = {"lang": "fr", "event_id": None, "after_starts": None, "after_id": None, "limit": 50}
    rows = query("calendar_sessions", chosen=OF_2014, **page).rows
    assert [row["uid_part"] for row in rows if row["title"] == "2"] == [None, "20141105T090000Z-2"]
    assert {row["uid_part"] for row in rows if row["title"] != "2"} == {None}


def test_events_of_no_departement_without_sessions_have_no_row(alter: Callable[..., None]) -> None:
    alter("update event_rollup set n_sessions = 0 where departement_code is null")
    in_events, in_sessions = (
        query("events_by_departement", chosen=OF_2014.replace(unit=unit)).rows[-1] for unit in ("events", "sessions")
    )
    assert (in_events["departement_code"], in_events["count"]) == (None, 8)
    assert in_sessions["departement_code"] is not None


def test_the_ten_largest_organisers_are_summed_and_families_not_known_come_last(alter: Callable[..., None]) -> None:
    alter(
        "insert into organiser_rollup select r.* replace (organiser_id || n as organiser_id, n as n_events)"
        " from organiser_rollup as r, range(1, 13) as t (n) where organiser_id = 'beta' and edition = 2014",
        "update organisers set family = 'association' where organiser_id = 'beta'",
    )
    one = query("organisers_summary", chosen=OF_2014, history=OF_2014).one
    assert (one["n_organisers"], one["n_top_ten"]) == (15, 12 + 11 + 10 + 9 + 8 + 7 + 6 + 5 + 4 + 3)
    families = query("organisers_by_family", chosen=OF_2014).rows
    assert [(row["family"], row["n_organisers"]) for row in families] == [("association", 1), (None, 14)]


def test_of_events_without_a_commune_those_online_end_the_day(alter: Callable[..., None]) -> None:
    of_the_20th = "(select min(event_id) from events where source_uid in ('12', '13'))"
    alter(f"update events set attendance_mode = 'online' where event_id = {of_the_20th}")
    rows = query("programme_days", chosen=OF_2014, since=None, limit=None).rows
    modes = [row["attendance_mode"] for row in rows if row["day"] == date(2014, 11, 20)]
    assert modes == ["on_site", "online"]


def test_a_session_of_one_whole_day_is_that_day(alter: Callable[..., None]) -> None:
    exhibition = "(select event_id from events where source_uid = '19')"
    alter(f"update sessions set ends_on = begins_on where event_id = {exhibition}")
    ids = (events_of(Path(settings().db), "event_id")["19"],)
    assert query("sessions_listed", chosen=OF_2014, ids=ids).column("sessions") == ["2014-11-01"]


def test_of_runs_as_long_the_first_is_the_record(alter: Callable[..., None]) -> None:
    alter("delete from day_rollup where edition = 2014 and not list_contains([5, 6, 20, 21], day(day))")
    (record,) = query("record_streaks", chosen=OF_2014).rows
    assert (record["n_days"], record["first_day"], record["last_day"]) == (2, date(2014, 11, 5), date(2014, 11, 6))


def test_an_event_that_moved_to_another_edition_is_taken_from_the_first(alter: Callable[..., None]) -> None:
    alter(
        "insert into event_versions by name select event_id, 1 as import_id, updated_at as changed_at,"
        " registered_on as replaced_on, ['edition'] as changed_fields, e as was, [] as sessions, [] as organisers,"
        " [] as findings from events as e where source_uid = '22'",
        "update events set edition = 2014 where source_uid = '22'",
    )
    rows = query("press_counts_by_import").rows
    assert [(row["edition"], row["n_added"], row["n_removed"], row["n_events"]) for row in rows] == [
        (2013, 3, 1, 2), (2014, 21, 0, 21),
    ]  # fmt: skip
