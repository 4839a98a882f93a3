"""Over any editions and in both nomenclatures parts add up and totals are the same, whatever communes and regions became."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from campaign import store
from campaign.core.nomenclatures import NOMENCLATURES, Nomenclature
from campaign.core.settings import settings
from campaign.exports import counts
from campaign.filters import Filters, codes
from campaign.store import catalog
from tests.records import Record, build, record, rows_of
from tests.samples import examples

YEARS: Final = range(2008, 2027)

# What each edition has an event of. Codes of any year, texts, and places that no commune has.
PLACES: Final[dict[str, Record]] = {
    "merged in 2016": {"commune_code": "50173"},
    "merged with it": {"commune_code": "50129"},
    "merged in 2013": {"commune_code": "69144"},
    "merged in 2010": {"commune_code": "59248"},
    "split in 2024": {"commune_code": "85084"},
    "restored in 2024": {"commune_code": "85165"},
    "restored in 2014": {"postcode": "76420", "city": "Bihorel"},
    "restored in 2014 too": {"commune_code": "55138"},
    "restored in 2025": {"commune_code": "15031"},
    "a code that came back": {"commune_code": "27676"},
    "to another region": {"commune_code": "02344"},
    "to another département": {"commune_code": "44060"},
    "to another département too": {"commune_code": "14513"},
    "founded in 2017": {"commune_code": "76601"},
    "Corse-du-Sud": {"commune_code": "2A004"},
    "Haute-Corse": {"postcode": "20200", "city": "Bastia"},
    "Rhône": {"postcode": "69400", "city": "Villefranche-sur-Saône", "departement_label": "69D"},
    "Métropole de Lyon": {"postcode": "69003", "city": "Lyon", "departement_label": "69M"},
    "Métropole de Lyon alone": {"departement_label": "Métropole de Lyon"},
    "Mayotte": {"commune_code": "97611"},
    "Mayotte, merged never": {"postcode": "97600", "city": "Mamoudzou"},
    "a région of 2016 alone": {"region_label": "Grand Est"},
    "a région of 2014 alone": {"region_label": "Limousin"},
    "Saint-Martin": {"postcode": "97150", "city": "Saint-Martin"},
    "Nouméa": {"postcode": "98800", "city": "Nouméa"},
    "nowhere": {},
    "online": {"attendance_mode": "online"},
}


def days_of(year: int) -> tuple[str, ...]:
    """Return days of an edition, before and after what changes within its window (6 December 2014, 1 and 31 December 2016)."""
    return tuple(f"{year}-{day}" for day in ("10-03", "11-05", "12-31"))


@pytest.fixture(scope="module")
def every_edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sums") / "campaign.duckdb"
    rows = [
        record(f"{day} {name}", type_label=kind, timings=[(f"{day}T18:00", f"{day}T20:00")], **place)
        for year in YEARS
        for day, kind in zip(days_of(year), ("Conférence", "Atelier", "Ciné-débat"), strict=True)
        for name, place in PLACES.items()
    ]
    assert build(path, rows).rejected == 0
    return path


@pytest.fixture
def reading(every_edition: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(settings(), "db", every_edition)
    with store.snapshot():
        yield


def total(chosen: Filters) -> int:
    n: int = store.query("event_totals", chosen=chosen).one["total"]
    return n


def by(dimension: str, chosen: Filters) -> Counter[str | int | None]:
    return Counter({row[dimension]: row["count"] for row in counts.rows((dimension,), chosen)})


# Any one or two editions, or all of them.
EDITIONS = st.one_of(st.lists(st.sampled_from(YEARS), min_size=1, max_size=2, unique=True), st.just([]))
UNITS = st.sampled_from(["events", "sessions", "days"])


@pytest.mark.usefixtures("reading")
@trying(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(editions=EDITIONS, unit=UNITS)
def test_parts_add_up_to_a_total_that_is_the_same_in_both_nomenclatures(editions: list[int], unit: str) -> None:
    totals = set()
    for nomenclature in NOMENCLATURES:
        chosen = Filters(editions=tuple(sorted(editions)), nomenclature=nomenclature, unit=unit)
        n = total(chosen)
        totals.add(n)
        placed = store.query("event_totals", chosen=chosen).one
        assert placed["located"] + placed["online"] + placed["unlocated"] == n
        by_region, by_departement, by_edition = (by(each, chosen) for each in ("region", "departement", "edition"))
        assert by_region.total() == by_departement.total() == by("type", chosen).total() == by_edition.total() == n
        assert set(by_region) - {None} <= codes().regions[nomenclature]
        assert n == sum(total(chosen.replace(editions=(year,))) for year in by_edition if isinstance(year, int))
        assert _regions_of(by_departement, nomenclature) <= by_region
    assert totals == {len(PLACES) * len(days_of(2014)) * (len(editions) or len(YEARS))}


def _regions_of(by_departement: Counter[str | int | None], nomenclature: Nomenclature) -> Counter[str | int | None]:
    """Return the counts of départements summed by their regions: what is known by its région alone is not among them."""
    regions: Counter[str | int | None] = Counter()
    for code, n in by_departement.items():
        if code is not None:
            parents = dict(zip(NOMENCLATURES, catalog.labels("departement")[str(code)].parents, strict=True))
            regions[parents[nomenclature]] += n
    return regions


@pytest.mark.usefixtures("reading")
@trying(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(editions=EDITIONS, nomenclature=st.sampled_from(NOMENCLATURES), data=st.data())
def test_a_territory_holds_what_its_row_says(
    editions: list[int], nomenclature: Nomenclature, data: st.DataObject
) -> None:
    chosen = Filters(editions=tuple(sorted(editions)), nomenclature=nomenclature)
    region = data.draw(st.sampled_from(sorted(codes().regions[nomenclature])))
    assert total(chosen.replace(regions=(region,))) == by("region", chosen)[region]
    departement = data.draw(st.sampled_from(sorted(codes().departements)))
    assert total(chosen.replace(departements=(departement,))) == by("departement", chosen)[departement]


@pytest.mark.usefixtures("reading")
@trying(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(year=st.sampled_from(YEARS), other=st.sampled_from(YEARS), nomenclature=st.sampled_from(NOMENCLATURES))
def test_what_changed_between_two_editions_adds_up(year: int, other: int, nomenclature: Nomenclature) -> None:
    now = Filters(editions=(year,), nomenclature=nomenclature)
    before = now.replace(editions=(other,))
    rows = store.query("change_by_part", chosen=now, before=before).rows
    for dimension in ("organiser", "commune", "type"):
        parts = [row for row in rows if row["dimension"] == dimension]
        assert sum(row["n_now"] for row in parts) == total(now)
        assert sum(row["n_before"] for row in parts) == total(before)
    if year == other:
        assert not [row for row in rows if row["dimension"] == "commune" and row["part"] in ("new", "lost")]


@pytest.mark.usefixtures("reading")
@trying(max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(editions=EDITIONS)
def test_communes_hold_every_located_event_once(editions: list[int]) -> None:
    chosen = Filters(editions=tuple(sorted(editions)))
    located = store.query("event_totals", chosen=chosen).one["located"]
    assert sum(row["n_events"] for row in store.query("event_places", chosen=chosen).rows) == located
    reached = store.query("communes_reached", chosen=chosen, within=chosen).rows
    assert sum(row["n_events"] for row in reached) == located
    assert len({row["commune_code"] for row in reached}) == len(reached)


def test_an_event_has_a_commune_that_was_in_force_on_its_day(every_edition: Path) -> None:
    wrong = rows_of(
        every_edition,
        """
        select e.source_uid, e.commune_code, e.region_2014_code
        from events as e
        left join commune_periods as p
            on
                p.commune_code = e.commune_code and p.held_code = p.commune_code
                and e.first_day >= p.valid_from and (p.valid_to is null or e.first_day < p.valid_to)
        where
            e.commune_code is not null
            and (p.name, p.departement_code, p.region_2014_code, p.region_2016_code)
            is distinct from (e.commune, e.departement_code, e.region_2014_code, e.region_2016_code)
        """,
    )
    assert wrong == []


def test_mayotte_is_the_same_before_and_after_it_became_a_departement(every_edition: Path) -> None:
    places = rows_of(
        every_edition,
        """
        select distinct commune_code, departement_code, region_2014_code, region_2016_code from events
        where source_uid like '%Mayotte%' and first_day between '2008-01-01' and '2026-12-31'
        """,
    )
    assert {row[1:] for row in places} == {("976", "06", "06")}


def test_territories_beyond_the_regions_have_none(every_edition: Path) -> None:
    places = rows_of(
        every_edition,
        """
        select distinct departement_code, region_2014_code, region_2016_code, commune_code_now from events
        where source_uid like '%Saint-Martin' or source_uid like '%Nouméa'
        """,
    )
    assert places == [(None, None, None, None)]
