"""Events in JSON-LD, of schema.org or DATAtourisme, as rows of a table."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any, Final

from campaign.intake.fields import named_places
from campaign.intake.readers.schedules import schedules_of

_LONGEST_PERIOD: Final = 100  # days
_MIDNIGHT: Final = re.compile(r"(\d{4}-\d\d-\d\d)T00:00(?::00(?:\.0+)?)?(?:[+-]\d\d:?\d\d)?")
_MODES: Final = {"online": "en ligne", "offline": "sur place", "mixed": "mixte"}
_OF_ACTIVITIES: Final = {
    "type": "@type",
    "id": "@id",
    "startTime": "startDate",
    "endTime": "endDate",
    "content": "description",
}
_OPENINGS: Final = ("hoursAvailable", "openingHoursSpecification")
_DATATOURISME: Final = (
    "EntertainmentAndEvent",
    "Event",
    "CulturalEvent",
    "SocialEvent",
    "SportsEvent",
    "BusinessEvent",
)


def events(document: Any) -> Iterator[dict[str, str]]:
    """Yield a row for each event of a document, wherever it stands in it."""
    yield from _events(document, dict(_named_things(document)))


def _events(document: Any, things: dict[str, dict[str, Any]]) -> Iterator[dict[str, str]]:
    if isinstance(document, list):
        for item in document:
            yield from _events(item, things)
        return
    if not isinstance(document, dict):
        return
    document = _of_activity(document)
    if _is_event(document):
        yield from _rows(document, things)
        return
    for key, value in document.items():
        if key != "@context" and isinstance(value, dict | list):
            yield from _events(value, things)


def _of_activity(item: dict[str, Any]) -> dict[str, Any]:
    """Return an event of ActivityStreams by the names of schema.org; any other thing as it is."""
    if item.get("type") != "Event" or "@type" in item or "startTime" not in item:
        return item
    named = {_OF_ACTIVITIES.get(key, key): value for key, value in item.items()}
    status = _text(item.get("ical:status")).capitalize()
    return {**named, "eventStatus": "Cancelled" if status == "Cancelled" else "" if status == "Confirmed" else status}


def _named_things(document: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what stands in a document under an identifier that other things may refer to."""
    for value in document if isinstance(document, list) else document.values() if isinstance(document, dict) else ():
        yield from _named_things(value)
    if isinstance(document, dict) and isinstance(document.get("@id"), str) and len(document) > 1:
        yield document["@id"], document


def _referred(value: Any, things: dict[str, dict[str, Any]]) -> Any:
    """Return a value with the things themselves in place of « {"@id": … } », which only refers to them."""
    if isinstance(value, list):
        return [_referred(each, things) for each in value]
    if not _refers(value):
        return value
    thing = things.get(str(value["@id"]), value)
    return {key: things.get(str(each["@id"]), each) if _refers(each) else each for key, each in thing.items()}


def _refers(value: Any) -> bool:
    return isinstance(value, dict) and list(value) == ["@id"]


def _rows(item: dict[str, Any], things: dict[str, dict[str, Any]]) -> Iterator[dict[str, str]]:
    """Yield an event, and those that are parts of it and have names of their own: the others are its sessions.

    A part is where its whole is and of the same organiser, unless it says otherwise. A whole that has no date but those of
    named parts is no event beside them.
    """
    if "isLocatedAt" in item or "takesPlaceAt" in item:
        yield _tourism(item)
        return
    plain = {key.removeprefix("schema:"): _referred(value, things) for key, value in item.items()}
    parts = [part for part in _listed(plain.get("subEvent")) if isinstance(part, dict)]
    name = _text(plain.get("name"))
    named = [part for part in parts if _text(part.get("name") or part.get("schema:name")) not in ("", name)]
    sessions = [part for part in parts if part not in named]
    has_own_dates = plain.get("eventSchedule") or (plain.get("startDate") and not _spans(plain, named))
    if not named or sessions or has_own_dates:
        yield _row({**plain, "subEvent": sessions})
    shared = {
        key: plain[key] for key in ("location", "organizer", "eventStatus", "eventAttendanceMode") if plain.get(key)
    }
    for part in named:
        own = {key.removeprefix("schema:"): value for key, value in part.items()}
        keywords = [*_listed(own.get("keywords")), name]
        yield from _rows({**shared, **own, "keywords": keywords}, things)


