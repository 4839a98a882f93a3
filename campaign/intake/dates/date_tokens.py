"""The tokens that a text about days and hours is cut into, and what each of them says."""

import re
from datetime import date, time
from typing import Final

from campaign.intake.dates.date_words import MIDNIGHT as MIDNIGHT
from campaign.intake.dates.date_words import MONTH, MONTHS, WEEKDAY
from campaign.intake.dates.date_words import WEEKDAYS as WEEKDAYS
from campaign.intake.dates.date_words import simplified as simplified
from campaign.intake.dates.date_words import turned as turned

_RANK: Final = (
    "(?:(?:premier|1er|deuxieme|second|2e(?:me)?|troisieme|3e(?:me)?|quatrieme|4e(?:me)?|dernier)s?"
    "|first|1st|2nd|third|3rd|fourth|4th|last)"
)
_UNIT: Final = r"\s*(?:h(?![a-z])|h\d|:\d|heures?|[ap]\.?m\b)"  # what makes a number an hour
TOKENS: Final = re.compile(
    rf"""
    (?P<day>
        (?<!\d)(?P<y1>\d{{4}})[-/.](?P<m1>\d{{1,2}})[-/.](?P<d1>\d{{1,2}})(?!\d)(?:t(?=\d))?
      | (?<!\d)(?P<d2>\d{{1,2}})\s?(?P<sign>[-/.])\s?(?P<m2>\d{{1,2}})\s?(?P=sign)\s?(?P<y2>\d{{4}}|\d{{2}}(?!{_UNIT}))(?!\d|\s?/\s?\d)
            (?!\s*{MONTH})
      | (?<!\d)(?P<d7>\d{{2}})\s(?P<m7>\d{{2}})\s(?P<y7>(?:19|20)\d{{2}})(?!\d)
      | (?<!\d)(?P<d5>\d{{1,2}})-(?P<m5>{MONTH})-(?P<y5>\d{{2}})(?!\d)
      | (?<![\d,.])(?P<d3>\d{{1,2}})(?:er|st|nd|rd|th|\.(?=\s))?\s*-?\s*(?:(?:de|of)\s+)?(?P<m3>{MONTH})
            (?:\s*[-,]?\s*(?P<y3>(?:19|20)\d{{2}})(?!\d)|\s+'?(?P<y6>\d{{2}})(?=\s*(?:$|[,;()]|\d{{1,2}}[:h]\d)))?
      | (?P<m4>\b(?!mar\b\.?\s+\d{{1,2}}\b(?!,?\s+\d{{4}})){MONTH})\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?\b
            (?!{_UNIT}|\s*-\s*\d{{1,2}}{_UNIT}|\s*{MONTH})(?:,?\s+(?P<y4>(?:19|20)\d{{2}}))?(?!\d)
      | (?:(?<![\d/.-])|(?<=\d/\d-)|(?<=\d/\d\d-))(?P<d8>\d{{1,2}})\s?/\s?(?P<m8>\d{{1,2}})(?!\d|\s?[/.]\s?\d|{_UNIT}|\s*{MONTH})
    )
    | (?P<monthly>(?<!\d)(?<!\d\s)\b(?!mar\b\.?(?!\s*\d{{4}}))(?P<m9>{MONTH})(?:\s*(?P<y9>(?:19|20)\d{{2}})(?!\d))?)
            (?!\s*\d{{1,2}}(?:st|nd|rd|th)\b)
    | (?P<rank>\b{_RANK}(?=\s+(?:(?:et|and|,|&)\s+(?:les?\s+|the\s+)?{_RANK}\s+)*{WEEKDAY}))
    | (?P<hour>(?<![\d.,])(?P<h>\d{{1,2}})\s*(?:h(?:eures?)?(?![a-z])|:(?=\d))\s*
            (?P<mn>[0-5]\d(?!\d|\s?h|(?!\s/\s\d{{1,2}}/\d)\s?/\s?\d{{1,2}}(?!\d|\s?h|:)))?(?:\s*(?:mn|min)\b)?
            (?::[0-5]\d(?:\.\d{{1,9}})?(?!\d))?(?:\s*(?P<half>[ap])\.?m\b\.?)?
        | (?<![\d.,])(?P<h2>\d{{1,2}})\s*(?P<half2>[ap])\.?m\b\.?)
    | (?P<dotted>(?:(?<![\d.,/-])|(?<=\.\d\d-))(?P<h3>\d{{1,2}})\.(?P<mn3>[0-5]\d)(?![\d.]|\s*(?:€|e\b|euros?))
            (?:\s*(?P<half3>[ap])\.?m\b\.?)?)
    | (?P<minutes>(?<![\d.,])\d{{1,3}}\s*(?:minutes?|mins?|mn|')(?![\w']))
    | (?P<price>(?<![\d.,])\d{{1,4}}(?:[.,]\d{{1,2}})?\s*(?:€|euros?\b|eur\b|pers\w*\b|personnes?\b|places?\b|ans\b))
    | (?P<weekday>\b(?P<name>{WEEKDAY})(?P<plural>s)?\b\.?)
    | (?P<year>(?<![\d.,])(?:19|20)\d{{2}}(?![\d.,]*\d|\s*(?:h\b|€)))
    | (?P<number>(?<![\d.,])\d{{1,2}}(?:er|st|nd|rd|th)?\b(?![.,]?\d))
    | (?P<range>[-=]?>|→|-|(?:(?<=[\dh])|(?<=[\dh]\s))~\s?(?=\d)|\bjusqu'?\s?au?x?\b|\baux?\b|\ba\b|\bfin\b|\bto\b|\buntil\b|\btill\b)
    | (?P<list>[,;]|&|/|\+|\||\bet\b|\bou\b|\bor\b|\bpuis\b|\band\b)
    | (?P<fortnight>tous_les_(?:(?:2|deux)_semaines?|(?:1[45]|quinze)_jours?))
    | (?P<paren>[()])
    | (?P<between>\bentre\b|\bbetween\b)
    | (?P<each>\b(?:tous|toutes|tout|chaque|every|each)\b)
    | (?P<except>\b(?:sauf|excepte|hors|except)\b
        |\b(?:fermee?s?|closed|relache)(?=\s+(?:(?:les?\s+|on\s+)?{WEEKDAY}|les?\s+\d{{1,2}}\b(?!\s*[h:])|(?:les\s+)?(?:jours?\s+)?feries?\b)))
    | (?P<holidays>\bferies?\b)
    | (?P<duration>\b(?:duree|pendant|duration)\b)
    | (?P<neutral>\b(?:les?|la|l|de|du|des|d|en|in|of|mois|jours?|dates?|horaires?|heures?|rdv|rendez|vous|debut|seances?|toute
        |journee|from|at|the|on|precises?|days?|inclus|compris)\b)
    | (?P<word>[\w+%$€]+|[?~≈])
    """,
    re.VERBOSE,
)


