"""What a choice reads from the rollups is what it would read from the events."""

import random
from datetime import date
from pathlib import Path

import duckdb
import pytest

from campaign import store
from campaign.filters import Filters, Near
from campaign.store import search, templates
from campaign.store.plans import ROLLUPS, Rollup
from tests import samples
from tests.queries.parameters import parameters_of
from tests.records import rows_of

ANYTHING = Filters(editions=(2014,))
KNOWN = {"chosen", "before", "history", "limit", "offset", "since", "by_distance", "n", "by_departement", "most", "kept",
         "from_days", "to_days"}  # fmt: skip


QUERIES = sorted(
    path.stem
    for path in templates.QUERIES.glob("*.sql")
    if ".counted_" in (text := path.read_text("utf-8")) and parameters_of(text) <= KNOWN
)


def choices() -> list[Filters]:
    """Return choices that take each way, and some at random."""
    chance = random.Random(7)  # noqa: S311
    plain = [
        ANYTHING,
        Filters(),
        Filters(editions=(2013, 2014)),
        Filters(editions=(2014,), regions=("53",), nomenclature=2016),
        # days alone, which the rollup by day answers: an event of the very first or last day is within
        Filters(editions=(2014,), from_day=date(2014, 11, 20)),
        Filters(editions=(2014,), to_day=date(2014, 11, 20)),
        Filters(editions=(2014,), from_day=date(2014, 11, 20), to_day=date(2014, 11, 20), unit="sessions"),
        Filters(editions=(2014,), themes=("achetons-responsable",)),
    ]
    near = Near("35000", "Rennes", 48.11, -1.68)
    for _turn in range(14):
        plain.append(
            Filters(
                editions=chance.choice([(), (2014,), (2012, 2013)]),
                regions=chance.choice([(), ("53",), ("11", "82")]),
                departements=chance.choice([(), (), ("35",)]),
                types=chance.choice([(), ("conference",), ("atelier", "autre")]),
                themes=chance.choice([(), (), ("achetons-responsable",)]),
                attendance_modes=chance.choice([(), (), ("online",)]),
                from_day=chance.choice([None, date(2014, 11, 3)]),
                to_day=chance.choice([None, date(2014, 11, 20)]),
                q=chance.choice([None, None, search.Search("atelier", ("atelier",), ())]),
                near=chance.choice([None, None, near]),
                free=chance.choice([None, None, True]),
                accessible=chance.choice([(), (), ("mi",)]),
                audiences=chance.choice([(), (), ("children", "adults")]),
                as_of=chance.choice([None, None, date(2014, 10, 20)]),
                unit=chance.choice(["events", "sessions", "days"]),
            )
        )
    return plain


def parameters(text: str, chosen: Filters) -> dict[str, object]:
    """Return what a query takes for this choice."""
    given = {"chosen": chosen, "before": ANYTHING, "history": chosen.replace(editions=()), "limit": 20, "offset": 0,
             "since": None, "by_distance": False, "n": 3, "by_departement": False, "most": 15, "kept": ("35238",),
             "from_days": (date(2014, 11, 8), date.min), "to_days": (date(2014, 11, 9), date.max)}  # fmt: skip
    return {name: given[name] for name in parameters_of(text)}


def tried(name: str) -> list[Filters]:
    """Return the choices that a query is tried with: all with --every-case, else the plain one and others for each query."""
    every, chance = choices(), random.Random(name)  # noqa: S311
    return every if samples.is_full else [ANYTHING, *chance.sample(every[1:8], 3), *chance.sample(every[8:], 3)]


@pytest.mark.rows(every=3)
@pytest.mark.parametrize("name", QUERIES)
def test_rollups_give_what_the_events_give(reading_demo: Path, name: str) -> None:
    text = templates.text_of(name)
    for chosen in tried(name):
        params = parameters(text, chosen)
        cursor = store.reader().cursor()
        scanned = cursor.execute(*templates.planned(text, params, only_scans=True)).fetchall()
        assert cursor.execute(*templates.planned(text, params)).fetchall() == scanned, chosen


def test_most_queries_are_tried() -> None:
    assert len(QUERIES) > 20


def test_a_query_reads_the_smallest_rollup_and_only_what_is_asked(reading_demo: Path) -> None:
    text = templates.text_of("events_by_region")
    by_place, params = templates.planned(text, {"chosen": ANYTHING})
    assert "from event_rollup\nwhere edition = $chosen_edition_1" in by_place
    assert "region_2014_code as region_code" in by_place
    assert params == {"chosen_edition_1": 2014}
    searched = ANYTHING.replace(q=search.Search("atelier", ("atelier",), ()), unit="days")
    scanned, params = templates.planned(text, {"chosen": searched})
    assert "contains(search_text, $chosen_q_1)" in scanned
    assert "$chosen_region" not in scanned
    assert "sum(n_days) as n" in scanned
    assert params["chosen_q_1"] == "atelier"


def test_a_choice_that_filters_nothing_binds_nothing(reading_demo: Path) -> None:
    sql, params = templates.planned(templates.text_of("event_totals"), {"chosen": Filters()})
    assert "$chosen" not in sql
    assert params == {}
    with pytest.raises(duckdb.InvalidInputException):
        store.query("event_totals", chosen=Filters(), unknown=1)


@pytest.mark.parametrize(
    ("relation", "rollup"), [(name, each) for name, several in ROLLUPS.items() for each in several]
)
def test_every_rollup_answers_some_choice(relation: str, rollup: Rollup) -> None:
    days = Filters(editions=(2014,), from_day=date(2014, 11, 3))
    themes = Filters(editions=(2014,), themes=("achetons-responsable",))
    assert rollup.table in {each.plan().plan.rollup(relation) for each in (ANYTHING, days, themes)}


def test_rollups_hold_the_columns_that_they_are_said_to_hold(reading_demo: Path) -> None:
    cursor = store.reader().cursor()
    for rollup in {each for several in ROLLUPS.values() for each in several}:
        columns = {row[0] for row in cursor.execute(f"describe {rollup.table}").fetchall()}
        held = {name for name in rollup.columns if not rollup.is_single or name in ("edition", "type")}
        assert {"theme_key" if name == "themes" else name for name in held} <= columns, rollup


@pytest.mark.parametrize("level", ["departement", "region_2014", "region_2016"])
def test_distinct_counts_of_a_territory_are_those_of_its_events(demo_db: Path, level: str) -> None:
    """Of every territory of a level, of each type and of all together: organisers and how many events have one."""
    counted = "is_published and in_campaign and withdrawn_on is null and duplicate_of is null and status <> 'cancelled' and not is_withheld"
    by_hand = rows_of(
        demo_db,
        f"""
        select edition, {level}_code, type, count(distinct lead_organiser_id), count(lead_organiser_id)
        from events where {counted} and {level}_code is not null
        group by grouping sets ((edition, {level}_code), (edition, {level}_code, type)) order by all
        """,
    )
    ready = rows_of(
        demo_db,
        f"""
        select edition, territory_code, type, n_organisers, n_with_organiser
        from distinct_counts where territory_level = '{level}' order by all
        """,
    )
    assert len(ready) > 100
    assert ready == by_hand
