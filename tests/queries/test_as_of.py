"""A view as of a day is the file as it was that evening: counts, lists, an event's own page and sessions."""

import shutil
import tempfile
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from campaign.analysis.edition_dates import own_openings
from campaign.analysis.moment import data_date
from campaign.core.settings import settings
from campaign.filters import Filters
from campaign.publish.decisions import decide_duplicate
from campaign.publish.rollback import rollback
from campaign.store import query
from campaign.store.search import Search
from tests import samples
from tests.dated import DAY, Dated
from tests.queries.test_headers import NAMES, VALUES, parameters_of
from tests.records import Record, build, events_of, findings_of, record, rows_of

FIRST = date(2014, 10, 1)
EVERYTHING = Filters(editions=(2014,))
PLACES = {"Rennes": "35000", "Lyon": "69003", None: None}


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, 0, tzinfo=UTC)


def event(uid: str, title: str, city: str | None, status: str, hour: int, *, is_published: bool) -> Record:
    timings = [(f"2014-11-0{n}T{hour}:00", f"2014-11-0{n}T{hour + 1}:00") for n in (5, 6)]
    return record(
        uid, title=title, city=city, postcode=PLACES[city], status=status, is_published=is_published, timings=timings,
        organiser_labels=[title], theme_labels=["Culture"] if hour > 10 else ["Sport", "Culture"],
        created_at=None, updated_at=None,
    )  # fmt: skip


@st.composite
def exports(draw: st.DrawFn) -> list[tuple[date, bool, list[Record]]]:
    """Return two to four exports of one agenda on days in order: the day, whether it is full, its records."""
    drawn = []
    day = FIRST
    for _turn in range(draw(st.integers(2, 4))):
        uids = draw(st.sets(st.sampled_from("abcdef"), min_size=1))
        rows = [
            event(
                uid,
                draw(st.sampled_from(["Forum", "Atelier vélo", "Ciné-débat"])),
                draw(st.sampled_from(list(PLACES))),
                draw(st.sampled_from(["scheduled", "scheduled", "cancelled", "full"])),
                draw(st.integers(10, 12)),
                is_published=draw(st.sampled_from([True, True, True, False])),
            )
            for uid in sorted(uids)
        ]
        drawn.append((day, draw(st.booleans()), rows))
        day += timedelta(draw(st.integers(1, 9)))
    return drawn


