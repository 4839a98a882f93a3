"""Which edition a figure is compared with, and how: totals when finished, else at the same days to go."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from campaign import store
from campaign.filters import Filters, codes
from campaign.settings import settings
from campaign.wording.course import SMALL

EVEN_PERCENT, STRONG_PERCENT = 5, 20  # about the same below, strong from there on


@dataclass(frozen=True)
class Comparison:
    """What stands before: its filters, its edition, and whether totals or counts at the same days to go are compared.

    For a running edition both sides are cut: `now` too is read as of `days_to_go` days before its window's core.
    """

    before: Filters
    edition: int
    kind: Literal["total", "same_days_to_go"]
    days_to_go: int | None = None


def status(edition: int) -> Literal["running", "final"]:
    """Return whether an edition may still change: it runs until the last day of its window."""
    return "running" if settings().current_day() <= date(edition, 12, 31) else "final"


def with_edition_before(chosen: Filters) -> Comparison | None:
    """Return the comparison of the chosen edition with the one before it; None for several editions or the first one.

    A choice of certain days is moved to the same days of the year before.
    """
    edition = chosen.edition
    if edition is None or edition - 1 not in codes().counted_editions:
        return None
    before = chosen.but(
        editions=(edition - 1,),
        from_day=_year_before(chosen.from_day),
        to_day=_year_before(chosen.to_day),
        as_of=_year_before(chosen.as_of),
    )
    if status(edition) == "final" and chosen.as_of is None:
        return Comparison(before, edition - 1, "total")
    day = chosen.as_of or settings().current_day()
    days_to_go = (date(edition, 11, 1) - day).days
    return Comparison(
        before.but(as_of=date(edition - 1, 11, 1) - timedelta(days=days_to_go)),
        edition - 1,
        "same_days_to_go",
        days_to_go,
    )


def _year_before(day: date | None) -> date | None:
    if day is None:
        return None
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return date(day.year - 1, 2, 28)


def totals_before(comparison: Comparison | None) -> dict[str, int] | None:
    """Return the totals of the edition before, or None."""
    return None if comparison is None else dict(store.query("event_totals", **comparison.before.params()).one)


def against(asked: str | None, edition: int) -> int | None:
    """Return the edition of the address to compare with, else the one before; None if the file has no other."""
    known = [year for year in codes().counted_editions if year != edition]
    if asked and asked.isdigit() and int(asked) in known:
        return int(asked)
    earlier = [year for year in known if year < edition]
    return max(earlier) if earlier else min(known, default=None)


def before_of(now: Filters, edition: int, earlier: int) -> Filters:
    """Return the same choice for the other edition: days moved by as many years, data as of the same days to go.

    While the chosen edition may still change, both are read at the days to go of today.
    """
    years = earlier - edition
    as_of = now.as_of or (settings().current_day() if status(edition) == "running" else None)
    return now.but(
        editions=(earlier,),
        from_day=_moved(now.from_day, years),
        to_day=_moved(now.to_day, years),
        as_of=date(earlier, 11, 1) + (as_of - date(edition, 11, 1)) if as_of else None,
    )


def now_of(chosen: Filters, edition: int) -> Filters:
    """Return the choice as it is counted for a comparison: of a running edition, what was registered by today."""
    is_running = chosen.as_of is None and status(edition) == "running"
    return chosen.but(as_of=settings().current_day()) if is_running else chosen


def _moved(day: date | None, years: int) -> date | None:
    if day is None:
        return None
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if is_leap_day else day.day)


def change_class(now: int, before: int) -> int | None:
    """Return 1 (strong fall) to 5 (strong rise); None where one of the two is below 30: too small to say."""
    if min(now, before) < SMALL:
        return None
    size = 100 * abs(now - before)
    if size < EVEN_PERCENT * before:
        return 3
    is_strong = size >= STRONG_PERCENT * before
    if now < before:
        return 1 if is_strong else 2
    return 5 if is_strong else 4
