"""Hours in a text about days and hours: beginnings, ends, lengths, and the signs between them."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final, TypeGuard

from campaign.intake.dates.date_reading_weekdays import WeekdayReader
from campaign.intake.dates.date_tokens import MIDNIGHT, half_of, hour_of, is_last_midnight
from campaign.intake.dates.moments import Hours

_DOORS: Final = re.compile(r"\b(?:accueil|portes?|ouverture|doors?|installation)\b")
_LONGEST: Final = time(5)  # of lengths written like an hour: « 14h, 1h30 »
_EARLY: Final = time(12, 30)  # what begins before would last longer than a night
_LATE: Final = time(16, 30)  # what begins later may well last into the night: « 20h – 2h »


class HourReader(WeekdayReader):
    """Takes hours and lengths."""

    def _is_hour(self, index: int) -> bool:
        """Tell whether a number shares the unit of the hour beside it: « 9-12h », « 9h30 à 12 »."""
        after = [token.lastgroup for token in self.tokens[index + 1 : index + 3]]
        before = [token.lastgroup for token in self.tokens[max(0, index - 2) : index]]
        is_between = "between" in self.marks and after == ["list", "hour"]  # « entre 9 et 12h »
        if index and self.tokens[index - 1][0] in ("le", "les"):
            return False
        return after == ["range", "hour"] or before == ["hour", "range"] or is_between

    def _half(self, index: int) -> str | None:
        """Return the half of the day that the end of a range says for its beginning: « 6-8pm », « between 7 and 8pm »."""
        after = [token.lastgroup for token in self.tokens[index + 1 : index + 3]]
        if after != ["range", "hour"] and not ("between" in self.marks and after == ["list", "hour"]):
            return None
        ends = self.tokens[index + 2]
        half = half_of(ends)
        begins, last = hour_of(self.tokens[index], half), hour_of(ends)
        if half == "p" and begins is not None and last is not None and begins > last:
            return "a"  # « 11-1pm »
        return half

    def _take_hour(self, index: int, token: re.Match[str]) -> None:
        hour = hour_of(token, self._half(index))
        if "except" in self.marks and (
            self.sign in (",", ";") or self._follows_exception(index)
        ):  # « sauf le 11, 10h-12h »
            self._release()
            self.marks.discard("except")
        if self.waiting is not None and self.before and not self.days:
            self.left.append(self.waiting.text)  # « 10h-12h les samedis et 14h-16h les dimanches du 7 au 15 »
        self._begin_weekly()
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
        elif hours and hour and self.labelled and self._begins_after_doors(index):
            self.left.append(self.labelled)
            hours[:] = [(hour, None)]  # « portes 19h30, concert 20h »
            self.labelled = ""
        elif (
            is_beside
            and not has_label
            and hour
            and self._is_known_length(timedelta(hours=hour.hour, minutes=hour.minute), hours[-1])
        ):
            pass  # « 18h30 - 20h (1h30) »
        elif hour is None or "except" in self.marks or (hours and has_label) or is_beside:
            self.left.append(written)  # « (ouverture des portes à 20h) »
        elif self.depth and not hours and self.days and not has_label and time() < hour < _LONGEST:
            self.left.append(written)  # « 5 novembre (3h) »: when, or how long?
        elif self.sign.startswith("jusqu") and not follows:
            if self.left[-1:] == [self.sign]:
                self.left.pop()  # it is said once, with the hour
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

    def _follows_exception(self, index: int) -> bool:
        """Tell whether the first hours of a text stand behind what it leaves out: « sauf mardi et jeudi de 10h à 12h »."""
        after = [token.lastgroup for token in self.tokens[index + 1 : index + 3]]
        is_first = not self.before and not any(days.hours or days.last_hours or days.weekly for days in self.days)
        is_alone = bool(self.days) and not self.depth and not self.joint and "word" not in self.marks
        return (
            is_first and is_alone and after == ["range", "hour"] and (self.waiting is not None or bool(self.excluded))
        )

    def _begins_after_doors(self, index: int) -> bool:
        """Tell whether an hour has a label of its own, while the one before it is when doors open."""
        hours = [number for number, token in enumerate(self.tokens[:index]) if token.lastgroup in ("hour", "dotted")]
        if len(hours) != 1 or len(self._hours()) != 1:
            return False
        before, label = (
            " ".join(token[0] for token in tokens if token.lastgroup == "word")
            for tokens in (self.tokens[: hours[0]], self.tokens[hours[0] + 1 : index])
        )
        return bool(_DOORS.search(before)) and bool(label) and not _DOORS.search(label)

    @staticmethod
    def _is_length(hour: time | None, hours: list[Hours]) -> TypeGuard[time]:
        """Tell whether an hour after another is more likely a length: it is small, and earlier in the day."""
        return hour is not None and bool(hours) and hours[-1][1] is None and time() < hour <= _LONGEST < hours[-1][0]

    @staticmethod
    def _is_known_length(length: timedelta, hours: Hours) -> bool:
        """Tell whether a length behind a beginning and an end is that between them."""
        begins, ends = hours
        return ends is not None and datetime.combine(date.min, begins) + length == datetime.combine(date.min, ends)

    @staticmethod
    def _add_length(length: timedelta, hours: list[Hours]) -> None:
        hours[-1] = hours[-1][0], (datetime.combine(date.min, hours[-1][0]) + length).time()

    def _begins_anew(self, token: re.Match[str]) -> bool:
        """Tell whether an hour without a sign before it begins another session: « 9h-12h 14h-17h », « 9h-12h de 14h à 17h »."""
        following = [each for each in self.tokens if each.start() > token.start()][:2]
        after = [each.lastgroup for each in following]
        if self.joint:  # « 9h/12h - 14h/17h »
            ends, begins = self._hours()[-1][1], hour_of(token)
            is_after = ends is not None and begins is not None and ends <= begins
            is_whole = is_after and after == ["range", "hour"]  # « 9h-12h30 - 14h-17h30 »
            return self.joint == "range" and (is_whole or (after == ["list", "hour"] and following[0][0] == "/"))
        return after == ["range", "hour"] or token.string[: token.start()].rstrip().endswith(" de")

    def _take_length(self, length: timedelta | None, written: str) -> None:
        hours = self._hours() or (self.before if len(self.days) == 1 else [])
        is_open = bool(hours) and hours[-1][1] is None
        is_said = "duration" in self.marks or (self.previous == "hour" and not self.marks & {"word", "each"})
        if is_said and length and is_open and "duration" in self.marks and all(ends is None for _, ends in hours):
            for number, hour in enumerate(hours):  # « 10h30 et 14h30, durée 1h »
                of_one = [hour]
                self._add_length(length, of_one)
                hours[number] = of_one[0]
        elif is_said and length and is_open:
            self._add_length(length, hours)
        elif is_said and length and hours and self._is_known_length(length, hours[-1]):
            pass
        else:
            self.left.append(written.strip())
        self.marks.discard("duration")

    def _hours(self) -> list[Hours]:
        """Return the hours that the next one joins."""
        if self.weekly is not None:
            return self.weekly
        if not self.days:
            return self.before
        return self.days[-1].hours if self.days[-1].last is None else self.days[-1].last_hours

    def _take_sign(self, kind: str, index: int, written: str) -> None:
        is_open = bool(self._hours()) and self._hours()[-1][1] is None
        if written.startswith("jusqu") and not self.previous:
            self.left.append(written)
        if written == "/" and self.previous == "hour" and is_open and not self._is_list_of_hours(index):
            kind = "list" if self._is_apart_from_both(index) else "range"
            if kind == "list":  # « 10h / 14h »: two beginnings, or the second is an end
                self.left.append(" ".join(token[0].strip() for token in self.tokens[index - 1 : index + 2]))
        if kind == "list":
            self.marks.discard("word")
        is_same_list = self.joint == "list" and written == "a" and self.previous == "hour"  # « 14h, à 16h »
        if not (self.joint == "range" and kind == "list") and not is_same_list:
            self.joint, self.sign = kind, written

    def _is_apart_from_both(self, index: int) -> bool:
        """Tell whether blanks stand around a stroke between two hours that no length and no night is: « 10h / 14h », not « 18h / 2h »."""
        token, after = self.tokens[index], self.tokens[index + 1]
        hour = hour_of(after)
        is_spaced = token.string[token.start() - 1] == " " and token.string[token.end() : token.end() + 1] == " "
        return is_spaced and after.lastgroup == "hour" and hour is not None and hour > self._hours()[-1][0]

    def _is_list_of_hours(self, index: int) -> bool:
        """Tell whether three hours or more stand between strokes, or a day follows: « 10h / 14h / 16h », not « 10h/12h et 14h/16h »."""
        after = [token.lastgroup for token in self.tokens[index + 1 : index + 4]]
        before = [token.lastgroup for token in self.tokens[max(0, index - 3) : index]]
        is_middle = after[:2] == ["hour", "list"] and self.tokens[index + 2][0] == "/" and after[2:3] == ["hour"]
        ends_before = len(self._hours()) > 1 and self._hours()[-2][1] is not None
        return is_middle or (before == ["hour", "list", "hour"] and not ends_before) or after[:1] != ["hour"]