def _spans(item: dict[str, Any], parts: list[dict[str, Any]]) -> bool:
    """Tell whether the days of a whole are only those from the first to the last of its parts, of which it has several."""
    begins, ends = (
        [_text(part.get(key) or part.get(f"schema:{key}"))[:10] for part in parts] for key in ("startDate", "endDate")
    )
    first, last = (_text(item.get(key)) for key in ("startDate", "endDate"))
    if len(parts) < 2 or len(first) != 10 or len(last) != 10 or not all(begins):
        return False
    return first == min(begins) and last == max(filter(None, (*begins, *ends)))


def _is_event(item: dict[str, Any]) -> bool:
    kinds = [str(kind).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for kind in _listed(item.get("@type"))]
    return any(kind.endswith(("Event", "EventSeries")) or kind == "Festival" for kind in kinds) and bool(
        item.get("name") or item.get("rdfs:label") or item.get("schema:name")
    )


def _row(item: dict[str, Any]) -> dict[str, str]:
    places = [place for place in _listed(item.get("location")) if isinstance(place, dict | str)]
    place = next((p for p in places if isinstance(p, dict) and "Virtual" not in str(p.get("@type"))), {})
    is_virtual = any(isinstance(p, dict) and "Virtual" in str(p.get("@type")) for p in places)
    whole = next((p for p in places if isinstance(p, str)), "")  # a place that is one text
    address = (
        place
        if place.get("@type") == "PostalAddress"
        else next(iter(_listed(place.get("address") or item.get("address"))), "")
    )
    inner = address if isinstance(address, dict) else {"streetAddress": address}
    geo = place.get("geo") if isinstance(place.get("geo"), dict) else {}
    mode = re.search(r"(?i)(online|offline|mixed)", str(item.get("eventAttendanceMode", "")))
    sessions = [
        {"begin": _text(each.get("startDate")), "end": _text(each.get("endDate")) or None}
        for each in _listed(item.get("subEvent"))
        if isinstance(each, dict) and each.get("startDate")
    ]
    starts, ends = (list(map(_text, _listed(item.get(key)))) for key in ("startDate", "endDate"))
    if len(starts) == len(ends):
        starts, ends = map(list, zip(*map(_days, starts, ends), strict=True)) if starts else ([], [])
    if not sessions and len(starts) > 1 and len(ends) in (0, len(starts)):
        sessions = [{"begin": b, "end": e} for b, e in zip_longest(starts, ends)]
    slots = json.dumps(sessions) if sessions else ""
    if not slots and (schedules := [each for each in _listed(item.get("eventSchedule")) if isinstance(each, dict)]):
        slots = schedules_of(schedules)
    opened = [each for key in _OPENINGS for each in _listed(item.get(key)) if isinstance(each, dict)]
    if not slots and opened and len(starts) == len(ends) == 1:
        slots = schedules_of([_of_openings(each, starts[0], ends[0]) for each in opened])
    return {
        "identifiant": _text(item.get("@id") or item.get("identifier") or item.get("url")),
        "titre": _text(item.get("name")),
        "description": _text(item.get("description")),
        "lien": _text(item.get("url")),
        "timings": slots,
        "date de début": next(iter(starts), ""),
        "date de fin": next(iter(ends), ""),
        "durée": _text(item.get("duration")),
        "lieu": _text(place.get("name")) or whole,
        "adresse": _text(inner.get("streetAddress")),
        "code postal": _text(inner.get("postalCode")),
        "ville": _text(inner.get("addressLocality")) or _town_around(place),
        "région": _text(inner.get("addressRegion")),
        "pays": _text(inner.get("addressCountry")),
        "latitude": _text((geo or {}).get("latitude")),
        "longitude": _text((geo or {}).get("longitude")),
        "organisateur": " | ".join(filter(None, map(_text, _listed(item.get("organizer"))))),
        "tarif": _price(item),
        "statut": re.sub(r"^.*/Event|^Event", "", _text(item.get("eventStatus"))),
        "mode de participation": _MODES[mode[1].lower()]
        if mode
        else ("mixte" if place or whole else "en ligne")
        if is_virtual
        else "",
        "mots clés": " | ".join(map(_text, _listed(item.get("keywords")))),
    }


def _of_openings(hours: dict[str, Any], begins: str, ends: str) -> dict[str, Any]:
    """Return the hours at which an exhibition is open as a schedule over its days."""
    named = {key.removeprefix("schema:"): value for key, value in hours.items()}
    return {
        "startDate": named.get("validFrom") or begins,
        "endDate": named.get("validThrough") or ends,
        "repeatFrequency": "P1W" if named.get("dayOfWeek") else "P1D",
        "byDay": named.get("dayOfWeek"),
        "startTime": named.get("opens"),
        "endTime": named.get("closes"),
    }


