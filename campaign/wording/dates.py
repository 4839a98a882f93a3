"""Days, hours and periods as they are read: "le samedi 8 novembre 2014", "du 3 au 7 novembre 2014", "18 h 30"."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_day_names, get_month_names

from campaign.core.language import NO_BREAK, Language, _, current, ngettext
from campaign.core.settings import PARIS
from campaign.wording.numbers import missing, number
from campaign.wording.quantities import listed

LONG_RUN: Final = 3  # years in a row that are said by the first and the last


@cache
def _months(language: Language) -> dict[int, str]:
    return dict(get_month_names("wide", locale=language).items())


@cache
def _weekdays(language: Language) -> dict[int, str]:
    return dict(get_day_names("wide", locale=language).items())


def month(n: int) -> str:
    """Return the name of a month, from 1: "novembre"."""
    return _months(current())[n]


def weekday(day: date) -> str:
    """Return the name of a day of the week: "samedi"."""
    return _weekdays(current())[day.weekday()]


def day_name(day: date, *, with_weekday: bool = False, with_month: bool = True, with_year: bool = True) -> str:
    """Return a day: "8 novembre 2014", "samedi 1er novembre", "3"."""
    parts = ["1er" if day.day == 1 and current() == "fr" else str(day.day)]
    if with_weekday:
        parts.insert(0, weekday(day))
    if with_month:
        parts.append(month(day.month))
        if with_year:
            parts.append(str(day.year))
    return " ".join(parts)


def short_day(day: date) -> str:
    """Return a day as a narrow column holds it: "sam. 8 nov."."""
    return format_date(day, "EEE d MMM", locale=current()).replace(" ", NO_BREAK)


def on_day(day: date, *, with_weekday: bool = False, with_year: bool = True) -> str:
    """Return "le samedi 8 novembre 2014"."""
    return _("le {day}", day=day_name(day, with_weekday=with_weekday, with_year=with_year))


def period(first: date | None, last: date | None, *, with_year: bool = True) -> str:
    """Return "du 3 au 7 novembre 2014", without what the two days share; "" if neither is given.

    One day: "le 8 novembre 2014"; without an end: "à partir du 3 novembre 2014"; without a start: "jusqu'au …".
    """
    if first is None and last is None:
        return ""
    if first is None:
        return _("jusqu'au {day}", day=day_name(last, with_year=with_year)) if last else ""
    if last is None:
        return _("à partir du {day}", day=day_name(first, with_year=with_year))
    if first == last:
        return on_day(first, with_year=with_year)
    same_year = first.year == last.year
    same_month = same_year and first.month == last.month
    return _(
        "du {first} au {last}",
        first=day_name(first, with_month=not same_month, with_year=with_year and not same_year),
        last=day_name(last, with_year=with_year),
    )


def hour(moment: datetime) -> str:
    """Return the hour of a local moment: "18 h 30", "18 h" ("18:30", "18:00")."""
    if current() != "fr":
        return f"{moment:%H:%M}"
    text = f"{moment.hour}{NO_BREAK}h"
    return f"{text}{NO_BREAK}{moment:%M}" if moment.minute else text


def moment_name(moment: datetime, zone: str | None = None) -> str:
    """Return "12 novembre 2014 à 18 h 30", in Paris or in that zone."""
    local = _local(moment, zone)
    return _("{day} à {hour}", day=day_name(local), hour=hour(local))


def data_as_of(moment: datetime | None) -> str:
    """Return the date of the data, in Paris: "données du 12 novembre 2014 à 18 h 30"."""
    return _("données non datées") if moment is None else _("données du {moment}", moment=moment_name(moment))


def session(
    begins_at: datetime, ends_at: datetime | None = None, zone: str | None = None, *, is_all_day: bool | None = None
) -> str:
    """Return a session at its place's time: "samedi 8 novembre 2014, de 18 h 30 à 20 h".

    `zone` is the place's IANA zone, Paris if not given; another zone than Paris is said to be local time. A session is of
    whole days if `is_all_day` says so, or, where that is not known, if it is from midnight to midnight; of one that begins at
    midnight and has no end, the day alone is said. Whole days end at the midnight after the last, or within it.
    """
    begins, ends = _local(begins_at, zone), None if ends_at is None else _local(ends_at, zone)
    if is_all_day is None and ends is None and _is_midnight(begins):
        return day_name(begins, with_weekday=True)
    if is_all_day is None:
        is_all_day = ends is not None and _is_midnight(begins) and _is_midnight(ends)
    if is_all_day:
        last = begins.date() if ends is None else (ends - timedelta(microseconds=1)).date()
        if last > begins.date():
            return period(begins.date(), last)
        return _("{day}, toute la journée", day=day_name(begins, with_weekday=True))
    text = _hours(begins, ends)
    return text if zone in (None, "Europe/Paris") else _("{session} (heure locale)", session=text)


def _is_midnight(moment: datetime) -> bool:
    return moment.time() == time.min


def _hours(begins: datetime, ends: datetime | None) -> str:
    first = day_name(begins, with_weekday=True)
    if ends is None or ends <= begins:
        return _("{day} à {hour}", day=first, hour=hour(begins))
    if ends.date() == begins.date():
        return _("{day}, de {first} à {last}", day=first, first=hour(begins), last=hour(ends))
    return _(
        "du {day} à {hour} au {last_day} à {last_hour}",
        day=first,
        hour=hour(begins),
        last_day=day_name(ends, with_weekday=True),
        last_hour=hour(ends),
    )


def _local(moment: datetime, zone: str | None) -> datetime:
    """Return the moment in the zone; one without a zone is taken as local already."""
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(PARIS if zone is None else ZoneInfo(zone))


def days_to_go(n: int) -> str:
    """Return how far the opening is: "à 12 jours de l'ouverture", or after it (n < 0) "3 jours après l'ouverture"."""
    if n == 0:
        return _("le jour de l'ouverture")
    if n > 0:
        return ngettext("à {n} jour de l'ouverture", "à {n} jours de l'ouverture", n, n=number(n))
    return ngettext("{n} jour après l'ouverture", "{n} jours après l'ouverture", -n, n=number(-n))


def spans(years: Sequence[int]) -> list[str]:
    """Return years as they are listed, in order: each by itself, many in a row as "1997 à 2013"."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    texts: list[str] = []
    for run in runs:
        is_long = len(run) >= LONG_RUN
        texts += [_("{first} à {last}", first=run[0], last=run[-1])] if is_long else [str(year) for year in run]
    return texts


def years(editions: Sequence[int]) -> str:
    """Return years in a row: "2014", "2012 et 2014", "2008 à 2014" when none is left out; "n. c." without any."""
    known = sorted(set(editions))
    if not known:
        return missing()
    if len(known) > 2 and known[-1] - known[0] == len(known) - 1:
        return _("{first} à {last}", first=known[0], last=known[-1])
    return listed(spans(known))
