"""The days and the number of each edition, as the event file holds them, and how its core period is said."""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from campaign import store
from campaign.core.language import _
from campaign.core.settings import settings
from campaign.profile import profile
from campaign.profile.calendar import Edition
from campaign.wording.dates import month, period
from campaign.wording.numbers import missing, ordinal


def of(edition: int) -> Edition:
    """Return an edition; one of a year that the file does not have follows the profile's rule."""
    return _held(store.reader()).get(edition) or profile().edition(edition)


@lru_cache(maxsize=4)
def _held(_reader: store.Reader) -> dict[int, Edition]:
    return {row["edition"]: Edition(**row) for row in store.query("edition_calendar").rows}


def window(edition: int) -> tuple[date, date]:
    """Return the first and the last day on which an edition's events count."""
    return of(edition).window


def core(edition: int) -> tuple[date, date]:
    """Return the first and the last day of an edition's core period."""
    return of(edition).core


def in_core(day: date, edition: int) -> bool:
    """Whether a day is of an edition's core period."""
    first, last = core(edition)
    return first <= day <= last


def around(edition: int) -> tuple[date, date]:
    """Return the window with a month more on both sides: days further away would make the rest unreadable."""
    first, last = window(edition)
    return first - timedelta(days=30), last + timedelta(days=31)


def number_of(edition: int) -> int | None:
    """Return the number of an edition; None before the first one and where it is not known."""
    return of(edition).number if edition >= profile().first else None


def rank(edition: int) -> str:
    """Return the number of an edition in words, « 7e »; « n. c. » where it is not known."""
    found = number_of(edition)
    return missing() if found is None else ordinal(found)


def running() -> int | None:
    """Return the latest edition whose window has begun; None before the first one."""
    today = settings().current_day()
    years = range(profile().first, today.year + 1)
    return next((year for year in reversed(years) if window(year)[0] <= today), None)


def core_month(edition: int) -> str | None:
    """Return the month that is an edition's core period, « novembre »; None for other periods."""
    first, last = core(edition)
    of_month = date(first.year, first.month, 1), date(first.year, first.month, monthrange(first.year, first.month)[1])
    return month(first.month) if (first, last) == of_month else None


def core_words(edition: int) -> str:
    """Return the core period as it stands after a verb or a colon: « novembre », « du 5 au 9 octobre »."""
    return core_month(edition) or period(*core(edition), with_year=False)


def within_core(edition: int) -> str:
    """Return « en novembre », « du 5 au 9 octobre »."""
    named = core_month(edition)
    return _("en {month}", month=named) if named else core_words(edition)


def outside_core(edition: int) -> str:
    """Return « hors de novembre », « hors de cette période »."""
    named = core_month(edition)
    return _("hors de {month}", month=named) if named else _("hors de cette période")


def framed_core(edition: int) -> str:
    """Return « novembre encadré », « période du 5 au 9 octobre encadrée »."""
    named = core_month(edition)
    if named:
        return _("{month} encadré", month=named)
    return _("période {period} encadrée", period=core_words(edition))
