"""Lists, their order and their bounds, counted on fingers: the records are those of conftest.py."""

import re
from collections import Counter
from datetime import date

import pytest

from campaign.filters import Filters, parse
from campaign.store import query

pytestmark = pytest.mark.usefixtures("reading_tiny")

OF_2014 = Filters(editions=(2014,))


def test_a_calendar_shows_the_events_of_its_last_day() -> None:
    chosen = parse([("edition", "2014"), ("from", "2014-11-09"), ("to", "2014-11-12")])
    rows = query("agenda_month", chosen=chosen, n=3).rows
    assert [row["title"] for row in rows if row["day"] == date(2014, 11, 12)] == [
        "Exposition d'été à l’Œuvre", "100 % solidaire",
    ]  # fmt: skip
    assert {row["count"] for row in rows} == {2}
    first = query("agenda_month", chosen=chosen, n=1).rows
    assert {(row["title"], row["count"]) for row in first} == {("Exposition d'été à l’Œuvre", 2)}


def test_a_programme_ends_with_what_has_no_date() -> None:
    days = query("programme_days", chosen=OF_2014, since=None, limit=None).column("day")
    assert days[-1] is None
    assert days[:-1] == sorted(days[:-1])
    later = query("programme_days", chosen=OF_2014.replace(from_day=date(2014, 11, 9)), since=None, limit=None).rows
    assert {row["day"] for row in later if row["commune"] == "Strasbourg"} == {date(2014, 11, 9)}  # since the 1st


def test_a_combination_without_sessions_has_no_row() -> None:
    undated = [("edition", "2014"), ("q", "25")]
    assert query("counts", chosen=parse(undated), by=("type",)).column("count") == [1]
    assert query("counts", chosen=parse([*undated, ("unit", "sessions")]), by=("type",)).is_empty


def test_communes_of_a_first_event_come_by_their_population() -> None:
    rows = query("first_time_communes", chosen=OF_2014, history=Filters()).rows
    assert [row["name"] for row in rows] == ["Paris", "Nantes", "Strasbourg", "Saint-Denis"]
    communes = query("press_new_communes", chosen=OF_2014, history=Filters()).rows
    assert [(row["commune"], row["is_new"]) for row in communes[:4]] == [
        ("Rennes", False), ("Lyon", False), ("Paris", True), ("Nantes", True),
    ]  # fmt: skip


def test_towns_help_as_far_as_the_radius_the_largest_first() -> None:
    rennes = {"chosen": OF_2014, "lat": 48.11, "lon": -1.68}
    near = query("towns_around", **rennes, radius_km=5.0, limit=9)
    assert near.column("name") == ["Rennes", "Saint-Jacques-de-la-Lande", "Saint-Grégoire"]
    largest = query("towns_around", **rennes, radius_km=80.0, limit=3)
    assert largest.column("name") == ["Rennes", "Laval", "Saint-Malo"]


def test_a_period_holds_its_first_and_its_last_day() -> None:
    first_days = (date(2014, 11, 10), date(2014, 11, 20), date(2014, 11, 16))
    last_days = (date(2014, 11, 12), date(2014, 11, 25), date(2014, 11, 19))
    rows = query("agenda_periods", chosen=OF_2014, from_days=first_days, to_days=last_days).rows
    # the exhibition of the whole month, and the 10th, 11th and 12th; 20th (two), 21st, 22nd and 25th; nothing
    assert {row["period"]: row["n_events"] for row in rows} == {1: 4, 2: 6, 3: 1}


def test_days_begin_and_end_with_what_is_dated() -> None:
    assert query("edition_days", chosen=OF_2014).one == {
        "first_day": date(2014, 10, 15), "last_day": date(2014, 11, 30),
    }  # fmt: skip


@pytest.mark.parametrize(("name", "column"), [("edition_calendar", "edition"), ("sources", "source_id")])
def test_a_reference_comes_in_its_order(name: str, column: str) -> None:
    values = query(name).column(column)
    assert values == sorted(values)


def test_a_point_outside_the_communes_is_where_its_event_is() -> None:
    (brussels,) = (row for row in query("event_places", chosen=OF_2014).rows if row["commune"] == "Bruxelles")
    assert (brussels["lat"], brussels["lon"]) == (50.85, 4.35)
    # the pin of an event in a commune is no such point
    assert query("events_at_point", chosen=OF_2014, place="48.111,-1.678").is_empty


