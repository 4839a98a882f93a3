"""Weekends, working weeks and numbered weeks in a text about days, as the days that they are."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from campaign.intake.dates.moments import Session

_WEEK_OF_YEAR: Final = re.compile(  # « semaine 46 2014 », « semaine n° 46 de 2014 », « semaine 46 (2014) »
    r"\b(?:semaine|week|sem\.?) ?(?:n[°o]?\.? ?)?(\d{1,2})(?: ?[,/-] ?| de | )\(?(?:de )?((?:19|20)\d\d)(?![\d/-])\)?"
)
_NAMED_WHOLE: Final = re.compile(  # before all of its days: « semaine du 2 au 6 novembre », « week-end des 7 et 8 »
    r"\b(?:la |le )?(?:semaine|week[ -]?end) (?=d(?:u|es) (?:\w+di )?\d{1,2}(?:er)?(?: [a-z]+| ?/ ?\d{1,2})?"
    r" ?(?:-|au|et|&) ?(?:\w+di )?\d)"
)
_DAY_NAMES: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_WEEK: Final = r"(?:\b(?:la )?(?:semaines?|sem\.?|week) ?(?:n[°o]?\.? ?)?|\bs)"
_NUMBERED: Final = rf"{_WEEK}(?P<week>\d{{1,2}})\b(?:(?: ?[,/(-] ?| de | )(?P<year>(?:19|20)\d\d)\b\)?)?"
_SEVERAL_WEEKS: Final = re.compile(  # « S46-S47 », « semaines 46 et 47 »
    rf"{_WEEK}(?P<week>\d{{1,2}}) ?(?P<sign>-|a|au|et|&) ?{_WEEK}?(?P<last>\d{{1,2}})\b(?! ?h)"
    r"(?:(?: ?[,/(-] ?| de | )(?P<year>(?:19|20)\d\d)\b\)?)?"
)
_NAMES: Final = rf"(?P<names>(?:{'|'.join(_DAY_NAMES)})s?(?:(?: ?, ?| et | & )(?:{'|'.join(_DAY_NAMES)})s?)*)"
_DAY_OF_WEEK: Final = re.compile(  # « semaine 46, mardi », « mardi et jeudi de la semaine 46 »
    rf"{_NUMBERED} ?[:,(-]? ?(?:les? )?{_NAMES}\b(?! \d{{1,2}}(?! ?[h:\d]))\)?"
)
_WEEK_OF_DAY: Final = re.compile(rf"(?:\bles? )?\b{_NAMES} ?[:,(-]? ?(?:de |en )?{_NUMBERED}\)?")
_BESIDE_DAYS: Final = re.compile(rf"{_NUMBERED} ?[:,(-]? ?(?=(?:du|des|les?) (?:\w+di )?\d|\d{{1,2}}(?: [a-z]|/))")
_LEFT: Final = re.compile(r"semaine (\d{1,2})")


def in_year(words: str, year: int | None) -> str:
    """Return a text whose numbered weeks are written by their days, in the year that stands behind them, else in another's."""
    if not re.search(rf"{_WEEK}\d", words):
        return words
    words = _SEVERAL_WEEKS.sub(lambda weeks: _days_of_several(weeks, year), words)
    words = _BESIDE_DAYS.sub(lambda week: f"semaine_{week['week']} ", words)
    for days in (_DAY_OF_WEEK, _WEEK_OF_DAY):
        words = days.sub(lambda week: _named_days(week, year), words)
    return re.sub(
        _NUMBERED, lambda week: _whole_week(week[0], int(week["week"]), int(week["week"]), week["year"], year), words
    )


def is_of_days(left: str, sessions: Sequence[Session]) -> bool:
    """Tell whether what is left of a text is the number of the week that all of its days are of: « semaine 46 du 9 au 13 novembre »."""
    week = _LEFT.fullmatch(left)
    return bool(week) and all(
        day.day.isocalendar().week == int(week[1]) for session in sessions for day in session if week and day
    )


def _days_of_several(weeks: re.Match[str], year: int | None) -> str:
    first, last = int(weeks["week"]), int(weeks["last"])
    if last <= first or (weeks["sign"] in ("et", "&") and last > first + 1):
        return weeks[0]
    return _whole_week(weeks[0], first, last, weeks["year"], year)


def _whole_week(written: str, first: int, last: int, own: str | None, year: int | None) -> str:
    """Return the days from the Monday of a week to the Sunday of another; as it is where no year is known, or has no such week."""
    try:
        monday, sunday = (date.fromisocalendar(int(own or year or 0), *day) for day in ((first, 1), (last, 7)))
    except ValueError:
        return written
    return f"du {monday} au {sunday}"


def _named_days(week: re.Match[str], year: int | None) -> str:
    """Return the days of a week that its weekdays name; as it is where no year is known, or has no such week."""
    numbers = [_DAY_NAMES.index(name) + 1 for name in re.findall(rf"{'|'.join(_DAY_NAMES)}", week["names"])]
    try:
        days = [date.fromisocalendar(int(week["year"] or year or 0), int(week["week"]), number) for number in numbers]
    except ValueError:
        return week[0]
    return " et ".join(day.isoformat() for day in days) + " "


def as_days(plain: str) -> str:
    """Return a text whose weekends, working weeks and whole weeks are written by their days."""
    plain = _WEEK_OF_YEAR.sub(_days_of_week, re.sub(r"\b((?:19|20)\d\d)-?w(\d\d)\b(?!-?\d)", r"semaine \2 \1", plain))
    plain = re.sub(r"\b(sauf|hors|excepte) (?:les? )?week[ -]?ends?\b", r"\1 samedi et dimanche", plain)
    plain = re.sub(
        r"\bles week[ -]?ends\b|\ble week[ -]?end\b(?! (?:du |des |de )?\d{1,2}(?! ?[h:\d]))",
        "les samedis et dimanches",
        plain,
    )
    plain = _NAMED_WHOLE.sub("", plain)
    plain = re.sub(
        r"\ben semaine\b(?! \d)|\b(?:uniquement |seulement )?(?:tous )?(?:les )?jours ouvres\b(?: uniquement| seulement)?",
        "du lundi au vendredi",
        plain,
    )
    plain = re.sub(
        r"\b(?:(?:uniquement|seulement) )?(?:tous )?(?:les )?jours (ouvrables)\b", r"du lundi au samedi (\1)", plain
    )
    return re.sub(r"\b7 ?j(?:ours?)? ?(?:/|sur) ?7(?: ?j(?:ours?)?)?\b", "tous les jours", plain)


def _days_of_week(written: re.Match[str]) -> str:
    """Return the days of a numbered week, as it is where the year has no such week."""
    try:
        monday = date.fromisocalendar(int(written[2]), int(written[1]), 1)
    except ValueError:
        return written[0]
    return f"du {monday} au {monday + timedelta(days=6)}"
