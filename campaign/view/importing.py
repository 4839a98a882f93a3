"""The parts of the page of imports: who signs in, the files, what they would bring, publishing, undoing."""

import hashlib
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from campaign.build import rollback
from campaign.build.pipeline import Account
from campaign.commands.importing import run_import
from campaign.errors import CampaignError
from campaign.filters import codes
from campaign.language import _
from campaign.settings import settings
from campaign.store import Answer, identity_of
from campaign.uploads import ENDINGS, kept
from campaign.view import figures
from campaign.view.figures import Cell, Column
from campaign.web.signin import is_coordinator
from campaign.wording import accounts, findings, labels
from campaign.wording.dates import moment_name
from campaign.wording.numbers import number

MOST_REJECTED: Final = 200
_DONE: Final = "import_done"
_TURN: Final = "import_turn"
_PREVIEW: Final = "import_preview"


@dataclass(frozen=True)
class Person:
    """Who is signed in, and whether they are on the list."""

    email: str
    is_coordinator: bool


@dataclass(frozen=True)
class Asked:
    """What the form says of the files."""

    edition: int | None
    source: str | None
    licence: str | None
    is_full: bool


def person() -> Person | None:
    """Return who is signed in, or None."""
    if not st.user.is_logged_in:
        return None
    claims: dict[str, Any] = st.user.to_dict()
    return Person(str(claims.get("email", "")), is_coordinator(claims))


def sentence(who: Person | None) -> str:
    """Return what this page is for, for this reader."""
    if who is None:
        return _("Importer des événements demande de se connecter.")
    if not who.is_coordinator:
        return _("Ce compte n'est pas sur la liste des coordinateurs.")
    return _("Envoyez des fichiers, voyez ce qu'ils apportent, puis publiez.")


def details(who: Person | None) -> str:
    """Return what stands under it."""
    if who is None:
        return _("La page est réservée aux coordinateurs de la campagne.")
    if not who.is_coordinator:
        return _(
            "Compte : {email}. L'adresse doit être vérifiée, et figurer dans les réglages du service.", email=who.email
        )
    return _(
        "Connecté : {email}. Rien n'est publié avant le bouton « Publier » ; tout import peut être annulé.",
        email=who.email,
    )


def door(who: Person | None) -> None:
    """Draw the button that signs in, or out."""
    if who is None:
        st.button(_("Se connecter"), type="primary", on_click=st.login)
    else:
        st.button(_("Se déconnecter"), on_click=st.logout)


def form(who: Person) -> None:
    """Draw the files and what is said of them, then what they would bring, then what was done."""
    _told()
    st.button(_("Se déconnecter"), on_click=st.logout)
    files = st.file_uploader(
        _(
            "Fichiers ({mb} Mo au plus, {unpacked} Mo décompressés)",
            mb=number(settings().upload_mb),
            unpacked=number(settings().unpacked_mb),
        ),
        type=list(ENDINGS),
        accept_multiple_files=True,
        max_upload_size=settings().upload_mb,
        key=f"import_files_{st.session_state.get(_TURN, 0)}",
    )
    left, middle, right = st.columns(3)
    years: list[int | None] = [None, *sorted(codes().editions, reverse=True)]
    with left:
        edition = st.selectbox(
            labels.filter_name("edition"), years, format_func=lambda year: str(year) if year else _("D'après les dates"),
            key="import_edition",
        )  # fmt: skip
    with middle:
        source = st.text_input(
            _("Source (le même nom à chaque import d'un agenda)"), key="import_source", max_chars=100
        )
    with right:
        licence = st.text_input(_("Licence des événements"), key="import_licence", max_chars=100)
    is_full = st.checkbox(_("Export complet : ce que la source ne contient plus est retiré"), key="import_full")
    if not files:
        return
    asked = Asked(edition, source.strip() or None, licence.strip() or None, is_full)
    account = _previewed(files, asked)
    if account is not None:
        preview(account)
        if account.taken and st.button(_("Publier"), type="primary"):
            done = _run(files, asked, dry_run=False)
            if done is not None:
                st.session_state[_DONE] = _("Publié, import n° {id}.", id=done.import_id)
                st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1  # an uploader of that number is empty
                st.rerun()