def test_sessions_come_in_their_order() -> None:
    (two,) = query(
        "event_rows", chosen=parse([("theme", "sport")]), lang="fr", after_starts=None, after_id=None, limit=2
    ).rows
    days = query("event_sessions", chosen=OF_2014, event_id=two["event_id"]).column("begins_on")
    assert days == [date(2014, 11, 5), date(2014, 11, 6)]
    (listed,) = query("sessions_listed", chosen=OF_2014, ids=(two["event_id"],)).rows
    assert listed["sessions"] == (
        "2014-11-05T10:00:00+01:00 -> 2014-11-05T11:00:00+01:00 | 2014-11-06T10:00:00+01:00 -> 2014-11-06T11:00:00+01:00"
    )


def test_communes_come_by_their_population() -> None:
    rows = query("communes_reached", chosen=OF_2014, within=OF_2014).rows
    assert [row["name"] for row in rows[:4]] == ["Paris", "Marseille", "Lyon", "Toulouse"]


def test_a_collectivity_has_its_own_fields() -> None:
    (saint_martin,) = query("completeness_by_collectivity", chosen=OF_2014, collectivities=("MF", "PF")).rows
    assert saint_martin == {
        "country_code": "MF", "n_events": 1, "placed": 1, "addressed": 1, "timed": 0, "typed": 1, "themed": 0, "organised": 0,
        "described": 0, "linked": 0, "priced": 0, "accessible": 0,
    }  # fmt: skip


def test_days_of_a_theme_are_as_many_as_its_events_take() -> None:
    chosen = parse([("edition", "2014"), ("unit", "days")])
    rows = query("counts_scanned", chosen=chosen, by=("theme",)).rows
    assert {row["theme"]: row["count"] for row in rows} == {"culture": 3, "sport": 2, None: 47}
    sessions = query("counts_scanned", chosen=chosen.replace(unit="sessions"), by=("theme", "day")).rows
    of_culture = {row["day"]: row["count"] for row in sessions if row["theme"] == "culture"}
    assert of_culture == {date(2014, 11, 5): 2, date(2014, 11, 6): 1}  # one of two sessions on either day


def test_what_is_missing_of_an_undated_event_is_said() -> None:
    rows = query("digest_items", chosen=OF_2014, first_day=date(2014, 12, 1), last_day=date(2014, 12, 7)).rows
    assert [(row["part"], row["title"], row["what"]) for row in rows] == [("missing", "25", ["organiser", "session"])]


def test_regions_with_as_many_share_a_rank() -> None:
    ranks = query("events_by_region", chosen=OF_2014).column("rank")
    assert ranks[:7] == [1, 2, 3, 3, 5, 5, 7]
    # of one region nothing is without
    assert None not in query("events_by_region", chosen=OF_2014.replace(regions=("53",))).column("region_code")


def test_departements_come_by_their_events() -> None:
    rows = query("events_by_departement", chosen=OF_2014).rows
    assert [(row["departement_code"], row["count"]) for row in rows[:3]] == [("35", 4), ("69", 3), ("75", 2)]


def test_types_of_no_region_are_counted_apart() -> None:
    rows = query("events_by_region_and_type", chosen=OF_2014).rows
    counts = {(row["region_code"], row["type"]): row["count"] for row in rows}
    assert (counts["53", "atelier"], counts["53", "conference"], counts[None, "conference"]) == (1, 3, 7)


def test_what_is_over_is_listed_the_latest_first() -> None:
    listing = {"since": date(2014, 11, 9), "by_distance": False, "limit": None, "offset": 0}
    rows = query("events_listed", chosen=OF_2014, **listing).rows
    assert [row["title"] for row in rows if row["is_past"]] == ["7", "6", "Forum", "2", "20"]
    n_to_come = [row["is_past"] for row in rows].index(True)
    one_page = query("events_listed", chosen=OF_2014, **{**listing, "limit": n_to_come + 1})
    assert one_page.column("title")[-1] == "7"


def test_a_page_of_the_nearest_holds_the_nearest() -> None:
    chosen = parse([("edition", "2014"), ("near", "44000"), ("radius_km", "200")])
    nearest = query("events_listed", chosen=chosen, since=None, by_distance=True, limit=1, offset=0)
    assert nearest.column("commune") == ["Nantes"]  # those of Rennes are earlier


