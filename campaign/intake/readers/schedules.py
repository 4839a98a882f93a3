"""The sessions of schedules of schema.org: « every week, on Tuesday, from the 3rd to the 24th, at 18:30, but on the 10th »."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, Final

from dateutil import rrule  # type: ignore[import-untyped]

MOST: Final = 400  # sessions of one event
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_EVERY: Final = re.compile(r"P(\d+)([DWMY])")
_UNITS: Final = {"D": rrule.DAILY, "W": rrule.WEEKLY, "M": rrule.MONTHLY, "Y": rrule.YEARLY}
_WORDS: Final = {
    "daily": "P1D",
    "weekly": "P1W",
    "biweekly": "P2W",
    "monthly": "P1M",
    "yearly": "P1Y",
    "annually": "P1Y",
}
_LENGTH: Final = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:0+S)?")


def schedules_of(schedules: Sequence[Mapping[str, Any]]) -> str:
    """Return the sessions of schedules as « begin -> end | … ».

    What is not understood of them, and that one has no end, follows as it is written: whoever reads the sessions tells it.
    """
    sessions: list[str] = []
    left: list[str] = []
    for given in schedules:
        schedule = {key.removeprefix("schema:"): value for key, value in given.items()}
        try:
            days = list(islice(_days(schedule), MOST + 1))
            begins, ends = _hour(schedule.get("startTime")), _hour(schedule.get("endTime"))
            length = _length(schedule.get("duration"))
        except (ValueError, TypeError, AttributeError):
            left.append(_summary(schedule))
            continue
        if len(days) > MOST:
            left.append(_summary(schedule))
        sessions += [_session(day, begins, ends, length) for day in days[:MOST]]
    return " | ".join([*dict.fromkeys(sessions), *left])


def _days(schedule: Mapping[str, Any]) -> Iterator[date]:
    """Yield the days of a schedule; raise ValueError for one that is not understood."""
    first = _date(schedule.get("startDate"))
    last = schedule.get("endDate")
    every = str(schedule.get("repeatFrequency") or ("P1W" if schedule.get("byDay") else ""))
    count = schedule.get("repeatCount")
    if not every:
        yield first
        if last and _date(last) != first:
            raise ValueError(every)
        return
    rule = _EVERY.fullmatch(_WORDS.get(every.lower(), every))
    if rule is None:
        raise ValueError(every)
    weekdays = [_weekday(each) for each in _listed(schedule.get("byDay"))]
    months, numbers = ([int(each) for each in _listed(schedule.get(key))] for key in ("byMonth", "byMonthDay"))
    excepted = {_date(each) for each in _listed(schedule.get("exceptDate"))}
    days = rrule.rrule(
        _UNITS[rule[2]],
        dtstart=datetime.combine(first, time()),
        interval=int(rule[1]),
        until=datetime.combine(_date(last), time()) if last else None,
        count=int(count) if count and not last else None,
        byweekday=weekdays or None,
        bymonth=months or None,
        bymonthday=numbers or None,
    )
    yield from (day.date() for day in days if day.date() not in excepted)


def _weekday(value: object) -> rrule.weekday:
    name = str(value).rsplit("/", 1)[-1].lower()
    if name in _DAYS:
        return rrule.weekday(_DAYS.index(name))
    if match := re.fullmatch(r"(-?\d)?(mo|tu|we|th|fr|sa|su)", name):  # as iCalendar writes it
        number = next(index for index, day in enumerate(_DAYS) if day.startswith(match[2]))
        return rrule.weekday(number, int(match[1])) if match[1] else rrule.weekday(number)
    raise ValueError(name)


def _session(day: date, begins: time | None, ends: time | None, length: timedelta | None) -> str:
    if begins is None:
        return day.isoformat()
    first = datetime.combine(day, begins)
    last = datetime.combine(day, ends) if ends else first + length if length else None
    if ends and last and last < first:
        last += timedelta(days=1)
    return first.isoformat(timespec="minutes") + (f" -> {last.isoformat(timespec='minutes')}" if last else "")


def _date(value: object) -> date:
    return date.fromisoformat(str(value)[:10])


def _hour(value: object) -> time | None:
    return time.fromisoformat(str(value)[:5]) if value else None


def _length(value: object) -> timedelta | None:
    if not value:
        return None
    match = _LENGTH.fullmatch(str(value))
    if match is None:
        raise ValueError(value)
    return timedelta(hours=int(match[1] or 0), minutes=int(match[2] or 0))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value in (None, "") else [value]


def _summary(schedule: Mapping[str, Any]) -> str:
    """Return what a schedule says, in words, without a date that could be read as a session."""
    keys = ("repeatFrequency", "byDay", "byMonth", "byMonthDay", "repeatCount", "startTime", "endTime")
    return "eventSchedule " + " ".join(
        f"{key}={str(schedule[key]).rsplit('/', 1)[-1]}" for key in keys if schedule.get(key)
    )
