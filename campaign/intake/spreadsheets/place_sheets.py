"""Sheets of places beside a sheet of events, which names them by a code or a name: « L1 » is « 2 rue Haute, 35000 Rennes ».

What the sheet of places says of each stands in columns of its own behind those of the events.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from campaign.intake.fields import header_rows
from campaign.intake.fields.columns import field_of, plain
from campaign.intake.fields.headings import only_cell
from campaign.intake.fields.reshaping import Record

LARGEST: Final = 2 << 20  # bytes of a workbook made by hand: to look at all sheets of a larger one takes seconds
MOST_PLACES: Final = 2_000
_WHERE: Final = frozenset({"address", "postcode", "city", "commune_code", "position", "lat"})
_OF_PLACES: Final = _WHERE | {"venue", "departement", "region", "lon"}
_OF_EVENTS: Final = frozenset({"begins", "ends", "begins_hour", "ends_hour", "slots", "month", "year"})
_NAMES: Final = frozenset({"nom", "libelle", "intitule", "designation", "denomination", "lieu", "salle"})
_REFERS: Final = re.compile(r"\b(?:lieux?|salles?|sites?|venues?|places?|locations?|adresses?)\b")
_SHARE: Final = 0.5  # of the cells of a column that name a place of the sheet
_NAME: Final = "Nom du lieu"
_CODE: Final = "Code lieu"


@dataclass(frozen=True)
class Places:
    """A sheet of places; of the events' sheet the header's row, the column that names one, whether by a code; the columns to add and their
    cells, by what names a place.
    """

    sheet: str
    row: int
    column: int
    is_code: bool
    names: tuple[str, ...]
    cells: Mapping[str, Sequence[str]]

    def joined(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield the records of the events' sheet with the columns of their places."""
        width = 0
        for number, (line, cells) in enumerate(records):
            if number == self.row:
                width = len(cells)
                named = [_CODE if self.is_code and at == self.column else cell for at, cell in enumerate(cells)]
                yield line, [*named, *self.names]
            elif number < self.row or only_cell(cells) or not any(cells):
                yield line, cells
            else:
                key = cells[self.column] if self.column < len(cells) else ""
                place = self.cells.get(plain(key)) or [key if name == _NAME else "" for name in self.names]
                yield line, [*cells[:width], *[""] * (width - len(cells)), *place]


def by_sheet(rows: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, Places]:
    """Return the places that each sheet of events names, of the first rows of all sheets of a workbook."""
    listed = {sheet: cells for sheet, cells in rows.items() if lists_places(cells)}
    named = {sheet: find(cells, listed) for sheet, cells in rows.items() if listed and sheet not in listed}
    return {sheet: places for sheet, places in named.items() if places}


def find(rows: Sequence[Sequence[str]], others: Mapping[str, Sequence[Sequence[str]]]) -> Places | None:
    """Return the places that the first rows of a sheet of events name, of the other sheets' rows; None if these hold none."""
    rows = rows[: header_rows.SEARCHED_ROWS]
    row = header_rows.find(rows, set())
    if row < 0 or not _OF_EVENTS & {field_of(name) for name in rows[row]}:
        return None
    for sheet, listed in others.items():
        for head, by_key in _keyed(listed):
            for column, name in enumerate(rows[row]):
                cells = [key for cells in rows[row + 1 :] if column < len(cells) and (key := plain(cells[column]))]
                if _REFERS.search(plain(name)) and cells and sum(key in by_key for key in cells) >= _SHARE * len(cells):
                    return _places(sheet, row, column, listed, head, by_key)
    return None


def lists_places(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether a sheet is a list of places, and of no events."""
    row = _header(rows)
    return row >= 0 and not {field_of(name) for name in rows[row]} & _OF_EVENTS and len(rows) <= MOST_PLACES


def _header(rows: Sequence[Sequence[str]]) -> int:
    """Return the row that names a column of addresses or towns, among others; -1 if none of the first does."""
    for number, cells in enumerate(rows[: header_rows.SEARCHED_ROWS]):
        if sum(map(bool, cells)) > 1 and {field_of(name) for name in cells} & _WHERE:
            return number
    return -1


def _keyed(rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, dict[str, Sequence[str]]]]:
    """Yield the columns of a sheet of places whose cells are all different: each header, and the rows by what they hold."""
    row = _header(rows)
    below = [cells for cells in rows[row + 1 :] if sum(map(bool, cells)) > 1]
    for column, head in enumerate(rows[row]):
        by_key = {plain(cells[column]): cells for cells in below if column < len(cells) and plain(cells[column])}
        if below and len(by_key) == len(below) and field_of(head) not in _WHERE:
            yield head, by_key


def _places(
    sheet: str,
    row: int,
    column: int,
    listed: Sequence[Sequence[str]],
    head: str,
    by_key: Mapping[str, Sequence[str]],
) -> Places:
    names = listed[_header(listed)]
    taken = {at: name for at, name in enumerate(names) if field_of(name) in _OF_PLACES and name != head}
    taken |= {at: _NAME for at, name in enumerate(names) if plain(name) in _NAMES and name != head}
    is_code = _NAME in taken.values() or any(field_of(name) == "venue" for name in taken.values())
    return Places(
        sheet,
        row,
        column,
        is_code,
        tuple(taken.values()),
        {key: [cells[at] if at < len(cells) else "" for at in taken] for key, cells in by_key.items()},
    )
