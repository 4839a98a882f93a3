"""Names of time zones as calendars write them: Outlook's, abbreviations, offsets, any case."""

import re
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

import icalendar
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

_USED: Final = re.compile(r';TZID=(?P<quote>"?)((?(quote)[^"\r\n]+|[^":;\r\n]+))(?P=quote)(?=[:;])', re.IGNORECASE)
_OF_WINDOWS_PHONE: Final = re.compile(r';TZID="?tzone://microsoft/(utc|custom)"?(?=[:;])', re.IGNORECASE)
_DEFINED: Final = re.compile(
    r"^BEGIN:VTIMEZONE[ \t]*\r?$.*?^END:VTIMEZONE[ \t]*\r?$", re.MULTILINE | re.DOTALL | re.IGNORECASE
)
_NAME: Final = re.compile(r"^TZID:(.+)$", re.MULTILINE | re.IGNORECASE)
_PLACE: Final = re.compile(r"^X-LIC-LOCATION:(.+)$", re.MULTILINE | re.IGNORECASE)
_TO: Final = re.compile(r"^TZOFFSETTO:([+-])(\d\d)(\d\d)", re.MULTILINE | re.IGNORECASE)
_OF_COLON: Final = re.compile(r"(?im)^([A-Z-]+(?:;[^:\r\n]*)?;TZID=[+-]\d\d):(\d\d:\d{8}T)")
_OFFSET: Final = re.compile(
    r"^\(?(?:utc|gmt|(?=[+-]\d\d:?\d\d$))\s*([+-])\s*(\d{1,2})(?:[:.]?([0-5]\d))?\)?", re.IGNORECASE
)
# Abbreviations of central European time: people write them for the clock on the wall, in summer too.
_CENTRAL_EUROPEAN: Final = {"cest", "met", "mest", "mez", "mesz", "heure de paris", "paris"}
_GREENWICH: Final = ("GMT", "UTC")
_OF_PARIS: Final = {("+", "01", "00"), ("+", "02", "00")}  # winter and summer
_WINTER: Final = datetime(2014, 1, 15)  # noqa: DTZ001 - a moment on the wall
_SUMMER: Final = datetime(2014, 7, 15)  # noqa: DTZ001 - a moment on the wall


def define(written: str) -> dict[str, str]:
    """Make the zones that a calendar defines known, and return the places of those that it names without their rules.

    Each is read on its own: one that is broken costs no other.
    """
    icalendar.timezone.tzp.use_default()  # which forgets the zones of the calendar before, perhaps of the same names
    places = {}
    for block in _DEFINED.findall(written):
        with suppress(ValueError, IndexError, KeyError, AttributeError):
            icalendar.Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{block.strip()}\r\nEND:VCALENDAR\r\n")
        name, place = (match[1].strip() if (match := line.search(block)) else "" for line in (_NAME, _PLACE))
        if "BEGIN:DAYLIGHT" not in block.upper() and (meant := _with_summer(name, block)):
            places[name] = meant
            continue
        if name.upper() in _GREENWICH and set(_TO.findall(block)) == _OF_PARIS:
            places[name] = "Europe/Paris"  # misnamed: its rules say what it is
            continue
        if place in available_timezones() and not is_known(name):
            places[name] = place
    return places


def _with_summer(name: str, block: str) -> str | None:
    """Return the zone that a name means whose definition forgets the summer: it has its winter's offset alone."""
    plain = name.strip().strip("'\"").casefold()
    meant = _of_windows().get(plain) or _by_lower_case().get(plain.replace(" ", "_"))
    if meant is None and (plain in _CENTRAL_EUROPEAN or plain == "cet"):
        meant = "Europe/Paris"
    offset = _TO.search(block)
    if meant is None or offset is None:
        return None
    minutes = int(f"{offset[1]}1") * (int(offset[2]) * 60 + int(offset[3]))
    return meant if ZoneInfo(meant).utcoffset(_WINTER) == timedelta(minutes=minutes) else None


