"""Objects of JSON whose sessions each have a place of their own: every place is an event, with its sessions."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from campaign.intake.fields import columns, date_cells, flat_rows, slots
from campaign.profile.aliases import aliases
from campaign.profile.tables import AliasRow

_DATES: Final = frozenset({"begins", "ends", "slots", "begins_hour", "ends_hour", "duration"})
_DAYS: Final = frozenset({"begins", "slots"})
_SIDES: Final = ("begins", "ends")
_CELLS: Final = ("slots", "begins", "begins_hour", "ends", "ends_hour", "duration")  # in the order of `span`
_TOWNS: Final = frozenset({"city", "postcode", "insee", "departement", "lat"})
_PLACES: Final = _TOWNS | {"venue", "address", "lon", "region"}
_COUNTED: Final = re.compile(r"\d+|[A-Za-z]|.*\d.*")  # « 0 », « a », « date_1 »: which of several, no name of a part
_NAMES: Final = ("name", "nom", "label", "title", "titre")
_IDENTIFIERS: Final = ("uid", "id")

Item = dict[str, Any]


def apart(item: Item) -> Iterator[Item]:
    """Yield an object as it is, or one for each place that its list of sessions gives, with the sessions there."""
    item = {key: _listed(value) for key, value in item.items()}
    key = next((key for key, value in item.items() if _have_places(value)), None)
    if key is None:
        yield item
        return
    by_place = _by_place(item[key])
    own = {name: value for name, value in item.items() if name != key}
    is_beside = _are_beside(own, [session for _place, sessions in by_place for session in sessions])
    for number, (place, sessions) in enumerate(by_place):
        yield from _events(item, key, number, place, sessions, is_beside=is_beside)


def columnar(item: Item) -> Iterator[Item]:
    """Yield a feature of GeoJSON as it is, or one for each of its points where each property lists as many values as it has points."""
    geometry, properties = item.get("geometry"), item.get("properties")
    points = (
        geometry.get("coordinates") if isinstance(geometry, dict) and geometry.get("type") == "MultiPoint" else None
    )
    if not isinstance(points, list) or not isinstance(properties, dict) or not _are_lists_of(properties, len(points)):
        yield item
        return
    for point, *values in zip(points, *properties.values(), strict=True):
        yield {
            "properties": dict(zip(properties, values, strict=True)),
            "geometry": {"type": "Point", "coordinates": point},
        }


def _are_lists_of(properties: Item, length: int) -> bool:
    return (
        length > 1 and bool(properties) and all(isinstance(v, list) and len(v) == length for v in properties.values())
    )


def _listed(value: Any) -> Any:
    """Return sessions that stand each under its number as a list: « {"0": { … }, "1": { … }} »."""
    if not isinstance(value, dict) or not value or not all(map(_COUNTED.fullmatch, value)):
        return value
    sessions = list(value.values())
    are_many = len(sessions) > 1 or all(key.isdigit() or len(key) == 1 for key in value)
    return (
        sessions if are_many and all(isinstance(each, dict) and _fields(each) & _DAYS for each in sessions) else value
    )


def _have_places(value: Any) -> bool:
    """Tell whether a value is a list of sessions that each say a day, and some of them a place."""
    return (
        isinstance(value, list)
        and all(isinstance(each, dict) and _fields(each) & _DAYS for each in value)
        and any(_fields(each) & _PLACES for each in value)
    )


def _fields(item: Item) -> set[str]:
    return {field for key in flat_rows.flat(item) for field in (_field(key), _field(key.rsplit("_", 1)[-1])) if field}


def _field(key: str) -> str | None:
    return _known_field(key, aliases())


@lru_cache(maxsize=4096)
def _known_field(key: str, _own: tuple[AliasRow, ...]) -> str | None:
    return columns.field_of(key)


def _by_place(sessions: list[Item]) -> list[tuple[Item, list[Item]]]:
    """Return what sessions say beside their dates, each once, with the dates that say it."""
    places: dict[str, tuple[Item, list[Item]]] = {}
    for session in sessions:
        dates = {key: value for key, value in session.items() if _is_date(key, value)}
        place = {key: value for key, value in session.items() if key not in dates and key not in _IDENTIFIERS}
        same = json.dumps(place, sort_keys=True, default=str)
        places.setdefault(same, (place, []))[1].append(dates)
    return list(places.values())


def _is_date(key: str, value: Any) -> bool:
    return _field(key) in _DATES or (isinstance(value, dict) and bool(_fields({key: value}) & _DAYS))


def _are_beside(item: Item, sessions: list[Item]) -> bool:
    """Tell whether an object has dates of its own that those of all its sessions do not cover: they are told, at each place."""
    row = flat_rows.flat(item)
    begins, ends = (next((row[key] for key in row if _field(key) == field and row[key]), None) for field in _SIDES)
    return bool(begins or ends) and bool(slots.uncovered(slots.read(_slots(sessions))[0], begins, ends))


def _slots(sessions: list[Item]) -> str:
    """Return sessions as « begin -> end | … », also those whose dates are written as people write them; "" if one is not understood."""
    if of_programs := flat_rows.slots_of(sessions):
        return of_programs
    written = []
    for session in sessions:
        cells = {field: text for key, text in flat_rows.flat(session).items() if text and (field := _field(key))}
        spans, notes = date_cells.span(*(cells.get(name) for name in _CELLS))
        if not spans or notes:
            return ""
        written += [" -> ".join(filter(None, span)) for span in spans]
    return " | ".join(written)


def _events(item: Item, key: str, number: int, place: Item, sessions: list[Item], *, is_beside: bool) -> Iterator[Item]:
    """Yield the event at one place, or one for each of its sessions whose dates are not those of programs.

    Dates of the object that its sessions do not cover stand beside these, where what is said of dates tells them.
    """
    replaced = _DATES | (_PLACES if _fields(place) & _TOWNS else frozenset())
    outer = {
        name: value
        for name, value in item.items()
        if name != key
        and name not in place
        and (_field(name) not in replaced or (is_beside and _field(name) in _SIDES))
    }
    outer |= {("lieu" if name in _NAMES else name): value for name, value in place.items()}
    outer |= {name: item[name] for name in _NAMES if name in item}
    column = key if _field(key) in (_DAYS - set(_SIDES) if is_beside else _DAYS) else "horaires iso"
    together = _slots(sessions) if is_beside else flat_rows.slots_of(sessions) and sessions
    for within, dates in enumerate([{column: together}] if together else sessions):
        of_place = ".".join(str(n + 1) for n in (number, within) if n)
        identifiers = {name: f"{item[name]}-{of_place}" for name in _IDENTIFIERS if of_place and item.get(name)}
        yield {**outer, **dates, **identifiers}
