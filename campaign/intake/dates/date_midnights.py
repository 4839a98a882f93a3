"""Midnights and days that programs write where nobody gave an hour, and the hours of other columns in their place."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from campaign.core.settings import PARIS
from campaign.intake.dates.lengths import Note
from campaign.intake.dates.moments import Hours, Moment, Session

_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\d)[T :](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?")
_LOCAL: Final = re.compile(r"(\d{1,2}/\d{1,2}/\d{4}) (\d{1,2}[:h]\d\d(?::\d\d)?)")
_FIRST_YEAR: Final = 1904  # of the calendars of spreadsheets: an hour alone is a moment of their first day
_WRITTEN: Final = re.compile(r"\b0?0:00(?::00)?\b")
_GREENWICH: Final = ("z", "+00:00", "+0000")


def clock_of(text: str | None, day: date, begins: str | None = None) -> str | None:
    """Return a cell of hours without the day that a program wrote before it: that of the event, or the first that it knows.

    Of the end of a night that `begins` in the evening, the day after is its own too.
    """
    if text and (local := _LOCAL.fullmatch(text)):
        return local[2] if local[1] in (f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}") else text
    if not text or not (match := _MOMENT.fullmatch(text)):
        return text
    if begins and match[1] == (day + timedelta(days=1)).isoformat() and match[2][:5] < begins[:5]:
        return match[2]
    return match[2] if match[1] == day.isoformat() or int(match[1][:4]) <= _FIRST_YEAR else text


def without_first_day(text: str | None) -> str | None:
    """Return an hour without the first day that spreadsheets and databases know: « 30/12/1899 18:30:00 »."""
    match = _LOCAL.fullmatch(text) if text else None
    return match[2] if match and int(match[1][-4:]) <= _FIRST_YEAR else text


def days_alone(sessions: list[Session], hours: list[Hours]) -> tuple[list[Session], bool]:
    """Return days without the midnight that a program wrote after them, where another column has their hours.

    Tell also whether the cell has hours of its own that the other column contradicts.
    """
    starts = {begins for begins, _ in hours}
    here = [(_on_clock(begins), ends) for begins, ends in sessions]
    if all(begins.hour in starts for begins, _ in here):  # « 17:30Z », « 18h30 »: the hour says on which clock
        return here, False
    days = []
    for begins, ends in sessions:
        day = _day_of_midnight(begins)
        days.append((Moment(day), ends) if day else (begins, ends))
    own = {begins.hour for begins, _ in days if begins.hour is not None}
    return days, bool(own) and not own & starts


def _on_clock(moment: Moment) -> Moment:
    """Return a moment on the clock of Paris if its offset is written; as it is else."""
    if moment.hour is None or not moment.offset:
        return moment
    here = datetime.fromisoformat(moment.iso).astimezone(PARIS)
    return Moment(here.date(), here.time())


def _day_of_midnight(moment: Moment) -> date | None:
    """Return the day of a moment that is a midnight: on the clock that is written, or of Paris in Greenwich's time; None else."""
    if moment.hour is None:
        return None
    if moment.hour == time() and moment.offset.lower() in ("", *_GREENWICH):
        return moment.day
    if moment.offset.lower() not in _GREENWICH:
        return None
    here = datetime.combine(moment.day, moment.hour, UTC).astimezone(PARIS)
    return here.date() if here.time() == time() else None


def without_midnights(sessions: list[Session], written: str) -> tuple[list[Session], list[Note]]:
    """Return days in place of the midnights that a program wrote among hours: « 12/11/2014 00:00 »; what it meant is told.

    A person writes « minuit » or « 0h ». So it is in ISO 8601 (campaign/intake/fields/spreadsheet_spans.sql).
    """
    if not _WRITTEN.search(written) or any(
        not is_midnight_or_none(moment) for session in sessions for moment in session
    ):
        return sessions, []
    days: list[Session] = []
    notes: list[Note] = []
    for begins, ends in sessions:
        if begins.hour is None:
            days.append((begins, ends))
            continue
        last = ends.day - timedelta(days=1) if ends and ends.hour == time() else ends.day if ends else None
        days.append((Moment(begins.day), Moment(last) if last and last > begins.day else None))
        if ends is None or ends.day != begins.day:
            notes.append(("hour_unreadable" if ends is None else "date_ambiguous", written))
    return days, notes[:1]


def is_midnight_or_none(moment: Moment | None) -> bool:
    """Tell whether a moment has no hour, or that of midnight on its own clock."""
    return moment is None or moment.hour is None or (moment.hour == time() and not moment.offset)


def is_midnight(moment: Moment | None) -> bool:
    """Tell whether a moment has no hour that a person may have given: none, midnight, or the last minute of a day."""
    return moment is None or moment.hour is None or moment.hour in (time(), time(23, 59), time(23, 59, 59))
