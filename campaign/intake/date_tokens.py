"""The tokens that a text about days and hours is cut into, and what each of them says."""

import re
import unicodedata
from datetime import date, time
from typing import Final

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january",
            "fevrier fevr fev february feb",
            "mars mar march",
            "avril avr april apr",
            "mai may",
            "juin jun june",
            "juillet juil jul july",
            "aout aou august aug",
            "septembre sept sep september",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            "lundi lun monday",
            "mardi tuesday",
            "mercredi mer wednesday",
            "jeudi jeu thursday",
            "vendredi ven friday",
            "samedi sam saturday",
            "dimanche dim sunday",
        )
    )
    for name in names.split()
}
_MONTH: Final = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
TOKENS: Final = re.compile(
    rf"""
    (?P<day>
        (?<!\d)(?P<y1>\d{{4}})[-/.](?P<m1>\d{{1,2}})[-/.](?P<d1>\d{{1,2}})(?!\d)(?:t(?=\d))?
      | (?<!\d)(?P<d2>\d{{1,2}})\s?[-/.]\s?(?P<m2>\d{{1,2}})\s?[-/.]\s?(?P<y2>\d{{4}}|\d{{2}})(?!\d)(?!\s*{_MONTH})
      | (?<!\d)(?P<d5>\d{{1,2}})-(?P<m5>{_MONTH})-(?P<y5>\d{{2}})(?!\d)
      | (?<!\d)(?P<d3>\d{{1,2}})(?:er)?\s*-?\s*(?P<m3>{_MONTH})\s*-?\s*(?P<y3>\d{{4}})?
      | (?P<m4>\b{_MONTH})\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y4>\d{{4}})
    )
    | (?P<hour>(?<![\d.,])(?P<h>\d{{1,2}})\s*(?:h(?:eures?)?(?![a-z])|:)\s*(?P<mn>[0-5]\d(?!\d))?(?:\s*(?:mn|min)\b)?
        (?::[0-5]\d(?!\d))?(?:\s*(?P<half>[ap])\.?m\b\.?)?)
    | (?P<weekday>\b(?P<name>{"|".join(sorted(WEEKDAYS, key=len, reverse=True))})(?P<plural>s)?\b\.?)
    | (?P<number>(?<![\d.,])\d{{1,2}}(?:er)?\b(?![.,]?\d))
    | (?P<range>->|→|-|\bjusqu'?\s?au?x?\b|\baux?\b|\ba\b|\bfin\b|\bto\b|\buntil\b)
    | (?P<list>,|&|/|\bet\b|\bpuis\b|\band\b)
    | (?P<between>\bentre\b)
    | (?P<each>\b(?:tous|toutes|chaque|every)\b)
    | (?P<except>\b(?:sauf|excepte|hors)\b)
    | (?P<duration>\bduree\b)
    | (?P<neutral>\b(?:les?|la|l|de|du|des|d|en|jours?|dates?|horaires?|heures?|rdv|rendez|vous|debut|seances?|toute|journee|from|at
        |the|on)\b)
    | (?P<word>[\w+%$€]+)
    """,
    re.VERBOSE,
)


def simplified(text: str) -> str:
    """Return a text without case, accents and typography, noon and midnight as hours."""
    plain = unicodedata.normalize("NFKD", text.replace("\u2019", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    plain = re.sub(r"\bapres[\s-]*midis?\b", "apresmidi", plain.replace("—", "-").replace("–", "-").replace("−", "-"))
    plain = re.sub(r"\bmidi\b", "12h00", re.sub(r"\bminuit\b", "00h00", plain))
    plain = re.sub(r"\ba partir (?:de|du)(?=\s*\d{1,2}\s*[h:])|\bheure (?:de paris|locale)\b", " ", plain)
    return " ".join(plain.split())


def hour_of(token: re.Match[str]) -> time | None:
    """Return the hour that a token gives, or None if there is no such hour."""
    if token.lastgroup == "number":
        return time_of(re.sub(r"\D", "", token[0]), None)
    hour = int(token["h"])
    if token["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if token["half"] == "p" else 0)
    return time_of(str(hour), token["mn"])


def time_of(hour: str, minute: str | None) -> time | None:
    """Return an hour of the day, « 24h » as midnight; None if there is none such."""
    if int(hour) == 24 and int(minute or 0) == 0:
        hour = "0"
    return time(int(hour), int(minute or 0)) if int(hour) < 24 and int(minute or 0) < 60 else None


def year_of(token: re.Match[str]) -> int | None:
    """Return the year that a day gives, None without one; of two digits, this century's."""
    text = token["y1"] or token["y2"] or token["y3"] or token["y4"] or token["y5"]
    if not text:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def month_of(token: re.Match[str]) -> int:
    """Return the month that a day names or numbers."""
    month = token["m1"] or token["m2"] or token["m3"] or token["m4"] or token["m5"]
    return _MONTHS.get(month.rstrip(".")) or int(month)


def day_number_of(token: re.Match[str]) -> int:
    """Return the day of the month."""
    return int(token["d1"] or token["d2"] or token["d3"] or token["d4"] or token["d5"])


def date_of(year: int, month: int, day: int) -> date | None:
    """Return a date, or None if the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
