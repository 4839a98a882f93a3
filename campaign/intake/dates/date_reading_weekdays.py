"""Weekdays in a text about days and hours: those that name a day, those that repeat, those that are left out."""

import re

from campaign.intake.dates.date_tokens import TOKENS, WEEKDAYS
from campaign.intake.dates.date_tree import Hint, Tree, Weekdays, WeeklyHours
from campaign.intake.dates.moments import Hours


class WeekdayReader(Tree):
    """What the tokens before say of the next one, and weekdays."""

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
        self.weekly: list[Hours] | None = (
            None  # the hours of the weekdays before them: « du 13 au 15 : ven. 18h-22h, sam. 10h »
        )
        self.marks: set[str] = set()  # between, each, except, duration, word
        self.depth = 0  # of parentheses
        self.year_before: re.Match[str] | None = None  # a year before any day
        self.month_before: re.Match[str] | None = None  # a month before the numbers of its days
        self.labelled = ""  # an hour that something else than the event has: « accueil 9h »

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
        is_named = self.depth > 0 and self.previous == "day" and "except" not in self.marks
        is_of_span = bool(self.days) and self.days[-1].last is not None and (is_each or self._goes_on(token))
        is_of_list = self._are_days_alone() and self._has_hour_behind(
            token
        )  # « 7 et 8 novembre (samedi 10h, dimanche 14h) »
        if (
            is_named and self.days and not (is_of_span or is_of_list)
        ):  # « 3 novembre (mardi) », not « du 2 au 15 (du lundi au vendredi) »
            days = self.days[-1]
            self.named.append(Weekdays([number], token[0], [days], days.last or days.first))
            return
        self.waiting = Weekdays([number], token[0])
        self.is_each, self.weekly = is_each, None

    def _are_days_alone(self) -> bool:
        """Tell whether the days so far are several, none of them a range or with hours of its own."""
        return len(self.days) > 1 and not any(days.last or days.hours for days in self.days)

    def _has_hour_behind(self, token: re.Match[str]) -> bool:
        """Tell whether an hour follows a weekday."""
        after = [each.lastgroup for each in self.tokens if each.start() > token.start() and each.lastgroup != "neutral"]
        return after[:1] in (["hour"], ["dotted"]) or after[:3] == ["number", "range", "hour"]

    def _goes_on(self, token: re.Match[str]) -> bool:
        """Tell whether another weekday follows in a range or a list."""
        after = [each.lastgroup for each in self.tokens if each.start() > token.start() and each.lastgroup != "neutral"]
        return after[:2] in (["range", "weekday"], ["list", "weekday"])

    def _begin_weekly(self) -> None:
        """Let the hours that follow be those of the weekdays that wait, within a range of days."""
        span = self.days[-1] if self.days else None
        if (
            self.waiting is None
            or span is None
            or (span.last is None and not self._are_days_alone())
            or span.hours
            or self.ranks
            or "except" in self.marks
        ):
            return
        self.weekly = []
        is_sure = self.is_each or self.is_span
        span.weekly.append(WeeklyHours(self.waiting.numbers, self.waiting.text, self.weekly, is_sure))
        self.waiting, self.is_each, self.is_span = None, False, False

    def _closes_half(self, half: str) -> bool:
        """Take the half of the day that weekdays are left out of: « fermé le mercredi après-midi »; tell whether it is one."""
        if self.waiting is None or "except" not in self.marks:
            return False
        self.closed_halves.append((set(self.waiting.numbers), half))
        self.waiting, self.is_each, self.is_span = None, False, False
        return True

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
