"""Tables of weeks: « Semaine 45 : du 3 au 9 novembre » stands above rows that say a weekday, which is the day of that week."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from campaign.intake.dates import date_text
from campaign.intake.fields import columns, date_hints
from campaign.intake.fields.column_names import field_of
from campaign.intake.fields.headings import only_cell
from campaign.intake.fields.reshaping import Record, reshaped

_LONGEST: Final = 7  # days
_OF_WEEK: Final = re.compile(r"(?i)^\W*(?:semaine|sem\.?|week|s)\s*(?:n°\s*)?\d{1,2}\b\s*[:,(–-]*\s*")
_HAS_RANGE: Final = re.compile(r"\d.*(?:au|-|–|to)\s*\D*\d")


@dataclass(frozen=True)
class _Weeks:
    """The record that heads the table, and the column of weekdays."""

    row: int
    days: int


def is_one(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first rows of a table are those of such a table."""
    return _weeks(rows) is not None


def records(rows: Iterable[Record]) -> Iterator[Record]:
    """Return the records of a table, each with its line; a weekday below a week as its date."""
    return reshaped(rows, _weeks, _rewritten)


def _weeks(rows: Sequence[Sequence[str]]) -> _Weeks | None:
    if not any(_week(cells) for cells in rows):
        return None
    number = columns.header_row(rows)
    fields = [field_of(name) for name in rows[number]] if number >= 0 else []
    if fields.count("begins") != 1:
        return None
    at = fields.index("begins")
    cells = [row[at].strip() for row in rows[number + 1 :] if at < len(row) and row[at].strip() and not only_cell(row)]
    named = [cell for cell in cells if date_hints.are_weekdays(cell)]
    return _Weeks(number, at) if named and len(named) == len(cells) else None


def _rewritten(weeks: _Weeks, first: list[Record], rest: Iterator[Record]) -> Iterator[Record]:
    week: list[date] = []
    for number, (line, cells) in enumerate((*first, *rest)):
        if title := _week(cells):
            week = title
            if number > weeks.row:  # said by each of the days below it
                continue
        elif re.search(r"\d", only_cell(cells) or ""):  # another time, of which a weekday says no day
            week = []
        written = cells[weeks.days].strip() if weeks.days < len(cells) else ""
        weekday = date_hints.weekday_of(written) if date_hints.are_weekdays(written) else None
        day = next((day for day in week if day.weekday() == weekday), None)
        if day is None or only_cell(cells):
            yield line, cells
        else:
            yield line, [*cells[: weeks.days], day.isoformat(), *cells[weeks.days + 1 :]]


def _week(cells: Sequence[str]) -> list[date]:
    """Return the days of a title that gives a week or a part of one, with its year; none if a row is no such title."""
    text = only_cell(cells) or ""
    if not _HAS_RANGE.search(text):
        return []
    sessions, left = date_text.parse(_OF_WEEK.sub("", text).removesuffix(")"))
    if len(sessions) != 1 or left:
        return []
    begins, ends = sessions[0]
    if (
        begins.hour is not None
        or ends is None
        or ends.hour is not None
        or not 0 < (ends.day - begins.day).days < _LONGEST
    ):
        return []
    return [begins.day + timedelta(days=n) for n in range((ends.day - begins.day).days + 1)]
