"""Tables that stand side by side on a sheet, under the same names: read as one, the rows of each after another.

What a heading over each of them names (a town, a département, a day, a month) becomes a column of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from campaign.intake.fields.column_names import field_of, plain
from campaign.intake.fields.headings import heading_of
from campaign.intake.fields.reshaping import SEARCHED, Record, reshaped

_NAMES: Final = {"city": "Ville", "departement": "Département", "begins": "Date", "month": "Mois"}


@dataclass(frozen=True)
class _Tables:
    """The record that heads the tables, the columns of each, what stands over each, and what that is."""

    row: int
    blocks: list[list[int]]
    headings: list[str]
    name: str


def are_side_by_side(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first rows of a sheet are those of several tables beside each other."""
    return _tables(rows) is not None


def records(rows: Iterable[Record]) -> Iterator[Record]:
    """Return the records of a sheet, each with its line; of tables side by side those of the first, second… on each line."""
    return reshaped(rows, _tables, _rewritten)


def _rewritten(tables: _Tables, first: list[Record], rest: Iterator[Record]) -> Iterator[Record]:
    yield from first[: tables.row - bool(tables.name)]
    line, names = first[tables.row]
    yield line, [*(names[index] for index in tables.blocks[0]), *([tables.name] if tables.name else [])]
    for line, cells in (*first[tables.row + 1 :], *rest):
        for number, block in enumerate(tables.blocks):
            written = [cells[index] if index < len(cells) else "" for index in block]
            if any(cell.strip() for cell in written):
                yield line, [*written, *([tables.headings[number]] if tables.name else [])]


def _tables(rows: Sequence[Sequence[str]]) -> _Tables | None:
    for number, cells in enumerate(rows[:SEARCHED]):
        names = [plain(cell) for cell in cells]
        head = next(filter(None, names), "")
        starts = [index for index, name in enumerate(names) if name == head]
        if not head or len(starts) < 2:
            continue
        spans = [range(start, end) for start, end in pairwise([*starts, len(names)])]
        of_first = [index for index in spans[0] if names[index]]
        wanted = [names[index] for index in of_first]
        fields = {field_of(cells[index]) for index in of_first}
        blocks = []
        for span in spans:
            at = {names[index]: index for index in span if names[index]}
            if set(at) != set(wanted):
                break
            blocks.append([at[name] for name in wanted])
        if len(blocks) != len(spans) or not {"title", "begins"} <= fields:
            continue
        headings, name = _headings(rows[number - 1] if number else [], spans, fields)
        return _Tables(number, blocks, headings, name)
    return None


def _headings(above: Sequence[str], spans: Sequence[range], fields: set[str | None]) -> tuple[list[str], str]:
    """Return what the row above says over each table, and the column that it is; nothing if it does not say one thing of each."""
    headings = []
    for span in spans:
        filled = {above[index].strip() for index in span if index < len(above) and above[index].strip()}
        if len(filled) != 1:
            return [], ""
        headings.append(filled.pop())
    kinds = {heading_of(text) for text in headings}
    kind = kinds.pop() if len(kinds) == 1 else None
    return (headings, _NAMES[kind]) if kind and kind not in fields else ([], "")
