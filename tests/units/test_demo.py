"""Demonstration events: as many as the headline figures, the same each time, plausible, faulty where it is useful."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from campaign.core.errors import DemoRefusedError
from campaign.core.settings import settings
from campaign.publish import demonstration as demo
from campaign.store import describe
from tests.kept import demonstration
from tests.records import build, record, rows_of

COUNTED = "is_published and in_campaign and status <> 'cancelled'"


def content(db: Path) -> list[tuple[Any, ...]]:
    return rows_of(db, "select * from events order by event_id")


@pytest.fixture(scope="module")
def whole() -> Path:
    """The demonstration as it is written by default."""
    return demonstration()


def test_each_edition_has_its_headline_figure(whole: Path) -> None:
    counted = dict(
        rows_of(whole, f"select edition, count(*) from events where {COUNTED} group by edition order by edition")
    )
    figures = dict(
        rows_of(
            whole,
            "select edition, value from official_figures where metric = 'events' and is_headline"
            " and territory_level = 'country' and edition between 2008 and 2014",
        )
    )
    assert counted == {2008: 1000} | {edition: n for edition, n in figures.items() if n}
    assert counted[2014] == 1700
    assert rows_of(whole, "select sum(n_events) from event_rollup") == [(sum(counted.values()),)]


def test_the_file_says_that_it_is_a_demonstration(whole: Path) -> None:
    assert describe(whole).is_demo
    assert rows_of(whole, "select bool_and(is_demo), bool_or(is_withheld) from events") == [(True, False)]


def test_days_are_of_the_season_and_never_a_sunday(whole: Path) -> None:
    ((first, last, sundays),) = rows_of(
        whole,
        f"""select min(strftime(first_day, '%m-%d')), max(strftime(first_day, '%m-%d')), count(*) filter (isodow(first_day) = 7)
        from events where {COUNTED}""",
    )
    assert "10-12" <= first < "10-25"
    assert "12-10" < last <= "12-20"
    assert sundays == 0
    ((november,),) = rows_of(whole, f"select avg((month(first_day) = 11)::integer) from events where {COUNTED}")
    assert november > 0.8


def test_registration_comes_before_the_event(whole: Path) -> None:
    assert rows_of(whole, "select count(*) from events where registered_on >= first_day") == [(0,)]


def test_there_is_something_of_everything(whole: Path) -> None:
    kinds = {kind for (kind,) in rows_of(whole, "select distinct kind from findings")}
    assert kinds >= {
        "unlocated",
        "unpublished",
        "outside_campaign",
        "place_conflict",
        "coordinates_swapped",
        "duplicate",
    }
    ((online, mixed, cancelled, postponed, full, departements, types),) = rows_of(
        whole,
        f"""select count(*) filter (attendance_mode = 'online'), count(*) filter (attendance_mode = 'mixed'),
        count(*) filter (status = 'cancelled'), count(*) filter (status = 'postponed'), count(*) filter (status = 'full'),
        count(distinct departement_code), count(distinct type) from events where edition = 2014 or {COUNTED}""",
    )
    assert min(online, mixed, cancelled, postponed, full) > 0
    assert departements >= 100
    assert types == 10


def test_regions_follow_the_population(whole: Path) -> None:
    counts = dict(rows_of(whole, f"select region_2014_code, count(*) from events where {COUNTED} group by 1"))
    shares = {region: n / sum(counts.values()) for region, n in counts.items()}
    assert 0.08 < shares["11"] < 0.35
    assert 0 < shares["94"] < 0.03
    assert 0.02 < shares["53"] < 0.12


def test_texts_are_filled_in(whole: Path) -> None:
    assert rows_of(
        whole,
        """select count(*) from events
        where contains(title || coalesce(organiser, '') || coalesce(venue, '') || coalesce(address, ''), '{')
            or regexp_matches(title, ' (de|à) Les? ')""",
    ) == [(0,)]


@pytest.mark.in_turn
def test_the_same_seed_gives_the_same_events(tmp_path: Path) -> None:
    first, again, other = (tmp_path / f"{name}.duckdb" for name in ("first", "again", "other"))
    demo.write(first, n_events=300)
    demo.write(again, n_events=300)
    demo.write(other, n_events=300, seed=7)
    assert content(again) == content(first)
    assert content(other) != content(first)


@pytest.mark.thorough
def test_the_size_of_batches_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, many = tmp_path / "one.duckdb", tmp_path / "many.duckdb"
    whole = demo.write(one, n_events=300)
    monkeypatch.setattr(demo, "BATCH", 90)
    monkeypatch.setattr(demo, "LEAST_BATCH", 40)
    parts = demo.write(many, n_events=300)
    assert parts.as_json() == whole.as_json()
    assert content(many) == content(one)


@pytest.mark.parametrize("n_events", [7, 1000, 1_000_000, 9_999_999])
def test_scaled_counts_sum_exactly(n_events: int) -> None:
    counts = {2008: 1000, 2009: 1100, 2010: 1513, 2011: 1732, 2012: 1707, 2013: 2000, 2014: 1700}
    scaled = demo.scaled(counts, n_events)
    assert sum(scaled.values()) == n_events
    assert all(abs(scaled[e] - n_events * counts[e] / sum(counts.values())) < 1 for e in counts)


@pytest.mark.in_turn
def test_events_are_as_many_as_asked(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    account = demo.write(db, n_events=123)
    assert rows_of(db, "select n_counted from file_info") == [(123,)]
    assert account.read == account.new == rows_of(db, "select count(*) from events")[0][0]


def test_real_events_are_not_overwritten(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, [record("a")])
    with pytest.raises(DemoRefusedError) as error:
        demo.write(db, n_events=10)
    assert "--force" in error.value.remedy
    assert rows_of(db, "select n_counted from file_info") == [(1,)]
    demo.write(db, n_events=10, force=True)
    assert describe(db).is_demo


@pytest.mark.thorough
def test_a_demonstration_is_replaced_by_another(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    demo.write(db, n_events=10)
    demo.write(db, n_events=20)
    assert rows_of(db, "select n_counted from file_info") == [(20,)]


TODAY = date(2026, 11, 12)


@pytest.fixture(scope="module")
def every_edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration of 2008 to 2026 as it is written on TODAY, a tenth as large."""
    db = tmp_path_factory.mktemp("every_edition") / "campaign.duckdb"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(settings(), "today", TODAY)
        demo.write(db, n_events=3300, editions=range(2008, 2027))
    return db


