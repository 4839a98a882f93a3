"""What files would bring: what was understood of each, the account, the findings, the rejected lines, the report to take away."""

from typing import Final

import streamlit as st

from campaign import intake
from campaign.core.language import _
from campaign.intake.account import field_of
from campaign.publish.account import Account
from campaign.view.components import figures
from campaign.view.components.figures import Cell, Column
from campaign.wording import accounts, findings, previews
from campaign.wording.numbers import number, percent
from campaign.wording.quantities import clauses

MOST_REJECTED: Final = 200
COUNTS: Final = ("read", "new", "updated", "unchanged", "rejected")


def draw(account: Account, staged: intake.Staged, report: bytes, *, key: str = "import_report") -> None:
    """Draw all that is known of an import before it is published."""
    rejected = [(reject.line, findings.rejection(reject.reason)) for reject in account.rejects]
    figures.heading(
        _("Ce que ces fichiers apportent"),
        accounts.account(account.new, account.updated, account.unchanged, rejected, is_tried=True),
    )
    figures.table(
        [Column(_("Lus"), "read", True), Column(_("Nouveaux"), "new", True), Column(_("Mis à jour"), "updated", True),
         Column(_("Inchangés"), "unchanged", True), Column(_("Rejetés"), "rejected", True)],
        [{name: Cell(number(getattr(account, name))) for name in COUNTS}],
        caption=_("Compte rendu"),
    )  # fmt: skip
    if account.taken:
        figures.note(
            _(
                "Types : {guessed} devinés d'après les textes, {other} « autre ».",
                guessed=percent(account.guessed / account.taken),
                other=percent(account.other / account.taken),
            )
        )
    _files(staged)
    if account.preview:
        figures.table(
            [Column(_("Ligne"), "line", True), Column(_("Titre"), "title", is_head=True), Column(_("Quand"), "when"),
             Column(_("Où"), "where"), Column(_("Type"), "type"), Column(_("Constats"), "kinds")],
            [
                {"line": Cell(str(event.line or "")), "title": Cell(event.title), "when": Cell(previews.when(event)),
                 "where": Cell(previews.where(event)), "type": Cell(previews.event_type(event)),
                 "kinds": Cell(previews.noticed(event))}
                for event in account.preview
            ],
            caption=_("Les premiers événements, tels qu'ils seront : rien n'est encore publié"),
            css="lines stacked titled",
        )  # fmt: skip
    if account.warnings:
        figures.table(
            [Column(_("Constat"), "kind"), Column(_("Nombre"), "n", True, True), Column(_("Que faire"), "remedy")],
            [
                {"kind": Cell(findings.finding(kind)), "n": figures.bar_cell(n), "remedy": Cell(findings.remedy(kind))}
                for kind, n in sorted(account.warnings.items(), key=lambda item: -item[1])
            ],
            caption=_("À vérifier"),
            css="lines stacked titled",
        )
    if account.rejects:
        figures.table(
            [Column(_("Fichier"), "file"), Column(_("Ligne"), "line", True), Column(_("Champ"), "field"),
             Column(_("Valeur"), "value"), Column(_("Motif"), "reason"), Column(_("Que faire"), "remedy")],
            [
                {"file": Cell(reject.file), "line": Cell(str(reject.line or "")), "field": Cell(field_of(reject.reason)),
                 "value": Cell((reject.value or "")[:80]), "reason": Cell(findings.finding(reject.reason)),
                 "remedy": Cell(findings.remedy(reject.reason))}
                for reject in account.rejects[:MOST_REJECTED]
            ],
            caption=_("Lignes rejetées"),
            css="lines stacked titled",
        )  # fmt: skip
    if account.rejects or account.warnings:
        st.download_button(
            _("Rapport ligne par ligne (CSV)"),
            report,
            file_name="rapport-import.csv",
            mime="text/csv",
            key=key,
            on_click="ignore",
        )


def _files(staged: intake.Staged) -> None:
    """Draw the format that was found in each file, and why, then the files left aside."""
    figures.table(
        [Column(_("Fichier"), "file"), Column(_("Format"), "format"), Column(_("D'après"), "why"),
         Column(_("Pris"), "taken", True), Column(_("Rejetés"), "rejected", True)],
        [
            {"file": Cell(file.name), "format": Cell(file.format), "taken": Cell(number(file.n_records)),
             "why": Cell(clauses(str(each) for each in (file.why, file.reading.why) if each)), "rejected": Cell(number(file.n_rejects))}
            for file in staged.files
        ],
        caption=_("Fichiers lus"),
        css="lines stacked titled",
    )  # fmt: skip
    for left in staged.left:
        figures.note(_("Laissé de côté : {left}", left=left))
