"""The sessions of a series: rules, dates added and taken out, exceptions, within an edition's window.

A rule is bounded before it is expanded: one without an end, or that never comes true, costs no more than another.
"""

from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

import icalendar
import recurring_ical_events
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from icalendar.prop.broken import vBroken

from campaign.intake.calendars import ics_fields
from campaign.intake.calendars.ics_fields import Span
from campaign.intake.calendars.ics_versions import is_exception
from campaign.profile import profile

MOST_SESSIONS: Final = 800  # of one event, as agendas allow
MOST_STEPS: Final = 200_000  # of a rule, from its beginning to the end of the window
_BEYOND: Final = 400  # days after a window within which more sessions are looked for
_LAST_YEARS: Final = range(9944, 9972)  # every kind of year stands once in 28 of one century
_SECONDS: Final = {
    "SECONDLY": 1, "MINUTELY": 60, "HOURLY": 3600, "DAILY": 86400, "WEEKLY": 7 * 86400, "MONTHLY": 28 * 86400,
    "YEARLY": 365 * 86400,
}  # fmt: skip


@dataclass(frozen=True)
class Series:
    """The sessions of a series within a window; whether there are more outside, and whether none of them takes place."""

    sessions: list[Span]
    is_cut: bool = False
    is_cancelled: bool = False


def expanded(parts: list[icalendar.Event], leading: icalendar.Event, window: tuple[date, date] | None) -> Series:
    """Return the sessions of a series within the window.

    Without a window, that of the first edition in whose window the series has a session. Raises what the library
    raises, or ValueError, where a rule cannot be read.
    """
    span = ics_fields.span(leading)
    if span is None:
        return Series([])
    start = ics_fields.day(span[0])
    windows = [window] if window else [_window(start.year + n) for n in range(-1, 3)]
    limit = windows[-1][1] + timedelta(days=_BEYOND)
    calendar = icalendar.Calendar()
    is_dense = False
    for part in parts:
        bounded = part.copy(recursive=True)
        bounded["UID"] = "series"  # an exception is found by it, also where neither has one
        for name in ("EXDATE", "RDATE"):
            _leave_unread(bounded, name)
        is_dense |= _bound(bounded, limit)
        if not is_exception(leading):
            _name_instance(bounded, span[0])
        calendar.add_component(bounded)
    if is_dense:
        return Series([], is_cut=True)
    query = recurring_ical_events.of(calendar)
    cancelled: list[Span] = []
    for first, last in windows:
        instances = [part for part in query.between(first, last + timedelta(days=1)) if _is_inside(part, last)]
        held = [part for part in instances if not _is_called_off(part, leading)]
        inside = _sessions(held, leading)
        if inside:
            return Series(inside[:MOST_SESSIONS], is_cut=_goes_on(query, inside, first, last))
        cancelled = cancelled or _sessions(instances, leading)
    return Series(cancelled[:MOST_SESSIONS], is_cut=not cancelled, is_cancelled=bool(cancelled))


def _bound(event: icalendar.Event, limit: date) -> bool:
    """Give each rule of an event an end, and tell whether one of them comes true too often to be expanded."""
    rules = event.get("RRULE", [])
    begins = getattr(event.get("DTSTART"), "dt", None)
    for rule in rules if isinstance(rules, list) else [rules]:
        if not isinstance(rule, icalendar.vRecur) or not isinstance(begins, date):
            continue
        interval = int(_only(rule, "INTERVAL", 1))
        if interval < 1:
            raise ValueError(f"INTERVAL={interval}")
        step = _SECONDS.get(str(_only(rule, "FREQ", "")).upper(), 86400) * interval
        is_filtered = any(name.startswith("BY") for name in rule)
        n_steps = max(0, (limit - ics_fields.day(begins)).days) * 86400 // step
        if "COUNT" in rule and not is_filtered:
            n_steps = min(n_steps, int(_only(rule, "COUNT", 0)))
        if n_steps > MOST_STEPS:
            return True
        if is_filtered and not _comes_true(rule, begins):
            raise ValueError(_written(rule))
        if "COUNT" not in rule:
            rule["UNTIL"] = [_until(_only(rule, "UNTIL", None), begins, limit)]
    return False


def _leave_unread(event: icalendar.Event, name: str) -> None:
    """Take what cannot be read out of the dates that a series adds or leaves out: it is told, and costs no other."""
    given = event.get(name)
    if isinstance(given, vBroken):
        del event[name]
    elif isinstance(given, list):
        event[name] = [value for value in given if not isinstance(value, vBroken)]


