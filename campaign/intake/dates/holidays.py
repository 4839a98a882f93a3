"""The public holidays of France, which « hors jours fériés » leaves out (article L3133-1 of the Code du travail)."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

_FIXED: Final = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))  # month, day
_AFTER_EASTER: Final = (1, 39, 50)  # days: Easter Monday, Ascension, Whit Monday


def is_holiday(day: date) -> bool:
    """Tell whether a day is a holiday everywhere in France."""
    return day in _of_year(day.year)


@lru_cache(maxsize=50)
def _of_year(year: int) -> frozenset[date]:
    easter = _easter(year)
    return frozenset(
        [date(year, month, day) for month, day in _FIXED] + [easter + timedelta(days=n) for n in _AFTER_EASTER]
    )


def _easter(year: int) -> date:
    """Return Easter Sunday in the Gregorian calendar, as the anonymous algorithm of 1876 (Meeus, Jones, Butcher) counts it."""
    golden, century, of_century = year % 19, year // 100, year % 100
    leap, rest = divmod(century, 4)
    epact = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * rest + 2 * (of_century // 4) - epact - of_century % 4) % 7
    month = (golden + 11 * epact + 22 * weekday) // 451
    number = epact + weekday - 7 * month + 114
    return date(year, number // 31, number % 31 + 1)
