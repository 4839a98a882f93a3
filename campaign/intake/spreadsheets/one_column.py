"""Workbooks whose rows stand whole in the first column: a CSV file that a spreadsheet opened without splitting it."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from campaign.intake.fields import columns
from campaign.intake.fields.reshaping import Record, reshaped

_SEPARATORS: Final = (";", "\t", "|", ",")
_FEWEST: Final = 2


def is_one(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first rows of a table are such lines."""
    return _separator(rows) is not None


def records(rows: Iterable[Record]) -> Iterator[Record]:
    """Return the records of a table, each with its line; lines that stand in one cell as their cells."""
    return reshaped(rows, _separator, _rewritten)


def _rewritten(separator: str, first: list[Record], rest: Iterator[Record]) -> Iterator[Record]:
    for line, cells in (*first, *rest):
        yield line, _parts(cells, separator)


def _separator(rows: Sequence[Sequence[str]]) -> str | None:
    """Return what separates the cells of lines in one column, if it makes a header of them; None else."""
    filled = [cells for cells in rows if any(cell.strip() for cell in cells)]
    if len(filled) < _FEWEST or any(cell.strip() for cells in filled for cell in cells[1:]):
        return None
    for separator in _SEPARATORS:
        if not all(separator in cells[0] for cells in filled):
            continue
        parts = [_parts(cells, separator) for cells in filled]
        if columns.recognised(parts[0]) >= _FEWEST and all(len(each) <= len(parts[0]) for each in parts):
            return separator
    return None


def _parts(cells: Sequence[str], separator: str) -> list[str]:
    return next(csv.reader([" ".join(cells[:1]).replace("\n", " ")], delimiter=separator), [])