def _name_instance(event: icalendar.Event, begins: date) -> None:
    """Name the instance that an exception stands for as its series does: by its moment, or by its day where it has no hour."""
    named = ics_fields.moment(event, "RECURRENCE-ID")
    if named is None or isinstance(named, datetime) == isinstance(begins, datetime):
        return
    given = ics_fields.params(event, "RECURRENCE-ID")
    meant = (
        datetime.combine(named, begins.time(), begins.tzinfo) if isinstance(begins, datetime) else ics_fields.day(named)
    )
    del event["RECURRENCE-ID"]
    event.add("RECURRENCE-ID", meant, parameters={name: given[name] for name in ("RANGE",) if name in given})


def _comes_true(rule: icalendar.vRecur, begins: date) -> bool:
    """Tell whether a filtered rule ever gives a date.

    The library looks for the next one up to the year 9999: the rule is begun in a year like its own not long before, in which
    it would come true within a generation.
    """
    free = icalendar.vRecur({name: value for name, value in rule.items() if name not in ("COUNT", "UNTIL")})
    day = ics_fields.day(begins)
    start = next(
        datetime.combine(date(year, day.month, day.day), _clock(begins))
        for year in _LAST_YEARS
        if _is_alike(year, day.year)
    )
    return next(iter(rrulestr(_written(free), dtstart=start)), None) is not None


def _is_alike(year: int, other: int) -> bool:
    return isleap(year) == isleap(other) and date(year, 1, 1).weekday() == date(other, 1, 1).weekday()


def _clock(moment: date) -> time:
    return moment.time() if isinstance(moment, datetime) else time()


def _written(rule: icalendar.vRecur) -> str:
    return str(rule.to_ical().decode())  # type: ignore[no-untyped-call]


def _only(rule: icalendar.vRecur, name: str, default: Any) -> Any:
    given = rule.get(name, default)
    return (given[0] if given else default) if isinstance(given, list) else given


def _until(until: date | None, begins: date, limit: date) -> date:
    """Return when a rule ends, at the latest at the limit; a day as the end of a rule of hours is a whole day."""
    day = limit if until is None else min(ics_fields.day(until), limit)
    if not isinstance(begins, datetime):
        return day
    if isinstance(until, datetime) and ics_fields.day(until) <= limit:
        return until
    return (
        datetime.combine(day, time(23, 59, 59), begins.tzinfo).astimezone(UTC)
        if begins.tzinfo
        else datetime.combine(day, time(23, 59, 59))
    )


def _is_inside(event: icalendar.Event, last: date) -> bool:
    span = ics_fields.span(event)
    return span is not None and ics_fields.day(span[0]) <= last


def _is_called_off(event: icalendar.Event, leading: icalendar.Event) -> bool:
    """Tell whether an instance does not take place while the event does."""
    return _is_cancelled(event) and not (_is_cancelled(leading) and not is_exception(leading))


def _is_cancelled(event: icalendar.Event) -> bool:
    return str(event.get("STATUS", "")).strip().upper() == "CANCELLED"


def _sessions(instances: list[icalendar.Event], leading: icalendar.Event) -> list[Span]:
    return sorted(set(_ended(instances, leading)), key=lambda span: (_order(span[0]), str(span[1])))


def _ended(instances: list[icalendar.Event], leading: icalendar.Event) -> Iterator[Span]:
    """Yield the sessions of instances, with the end that is written: none where there is none, after a length of hours else."""
    given = ics_fields.span(leading)
    length = ics_fields.length(leading)
    for event in instances:
        span = ics_fields.span(event)
        if span is None:
            continue
        begins, ends = span
        if isinstance(begins, datetime) and ends == begins and given is not None and given[1] is None:
            ends = None  # the library makes one
        elif isinstance(begins, datetime) and isinstance(ends, datetime) and length is not None:
            is_own = ends.replace(tzinfo=None) - begins.replace(tzinfo=None) == length
            ends = ics_fields.after(begins, length) if is_own else ends
        yield begins, ends


def _goes_on(query: Any, inside: list[Span], first: date, last: date) -> bool:
    """Tell whether a series has more sessions than those kept, in the year before or after."""
    if len(inside) > MOST_SESSIONS:
        return True
    for n_days in (7, 31, 366):  # most are found nearby
        length = timedelta(days=n_days)
        after = last + timedelta(days=2)
        if query.between(first - length, first - timedelta(days=1)) or query.between(after, last + length):
            return True
    return False


def _window(year: int) -> tuple[date, date]:
    return profile().edition(year).window


def _order(moment: date) -> datetime:
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
