"""The last import, with the button that takes it back."""

import streamlit as st

from campaign.core.errors import CampaignError
from campaign.core.language import _
from campaign.core.settings import settings
from campaign.publish import rollback, trail
from campaign.store import Answer
from campaign.view.components import figures
from campaign.view.frame.literal import literal
from campaign.view.importing import access
from campaign.wording import accounts
from campaign.wording.dates import moment_name
from campaign.wording.numbers import number


def undo(imports: Answer, person: access.Person) -> None:
    """Draw the last import with the button that takes it back; that of another account asks first."""
    real = [row for row in imports.rows if not row["is_demo"]]
    if not real:
        return
    last = real[0]
    figures.heading(
        _("Dernier import"),
        _(
            "N° {id}, {when}, {source} : {changes}.",
            id=last["import_id"],
            when=moment_name(last["imported_at"]),
            source=last["source"],
            changes=accounts.counts(last),
        ),
    )
    by = trail.person(last["ran_by"])
    is_anothers = bool(by) and by != person.email
    if is_anothers and not st.checkbox(
        literal(_("Cet import est celui de {by} : l'annuler quand même", by=by)),
        key=f"undo_anothers_{last['import_id']}",
    ):
        return
    if not st.button(_("Annuler cet import"), key=f"undo_{last['import_id']}"):
        return
    try:
        outcome = rollback.rollback(settings().db, last["import_id"])
    except CampaignError as error:
        st.error(literal(str(error)))
        return
    access.notify(
        _(
            "Import n° {id} annulé : {removed} événements retirés, {restored} remis dans leur état d'avant.",
            id=last["import_id"],
            removed=number(outcome.removed),
            restored=number(outcome.restored),
        )
    )
