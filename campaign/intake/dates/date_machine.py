"""Dates as programs write them: a spreadsheet's number, figures alone, ISO 8601, the date of a mail."""

import re
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from campaign.intake.dates.date_tokens import date_of, time_of
from campaign.intake.dates.date_tree import Hint, Order
from campaign.intake.dates.moments import Moment, Session

_SERIAL: Final = re.compile(r"[3-7]\d{4}(?:[.,]0+|(?P<clock>[.,]\d+))?")  # « 41948.0 » is a day
_EPOCH: Final = re.compile(
    r"(?:/date\()?(1[2-9]\d{8})(?:\d{3}|\.\d{1,6})?(?:(?:[+-]\d{4})?\)/)?"
)  # seconds or milliseconds since 1970, from 2008 on
_COMPACT: Final = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:[.,]0|t?(\d{2})(\d{2})(?:\d{2})?(z?))?")
# « 18:00-20:00 » is an hour and its end: an offset west of Greenwich stands after seconds, or after the « T » of a program.
_EAST: Final = r"z|utc(?![+-])|gmt(?![+-])|\+(?:0\d|1[0-4])(?::?[0-5]\d)?"
_WEST: Final = r"-(?:0\d|1[0-2])(?::?[0-5]\d)?"
_ISO: Final = re.compile(
    rf"(\d{{4}}-\d\d-\d\d)(?:[t ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?\s?({_EAST})"
    rf"|(?:t(\d\d:\d\d)|[t ](\d\d:\d\d):\d\d(?:\.\d+)?)\s?({_WEST}))"
)
_BETWEEN: Final = re.compile(r"\s?(?:/|->|→)\s?| (?:-|au|a|to|until|jusqu'au) ")  # two instants
_AMONG: Final = re.compile(r"\s?,\s?| (?:et|and|&) ")
_NAMED_ZONE: Final = re.compile(
    r"(z|[+-]\d\d:?\d\d|(?=\[europe/paris))\[(?:[a-z_]+/)*[a-z_]+\]$"
)  # Java's « …+01:00[Europe/Paris] »
_LOST_PLUS: Final = re.compile(r"^(\d{4}-\d\d-\d\dt\d\d:\d\d:\d\d(?:\.\d+)?) ?(0\d|1[0-4]):?00$")  # in an address
_PLAIN: Final = re.compile(
    r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?: (\d{1,2}):(\d\d)"
    rf"(?: ?({_EAST})|:\d\d(?:[.,]\d+)?(?: ?({_EAST}|{_WEST}))?)?)?"
)
_MAIL: Final = re.compile(r"(?:[a-z]{3},? ?)?\d{1,2} [a-z]{3} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|gmt|utc?)")
_WEEK_DAY: Final = re.compile(r"((?:19|20)\d\d)-?w(\d\d)-?([1-7])")  # « 2026-W45-3 »
_WEEK: Final = re.compile(  # « 2026-W45 », « 2026 semaine 45 », « S45 », « semaine n° 45 »
    r"(?:(?P<year>(?:19|20)\d\d)\s?[-,/]?\s?)?(?P<sign>w|s|semaine|sem\.?|week)\s?(?:n[°o]?\.?\s?)?(?P<week>\d{1,2})"
)
_SHORT_INTERVAL: Final = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<first>\d\d-\d\d)/(?P<month>\d\d-)?(?P<day>\d\d)")
EXCEL_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - local, as all dates here
_DAYS_TO_1904: Final = 1462


def plain(words: str) -> str:
    """Return a moment of ISO 8601 without what some programs add to it, or lose of it: the zone's name, the plus of an offset."""
    return _LOST_PLUS.sub(r"\1+\2:00", _NAMED_ZONE.sub(r"\1", words))