def _previewed(files: list[Any], asked: Asked) -> Account | None:
    """Return what these files would bring; read again only when they, the form or the event file have changed."""
    digests = tuple(hashlib.sha256(file.getvalue()).hexdigest() for file in files)
    key = (digests, asked, identity_of(settings().db))
    known: tuple[Any, Account | None] = st.session_state.get(_PREVIEW, (None, None))
    if known[0] != key:
        known = (key, _run(files, asked, dry_run=True))
        st.session_state[_PREVIEW] = known
    return known[1]


def _run(files: list[Any], asked: Asked, *, dry_run: bool) -> Account | None:
    """Return the account of these files, published or not; say what went wrong and return None."""
    try:
        with kept(files) as paths, st.spinner(_("Lecture des fichiers…") if dry_run else _("Publication…")):
            account, _staged = run_import(
                settings().db, paths, format="auto", edition=asked.edition, source=asked.source, mapping=None,
                licence=asked.licence, dry_run=dry_run, is_full=asked.is_full,
            )  # fmt: skip
            return account
    except CampaignError as error:
        st.error(str(error))
        return None


def _told() -> None:
    """Say once what was just done."""
    message = st.session_state.pop(_DONE, None)
    if message:
        st.success(message)


def preview(account: Account) -> None:
    """Draw what an import would bring: the account, the findings, the rejected lines."""
    rejected = [(reject.line, findings.rejection(reject.reason)) for reject in account.rejects]
    figures.heading(
        _("Ce que ces fichiers apportent"), accounts.account(account.new, account.updated, account.unchanged, rejected)
    )
    figures.table(
        [Column(_("Lus"), "read", True), Column(_("Nouveaux"), "new", True), Column(_("Mis à jour"), "updated", True),
         Column(_("Inchangés"), "unchanged", True), Column(_("Rejetés"), "rejected", True)],
        [{name: Cell(number(getattr(account, name))) for name in ("read", "new", "updated", "unchanged", "rejected")}],
        caption=_("Compte rendu"),
    )  # fmt: skip
    if account.warnings:
        figures.table(
            [Column(_("Constat"), "kind"), Column(_("Nombre"), "n", True, True), Column(_("Que faire"), "remedy")],
            [
                {"kind": Cell(findings.finding(kind)), "n": figures.bar_cell(n), "remedy": Cell(findings.remedy(kind))}
                for kind, n in sorted(account.warnings.items(), key=lambda item: -item[1])
            ],
            caption=_("À vérifier"),
        )
    if account.rejects:
        figures.table(
            [Column(_("Fichier"), "file"), Column(_("Ligne"), "line", True), Column(_("Champ"), "field"),
             Column(_("Valeur"), "value"), Column(_("Motif"), "reason"), Column(_("Que faire"), "remedy")],
            [
                {"file": Cell(reject.file), "line": Cell(str(reject.line or "")), "field": Cell(reject.field or ""),
                 "value": Cell((reject.value or "")[:80]), "reason": Cell(findings.finding(reject.reason)),
                 "remedy": Cell(findings.remedy(reject.reason))}
                for reject in account.rejects[:MOST_REJECTED]
            ],
            caption=_("Lignes rejetées"),
        )  # fmt: skip


def undo(imports: Answer) -> None:
    """Draw the last import with the button that takes it back."""
    real = [row for row in imports.rows if not row["is_demo"]]
    if not real:
        return
    last = real[0]
    figures.heading(
        _("Dernier import"),
        _(
            "N° {id}, {when}, {source} : {new} nouveaux, {updated} mis à jour, {unchanged} inchangés, {rejected} rejetés.",
            id=last["import_id"],
            when=moment_name(last["imported_at"]),
            source=last["source"],
            **{name: number(last[f"n_{name}"]) for name in ("new", "updated", "unchanged", "rejected")},
        ),
    )
    if st.button(_("Annuler cet import"), key=f"undo_{last['import_id']}"):
        try:
            done = rollback.rollback(settings().db, last["import_id"])
        except CampaignError as error:
            st.error(str(error))
            return
        st.session_state[_DONE] = _(
            "Import n° {id} annulé : {removed} événements retirés, {restored} remis dans leur état d'avant.",
            id=last["import_id"],
            removed=number(done.removed),
            restored=number(done.restored),
        )
        st.rerun()