@pytest.mark.in_turn
def test_editions_that_are_named_have_events_in_proportion_to_their_figures(every_edition: Path) -> None:
    counted = dict(rows_of(every_edition, f"select edition, count(*) from events where {COUNTED} group by edition"))
    assert set(counted) == set(range(2008, 2027))
    assert abs(counted[2020] / counted[2019] - 1000 / 1800) < 0.02  # as published
    assert abs(counted[2016] - counted[2018]) <= 1


@pytest.mark.in_turn
def test_a_running_edition_has_what_is_registered_by_today(every_edition: Path) -> None:
    ((registered_on, updated_on),) = rows_of(
        every_edition, "select max(registered_on), max(updated_at)::date from events"
    )
    assert registered_on < TODAY
    assert updated_on < TODAY
    ((registered, held),) = rows_of(
        every_edition,
        f"select count(*), count(*) filter (first_day < '{TODAY}') from events where edition = 2026 and {COUNTED}",
    )
    assert 0 < held < registered


def test_communes_of_a_later_edition_are_those_of_its_day(every_edition: Path) -> None:
    of_their_day = rows_of(
        every_edition,
        """
        select count(*) from events as e
        where e.commune_code is not null and not exists (
            from commune_periods as p
            where p.commune_code = e.commune_code and p.held_code = p.commune_code
                and e.placed_on >= p.valid_from and (p.valid_to is null or e.placed_on < p.valid_to)
        )
        """,
    )
    assert of_their_day == [(0,)]
    ((founded,),) = rows_of(
        every_edition,
        """
        select count(*) from events as e
        where e.edition >= 2019 and e.commune is not null and not exists (from communes as c where c.name = e.commune)
        """,
    )
    assert founded > 10  # communes nouvelles, by names that were none's in 2014


def test_many_are_online_since_2020(every_edition: Path) -> None:
    shares = dict(
        rows_of(
            every_edition,
            f"select edition, avg((attendance_mode = 'online')::integer) from events where {COUNTED} group by edition",
        )
    )
    assert max(shares[year] for year in range(2008, 2020)) < 0.1
    assert 0.35 < shares[2020] < 0.6
    assert 0.08 < shares[2023] < 0.3


@pytest.mark.thorough
def test_named_editions_are_those_of_the_default_demonstration(tmp_path: Path, whole: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    demo.write(db, editions=range(2014, 2015))
    assert content(db) == rows_of(
        whole, "select * from events where edition = 2014 or year(first_day) = 2014 order by event_id"
    )


@pytest.mark.parametrize("editions", [range(2007, 2015), range(2014, 2101)])
def test_editions_that_there_are_not_are_refused(tmp_path: Path, editions: range) -> None:
    with pytest.raises(DemoRefusedError) as error:
        demo.write(tmp_path / "campaign.duckdb", editions=editions)
    assert "--editions" in error.value.remedy
