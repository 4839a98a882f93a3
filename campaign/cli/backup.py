"""`campaign backup`, `campaign restore`, `campaign migrate`: the event file kept, put back, brought up to date."""

import time
from pathlib import Path
from typing import Annotated

import typer

from campaign.cli.options import Db, console, event_file, out, readable_errors
from campaign.core.errors import BusyError
from campaign.publish import keep
from campaign.publish import migrate as migration
from campaign.store.lake import shown
from campaign.wording.numbers import number

PATIENCE_S = 120.0


def backup(
    target: Annotated[Path, typer.Argument(metavar="COPIE.duckdb", help="La copie à écrire.")], db: Db = None
) -> None:
    """Copie le fichier d'événements, relit la copie en entier et compare les comptes avant de la dire bonne."""
    path = event_file(db)
    with readable_errors():
        _tell("Sauvegarde vérifiée", keep.backup(path, target))


def restore(
    source: Annotated[Path, typer.Argument(metavar="COPIE.duckdb", help="Une copie écrite par campaign backup.")],
    db: Db = None,
) -> None:
    """Remet une sauvegarde en place, d'un coup, après l'avoir relue ; le fichier remplacé est gardé à côté."""
    path = event_file(db)
    with readable_errors():
        _tell("Sauvegarde remise en place", keep.restore(source, path))
        made_current(path)


def migrate(db: Db = None) -> None:
    """Met à niveau un fichier d'une version antérieure ; une copie de l'ancien est gardée à côté."""
    path = event_file(db)
    with readable_errors():
        done = made_current(path)
    if not done:
        out(f"{shown(path)} : rien à mettre à niveau.")


def made_current(path: Path) -> bool:
    """Migrate an older event file, waiting for another process that does; return whether this one did it."""
    latest = time.monotonic() + PATIENCE_S
    while True:
        try:
            done = migration.migrate(path)
        except BusyError:
            if time.monotonic() > latest:
                raise
            time.sleep(0.5)
            continue
        if done is not None:
            console.print(
                f"{shown(path)} : schéma {done.before} mis au niveau {done.after}. L'ancien fichier : {done.copy}."
            )
        return done is not None


def _tell(what: str, kept: keep.Kept) -> None:
    n_rows = sum(kept.rows.values())
    out(
        f"{what} : {shown(kept.path)}, schéma {kept.schema_version}, {number(kept.n_counted)} événements comptés, "
        f"{number(n_rows)} lignes relues dans {number(len(kept.rows))} tables."
    )
