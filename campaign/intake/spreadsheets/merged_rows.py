"""Rows below one merged title whose place, organiser and other cells are one too: the sessions of one event."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Final

from campaign.intake.fields.columns import Header
from campaign.intake.fields.reshaping import Record

_HOURS: Final = ("begins_hour", "ends_hour")
_DATES: Final = ("begins", *_HOURS)
_NOT_JOINED: Final = ("slots", "ends", "duration", "month", "year")  # which say a date together with others


def records(rows: Iterable[Record], header: Header, ends: Mapping[int, int]) -> Iterator[Record]:
    """Yield the records of a sheet, each with its line; of rows below one merged title one, with all their days and hours.

    `ends` holds the last line of each title that spans several, by its first. Rows that differ in anything but their date stay apart.
    """
    columns = {field: indexes[0] for field, indexes in header.columns.items() if field in _DATES}
    is_one_each = all(len(header.columns.get(field, [])) <= 1 for field in _DATES)
    if not ends or "begins" not in columns or not is_one_each or set(_NOT_JOINED) & set(header.columns):
        yield from rows
        return
    block: list[Record] = []
    last = 0
    for line, cells in rows:
        if line > last and block:
            yield from _joined(block, columns)
            block = []
        last = ends.get(line, last)
        if line <= last:
            block.append((line, cells))
        else:
            yield line, cells
    yield from _joined(block, columns)


def _joined(block: Sequence[Record], columns: Mapping[str, int]) -> list[Record]:
    """Return the rows of a block as one, if they say the same beside their dates; as they are else."""
    rest = [_beside(cells, columns) for _, cells in block]
    dates = [_date(cells, columns) for _, cells in block]
    if not all(dates) or len(set(dates)) < len(dates) or not all(_is_below(each, rest[0]) for each in rest):
        return list(block)
    if not block:
        return []
    line, cells = block[0]
    whole = [*cells]
    if len(block) == 1:
        return [(line, whole)]
    for field, index in columns.items():
        if index < len(whole):
            whole[index] = " ; ".join(dates) if field == "begins" else ""
    return [(line, whole)]


def _beside(cells: Sequence[str], columns: Mapping[str, int]) -> list[str]:
    return ["" if index in columns.values() else cell.strip() for index, cell in enumerate(cells)]


def _is_below(cells: Sequence[str], first: Sequence[str]) -> bool:
    """Tell whether a row says nothing that the first one of its block does not say."""
    return all(not cell or cell == above for cell, above in zip_longest(cells, first, fillvalue=""))


def _date(cells: Sequence[str], columns: Mapping[str, int]) -> str:
    """Return the day of a row with its hours; "" for a row without a day."""
    begins, *hours = (cells[columns[field]].strip() if field in columns else "" for field in _DATES)
    return f"{begins} {' - '.join(filter(None, hours))}".strip() if begins else ""
