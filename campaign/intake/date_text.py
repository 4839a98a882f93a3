"""The days and hours that one text gives: « les mardis 3, 10 et 17 novembre 2026 de 18h30 à 20h ».

The grammar, over the tokens of campaign/intake/date_tokens.py (« joint » is a comma, « et », « / »…, « range » is « au », « à », « - »…):

    text    = { days | hours | weekdays | except | month | joint | range | other }
    days    = [ weekdays ] day { ( joint | range ) day }       a day without month or year has those of the next day, else of the last
    day     = number [ month ] [ year ] | year-month-day
    weekdays = [ rank | each ] weekday { ( joint | range ) weekday }      a rank or « each » counts within a month or a range of days
    hours   = hour [ range hour ] { joint hours } | hour "duration" length
    except  = "sauf" ( day | weekday ) { joint ( day | weekday ) }

What is no token, or has no place among the others, is what is left of the text: it is returned, so that nothing is half
understood in silence.
"""

import calendar
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal

from campaign.intake.date_tokens import (
    TOKENS,
    WEEKDAYS,
    date_of,
    day_number_of,
    half_of,
    hour_of,
    is_numeric,
    month_of,
    rank_of,
    simplified,
    time_of,
    year_of,
)
from campaign.intake.moments import Hours, Moment, Session, sessions_of

MOST_SESSIONS: Final = 400
_SERIAL: Final = re.compile(r"[3-7]\d{4}(?:[.,]\d+)?")
_EPOCH: Final = re.compile(r"1[2-9]\d{8}(?:\d{3})?")  # seconds or milliseconds since 1970, from 2008 on
_COMPACT: Final = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:t?(\d{2})(\d{2})(?:\d{2})?(z?))?")
_ISO: Final = re.compile(r"(\d{4}-\d\d-\d\d)[t ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?\s?(z|[+-]\d\d(?::?\d\d)?)")
_PLAIN: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?: (\d{1,2}):(\d\d)(?::\d\d)?)?")
_MAIL: Final = re.compile(r"(?:[a-z]{3}, ?)?\d{1,2} [a-z]{3} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|gmt|utc?)")
_EXCEL_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - local, as all dates here
_DAYS_TO_1904: Final = 1462
_ANCHORS: Final = {"le", "les", "du", "au", "aux", "the", "on", "from"}

Order = Literal["dmy", "mdy", ""]  # which of a date's numbers is the month; "" where that cannot be told


@dataclass(frozen=True)
class Hint:
    """What stands elsewhere than in a cell: the year, the month, which of two numbers is the month, what numbers count."""

    year: int | None = None
    month: int | None = None
    order: Order = "dmy"
    is_1904: bool = False  # whether a spreadsheet's numbers count from that year


@dataclass
class _Day:
    """A day as written: what it lacks is found among the others."""

    number: int
    month: int | None
    year: int | None
    text: str
    on: date | None = None


@dataclass
class _Days:
    """A day, or a range of days, with the hours written after its first day and after its last."""

    first: _Day
    last: _Day | None = None
    hours: list[Hours] = field(default_factory=list)
    last_hours: list[Hours] = field(default_factory=list)
    is_unsure: bool = False  # whether it may be two days

    @property
    def all_days(self) -> list[date]:
        """Each day."""
        first, last = self.first.on or date.min, (self.last or self.first).on or date.min
        return [first + timedelta(days=n) for n in range(min((last - first).days, 366) + 1)]


@dataclass
class _Weekdays:
    """Weekdays before the days that they name: numbers, as written, and those days."""

    numbers: list[int]
    text: str
    days: list[_Days] = field(default_factory=list)
    day: _Day | None = None  # the first of them


@lru_cache(maxsize=20_000)
def _parsed(text: str, hint: Hint) -> tuple[tuple[Session, ...], str]:
    words = simplified(text)
    if found := _of_machine(words, hint):
        return found
    sessions, left = _Reader(words, hint).read()
    return tuple(sessions), left


