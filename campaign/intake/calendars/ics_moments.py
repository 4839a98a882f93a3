"""The moments of a calendar's events as the standard has them, from what programs write: dashes, days with an hour, lists with a slip."""

import re
from datetime import UTC, datetime, time, timedelta
from typing import Final

from campaign.core.settings import PARIS

_DASHED: Final = re.compile(
    r"(?im)^(?P<name>(?:DTSTART|DTEND|RECURRENCE-ID)(?:;[^:\r\n]*)?:)[ \t]*"
    r"(?P<moment>\d{4}-\d\d-\d\d(?:[T ][\d:]+(?:Z|[+-]\d\d:?\d\d)?)?|\d{8}(?:T\d{4}(?:\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?)[ \t]*(?=\r?$)"
)
# A day, or an instant of Greenwich's time, has no zone of its own.
_ZONED: Final = re.compile(
    r"(?im)^((?:DTSTART|DTEND|RECURRENCE-ID)[^:\r\n]*?);TZID=(?:\"[^\"\r\n]*\"|[^;:\r\n]*)([^:\r\n]*:\d{8}(?:T\d{6}Z)?)(?=\r?$)"
)
_BLANK: Final = re.compile(
    r"(?im)^(DTSTART|DTEND|DURATION|SUMMARY|DESCRIPTION|LOCATION|UID|URL|STATUS|CATEGORIES|RRULE|EXDATE|RDATE|RECURRENCE-ID)"
    r"((?:;[^:\r\n]*?)?)[ \t]+:[ \t]*"
)
_RULE: Final = re.compile(r"(?im)^(?:RRULE|EXRULE)\b.*$")
_BEGINS_AT: Final = re.compile(r"(?im)^DTSTART(?P<params>[^:\r\n]*):\d{8}(?P<hour>T\d{6}Z?)(?=\r?$)")
_ADDED_DAYS: Final = re.compile(r"(?im)^RDATE;VALUE=DATE:(?P<days>\d{8}(?:,\d{8})*)(?=\r?$)")
_CLOCK_OF_DAY: Final = re.compile(  # « VALUE=DATE » before a moment
    r"(?im)^(?P<name>(?:DTSTART|DTEND|RECURRENCE-ID)(?:;[^:\r\n]*?)?);VALUE=DATE(?P<params>(?:;[^:\r\n]*)?):(?P<day>\d{8})(?P<clock>T\d{6}Z?)(?=\r?$)"
)
_END_OF_DAY: Final = re.compile(
    r"(?im)^(?P<name>(?:DTSTART|DTEND)[^:\r\n]*:)(?P<day>\d{8})T2400(?:00)?(?P<zone>Z?)(?=\r?$)"
)
_IS_DAY: Final = re.compile(r"(?im)^DTSTART[^:\r\n]*:\d{8}[ \t]*\r?$")
_NAMED: Final = re.compile(r"(?im)^(?:EXDATE|RDATE|RECURRENCE-ID)\b[^\r\n]*")
_MIDNIGHT: Final = re.compile(r"\b\d{8}T\d{6}Z")
_LISTED: Final = re.compile(r"(?im)^(?P<name>EXDATE|RDATE)(?P<params>(?:;[^:\r\n]*)?):(?P<values>[^\r\n]*)(?=\r?$)")
_A_DAY: Final = re.compile(r"\d{8}")
_A_MOMENT: Final = re.compile(r"\d{8}T\d{6}Z?(?:/.+)?")
_LENGTH_OF_DAY: Final = 10  # « 2026-11-05 »


def _plain_moment(written: re.Match[str]) -> str:
    """Return a moment with dashes and colons, or without seconds, as ISO 8601 has it elsewhere, as one of a calendar."""
    if re.fullmatch(r"\d{8}(?:T\d{6}Z?)?", written["moment"]):  # blanks stood around it
        return written["name"] + written["moment"]
    try:
        moment = datetime.fromisoformat(written["moment"])
    except ValueError:
        return written[0]
    if moment.tzinfo is not None:
        return written["name"] + moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return written["name"] + moment.strftime("%Y%m%dT%H%M%S" if len(written["moment"]) > _LENGTH_OF_DAY else "%Y%m%d")


def plain(written: str) -> str:
    """Return an event as the standard has it: moments as such, names and rules without blanks, days added at the hour of the first."""
    written = _BLANK.sub(r"\1\2:", written)
    written = _END_OF_DAY.sub(_next_midnight, written)
    written = _CLOCK_OF_DAY.sub(_day_or_moment, written)
    written = _LISTED.sub(_each_alone, written)
    if _IS_DAY.search(written):
        written = _NAMED.sub(lambda named: _MIDNIGHT.sub(_day_of_midnight, named[0]), written)
    written = _ZONED.sub(r"\1\2", _DASHED.sub(_plain_moment, written))
    written = _RULE.sub(lambda rule: re.sub(r"[ \t]", "", rule[0]), written)
    begins = _BEGINS_AT.search(written)
    if begins is None:
        return written
    params = re.sub(r"(?i);VALUE=DATE-TIME", "", begins["params"])
    return _ADDED_DAYS.sub(
        lambda added: f"RDATE{params}:" + ",".join(f"{day}{begins['hour']}" for day in added["days"].split(",")),
        written,
    )


def _next_midnight(written: re.Match[str]) -> str:
    """Return the end of a day that is called its hour 24 as the beginning of the next."""
    try:
        day = datetime.strptime(written["day"], "%Y%m%d")  # noqa: DTZ007  on the wall
    except ValueError:
        return written[0]
    return f"{written['name']}{day + timedelta(days=1):%Y%m%d}T000000{written['zone']}"


def _day_of_midnight(written: re.Match[str]) -> str:
    """Return an instant of Greenwich's time that is a midnight of Paris as that, for a series of whole days."""
    try:
        here = datetime.strptime(written[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).astimezone(PARIS)
    except ValueError:
        return written[0]
    return f"{here:%Y%m%d}T000000" if here.time() == time() else written[0]


def _day_or_moment(written: re.Match[str]) -> str:
    """Return what is called a day and has an hour as a day, if that is midnight, else as a moment."""
    if written["clock"].startswith("T000000"):
        return f"{written['name']};VALUE=DATE{written['params']}:{written['day']}"
    return f"{written['name']}{written['params']}:{written['day']}{written['clock']}"


def _each_alone(written: re.Match[str]) -> str:
    """Return a list of dates that are left out or added with its days, its moments and what is neither each in a property of its own.

    One value that cannot be read then costs no other; a list of nothing says nothing.
    """
    values = [_without_dashes(value.strip()) for value in written["values"].split(",")]
    days = [value for value in values if _A_DAY.fullmatch(value)]
    moments = [value for value in values if _A_MOMENT.fullmatch(value)]
    others = [value for value in values if value and value not in days and value not in moments]
    if moments and ",".join(moments) == written["values"]:
        return written[0]
    params = re.sub(r"(?i);VALUE=DATE(?:-TIME)?(?=;|$)", "", written["params"])
    lines = [f"{written['name']}{params}:{','.join(moments)}"] if moments else []
    lines += [f"{written['name']};VALUE=DATE:{','.join(days)}"] if days else []
    lines += [f"{written['name']}:{value}" for value in others]
    return "\r\n".join(lines) or f"X-EMPTY-{written['name']}:"


def _without_dashes(value: str) -> str:
    """Return a value of a list as the standard has it, if it is a day or moment of ISO 8601."""
    match = _DASHED.fullmatch(f"DTSTART:{value}")
    return _plain_moment(match).removeprefix("DTSTART:") if match else value