def without(written: str) -> str:
    """Return a calendar's text without the zones that it defines."""
    return _DEFINED.sub("", written)


def named(written: str, places: dict[str, str]) -> str:
    """Return a calendar's text with the names of zones that nobody knows replaced by those that they mean."""

    def known(match: re.Match[str]) -> str:
        zone = resolve(match[2], places)
        return match[0] if zone is None else f";TZID={zone}"

    written = _OF_COLON.sub(r"\1\2", written)  # « TZID=+01:00 » without quotes
    written = _OF_WINDOWS_PHONE.sub(lambda match: ";TZID=UTC" if match[1].lower() == "utc" else "", written)
    return _USED.sub(known, written)


def resolve(name: str, places: dict[str, str] | None = None) -> str | None:
    """Return the IANA name of a zone that is written otherwise; None for one that stands as it is, or is not understood."""
    if (places or {}).get(name):
        return (places or {})[name]
    plain = name.strip().strip("'\"").casefold()
    if zone := _of_windows().get(plain) or _of_windows().get(
        re.sub(r" \d{1,2}$", "", plain)
    ):  # « Romance Standard Time 1 »
        return zone
    if is_known(name):
        return None
    if zone := _by_lower_case().get(plain.replace(" ", "_")):
        return zone
    if plain in _CENTRAL_EUROPEAN:
        return "Europe/Paris"
    offset = _OFFSET.match(plain)
    if offset and (city := _of_city(plain, _minutes(offset))):
        return city
    if plain.startswith(("(utc)", "(gmt)")) or plain in ("coordinated universal time", "temps universel coordonné"):
        return "Etc/GMT" if "coord" in plain else _of_city(plain, 0)
    if not offset and (zones := _of_cities(plain)):
        return zones
    if offset and offset.end() == len(plain) and _minutes(offset) % 60 == 0:
        hours = _minutes(offset) // 60
        return f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT"  # the sign of these names is that of the zone's distance
    return None


def is_known(name: str) -> bool:
    """Tell whether the library knows a zone by this name."""
    return icalendar.timezone.tzp.timezone(name) is not None


def _of_city(name: str, minutes: int) -> str | None:
    """Return the zone of a city in an Outlook name, « (UTC+01:00) Brussels, Paris »; its winter time must be the one written."""
    for word in re.split(r"[,/):]\s*|\s-\s", name):
        for zone in _by_city().get(word.strip().replace(" ", "_"), []):
            if ZoneInfo(zone).utcoffset(_WINTER) == timedelta(minutes=minutes):
                return zone
    return None


def _of_cities(name: str) -> str | None:
    """Return the zone of several cities, « Paris, Madrid », where all are known and have the same winter and summer."""
    cities = [word.strip().replace(" ", "_") for word in re.split(r"[,;/]", name)]
    zones = [_by_city().get(city, []) for city in cities]
    if len(cities) < 2 or not all(len(each) == 1 for each in zones):
        return None
    offsets = {(ZoneInfo(zone).utcoffset(_WINTER), ZoneInfo(zone).utcoffset(_SUMMER)) for (zone,) in zones}
    return zones[0][0] if len(offsets) == 1 else None


def _minutes(offset: re.Match[str]) -> int:
    return int(f"{offset[1]}1") * (int(offset[2]) * 60 + int(offset[3] or 0))


@cache
def _of_windows() -> dict[str, str]:
    return {windows.casefold(): zone for windows, zone in WINDOWS_TO_OLSON.items()}


@cache
def _by_lower_case() -> dict[str, str]:
    return {zone.lower(): zone for zone in available_timezones()}


@cache
def _by_city() -> dict[str, list[str]]:
    zones_by_city: dict[str, list[str]] = {}
    for zone in sorted(available_timezones()):
        zones_by_city.setdefault(zone.rpartition("/")[2].lower(), []).append(zone)
    return zones_by_city
