"""Days in a text about days and hours: lists and ranges of them, months and years that stand alone."""

import re
from dataclasses import replace
from typing import Final

from campaign.intake.dates.date_reading_hours import HourReader
from campaign.intake.dates.date_tokens import day_number_of, is_numeric, month_of, year_of
from campaign.intake.dates.date_tree import Day, Days

_LAST_HOUR: Final = 24
_ANCHORS: Final = {"le", "les", "du", "au", "aux", "the", "on", "from"}


class DayReader(HourReader):
    """Takes days, months and years."""

    def _is_day(self, index: int) -> bool:
        """Tell whether a number is a day of the month: « 3, 10 et 17 novembre », « le 6 », « mardi 3 »."""
        before = self.tokens[index - 1] if index else None
        following = [token.lastgroup for token in self.tokens[index + 1 :]]
        is_anchored = before is not None and (before[0] in _ANCHORS or before.lastgroup in ("weekday", "except"))
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
        if self.sign.startswith("jusqu") and self.previous and not self.days:
            self.left.append(self.sign)  # « tous les mercredis à 18h jusqu'au 26 novembre »: from when on?
        is_listed = self.waiting is not None and self._is_apart(index)
        if is_listed:
            self._release()
            self.marks.discard("except")  # « sauf le lundi, du 3 au 15 »
        before = [each.lastgroup for each in self.tokens[:index] if each.lastgroup != "neutral"]
        if "except" in self.marks and before[-1:] == ["list"]:  # « sauf samedi, dimanche et le 11 »
            self._release()
        named, self.waiting = self.waiting, None
        last = self.days[-1] if self.days else None
        if "except" in self.marks:
            self.excluded.append(day)
        elif last is not None and last.last is None and self._is_end(last, token[0]):
            if not self.joint:  # two days side by side: a beginning and an end, most likely
                self.left.append(f"{last.first.text} {token[0]}")
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
        self.weekly = None
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
        is_after_hours = bool(self.before) and bool(
            re.search(r"\bl[ea]$|\bles$", token.string[: token.start()].rstrip())
        )
        return (not self.joint and bool(last.hours) and not is_after_hours) or (self.sign == "/" and is_full)

    def _day_at(self, index: int, token: re.Match[str]) -> Day | None:
        if token.lastgroup == "number":
            number = int(re.sub(r"\D", "", token[0]))
            month = self.hint.month if self.month_before is not None else None
            return Day(number, month, None, token[0]) if number else None
        number, month, year = day_number_of(token), month_of(token), year_of(token)
        if self.hint.order == "ymd" and token["y2"] and len(token["y2"]) == 2:
            number, year = int(token["y2"]), 2000 + number
        if not number:  # which is the last day of a month here, and no day where it is written
            return None
        if is_numeric(token):
            if not self.hint.order and number != month and max(number, month) <= 12:
                return None
            if self.hint.order == "mdy" or (not self.hint.order and month > 12):
                number, month = month, number
        return Day(number, month, year, token[0])

    def _take_back_days(self) -> None:
        """Leave the days so far, of which the next one takes the place: « 5 novembre, reporté au 12 »."""
        for days in self.days:
            self.excluded += [day for day in (days.first, days.last) if day]
        self.left += [days.first.text for days in self.days]
        self.days.clear()
        self.named.clear()
        self.before.clear()
        self.joint, self.sign, self.previous = "", "", ""

    def _take_month(self, token: re.Match[str]) -> None:
        """Take a month that stands alone: of weekdays, of « tous les jours », or of days written without it."""
        month, year = month_of(token), year_of(token)
        bare = [day for day in self.all_written if day.month is None]
        if self._goes_on_with_months():
            if self.joint == "range":
                self.days[-1].last = Day(0, month, year, token[0])  # « d'octobre à décembre »
            else:
                self._take_whole(token)
            self.joint, self.sign, self.previous = "", "", "day"
        elif self.waiting is not None and (self.is_each or self.ranks):
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

    def _goes_on_with_months(self) -> bool:
        """Tell whether a month stands behind a whole one that a sign goes on from: « d'octobre à décembre », « octobre et novembre »."""
        last = self.days[-1].last if self.days else None
        is_whole = last is not None and not last.number
        return is_whole and bool(self.joint) and self.previous == "day" and not (self.waiting or self._hours())

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

    def _is_short_year(self, index: int) -> bool:
        """Tell whether a number between a month and an hour may be the year: « 18 nov 14 à 20h », not « de 14 à 20h »."""
        token, day = self.tokens[index], self.tokens[index - 1] if index else None
        if day is None or day.lastgroup != "day" or not re.fullmatch(r".*[a-z]\.?\s?", day[0]) or not self.days:
            return False
        year, after = self.hint.year, self.tokens[index + 1 : index + 3]
        is_before_hour = [each.lastgroup for each in after if each[0] != "a"][:1] == ["hour"]
        is_beside = len(token[0]) == 2 and not token.string[day.end() : token.start()].strip()
        return is_before_hour and is_beside and (year is None or year == 2000 + int(token[0]))

    def _take_short_year(self, token: re.Match[str]) -> None:
        """Take the year of two digits behind a day; that it may be an hour is told."""
        day = self.days[-1].last or self.days[-1].first
        day.year = 2000 + int(token[0])
        if int(token[0]) <= _LAST_HOUR:
            self.left.append(token[0])

    def _take_year_before(self, token: re.Match[str]) -> None:
        """Give the days the year that stands before them all, if none has one of its own."""
        if any(day.year for day in self.all_written):
            self.left.append(token[0])
        for day in self.all_written:
            day.year = day.year or int(token[0])
