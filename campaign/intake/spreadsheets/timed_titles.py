"""Tables whose cells of titles say hours first, « 10h : Atelier », several of them on lines below each other: each is an event."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from campaign.intake.fields import columns, unnamed_columns
from campaign.intake.fields.column_names import field_of, plain
from campaign.intake.fields.reshaping import Record, reshaped

_FEWEST: Final = 2
_MOST: Final = 0.6  # of the lines
_CLOCK: Final = r"\d{1,2}\s?(?:h(?:\s?[0-5]\d)?(?!\w)|:[0-5]\d)"
_TIMED: Final = re.compile(
    rf"(?i)\W*(?P<hours>(?:de |à )?{_CLOCK}(?:\s?(?:[-–]|à)\s?{_CLOCK})?)\s*[:–—-]\s*(?P<title>\w.*)"
)
_NAMES: Final = (
    frozenset({"programme", "au programme", "deroule", "evenements", "animations"}) | unnamed_columns.SUBJECTS
)


class _Timed(NamedTuple):
    """The record that heads the table, and the column of hours and titles."""

    row: int
    column: int


def is_one(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first rows of a table are those of such a table."""
    return _timed(rows) is not None


def records(rows: Iterable[Record]) -> Iterator[Record]:
    """Return the records of a table, each with its line; of a cell of several hours one for each of them."""
    return reshaped(rows, _timed, _rewritten)


def _rewritten(shape: _Timed, first: list[Record], rest: Iterator[Record]) -> Iterator[Record]:
    yield from first[: shape.row]
    line, names = first[shape.row]
    yield line, [*names[: shape.column], "Heure", "Titre", *names[shape.column + 1 :]]
    for line, cells in (*first[shape.row + 1 :], *rest):
        written = cells[shape.column] if shape.column < len(cells) else ""
        for hours, title in _events(written) or [("", written)]:
            yield line, [*cells[: shape.column], hours, title, *cells[shape.column + 1 :]]


def _timed(rows: Sequence[Sequence[str]]) -> _Timed | None:
    number = columns.header_row(rows)
    if number < 0:
        number = next((at for at, cells in enumerate(rows) if any(field_of(name) == "begins" for name in cells)), -1)
    fields = [field_of(name) for name in rows[number]] if number >= 0 else []
    if "begins" not in fields or {"begins_hour", "slots"} & {*fields}:
        return None
    titles = [index for index, name in enumerate(rows[number]) if fields[index] == "title" or plain(name) in _NAMES]
    if len(titles) != 1:
        return None
    lines = [
        line
        for row in rows[number + 1 :]
        if titles[0] < len(row)
        for line in row[titles[0]].split("\n")
        if line.strip()
    ]
    timed = sum(bool(_TIMED.fullmatch(line.strip())) for line in lines)
    return _Timed(number, titles[0]) if timed >= max(_FEWEST, _MOST * len(lines)) else None


def _events(written: str) -> list[tuple[str, str]]:
    """Return hours and title of each line of a cell; what stands below without an hour belongs to the title above."""
    events: list[tuple[str, str]] = []
    for line in filter(None, map(str.strip, written.split("\n"))):
        match = _TIMED.fullmatch(line)
        if match:
            events.append((match["hours"], match["title"]))
        elif events:
            events[-1] = (events[-1][0], f"{events[-1][1]} {line}")
        else:
            events.append(("", line))
    return events
