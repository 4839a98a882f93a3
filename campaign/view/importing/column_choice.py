"""The columns of the tables that are sent: what each was taken for, with three of its values, and correcting that."""

import hashlib
from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st

from campaign.core.language import _, ngettext
from campaign.intake.fields.columns import FIELDS
from campaign.intake.looking import Column, Table, mapping_of
from campaign.intake.request import Mapping
from campaign.intake.spreadsheets import mapping as mappings
from campaign.view.components import figures
from campaign.view.frame.literal import literal
from campaign.wording import fields
from campaign.wording.numbers import number

LONGEST_SAMPLE = 60


def draw(tables: Sequence[Table], base: Mapping, source: str, licence: str) -> dict[str, Mapping]:
    """Draw the columns of each table, one choice per column; return, by table, what a person said otherwise."""
    if not tables:
        return {}
    figures.heading(
        _("Ce que contient chaque colonne"),
        _(
            "Deviné d'après les en-têtes et les valeurs : corrigez, puis appliquez. Les valeurs sont celles des premières lignes."
        ),
    )
    corrected = {}
    for table in tables:
        with st.expander(literal(_title(table)), expanded=not table.has_header):
            chosen = _choices(table)
            mapping = mapping_of(table, chosen, base)
            about = {"name": source, "licence": licence}
            mapping_with_source = Mapping(
                mapping.columns, mapping.source | {k: v for k, v in about.items() if v}, mapping.values
            )
            st.download_button(
                _("Garder ces colonnes (TOML)"),
                mappings.written(mapping_with_source),
                file_name=f"{Path(table.name).stem}.toml",
                mime="application/toml",
                key=_key(table, "keep"),
                on_click="ignore",
            )
        if chosen != [column.field for column in table.columns]:
            corrected[table.name] = mapping
    return corrected


def _title(table: Table) -> str:
    n_known = sum(1 for column in table.columns if column.field)
    n_unused = len(table.columns) - n_known
    if not table.has_header:
        return _("{name} : aucun en-tête reconnu", name=table.name)
    known = ngettext("{n} colonne reconnue", "{n} colonnes reconnues", n_known, n=number(n_known))
    return _("{name} : {known}, {n} sans emploi", name=table.name, known=known, n=number(n_unused))


def _choices(table: Table) -> list[str | None]:
    """Draw one choice per column, taken together; return the field of each."""
    options = [None, *FIELDS]
    chosen: list[str | None] = []
    with st.form(_key(table, "form"), border=False):
        for index, column in enumerate(table.columns):
            left, right = st.columns([3, 2], vertical_alignment="center")
            name = _name(table, index)
            left.html(_column_html(column, name))
            chosen.append(
                right.selectbox(
                    literal(_("Champ de « {header} »", header=name)),
                    options,
                    index=options.index(column.field),
                    format_func=fields.name_of,
                    key=_key(table, str(index)),
                    label_visibility="collapsed",
                )
            )
        st.form_submit_button(_("Appliquer ces colonnes"))
    return chosen


def _name(table: Table, index: int) -> str:
    """Return what a column is called: by its header, else by its number."""
    if not table.has_header:
        return _("colonne {n}", n=index + 1)
    return table.columns[index].header or str(index + 1)


def _column_html(column: Column, name: str) -> str:
    samples = " · ".join(_short(value) for value in column.samples) or _("vide dans les premières lignes")
    reason = f"<span>{escape(_reason(column))}</span>" if column.reason else ""
    return f'<p class="column-samples"><strong>{escape(name)}</strong><span>{escape(samples)}</span>{reason}</p>'


def _reason(column: Column) -> str:
    """Return why a column is taken for its field, or what one without a field looks like."""
    if column.likely is None:
        return str(column.reason)
    return _("{field} ? {reason}", field=fields.name_of(column.likely), reason=column.reason)


def _short(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= LONGEST_SAMPLE else f"{line[: LONGEST_SAMPLE - 1]}…"


def _key(table: Table, part: str) -> str:
    """Return the key of a widget of this table as it was guessed: another file or mapping begins anew."""
    digest = hashlib.sha256(repr(table).encode()).hexdigest()[:12]
    return f"import_columns_{digest}_{part}"
