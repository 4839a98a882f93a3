"""Rates and coverage are over the population of the nearest year that is known, and nobody is counted twice."""

from itertools import pairwise
from pathlib import Path

import pytest

from campaign import store
from campaign.analysis import vintage
from campaign.core.nomenclatures import NOMENCLATURES
from campaign.filters import Filters
from tests.records import rows_of

YEARS = range(2008, 2027)
INHABITANTS = {2014: 66_553_967, 2019: 67_244_985, 2023: 68_342_131, 2026: 68_350_798}

pytestmark = pytest.mark.usefixtures("reading_demo")


def people_of(chosen: Filters, level: str) -> int:
    return sum(row["population"] or 0 for row in store.query(f"events_by_{level}", chosen=chosen).rows)


@pytest.mark.rows(every=3)
@pytest.mark.parametrize("year", YEARS)
def test_territories_and_communes_hold_the_same_people(year: int) -> None:
    totals = {
        people_of(Filters(editions=(year,), nomenclature=nomenclature), "region") for nomenclature in NOMENCLATURES
    }
    totals.add(people_of(Filters(editions=(year,)), "departement"))
    (total,) = totals
    assert total == INHABITANTS.get(year, total)
    chosen = Filters(editions=(year,))
    reached = store.query("population_reached", chosen=chosen, within=chosen).rows
    near = next(row["population"] for row in reached if row["departement_code"] is None)
    # communes that were gone by 1 January 2014 are counted of themselves, those of 2014 with what is known of them
    assert near == total if year > 2014 else abs(near / total - 1) < 0.01


def test_people_grow_from_list_to_list_and_never_twice(reading_demo: Path) -> None:
    totals = [people_of(Filters(editions=(year,)), "departement") for year in YEARS]
    assert all(0.999 < later / earlier < 1.015 for earlier, later in pairwise(totals))
    twice = rows_of(
        reading_demo,
        """
        select a.commune_code from commune_populations as a
        inner join commune_populations as b on a.commune_code = b.commune_code and a.valid_from < b.valid_from
        where a.valid_to is null or a.valid_to > b.valid_from
        """,
    )
    assert twice == []


@pytest.mark.parametrize(
    ("code", "year", "population"),
    [
        ("50129", 2015, 35493),
        ("50129", 2016, 79200),
        ("50129", 2026, 78258),
        ("74010", 2015, 54074),
        ("74010", 2017, 126924),
    ],
)
def test_a_merged_commune_has_its_own_people_before_and_all_of_them_after(
    code: str, year: int, population: int
) -> None:
    chosen = Filters(editions=(year,))
    rows = store.query("communes_reached", chosen=chosen, within=chosen).rows
    assert next(row["population"] for row in rows if row["commune_code"] == code) == population


@pytest.mark.parametrize(
    ("year", "known", "is_far"),
    [(2008, 2016, True), (2010, 2016, True), (2011, 2016, False), (2014, 2016, False), (2017, 2016, False), (2018, 2019, False),
     (2020, 2020, False), (2022, 2022, False), (2026, 2023, False), (2029, 2023, True)],
)  # fmt: skip
def test_the_nearest_year_is_named(year: int, known: int, is_far: bool) -> None:
    chosen = Filters(editions=(year,))
    words = vintage.named(chosen)
    assert vintage.is_far(chosen) is is_far
    assert words.startswith("population de 2016 ou 2017" if known == 2016 else f"population de {known}")
    assert ("à plus de cinq ans" in words) is is_far
