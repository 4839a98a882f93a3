"""The properties of a VEVENT as texts."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

import icalendar
import pyarrow as pa
from icalendar.prop.broken import vBroken

from campaign.core.settings import PARIS

SCHEMA: Final = pa.schema(
    [("line", pa.int32())]
    + [
        (name, pa.string())
        for name in (
            "source_uid", "title", "description", "url", "location", "status", "visibility", "timezone", "created_at",
            "updated_at",
        )
    ]
    + [
        ("keywords", pa.list_(pa.string())),
        ("timings", pa.list_(pa.struct([("begins", pa.string()), ("ends", pa.string())]))),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("notes", pa.list_(pa.struct([("kind", pa.string()), ("detail", pa.string())]))),
    ]
)  # fmt: skip
_ALL_DAY: Final = ("X-MICROSOFT-CDO-ALLDAYEVENT", "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT", "X-FUNAMBOL-ALLDAY")
_PAIR: Final = re.compile(r"\s*(-?\d{1,2}\.\d+)\s*,\s*(-?\d{1,3}\.\d+)\s*")  # a comma for the semicolon
_APPLE_PLACE: Final = re.compile(r"geo:(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)")

# What a property says, where it is not a field under its own name: the kind of finding if it cannot be read.
_KIND_OF: Final = {
    "DTEND": "end_unreadable",
    "DURATION": "end_unreadable",
    "GEO": "coordinates_unreadable",
    "RRULE": "recurrence_unreadable",
    "RDATE": "recurrence_unreadable",
    "EXDATE": "recurrence_unreadable",
    "EXRULE": "recurrence_unreadable",
    "RECURRENCE-ID": "recurrence_unreadable",
}
_FIELD_OF: Final = {
    "CREATED": "created_at",
    "LAST-MODIFIED": "updated_at",
    "CATEGORIES": "keywords",
    "CLASS": "state",
    "DESCRIPTION": "description",
    "LOCATION": "venue",
    "STATUS": "status",
    "URL": "url",
}

_OUTLOOK: Final = ("Street", "PostalCode", "City")

Span = tuple[date, date | None]


def of(event: icalendar.Event) -> dict[str, Any]:
    """Return the texts of an event, its keywords and its point."""
    lat, lon = _point(event)
    return {
        "title": _text(event, "SUMMARY"),
        "description": _text(event, "DESCRIPTION"),
        "url": _text(event, "URL"),
        "location": _place(event),
        "status": _text(event, "STATUS"),
        "visibility": _text(event, "CLASS"),
        "created_at": _instant(event, "CREATED"),
        "updated_at": _instant(event, "LAST-MODIFIED"),
        "keywords": list(_categories(event)),
        "lat": lat,
        "lon": lon,
    }


def span(event: icalendar.Event) -> Span | None:
    """Return when an event begins and ends, if it can be told; the end may be missing or given as a duration."""
    begins = moment(event, "DTSTART")
    if begins is None:
        return None
    ends = moment(event, "DTEND")
    if _is_whole_days(event, begins, ends):
        return day(_here(begins)), _day_after(_here(ends)) if ends is not None else None
    duration = length(event)
    if ends is None and duration is not None:
        with suppress(OverflowError):  # before the year 1 or after 9999: no end that anybody could be told
            ends = after(begins, duration)
    return begins, ends


def length(event: icalendar.Event) -> timedelta | None:
    """Return how long an event lasts, if that is said."""
    duration = getattr(_first(event, "DURATION"), "dt", None)
    return duration if isinstance(duration, timedelta) else None


def after(begins: date, duration: timedelta) -> date:
    """Return the moment after a length: days by the calendar, hours by the clock's run (RFC 5545, 3.3.6)."""
    if not isinstance(begins, datetime) or begins.tzinfo is None:
        return begins + duration
    hours = duration - timedelta(days=duration.days)
    return ((begins + timedelta(days=duration.days)).astimezone(UTC) + hours).astimezone(begins.tzinfo)


