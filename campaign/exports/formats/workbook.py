"""Excel workbook: the events, then a sheet that says where they come from. Built in a temporary file, row by row."""

import tempfile
from collections.abc import Iterator
from typing import Any, Final

import xlsxwriter

from campaign.core import stopping
from campaign.core.language import _
from campaign.exports import columns
from campaign.exports.formats.export import Export
from campaign.exports.formats.tables import THEME_SEPARATOR
from campaign.exports.formulas import defused
from campaign.wording import campaign_names as names

MAX_ROWS: Final = 1_000_000  # of one sheet; Excel itself takes 1,048,576
CHUNK_BYTES: Final = 256 * 1024
CHECKED_ROWS: Final = 500  # as often it is asked whether somebody still waits; 5,000 rows take a second
WIDTHS: Final = {
    "title": 60,
    "organiser": 40,
    "venue": 30,
    "address": 30,
    "commune": 24,
    "starts_at": 26,
    "ends_at": 26,
}


def chunks(export: Export) -> Iterator[bytes]:
    """Yield the workbook's bytes."""
    with tempfile.TemporaryFile() as file:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        workbook = xlsxwriter.Workbook(file, options)
        workbook.set_properties(
            {"title": _("{campaign} : événements", campaign=names.name()), "comments": export.about.licence}
        )
        n_sheets = _write_events(workbook, export)
        _write_about(workbook, export, n_sheets)
        workbook.close()
        file.seek(0)
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def _write_events(workbook: Any, export: Export) -> int:
    """Write the events, MAX_ROWS to a sheet; return how many sheets they take."""
    row, n_sheets = MAX_ROWS + 1, 0
    sheet: Any = None
    for batch in columns.batches(export.chosen):
        for record in columns.records(batch):
            if row % CHECKED_ROWS == 0:
                stopping.check()
            if row > MAX_ROWS:
                n_sheets += 1
                sheet, row = _new_sheet(workbook, n_sheets), 1
            for column, value in enumerate(record.values()):
                if isinstance(value, list):
                    value = THEME_SEPARATOR.join(value)
                if value is None or value == "":
                    continue
                if isinstance(value, str):
                    sheet.write_string(row, column, defused(value))
                elif isinstance(value, bool):
                    sheet.write_boolean(row, column, value)
                else:
                    sheet.write_number(row, column, value)
            row += 1
    if sheet is None:
        _new_sheet(workbook, 1)
    return max(n_sheets, 1)


def _new_sheet(workbook: Any, n: int) -> Any:
    name = _("Événements")
    sheet = workbook.add_worksheet(name if n == 1 else f"{name} {n}")
    bold = workbook.add_format({"bold": True})
    for column, name in enumerate(columns.COLUMNS):
        sheet.set_column(column, column, WIDTHS.get(name, 16))
        sheet.write_string(0, column, name, bold)
    sheet.freeze_panes(1, 0)
    return sheet


def _write_about(workbook: Any, export: Export, n_sheets: int) -> None:
    sheet = workbook.add_worksheet(_("Source et licence"))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    lines = [
        (_("Source"), export.about.source),
        (_("Licence"), export.about.licence),
        (_("État des données"), export.about.as_of),
        (_("Démonstration"), _("oui : événements fictifs") if export.about.is_demo else _("non")),
        (_("Adresse"), f"{export.base_url}/"),
    ]
    if n_sheets > 1:
        words = _(
            "{n} : une feuille d'Excel ne tient pas toutes les lignes, la suite est dans les suivantes", n=n_sheets
        )
        lines.append((_("Feuilles d'événements"), words))
    for row, (name, text) in enumerate(lines):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, defused(text))
