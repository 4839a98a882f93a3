"""Lists, their order and their bounds, counted on fingers: the records are those of conftest.py."""

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


def test_a_programme_ends_with_what_has_no_date() -> None:
    days = query("programme_days", chosen=OF_2014, since=None, limit=None).column("day")
    assert days[-1] is None
    assert days[:-1] == sorted(days[:-1])


def test_a_combination_without_sessions_has_no_row() -> None:
    undated = [("edition", "2014"), ("q", "25")]
    assert query("counts", chosen=parse(undated), by=("type",)).column("count") == [1]
    assert query("counts", chosen=parse([*undated, ("unit", "sessions")]), by=("type",)).is_empty


def test_communes_of_a_first_event_come_by_their_population() -> None:
    rows = query("first_time_communes", chosen=OF_2014, history=Filters()).rows
    assert [row["name"] for row in rows] == ["Paris", "Nantes", "Strasbourg", "Saint-Denis"]


def test_towns_help_as_far_as_the_radius_the_largest_first() -> None:
    rennes = {"chosen": OF_2014, "lat": 48.11, "lon": -1.68}
    near = query("towns_around", **rennes, radius_km=5.0, limit=9)
    assert near.column("name") == ["Rennes", "Saint-Jacques-de-la-Lande", "Saint-Grégoire"]
    assert query("towns_around", **rennes, radius_km=80.0, limit=2).column("name") == ["Rennes", "Laval"]


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


def test_editions_come_in_their_order() -> None:
    years = query("edition_calendar").column("edition")
    assert years == sorted(years)


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


def test_what_is_missing_of_an_undated_event_is_said() -> None:
    rows = query("digest_items", chosen=OF_2014, first_day=date(2014, 12, 1), last_day=date(2014, 12, 7)).rows
    assert [(row["part"], row["title"], row["what"]) for row in rows] == [("missing", "25", ["organiser", "session"])]
