"""Grids whose columns are days or months, as programmes are drawn: each filled cell becomes a row of its own.

A grid's header is a row of several days, or months, in order; the cells below hold what happens then: a title, hours, or a cross
beside the title of the row. Its other columns are those of each row.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from babel.dates import get_month_names

from campaign.intake.dates.date_tokens import TOKENS, month_of, simplified
from campaign.intake.fields import columns, date_hints, guessing, month_grids, unnamed_columns
from campaign.intake.fields.headings import OF_HEADING, heading_of
from campaign.intake.fields.reshaping import Record, reshaped
from campaign.intake.spreadsheets import (
    one_column,
    place_grids,
    side_tables,
    timed_titles,
    transposed,
    two_lines,
    weeks,
    wide_rows,
)

_CROSS: Final = re.compile(r"(?i)^\W*(?:x+|oui|ok|1|✓|✔|✗|•|●)\W*$")
_NOT: Final = re.compile(r"(?i)^\W*(?:non|no|faux|false|0)\W*$|^[\s/–—-]*$")  # a day on which there is nothing
_FROM_DAY: Final = re.compile(
    r"(?i)[\s,:(–-]*\b(?:(?:le|les|du|au)\s+)?(?:(?:lun|mar|mercre|jeu|vendre|same|diman)\w*\s+)?\d{1,2}\b.*$"
)
_DAYS: Final = re.compile(r"^((?:\D*?\d{1,2}(?:er)?\s*(?:,|et|au|&|-)\s*)*\D*?\d{1,2}(?:er)?)(?!\s*[h:\d])")
_PLACES: Final = ("city", "postcode", "commune_code", "venue", "address")
_ANSWERS: Final = frozenset({"oui", "non", "yes", "no", "si nécessaire", "peut-être", "maybe", "?"})


@dataclass(frozen=True)
class _Grid:
    """A header of days or months: which record it is, and what its columns are."""

    row: int
    days: dict[int, str]
    months: dict[int, str]
    others: dict[int, str]

    @property
    def has_titles(self) -> bool:
        """Whether one of the other columns holds the titles."""
        return any(_is_title(name) for name in self.others.values())

    @property
    def has_towns(self) -> bool:
        """Whether one of the other columns says where events take place."""
        return any(columns.field_of(name) in _PLACES for name in self.others.values())


def unfolded(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the first rows of a table, a grid's as one row for each of its filled cells."""
    return [cells for _, cells in records((number, list(cells)) for number, cells in enumerate(rows, start=1))]


