"""Weekends, working weeks and numbered weeks in a text about days, as the days that they are."""

import re
from datetime import date, timedelta
from typing import Final

_WEEK_OF_YEAR: Final = re.compile(  # « semaine 46 2014 », « semaine n° 46 de 2014 », « semaine 46 (2014) »
    r"\b(?:semaine|week|sem\.?) ?(?:n[°o]?\.? ?)?(\d{1,2})(?: ?[,/-] ?| de | )\(?(?:de )?((?:19|20)\d\d)(?![\d/-])\)?"
)
_NAMED_WHOLE: Final = re.compile(  # before all of its days: « semaine du 2 au 6 novembre », « week-end des 7 et 8 »
    r"\b(?:la |le )?(?:semaine|week[ -]?end) (?=d(?:u|es) (?:\w+di )?\d{1,2}(?:er)?(?: [a-z]+| ?/ ?\d{1,2})?"
    r" ?(?:-|au|et|&) ?(?:\w+di )?\d)"
)


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