def read(words: str, hint: Hint) -> tuple[tuple[Session, ...], str] | None:
    """Return what a program wrote: a spreadsheet's number, figures alone, ISO 8601, the date of a mail."""
    if interval := _interval(words, hint):
        return interval
    if number := _SERIAL.fullmatch(words):
        days = float(number[0].replace(",", ".")) + (_DAYS_TO_1904 if hint.is_1904 else 0)
        moment = EXCEL_EPOCH + timedelta(days=days)
        moment = (moment + timedelta(seconds=30)).replace(second=0, microsecond=0)
        return _one(moment.date(), moment.time() if number["clock"] else None)
    if epoch := _EPOCH.fullmatch(words):
        instant = datetime.fromtimestamp(int(epoch[1]), UTC)
        return _one(instant.date(), instant.time().replace(second=0, tzinfo=None), "+00:00")
    if compact := _COMPACT.fullmatch(words):
        day = date_of(int(compact[1]), int(compact[2]), int(compact[3]))
        hour = time_of(compact[4], compact[5]) if compact[4] else None
        if day:
            return _one(day, hour, compact[6] or "")
    if (week := _WEEK_DAY.fullmatch(words)) and (day := _day_of_week(int(week[1]), int(week[2]), int(week[3]))):
        return _one(day, None)
    if (week := _WEEK.fullmatch(words)) and (of_week := _days_of_week(week, hint.year)):
        return ((Moment(of_week[0]), Moment(of_week[1])),), ""
    if hint.has_pairs and hint.year and (pair := re.fullmatch(r"(\d{1,2})-(\d{1,2})", words)):
        day = _ordered(int(pair[1]), int(pair[2]), hint.year, hint.order)
        return _one(day, None) if day else ((), "")
    if figures := re.fullmatch(r"(\d\d)(\d\d)((?:19|20)\d\d)", words):
        day = _ordered(int(figures[1]), int(figures[2]), int(figures[3]), hint.order)
        return _one(day, None) if day else ((), "")
    if (iso := _ISO.fullmatch(words)) and (day := date_of(*map(int, iso[1].split("-")))):
        hour = time_of(*(iso[2] or iso[4] or iso[5]).split(":"))
        return _one(day, hour, re.sub("utc|gmt", "z", iso[3] or iso[6])) if hour else ((), "")
    if plain := _PLAIN.fullmatch(words):
        day = _ordered(int(plain[1]), int(plain[3]), int(plain[4]), hint.order)
        hour = time_of(plain[5], plain[6]) if plain[5] else None
        return (
            _one(day, hour, re.sub("utc|gmt", "z", plain[7] or plain[8] or ""))
            if day and (hour or not plain[5])
            else None
        )
    if _MAIL.fullmatch(words):
        try:
            moment = parsedate_to_datetime(words)
        except ValueError:
            return None
        return _one(moment.date(), moment.time().replace(second=0), moment.isoformat()[19:] or "+00:00")
    return None


def _interval(words: str, hint: Hint) -> tuple[tuple[Session, ...], str] | None:
    """Return the session of an interval of ISO 8601: two instants with their offsets, or a day and what of the last differs.

    « 2026-11-06T09:00+01:00/2026-11-06T17:00+01:00 », with « - », « → » or « au » between them too; « 2026-11-26/28 »,
    « 2026-11-26/12-02 ». Instants that commas or « et » stand between are sessions of their own.
    """
    if short := _SHORT_INTERVAL.fullmatch(words):
        sides = [short["first"], (short["month"] or short["first"][:3]) + short["day"]]
        first, last = (date_of(int(short["year"]), *map(int, side.split("-"))) for side in sides)
        return (((Moment(first), Moment(last)),), "") if first and last and first < last else None
    sides, instants = _BETWEEN.split(words), _AMONG.split(words)
    if len(sides) == 2 and len(given := _instants(sides, hint)) == 2:
        return ((given[0], given[1]),), ""
    if len(instants) > 1 and len(given := _instants(instants, hint)) == len(instants):
        return tuple((each, None) for each in given), ""
    return None


def _instants(texts: list[str], hint: Hint) -> list[Moment]:
    """Return the instants with their offsets that texts are; none unless all are such."""
    if not all(map(_ISO.fullmatch, texts)):
        return []
    return [reading[0][0][0] for text in texts if (reading := read(text, hint)) and reading[0]]


def _day_of_week(year: int, week: int, weekday: int) -> date | None:
    """Return a day as ISO 8601 numbers weeks and their days; None if the year has no such week."""
    try:
        return date.fromisocalendar(year, week, weekday)
    except ValueError:
        return None


def _days_of_week(week: re.Match[str], year: int | None) -> tuple[date, date] | None:
    """Return the Monday and the Sunday of a numbered week; None where its year is not known, or has no such week."""
    year = int(week["year"] or year or 0)
    monday = _day_of_week(year, int(week["week"]), 1) if year else None
    return (monday, monday + timedelta(days=6)) if monday else None


def _one(day: date, hour: time | None, offset: str = "") -> tuple[tuple[Session, ...], str]:
    return ((Moment(day, hour, offset), None),), ""


def _ordered(first: int, second: int, year: int, order: Order) -> date | None:
    """Return the date of two numbers and a year; None if there is none, or if it is not known which number is the month."""
    if not order and first != second and max(first, second) <= 12:
        return None
    if order == "mdy" or (not order and second > 12):
        first, second = second, first
    return date_of(year, second, first)