def parse(text: str, year: int | None = None, hint: Hint | None = None) -> tuple[list[Session], str]:
    """Return the sessions that a text gives, and what is left of it; no session if it gives no day that can be read."""
    sessions, left = _parsed(text, hint or Hint(year))
    return list(sessions), left


def parse_hours(text: str) -> tuple[list[Hours], str]:
    """Return the hours that a text without days gives, and what is left of it."""
    words = simplified(text)
    if re.fullmatch(r"0?[.,]\d+", words):  # a spreadsheet's fraction of a day
        moment = _EXCEL_EPOCH + timedelta(days=float("0" + words.lstrip("0").replace(",", ".")), seconds=30)
        return [(moment.time().replace(second=0, microsecond=0), None)], ""
    if re.fullmatch(r"\d{1,2}", words):
        words += "h"
    if figures := re.fullmatch(r"([01]\d|2[0-3])([0-5]\d)", words):
        words = f"{figures[1]}h{figures[2]}"
    if number := re.fullmatch(r"([01]?\d|2[0-4])\s*(?:-|/|>|a|au)\s*([01]?\d|2[0-4])", words):
        words = f"{number[1]}h-{number[2]}h"
    return _Reader(words, Hint()).read_hours()


def _of_machine(words: str, hint: Hint) -> tuple[tuple[Session, ...], str] | None:
    """Return what a program wrote: a spreadsheet's number, figures alone, ISO 8601, the date of a mail."""
    if number := _SERIAL.fullmatch(words):
        days = float(number[0].replace(",", ".")) + (_DAYS_TO_1904 if hint.is_1904 else 0)
        moment = _EXCEL_EPOCH + timedelta(days=days)
        moment = (moment + timedelta(seconds=30)).replace(second=0, microsecond=0)
        return _one(moment.date(), moment.time() if "." in words or "," in words else None)
    if _EPOCH.fullmatch(words):
        instant = datetime.fromtimestamp(int(words[:10]), UTC)
        return _one(instant.date(), instant.time().replace(second=0, tzinfo=None), "+00:00")
    if compact := _COMPACT.fullmatch(words):
        day = date_of(int(compact[1]), int(compact[2]), int(compact[3]))
        hour = time_of(compact[4], compact[5]) if compact[4] else None
        if day:
            return _one(day, hour, compact[6] or "")
    if figures := re.fullmatch(r"(\d\d)(\d\d)((?:19|20)\d\d)", words):
        day = _ordered(int(figures[1]), int(figures[2]), int(figures[3]), hint.order)
        return _one(day, None) if day else ((), "")
    if (iso := _ISO.fullmatch(words)) and (day := date_of(*map(int, iso[1].split("-")))):
        hour = time_of(*iso[2].split(":"))
        return _one(day, hour, iso[3]) if hour else ((), "")
    if plain := _PLAIN.fullmatch(words):
        day = _ordered(int(plain[1]), int(plain[3]), int(plain[4]), hint.order)
        hour = time_of(plain[5], plain[6]) if plain[5] else None
        return _one(day, hour) if day and (hour or not plain[5]) else None
    if _MAIL.fullmatch(words):
        try:
            moment = parsedate_to_datetime(words)
        except ValueError:
            return None
        return _one(moment.date(), moment.time().replace(second=0), moment.isoformat()[19:] or "+00:00")
    return None


def _one(day: date, hour: time | None, offset: str = "") -> tuple[tuple[Session, ...], str]:
    return ((Moment(day, hour, offset), None),), ""


def _ordered(first: int, second: int, year: int, order: Order) -> date | None:
    """Return the date of two numbers and a year; None if there is none, or if it is not known which number is the month."""
    if not order and first != second and max(first, second) <= 12:
        return None
    if order == "mdy" or (not order and second > 12):
        first, second = second, first
    return date_of(year, second, first)