def _is_whole_days(event: icalendar.Event, begins: date, ends: date | None) -> bool:
    """Tell whether hours from midnight to midnight are a program's way to write whole days: marked so, or one or more days long."""
    is_marked = any(str(event.get(name, "")).strip().upper() in ("TRUE", "1") for name in _ALL_DAY)
    moments = [_here(moment) for moment in (begins, ends) if isinstance(moment, datetime)]
    is_long = len(moments) == 2 and _day_after(moments[1]) > day(moments[0])
    return (is_long or (is_marked and bool(moments))) and all(
        isinstance(moment, datetime) and (moment.time() == time() or (number and _ends_day(moment)))
        for number, moment in enumerate(moments)
    )


def _ends_day(moment: date) -> bool:
    """Tell whether a moment is the last minute of its day, which programs write for midnight."""
    return isinstance(moment, datetime) and (moment.hour, moment.minute) == (23, 59)


def _day_after(moment: date) -> date:
    """Return the day before which whole days end that end at a moment: a midnight, or the last minute of a day."""
    return day(moment) + timedelta(days=1) if _ends_day(moment) else day(moment)


def _here(moment: date) -> date:
    """Return a moment of Greenwich's time that is a midnight of Paris, or the minute before, as that; any other as it is."""
    if not isinstance(moment, datetime) or moment.tzinfo is None or moment.utcoffset() != timedelta():
        return moment
    with suppress(OverflowError):  # the last day of the calendar
        here = moment.astimezone(PARIS)
        return here if here.time() == time() or _ends_day(here) else moment
    return moment


def written(spans: Sequence[Span]) -> Iterator[tuple[str, str | None]]:
    """Yield sessions in ISO 8601. The last day of an event of whole days is the one before its end, unless that has an hour."""
    for begins, ends in spans:
        if isinstance(begins, datetime):
            yield _iso(begins), _iso(ends) if isinstance(ends, datetime) else None
        elif ends is not None and day(ends) > begins:
            yield begins.isoformat(), (day(ends) if _has_hour(ends) else day(ends) - timedelta(days=1)).isoformat()
        else:
            yield begins.isoformat(), begins.isoformat()


def _has_hour(moment: date | None) -> bool:
    """Tell whether a moment says an hour: midnight only ends the day before."""
    return isinstance(moment, datetime) and moment.time() != time()


def day(moment: date) -> date:
    """Return the day of a day or a moment."""
    return moment.date() if isinstance(moment, datetime) else moment


def unread(event: icalendar.Event) -> Iterator[dict[str, str]]:
    """Yield a finding on each property that could not be read."""
    for name, given in event.items():
        for value in given if isinstance(given, list) else [given]:
            is_empty_rule = isinstance(value, icalendar.vRecur) and "FREQ" not in value
            if not (isinstance(value, vBroken) or is_empty_rule or name == "EXRULE"):  # left out of RFC 5545
                continue
            if name == "GEO" and _PAIR.fullmatch(str(value)):
                continue
            if name in _KIND_OF:
                yield {"kind": _KIND_OF[name], "detail": _written(value)}
            elif name in _FIELD_OF:
                yield {"kind": "value_not_understood", "detail": f"{_FIELD_OF[name]}: {value}"}
    begins, ends = moment(event, "DTSTART"), moment(event, "DTEND")
    if isinstance(begins, datetime) and ends is not None and not isinstance(ends, datetime):
        yield {"kind": "end_unreadable", "detail": ends.isoformat()}  # a day as the end of an hour: which of its hours?
    elif begins is not None and not isinstance(begins, datetime) and _has_hour(ends):
        yield {
            "kind": "end_unreadable",
            "detail": ends.isoformat() if ends else "",
        }  # an hour as the end of a whole day


def _written(value: Any) -> str:
    """Return a property as a calendar writes it."""
    return str(value) if isinstance(value, vBroken) else value.to_ical().decode("utf-8", "replace")


def unknown_zone(event: icalendar.Event) -> str | None:
    """Return the name of a time zone that nobody knows: the hour is then taken as it is written."""
    begins = _first(event, "DTSTART")
    zone = begins.params.get("TZID") if begins is not None else None
    moment = getattr(begins, "dt", None)
    return str(zone) if zone and isinstance(moment, datetime) and moment.tzinfo is None else None