def _days(begins: str, ends: str) -> tuple[str, str]:
    """Return the first and the last day of what goes from one midnight to a later one; other moments as they are."""
    first, after = map(_MIDNIGHT.fullmatch, (begins, ends))
    if first is None or after is None or not first[1] < after[1]:
        return begins, ends
    try:
        return first[1], (date.fromisoformat(after[1]) - timedelta(days=1)).isoformat()
    except ValueError:
        return begins, ends


def _town_around(place: dict[str, Any]) -> str:
    """Return the commune that a place is said to stand in, where its address does not name one."""
    around = next(filter(None, (_text(place.get(key)) for key in ("containedInPlace", "containedIn"))), "")
    return around if named_places.is_commune(around) else ""


def _price(item: dict[str, Any]) -> str:
    """Return what an event costs: « Gratuit », a price, or the least and the most of several; "" if it does not say."""
    if str(item.get("isAccessibleForFree", "")).rsplit("/", 1)[-1].lower() == "true":
        return "Gratuit"
    offers = [offer for offer in _listed(item.get("offers")) if isinstance(offer, dict)]
    amounts = [_text(offer.get(key)) for offer in offers for key in ("price", "lowPrice", "highPrice")]
    prices = sorted({float(price.replace(",", ".")) for price in amounts if re.fullmatch(r"\d+(?:[.,]\d+)?", price)})
    if not prices:
        return ""
    written = [f"{price:g} €" if price.is_integer() else f"{price:.2f} €".replace(".", ",") for price in prices]
    return written[0] if len(prices) == 1 else f"de {written[0]} à {written[-1]}"


def _tourism(item: dict[str, Any]) -> dict[str, str]:
    """Return a row of DATAtourisme: labels by language, several dates, a place with an address and a point."""
    place: dict[str, Any] = next(iter(_listed(item.get("isLocatedAt"))), {})
    address: dict[str, Any] = next(iter(_listed(place.get("schema:address"))), {})
    geo = place.get("schema:geo") or {}
    described: dict[str, Any] = next(iter(_listed(item.get("hasDescription"))), {})
    periods = [each for each in _listed(item.get("takesPlaceAt")) if isinstance(each, dict)]
    sessions = [session for each in periods if _text(each.get("startDate")) for session in _opened(each)]
    return {
        "identifiant": _text(item.get("dc:identifier") or item.get("@id")),
        "titre": _text(item.get("rdfs:label")),
        "description": _text(described.get("shortDescription") or item.get("rdfs:comment")),
        "timings": json.dumps(sessions) if sessions else "",
        "lieu": _text(place.get("rdfs:label") or place.get("schema:name")),
        "adresse": _text(address.get("schema:streetAddress")),
        "code postal": _text(address.get("schema:postalCode")),
        "ville": _text(address.get("schema:addressLocality")),
        "latitude": _text(geo.get("schema:latitude")),
        "longitude": _text(geo.get("schema:longitude")),
    }


def _opened(period: dict[str, Any]) -> list[dict[str, str | None]]:
    """Return the sessions of a period: its hours are those of each of its days, where it opens and closes on the same one."""
    first, last, opens, closes = (_text(period.get(key)) for key in ("startDate", "endDate", "startTime", "endTime"))
    try:
        days = (date.fromisoformat(last[:10]) - date.fromisoformat(first[:10])).days
    except ValueError:
        days = 0
    if not opens or not 0 < days < _LONGEST_PERIOD or (closes and closes < opens):
        return [{"begin": _moment(period, "start"), "end": _moment(period, "end") or None}]
    each = [(date.fromisoformat(first[:10]) + timedelta(days=n)).isoformat() for n in range(days + 1)]
    return [{"begin": f"{day}T{opens[:5]}", "end": f"{day}T{closes[:5]}" if closes else None} for day in each]


def _moment(period: dict[str, Any], side: str) -> str:
    day, hour = _text(period.get(f"{side}Date"))[:10], _text(period.get(f"{side}Time"))[:5]
    return f"{day}T{hour}" if day and hour else day


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    """Return a value as a text: the first of a list, the French of several languages, the name of a thing."""
    if isinstance(value, list):
        return _text(value[0]) if value else ""
    if isinstance(value, dict):
        named = next((value[key] for key in ("fr", "@value", "name", "schema:name") if value.get(key)), None)
        return _text(named or next(iter(value.values()), ""))
    return "" if value is None else str(value)
