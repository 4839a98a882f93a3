"""Today, this weekend, this week: days that a reader asks for, relative to today; and whether the campaign is on."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

LENGTH_OF_MONTH: Final = len("2000-01")
DAYS_OF_WEEK: Final = 7


@dataclass(frozen=True)
class Period:
    """A quick choice: its key, first and last day (None: open)."""

    key: str
    first: date | None
    last: date | None

    @property
    def is_month(self) -> bool:
        """Whether it is a month of an edition: many of those hold nothing, where days near today are told even so."""
        return self.key[:1].isdecimal()


def periods(today: date) -> list[Period]:
    """Return today, Saturday, Sunday and this weekend (what is left of it), this week from today on, upcoming, and past."""
    sunday = today + timedelta(days=6 - today.weekday())
    saturday = max(today, sunday - timedelta(days=1))
    days = [Period("saturday", saturday, saturday), Period("sunday", sunday, sunday)]
    return [
        Period("today", today, today),
        *(each for each in days if each.first != today),
        Period("weekend", saturday, sunday),
        Period("week", today, sunday),
        Period("upcoming", today, None),
        Period("past", None, today - timedelta(days=1)),
    ]


def months(first: date, last: date) -> list[Period]:
    """Return the months from one day to another, whole."""
    periods = []
    start = first.replace(day=1)
    while start <= last:
        following = (start + timedelta(days=31)).replace(day=1)
        periods.append(Period(f"{start:%Y-%m}", start, following - timedelta(days=1)))
        start = following
    return periods


def month_of(text: str | None) -> date | None:
    """Return the first day of a month written "2014-11", None if it is not one."""
    try:
        return date.fromisoformat(f"{text}-01") if text and len(text) == LENGTH_OF_MONTH else None
    except ValueError:
        return None


def weeks(month: date) -> list[list[date]]:
    """Return the weeks that hold a month, Monday to Sunday, days of its neighbours included."""
    first = month.replace(day=1)
    monday = first - timedelta(days=first.weekday())
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    n_weeks = (last - monday).days // DAYS_OF_WEEK + 1
    return [[monday + timedelta(days=DAYS_OF_WEEK * week + day) for day in range(7)] for week in range(n_weeks)]