def test_totals_have_every_unit_beside_the_chosen_one() -> None:
    for unit, total in (("events", 20), ("sessions", 20), ("days", 50)):
        one = query("event_totals", chosen=parse([("edition", "2014"), ("unit", unit)])).one
        assert (one["total"], one["n_events"], one["n_sessions"], one["n_days"]) == (total, 20, 20, 50)


def test_a_departement_has_its_region_of_either_nomenclature() -> None:
    parents = {row["code"]: row["parents"] for row in query("labels").rows if row["kind"] == "departement"}
    assert (parents["67"], parents["35"]) == (["42", "44"], ["53", "53"])


def test_the_licence_of_an_event_is_known_from_its_registration() -> None:
    # registered on 15 September, imported on 1 October
    sources = [
        query("licences_as_of", chosen=Filters(as_of=day)).column("source")
        for day in (date(2014, 9, 14), date(2014, 9, 15), date(2014, 10, 1))
    ]
    assert sources == [[], ["agenda"], ["agenda"]]


@pytest.mark.parametrize("name", ["official_figures", "regions_with_chamber"])
def test_rows_of_no_edition_come_last(name: str) -> None:
    years = [year or 9999 for year in query(name).column("edition")]
    assert years == sorted(years)


def test_organisers_come_by_the_number_of_their_events() -> None:
    rows = query("organiser_names", chosen=Filters()).rows
    assert [(row["name"], row["n_events"]) for row in rows] == [("ALPHA", 4), ("Beta", 1), ("Gamma", 1)]
    (largest,) = query("organisers_listed", chosen=OF_2014, history=OF_2014, least=1, most=None, n=1).rows
    assert (largest["name"], largest["n_events"]) == ("ALPHA", 3)


def test_days_of_departements_name_them() -> None:
    places = set(query("place_days", chosen=OF_2014, by_departement=True).column("place"))
    assert {place for place in places if place and place.startswith("D")} == {"D35", "D44", "D67", "D69", "D75", "D974"}


def test_the_nearest_commune_is_within_sixty_kilometres() -> None:
    assert query("nearest_commune", lat=48.5, lon=-5.6).one["name"] == "Ouessant"  # 37 km away
    assert query("nearest_commune", lat=48.5, lon=-6.2).is_empty
    assert query("nearest_commune", lat=42.75, lon=5.4).one["name"] == "La Ciotat"  # 50 km to the north
    # Paris as a whole is nearer to its own point than any arrondissement
    assert query("nearest_commune", lat=48.85727, lon=2.3201).one["name"] == "Paris 7e Arrondissement"


def test_days_events_begin_on_are_told_from_days_they_last() -> None:
    rows = query("press_first_days", chosen=OF_2014).rows
    days = {row["day"].day: row["n_events"] for row in rows if row["day"].month == 11}
    assert days == {1: 1, 5: 2, 7: 1, 8: 1, 9: 1, 10: 1, 11: 1, 12: 1, 13: 1, 14: 1, 15: 2, 20: 2, 21: 1, 22: 1, 25: 1}


def test_the_busiest_day_is_the_first_of_those_with_as_many() -> None:
    rows = query("record_days", chosen=OF_2014).rows
    assert [(row["day"], row["n_events"], row["n_alike"]) for row in rows] == [(date(2014, 11, 5), 3, 4)]


def test_a_place_is_asked_for_by_its_name_only_if_no_other_has_it() -> None:
    rows = query("place_names").rows
    n_of = Counter(row["key"] for row in rows)
    named = [row for row in rows if not re.fullmatch(r"[0-9][0-9AB][0-9]{3}", row["asked"])]
    assert "Abriès-Ristolas" in {row["asked"] for row in named}
    assert {n_of[row["key"]] for row in named} == {1}


def test_a_postcode_is_its_most_populous_commune() -> None:
    # Le Revest-les-Eaux has it too, and a lower code
    assert query("place_of_code", code="83200").one["name"] == "Toulon"


def test_two_slips_are_forgiven_in_a_long_name() -> None:
    assert query("places_named", text="Strazbourgg", limit=3).column("name") == ["Strasbourg"]