def missed_exceptions(event: icalendar.Event, sessions: Sequence[Span]) -> list[date]:
    """Return the days that a series leaves out at an hour at which it has no session, while it has one at another hour.

    Of several sessions in a day, one may well be left out.
    """
    rules = event.get("RRULE", [])
    often = ("HOURLY", "MINUTELY", "SECONDLY", "BYHOUR", "BYMINUTE")
    if any(word in str(rule).upper() for rule in (rules if isinstance(rules, list) else [rules]) for word in often):
        return []
    given = event.get("EXDATE", [])
    hours = [
        each.dt
        for listed in (given if isinstance(given, list) else [given])
        for each in (() if isinstance(listed, vBroken) else getattr(listed, "dts", ()))
        if isinstance(each.dt, datetime)
    ]
    held = {day(begins) for begins, _ in sessions if isinstance(begins, datetime)}
    zone = next((begins.tzinfo for begins, _ in sessions if isinstance(begins, datetime)), None)
    left_out = {day(hour.astimezone(zone) if hour.tzinfo and zone else hour) for hour in hours}
    return sorted(left_out & held)


def other_zone(event: icalendar.Event, zone: str | None) -> str | None:
    """Return the zone of a calendar if an hour of it, written without a zone, would be another one on the clock of Paris.

    The hour is taken as it is written: calendars are often made with the zone of their program's maker, or of an overseas territory.
    """
    moment = getattr(_first(event, "DTSTART"), "dt", None)
    if not zone or zone not in available_timezones() or not isinstance(moment, datetime) or moment.tzinfo is not None:
        return None
    return zone if moment.replace(tzinfo=ZoneInfo(zone)) != moment.replace(tzinfo=PARIS) else None


def _first(event: icalendar.Event, name: str) -> Any:
    """Return a property, the first if it is said several times; None if it is missing or broken."""
    value = event.get(name)
    value = value[0] if isinstance(value, list) else value
    return None if isinstance(value, vBroken) else value


def params(event: icalendar.Event, name: str) -> dict[str, Any]:
    """Return what a property says beside its value, that of the first if it is said several times; nothing if it is missing."""
    return dict(getattr(_first(event, name), "params", {}))


def moment(event: icalendar.Event, name: str) -> date | None:
    """Return the day or moment that a property says, the first if it is said several times; None if it is missing or broken."""
    moment_of_property = getattr(_first(event, name), "dt", None)
    return moment_of_property if isinstance(moment_of_property, date) else None


def _text(event: icalendar.Event, name: str) -> str | None:
    value = _first(event, name)
    if value is None:
        return None
    return str(value).replace('\\"', '"').strip() or None  # some programs escape what needs no escape


def _place(event: icalendar.Event) -> str | None:
    """Return where an event is: its text, with the town of Outlook's place where the text does not say it."""
    text = _text(event, "LOCATION")
    try:
        places = json.loads(re.sub(r"\\([,;])", r"\1", str(event.get("X-MICROSOFT-LOCATIONS", ""))))
    except ValueError:
        return text
    if not isinstance(places, list) or len(places) != 1 or not isinstance(places[0], dict):
        return text
    street, postcode, town = (str(places[0].get(f"Location{part}") or "").strip() for part in _OUTLOOK)
    if not town or town.casefold() in (text or "").casefold():
        return text
    return ", ".join(filter(None, (text, street if street not in (text or "") else "", f"{postcode} {town}".strip())))


def _instant(event: icalendar.Event, name: str) -> str | None:
    instant = moment(event, name)
    if instant is None:
        return None
    return _iso(instant) if isinstance(instant, datetime) else instant.isoformat()


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _categories(event: icalendar.Event) -> Iterator[str]:
    given = event.get("CATEGORIES", [])
    for each in given if isinstance(given, list) else [given]:
        if not isinstance(each, vBroken):
            yield from (str(word).strip() for word in getattr(each, "cats", []) if str(word).strip())


def _point(event: icalendar.Event) -> tuple[float | None, float | None]:
    """Return the point of GEO (latitude;longitude), else of Apple's place."""
    geo = _first(event, "GEO")
    if geo is not None:
        return float(geo.latitude), float(geo.longitude)
    if pair := _PAIR.fullmatch(str(event.get("GEO", ""))):
        return float(pair[1]), float(pair[2])
    if match := _APPLE_PLACE.search(str(event.get("X-APPLE-STRUCTURED-LOCATION", ""))):
        return float(match[1]), float(match[2])
    return None, None
