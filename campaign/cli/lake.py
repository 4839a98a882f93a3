"""`campaign lake`: what an event file in a lake needs now and then."""

from typing import Annotated

import typer

from campaign.cli.options import Db, event_file, out, readable_errors
from campaign.core.language import _
from campaign.store import lake_tidy
from campaign.wording.numbers import number

app = typer.Typer(help="Le lac (DuckLake) qui tient lieu de fichier d'événements.", no_args_is_help=True)


@app.callback()
def lake() -> None:
    """Le lac (DuckLake) qui tient lieu de fichier d'événements."""


@app.command("tidy")
def tidy(
    days: Annotated[int, typer.Option(min=0, help="Oublie les états de plus de tant de jours.")] = lake_tidy.DAYS,
    at_once: Annotated[
        bool, typer.Option("--at-once", help="Supprime aussitôt leurs fichiers, même si quelqu'un les lit.")
    ] = False,
    orphans: Annotated[
        bool,
        typer.Option(
            "--orphans", help="Supprime aussi les fichiers d'aucun état : le dossier ne doit contenir que ce lac."
        ),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Dit ce qui serait fait, ne fait rien.")] = False,
    db: Db = None,
) -> None:
    """Oublie les anciens états du lac, jamais le dernier, et supprime les fichiers dont plus aucun n'a besoin."""
    path = event_file(db)
    with readable_errors():
        outcome = lake_tidy.tidy(path, days=days, at_once=at_once, orphans=orphans, dry_run=dry_run)
    verb = _("à faire") if dry_run else _("fait")
    out(
        _(
            "États oubliés : {snapshots}. Fichiers supprimés : {files}. ({verb})",
            snapshots=number(outcome.snapshots),
            files=number(outcome.files),
            verb=verb,
        )
    )
