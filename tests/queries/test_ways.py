"""The one way in which a choice reads the counts gives what all ways together give."""

import random
from datetime import date
from pathlib import Path

import duckdb
import pytest

from campaign import query_text, store
from campaign.filters import Filters, Near

ANYTHING = Filters(editions=(2014,))
KNOWN = {"chosen", "before", "history", "limit", "offset", "since", "by_distance", "n", "by_departement", "most", "kept",
         "from_days", "to_days"}  # fmt: skip


def names_of(text: str) -> set[str]:
    """Return the parameters of a query."""
    return set(duckdb.extract_statements(text)[0].named_parameters)


QUERIES = sorted(
    path.stem
    for path in query_text.QUERIES.glob("*.sql")
    if "counted_" in (text := path.read_text("utf-8")) and names_of(text) <= KNOWN
)


def choices() -> list[Filters]:
    """Return choices that take each way, and some at random."""
    chance = random.Random(7)  # noqa: S311
    plain = [
        ANYTHING,
        Filters(),
        Filters(editions=(2013, 2014)),
        Filters(editions=(2014,), regions=("53",), nomenclature=2016),
    ]
    near = Near("35000", "Rennes", 48.11, -1.68)
    for _turn in range(14):
        plain.append(
            Filters(
                editions=chance.choice([(), (2014,), (2012, 2013)]),
                regions=chance.choice([(), ("53",), ("11", "82")]),
                departements=chance.choice([(), (), ("35",)]),
                types=chance.choice([(), ("conference",), ("atelier", "autre")]),
                themes=chance.choice([(), (), ("emploi",)]),
                attendance_modes=chance.choice([(), (), ("online",)]),
                from_day=chance.choice([None, date(2014, 11, 3)]),
                to_day=chance.choice([None, date(2014, 11, 20)]),
                q=chance.choice([None, None, "atelier"]),
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
    given = {"chosen": chosen, "before": ANYTHING, "history": chosen.but(editions=()), "limit": 20, "offset": 0,
             "since": None, "by_distance": False, "n": 3, "by_departement": False, "most": 15, "kept": ("35238",),
             "from_days": (date(2014, 11, 8), date.min), "to_days": (date(2014, 11, 9), date.max)}  # fmt: skip
    return {name: given[name] for name in names_of(text)}


@pytest.mark.parametrize("name", QUERIES)
def test_one_way_gives_what_all_give(reading_demo: Path, name: str) -> None:
    text = query_text.text_of(name)
    for chosen in choices():
        params = parameters(text, chosen)
        cursor = store.reader().cursor()
        whole = cursor.execute(text, query_text.bound(params)).fetchall()
        assert cursor.execute(*query_text.planned(text, params)).fetchall() == whole, chosen


def test_most_queries_are_tried() -> None:
    assert len(QUERIES) > 20


def test_pages_read_one_way(reading_demo: Path) -> None:
    text = query_text.text_of("events_by_region")
    by_place = query_text.planned(text, {"chosen": ANYTHING, "before": ANYTHING})[0]
    assert "(from event_cells where list_contains(($chosen).edition, edition))" in by_place
    assert "region_2014_code as region_code" in by_place
    scanned = query_text.planned(text, {"chosen": ANYTHING.but(q="atelier", unit="days"), "before": ANYTHING})[0]
    assert "from events where" in scanned
    assert "contains(search_text, ($chosen).words[1])" in scanned
    assert "($chosen).region" not in scanned
    assert "sum(n_days) as n" in scanned
    assert "(from event_cells where list_contains(($before).edition, edition))" in scanned
    assert query_text.planned(text, {}) == (text, {})


def test_a_choice_that_filters_nothing_is_not_bound(reading_demo: Path) -> None:
    short, params = query_text.planned(query_text.text_of("event_totals"), {"chosen": Filters()})
    assert "$chosen" not in short
    assert params == {}
    with pytest.raises(duckdb.InvalidInputException):
        store.query("event_totals", chosen=Filters(), unknown=1)


@pytest.mark.parametrize(
    ("macro", "rows"),
    [
        ("counted_communes", "select edition, commune_code, sum(n_events) from {way}($chosen) group by all"),
        (
            "counted_registrations",
            "select edition, region_2014_code, registered_on, sum(n_events), sum(n_import_dated) from {way}($chosen) group by all",
        ),
        ("counted_organisers", "select edition, organiser_id, sum(n_events) from {way}($chosen) group by all"),
        ("counted_shared", "select coalesce(sum(n_shared), 0) from {way}($chosen)"),
    ],
)
def test_counts_kept_ready_are_those_of_the_events(reading_demo: Path, macro: str, rows: str) -> None:
    plain = [Filters(), ANYTHING, ANYTHING.but(regions=("53",)), Filters(departements=("35", "75"), nomenclature=2016)]
    if macro in ("counted_communes", "counted_registrations"):
        plain.append(ANYTHING.but(types=("atelier", "autre")))
    for chosen in plain:
        cursor = store.reader().cursor()
        by_cell, scanned = (
            set(cursor.execute(rows.format(way=f"{macro}_{way}"), query_text.bound({"chosen": chosen})).fetchall())
            for way in ("by_cell", "scanned")
        )
        assert "from events where" in chosen.but(q="coop").shortened()[macro]
        assert "from events where" not in chosen.shortened()[macro]
        assert by_cell == scanned
        assert by_cell
