"""Events as schema.org describes them: true states, places and dates, nothing invented, nothing that runs."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from campaign.web.structured import event_document, script

PAGE, PICTURE = "https://mois.example.org/agenda?event=1", "https://mois.example.org/apercu/agenda.png?event=1"
pytestmark = pytest.mark.usefixtures("reading_demo")  # whose editions have their days

EVENT: dict[str, Any] = {
    "title": "Atelier </script><script>alert(1)</script>",
    "description": "Venez, ou appelez le 02 99 01 02 03.",
    "type_label": "Atelier",
    "type_label_en": "Workshop",
    "theme_labels": ["Habiter"],
    "organiser": "Coopérative",
    "starts_at": datetime(2014, 11, 5, 17, tzinfo=UTC),
    "ends_at": datetime(2014, 11, 5, 19, tzinfo=UTC),
    "timezone": "Europe/Paris",
    "venue": "Salle",
    "address": "1 rue de la Paix",
    "postcode": "35000",
    "commune": "Rennes",
    "departement": "Ille-et-Vilaine",
    "departement_code": "35",
    "region_2014": "Bretagne",
    "region_2016": "Bretagne",
    "lat": 48.1,
    "lon": -1.7,
    "place_precision": "address",
    "attendance_mode": "on_site",
    "status": "scheduled",
    "url": "https://exemple.org/e",
    "registration_url": None,
    "online_url": None,
    "age_min": None,
    "age_max": None,
    "is_demo": False,
    "in_campaign": True,
    "edition": 2014,
}
SESSION = {
    "begins_at": EVENT["starts_at"],
    "ends_at": EVENT["ends_at"],
    "is_all_day": False,
    "begins_on": date(2014, 11, 5),
    "ends_on": date(2014, 11, 5),
}


def described(*sessions: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return event_document(EVENT | changes, sessions or (SESSION,), PAGE, PICTURE)


def test_the_whole_event() -> None:
    event = described()
    assert (event["@context"], event["@type"], event["url"]) == ("https://schema.org", "Event", PAGE)
    assert (event["startDate"], event["endDate"]) == ("2014-11-05T18:00:00+01:00", "2014-11-05T20:00:00+01:00")
    assert event["location"]["address"]["addressLocality"] == "Rennes"
    assert event["location"]["geo"] == {"@type": "GeoCoordinates", "latitude": 48.1, "longitude": -1.7}
    assert event["organizer"] == {"@type": "Organization", "name": "Coopérative"}
    assert "02 99" not in json.dumps(event)
    assert "offers" not in event
    assert None not in event.values()


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("scheduled", "EventScheduled"),
        ("full", "EventScheduled"),
        ("cancelled", "EventCancelled"),
        ("postponed", "EventPostponed"),
        ("rescheduled", "EventRescheduled"),
        ("moved_online", "EventMovedOnline"),
    ],
)
def test_states(status: str, expected: str) -> None:
    assert described(status=status)["eventStatus"] == f"https://schema.org/{expected}"


def test_a_full_event_is_sold_out_and_a_free_one_costs_nothing() -> None:
    assert described(status="full")["offers"]["availability"] == "https://schema.org/SoldOut"
    free = described(is_free=True, registration_url="https://exemple.org/r")
    assert (free["offers"]["price"], free["offers"]["url"], free["isAccessibleForFree"]) == (
        0,
        "https://exemple.org/r",
        True,
    )
    assert "offers" not in described(registration_url="mailto:a@exemple.fr")


def test_places() -> None:
    online = described(attendance_mode="online", online_url="https://visio.example.org/x", lat=None, lon=None)
    assert online["location"] == {"@type": "VirtualLocation", "url": "https://visio.example.org/x"}
    assert online["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert [place["@type"] for place in described(attendance_mode="mixed")["location"]] == ["Place", "VirtualLocation"]
    assert "geo" not in described(place_precision="commune")["location"]


def test_sessions_and_whole_days() -> None:
    second = SESSION | {"begins_at": datetime(2014, 11, 12, 17, tzinfo=UTC), "ends_at": None}
    event = described(SESSION, second, ends_at=second["begins_at"])
    assert [part["startDate"] for part in event["subEvent"]] == [
        "2014-11-05T18:00:00+01:00",
        "2014-11-12T18:00:00+01:00",
    ]
    day = SESSION | {"is_all_day": True, "ends_on": date(2014, 11, 6)}
    assert (described(day)["startDate"], described(day)["endDate"]) == ("2014-11-05", "2014-11-06")
    assert "startDate" not in described(starts_at=None, ends_at=None)


def test_nothing_in_it_ends_the_script() -> None:
    html = script(described(title="</script><!--<script>\u2028&"))
    inner = html.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set(inner) & set("<>&\u2028")
    assert json.loads(inner)["name"] == "</script><!--<script>\u2028&"


@pytest.mark.parametrize(
    ("edition", "region"), [(2014, "Basse-Normandie"), (2015, "Basse-Normandie"), (2016, "Normandie")]
)
def test_the_region_is_that_in_force_for_the_edition(edition: int, region: str) -> None:
    event = described(region_2014="Basse-Normandie", region_2016="Normandie", edition=edition)
    assert event["location"]["address"]["addressRegion"] == region


def test_an_overseas_collectivity_is_its_own_country_and_has_no_region() -> None:
    event = described(region_2014=None, region_2016=None, departement=None, commune=None, country_code="NC")
    assert event["location"]["address"]["addressCountry"] == "NC"
    assert "addressRegion" not in event["location"]["address"]
