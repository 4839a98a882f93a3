"""Which VEVENTs of a calendar are one event: versions, sessions, and exceptions of a series, under one identifier."""

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

import icalendar
from rapidfuzz import fuzz

from campaign.intake.calendars import ics_fields
from campaign.intake.fields import named_places

OPENAGENDA: Final = re.compile(r"^(\d+)//(\d+)//\d{8}T\d{6}Z?$")
# A session as campaign/exports/formats/calendar.py names it: its event's identifier, its part if it is not the first, the campaign.
OWN: Final = re.compile(r"^([0-9a-f]{16})(?:-[^@]+)?(@[a-z0-9-]+)$")

_POSTCODE: Final = re.compile(r"\b\d{5}\b")
_ALIKE: Final = 75.0  # of 100, from which on one title is another one's new wording

Part = tuple[int, icalendar.Event]  # its line, and what was read


@dataclass
class Group:
    """The VEVENTs of one event: an OpenAgenda event's sessions, or a series with its exceptions.

    `n_repeated` says how many VEVENTs stand under its identifier where one should.
    """

    uid: str | None
    line: int
    parts: list[icalendar.Event] = field(default_factory=list)
    n_repeated: int = 1


def groups_of(parts: list[Part]) -> list[Group]:
    """Return the events, in the order of the file."""
    by_uid: dict[object, list[Part]] = {}
    unnamed = _series_without_uid(event for _, event in parts)
    for line, event in parts:
        uid = str(event.get("UID", "")).strip()
        match, own = OPENAGENDA.match(uid), OWN.match(uid)
        joined = (match[2],) if match else (own[1] + own[2],) if own else None
        series = unnamed.get(_identity(event)[0], ()) if not uid and repeats(event) else ()
        by_uid.setdefault(joined or uid or series or line, []).append((line, event))
    groups = []
    for key, same in by_uid.items():
        if isinstance(key, str):
            groups += list(_events(key, same))
        elif key in unnamed.values():
            groups += [replace(group, uid=None) for group in _events("", same)]
        else:
            first = str(same[0][1].get("UID", "")).strip() or None
            name = str(key[0]) if isinstance(key, tuple) and first and OWN.match(first) else first
            groups.append(Group(name, same[0][0], [event for _, event in same]))
    return sorted(groups, key=lambda group: group.line)


def _series_without_uid(events: Iterable[icalendar.Event]) -> dict[str, tuple[str, str]]:
    """Return what joins a series without an identifier and its exceptions, by their title."""
    titles = [
        (_identity(event)[0], is_exception(event))
        for event in events
        if repeats(event) and not str(event.get("UID", "")).strip()
    ]
    return {title: ("", title) for title, is_one in titles if is_one and (title, False) in titles}


def repeats(event: icalendar.Event) -> bool:
    """Tell whether an event is part of a series."""
    return any(name in event for name in ("RRULE", "RDATE", "RECURRENCE-ID"))


def is_exception(event: icalendar.Event) -> bool:
    """Tell whether an event stands for one instance of a series."""
    return "RECURRENCE-ID" in event


def sequence(event: icalendar.Event) -> int:
    """Return the number of an event's version."""
    try:
        return int(event.get("SEQUENCE", 0))
    except (TypeError, ValueError):
        return 0


def _events(uid: str, parts: list[Part]) -> Iterator[Group]:
    """Yield the events under one identifier: usually one. Of versions the newest stands; what differs is another event."""
    whole = [part for part in parts if not is_exception(part[1])]
    exceptions = [part for part in parts if is_exception(part[1])]
    if not whole:
        yield Group(uid, parts[0][0], [event for _, event in parts])
        return
    elsewhere: dict[str, Group] = {}
    for number, (line, event) in enumerate(exceptions):
        if not any(_is_elsewhere(event, other) for _, other in whole):
            continue
        place = _identity(event)[1]
        elsewhere.setdefault(place, Group(f"{uid}#{zlib.crc32(place.encode()):08x}", line)).parts.append(event)
        moved = event.copy(recursive=True)
        moved["STATUS"] = "CANCELLED"  # in the series, of which it is no session
        exceptions[number] = (line, moved)
    yield from elsewhere.values()
    newest = max(sequence(event) for _, event in whole)
    latest = _latest([part for part in whole if sequence(part[1]) == newest])
    alike: dict[tuple[str, str], list[Part]] = {}
    for part in latest:
        alike.setdefault(_identity(part[1]), []).append(part)
    if exceptions and len({title for title, _ in alike}) == 1:  # a series in parts, not several events
        alike = {next(iter(alike)): latest}
    for number, (identity, same) in enumerate(alike.items()):
        own = [p for p in exceptions if _of_exception(p[1], list(alike)) == identity]
        name = identity[0] if _is_alone_in_title(identity, list(alike)) else "|".join(identity)
        yield Group(
            uid if number == 0 else f"{uid}#{zlib.crc32(name.encode()):08x}",
            min(line for line, _ in same),
            [event for _, event in [*same, *own]],
            n_repeated=len(same) + (len(whole) - len(latest) if number == 0 else 0),
        )