def is_grid(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first rows of a table are those of a grid, of tables side by side, of a
    calendar or of a table that is turned: whose cells are not rows as written."""
    return (
        _grid(rows) is not None
        or side_tables.are_side_by_side(rows)
        or month_grids.is_sure(rows)
        or transposed.is_transposed(rows)
        or place_grids.is_one(rows)
        or wide_rows.is_one(rows)
        or two_lines.is_one(rows)
        or weeks.is_one(rows)
        or one_column.is_one(rows)
        or timed_titles.is_one(rows)
    )


def records(rows: Iterable[Record]) -> Iterator[Record]:
    """Return the records of a table, each with its line; those of a grid as one for each of its filled cells."""
    source = side_tables.records(month_grids.records(transposed.records(one_column.records(rows))))
    source = weeks.records(two_lines.records(wide_rows.records(place_grids.records(source))))
    return timed_titles.records(reshaped(source, _grid, _rewritten))


def _rewritten(grid: _Grid, first: list[Record], rest: Iterator[Record]) -> Iterator[Record]:
    yield from first[: grid.row]
    of_events = ["Date", "Précision"] if grid.has_titles else ["Date", "Titre", *([] if grid.has_towns else ["Ville"])]
    named = ["Titre" if columns.plain(name) in unnamed_columns.SUBJECTS else name for name in grid.others.values()]
    yield first[grid.row][0], [*named, *of_events]
    for line, cells in (*first[grid.row + 1 :], *rest):
        yield from ((line, row) for row in _rows(grid, cells))


def _grid(rows: Sequence[Sequence[str]]) -> _Grid | None:
    for number, cells in enumerate(rows):
        days = _days(cells, rows[:number])
        months = {index: cell.strip() for index, cell in enumerate(cells) if index not in days and _is_month(cell)}
        dates_by_column = {**days, **months}
        if max(len(days), len(months)) < 2 or len(set(dates_by_column.values())) < len(dates_by_column):
            if columns.recognised(cells):
                return None  # a table with a header of its own
            continue
        below = [
            row[index]
            for row in rows[number + 1 :]
            for index in dates_by_column
            if index < len(row) and row[index].strip()
        ]
        if not below or sum(date_hints.is_day(cell) or guessing.is_full_date(cell) for cell in below) * 2 >= len(below):
            continue  # columns of dates
        is_poll = sum(cell.strip().lower() in _ANSWERS for cell in below) * 2 > len(below)
        others = {
            index: cell.strip() or _name_of(rows[number + 1 :], index)
            for index, cell in enumerate(cells)
            if index not in dates_by_column
        }
        if any(columns.field_of(name) in ("begins", "ends") for name in others.values()):
            continue
        if is_poll and not any(map(_is_title, others.values())):
            return None  # who can come on which day
        filled = {index for row in rows[number:] for index, cell in enumerate(row) if cell.strip()}
        return _Grid(number, days, months, {index: name for index, name in others.items() if index in filled})
    return None


def _is_title(name: str) -> bool:
    """Tell whether a column beside the days is called after titles, or after what is shown: « Film »."""
    return columns.field_of(name) == "title" or columns.plain(name) in unnamed_columns.SUBJECTS


def _name_of(rows: Sequence[Sequence[str]], index: int) -> str:
    """Return a name for a column that has none, by what it holds: communes, départements."""
    kinds = {heading_of(cells[index].strip()) for cells in rows if index < len(cells) and cells[index].strip()}
    kind = kinds.pop() if len(kinds) == 1 else None
    return OF_HEADING[kind] if kind in ("city", "departement") else f"colonne {index + 1}"


def _days(cells: Sequence[str], above: Sequence[Sequence[str]]) -> dict[int, str]:
    """Return the days that a row has, by column; « Lundi 3 » has the month that stands alone above it."""
    days = {index: cell.strip() for index, cell in enumerate(cells) if date_hints.is_day(cell)}
    if days or sum(bool(date_hints.WEEKDAY_AND_NUMBER.match(cell.strip())) for cell in cells) < 2:
        return days
    text = " ; ".join(cell for row in above for cell in row if cell)
    named = (token for token in TOKENS.finditer(simplified(text)) if token.lastgroup in ("day", "monthly"))
    months = {month for token in named if 1 <= (month := month_of(token)) <= 12}
    if len(months) != 1:
        return {}
    written = f"{get_month_names('wide', locale='fr')[months.pop()]} {date_hints.month_and_year(text)[1] or ''}".strip()
    return {
        index: f"{cell.strip()} {written}"
        for index, cell in enumerate(cells)
        if date_hints.WEEKDAY_AND_NUMBER.match(cell.strip())
    }


def _is_month(cell: str) -> bool:
    text = cell.strip()
    return (
        bool(re.search(r"[^\W\d]{3}", text))
        and date_hints.is_month(text)
        and date_hints.month_and_year(text)[0] is not None
    )


def _rows(grid: _Grid, cells: Sequence[str]) -> Iterator[list[str]]:
    """Yield a row for each thing that a row of a grid says; the days of one title are the sessions of one event."""
    beside = [cells[index] if index < len(cells) else "" for index in grid.others]
    events = []
    for index, label in {**grid.days, **grid.months}.items():
        written = cells[index] if index < len(cells) else ""
        if _NOT.match(written):
            continue
        if index in grid.days and not grid.has_titles:
            events += [(day, title, town) for day, title, town in month_grids.events(label, written)]
            continue
        events += [(*_event(grid, index, label, item), "") for item in map(str.strip, written.split("\n")) if item]
    if events and grid.has_titles:
        yield [*beside, " ; ".join(day for day, *_ in events if day), " ; ".join(text for _, text, _ in events if text)]
        return
    has_town = grid.has_towns
    yield from ([*beside, day, title, *([] if has_town else [town])] for day, title, town in events)


def _event(grid: _Grid, index: int, label: str, item: str) -> tuple[str, str]:
    """Return date and title (or what is left, beside a title) of one line of a cell."""
    if _CROSS.match(item):
        return (label, "") if index in grid.days else ("", label)
    if index in grid.days:
        hours, rest = month_grids.hours_and_rest(item)
        return f"{label} {hours}".rstrip(), rest
    day = _FROM_DAY.search(item)
    if day is None:
        return "", item
    written = day[0].strip(" ,:(–-")
    dated = _DAYS.sub(rf"\1 {label}", written, count=1)  # « le 12 à 14h » of the column « Novembre 2026 »
    return dated, item[: day.start()].strip(" ,:(–-") or item
