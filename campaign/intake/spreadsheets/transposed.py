"""Tables whose field names stand in the first column, and forms of one event (« Titre : … »): turned, so that each event is a row.

The names may come again below, as forms that stand one under the other: each time begins another event.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from campaign.intake.fields.column_names import LONGEST_HEADER, field_of, plain, recognised
from campaign.intake.fields.flags import flag_of
from campaign.intake.fields.guessing import is_full_date
from campaign.intake.fields.reshaping import Record, reshaped

_MOST: Final = 5_000  # rows of a table that is turned
_LABELLED: Final = re.compile(r"^\s*([^:\n]{2,60}?)\s*:\s+(\S.*)$", re.DOTALL)
_SIDES: Final = {
    **dict.fromkeys(("de", "du", "from"), "Date de début"),
    **dict.fromkeys(("a", "au", "to"), "Date de fin"),
}  # before a date
_FEWEST: Final = 3  # names of fields, of which one is the title


@dataclass
class _Form:
    """What stands beside the names of fields, from one title to the next: the cells of each name."""

    line: int
    cells: dict[str, list[str]] = field(default_factory=dict)


def is_transposed(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first rows of a sheet have the names of fields in a column."""
    return _column(rows) is not None


def records(rows: Iterable[Record]) -> Iterator[Record]:
    """Return the records of a sheet, each with its line; of a turned table those of its columns, each with the column's number."""
    return reshaped(rows, _column, _rewritten)


def _rewritten(column: int, first: list[Record], rest: Iterator[Record]) -> Iterator[Record]:
    above, forms = _forms([*first, *islice(rest, _MOST)], column)
    names = list(dict.fromkeys(name for form in forms for name in form.cells))
    yield from above
    yield forms[0].line, names
    for form in forms:
        width = max(map(len, form.cells.values()))
        for index in range(width):
            cells = [_at(form.cells.get(name, []), index) for name in names]
            if any(cell.strip() for cell in cells):
                yield (form.line if width == 1 else column + index + 2), cells
    yield from rest  # more than a table that is turned may hold: rows without a title, which are told


def _column(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the column that holds the names of fields: the first that is filled, where no row is a header."""
    filled = [[index for index, cell in enumerate(cells) if cell.strip()] for cells in rows]
    starts = [indexes[0] for indexes in filled if indexes]
    if len(starts) < _FEWEST or any(recognised(cells) for cells in rows):
        return None
    column = max(set(starts), key=starts.count)
    names = [_label(cells[column])[0] for cells in rows if column < len(cells) and cells[column].strip()]
    fields = [name for name in names if field_of(name)]
    if len(set(map(field_of, fields))) < _FEWEST or len(fields) * 2 < len(names) or not recognised(fields):
        return None
    has_values = any(len(indexes) > 1 for indexes in filled) or any(map(_LABELLED.match, names))
    is_labelled = any(_label(cells[column])[1] for cells in rows if column < len(cells))
    return column if has_values or is_labelled else None


def _forms(rows: Sequence[Record], column: int) -> tuple[list[Record], list[_Form]]:
    """Return the rows above the first name, and the forms below."""
    above: list[Record] = []
    forms: list[_Form] = []
    last = ""
    for line, cells in rows:
        label, value = _label(cells[column]) if column < len(cells) else ("", "")
        values = [value, *cells[column + 1 :]] if value else cells[column + 1 :]
        if not forms and not field_of(label):
            above.append((line, cells))
            continue
        if not label:
            if last and any(cell.strip() for cell in values):  # a cell that goes on below
                forms[-1].cells[last] = _joined(forms[-1].cells[last], values)
            continue
        name = next((known for known in (forms[-1].cells if forms else ()) if plain(known) == plain(label)), "")
        if not forms or name:
            forms.append(_Form(line))
        last = next((known for form in forms for known in form.cells if plain(known) == plain(label)), label)
        while values and not values[-1].strip():
            values = values[:-1]
        forms[-1].cells[last] = list(values)
    return above, forms


def _label(cell: str) -> tuple[str, str]:
    """Return the name that a cell begins with and the value behind it: « Titre : Forum »; "" where it holds a name alone."""
    text = cell.strip()
    if match := _LABELLED.match(text):
        side = _SIDES.get(plain(match[1])) if is_full_date(match[2]) else None
        if side or field_of(match[1]) or flag_of(match[1], [match[2]]):
            return side or match[1], match[2]
    return text.rstrip(" :*\u00a0")[: LONGEST_HEADER + 1], ""


def _joined(above: list[str], below: Sequence[str]) -> list[str]:
    width = max(len(above), len(below))
    pairs = [(_at(above, index), _at(below, index).strip()) for index in range(width)]
    return ["\n".join(filter(None, pair)) for pair in pairs]


def _at(cells: Sequence[str], index: int) -> str:
    return cells[index] if index < len(cells) else ""
