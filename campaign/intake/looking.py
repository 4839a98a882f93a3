"""The columns of tables before they are imported: which field each is taken for, and three of its values."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from campaign.core.language import Message
from campaign.intake.fields import columns
from campaign.intake.fields.columns import UNUSED
from campaign.intake.gather import Source
from campaign.intake.request import Mapping

N_SAMPLES: Final = 3


@dataclass(frozen=True)
class Column:
    """A column: its header, some of its values, the field that it is taken for (None if for none).

    `reason` says why, where no list names it; of a column without a field, why it looks like `likely`.
    """

    header: str
    samples: tuple[str, ...]
    field: str | None
    reason: str | Message = ""
    likely: str | None = None


@dataclass(frozen=True)
class Table:
    """A file or sheet with its columns; without a header nobody can tell them but a person.

    `order` gives the columns (from 0) of each field, the one that goes first first.
    """

    name: str
    columns: tuple[Column, ...]
    has_header: bool
    order: dict[str, list[int]]


def look(sources: Sequence[Source], mapping: Mapping, begin: Callable[[str], None] = lambda name: None) -> list[Table]:
    """Return the tables among sources; raises IntakeError if the mapping names a column that one of them does not have.

    `begin` is told the name of each.
    """
    tables = []
    for source in sources:
        begin(source.name)
        if source.format == "csv":
            from campaign.intake.spreadsheets import spreadsheet

            tables.append(table(source.name, spreadsheet.beginning(source.path, mapping, source.name).rows, mapping))
        elif source.format == "xlsx":
            from campaign.intake.spreadsheets import workbook

            tables.append(table(source.name, workbook.beginning(source.path, source.name, source.sheet)[1], mapping))
    return tables


def table(name: str, rows: Sequence[Sequence[str]], mapping: Mapping) -> Table:
    """Return a table from its first rows."""
    has_header = columns.has_header(rows, mapping)
    width = max((len(cells) for cells in rows), default=0)
    if has_header:
        header = columns.find_header(rows, mapping, name, is_whole=False)
        row, names, order = header.row, header.names, header.columns
        guesses = header.guesses
    else:
        row, names, order = -1, [f"colonne {number}" for number in range(1, width + 1)], {}
        guesses = {}
    fields = {index: field for field, indexes in order.items() for index in indexes}
    below = rows[row + 1 :]
    table_columns = []
    for index, header_name in enumerate(names):
        cells = (cells[index].strip() for cells in below if index < len(cells))
        samples = tuple(dict.fromkeys(filter(None, cells)))[:N_SAMPLES]
        field = fields.get(index)
        guess = guesses.get(index)
        likely = guess.field if guess and guess.field != field else None
        table_columns.append(Column(header_name, samples, field, header.reason(index) if guess else "", likely))
    return Table(name, tuple(table_columns), has_header, order)


def mapping_of(known: Table, fields: Sequence[str | None], base: Mapping) -> Mapping:
    """Return the mapping that says of each column which field it is (None: none), whatever would be guessed.

    What `base` says of sources and values is kept. A column is named by its header, by its number where there is none or where
    several have the same.
    """
    plain = [columns.plain(column.header) for column in known.columns]
    names: list[str | int] = [
        column.header if known.has_header and plain[index] and plain.count(plain[index]) == 1 else index + 1
        for index, column in enumerate(known.columns)
    ]
    taken: dict[str, list[int]] = {}
    for field, indexes in known.order.items():  # of several columns, the one that went first still does
        taken[field] = [index for index in indexes if index < len(fields) and fields[index] == field]
    for index, chosen in enumerate(fields):
        same = taken.setdefault(chosen or UNUSED, [])
        if index not in same:
            same.append(index)
    columns_by_field: dict[str, str | int | list[str | int]] = {
        name: names[indexes[0]] if len(indexes) == 1 else [names[index] for index in indexes]
        for name, indexes in taken.items()
        if indexes
    }
    return Mapping(columns=columns_by_field, source=base.source, values=base.values)
