"""The files of an import: what is sent, what is said of it, what it would bring, and publishing it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from campaign import intake
from campaign.core import uploaded_files
from campaign.core.errors import CampaignError
from campaign.core.language import _
from campaign.core.settings import settings
from campaign.filters import codes, filter_name, urls
from campaign.intake import rejected
from campaign.intake.looking import Table
from campaign.intake.spreadsheets import mapping as mappings
from campaign.intake.uploads import ENDINGS, Upload, temporary_files
from campaign.publish import trail
from campaign.publish.account import Account
from campaign.publish.importing import look, rejected_of, run_import
from campaign.store import identity_now
from campaign.view.components import figures, lead
from campaign.view.frame import choice
from campaign.view.frame.literal import literal
from campaign.view.importing import access, column_choice, online_events, rejected_rows, remembered
from campaign.view.importing import account as account_page
from campaign.wording.numbers import number

_TURN: Final = "import_turn"
_TABLES: Final = "import_tables"
_PREVIEW: Final = "import_preview"


@dataclass(frozen=True)
class ImportRequest:
    """What the form says of the files."""

    edition: int | None
    source: str | None
    licence: str | None
    is_full: bool
    mapping: intake.Mapping
    of_tables: dict[str, intake.Mapping]


def draw() -> None:
    """Draw the files and what is said of them, their columns, then what they would bring, and the button that publishes."""
    files = st.file_uploader(
        literal(
            _(
                "Fichiers ({mb} Mo au plus, {unpacked} Mo décompressés)",
                mb=number(settings().upload_mb),
                unpacked=number(settings().unpacked_mb),
            )
        ),
        type=list(ENDINGS),
        accept_multiple_files=True,
        max_upload_size=settings().upload_mb,
        key=f"import_files_{st.session_state.get(_TURN, 0)}",
    )
    remembered.fill_in(files, trail.actor())
    edition, source, licence = _ask_for_source()
    is_full = st.checkbox(_("Export complet : ce que la source ne contient plus est retiré"), key="import_full")
    try:
        mapping = online_events.of_own_region(_mapping())
        if not files:
            return
        tables = _tables(files, mapping)
        of_tables = column_choice.draw(tables, mapping, source, licence)
        unnamed = [table.name for table in tables if not table.has_header and table.name not in of_tables]
        if unnamed:
            figures.note(_("Dites d'abord ce que contient chaque colonne de : {names}.", names=", ".join(unnamed)))
            return
        digests = _digests(files)
        of_tables = rejected_rows.applied(of_tables, mapping, rejected_rows.known(digests))
        request = ImportRequest(edition, source or None, licence or None, is_full, mapping, of_tables)
        account, staged, report = _previewed(files, request)
        account_page.draw(account, staged, report)
        if lines := rejected_rows.lines(account.rejects):
            rejected_rows.draw(digests, _rejected(files, request, lines), account.rejects)
        if not account.taken or not st.button(_("Publier"), type="primary"):
            return
        with st.spinner(_("Publication…")):
            published, *_rest = _run(files, request, dry_run=False)
    except CampaignError as error:
        st.error(literal(str(error)))
        return
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1  # an uploader of that number is empty
    if (running := get_script_run_ctx()) is not None:
        uploaded_files.free(running.session_id)
    access.notify(_("Publié, import n° {id}.", id=published.import_id), _next_steps(published))


def _next_steps(published: Account) -> list[tuple[str, str]]:
    """Return where a coordinator goes from here, in words and addresses: the pace and the report of the chosen territory."""
    chosen = choice.current()
    if published.edition:
        chosen = chosen.replace(editions=(published.edition,))
    place = lead.place_of(chosen)
    pace = _("Rythme {place}", place=place.inside) if place else _("Rythme")
    return [(pace, urls.link("pace", chosen)), *figures.report_links(chosen)]


def _ask_for_source() -> tuple[int | None, str, str]:
    """Draw what is said of the files; return edition, source, licence."""
    left, middle, right = st.columns(3)
    years: list[int | None] = [None, *sorted(codes().editions, reverse=True)]
    with left:
        edition = st.selectbox(
            filter_name("edition"), years, format_func=lambda year: str(year) if year else _("D'après les dates"),
            key="import_edition",
        )  # fmt: skip
    with middle:
        source = st.text_input(
            _("Source (le même nom à chaque import d'un agenda)"), key="import_source", max_chars=100
        )
    with right:
        licence = st.text_input(_("Licence des événements"), key="import_licence", max_chars=100)
    return edition, source.strip(), licence.strip()


def _mapping() -> intake.Mapping:
    """Draw where a mapping that was kept is given back; return what it says. Raises IntakeError if it is faulty."""
    given = st.file_uploader(
        _("Colonnes gardées d'un import précédent (fichier TOML, facultatif)"),
        type=["toml"],
        max_upload_size=1,
        key=f"import_mapping_{st.session_state.get(_TURN, 0)}",
    )
    return mappings.parse(given.getvalue(), given.name) if given else intake.Mapping()


def _tables(files: Sequence[Upload], mapping: intake.Mapping) -> list[Table]:
    """Return the tables among the files; read again only when they or the mapping have changed."""
    key = (_digests(files), mapping)
    known: tuple[Any, list[Table]] = st.session_state.get(_TABLES, (None, []))
    if known[0] != key:
        with temporary_files(files) as paths:
            known = (key, look(paths, mapping, unpacked_mb=settings().unpacked_mb))
        st.session_state[_TABLES] = known
    return known[1]


def _rejected(files: Sequence[Upload], request: ImportRequest, lines: dict[str, list[int]]) -> list[rejected.Table]:
    """Return the tables with the rows of these lines, as they are written or were corrected."""
    with temporary_files(files) as paths:
        return rejected_of(paths, request.mapping, request.of_tables, lines, unpacked_mb=settings().unpacked_mb)


def _previewed(files: Sequence[Upload], request: ImportRequest) -> tuple[Account, intake.Staged, bytes]:
    """Return what these files would bring; read again only when they, the form or the event file have changed."""
    key = (_digests(files), request, identity_now())
    known: tuple[Any, tuple[Account, intake.Staged, bytes]] | None = st.session_state.get(_PREVIEW)
    if known is None or known[0] != key:
        with st.spinner(_("Lecture des fichiers…")):
            known = (key, _run(files, request, dry_run=True))
        st.session_state[_PREVIEW] = known
    return known[1]


def _run(files: Sequence[Upload], request: ImportRequest, *, dry_run: bool) -> tuple[Account, intake.Staged, bytes]:
    """Return the account of these files, published or not, what was understood of each, and the report."""
    with temporary_files(files) as paths, TemporaryDirectory() as folder:
        report = Path(folder) / "rapport.csv"
        account, staged = run_import(
            settings().db, paths, edition=request.edition, source=request.source, mapping=request.mapping,
            of_tables=request.of_tables, licence=request.licence, dry_run=dry_run, is_full=request.is_full,
            report=report, ran_by=trail.actor(), unpacked_mb=settings().unpacked_mb,
        )  # fmt: skip
        return account, staged, report.read_bytes()


def _digests(files: Sequence[Upload]) -> tuple[tuple[str, str], ...]:
    return tuple((file.name, hashlib.sha256(file.getvalue()).hexdigest()) for file in files)
