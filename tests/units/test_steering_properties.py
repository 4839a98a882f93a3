"""What must hold for any choice on the steering pages: parts add up, shortcuts give the answer of trying all."""

from datetime import date, timedelta

import pytest

from campaign import filters, store
from campaign.analysis import coverage
from campaign.analysis.comparison import Change, Comparison, change_class, compare
from campaign.analysis.edition_dates import own_openings
from campaign.core.settings import settings
from campaign.filters import Filters
from campaign.store.search import Search
from tests import samples

pytestmark = pytest.mark.rows(every=3)

ALL = Filters()

CHOICES = (
    Filters(editions=(2014,)),
    Filters(editions=(2013,), regions=("11",)),
    Filters(editions=(2014,), types=("atelier", "conference")),
    Filters(editions=(2014,), nomenclature=2016, regions=("75", "84")),
    Filters(editions=(2012,), q=Search("saint", ("saint",), ())),
    Filters(editions=(2014,), from_day=date(2014, 11, 3), to_day=date(2014, 11, 9)),
    Filters(editions=(2014,), attendance_modes=("on_site",)),
    Filters(editions=(2014,), as_of=date(2014, 10, 20)),
)


@pytest.mark.usefixtures("reading_demo")
@pytest.mark.parametrize("chosen", CHOICES, ids=lambda chosen: "&".join(f"{k}={v}" for k, v in chosen.to_query()))
class TestPartsAddUp:
    def test_change(self, chosen: Filters) -> None:
        before = chosen.replace(editions=(2011,))
        now, then = (store.query("event_totals", chosen=one).one["n_events"] for one in (chosen, before))
        rows = store.query("change_by_part", chosen=chosen, before=before).rows
        for dimension in ("organiser", "commune", "type"):
            parts = [row for row in rows if row["dimension"] == dimension]
            assert sum(row["n_now"] for row in parts) == now
            assert sum(row["n_before"] for row in parts) == then
            assert sum(row["difference"] for row in parts) == now - then

    def test_registrations(self, chosen: Filters) -> None:
        total = store.query("event_totals", chosen=chosen).one["n_events"]
        rows = store.query("registrations_by_day", chosen=chosen).rows
        assert sum(row["n_events"] for row in rows) == total == (rows[-1]["n_so_far"] if rows else 0)
        day = date(chosen.editions[0], 10, 15)
        known = store.query("event_totals", chosen=chosen.replace(as_of=min(day, chosen.as_of or day))).one["n_events"]
        assert sum(row["n_events"] for row in rows if row["day"] <= day) == known

    def test_organisers(self, chosen: Filters) -> None:
        summary = store.query("organisers_summary", chosen=chosen, history=chosen.replace(editions=())).one
        distincts = store.query("event_distincts", chosen=chosen).one
        assert summary["n_organisers"] == distincts["n_organisers"]
        assert summary["n_named"] == distincts["n_with_organiser"]
        for name in ("organisers_by_size", "organisers_by_family"):
            rows = store.query(name, chosen=chosen).rows
            assert sum(row["n_events"] for row in rows) == summary["n_named"]
            assert sum(row["n_organisers"] for row in rows) == summary["n_organisers"]

    def test_coverage(self, chosen: Filters) -> None:
        rows = store.query("population_reached", chosen=chosen, within=chosen).rows
        total, parts = rows[0], rows[1:]
        assert total["departement_code"] is None
        for name in ("population", "within_5", "within_10", "within_20", "n_communes", "n_with_event", "n_events"):
            assert sum(row[name] for row in parts) == total[name]
        assert all(r["within_5"] <= r["within_10"] <= r["within_20"] <= r["population"] for r in rows)
        communes = store.query("communes_reached", chosen=chosen, within=chosen).rows
        assert len(communes) == total["n_communes"]
        for km in (5, 10, 20):
            near = sum(row["population"] for row in communes if row["km"] is not None and row["km"] <= km)
            assert near == total[f"within_{km}"]
        # Without regions in the choice, every event with a commune stands in the territory.
        if not chosen.regions:
            located = store.query("event_totals", chosen=chosen).one["located"]
            assert total["n_events"] >= located

    def test_records(self, chosen: Filters) -> None:
        days = store.query("record_days", chosen=chosen).rows
        by_day = store.query("events_by_day", chosen=chosen).rows
        assert [row["n_events"] for row in days] == ([max(row["count"] for row in by_day)] if by_day else [])
        firsts = store.query("first_time_communes", chosen=chosen, history=chosen.replace(editions=())).rows
        assert all(row["n_first_time"] == len(firsts) <= row["n_communes"] for row in firsts)


