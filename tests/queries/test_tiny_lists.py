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
