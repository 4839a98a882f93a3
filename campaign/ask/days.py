"""Days in words, in French and English: "samedi", "du 3 au 7 novembre", "next week", relative to a day that is given."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from babel.dates import get_day_names, get_month_names

from campaign.ask.tokens import Token, key
from campaign.core.language import LANGUAGES

DAY: Final = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?")
YEAR: Final = re.compile(r"(?:19|20)\d{2}")
NUMERIC: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{2,4}))?")
ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
BEFORE: Final = {
    ("avant",): -1,
    ("before",): -1,
    ("jusqu", "au"): 0,
    ("jusqu", "a"): 0,
    ("until",): 0,
    ("till",): 0,
    ("up", "to"): 0,
}
AFTER: Final = {("apres",): 1, ("after",): 1, ("a", "partir", "de"): 0, ("a", "partir", "du"): 0, ("depuis",): 0, ("des",): 0,
                ("since",): 0, ("from",): 0, ("starting",): 0}  # fmt: skip
RANGES: Final = (
    (("du",), ("au",)),
    (("de",), ("a",)),
    (("entre",), ("et",)),
    (("from",), ("to",)),
    (("between",), ("and",)),
)
ARTICLES: Final = frozenset({"le", "the", "on", "of", "l"})
DOUBTFUL: Final = frozenset({"may", "mars", "march", "mai", "sept", "mar"})  # months that are words of their own
IN: Final = frozenset({"en", "in", "of", "de", "mois", "d", "debut", "fin"})
TODAY_AT: Final = {
    ("ce", "matin"): "morning", ("this", "morning"): "morning",
    ("cet", "apres", "midi"): "afternoon", ("cette", "apres", "midi"): "afternoon", ("this", "afternoon"): "afternoon",
    ("ce", "soir"): "evening", ("this", "evening"): "evening", ("tonight",): "evening",
}  # fmt: skip
NEXT: Final = frozenset({"prochain", "prochaine", "suivant"})


@dataclass(frozen=True)
class Days:
    """How many words say it, and the first and last day that they mean; None where that side is open.

    `time_of_day` is the one that the same words say (« ce soir »), "" where they say none.
    """

    n: int
    first: date | None
    last: date | None
    time_of_day: str = ""


@cache
def _weekdays() -> dict[str, int]:
    return {key(name): day for lang in LANGUAGES for day, name in get_day_names("wide", locale=lang).items()}


@cache
def _months() -> dict[str, int]:
    return {
        key(name.rstrip(".")): month
        for lang in LANGUAGES
        for width in ("abbreviated", "wide")
        for month, name in get_month_names(width, locale=lang).items()
    }


def days_at(words: Sequence[Token], start: int, today: date, year: int) -> Days | None:
    """Return the days that the words from `start` on mean, None for none; `year` is that of a day that names none."""
    keys = [token.key for token in words[start:]]
    before = words[start - 1].key if start else ""
    return (
        _range(keys, today, year)
        or _open(keys, today, year)
        or _relative(keys, today)
        or _month(keys, year, before)
        or (_single(keys, today, year))
    )


def _single(keys: list[str], today: date, year: int) -> Days | None:
    parsed_day = _day(keys, today, year)
    return Days(parsed_day[0], parsed_day[1], parsed_day[1]) if parsed_day else None


def _starts(keys: list[str], *words: str) -> bool:
    return tuple(keys[: len(words)]) == words


def _relative(keys: list[str], today: date) -> Days | None:
    """Return what is said from today: each phrase with its first day and its number of days."""
    monday = today - timedelta(days=today.weekday())
    saturday = monday + timedelta(days=5)
    first_weekend = today if today.weekday() == 6 else saturday
    month_end = (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    day = timedelta(days=1)
    week = timedelta(days=7)
    phrases: dict[tuple[str, ...], tuple[date, date]] = {
        ("aujourd", "hui"): (today, today), ("today",): (today, today), **dict.fromkeys(TODAY_AT, (today, today)),
        ("apres", "demain"): (today + 2 * day, today + 2 * day), ("demain",): (today + day, today + day),
        ("tomorrow",): (today + day, today + day), ("day", "after", "tomorrow"): (today + 2 * day, today + 2 * day),
        ("hier",): (today - day, today - day), ("yesterday",): (today - day, today - day),
        ("week", "end", "prochain"): (saturday + week, saturday + week + day),
        ("weekend", "prochain"): (saturday + week, saturday + week + day),
        ("next", "weekend"): (saturday + week, saturday + week + day),
        ("week", "end"): (first_weekend, saturday + day), ("weekend",): (first_weekend, saturday + day),
        ("cette", "semaine"): (monday, monday + 6 * day), ("this", "week"): (monday, monday + 6 * day),
        ("semaine", "prochaine"): (monday + week, monday + week + 6 * day),
        ("next", "week"): (monday + week, monday + week + 6 * day),
        ("semaine", "derniere"): (monday - week, monday - day), ("last", "week"): (monday - week, monday - day),
        ("ce", "mois", "ci"): (today.replace(day=1), month_end), ("ce", "mois"): (today.replace(day=1), month_end),
        ("this", "month"): (today.replace(day=1), month_end),
    }  # fmt: skip
    matching = [words for words in phrases if _starts(keys, *words)]
    if matching:
        longest = max(matching, key=len)
        return Days(len(longest), *phrases[longest], TODAY_AT.get(longest, ""))
    return _coming(keys, today) or _weekday(keys, today)


def _coming(keys: list[str], today: date) -> Days | None:
    """Return "les 7 prochains jours", "next 7 days"."""
    for pattern in (r"(\d{1,2}) prochains jours\b", r"prochains (\d{1,2}) jours\b", r"next (\d{1,2}) days\b"):
        if (match := re.match(pattern, " ".join(keys[:3]))) and int(match[1]):
            return Days(3, today, today + timedelta(days=int(match[1]) - 1))
    return None


def _weekday(keys: list[str], today: date) -> Days | None:
    """Return "samedi", "samedi prochain", "next Saturday": the first from today on; with a date after it, that date says it."""
    skipped = 1 if keys and keys[0] == "next" else 0
    weekday = _weekdays().get(keys[skipped].removesuffix("s") if len(keys) > skipped else "")
    if weekday is None or _dated(keys[skipped + 1 :]):
        return None
    n = skipped + 1
    is_next = bool(skipped) or (len(keys) > n and keys[n] in NEXT)
    ahead = (weekday - today.weekday()) % 7 or (7 if is_next else 0)
    n += 1 if len(keys) > n and keys[n] in NEXT else 0
    return Days(n, today + timedelta(days=ahead), today + timedelta(days=ahead))


def _dated(keys: list[str]) -> bool:
    """Whether a date follows a weekday: "29", "29 novembre", "29/11", "November 29"."""
    keys = keys[1:] if keys and keys[0] in ARTICLES else keys
    if not keys:
        return False
    return bool(DAY.fullmatch(keys[0]) or NUMERIC.fullmatch(keys[0])) or (keys[0] in _months() and len(keys) > 1)


def _day(keys: list[str], today: date, year: int, month: int | None = None) -> tuple[int, date] | None:
    """Return how many words name a day, and the day; `month` is that of a day that names none."""
    at, weekday = 0, None
    if keys and keys[0] in ARTICLES:
        at += 1
    if at < len(keys) and keys[at] in _weekdays():
        weekday, at = _weekdays()[keys[at]], at + 1
        at += 1 if at < len(keys) and keys[at] in ARTICLES else 0
    if at >= len(keys):
        return None
    if iso := ISO.fullmatch(keys[at]):
        return _day_of(at + 1, int(iso[1]), int(iso[2]), int(iso[3]))
    if numeric := NUMERIC.fullmatch(keys[at]):
        written = int(numeric[3]) if numeric[3] else year
        return _day_of(at + 1, written + 2000 if written < 100 else written, int(numeric[2]), int(numeric[1]))
    named = _months().get(keys[at])
    if named and at + 1 < len(keys) and (day := DAY.fullmatch(keys[at + 1])):  # November 29
        return _with_year(keys, at + 2, named, int(day[1]), year)
    if not (day := DAY.fullmatch(keys[at])):
        return None
    at += 1
    after = at + (1 if at < len(keys) and keys[at] in ARTICLES else 0)
    if after < len(keys) and (named := _months().get(keys[after])):
        return _with_year(keys, after + 1, named, int(day[1]), year)
    if month:
        return _day_of(at, year, month, int(day[1]))
    if weekday is not None:
        return _next_of(at, weekday, int(day[1]), today)
    return None


def _with_year(keys: list[str], at: int, month: int, day: int, year: int) -> tuple[int, date] | None:
    if at < len(keys) and YEAR.fullmatch(keys[at]):
        return _day_of(at + 1, int(keys[at]), month, day)
    return _day_of(at, year, month, day)


def _next_of(n: int, weekday: int, day: int, today: date) -> tuple[int, date] | None:
    """Return the first "samedi 29" from today on, within a year."""
    for ahead in range(366):
        candidate = today + timedelta(days=ahead)
        if candidate.day == day and candidate.weekday() == weekday:
            return n, candidate
    return None


def _day_of(n: int, year: int, month: int, day: int) -> tuple[int, date] | None:
    try:
        return n, date(year, month, day)
    except ValueError:  # a 31 November is no day: its words stay as they are
        return None


def _range(keys: list[str], today: date, year: int) -> Days | None:
    for opening, middle in RANGES:
        if not _starts(keys, *opening):
            continue
        n = len(opening)
        for length in range(1, 6):
            at = n + length
            if keys[at : at + len(middle)] != list(middle):
                continue
            last = _day(keys[at + len(middle) :], today, year)
            if last is None:
                continue
            first = _day(keys[n:at], today, last[1].year, last[1].month)
            if first and first[0] == length and first[1] <= last[1]:
                return Days(at + len(middle) + last[0], first[1], last[1])
    return None


def _open(keys: list[str], today: date, year: int) -> Days | None:
    """Return days with one end: "avant le 15 novembre", "à partir du 3 novembre"."""
    if keys[:2] == ["apres", "demain"]:
        return None

    def day_of(rest: list[str]) -> tuple[int, date] | None:
        return _day(rest, today, year) or _named_day(rest, today)

    for words, shift in BEFORE.items():
        if _starts(keys, *words) and (parsed_day := day_of(keys[len(words) :])):
            return Days(len(words) + parsed_day[0], None, parsed_day[1] + timedelta(days=shift))
    for words, shift in AFTER.items():
        if _starts(keys, *words) and (parsed_day := day_of(keys[len(words) :])):
            return Days(len(words) + parsed_day[0], parsed_day[1] + timedelta(days=shift), None)
    return None


def _named_day(keys: list[str], today: date) -> tuple[int, date] | None:
    days = _relative(keys, today)
    return (days.n, days.first) if days and days.first and days.first == days.last else None


def _month(keys: list[str], year: int, before: str) -> Days | None:
    """Return a whole month, "novembre", "november 2012"."""
    month = _months().get(keys[0]) if keys else None
    if month is None or (len(keys) > 1 and DAY.fullmatch(keys[1])):
        return None
    has_year = len(keys) > 1 and YEAR.fullmatch(keys[1])
    if DAY.fullmatch(before) or (keys[0] in DOUBTFUL and not has_year and before not in IN):
        return None  # « 31 novembre » is no day, and not the whole month either
    year = int(keys[1]) if has_year else year
    last = (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return Days(2 if has_year else 1, date(year, month, 1), last)
