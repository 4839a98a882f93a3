"""Reads the tokens of a text about days and hours, from left to right, into a tree of days and hours."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final, TypeGuard

from campaign.intake.date_tokens import (
    MIDNIGHT,
    TOKENS,
    WEEKDAYS,
    day_number_of,
    half_of,
    hour_of,
    is_last_midnight,
    is_numeric,
    month_of,
    rank_of,
    year_of,
)
from campaign.intake.date_tree import Day, Days, Hint, Tree, Weekdays
from campaign.intake.moments import Hours

_LONGEST: Final = time(5)  # of lengths written like an hour: « 14h, 1h30 »
_EARLY: Final = time(12, 30)  # what begins before would last longer than a night
_LATE: Final = time(16, 30)  # what begins later may well last into the night: « 20h – 2h »
_ANCHORS: Final = {"le", "les", "du", "au", "aux", "the", "on", "from"}


class Reader(Tree):
    """Reads the tokens of one text."""

    def __init__(self, words: str, hint: Hint) -> None:
        super().__init__()
        self.tokens = list(TOKENS.finditer(words))
        self.hint = hint
        # what the tokens before say of the next one
        self.joint = ""  # "range" or "list"
        self.sign = ""  # as it is written
        self.previous = ""  # "day" or "hour", the last of them
        self.waiting: Weekdays | None = None  # weekdays before their days
        self.is_each = False  # « les mardis », « chaque mardi »: whether those that wait are each one
        self.is_span = False  # « du lundi au vendredi »
        self.marks: set[str] = set()  # between, each, except, duration, word
        self.depth = 0  # of parentheses
        self.year_before: re.Match[str] | None = None  # a year before any day
        self.month_before: re.Match[str] | None = None  # a month before the numbers of its days
        self.labelled = ""  # an hour that something else than the event has: « accueil 9h »

    def read(self) -> Tree:
        """Return what the text says."""
        for index, token in enumerate(self.tokens):
            kind = token.lastgroup or ""
            if kind == "number":
                kind = "day" if self._is_day(index) else "hour" if self._is_hour(index) else "word"
            elif kind == "dotted":
                kind = "hour" if self.days or not self.hint.year or half_of(token) else "word"
            self._take(kind, index, token)
        is_alone = not (self.is_each or self.is_span or self.named or self.joint or "except" in self.marks)
        if self.waiting is not None and self.previous == "day" and is_alone:
            days = self.days[-1]  # « 03/11/2026 mardi »
            self.named.append(Weekdays(self.waiting.numbers, self.waiting.text, [days], days.last or days.first))
            self.waiting = None
        self._release()
        if self.year_before is not None:
            self._take_year_before(self.year_before)
        self.left += [word for mark, word in (("each", "tous"), ("duration", "duree")) if mark in self.marks]
        return self

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
            case "word" | "price":
                self.left.append(token[0])
                self.marks.add("word")
            case _:
                if kind == "except":
                    self._release()
                self.marks.add(kind)

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
        named = [day for day in self.all_written if day.month]
        return bool(named) and bool(re.match(r"[a-z]", named[-1].text))

    def _take_day(self, index: int, token: re.Match[str]) -> None:
        if self.depth and self.days and "word" in self.marks:  # « (inscription avant le 1er novembre) »
            self.left.append(token[0])
            return
        day = self._day_at(index, token)
        if day is None:
            self.is_readable = False
            return
        if self.sign in ("ou", "or") and self.previous:  # which of them is not settled
            self.left.append(self.sign)
        is_listed = self.waiting is not None and self._is_apart(index)
        if is_listed:
            self._release()
            self.marks.discard("except")  # « sauf le lundi, du 3 au 15 »
        named, self.waiting = self.waiting, None
        last = self.days[-1] if self.days else None
        if "except" in self.marks:
            self.excluded.append(day)
        elif last is not None and last.last is None and self._is_end(last, token[0]):
            if not self.joint:  # two days side by side: a beginning and an end, most likely
                self.left.append(token[0])
            last.last = day
        elif last is not None and self._is_chain(last):
            last.is_unsure = True
            self.days.append(Days(day))
        else:
            if last is not None and self._is_unclear(last, token):
                self.left.append(self.sign or token[0])
            self.days.append(Days(day))
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
        self.marks.discard("word")
        if self.days and self.days[-1].last is not None:
            self.marks.discard("between")

    def _is_end(self, last: Days, written: str) -> bool:
        """Tell whether a day ends the range that the last one begins. After whole hours another session begins."""
        has_ended = any(ends for _, ends in last.hours) or len(last.hours) > 1
        if self.joint == "range" or (self.joint == "list" and "between" in self.marks):
            return not has_ended
        if self.joint == "list" and self.sign == "/" and not has_ended:  # ISO 8601 writes an interval so
            return bool(re.match(r"\d{4}-", last.first.text)) or (bool(last.hours) and last.first.text == written)
        return not self.joint and self.previous == "day" and not last.hours

    def _is_chain(self, last: Days) -> bool:
        """Tell whether more than two days stand in a row of dashes: « 3-4-5 novembre »."""
        return self.joint == "range" and self.sign == "-" and last.last is not None and self.previous == "day"

    def _is_unclear(self, last: Days, token: re.Match[str]) -> bool:
        """Tell whether it cannot be said if two days are a beginning and an end."""
        if self.joint == "range":
            return self.sign != "-" or last.last is not None
        is_full = token.lastgroup == "day" and self.previous == "day" and bool(last.first.year)
        return (not self.joint and bool(last.hours)) or (self.sign == "/" and is_full)

    def _day_at(self, index: int, token: re.Match[str]) -> Day | None:
        if token.lastgroup == "number":
            number = int(re.sub(r"\D", "", token[0]))
            month = self.hint.month if self.month_before is not None else None
            return Day(number, month, None, token[0]) if number else None
        number, month, year = day_number_of(token), month_of(token), year_of(token)
        if not number:  # which is the last day of a month here, and no day where it is written
            return None
        if is_numeric(token):
            if not self.hint.order and number != month and max(number, month) <= 12:
                return None
            if self.hint.order == "mdy" or (not self.hint.order and month > 12):
                number, month = month, number
        return Day(number, month, year, token[0])

    def _take_month(self, token: re.Match[str]) -> None:
        """Take a month that stands alone: of weekdays, of « tous les jours », or of days written without it."""
        month, year = month_of(token), year_of(token)
        bare = [day for day in self.all_written if day.month is None]
        if self.waiting is not None and (self.is_each or self.ranks):
            self.every |= set(self.waiting.numbers)
            self.waiting = None
            self._take_whole(token)
        elif bare:
            for day in bare:
                day.month, day.year = month, day.year or year
        elif not self.days and (self.every or self._says_whole(token)):
            self._take_whole(token)
        elif not self.days and self.month_before is None and self._heads_numbers(token):
            self.month_before = token
            self.hint = replace(self.hint, month=month, year=year or self.hint.year)
        else:
            self.left.append(token[0])
            self.marks.add("word")

    def _take_whole(self, token: re.Match[str]) -> None:
        """Take the days of a month."""
        month, year = month_of(token), year_of(token)
        self.days.append(Days(Day(1, month, year, token[0]), Day(0, month, year, token[0])))
        self.marks -= {"each", "word"}
        self.is_each = False
        self.joint, self.sign, self.previous = "", "", "day"

    def _heads_numbers(self, token: re.Match[str]) -> bool:
        """Tell whether the days of a month stand after it: « novembre : 5, 12 et 19 »."""
        after = [each for each in self.tokens if each.start() >= token.end()]
        return bool(re.match(r"\s*(?:20\d\d)?\s*:", token.string[token.end() :])) and any(
            each.lastgroup == "number" for each in after[:2]
        )

    def _says_whole(self, token: re.Match[str]) -> bool:
        """Tell whether a month is taken as a whole: « tout le mois de », « tous les jours de »."""
        return bool(
            re.search(r"\b(?:tous les jours|tout le mois|every day|chaque jour)\b", token.string[: token.start()])
        )

    def _take_year(self, token: re.Match[str]) -> None:
        """Take a year that stands alone: that of the days before it, or of those after."""
        lacking = [day for day in self.all_written if day.year is None]
        for day in lacking:
            day.year = int(token[0])
        if not lacking and not self.days:
            self.year_before = token  # « 2026 : 5 novembre »
        elif not lacking:
            self.left.append(token[0])

    def _take_year_before(self, token: re.Match[str]) -> None:
        """Give the days the year that stands before them all, if none has one of its own."""
        if any(day.year for day in self.all_written):
            self.left.append(token[0])
        for day in self.all_written:
            day.year = day.year or int(token[0])

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
            self.named.append(Weekdays([number], token[0], [days], days.last or days.first))
            return
        self.waiting = Weekdays([number], token[0])
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

    def _is_hour(self, index: int) -> bool:
        """Tell whether a number shares the unit of the hour beside it: « 9-12h », « 9h30 à 12 »."""
        after = [token.lastgroup for token in self.tokens[index + 1 : index + 3]]
        before = [token.lastgroup for token in self.tokens[max(0, index - 2) : index]]
        is_between = "between" in self.marks and after == ["list", "hour"]  # « entre 9 et 12h »
        if index and self.tokens[index - 1][0] in ("le", "les"):
            return False
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
        elif is_beside and not has_label and self._is_length(hour, hours):
            self._add_length(timedelta(hours=hour.hour, minutes=hour.minute), hours)  # « 18h30 (2 heures) »
        elif hour is None or "except" in self.marks or (hours and has_label) or is_beside:
            self.left.append(written)  # « (ouverture des portes à 20h) »
        elif self.sign.startswith("jusqu") and not follows:
            self.left.append(f"{self.sign} {written}")  # when it begins is not said
        elif follows and self.sign in (",", ";", "+") and self._is_length(hour, hours):
            self._add_length(timedelta(hours=hour.hour, minutes=hour.minute), hours)  # « 14h, 1h30 »
        elif (
            follows
            and self.joint == "range"
            and self._is_length(hour, hours)
            and (self.sign == "/" or _EARLY <= hours[-1][0] <= _LATE)
        ):
            self.left.append(f"{self.sign} {written}")  # « 14h - 1h30 », « 18h / 2h »: an end in the night or a length
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
            if token.lastgroup != "number" and is_last_midnight(token):
                self.left.append("minuit" if written == MIDNIGHT else written)  # which night it begins in is not said
        self.joint, self.sign, self.previous = "", "", "hour"
        self.marks.discard("word")

    @staticmethod
    def _is_length(hour: time | None, hours: list[Hours]) -> TypeGuard[time]:
        """Tell whether an hour after another is more likely a length: it is small, and earlier in the day."""
        return hour is not None and bool(hours) and hours[-1][1] is None and time() < hour <= _LONGEST < hours[-1][0]

    @staticmethod
    def _add_length(length: timedelta, hours: list[Hours]) -> None:
        hours[-1] = hours[-1][0], (datetime.combine(date.min, hours[-1][0]) + length).time()

    def _begins_anew(self, token: re.Match[str]) -> bool:
        """Tell whether an hour without a sign before it begins another session: « 9h-12h 14h-17h », « 9h-12h de 14h à 17h »."""
        if self.joint:
            return False
        after = [each.lastgroup for each in self.tokens if each.start() > token.start()][:2]
        return after == ["range", "hour"] or token.string[: token.start()].rstrip().endswith(" de")

    def _take_length(self, length: timedelta | None, written: str) -> None:
        hours = self._hours()
        is_open = bool(hours) and hours[-1][1] is None
        is_said = "duration" in self.marks or (self.previous == "hour" and not self.marks & {"word", "each"})
        if is_said and length and is_open:
            self._add_length(length, hours)
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
        is_same_list = self.joint == "list" and written == "a" and self.previous == "hour"  # « 14h, à 16h »
        if not (self.joint == "range" and kind == "list") and not is_same_list:
            self.joint, self.sign = kind, written

    def _is_list_of_hours(self, index: int) -> bool:
        """Tell whether three hours or more stand between strokes, or a day follows: « 10h / 14h / 16h »."""
        after = [token.lastgroup for token in self.tokens[index + 1 : index + 4]]
        before = [token.lastgroup for token in self.tokens[max(0, index - 3) : index]]
        is_middle = after[:2] == ["hour", "list"] and self.tokens[index + 2][0] == "/" and after[2:3] == ["hour"]
        return is_middle or before == ["hour", "list", "hour"] or after[:1] != ["hour"]
