"""The public holidays of France, which « hors jours fériés » leaves out (article L3133-1 of the Code du travail)."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from dateutil.easter import easter as easter_of  # type: ignore[import-untyped]

_FIXED: Final = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))  # month, day
_AFTER_EASTER: Final = (1, 39, 50)  # days: Easter Monday, Ascension, Whit Monday


def is_holiday(day: date) -> bool:
    """Tell whether a day is a holiday everywhere in France."""
    return day in _of_year(day.year)


@lru_cache(maxsize=50)
def _of_year(year: int) -> frozenset[date]:
    easter = easter_of(year)
    return frozenset(
        [date(year, month, day) for month, day in _FIXED] + [easter + timedelta(days=n) for n in _AFTER_EASTER]
    )
