"""Events that may be the same, each pair side by side with the buttons that decide, and what was decided."""

from typing import Any, Final

import streamlit as st

from campaign.core.errors import CampaignError
from campaign.core.language import _, mark
from campaign.core.settings import settings
from campaign.filters import Filters, urls
from campaign.publish import decisions
from campaign.publish.decisions import Decision
from campaign.store import Answer
from campaign.view.components import figures
from campaign.view.components.figures import Cell, Column
from campaign.view.frame.literal import literal
from campaign.view.importing import access
from campaign.wording import findings
from campaign.wording.dates import moment_name
from campaign.wording.labels import capitalised
from campaign.wording.numbers import missing, number, percent

MOST: Final = 10
DECIDED: Final = {
    "accepted": mark("accepté : le doublon n'est pas compté"),
    "refused": mark("refusé : les deux comptent"),
}


def proposed(chosen: Filters, pairs: Answer) -> None:
    """Draw the pairs that nobody has decided on, the surest first; `pairs` holds one more than are drawn, if there are more."""
    figures.heading(findings.finding("duplicate"), "" if pairs.is_empty else findings.remedy("duplicate"))
    if pairs.is_empty:
        figures.note(_("Aucune paire à décider sur ce territoire."))
        return
    for row in pairs.rows[:MOST]:
        with st.container(border=True):
            _pair(chosen, row)
            same, apart = st.columns(2)
            key = f"{row['event_id']}_{row['other_id']}"
            if same.button(_("C'est le même"), key=f"same_{key}", width="stretch"):
                _decide(row, "accepted")
            if apart.button(_("Deux événements"), key=f"apart_{key}", width="stretch"):
                _decide(row, "refused")
    if len(pairs.rows) > MOST:
        figures.note(
            _("Les {n} paires les plus sûres ; les suivantes viennent quand celles-ci sont décidées.", n=number(MOST))
        )


def decided(answer: Answer) -> None:
    """Draw what was decided, the latest first, each with the button that takes it back."""
    if answer.is_empty:
        return
    with st.expander(literal(_("Paires décidées : {n}", n=number(len(answer.rows))))):
        for row in answer.rows[:MOST]:
            left, right = st.columns([5, 1], vertical_alignment="center")
            with left:
                figures.note(
                    _(
                        "« {title} » et « {other} » : {decision}, {when}.",
                        title=row["title"] or row["event_id"],
                        other=row["other_title"] or row["other_id"],
                        decision=_(DECIDED[row["decision"]]),
                        when=moment_name(row["decided_at"]),
                    )
                )
            if right.button(_("Revenir"), key=f"back_{row['event_id']}_{row['other_id']}"):
                _take_back(row)
        if len(answer.rows) > MOST:
            figures.note(_("Les {n} dernières ; toutes : campaign duplicates list --decided.", n=number(MOST)))


def _pair(chosen: Filters, row: dict[str, Any]) -> None:
    """Draw the two events of a pair, the one that would not be counted first."""
    why = _(
        "{reason} (titres semblables à {similarity})",
        reason=capitalised(findings.pair_reason(row["reason"])),
        similarity=percent(row["similarity"], 0),
    )
    figures.note(f"{why}.")
    figures.table(
        [Column(_("Fiche"), "which"), Column(_("Titre"), "title"), Column(_("Date"), "day"), Column(_("Lieu"), "place"),
         Column(_("Organisateur"), "organiser"), Column(_("Source"), "source")],
        [
            _event(chosen, row, "", _("Doublon")) | {"title": _title(chosen, row["event_id"], row["title"])},
            _event(chosen, row, "other_", _("Événement")) | {"title": _title(chosen, row["other_id"], row["other_title"])},
        ],
        caption=why,
        css="lines stacked",
    )  # fmt: skip


def _title(chosen: Filters, event_id: str, title: str) -> Cell:
    return Cell(title, href=urls.link("agenda", chosen, event=event_id))


def _event(chosen: Filters, row: dict[str, Any], prefix: str, which: str) -> dict[str, Cell]:
    starts_at, zone = row[f"{prefix}starts_at"], row[f"{prefix}timezone"]
    place = ", ".join(filter(None, (row[f"{prefix}venue"], row[f"{prefix}commune"])))
    return {
        "which": Cell(which),
        "day": Cell(moment_name(starts_at, zone) if starts_at else missing()),
        "place": Cell(place or missing()),
        "organiser": Cell(row[f"{prefix}organiser"] or missing()),
        "source": Cell(row[f"{prefix}source"]),
    }


def _decide(row: dict[str, Any], decision: Decision) -> None:
    try:
        with st.spinner(_("Publication…")):
            n = decisions.decide_duplicate(settings().db, row["event_id"], row["other_id"], decision)
    except CampaignError as error:
        st.error(literal(str(error)))
        return
    if decision == "accepted":
        access.notify(_("Accepté. Événements comptés : {n}.", n=number(n)))
    access.notify(_("Refusé. Événements comptés : {n}.", n=number(n)))


def _take_back(row: dict[str, Any]) -> None:
    try:
        with st.spinner(_("Publication…")):
            n = decisions.undo_duplicate(settings().db, row["event_id"], row["other_id"])
    except CampaignError as error:
        st.error(literal(str(error)))
        return
    access.notify(_("Décision retirée. Événements comptés : {n}.", n=number(n)))
