"""What people corrected over what sources say: the list, taking one back, making one."""

from typing import Any, Final

import streamlit as st

from campaign.core.errors import CampaignError
from campaign.core.language import _
from campaign.core.settings import settings
from campaign.filters import Filters, urls
from campaign.publish import corrections
from campaign.store import Answer
from campaign.view.components import figures
from campaign.view.components.figures import Cell, Column
from campaign.view.frame.literal import literal
from campaign.view.importing import access
from campaign.wording import corrections as wording
from campaign.wording.dates import moment_name
from campaign.wording.numbers import number

MOST: Final = 60


def draw(chosen: Filters, answer: Answer, person: access.Person | None) -> None:
    """Draw the corrections, the latest first; who decided, the button that takes one back and the form for those signed in."""
    is_coordinator = person is not None and person.is_coordinator
    if answer.is_empty and not is_coordinator:
        return
    figures.heading(
        _("Corrections"),
        _("Ce que des coordinateurs ont corrigé vaut à la place de ce que dit la source, aux imports suivants aussi."),
    )
    figures.undated(chosen)
    rows = answer.rows[:MOST]
    if rows:
        figures.table(
            [Column(_("Événement"), "title"), Column(_("Champ"), "field"), Column(_("La source disait"), "before"),
             Column(_("Corrigé en"), "after"), Column(_("Décidé"), "when"), Column(_("État"), "state")],
            [_row(chosen, row, is_coordinator=is_coordinator) for row in rows],
            caption=_("Corrections"),
            css="lines stacked",
        )  # fmt: skip
    if len(answer.rows) > MOST:
        figures.note(_("Les {n} dernières ; toutes : campaign corrections list.", n=number(MOST)))
    if is_coordinator and person is not None:
        _undo(rows)
        _form(person)
        st.download_button(
            _("Toutes les corrections (CSV)"),
            corrections.as_csv(answer.rows),
            file_name="corrections.csv",
            mime="text/csv",
            key="corrections_csv",
            on_click="ignore",
        )


def _row(chosen: Filters, row: dict[str, Any], *, is_coordinator: bool) -> dict[str, Cell]:
    href = urls.link("agenda", chosen, event=row["event_id"]) if row["event_id"] else None
    author = f", {row['decided_by']}" if is_coordinator and row["decided_by"] else ""
    return {
        "title": Cell(row["title"] or row["source_uid"], href=href),
        "field": Cell(wording.field(row["field"])),
        "before": Cell(wording.value(row["field"], row["replaced_label"] or row["replaced"])),
        "after": Cell(wording.value(row["field"], row["value_label"] or row["value"])),
        "when": Cell(f"{moment_name(row['decided_at'])}{author}"),
        "state": Cell(wording.state(row["state"])),
    }


def _undo(rows: list[dict[str, Any]]) -> None:
    """Draw the choice of a correction and the button that takes it back."""
    if not rows:
        return
    left, right = st.columns([5, 1], vertical_alignment="bottom")
    index = left.selectbox(
        _("Correction à retirer"),
        range(len(rows)),
        format_func=lambda n: f"{rows[n]['title'] or rows[n]['source_uid']} ({wording.field(rows[n]['field'])})",
        key="correction_undone",
    )
    if right.button(_("Revenir"), key="correction_undo"):
        row = rows[index]
        try:
            with st.spinner(_("Publication…")):
                corrections.undo(settings().db, row["source"], row["source_uid"], row["field"])
        except CampaignError as error:
            st.error(literal(str(error)))
            return
        access.notify(_("Correction retirée : ce que dit la source vaut de nouveau."))


def _form(person: access.Person) -> None:
    """Draw the form that corrects a field of an event."""
    with st.form("correction", border=False):
        left, middle, right = st.columns([2, 2, 4])
        event_id = left.text_input(
            _("Identifiant de l'événement"),
            help=_("Il est à la fin de l'adresse de sa fiche."),
            key="correction_event",
            max_chars=100,
        )
        field = middle.selectbox(_("Champ"), corrections.FIELDS, format_func=wording.field, key="correction_field")
        value = right.text_input(
            _("Valeur"),
            placeholder=_("Atelier · 35000 Rennes · en ligne · 05/11/2026 de 14h à 16h"),
            key="correction_value",
            max_chars=500,
        )
        if not st.form_submit_button(_("Corriger")) or not event_id.strip() or not value.strip():
            return
    try:
        with st.spinner(_("Publication…")):
            stored_value = corrections.correct(
                settings().db, event_id.strip(), field, value, decided_by=f"page Qualité ({person.email})"
            )
    except CampaignError as error:
        st.error(literal(str(error)))
        return
    access.notify(_("Corrigé : {value}.", value=wording.value(field, stored_value)))
