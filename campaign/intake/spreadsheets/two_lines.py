"""Tables of two lines per event: a day with its title, and below it the hours with what else is said.

Both are one row: the hours stand after the day, what the second line says of the title is a description, of a place more of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from campaign.intake.fields import columns, date_hints, guessing
from campaign.intake.fields.column_names import field_of
from campaign.intake.fields.reshaping import Record, reshaped

_FEWEST: Final = 2  # events of two lines
_BELOW: Final = "Description"


@dataclass(frozen=True)
class _Pairs:
    """The record that heads the table, the column of days and hours, that of titles, and the width."""

    row: int
    dates: int
    titles: int
    width: int


def is_one(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first rows of a table are those of such a table."""
    return _pairs(rows) is not None


def records(rows: Iterable[Record]) -> Iterator[Record]:
    """Return the records of a table, each with its line; of two lines of an event one."""
    return reshaped(rows, _pairs, _rewritten)


def _pairs(rows: Sequence[Sequence[str]]) -> _Pairs | None:
    if len(rows) <= 2 * _FEWEST:
        return None
    number = columns.header_row(rows)
    fields = [field_of(name) for name in rows[number]] if number >= 0 else []
    if (
        fields.count("begins") != 1
        or fields.count("title") != 1
        or {"begins_hour", "slots", "description"} & set(fields)
    ):
        return None
    at = fields.index("begins")
    cells = [row[at].strip() if at < len(row) else "" for row in rows[number + 1 :] if any(map(str.strip, row))]
    kinds = ["hours" if _are_hours(cell) else "day" if date_hints.is_day(cell) else "" for cell in cells]
    is_paired = all(
        kind == "day" or (kind == "hours" and before == "day")
        for before, kind in zip(["", *kinds], kinds, strict=False)
    )
    if not is_paired or kinds.count("hours") < _FEWEST:
        return None
    return _Pairs(number, at, fields.index("title"), len(fields))


def _rewritten(pairs: _Pairs, first: list[Record], rest: Iterator[Record]) -> Iterator[Record]:
    yield from first[: pairs.row]
    line, names = first[pairs.row]
    yield line, [*names, _BELOW]
    held: Record | None = None
    for line, cells in (*first[pairs.row + 1 :], *rest):
        written = [*cells, *[""] * (pairs.width - len(cells))]
        if held is not None and _are_hours(written[pairs.dates].strip()):
            yield held[0], _joined(pairs, held[1], written)
            held = None
            continue
        if held is not None:
            yield held
        held = (line, written)
    if held is not None:
        yield held


def _joined(pairs: _Pairs, above: Sequence[str], below: Sequence[str]) -> list[str]:
    cells = [", ".join(filter(None, map(str.strip, pair))) for pair in zip(above, below, strict=False)]
    cells[pairs.dates] = f"{above[pairs.dates].strip()} {below[pairs.dates].strip()}"
    cells[pairs.titles] = above[pairs.titles] or below[pairs.titles]
    return [*cells, below[pairs.titles] if above[pairs.titles].strip() else ""]


def _are_hours(cell: str) -> bool:
    return guessing.by_contents([cell, cell], "begins_hour") == 1 and not date_hints.is_day(cell)
