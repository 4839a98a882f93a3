"""A chamber's to-do file: every finding on its events, with what to do, as an Excel workbook.

The public address leaves out events that are not published; `campaign check --out` holds them too.
"""

import tempfile
from typing import Any, Final

import xlsxwriter

from campaign import store
from campaign.analysis.about import about
from campaign.core.language import _
from campaign.exports.formulas import defused
from campaign.filters import Filters, filter_name
from campaign.filters.urls import api
from campaign.wording.findings import detail, finding, remedy

MOST_ROWS: Final = 100_000  # of one file; a chamber has a few thousand


def workbook(chosen: Filters, base_url: str, *, with_unpublished: bool = False) -> bytes:
    """Return the workbook: a sheet of the findings by kind, one of all findings, one that says what the file is."""
    territory = chosen.replace(editions=())
    rows = store.query(
        "findings_listed", chosen=territory, kind=None, limit=MOST_ROWS, with_unpublished=with_unpublished
    ).rows
    with tempfile.TemporaryFile() as file:
        book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        counts: dict[str, int] = {}
        for row in rows:
            counts[row["kind"]] = counts.get(row["kind"], 0) + 1
        kinds = [(finding(kind), n, remedy(kind)) for kind, n in sorted(counts.items(), key=lambda item: -item[1])]
        _sheet(book, _("En bref"), (_("Constat"), _("Nombre"), _("Que faire")), kinds, (44, 10, 90), bold, wrap)
        heads = (
            _("Fait"), _("Constat"), _("Événement"), filter_name("edition"), _("Date"), _("Commune"),
            filter_name("region"), filter_name("organiser"), _("Précision"), _("Que faire"), _("Page"),
            _("À la source"),
        )  # fmt: skip
        _sheet(
            book, _("À vérifier"), heads, [_todo(row, base_url) for row in rows],
            (6, 30, 50, 9, 12, 22, 22, 30, 24, 60, 44, 44), bold, wrap,
        )  # fmt: skip
        provenance = about(territory)
        notes = [
            (_("Source"), provenance.source), (_("Licence"), provenance.licence), (_("État des données"), provenance.as_of),
            (_("Adresse"), f"{base_url}{api('/api/v1/findings.xlsx', territory)}"),
        ]  # fmt: skip
        if len(rows) == MOST_ROWS:
            notes.append((_("Limite"), _("Les {n} premiers constats seulement.", n=MOST_ROWS)))
        _sheet(book, _("Source et licence"), (_("Ce que c'est"), ""), notes, (24, 100), bold, wrap)
        book.close()
        file.seek(0)
        return file.read()


def _todo(row: dict[str, Any], base_url: str) -> tuple[Any, ...]:
    day = row["starts_at"].date().isoformat() if row["starts_at"] else ""
    page = f"{base_url}/agenda?event={row['event_id']}" if row["is_public"] else _("non publié")
    about = row["other_title"] if row["kind"] == "duplicate" else detail(row["kind"], row["detail"])
    return (
        "", finding(row["kind"]), row["title"], row["edition"], day, row["commune"], row["region"], row["organiser"],
        about, remedy(row["kind"]), page, row["url"],
    )  # fmt: skip


def _sheet(
    book: Any, name: str, heads: tuple[str, ...], rows: list[Any], widths: tuple[int, ...], bold: Any, wrap: Any
) -> None:
    sheet = book.add_worksheet(name)
    for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width, wrap)
        sheet.write_string(0, column, head, bold)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(number, column, value)
            elif value:
                sheet.write_string(number, column, defused(str(value)))
    sheet.freeze_panes(1, 0)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(heads) - 1)
