"""`campaign backup`, `campaign restore`: the event file kept, and put back."""

from pathlib import Path
from typing import Annotated

import typer

from campaign.cli.migrate import made_current
from campaign.cli.options import Db, event_file, out, readable_errors
from campaign.core.language import _
from campaign.publish import keep
from campaign.store.lake_connection import without_password
from campaign.wording.numbers import number


def backup(
    target: Annotated[Path, typer.Argument(metavar="COPIE.duckdb", help="La copie à écrire.")], db: Db = None
) -> None:
    """Copie le fichier d'événements, relit la copie en entier et compare les comptes avant de la dire bonne."""
    path = event_file(db)
    with readable_errors():
        _tell(_("Sauvegarde vérifiée"), keep.backup(path, target))


def restore(
    source: Annotated[Path, typer.Argument(metavar="COPIE.duckdb", help="Une copie écrite par campaign backup.")],
    db: Db = None,
) -> None:
    """Remet une sauvegarde en place, d'un coup, après l'avoir relue ; le fichier remplacé est gardé à côté."""
    path = event_file(db)
    with readable_errors():
        _tell(_("Sauvegarde remise en place"), keep.restore(source, path))
        made_current(path)


def _tell(what: str, content: keep.BackupContent) -> None:
    n_rows = sum(content.rows.values())
    out(
        _(
            "{what} : {path}, schéma {schema_version}, {n_counted} événements comptés, {n_rows} lignes relues dans {n_tables} tables.",
            what=what,
            path=without_password(content.path),
            schema_version=content.schema_version,
            n_counted=number(content.n_counted),
            n_rows=number(n_rows),
            n_tables=number(len(content.rows)),
        )
    )
