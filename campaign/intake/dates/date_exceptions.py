"""Hours of one weekday among those of all days: « 10h-18h, sauf samedi 10h-17h », « 10h-19h (18h le vendredi) », as the weekday's own."""

import re
from typing import Final

_HOUR: Final = r"\d{1,2} ?(?:h(?![a-z])|:(?=\d))(?: ?[0-5]\d)?"
_RANGE: Final = rf"{_HOUR} ?(?:-|/|a) ?{_HOUR}"
_MOST_MINUTES: Final = 180  # between the end of all days and that of one
_LIST_SIGN: Final = re.compile(r" ?, ?| et | puis | ?/ ?")


class Exceptions:
    """What finds them, for the names of weekdays."""

    def __init__(self, weekday: str) -> None:
        days = rf"(?:les? )?{weekday}s?\b(?:(?: ?, ?| et (?:les? )?| ?- ?| au )(?:les? )?{weekday}s?\b)*"
        open_, close = r"[ ,;(]*", r" ?\)?(?=\s*(?:$|[,;.()]))"
        self._with_range = re.compile(  # « 10h-18h, sauf samedi 10h-17h »
            rf"(?P<all>{_HOUR}\)?){open_}\b(?:sauf|excepte|except|hors) (?P<days>{days})"
            rf" ?[:(]? ?(?:de )?(?P<hours>{_RANGE})(?!\s?[h:\d]){close}"
        )
        until = r"(?:nocturne |ouvert(?:e|ure)? )?jusqu'?a "
        self._with_end = re.compile(
            rf"(?P<all>(?:{_RANGE}(?: ?, ?| et | puis )(?:de )?)*{_RANGE}){open_}(?:"
            rf"{until}(?P<end_a>{_HOUR})(?: ?,)? (?P<days_a>{days})"  # « jusqu'à 20h le jeudi »
            rf"|(?:sauf |nocturne |et )?(?P<days_b>{days}) ?:? ?{until}(?P<end_b>{_HOUR})"  # « nocturne le jeudi jusqu'à 20h »
            rf"|(?P<near>sauf (?P<days_c>{days}) ?:? ?(?:(?:fermeture )?a )?(?P<end_c>{_HOUR})"  # « sauf samedi 17h »
            rf"|\((?:sauf )?(?:fermeture )?(?:a )?(?P<end_d>{_HOUR}) (?P<days_d>{days})(?=\)))"  # « (18h le vendredi) »
            rf"){close}"
        )

        day = rf"(?:les? )?(?:{weekday}s?|week[ -]?ends?|jours? feries?)\b"
        several = rf"{day}(?:(?: ?, ?| et ){day})*"
        self._included = re.compile(  # « y compris le week-end », « (dimanche compris) »: what the days have already
            rf"(?:[ ,;(]*\by compris {several}|(?:[,;(]|(?<=\d{{4}})) ?{several} (?:compris|inclus)\b) ?\)?"
        )

    def without_included(self, plain: str) -> str:
        """Return a text of days without what it says that they include: « du 2 au 13 », not the weekends of these days."""
        return self._included.sub(" ", plain)

    def as_weekdays(self, plain: str) -> str:
        """Return a text with the hours of a weekday in the place of its exception: « 10h-18h, samedi 10h-17h »."""
        return self._with_end.sub(_with_end_of, self._with_range.sub(r"\g<all>, \g<days> \g<hours>", plain))


def _with_end_of(written: re.Match[str]) -> str:
    """Return the hours of all days, and those of some with another end; as it is where that hour may be a beginning."""
    end, days = (next(filter(None, (written[f"{part}_{n}"] for n in "abcd"))) for part in ("end", "days"))
    *before, last = [part for part in _LIST_SIGN.split(written["all"]) if part]
    begins, ends = re.findall(_HOUR, last)
    is_near = abs(_minutes(end) - _minutes(ends)) <= _MOST_MINUTES
    if _minutes(end) <= _minutes(begins) or (written["near"] and not is_near):
        return written[0]
    hours = " et ".join([*before, f"{begins}-{end}"])
    return f"{written['all']}, {days} {hours}"


def _minutes(hour: str) -> int:
    """Return the minutes since midnight of an hour as written."""
    number, minute = (*re.findall(r"\d+", hour), "0")[:2]
    return int(number) * 60 + int(minute)
