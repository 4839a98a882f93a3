"""The days and hours that one text gives: « les mardis 3, 10 et 17 novembre 2026 de 18h30 à 20h ».

A text is cut into tokens: days, hours, weekdays, signs and words that join them. What is no token, or has no place among the
others, is what is left of the text: it is returned, so that nothing is half understood in silence.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

LONGEST_NIGHT: Final = timedelta(hours=12)  # « 20 h – 8 h » ends on the next day, « 20 h – 18 h » before it began
MOST_SESSIONS: Final = 400

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
_WEEKDAYS: Final = {
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
_TOKENS: Final = re.compile(
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
    | (?P<weekday>\b(?P<name>{"|".join(sorted(_WEEKDAYS, key=len, reverse=True))})(?P<plural>s)?\b\.?)
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
_SERIAL: Final = re.compile(r"[3-7]\d{4}(?:[.,]\d+)?")
_COMPACT: Final = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:t?(\d{2})(\d{2})(?:\d{2})?(z?))?")
_ISO: Final = re.compile(r"(\d{4}-\d\d-\d\d)[t ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?\s?(z|[+-]\d\d:?\d\d)")
_EXCEL_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - local, as all dates here


@dataclass(frozen=True)
class Moment:
    """A day, and an hour if one is given, with its offset if that is written."""

    day: date
    hour: time | None = None
    offset: str = ""

    @property
    def iso(self) -> str:
        """The moment in ISO 8601: a date alone if there is no hour."""
        if self.hour is None:
            return self.day.isoformat()
        return datetime.combine(self.day, self.hour).isoformat(timespec="minutes") + self.offset.upper()


Session = tuple[Moment, Moment | None]
Hours = tuple[time, time | None]


@dataclass
class _Days:
    """A day, or a range of days, with the hours written after its first day and after its last."""

    first: date
    has_year: bool = True  # of its own
    last: date | None = None
    hours: list[Hours] = field(default_factory=list)
    last_hours: list[Hours] = field(default_factory=list)

    @property
    def all_days(self) -> list[date]:
        """Each day."""
        return [self.first + timedelta(days=n) for n in range(((self.last or self.first) - self.first).days + 1)]


def parse(text: str, year: int | None = None) -> tuple[list[Session], str]:
    """Return the sessions that a text gives, and what is left of it; no session if it gives no day that can be read."""
    words = _words(text)
    if number := _SERIAL.fullmatch(words):
        moment = _EXCEL_EPOCH + timedelta(days=float(number[0].replace(",", ".")))
        moment = (moment + timedelta(seconds=30)).replace(second=0, microsecond=0)
        return [(Moment(moment.date(), moment.time() if "." in words or "," in words else None), None)], ""
    if compact := _COMPACT.fullmatch(words):
        day = _date(*(int(part) for part in compact.groups()[:3]))
        hour = _time(compact[4], compact[5]) if compact[4] else None
        return ([(Moment(day, hour, compact[6] or ""), None)], "") if day else ([], "")
    if (iso := _ISO.fullmatch(words)) and (day := _date(*map(int, iso[1].split("-")))):
        hour = _time(*iso[2].split(":"))
        return ([(Moment(day, hour, iso[3]), None)], "") if hour else ([], "")
    return _Reader(words, year).read()


def parse_hours(text: str) -> tuple[list[Hours], str]:
    """Return the hours that a text without days gives, and what is left of it."""
    words = _words(text)
    if re.fullmatch(r"0?[.,]\d+", words):  # a spreadsheet's fraction of a day
        moment = _EXCEL_EPOCH + timedelta(days=float("0" + words.lstrip("0").replace(",", ".")), seconds=30)
        return [(moment.time().replace(second=0, microsecond=0), None)], ""
    if re.fullmatch(r"\d{1,2}", words):
        words += "h"
    words = re.sub(r"(?<![\d.])(\d{1,2})\.([0-5]\d)(?![\d.])", r"\1h\2", words)
    reader = _Reader(words, None)
    return reader.read_hours()


def sessions_of(first: date, hours: list[Hours]) -> list[Session]:
    """Return the sessions of one day at some hours; the whole day without any."""
    return [_session(first, begins, ends) for begins, ends in hours] or [(Moment(first), None)]


def ending(begins: Moment, hour: time) -> Moment:
    """Return when what began at a moment ends, at an hour without its own day.

    « 22 h – 2 h » ends on the next day. What would last longer than a night ends before it began: the checks say so.
    """
    night = datetime.combine(begins.day, hour) - datetime.combine(begins.day, begins.hour or time()) + timedelta(days=1)
    is_next = begins.hour is not None and hour < begins.hour and (hour == time() or night <= LONGEST_NIGHT)
    return Moment(begins.day + timedelta(days=1) if is_next else begins.day, hour)


def _session(day: date, begins: time, ends: time | None) -> Session:
    first = Moment(day, begins)
    return first, None if ends is None else ending(first, ends)


class _Reader:
    """Reads the tokens of one text, from left to right."""

    def __init__(self, words: str, year: int | None) -> None:
        self.tokens = list(_TOKENS.finditer(words))
        self.year = year
        self.days: list[_Days] = []
        self.before: list[Hours] = []  # hours that stand before any day
        self.left: list[str] = []
        self.excluded: set[date] = set()
        self.weekdays: set[int] = set()  # of « les mardis », « chaque jeudi »
        self.closed: set[int] = set()  # of « sauf le lundi »
        self.is_readable = True
        # what the tokens before say of the next one
        self.joint = ""  # "range" or "list"
        self.previous = ""  # "day" or "hour", the last of them
        self.waiting: tuple[int, bool, str] | None = (
            None  # a weekday before its day: number, whether each one, as written
        )
        self.marks: set[str] = set()  # between, each, except, duration, word

    def read(self) -> tuple[list[Session], str]:
        """Return the sessions, and what is left."""
        for index, token in enumerate(self.tokens):
            kind = token.lastgroup or ""
            if kind == "number":
                kind = "day" if self._leads_to_day(index) else "hour" if self._leads_to_hour(index) else "word"
            if kind == "day":
                self._take_day(self._day_at(index), token)
            elif kind == "hour":
                self._take_hour(token)
            elif kind == "weekday":
                self._release_weekday()
                self.waiting = _WEEKDAYS[token["name"]], bool(token["plural"]) or "each" in self.marks, token[0]
                self.marks.discard("each")
            elif kind in ("range", "list"):
                self._take_sign(kind, token[0])
            elif kind == "neutral":
                if token[0].startswith("jour"):
                    self.marks.discard("each")
            elif kind == "word":
                self.left.append(token[0])
                self.marks.add("word")
            else:
                self._release_weekday()
                self.marks.add(kind)
        self._release_weekday()
        self.left += [word for mark, word in (("each", "tous"), ("duration", "duree")) if mark in self.marks]
        sessions = self._sessions() if self.is_readable else []
        return sessions[:MOST_SESSIONS], " ".join(self.left)

    def read_hours(self) -> tuple[list[Hours], str]:
        """Return the hours of a text without days, and what is left."""
        _, left = self.read()
        return self.before, " ".join([left, *(day.first.isoformat() for day in self.days)]).strip()

    # Days -------------------------------------------------------------------------------------------------------------------

    def _leads_to_day(self, index: int) -> bool:
        """Tell whether a number is a day of the month that a later day names: « 3, 10 et 17 novembre »."""
        following = [token.lastgroup for token in self.tokens[index + 1 :]]
        for position, kind in enumerate(following):
            if kind == "day":
                return position > 0  # some sign stands between
            if kind not in ("number", "list", "range", "neutral", "weekday"):
                return False
        return False

    def _day_at(self, index: int) -> date | None:
        """Return a day, with the month of a later one if it has none, and the year of a later one, else of an earlier one."""
        token = self.tokens[index]
        following = [later for later in self.tokens[index:] if later.lastgroup == "day"]
        earlier = [other for other in self.tokens[:index] if other.lastgroup == "day"]
        year = next((y for other in [*following, *reversed(earlier)] if (y := _year_of(other))), self.year)
        if year is None or not following:
            return None
        number = int(re.sub(r"\D", "", token[0])) if token.lastgroup == "number" else _number_of(token)
        return _date(year, _month_of(following[0]), number)

    def _take_day(self, day: date | None, token: re.Match[str]) -> None:
        if day is None:
            self.is_readable = False
            return
        if self.waiting is not None:
            number, is_each, name = self.waiting
            if is_each:
                self.weekdays.add(number)
            elif day.weekday() != number:
                self.left.append(name)
        last = self.days[-1] if self.days else None
        if "except" in self.marks:
            self.excluded.add(day)
        elif last is not None and last.last is None and (self.joint == "range" or self._follows(last)):
            if self.joint != "range":  # two days side by side: a beginning and an end, most likely
                self.left.append(token[0])
            if not last.has_year and day.month < last.first.month:  # « du 28 décembre au 3 janvier 2027 »
                last.first = _date(day.year - 1, last.first.month, last.first.day) or last.first
            last.last = day
        else:
            self.days.append(_Days(day, has_year=_year_of(token) is not None))
        self.joint, self.previous, self.waiting = "", "day", None
        self.marks -= {"word", "between"}

    def _follows(self, last: _Days) -> bool:
        return not self.joint and self.previous == "day" and not last.hours

    # Weekdays ---------------------------------------------------------------------------------------------------------------

    def _release_weekday(self) -> None:
        """Take the weekday that waits and that no day follows."""
        if self.waiting is None:
            return
        number, is_each, name = self.waiting
        if "except" in self.marks:
            self.closed.add(number)
        elif is_each:
            self.weekdays.add(number)
        else:
            self.left.append(name)
        self.waiting = None

    # Hours ------------------------------------------------------------------------------------------------------------------

    def _leads_to_hour(self, index: int) -> bool:
        """Tell whether a number shares the unit of the hour beside it: « 9-12h », « 9h30 à 12 »."""
        after = [token.lastgroup for token in self.tokens[index + 1 : index + 3]]
        before = [token.lastgroup for token in self.tokens[max(0, index - 2) : index]]
        return after == ["range", "hour"] or before == ["hour", "range"]

    def _take_hour(self, token: re.Match[str]) -> None:
        hour = _hour_of(token)
        hours = self._hours()
        if hour is None or "except" in self.marks or (hours and "word" in self.marks):
            self.left.append(token[0].strip())  # « (ouverture des portes à 20h) »
        elif "duration" in self.marks:
            if hours and hours[-1][1] is None:
                begins = datetime.combine(date.min, hours[-1][0])
                hours[-1] = hours[-1][0], (begins + timedelta(hours=hour.hour, minutes=hour.minute)).time()
            else:
                self.left.append(token[0].strip())
            self.marks.discard("duration")
        elif (
            self.previous == "hour"
            and hours
            and hours[-1][1] is None
            and (self.joint != "list" or "between" in self.marks)
        ):
            if not self.joint:
                self.left.append(token[0].strip())  # two hours side by side: a beginning and an end, most likely
            hours[-1] = hours[-1][0], hour
        elif self.previous == "hour" and hours and self.joint != "list":
            self.left.append(token[0].strip())
        else:
            hours.append((hour, None))
        self.joint, self.previous = "", "hour"

    def _hours(self) -> list[Hours]:
        """Return the hours that the next one joins."""
        if not self.days:
            return self.before
        return self.days[-1].hours if self.days[-1].last is None else self.days[-1].last_hours

    def _take_sign(self, kind: str, written: str) -> None:
        if written.startswith("jusqu") and not self.previous:
            self.left.append(written)
        if written == "/" and self.previous == "hour":
            kind = "range"
        if kind == "list":
            self.marks.discard("word")
            self._release_weekday()
        if not (self.joint == "range" and kind == "list"):
            self.joint = kind

    # Sessions ---------------------------------------------------------------------------------------------------------------

    def _sessions(self) -> list[Session]:
        """Return the sessions of the days: hours that stand once are those of all the days before them, or after."""
        found: list[Session] = []
        hours = self.before
        for days in reversed(self.days):
            if days.last is None:
                hours = days.hours or hours
            elif not days.hours:
                hours = days.last_hours or hours
            found = self._sessions_of(days, hours) + found
        if self.weekdays and not any(days.last for days in self.days):
            wrong = [days.first for days in self.days if days.first.weekday() not in self.weekdays]
            self.left += [day.isoformat() for day in wrong]
        return found

    def _sessions_of(self, days: _Days, hours: list[Hours]) -> list[Session]:
        if days.last is None:
            return sessions_of(days.first, hours)
        if days.last < days.first:  # the checks say so
            return [(Moment(days.first, hours[0][0] if hours else None), Moment(days.last))]
        if days.hours:  # « du 3 à 14 h au 5 à 18 h »
            ends = days.last_hours[0] if days.last_hours else None
            return [
                (
                    Moment(days.first, days.hours[0][0]),
                    Moment(days.last, (ends[1] or ends[0]) if ends else None),
                )
            ]
        each = [
            day
            for day in days.all_days
            if day not in self.excluded
            and day.weekday() not in self.closed
            and (not self.weekdays or day.weekday() in self.weekdays)
        ]
        if hours or len(each) < len(days.all_days):
            return [session for day in each for session in sessions_of(day, hours)]
        return [(Moment(days.first), Moment(days.last))]


def _words(text: str) -> str:
    """Return a text without case, accents and typography, noon and midnight as hours."""
    plain = unicodedata.normalize("NFKD", text.replace("\u2019", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    plain = re.sub(r"\bapres[\s-]*midis?\b", "apresmidi", plain.replace("—", "-").replace("–", "-").replace("−", "-"))
    plain = re.sub(r"\bmidi\b", "12h00", re.sub(r"\bminuit\b", "00h00", plain))
    plain = re.sub(r"\ba partir (?:de|du)(?=\s*\d{1,2}\s*[h:])|\bheure (?:de paris|locale)\b", " ", plain)
    return " ".join(plain.split())


def _hour_of(token: re.Match[str]) -> time | None:
    if token.lastgroup == "number":
        return _time(re.sub(r"\D", "", token[0]), None)
    hour = int(token["h"])
    if token["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if token["half"] == "p" else 0)
    return _time(str(hour), token["mn"])


def _time(hour: str, minute: str | None) -> time | None:
    if int(hour) == 24 and int(minute or 0) == 0:
        hour = "0"
    return time(int(hour), int(minute or 0)) if int(hour) < 24 and int(minute or 0) < 60 else None


def _year_of(token: re.Match[str]) -> int | None:
    text = token["y1"] or token["y2"] or token["y3"] or token["y4"] or token["y5"]
    if not text:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def _month_of(token: re.Match[str]) -> int:
    month = token["m1"] or token["m2"] or token["m3"] or token["m4"] or token["m5"]
    return _MONTHS.get(month.rstrip(".")) or int(month)


def _number_of(token: re.Match[str]) -> int:
    return int(token["d1"] or token["d2"] or token["d3"] or token["d4"] or token["d5"])


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