@pytest.mark.usefixtures("reading_demo")
def test_greedy_choice_is_that_of_trying_all() -> None:
    chosen = Filters(editions=(2014,))
    rows = store.query("communes_reached", chosen=chosen, within=Filters(departements=("29", "974"))).rows
    for radius in (5, 10, 20):
        places = coverage.best_places(rows, radius_km=radius, n=4)
        people = [0 if r["km"] is not None and r["km"] <= radius else r["population"] for r in rows]
        for place in places:
            gains = []
            for site in rows:
                lats, lons = (coverage.np.array([r[name] for r in rows], dtype=float) for name in ("lat", "lon"))
                near = coverage.distances(site["lat"], site["lon"], lats, lons) <= radius
                gains.append(sum(n for n, is_near in zip(people, near, strict=True) if is_near))
            assert place.gain == max(gains)
            best = next(r for r in rows if r["commune_code"] == place.commune_code)
            near = coverage.distances(best["lat"], best["lon"], lats, lons) <= radius
            people = [0 if is_near else n for n, is_near in zip(people, near, strict=True)]


@pytest.mark.usefixtures("reading_demo")
def test_both_sets_of_regions_have_one_total() -> None:
    for year in filters.codes().counted_editions:
        sums = [
            sum(row["count"] for row in store.query("events_by_region", chosen=one).rows)
            for one in (Filters(editions=(year,)), Filters(editions=(year,), nomenclature=2016))
        ]
        assert sums[0] == sums[1] == store.query("event_totals", chosen=Filters(editions=(year,))).one["total"]


@pytest.mark.in_turn
@pytest.mark.usefixtures("reading_demo")
def test_pace_of_a_chamber_is_that_of_its_region() -> None:
    day = date(2014, 10, 10)
    rows = store.query("pace_by_chamber", chosen=ALL, edition=2014, day=day, by_weekday=False, **own_openings(())).rows
    for row in rows if samples.is_full else rows[::5]:
        cut = date(row["edition"], 11, 1) - timedelta(days=22)
        own = Filters(editions=(row["edition"],), regions=tuple(row["region_codes"]))
        assert row["n_total"] == store.query("event_totals", chosen=own).one["n_events"]
        assert row["n_known"] == store.query("event_totals", chosen=own.replace(as_of=cut)).one["n_events"]


def judged(chosen: Filters, other: int) -> Comparison:
    """Return the comparison of 2014 with another edition, which must be allowed."""
    comparison = compare(chosen, 2014, other)
    assert isinstance(comparison, Comparison)
    return comparison


@pytest.mark.usefixtures("reading_demo")
def test_the_other_edition_is_read_at_the_same_distance() -> None:
    chosen = Filters(editions=(2014,), as_of=date(2014, 10, 15), from_day=date(2014, 11, 3), to_day=date(2014, 11, 9))
    before = judged(chosen, 2012).before
    assert (before.editions, before.as_of) == ((2012,), date(2012, 10, 15))
    assert (before.from_day, before.to_day) == (date(2012, 11, 3), date(2012, 11, 9))
    assert judged(Filters(editions=(2014,)), 2012).before.as_of is None
    leap = compare(Filters(editions=(2012,), from_day=date(2012, 2, 29)), 2012, 2011)
    assert isinstance(leap, Comparison)
    assert leap.before.from_day == date(2011, 2, 28)


@pytest.mark.parametrize(
    ("now", "before", "step"),
    [
        (29, 100, None),
        (100, 29, None),
        (80, 100, 1),
        (81, 100, 2),
        (96, 100, 3),
        (104, 100, 3),
        (105, 100, 4),
        (120, 100, 5),
    ],
)
def test_small_numbers_have_no_change_class(now: int, before: int, step: int | None) -> None:
    assert change_class(Change(now, before)) == step


@pytest.mark.usefixtures("reading_demo")
def test_a_running_edition_is_counted_by_today_on_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "today", date(2014, 10, 20))
    chosen = Filters(editions=(2014,))
    comparison = judged(chosen, 2012)
    now, before = comparison.now, comparison.before
    assert (now.as_of, before.as_of) == (date(2014, 10, 20), date(2012, 10, 20))
    counts = [store.query("event_totals", chosen=one).one["n_events"] for one in (now, chosen)]
    assert 0 < counts[0] < counts[1]
    parts = store.query("change_by_part", chosen=now, before=before).rows
    assert sum(row["n_now"] for row in parts if row["dimension"] == "type") == counts[0]
    # A day that was asked stays, and a finished edition is whole.
    assert judged(chosen.replace(as_of=date(2014, 10, 1)), 2012).now.as_of == date(2014, 10, 1)
    monkeypatch.setattr(settings(), "today", date(2015, 2, 1))
    assert judged(chosen, 2012).now == chosen
