"""The rows of tables that were rejected, as they are written, so that a person corrects them in place or in a workbook."""

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from campaign.core.errors import IntakeError
from campaign.core.palette import PRINT
from campaign.intake.fields import columns
from campaign.intake.gather import Source
from campaign.intake.request import Mapping as ColumnMapping
from campaign.intake.spreadsheets import csv_rows, grids, spreadsheet, workbook

MOST: Final = 200  # rows of one table that are shown
REASON: Final = "Motif du rejet"
REMEDY: Final = "Que faire"


@dataclass(frozen=True)
class Table:
    """A table with the rows of it that were rejected: `rows` holds their cells by line, each as long as `names`."""

    name: str
    file: str
    sheet: str | None
    names: tuple[str, ...]
    rows: dict[int, tuple[str, ...]]


def tables(
    sources: Sequence[Source],
    mapping: ColumnMapping,
    of_tables: Mapping[str, ColumnMapping],
    lines: Mapping[str, Collection[int]],
) -> list[Table]:
    """Return the tables among sources with the rows of these lines, by the table's name, at most MOST of each.

    A table of which no line is asked for is there too, without rows, where another sheet of its workbook has some.
    """
    all_tables = []
    for source in sources:
        if source.format not in ("csv", "xlsx"):
            continue
        used = of_tables.get(source.name, mapping)
        try:
            header, records = _opened(source, used)
        except IntakeError:
            continue  # what is wrong with it was said when it was read
        wanted = set(lines.get(source.name, ()))
        names = header.names[: len(header.names) - len(header.headings)]
        rows: dict[int, tuple[str, ...]] = {}
        if grids.is_grid([cells for _, cells in records[: columns.SEARCHED_ROWS]]):
            continue  # whose cells are events, not its rows: the page says that they are corrected in the file
        for line, written in records if wanted else ():
            if line in wanted and len(rows) < MOST:
                cells = used.rows.get(line, tuple(written))
                rows[line] = (*cells[: len(names)], *[""] * (len(names) - len(cells)))
        file = source.name.removesuffix(f"[{source.sheet}]") if source.sheet else source.name
        all_tables.append(Table(source.name, file, source.sheet, tuple(names), rows))
    files = {table.file for table in all_tables if table.rows}
    return [table for table in all_tables if table.file in files]


def as_workbook(rejected_tables: Sequence[Table], reasons: Mapping[tuple[str, int], tuple[str, str]]) -> bytes:
    """Return a workbook of the rejected rows of one file, under the headers of their table, each with its reason and remedy.

    `reasons` is by table and line. Once corrected it is imported as the file itself: its sheets are those of the file, so that
    rows keep the source that they would have had.
    """
    import xlsxwriter  # which takes longer to import than a small table to read

    stream = io.BytesIO()
    with xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    ) as book:
        bold, amber = book.add_format({"bold": True}), book.add_format({"italic": True, "font_color": PRINT["amber"]})
        text = book.add_format({"num_format": "@"})
        for table in rejected_tables:
            page = book.add_worksheet(table.sheet)
            page.write_row(0, 0, [*table.names, REASON, REMEDY], bold)
            page.freeze_panes(1, 0)
            page.set_column(0, len(table.names) - 1, 22, text)
            page.set_column(len(table.names), len(table.names) + 1, 40)
            for number, (line, cells) in enumerate(table.rows.items(), start=1):
                for index, cell in enumerate(cells):
                    page.write_string(number, index, cell, text)
                page.write_row(number, len(table.names), reasons.get((table.name, line), ("", "")), amber)
    return stream.getvalue()


def workbook_name(file: str) -> str:
    """Return what the workbook of a file's rejected rows is called: like the file, so that its source stays the same."""
    return f"{Path(file).stem}.xlsx"


def _opened(source: Source, mapping: ColumnMapping) -> tuple[columns.Header, Sequence[tuple[int, list[str]]]]:
    if source.format == "csv":
        dialect = spreadsheet.understand(source.path, mapping, source.name)
        records = csv_rows.records(source.path, source.name, dialect.encoding, dialect.separator, dialect.header)
        return dialect.header, list(records)
    sheet, first = workbook.beginning(source.path, source.name, source.sheet)
    return columns.find_header(first, mapping, source.name), list(workbook.records(sheet))
