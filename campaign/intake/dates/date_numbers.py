"""Numbers of days and hours that a text writes in words, or in words about figures, as figures: « dix-huit heures trente »."""

import re
from typing import Final

_DAYS: Final = (
    "premier deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt"
    " vingt-et-un vingt-deux vingt-trois vingt-quatre vingt-cinq vingt-six vingt-sept vingt-huit vingt-neuf trente trente-et-un"
)
_NUMBERS: Final = tuple(_DAYS.split())
DAY_IN_WORDS: Final = "|".join(n.replace("-", "[ -]") for n in sorted(_NUMBERS, key=len, reverse=True))
_HOUR_IN_WORDS: Final = re.compile(  # « dix-huit heures trente », « une heure »
    r"(?<![\w-])(vingt(?:[ -]et[ -]une|[ -](?:deux|trois|quatre))?|dix[ -](?:sept|huit|neuf)"
    rf"|une|{'|'.join(_NUMBERS[1:16])}) (?=heures?\b)"
)
_FIRST_HOUR_IN_WORDS: Final = re.compile(  # « de quatorze à seize heures », not « deux à trois heures »
    rf"(?<![\w-])(vingt|dix[ -](?:sept|huit|neuf)|{'|'.join(_NUMBERS[6:16])}) (?=(?:a|et|-) \d{{1,2}} heures?\b)"
)
_HALF: Final = (  # after an hour: « 8 heures du soir », « 2h de l'après-midi »
    r"(?<![\d.,:h])(?P<hour>\d{1,2})(?P<rest>\s*(?:h(?:eures?)?(?![a-z])|:(?=\d))\s*(?:[0-5]\d)?)"
    r"\s+(?:du|de l')\s?(?P<half>matin|soir|apresmidi)\b"
)
_MINUTES: Final = {
    "demi": 30,
    "demie": 30,
    "trente": 30,
    "quart": 15,
    "quinze": 15,
    "quarante-cinq": 45,
    "le quart": -15,
}
_MINUTES_IN_WORDS: Final = (  # « 14h et demie », « 14 heures trente », « 18h moins le quart »
    r"(?<![\d.,:h])(?P<hour>\d{1,2})\s?(?:h(?:00)?|heures?)\s(?:et (?P<half>demie?|quart)|(?P<more>trente|quinze|quarante-cinq)"
    r"|moins (?P<less>le quart))(?![\w-])"
)


def of_day(words: str) -> int:
    """Return the day of the month that DAY_IN_WORDS matches."""
    return _NUMBERS.index(words.replace(" ", "-")) + 1


def of_hours(text: str) -> str:
    """Return a text with the hours that it writes in words as figures."""
    text = _HOUR_IN_WORDS.sub(lambda hour: f"{_NUMBERS.index(_masculine(hour[1])) + 1} ", text)
    return _FIRST_HOUR_IN_WORDS.sub(lambda hour: f"{_NUMBERS.index(_masculine(hour[1])) + 1} ", text)


def of_clocks(text: str) -> str:
    """Return a text with minutes as figures, « 14h et demie », and hours on the clock of 24 hours, « 8 heures du soir »."""
    return re.sub(_HALF, _hour_of_half, re.sub(_MINUTES_IN_WORDS, _minutes_of_words, text))


def _masculine(number: str) -> str:
    """Return a number of hours as one of days is written: « vingt et une » is « vingt-et-un »."""
    text = number.replace(" ", "-")
    return {"une": "premier", "vingt-et-une": "vingt-et-un"}.get(text, text)


def _minutes_of_words(written: re.Match[str]) -> str:
    """Return an hour with its minutes in figures."""
    minutes = int(written["hour"]) * 60 + _MINUTES[written["half"] or written["more"] or written["less"]]
    return f"{minutes // 60}h{minutes % 60:02}" if minutes >= 0 else written[0]


def _hour_of_half(written: re.Match[str]) -> str:
    """Return an hour on the clock of 24 hours, without the half of the day after it; as it is where both contradict each other."""
    hour = int(written["hour"])
    first, last = {"matin": (0, 11), "apresmidi": (1, 7), "soir": (5, 11)}[written["half"]]
    if not (first <= hour <= last or (written["half"] != "matin" and first + 12 <= hour <= last + 12)):
        return written[0]
    return f"{hour + 12 * (written['half'] != 'matin' and hour < 12)}{written['rest']}"