def _latest(parts: list[Part]) -> list[Part]:
    """Return parts without those of which another one is a later version: written later, and of the same event by the rest."""
    return [
        part
        for part in parts
        if not any(_is_later(other[1], part[1]) and _is_same_event(other[1], part[1]) for other in parts)
    ]


def _is_later(event: icalendar.Event, other: icalendar.Event) -> bool:
    """Tell whether an event was written after another; no, where either does not say when."""
    for name in ("LAST-MODIFIED", "DTSTAMP"):
        one, two = (ics_fields.moment(each, name) for each in (event, other))
        if (
            isinstance(one, datetime)
            and isinstance(two, datetime)
            and bool(one.tzinfo) == bool(two.tzinfo)
            and one != two
        ):
            return one > two
    return False


def _is_same_event(event: icalendar.Event, other: icalendar.Event) -> bool:
    """Tell whether two events differ in their wording only. Of one title and place, other hours are other sessions."""
    (title, place), (other_title, other_place) = _identity(event), _identity(other)
    begins = ics_fields.moment(event, "DTSTART")
    is_at_once = begins is not None and begins == ics_fields.moment(other, "DTSTART")
    if (title, place) == (other_title, other_place):
        return is_at_once and str(event.get("STATUS", "")) != str(other.get("STATUS", ""))
    is_reworded = fuzz.token_sort_ratio(title, other_title) >= _ALIKE
    return (is_at_once and (place == other_place or is_reworded)) or (place == other_place and is_reworded)


def _is_elsewhere(event: icalendar.Event, series: icalendar.Event) -> bool:
    """Tell whether an instance takes place, and in another town than its series: both name one, and not the same."""
    if str(event.get("STATUS", "")).strip().upper() == "CANCELLED" or "RANGE" in ics_fields.params(
        event, "RECURRENCE-ID"
    ):
        return False
    town, other = (_town(str(each.get("LOCATION", ""))) for each in (event, series))
    return bool(town and other) and town != other


def _town(place: str) -> str:
    """Return the postcode, else the commune that a place ends with; "" for none."""
    if code := _POSTCODE.search(place):
        return code[0]
    last = place.rsplit(",", 1)[-1].strip()
    return last.casefold() if named_places.is_commune(last) else ""


def _identity(event: icalendar.Event) -> tuple[str, str]:
    """Return what tells two events under one identifier apart: title and place."""
    return str(event.get("SUMMARY", "")).strip().casefold(), str(event.get("LOCATION", "")).strip().casefold()


def changes_of(exception: icalendar.Event, series: icalendar.Event) -> Iterator[tuple[str, str]]:
    """Yield the field and the value of what an instance that takes place says otherwise than its series, hours left aside."""
    if str(exception.get("STATUS", "")).strip().upper() == "CANCELLED":
        return
    pairs = zip(_identity(exception), _identity(series), strict=True)
    for (one, other), (name, property_name) in zip(pairs, (("title", "SUMMARY"), ("venue", "LOCATION")), strict=True):
        if one and other and one != other:
            yield name, str(exception[property_name]).strip()


def _is_alone_in_title(identity: tuple[str, str], others: list[tuple[str, str]]) -> bool:
    return [title for title, _ in others].count(identity[0]) == 1


def _of_exception(event: icalendar.Event, identities: list[tuple[str, str]]) -> tuple[str, str]:
    """Return which of several events under one identifier an exception belongs to: the one of its title, else the first."""
    title = _identity(event)[0]
    return next((identity for identity in identities if identity[0] == title), identities[0])
