"""Moments and sessions as intake reads them: a day, perhaps an hour, perhaps an end."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

LONGEST_NIGHT: Final = timedelta(hours=12)  # « 20 h – 8 h » ends on the next day, « 20 h – 18 h » before it began


@dataclass(frozen=True)
class Moment:
    """A day, and an hour if one is given, with its offset if that is written."""

    day: date
    hour: time | None = None
    offset: str = ""

    @property
    def iso(self) -> str:
        """The moment in ISO 8601: a date alone if there is no hour."""
        if self.hour is None:
            return self.day.isoformat()
        return (
            datetime.combine(self.day, self.hour).isoformat(
                timespec="seconds" if self.offset else "minutes"  # DuckDB reads no offset after minutes
            )
            + self.offset.upper()
        )


Session = tuple[Moment, Moment | None]

Hours = tuple[time, time | None]


def sessions_of(first: date, hours: list[Hours]) -> list[Session]:
    """Return the sessions of one day at some hours; the whole day without any."""
    return [_session(first, begins, ends) for begins, ends in hours] or [(Moment(first), None)]


def ending(begins: Moment, hour: time) -> Moment:
    """Return when what began at a moment ends, at an hour without its own day.

    « 22 h – 2 h » ends on the next day. What would last longer than a night ends before it began: the checks say so.
    """
    night = datetime.combine(begins.day, hour) - datetime.combine(begins.day, begins.hour or time()) + timedelta(days=1)
    is_next = begins.hour is not None and hour < begins.hour and (hour == time() or night <= LONGEST_NIGHT)
    return Moment(begins.day + timedelta(days=1) if is_next else begins.day, hour)


def _session(day: date, begins: time, ends: time | None) -> Session:
    first = Moment(day, begins)
    return first, None if ends is None else ending(first, ends)
