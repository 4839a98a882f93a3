"""Reads the tokens of a text about days and hours, from left to right, into a tree of days and hours."""

import re
from datetime import timedelta
from typing import Final

from campaign.intake.dates.date_reading_days import DayReader
from campaign.intake.dates.date_tokens import half_of, rank_of
from campaign.intake.dates.date_tree import HALVES, Tree, Weekdays

_MOVED: Final = re.compile(r"(?:report|deplac|decal)ee?s? (?:au|le)\b|(?:postponed|moved|rescheduled) (?:to|until)\b")


class Reader(DayReader):
    """Reads the tokens of one text."""

    def read(self) -> Tree:
        """Return what the text says."""
        for index, token in enumerate(self.tokens):
            kind = token.lastgroup or ""
            if kind == "number" and self._is_short_year(index):
                self._take_short_year(token)
                continue
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
                if token[0] == ")" and "except" in self.marks:  # « (sauf le 11) 10h-12h »
                    self._release()
                    self.marks.discard("except")
            case "holidays" if "except" in self.marks:
                self._release()
                self.is_closed_on_holidays, self.joint = True, ""
            case "holidays":
                self.left.append(token[0])
                self.marks.add("word")
            case "rank":
                self.ranks.append(rank_of(token[0]))
            case "fortnight":
                self.fortnight = token[0]
            case "neutral":
                if token[0].startswith(("jour", "day", "mois")):
                    self.marks.discard("each")
            case "word" if token[0] in HALVES and self._closes_half(token[0]):
                pass
            case "word" | "price":
                self.left.append(token[0])
                if self.sign == "a":  # « le 3 à Rennes et le 5 à Brest »: no range
                    self.joint = self.sign = ""
                if _MOVED.match(token.string, token.start()):
                    self._take_back_days()
                self.marks.add("word")
            case _:
                if kind == "except":
                    self._release()
                self.marks.add(kind)