def hour_of(token: re.Match[str], half: str | None = None) -> time | None:
    """Return the hour that a token gives, or None if there is no such hour. `half` is « a » or « p », of the hour beside it."""
    if token.lastgroup == "number":
        written, minute = re.sub(r"\D", "", token[0]), None
    else:
        written, minute = token["h"] or token["h2"] or token["h3"], token["mn"] or token["mn3"]
    half = half_of(token) or half
    hour = int(written)
    if half and not (half == "p" and 12 < hour < 24):  # « 14:00 PM » is written so by programs
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time_of(str(hour), minute)


def half_of(token: re.Match[str]) -> str | None:
    """Return the half of the day that an hour is of: « a » or « p »."""
    return token["half"] or token["half2"] or token["half3"]


def is_last_midnight(token: re.Match[str]) -> bool:
    """Tell whether an hour is written as the end of a day: « minuit », « 24h »."""
    return (token["h"] or token["h2"] or token["h3"]) == "24"


def time_of(hour: str, minute: str | None) -> time | None:
    """Return an hour of the day, « 24h » as midnight; None if there is none such."""
    if int(hour) == 24 and int(minute or 0) == 0:
        hour = "0"
    return time(int(hour), int(minute or 0)) if int(hour) < 24 and int(minute or 0) < 60 else None


def year_of(token: re.Match[str]) -> int | None:
    """Return the year that a day or a month gives, None without one; of two digits, this century's."""
    text = next(filter(None, token.group("y1", "y2", "y3", "y4", "y5", "y6", "y7", "y9")), None)
    if not text:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def month_of(token: re.Match[str]) -> int:
    """Return the month that a day names or numbers."""
    month = next(filter(None, token.group("m1", "m2", "m3", "m4", "m5", "m7", "m8", "m9")))
    return MONTHS.get(month.rstrip(".")) or int(month)


def day_number_of(token: re.Match[str]) -> int:
    """Return the day of the month."""
    return int(next(filter(None, token.group("d1", "d2", "d3", "d4", "d5", "d7", "d8"))))


def is_numeric(token: re.Match[str]) -> bool:
    """Tell whether which of a day's numbers is the month is a matter of the country."""
    return bool(token["m2"] or token["m7"] or token["m8"])


def rank_of(text: str) -> int:
    """Return which of its weekday in a month « premier », « 2e » or « dernier » (-1) is."""
    text = text.rstrip("s")
    if text in ("dernier", "last"):
        return -1
    words = ("premier 1 first", "deuxieme second 2", "troisieme third 3", "quatrieme fourth 4")
    word = re.sub(r"(?<=\d)\D+", "", text)
    return next(number for number, names in enumerate(words, start=1) if word in names.split())


def date_of(year: int, month: int, day: int) -> date | None:
    """Return a date, or None if the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
