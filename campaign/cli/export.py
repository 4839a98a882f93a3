"""`campaign export`: the events of the filters as a file."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from campaign import filters
from campaign.cli.filter_options import Pairs, with_filters
from campaign.cli.options import Db, console, event_file, out, readable_errors
from campaign.core.files import whole_file
from campaign.core.language import _
from campaign.exports import files

DIALECTS = {"csv-fr": ("csv", "fr")}

_HELP = ", ".join((*files.WRITTEN, *(f"{name} (pour un Excel français)" for name in DIALECTS))) + "."


@with_filters
def export(
    pairs: Pairs,
    format: Annotated[str, typer.Option(help=_HELP)],
    out_file: Annotated[Path | None, typer.Option("--out", help="Fichier à écrire ; sinon la sortie standard.")] = None,
    db: Db = None,
) -> None:
    """Exporte les événements comptés : les mêmes lignes que l'adresse /api/v1/events."""
    event_file(db)
    kind, dialect = DIALECTS.get(format, (format, None))
    if kind not in files.WRITTEN:
        console.print(_("Format inconnu : {format}.", format=format))
        raise typer.Exit(2)
    with readable_errors():
        chosen = filters.parse(pairs)
        if out_file is None:
            files.write(kind, chosen, sys.stdout.buffer, dialect)
            return
        with whole_file(out_file) as stream:
            files.write(kind, chosen, stream, dialect)
    out(f"{out_file} ({date.today().isoformat()})")  # noqa: DTZ011  the reader's own day
