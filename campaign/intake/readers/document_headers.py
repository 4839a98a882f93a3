"""The headers of tables of web pages and Word documents, in which a cell that spans several is said in each of them."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from campaign.intake.fields.column_names import LONGEST_HEADER

SEARCHED_ROWS: Final = 10
_FEWEST: Final = 3  # columns over which a text stands that is a heading

Grid = list[list[str]]


def one_row(grid: Grid) -> Grid:
    """Return a table with its header in one row, also « Horaires » over « Début » and « Fin », and headings over all columns said once."""
    rows = [_once(cells) for cells in grid]
    for number in range(min(len(rows) - 1, SEARCHED_ROWS)):
        first, second = rows[number : number + 2]
        if _is_under(first, second):
            names = [
                name if name == over else f"{over} {name}".strip() for over, name in zip(first, second, strict=True)
            ]
            return [*rows[:number], names, *rows[number + 2 :]]
    return rows


def different(names: Sequence[str]) -> list[str]:
    """Return the names of columns, of which none hides another: blanks behind a name tell it from the same one before."""
    return list(_different(names))


def _different(names: Sequence[str]) -> Iterator[str]:
    for index, name in enumerate(names):
        yield name + "\u00a0" * names[:index].count(name)


def _once(cells: list[str]) -> list[str]:
    """Return a row that one cell spans as that cell alone."""
    if len(cells) >= _FEWEST and cells[0] and len(set(cells)) == 1:
        return [cells[0], *[""] * (len(cells) - 1)]
    return cells


def _is_under(first: Sequence[str], second: Sequence[str]) -> bool:
    """Tell whether a row names the columns below headings of the row above: different names below each, the same elsewhere."""
    if len(first) != len(second) or len(first) < _FEWEST:
        return False
    spanned = {
        index
        for index in range(len(first))
        if first[index] and first[index] in (*first[max(0, index - 1) : index], *first[index + 1 : index + 2])
    }
    below = [second[index] for index in spanned]
    are_names = all(name and len(name) <= LONGEST_HEADER and not re.search(r"\d", name) for name in below)
    return (
        bool(spanned)
        and are_names
        and len(set(below)) > 1
        and all(
            second[index] == first[index] or not second[index] for index in range(len(first)) if index not in spanned
        )
    )