class _Reader:
    """Reads the tokens of one text, from left to right."""

    def __init__(self, words: str, hint: Hint) -> None:
        self.tokens = list(TOKENS.finditer(words))
        self.hint = hint
        self.days: list[_Days] = []
        self.before: list[Hours] = []  # hours that stand before any day
        self.left: list[str] = []
        self.excluded: list[_Day] = []
        self.named: list[_Weekdays] = []  # weekdays that stand before days
        self.every: set[int] = set()  # of « les mardis », « chaque jeudi »
        self.closed: set[int] = set()  # of « sauf le lundi »
        self.ranks: list[int] = []  # of « le premier mardi »
        self.used: set[int] = set()  # the hours that became those of a session, by identity
        self.is_readable = True
        # what the tokens before say of the next one
        self.joint = ""  # "range" or "list"
        self.sign = ""  # as it is written
        self.previous = ""  # "day" or "hour", the last of them
        self.waiting: _Weekdays | None = None  # weekdays before their days
        self.is_each = False  # « les mardis », « chaque mardi »: whether those that wait are each one
        self.is_span = False  # « du lundi au vendredi »
        self.marks: set[str] = set()  # between, each, except, duration, word
        self.depth = 0  # of parentheses
        self.labelled = ""  # an hour that something else than the event has: « accueil 9h »

    def read(self) -> tuple[list[Session], str]:
        """Return the sessions, and what is left."""
        for index, token in enumerate(self.tokens):
            kind = token.lastgroup or ""
            if kind == "number":
                kind = "day" if self._is_day(index) else "hour" if self._is_hour(index) else "word"
            elif kind == "dotted":
                kind = "hour" if self.days or not self.hint.year else "word"
            self._take(kind, index, token)
        self._release()
        self.left += [word for mark, word in (("each", "tous"), ("duration", "duree")) if mark in self.marks]
        self._resolve()
        sessions = self._sessions() if self.is_readable else []
        return sessions[:MOST_SESSIONS], " ".join(self.left)

    def read_hours(self) -> tuple[list[Hours], str]:
        """Return the hours of a text without days, and what is left."""
        _, left = self.read()
        return self.before, " ".join([left, *(days.first.text for days in self.days)]).strip()

    def _take(self, kind: str, index: int, token: re.Match[str]) -> None:
        match kind:
            case "day":
                self._take_day(index, token)
            case "hour":
                self._take_hour(index, token)
            case "weekday":
                self._take_weekday(token)
            case "monthly":
                self._take_month(token)
            case "year":
                self._take_year(token)
            case "range" | "list":
                self._take_sign(kind, index, token[0])
            case "minutes":
                self._take_length(timedelta(minutes=int(re.sub(r"\D", "", token[0]))), token[0])
            case "paren":
                self.depth += 1 if token[0] == "(" else -1
                self.marks.discard("word")
            case "rank":
                self.ranks.append(rank_of(token[0]))
            case "neutral":
                if token[0].startswith(("jour", "day", "mois")):
                    self.marks.discard("each")
            case "word":
                self.left.append(token[0])
                self.marks.add("word")
            case _:
                if kind == "except":
                    self._release()
                self.marks.add(kind)

    # Days -------------------------------------------------------------------------------------------------------------------

    def _is_day(self, index: int) -> bool:
        """Tell whether a number is a day of the month: « 3, 10 et 17 novembre », « le 6 », « mardi 3 »."""
        before = self.tokens[index - 1] if index else None
        following = [token.lastgroup for token in self.tokens[index + 1 :]]
        is_anchored = before is not None and (before[0] in _ANCHORS or before.lastgroup == "weekday")
        if is_anchored and (self.hint.month or self.days or {"day", "monthly"} & set(following)):
            is_end = before is not None and before[0] in ("au", "aux") and self.previous == "hour"
            if is_end and following[:1] != ["hour"] and following[1:2] == ["hour"]:
                return True  # « à 14 h au 5 à 18 h »
            return not (is_end and following[:1] != ["day"] and "day" not in following)
        for position, kind in enumerate(following):
            if kind == "day":
                return position > 0  # some sign stands between
            if kind not in ("number", "list", "range", "neutral", "weekday"):
                break
        if self.days and self.previous == "day" and self.joint and self._is_month_first():
            return following[:1] != ["hour"] and following[1:2] != ["hour"]
        return bool(self.hint.month) and not self._is_hour(index) and "day" not in following and self.previous != "hour"

    def _is_month_first(self) -> bool:
        """Tell whether the last day has its month before it: « November 3 and 5 »."""
        named = [day for day in self._all_written() if day.month]
        return bool(named) and bool(re.match(r"[a-z]", named[-1].text))

    def _take_day(self, index: int, token: re.Match[str]) -> None:
        day = self._day_at(index, token)
        if day is None:
            self.is_readable = False
            return
        is_listed = self.waiting is not None and self._is_apart(index)
        if is_listed:
            self._release()
            self.marks.discard("except")  # « sauf le lundi, du 3 au 15 »
        named, self.waiting = self.waiting, None
        last = self.days[-1] if self.days else None
        if "except" in self.marks:
            self.excluded.append(day)
        elif last is not None and last.last is None and self._is_end(last):
            if not self.joint:  # two days side by side: a beginning and an end, most likely
                self.left.append(token[0])
            last.last = day
        elif last is not None and self._is_chain(last):
            last.is_unsure = True
            self.days.append(_Days(day))
        else:
            if last is not None and self._is_unclear(last, token):
                self.left.append(self.sign or token[0])
            self.days.append(_Days(day))
        if "except" not in self.marks and self.days:
            if named is not None and self.is_each:
                self.every |= set(named.numbers)
            if named is not None:
                named.day = day
                self.named.append(named)
            if self.named and self.days[-1] not in self.named[-1].days:
                self.named[-1].days.append(self.days[-1])
        self.is_each = self.is_span = False
        self.joint, self.sign, self.previous = "", "", "day"
        self.marks -= {"word", "between"}

    def _is_end(self, last: _Days) -> bool:
        """Tell whether a day ends the range that the last one begins. After whole hours another session begins."""
        has_ended = any(ends for _, ends in last.hours) or len(last.hours) > 1
        if self.joint == "range":
            return not has_ended
        if self.joint == "list" and self.sign == "/" and not last.hours:  # ISO 8601 writes an interval so
            return bool(re.match(r"\d{4}-", last.first.text))
        return not self.joint and self.previous == "day" and not last.hours

    def _is_chain(self, last: _Days) -> bool:
        """Tell whether more than two days stand in a row of dashes: « 3-4-5 novembre »."""
        return self.joint == "range" and self.sign == "-" and last.last is not None and self.previous == "day"

    def _is_unclear(self, last: _Days, token: re.Match[str]) -> bool:
        """Tell whether it cannot be said if two days are a beginning and an end."""
        if self.joint == "range":
            return self.sign != "-" or last.last is not None
        is_full = token.lastgroup == "day" and self.previous == "day" and bool(last.first.year)
        return (not self.joint and bool(last.hours)) or (self.sign == "/" and is_full)

    def _day_at(self, index: int, token: re.Match[str]) -> _Day | None:
        if token.lastgroup == "number":
            return _Day(int(re.sub(r"\D", "", token[0])), None, None, token[0])
        number, month, year = day_number_of(token), month_of(token), year_of(token)
        if is_numeric(token):
            if not self.hint.order and number != month and max(number, month) <= 12:
                return None
            if self.hint.order == "mdy" or (not self.hint.order and month > 12):
                number, month = month, number
        return _Day(number, month, year, token[0])

    def _take_month(self, token: re.Match[str]) -> None:
        """Take a month that stands alone: of weekdays, of « tous les jours », or of days written without it."""
        month, year = month_of(token), year_of(token)
        bare = [day for day in self._all_written() if day.month is None]
        if self.waiting is not None and (self.is_each or self.ranks):
            self.every |= set(self.waiting.numbers)
            self.waiting = None
            self._take_whole(token)
        elif bare:
            for day in bare:
                day.month, day.year = month, day.year or year
        elif not self.days and (self.every or self._says_whole(token)):
            self._take_whole(token)
        else:
            self.left.append(token[0])
            self.marks.add("word")

    def _take_whole(self, token: re.Match[str]) -> None:
        """Take the days of a month."""
        month, year = month_of(token), year_of(token)
        self.days.append(_Days(_Day(1, month, year, token[0]), _Day(0, month, year, token[0])))
        self.marks -= {"each", "word"}
        self.is_each = False
        self.joint, self.sign, self.previous = "", "", "day"

    def _says_whole(self, token: re.Match[str]) -> bool:
        """Tell whether a month is taken as a whole: « tout le mois de », « tous les jours de »."""
        return bool(
            re.search(r"\b(?:tous les jours|tout le mois|every day|chaque jour)\b", token.string[: token.start()])
        )

    def _take_year(self, token: re.Match[str]) -> None:
        """Take a year that stands alone: that of the days before it, or of those after."""
        lacking = [day for day in self._all_written() if day.year is None]
        for day in lacking:
            day.year = int(token[0])
        if not lacking:
            self.left.append(token[0])

    def _all_written(self) -> list[_Day]:
        return [day for days in self.days for day in (days.first, days.last) if day] + self.excluded

    def _resolve(self) -> None:
        """Give each day the month and year that it lacks: of the next day, else of the last, else of elsewhere."""
        written = self._all_written()
        for index, day in enumerate(written):
            later, earlier = written[index + 1 :], written[:index][::-1]
            is_own = day.month is not None
            day.month = day.month or next((d.month for d in [*later, *earlier] if d.month), self.hint.month)
            if day.year is None:
                day.year = next((d.year for d in later if d.year), None)
                if day.year and is_own and (later_day := next(d for d in later if d.year)).month and day.month:
                    day.year -= day.month > (later_day.month or day.month)  # « du 28 décembre au 3 janvier 2027 »
            if day.year is None:
                before = next((d for d in earlier if d.year and d.month), None)
                day.year = before.year if before else self.hint.year
                if before and before.year and day.month and before.month and day.month < before.month - 6:
                    day.year = before.year + 1
            if day.month is None or day.year is None:
                self.is_readable = False
                continue
            number = day.number or (calendar.monthrange(day.year, day.month)[1] if 1 <= day.month <= 12 else 0)
            day.on = date_of(day.year, day.month, number)
            self.is_readable = self.is_readable and day.on is not None

    # Weekdays ---------------------------------------------------------------------------------------------------------------

    def _is_apart(self, index: int) -> bool:
        """Tell whether « du » or a sign stands between weekdays and a day: « les mardis du 3 au 24 »."""
        for token in reversed(self.tokens[:index]):
            if token.lastgroup == "weekday":
                return False
            if token[0] in ("du", "de", "des", "from", "/", "-"):
                return True
        return False

    def _take_weekday(self, token: re.Match[str]) -> None:
        number, is_each = WEEKDAYS[token["name"]], bool(token["plural"]) or "each" in self.marks or bool(self.ranks)
        self.marks.discard("each")
        if self.waiting is not None and self.joint:
            if self.joint == "range":
                first = self.waiting.numbers[-1]
                self.waiting.numbers += [(first + n) % 7 for n in range(1, (number - first) % 7 + 1)]
                self.is_span = True
            else:
                self.waiting.numbers.append(number)
            self.waiting.text += f" {token[0]}"
            self.is_each |= is_each
            self.joint = ""
            return
        self._release()
        if self.depth and self.previous == "day" and self.days:  # « 3 novembre (mardi) »
            days = self.days[-1]
            self.named.append(_Weekdays([number], token[0], [days], days.last or days.first))
            return
        self.waiting = _Weekdays([number], token[0])
        self.is_each = is_each

    def _release(self) -> None:
        """Take the weekdays that wait and that no day follows."""
        if self.waiting is None:
            return
        if "except" in self.marks:
            self.closed |= set(self.waiting.numbers)
        elif self.is_each or self.is_span:
            self.every |= set(self.waiting.numbers)
        else:
            self.left.append(self.waiting.text)
        self.waiting, self.is_each, self.is_span = None, False, False

    # Hours ------------------------------------------------------------------------------------------------------------------

    def _is_hour(self, index: int) -> bool:
        """Tell whether a number shares the unit of the hour beside it: « 9-12h », « 9h30 à 12 »."""
        after = [token.lastgroup for token in self.tokens[index + 1 : index + 3]]
        before = [token.lastgroup for token in self.tokens[max(0, index - 2) : index]]
        is_between = "between" in self.marks and after == ["list", "hour"]  # « entre 9 et 12h »
        return after == ["range", "hour"] or before == ["hour", "range"] or is_between

    def _half(self, index: int) -> str | None:
        """Return the half of the day that the end of a range says for its beginning: « 6-8pm »."""
        if [token.lastgroup for token in self.tokens[index + 1 : index + 3]] != ["range", "hour"]:
            return None
        ends = self.tokens[index + 2]
        half = half_of(ends)
        begins, last = hour_of(self.tokens[index], half), hour_of(ends)
        if half == "p" and begins is not None and last is not None and begins > last:
            return "a"  # « 11-1pm »
        return half

    def _take_hour(self, index: int, token: re.Match[str]) -> None:
        hour = hour_of(token, self._half(index))
        hours = self._hours()
        follows = self.previous == "hour" and bool(hours)
        is_beside = self.depth > 0 and follows and not self.joint
        has_label = "word" in self.marks
        written = token[0].strip()
        self._release()
        if "duration" in self.marks:
            self._take_length(timedelta(hours=hour.hour, minutes=hour.minute) if hour else None, written)
        elif hour is None or "except" in self.marks or (hours and has_label) or is_beside:
            self.left.append(written)  # « (ouverture des portes à 20h) »
        elif self.sign.startswith("jusqu") and not follows:
            self.left.append(f"{self.sign} {written}")  # when it begins is not said
        elif follows and hours[-1][1] is None and (self.joint != "list" or "between" in self.marks):
            if not self.joint:
                self.left.append(written)  # two hours side by side: a beginning and an end, most likely
            hours[-1] = hours[-1][0], hour
        elif follows and self.joint != "list" and not self._begins_anew(token):
            self.left.append(written)
        else:
            if self.labelled and len(hours) == 1 and not has_label:  # « accueil 9h, début 9h30 »
                self.left.append(self.labelled)
                hours.clear()
            self.labelled = written if has_label and not hours else ""
            hours.append((hour, None))
        self.joint, self.sign, self.previous = "", "", "hour"
        self.marks.discard("word")

    def _begins_anew(self, token: re.Match[str]) -> bool:
        """Tell whether an hour without a sign before it begins another session: « de 14h à 16h, de 18h à 20h »."""
        return not self.joint and token.string[: token.start()].rstrip().endswith(" de")

    def _take_length(self, length: timedelta | None, written: str) -> None:
        hours = self._hours()
        if "duration" in self.marks and length is not None and hours and hours[-1][1] is None:
            hours[-1] = hours[-1][0], (datetime.combine(date.min, hours[-1][0]) + length).time()
        else:
            self.left.append(written.strip())
        self.marks.discard("duration")

    def _hours(self) -> list[Hours]:
        """Return the hours that the next one joins."""
        if not self.days:
            return self.before
        return self.days[-1].hours if self.days[-1].last is None else self.days[-1].last_hours

    def _take_sign(self, kind: str, index: int, written: str) -> None:
        is_open = bool(self._hours()) and self._hours()[-1][1] is None
        if written.startswith("jusqu") and not self.previous:
            self.left.append(written)
        if written == "/" and self.previous == "hour" and is_open and not self._is_list_of_hours(index):
            kind = "range"
        if kind == "list":
            self.marks.discard("word")
        if not (self.joint == "range" and kind == "list"):
            self.joint, self.sign = kind, written

    def _is_list_of_hours(self, index: int) -> bool:
        """Tell whether three hours or more stand between strokes, or a day follows: « 10h / 14h / 16h »."""
        after = [token.lastgroup for token in self.tokens[index + 1 : index + 4]]
        before = [token.lastgroup for token in self.tokens[max(0, index - 3) : index]]
        is_middle = after[:2] == ["hour", "list"] and self.tokens[index + 2][0] == "/" and after[2:3] == ["hour"]
        return is_middle or before == ["hour", "list", "hour"] or after[:1] != ["hour"]

    # Sessions ---------------------------------------------------------------------------------------------------------------

    def _sessions(self) -> list[Session]:
        """Return the sessions of the days: hours that stand once are those of all the days before them, or after."""
        self._check_chains()
        self._check_weekdays()
        found: list[Session] = []
        hours = self.before
        for days in reversed(self.days):
            if days.last is None:
                hours = days.hours or hours
            elif not days.hours:
                hours = days.last_hours or hours
            found = self._sessions_of(days, hours) + found
        self._leave_unused_hours()
        return found

    def _leave_unused_hours(self) -> None:
        """Leave the hours that no session has: « 14h 5 novembre 16h30 »."""
        written = [*self.before, *(hour for days in self.days for hour in (*days.hours, *days.last_hours))]
        if self.days:
            self.left += [f"{begins:%Hh%M}" for begins, _ends in (h for h in written if id(h) not in self.used)]

    def _check_chains(self) -> None:
        """Take « 3-4-5 novembre » as three days; a row of dashes with gaps is no list that can be told."""
        for position, days in enumerate(self.days):
            if not days.is_unsure or days.last is None:
                continue
            row = [days.first.on, days.last.on, *(other.first.on for other in self.days[position + 1 :])]
            known = [day for day in row if day]
            if all(later - day == timedelta(days=1) for day, later in pairwise(known)):
                days.last = self.days[-1].first
                del self.days[position + 1 :]
            else:
                self.left.append(" - ".join(day.isoformat() for day in known))
            return

    def _check_weekdays(self) -> None:
        """Leave the weekdays that the days contradict."""
        for named in self.named:
            if set(named.numbers) <= self.every:
                singles = [days.first.on for days in named.days if days.last is None and days.first.on]
                self.left += [day.isoformat() for day in singles if day.weekday() not in self.every]
            elif len(named.numbers) == 1:
                self.left += [named.text] if self._named_day(named) not in named.numbers else []
            elif {day.weekday() for days in named.days for day in days.all_days} != set(named.numbers):
                self.left.append(named.text)
        named_days = {day for named in self.named for days in named.days if (day := days.first.on)}
        if self.every and not any(days.last for days in self.days):
            alone = [day for days in self.days if (day := days.first.on) and day not in named_days]
            self.left += [day.isoformat() for day in alone if day.weekday() not in self.every]

    def _named_day(self, named: _Weekdays) -> int | None:
        """Return the weekday of the day that a weekday stands before."""
        day = named.day.on if named.day else None
        return day.weekday() if day else None

    def _sessions_of(self, days: _Days, hours: list[Hours]) -> list[Session]:
        first, last = days.first.on, days.last.on if days.last else None
        if first is None:
            return []
        if last is None:
            self._use(hours)
            return sessions_of(first, hours)
        if last < first:  # the checks say so
            self._use(hours[:1])
            return [(Moment(first, hours[0][0] if hours else None), Moment(last))]
        if days.hours:  # « du 3 à 14 h au 5 à 18 h »
            ends = days.last_hours[0] if days.last_hours else None
            self._use([days.hours[0], *days.last_hours[:1]])
            return [(Moment(first, days.hours[0][0]), Moment(last, (ends[1] or ends[0]) if ends else None))]
        excluded = {day.on for day in self.excluded}
        each = [
            day
            for day in days.all_days
            if day not in excluded
            and day.weekday() not in self.closed
            and (not self.every or day.weekday() in self.every)
            and (not self.ranks or self._has_rank(day))
        ]
        if hours or len(each) < len(days.all_days):
            self._use(hours)
            return [session for day in each for session in sessions_of(day, hours)]
        return [(Moment(first), Moment(last))]

    def _use(self, hours: list[Hours]) -> None:
        self.used |= {id(hour) for hour in hours}

    def _has_rank(self, day: date) -> bool:
        """Tell whether a day is the first, second… or last (-1) of its weekday in its month."""
        is_last = (day + timedelta(days=7)).month != day.month
        return (day.day - 1) // 7 + 1 in self.ranks or (is_last and -1 in self.ranks)