def listed_events(db: Path, as_of: date | None, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Return the events that a reader sees of a file, as of a day."""
    monkeypatch.setattr(settings(), "db", db)
    chosen = EVERYTHING.replace(as_of=as_of)
    return query("event_rows", chosen=chosen, lang="fr", after_starts=None, after_id=None, limit=None).rows


def seen(db: Path, as_of: date | None, monkeypatch: pytest.MonkeyPatch, pages: Collection[str] = ()) -> dict[str, Any]:
    """Return what a reader sees of a file, as of a day: rows, totals, regions, each event with its sessions, and some of STEERING."""
    listed = listed_events(db, as_of, monkeypatch)
    chosen = EVERYTHING.replace(as_of=as_of)
    regions = query("events_by_region", chosen=chosen).rows
    return {
        "rows": listed,
        "totals": query("event_totals", chosen=chosen).one,
        "regions": {row["region_code"]: row["count"] for row in regions if row["count"]},
        "days": query("events_by_day", chosen=chosen).rows,
        "titles": [query("event", chosen=chosen, event_id=row["event_id"]).one["title"] for row in listed],
        "sessions": [query("event_sessions", chosen=chosen, event_id=row["event_id"]).values for row in listed],
        "steering": steering(chosen, pages),
    }


# What the pages of pace, coverage, comparison, calendar, organisers, records and types make of a choice.
STEERING = (
    "registrations_by_day", "pace_by_chamber", "change_by_part", "events_by_region_and_edition", "population_reached",
    "town_days", "organisers_summary", "organisers_by_family", "organisers_by_size", "record_days", "record_streaks",
    "first_time_communes", "events_by_theme", "events_by_subcampaign",
)  # fmt: skip


def steering(chosen: Filters, names: Collection[str]) -> dict[str, Any]:
    """Return the answers of some of STEERING for a choice."""
    history, before = chosen.replace(editions=()), chosen.replace(q=Search("forum", ("forum",), ()))
    params: dict[str, dict[str, Any]] = {
        "registrations_by_day": {"chosen": history},
        "pace_by_chamber": {"chosen": history, "edition": 2014, "day": FIRST + timedelta(5), "by_weekday": False, **own_openings(())},
        "change_by_part": {"chosen": chosen, "before": before},
        "events_by_region_and_edition": {"chosen": history},
        "population_reached": {"chosen": chosen, "within": chosen},
        "town_days": {"chosen": chosen, "minimum": 1},
        "organisers_summary": {"chosen": chosen, "history": history},
        "organisers_by_family": {"chosen": chosen},
        "organisers_by_size": {"chosen": chosen},
        "record_days": {"chosen": history},
        "record_streaks": {"chosen": history},
        "first_time_communes": {"chosen": chosen, "history": history},
        "events_by_theme": {"chosen": chosen},
        "events_by_subcampaign": {"chosen": chosen, "first_days": ("2014-11-06", ""), "last_days": ("2014-11-09", ""),
                                  "themes": ("", "culture|sport")},
    }  # fmt: skip
    assert tuple(params) == STEERING
    return {name: query(name, **params[name]).values for name in names}


def some_of_steering() -> st.SearchStrategy[tuple[str, ...]]:
    """Return three of STEERING at a time, as another test asks every query of a choice; all of them with --every-case."""
    n = len(STEERING) if samples.is_full else 3
    return st.permutations(STEERING).map(lambda names: tuple(names[:n]))


@trying(
    max_examples=10 if samples.is_full else 1,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(drawn=exports(), pages=some_of_steering())
def test_as_of_a_day_is_the_file_cut_at_that_day(
    monkeypatch: pytest.MonkeyPatch, drawn: list[tuple[date, bool, list[Record]]], pages: tuple[str, ...]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "campaign.duckdb"
        cuts: dict[date, Path] = {}
        for day, is_full, rows in drawn:
            build(db, rows, is_full=is_full, imported_at=noon(day))
            cuts[day] = Path(shutil.copyfile(db, Path(folder) / f"{day}.duckdb"))
        for day, cut in cuts.items():
            assert seen(db, day, monkeypatch, pages) == seen(cut, None, monkeypatch, pages), day
        last = max(cuts)
        assert seen(db, last + timedelta(30), monkeypatch, pages) == seen(db, None, monkeypatch, pages)
        (settled_on,) = query("file_status").column("settled_on")
        assert settled_on is None or seen(db, settled_on, monkeypatch, pages) == seen(db, None, monkeypatch, pages)
        before = seen(db, FIRST - timedelta(1), monkeypatch, pages)
        assert (before["rows"], before["totals"]["total"]) == ([], 0)


@pytest.mark.in_turn
def test_the_day_of_a_change_is_the_source_s_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "campaign.duckdb"
    old = record("a", title="Forum", city="Rennes", postcode="35000", updated_at="2014-09-20T10:00:00Z")
    build(db, [old], imported_at=noon(date(2014, 10, 1)))
    build(db, [old | {"title": "Grand forum", "city": "Lyon", "postcode": "69003", "updated_at": "2014-10-05T10:00:00Z"}],
          imported_at=noon(date(2014, 10, 20)))  # fmt: skip

    def as_of(day: date) -> tuple[str, str]:
        (row,) = listed_events(db, day, monkeypatch)
        return row["title"], row["commune"]

    # registered on 15 September, changed at the source on 5 October, known here since the 20th
    assert listed_events(db, date(2014, 9, 14), monkeypatch) == []
    assert as_of(date(2014, 9, 15)) == as_of(date(2014, 10, 4)) == ("Forum", "Rennes")
    assert as_of(date(2014, 10, 5)) == as_of(date(2014, 11, 1)) == ("Grand forum", "Lyon 3e Arrondissement")
    page = {"lang": "fr", "event_id": None, "after_starts": None, "after_id": None, "limit": 5}
    changes = [
        query("calendar_sessions", chosen=EVERYTHING.replace(as_of=date(2014, 10, day)), **page).column("n_updates")
        for day in (4, 5)
    ]
    assert changes == [[0], [1]]


@pytest.mark.in_turn
def test_a_full_export_withdraws_what_it_no_longer_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "campaign.duckdb"
    rows = [record("a"), record("b"), record("c")]
    build(db, rows, imported_at=noon(date(2014, 10, 1)))
    build(db, rows[:1], source="autre agenda", imported_at=noon(date(2014, 10, 2)))
    account = build(db, rows[:1], is_full=True, imported_at=noon(date(2014, 10, 10)))
    assert (account.read, account.unchanged, account.warnings) == (1, 1, {"unlocated": 1, "withdrawn": 2})
    assert len(listed_events(db, None, monkeypatch)) == 2
    assert len(listed_events(db, date(2014, 10, 9), monkeypatch)) == 4
    withdrawn = rows_of(db, "select event_id from events where withdrawn_on is not null")
    assert all(query("event", chosen=EVERYTHING, event_id=event_id).is_empty for (event_id,) in withdrawn)
    assert rows_of(db, "select distinct changed_fields, replaced_on::varchar from event_versions") == [
        (["withdrawn"], "2014-10-10")
    ]
    # it comes back
    account = build(db, rows[:2], imported_at=noon(date(2014, 10, 20)))
    assert (account.new, account.updated, account.unchanged) == (0, 1, 1)
    assert len(listed_events(db, None, monkeypatch)) == 3
    rollback(db, 3)
    assert len(listed_events(db, None, monkeypatch)) == 4


@pytest.mark.thorough
def test_a_part_of_an_agenda_withdraws_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "campaign.duckdb"
    rows = [record(uid) for uid in "abcd"]
    build(db, rows, imported_at=noon(date(2014, 10, 1)))
    account = build(db, rows[:1], imported_at=noon(date(2014, 10, 2)))
    assert "absent_from_import" not in account.warnings
    build(db, rows, imported_at=noon(date(2014, 10, 3)))
    account = build(db, rows[:3], imported_at=noon(date(2014, 10, 4)))
    assert account.warnings["absent_from_import"] == 1
    assert "absent_from_import" in findings_of(db)["d"]
    assert len(listed_events(db, None, monkeypatch)) == 4
    build(db, rows, imported_at=noon(date(2014, 10, 5)))
    assert "absent_from_import" not in findings_of(db).get("d", [])
    assert set(events_of(db, "withdrawn_on").values()) == {None}


# Those that describe the file of today: their parts of pages say so, their addresses refuse `as_of`.
OF_TODAY = {"findings_by_kind", "findings_listed", "duplicate_pairs", "import_changes", "import_changes_by_chamber"}
CHOSEN_QUERIES = sorted(name for name in NAMES if "chosen" in parameters_of(name))


@pytest.mark.rows(every=3)
@pytest.mark.parametrize("name", CHOSEN_QUERIES)
def test_every_query_of_a_choice_reads_the_file_of_the_day(
    dated: Dated, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole file as of a day and the file of that day give the same rows, as of the day and, the cut one, as it stands."""
    (event_id,) = rows_of(dated.cut, "select event_id from events where source_uid = '2014-82-13'")[0]
    own = {"event_id": event_id, "import_id": 4, **({"chosen": Filters()} if name == "type_labels" else {})}
    plain = {key: own.get(key, VALUES[key]) for key in parameters_of(name)}
    given = {key: value.replace(as_of=DAY) if isinstance(value, Filters) else value for key, value in plain.items()}
    monkeypatch.setattr(settings(), "db", dated.full)
    now = query(name, **given).values
    monkeypatch.setattr(settings(), "db", dated.cut)
    then = query(name, **given).values
    assert (now == then) == (name not in OF_TODAY)
    if name not in OF_TODAY | {"licences_as_of", "data_date"}:
        assert query(name, **plain).values == then


def test_labels_of_two_sources_add_up_to_the_editions(dated: Dated, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "db", dated.full)
    counted = sum(query("type_labels", chosen=Filters()).column("count"))
    assert counted == sum(query("events_by_edition", chosen=Filters()).column("count"))


def test_what_the_first_import_of_a_source_brings_is_not_new(dated: Dated, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "db", dated.full)
    # the first import of the edition from « agenda », a later one, the first one from « autre agenda »; each on that day
    for day, part in ((date(2014, 9, 10), "undated"), (date(2014, 10, 28), "new"), (date(2014, 11, 4), "undated")):
        parts = query("digest_items", chosen=EVERYTHING, first_day=day, last_day=day).column("part")
        assert set(parts) & {"new", "undated"} == {part}, day


def test_imports_come_the_latest_first(dated: Dated, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "db", dated.full)
    numbers = query("imports").column("import_id")
    assert len(numbers) > 1
    assert list(numbers) == sorted(numbers, reverse=True)
    assert query("licences").column("source") == ["agenda", "autre agenda"]


@pytest.mark.in_turn
def test_duplicates_as_of_a_day_are_those_of_that_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A chain of decisions, its first event cancelled later: another one stands now, the first one did then."""
    db = tmp_path / "campaign.duckdb"
    rows = [record(uid, title=uid, created_at=None, updated_at=None) for uid in "abc"]
    build(db, rows, imported_at=noon(date(2014, 10, 1)))
    ids = dict(rows_of(db, "select source_uid, event_id from events"))
    for later, other, day in (("b", "a", 5), ("c", "b", 12)):
        decide_duplicate(db, ids[later], ids[other], "accepted", decided_at=noon(date(2014, 10, day)))
    cuts = {}
    for day, changed in ((20, {"status": "cancelled"}), (25, {})):
        cuts[date(2014, 10, day - 1)] = Path(shutil.copyfile(db, tmp_path / f"{day}.duckdb"))
        build(db, [rows[0] | changed], imported_at=noon(date(2014, 10, day)))
    for day, cut in cuts.items():
        for uid in "abc":
            originals = []
            for file, as_of in ((db, day), (cut, None)):
                monkeypatch.setattr(settings(), "db", file)
                originals.append(query("event", chosen=Filters(as_of=as_of), event_id=ids[uid]).one["other_id"])
            assert originals[0] == originals[1], (day, uid)
        pages = STEERING if day == max(cuts) else ()
        assert seen(db, day, monkeypatch, pages) == seen(cut, None, monkeypatch, pages), day
    counted = {day: len(listed_events(db, date(2014, 10, day), monkeypatch)) for day in (4, 5, 12, 20, 25)}
    assert counted == {4: 3, 5: 2, 12: 1, 20: 1, 25: 1}


@pytest.mark.in_turn
def test_the_date_of_the_data_is_not_after_the_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, [record("a"), record("b", created_at="2014-10-03T10:00:00Z", updated_at="2014-10-08T10:00:00Z")],
          imported_at=noon(date(2014, 10, 10)))  # fmt: skip
    monkeypatch.setattr(settings(), "db", db)

    def on(month: int, day: int) -> str:
        latest = data_date(Filters(as_of=date(2014, month, day)))
        return f"{latest:%m-%d}" if latest else "n. c."

    # registered on 15 September and changed on the 20th; registered on 3 October and changed on the 8th
    assert [on(9, 14), on(9, 15), on(9, 20), on(10, 3), on(10, 7), on(10, 8), on(12, 1)] == [
        "n. c.", "09-15", "09-20", "10-03", "10-03", "10-08", "10-08",
    ]  # fmt: skip
    assert data_date(Filters(as_of=date(2014, 12, 1))) == data_date(Filters())
    draft = record("c", is_published=False, updated_at="2014-10-02T10:00:00Z")
    build(db, [record("a"), draft], is_full=True, imported_at=noon(date(2014, 10, 15)))
    build(db, [record("a")], is_full=True, imported_at=noon(date(2014, 10, 20)))
    # nothing is newer that day, and one less counts from the 15th; a draft that goes changes nothing that counts
    assert [on(10, 8), on(10, 14), on(10, 15), on(12, 1)] == ["10-08", "10-08", "10-15", "10-15"]
    assert data_date(Filters()) == noon(date(2014, 10, 15))
