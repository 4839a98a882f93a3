"""Grids whose rows are days and whose columns are places: a département, a commune or a région over each column.

Each line of a filled cell becomes a row with its day and its place.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from campaign.intake.fields import columns, date_hints, month_grids, named_places
from campaign.intake.fields.reshaping import SEARCHED, Record, reshaped

_NAMES: Final = {"departement": "Département", "city": "Ville", "region": "Région"}


@dataclass(frozen=True)
class _Grid:
    """The record that heads the columns, the column of the days, the place over each of the others, and what these are."""

    row: int
    days: int
    places: dict[int, str]
    kind: str


def is_one(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first rows of a sheet are such a grid."""
    return _grid(rows) is not None


def records(rows: Iterable[Record]) -> Iterator[Record]:
    """Return the records of a sheet, each with its line; those of a grid of days and places as one for each thing in a cell."""
    return reshaped(rows, _grid, _rewritten)


def _rewritten(grid: _Grid, first: list[Record], rest: Iterator[Record]) -> Iterator[Record]:
    yield from first[: grid.row]
    yield first[grid.row][0], [_NAMES[grid.kind], "Date", "Titre"]
    for line, cells in (*first[grid.row + 1 :], *rest):
        day = cells[grid.days].strip() if grid.days < len(cells) else ""
        for index, cell in enumerate(cells):
            for item in filter(None, map(str.strip, cell.split("\n"))) if index != grid.days else ():
                hours, title = month_grids.hours_and_rest(item)
                yield line, [grid.places.get(index, ""), f"{day} {hours}".strip(), title]


def _grid(rows: Sequence[Sequence[str]]) -> _Grid | None:
    for number, cells in enumerate(rows[:SEARCHED]):
        if columns.recognised(cells):
            return None  # a table with a header of its own
        filled = {index: cell.strip() for index, cell in enumerate(cells) if cell.strip()}
        if len(filled) < 2:
            continue
        days = [index for index in range(sorted(filled)[-2]) if _are_days(rows[number + 1 :], index)]
        for kind in _NAMES if len(days) == 1 else ():
            places = {index: place for index, cell in filled.items() if (place := _place(cell, kind))}
            if len(places) > 1 and set(filled) <= {*places, *days}:
                return _Grid(number, days[0], places, kind)
    return None


def _place(text: str, kind: str) -> str | None:
    if kind == "departement":
        return named_places.departement_of(text) if re.search(r"[^\W\d]", text) else None
    if kind == "region":
        return named_places.region_of(text)
    return text if named_places.is_commune(text) else None


def _are_days(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Tell whether all that stands in a column is a day, and no hour."""
    cells = [cells[column].strip() for cells in rows if column < len(cells) and cells[column].strip()]
    return len(cells) > 1 and all(
        date_hints.WEEKDAY_AND_NUMBER.match(cell) or date_hints.is_day(cell) for cell in cells
    )
