"""How long a session lasts, as a column « Durée » says it: « 1h30 », « 90 min », « 2 heures », « 1,5 h », « 2 jours »."""

import re
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from campaign.intake.dates.date_tokens import simplified
from campaign.intake.dates.moments import Moment, Session

Note = tuple[str, str]  # a kind of finding, and what it is about

_FIGURE: Final = r"\d+(?:[.,]\d+)?"
_NUMBERS: Final = {"une": "1", "un": "1", "deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "six": "6"}
_CLOCK: Final = re.compile(
    r"(\d{1,2}) ?(?:h|heures?|:|hours?|hrs?|et) ?([0-5]?\d) ?(?:minutes?|mins?|mn|m|')?(?::00)?(?: ?h)?"
)
_ISO: Final = re.compile(  # « PT1H30M », « P1DT2H », without « P » in old pages
    r"p?(?:(?<=p)(?P<days>\d{1,2})d)?t(?=\d)(?:(?P<hours>\d+)h)?(?:(?P<minutes>\d+)m)?(?:0+s)?"
)
_ISO_DAYS: Final = re.compile(r"p(\d{1,2})([dw])(?:t(?:0+[hms])*)?")
_HOURS: Final = re.compile(rf"({_FIGURE}) ?(?:h|heures?|hours?|hrs?)")
_MINUTES: Final = re.compile(r"(\d+) ?(?:minutes?|mins?|mn|m|')")
_DAYS: Final = re.compile(r"(\d{1,2}) ?(?:j|jours?|journees?|days?)")
_WEEKS: Final = re.compile(r"([1-9]) ?(?:semaines?|weeks?)")
_ONE_DAY: Final = re.compile(r"1 ?(?:j|jour|journee|day)")
_ABOUT: Final = re.compile(r"\b(?:environ|env\.?|approx\w*\.?|a peu pres|about)|~|≈")
_WHOLE_DAY: Final = re.compile(r"(?:toute )?(?:la )?journee(?: entiere| complete)?|all day|sans horaires?")
_NOTHING: Final = re.compile(
    r"\W*(?:n\W*[cdar]\W*|na|nsp|inconnue?|variable|libre|aucune?|non precisee?|a definir)?\W*"
)
_FEWEST_MINUTES, _MOST_HOURS = 15, 8  # of a number without a unit
_MOST_MINUTES: Final = 24 * 60
_LONGEST: Final = timedelta(hours=24)
_MOST_HOURS_OF_DAYS: Final = timedelta(hours=96)


def parse(text: str) -> tuple[timedelta | None, str]:
    """Return the length that a text gives, and what of it is not certain; whole days are days of a calendar."""
    words = simplified(text)
    about = _ABOUT.search(words)
    words = re.sub(r"\s+", " ", _ABOUT.sub(" ", words)).strip()
    words = re.sub(r"\b(?:duree|pendant|de)\b\s*:?\s*", "", words)
    words = re.sub(r"(\d{1,2}) ?(?:h|heures?) et demie?\b", r"\1h30", words)
    words = re.sub(r"^une heure et demie$", "1h30", words)
    words = re.sub(r"^(?:une )?demi[e-]?[ -]heure$|^(?:1.2|0[.,]5) ?h(?:eure)?$", "30 min", words)
    words = re.sub(
        r"^(?:(?:un|trois) )?quarts? d'heure$", lambda q: "45 min" if q[0].startswith("trois") else "15 min", words
    )
    words = _in_figures(words)
    left = about[0] if about else ""
    if iso := _ISO_DAYS.fullmatch(words):
        return timedelta(days=int(iso[1]) * (7 if iso[2] == "w" else 1)), left
    if iso := _ISO.fullmatch(words):
        return timedelta(**{unit: int(number or 0) for unit, number in iso.groupdict().items()}), left
    if clock := _CLOCK.fullmatch(words):
        return timedelta(hours=int(clock[1] or 0), minutes=int(clock[2] or 0)), left
    if hours := _HOURS.fullmatch(words):
        return timedelta(minutes=round(60 * float(hours[1].replace(",", ".")))), left
    if minutes := _MINUTES.fullmatch(words):
        return timedelta(minutes=int(minutes[1])), left
    if days := _DAYS.fullmatch(words):
        return timedelta(days=int(days[1])), left
    if weeks := _WEEKS.fullmatch(words):
        return timedelta(weeks=int(weeks[1])), left
    if re.fullmatch(r"\d+(?:[.,]5)?", words):  # no unit: minutes are many, hours few
        number = float(words.replace(",", "."))
        if number > _MOST_MINUTES:  # of a program: seconds, or thousandths of them
            unit = next((each for each in (60, 60_000) if number <= each * _MOST_MINUTES), 0)
            return (timedelta(minutes=number / unit), left) if unit and not number % unit else (None, text)
        if number >= _FEWEST_MINUTES and number.is_integer():
            return timedelta(minutes=number), left
        if 1 <= number <= _MOST_HOURS:
            return timedelta(hours=number), left
    return None, text


def _in_figures(words: str) -> str:
    """Return a length with the number that it begins with in figures: « deux jours »."""
    return re.sub(rf"^(?:{'|'.join(_NUMBERS)})\b", lambda number: _NUMBERS[number[0]], words)


def is_whole_day(text: str) -> bool:
    """Tell whether a length is that of whole days: « journée entière »."""
    return bool(_WHOLE_DAY.fullmatch(simplified(text)))


def has_no_hours(text: str) -> bool:
    """Tell whether a length says that what a program wrote as hours is none: « sans horaire »."""
    return simplified(text).startswith("sans")


def of_whole_days(sessions: list[Session], *, are_days: bool = False) -> list[Session]:
    """Return sessions without their hours; an end at midnight is that of the day before, unless they are days that a program wrote so."""
    days: list[Session] = []
    for begins, ends in sessions:
        last = ends.day if ends else begins.day
        if ends is not None and ends.hour == time() and last > begins.day and not are_days:
            last -= timedelta(days=1)
        days.append((Moment(begins.day), Moment(last) if last != begins.day else None))
    return days


def given(sessions: list[Session], text: str) -> tuple[list[Session], list[Note]]:
    """Return sessions with the ends that their length gives, and findings: a length is not used where it contradicts an end, or
    where nothing says when a session begins.
    """
    length, left = parse(text)
    if length is None or not length:
        return sessions, unused(text)
    words = _in_figures(simplified(text))
    if _ONE_DAY.fullmatch(words):  # it says no hour
        is_longer = any(ends is not None and ends.day > begins.day for begins, ends in sessions)
        return sessions, unused(text) if is_longer else []
    says_days = any(unit.search(words) for unit in (_DAYS, _ISO_DAYS, _WEEKS))
    whole_days = length.days if length % timedelta(days=1) == timedelta() and says_days else 0
    is_of_days = length % _LONGEST == timedelta() and length <= _MOST_HOURS_OF_DAYS  # « 48 h »
    if length > _LONGEST and not (whole_days or is_of_days or _ISO.fullmatch(words)):
        return sessions, unused(text)
    ended: list[Session] = []
    is_unused = False
    for begins, ends in sessions:
        last = _end(begins, length, whole_days)
        if last is None or (ends is not None and ends != last and not _is_same_moment(ends, last)):
            is_unused = True
        ended.append((begins, ends if ends is not None or last is None or last == begins else last))
    notes = [("value_not_understood", f"duration: {text}")] if is_unused else []
    return ended, notes + ([("end_unreadable", text)] if left and not is_unused else [])


def unused(text: str | None) -> list[Note]:
    """Return the finding on a length that gives no end, unless it says nothing."""
    words = simplified(text or "")
    return (
        []
        if _NOTHING.fullmatch(words) or _WHOLE_DAY.fullmatch(words)
        else [("value_not_understood", f"duration: {text}")]
    )


def with_unit(header: str) -> str:
    """Return the unit that a column's header gives to bare numbers; "" if it gives none."""
    for unit, names in (("min", "min|mins|minutes?|mn"), ("h", "h|heures?|hours?|hrs?"), ("jours", "jours?|days?")):
        if re.search(rf"\b(?:{names})\b", header):
            return unit
    return ""


def _end(begins: Moment, length: timedelta, whole_days: int) -> Moment | None:
    """Return when a session ends that begins at a moment; None if its length cannot be counted from there."""
    if whole_days:
        return None if begins.hour is not None else Moment(begins.day + timedelta(days=whole_days - 1))
    if begins.hour is None:
        return None
    after = datetime.combine(begins.day, begins.hour) + length
    return replace(begins, day=after.date(), hour=after.time())


def _is_same_moment(one: Moment, other: Moment) -> bool:
    return (one.day, one.hour or time()) == (other.day, other.hour or time()) and (one.hour is None) == (
        other.hour is None
    )
