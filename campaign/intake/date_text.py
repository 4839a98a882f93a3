"""The days and hours that one text gives: « les mardis 3, 10 et 17 novembre 2026 de 18h30 à 20h ».

A text is cut into tokens: days, hours, weekdays, signs and words that join them. What is no token, or has no place among the
others, is what is left of the text: it is returned, so that nothing is half understood in silence.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from campaign.intake.date_tokens import (
    TOKENS,
    WEEKDAYS,
    date_of,
    day_number_of,
    hour_of,
    month_of,
    simplified,
    time_of,
    year_of,
)
from campaign.intake.moments import Hours, Moment, Session, sessions_of

MOST_SESSIONS: Final = 400
_SERIAL: Final = re.compile(r"[3-7]\d{4}(?:[.,]\d+)?")
_COMPACT: Final = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:t?(\d{2})(\d{2})(?:\d{2})?(z?))?")
_ISO: Final = re.compile(r"(\d{4}-\d\d-\d\d)[t ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?\s?(z|[+-]\d\d:?\d\d)")
_EXCEL_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - local, as all dates here


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
    words = simplified(text)
    if number := _SERIAL.fullmatch(words):
        moment = _EXCEL_EPOCH + timedelta(days=float(number[0].replace(",", ".")))
        moment = (moment + timedelta(seconds=30)).replace(second=0, microsecond=0)
        return [(Moment(moment.date(), moment.time() if "." in words or "," in words else None), None)], ""
    if compact := _COMPACT.fullmatch(words):
        day = date_of(*(int(part) for part in compact.groups()[:3]))
        hour = time_of(compact[4], compact[5]) if compact[4] else None
        return ([(Moment(day, hour, compact[6] or ""), None)], "") if day else ([], "")
    if (iso := _ISO.fullmatch(words)) and (day := date_of(*map(int, iso[1].split("-")))):
        hour = time_of(*iso[2].split(":"))
        return ([(Moment(day, hour, iso[3]), None)], "") if hour else ([], "")
    return _Reader(words, year).read()


def parse_hours(text: str) -> tuple[list[Hours], str]:
    """Return the hours that a text without days gives, and what is left of it."""
    words = simplified(text)
    if re.fullmatch(r"0?[.,]\d+", words):  # a spreadsheet's fraction of a day
        moment = _EXCEL_EPOCH + timedelta(days=float("0" + words.lstrip("0").replace(",", ".")), seconds=30)
        return [(moment.time().replace(second=0, microsecond=0), None)], ""
    if re.fullmatch(r"\d{1,2}", words):
        words += "h"
    words = re.sub(r"(?<![\d.])(\d{1,2})\.([0-5]\d)(?![\d.])", r"\1h\2", words)
    reader = _Reader(words, None)
    return reader.read_hours()


class _Reader:
    """Reads the tokens of one text, from left to right."""

    def __init__(self, words: str, year: int | None) -> None:
        self.tokens = list(TOKENS.finditer(words))
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
                self.waiting = WEEKDAYS[token["name"]], bool(token["plural"]) or "each" in self.marks, token[0]
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
        year = next((y for other in [*following, *reversed(earlier)] if (y := year_of(other))), self.year)
        if year is None or not following:
            return None
        number = int(re.sub(r"\D", "", token[0])) if token.lastgroup == "number" else day_number_of(token)
        return date_of(year, month_of(following[0]), number)

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
                last.first = date_of(day.year - 1, last.first.month, last.first.day) or last.first
            last.last = day
        else:
            self.days.append(_Days(day, has_year=year_of(token) is not None))
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
        hour = hour_of(token)
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
