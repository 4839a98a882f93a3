"""The rejected rows of the tables that were sent: corrected in place, or in a workbook to take away."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from campaign import intake
from campaign.core.language import _
from campaign.intake import rejected
from campaign.publish.account import Reject
from campaign.view.components import figures
from campaign.view.frame.literal import literal
from campaign.wording import findings

_CORRECTED: Final = "import_corrected"

Rows = dict[str, dict[int, tuple[str, ...]]]  # by table and line


def known(files: object) -> Rows:
    """Return the rows that a person corrected in these files; other files begin anew."""
    saved: tuple[object, Rows] = st.session_state.get(_CORRECTED, (None, {}))
    return saved[1] if saved[0] == files else {}


def applied(of_tables: Mapping[str, intake.Mapping], base: intake.Mapping, rows: Rows) -> dict[str, intake.Mapping]:
    """Return the mapping of each table with the rows that a person corrected in it."""
    return {**of_tables, **{name: replace(of_tables.get(name, base), rows=given) for name, given in rows.items()}}


def lines(rejects: Sequence[Reject]) -> dict[str, list[int]]:
    """Return the lines that were rejected, by their table."""
    lines_by_table: dict[str, list[int]] = {}
    for reject in rejects:
        if reject.line is not None:
            lines_by_table.setdefault(reject.file, []).append(reject.line)
    return lines_by_table


def draw(files: object, tables: Sequence[rejected.Table], rejects: Sequence[Reject]) -> None:
    """Draw the rejected rows of each table to be corrected, and the workbook that holds them."""
    elsewhere = not_here(tables, rejects)
    if elsewhere:
        st.caption(
            literal(
                _(
                    "Les lignes rejetées de {files} se corrigent dans le fichier : ses événements ne sont pas les lignes d'un tableau.",
                    files=", ".join(elsewhere),
                )
            )
        )
    if not any(table.rows for table in tables):
        return
    figures.heading(
        _("Corriger les lignes rejetées"),
        _(
            "Corrigez les cellules : chaque ligne est relue aussitôt, le fichier reste le même. Ou corrigez le classeur, et importez-le."
        ),
    )
    reasons = {
        (each.file, each.line): (findings.finding(each.reason), findings.remedy(each.reason))
        for each in rejects
        if each.line is not None
    }
    for table in tables:
        if table.rows:
            _editor(files, table, reasons)
    for file in dict.fromkeys(table.file for table in tables):
        st.download_button(
            literal(_("Les lignes rejetées de {file} (Excel)", file=file)),
            rejected.as_workbook([table for table in tables if table.file == file], reasons),
            file_name=rejected.workbook_name(file),
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key=f"import_rejected_{file}",
            on_click="ignore",
        )


def not_here(tables: Sequence[rejected.Table], rejects: Sequence[Reject]) -> list[str]:
    """Return the files whose rejected rows cannot be corrected here: grids, tables side by side, calendars, JSON."""
    here = {table.name for table in tables if table.rows}
    return sorted({each.file for each in rejects} - here)


def corrected(table: rejected.Table, edited: Sequence[Mapping[str, Any]]) -> dict[int, tuple[str, ...]]:
    """Return the rows of a table that a person changed, by line; `edited` has one entry per row, by the key of each column."""
    corrected_rows = {}
    for (line, cells), row in zip(table.rows.items(), edited, strict=True):
        now = tuple(str(row.get(f"c{index}") or "") for index in range(len(table.names)))
        if now != cells:
            corrected_rows[line] = now
    return corrected_rows


def remember(files: object, table: str, rows: Mapping[int, tuple[str, ...]]) -> None:
    """Keep rows as a person corrected them, beside those corrected before."""
    before = known(files)
    st.session_state[_CORRECTED] = (files, {**before, table: {**before.get(table, {}), **rows}})


def _editor(files: object, table: rejected.Table, reasons: Mapping[tuple[str, int], tuple[str, str]]) -> None:
    rows = [
        {"line": line, "reason": reasons.get((table.name, line), ("", ""))[0]}
        | {f"c{index}": cell for index, cell in enumerate(cells)}
        for line, cells in table.rows.items()
    ]
    key = f"import_rejected_{table.name}_{hash(tuple(table.rows.items()))}"
    edited = st.data_editor(
        rows,
        hide_index=True,
        disabled=["line", "reason"],
        column_config={"line": _("Ligne"), "reason": _("Motif")}
        | {f"c{index}": st.column_config.TextColumn(name or str(index + 1)) for index, name in enumerate(table.names)},
        key=key,
    )
    if corrected_rows := corrected(table, edited):
        remember(files, table.name, corrected_rows)
        st.rerun()
