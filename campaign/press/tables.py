"""The tables of a kit as one workbook: a sheet per table, every number with its unit, date and source."""

import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import xlsxwriter


def workbook(sheets: Iterable[tuple[str, list[Mapping[str, Any]]]], title: str, moment: datetime | None) -> bytes:
    """Return an .xlsx of the named tables; `moment` is its date, so that the same rows give the same bytes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    created = (moment or datetime(2008, 1, 1, tzinfo=UTC)).astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": title, "created": created})
    bold = book.add_format({"bold": True, "bottom": 1})
    for name, rows in sheets:
        sheet = book.add_worksheet(name[:31])
        if not rows:
            continue
        columns = list(rows[0])
        sheet.write_row(0, 0, columns, bold)
        for index, row in enumerate(rows, start=1):
            sheet.write_row(index, 0, [row[column] for column in columns])
        sheet.freeze_panes(1, 0)
        for position, column in enumerate(columns):
            sheet.set_column(
                position, position, min(max(len(column), *(len(str(row[column])) for row in rows)) + 2, 40)
            )
    book.close()
    return stream.getvalue()
