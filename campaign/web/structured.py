"""An event as schema.org describes it, for search engines and calendars: JSON-LD in the page's own HTML."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson

from campaign.analysis import edition_dates
from campaign.core.language import _, current
from campaign.exports.columns import plain
from campaign.exports.contacts import has_contact
from campaign.filters.known import nomenclature_of
from campaign.profile import profile
from campaign.wording import campaign_names as names

Json = dict[str, Any]

SCHEMA: Final = "https://schema.org"
STATUSES: Final = {
    "scheduled": "EventScheduled",
    "full": "EventScheduled",
    "rescheduled": "EventRescheduled",
    "moved_online": "EventMovedOnline",
    "postponed": "EventPostponed",
    "cancelled": "EventCancelled",
}
MODES: Final = {
    "on_site": "OfflineEventAttendanceMode",
    "online": "OnlineEventAttendanceMode",
    "mixed": "MixedEventAttendanceMode",
}
MOST_SESSIONS: Final = 100


def event_document(event: Mapping[str, Any], sessions: Sequence[Mapping[str, Any]], page: str, picture: str) -> Json:
    """Return the schema.org/Event of a row of queries/event.sql and its sessions; `page` and `picture` are absolute.

    What is not known is left out; no e-mail or telephone number stands in it.
    """
    links = {name: _link(event[name]) for name in ("url", "registration_url", "online_url")}
    document: Json = {
        "@context": SCHEMA,
        "@type": "Event",
        "@id": page,
        "url": page,
        "name": plain(event["title"]),
        "description": _description(event),
        "image": [picture],
        "inLanguage": "fr",
        **_span(event, sessions),
        "eventStatus": f"{SCHEMA}/{STATUSES[event['status']]}",
        "eventAttendanceMode": f"{SCHEMA}/{MODES[event['attendance_mode']]}",
        "location": _location(event, links, page),
        "organizer": {"@type": "Organization", "name": plain(event["organiser"])} if event["organiser"] else None,
        "offers": _offers(event, links),
        "isAccessibleForFree": event.get("is_free"),
        "keywords": [plain(label) for label in event["theme_labels"] or []] or None,
        "typicalAgeRange": _ages(event["age_min"], event["age_max"]),
        "sameAs": links["url"],
        "superEvent": _campaign(event),
    }
    if len(sessions) > 1:
        document["subEvent"] = [
            _filled(
                {
                    "@type": "Event",
                    "name": document["name"],
                    **_times(session["begins_at"], session["ends_at"], event["timezone"], session),
                    "eventStatus": document["eventStatus"],
                    "location": document["location"],
                }
            )
            for session in sessions[:MOST_SESSIONS]
        ]
    return _filled(document)


def script(document: Json) -> str:
    """Return the document as a script element; nothing in it can end the element or begin another."""
    text = orjson.dumps(document).decode()
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/ld+json">{text}</script>'


def _filled(document: Json) -> Json:
    return {name: value for name, value in document.items() if value is not None}


def _link(url: str | None) -> str | None:
    return url if url and url.startswith(("https://", "http://")) and not has_contact(url) else None


def _description(event: Mapping[str, Any]) -> str:
    kind = event["type_label_en"] if current() == "en" else event["type_label"]
    text = plain(event["description"]) or kind
    return f"{_('Démonstration : événement fictif.')} {text}" if event["is_demo"] else text


def _span(event: Mapping[str, Any], sessions: Sequence[Mapping[str, Any]]) -> Json:
    if event["starts_at"] is None:
        return {}
    first = sessions[0] if sessions else {}
    return _times(event["starts_at"], event["ends_at"], event["timezone"], {**first, "ends_on": _last_day(sessions)})


def _last_day(sessions: Sequence[Mapping[str, Any]]) -> Any:
    return max((session["ends_on"] for session in sessions), default=None)


def _times(begins: datetime, ends: datetime | None, zone: str, session: Mapping[str, Any]) -> Json:
    """Return the dates in the place's zone; a whole day is a day."""
    if session.get("is_all_day"):
        return {"startDate": session["begins_on"].isoformat(), "endDate": session["ends_on"].isoformat()}
    local = ZoneInfo(zone)
    times = {"startDate": begins.astimezone(local).isoformat()}
    return times if ends is None or ends <= begins else times | {"endDate": ends.astimezone(local).isoformat()}


def _location(event: Mapping[str, Any], links: Mapping[str, str | None], page: str) -> Any:
    online = {"@type": "VirtualLocation", "url": links["online_url"] or links["url"] or page}
    if event["attendance_mode"] == "online":
        return online
    editions = (event["edition"],) if event["edition"] else ()
    address = _filled(
        {
            "@type": "PostalAddress",
            "streetAddress": plain(event["address"]),
            "postalCode": event["postcode"],
            "addressLocality": event["commune"],
            "addressRegion": event[f"region_{nomenclature_of(editions)}"],
            "addressCountry": event.get("country_code") or "FR",
        }
    )
    place: Json = {
        "@type": "Place",
        "name": plain(event["venue"]) or event["commune"] or event["departement"],
        "address": address,
    }
    if event["lat"] is not None and event["place_precision"] == "address":
        place["geo"] = {"@type": "GeoCoordinates", "latitude": event["lat"], "longitude": event["lon"]}
    return [_filled(place), online] if event["attendance_mode"] == "mixed" else _filled(place)


def _offers(event: Mapping[str, Any], links: Mapping[str, str | None]) -> Json | None:
    """Return what there is to say of places and price: nothing is invented where the source says nothing."""
    is_full = event["status"] == "full"
    if not (links["registration_url"] or event.get("is_free") or is_full):
        return None
    free = {"price": 0, "priceCurrency": "EUR"} if event.get("is_free") else {}
    availability = f"{SCHEMA}/SoldOut" if is_full else f"{SCHEMA}/InStock"
    return _filled({"@type": "Offer", "url": links["registration_url"], "availability": availability, **free})


def _ages(least: int | None, most: int | None) -> str | None:
    return f"{least or 0}-{most or ''}" if least is not None or most is not None else None


def _campaign(event: Mapping[str, Any]) -> Json | None:
    if not event["in_campaign"]:
        return None
    opens, closes = edition_dates.window(event["edition"], profile().territory(event["departement_code"]))
    name = f"{names.name()} {event['edition']}"
    return {
        "@type": "EventSeries",
        "name": name,
        "startDate": opens.isoformat(),
        "endDate": closes.isoformat(),
        "organizer": {"@type": "Organization", "name": names.organiser(event["edition"])},
    }
