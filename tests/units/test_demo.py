"""Demonstration events: as many as the headline figures, the same each time, plausible, faulty where it is useful."""

from pathlib import Path
from typing import Any

import pytest

from campaign import demo
from campaign.core.errors import DemoRefusedError
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


def test_a_demonstration_is_replaced_by_another(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    demo.write(db, n_events=10)
    demo.write(db, n_events=20)
    assert rows_of(db, "select n_counted from file_info") == [(20,)]
