"""`campaign import`: real events into the file."""

import json
from pathlib import Path
from typing import Annotated

import typer

from campaign.cli import import_output
from campaign.cli.options import NOTHING_TAKEN, WRONG_USAGE, Db, console, event_file, out, ran_by, readable_errors
from campaign.core.language import _
from campaign.follow import once
from campaign.intake.files import scratch
from campaign.publish.importing import run_import

FORMATS = ("auto", "openagenda", "opendatasoft", "fete-de-la-science", "ics", "csv", "xlsx")

FIRST_EDITION, LAST_EDITION = 1990, 2100


def import_(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FICHIER…", help="Exports d'agendas, tableurs, calendriers, dossiers, .zip, .gz, https://…."
        ),
    ],
    format: Annotated[str, typer.Option(help=", ".join(FORMATS) + ".")] = "auto",
    edition: Annotated[int | None, typer.Option(help="Année de l'édition ; sinon d'après les dates.")] = None,
    source: Annotated[
        str | None, typer.Option(help="Nom de la source : deux imports d'un même agenda ont le même.")
    ] = None,
    mapping: Annotated[Path | None, typer.Option(help="Fichier TOML : quelle colonne est quoi.")] = None,
    save_mapping: Annotated[
        Path | None, typer.Option(help="Écrit dans ce fichier TOML les colonnes devinées, à corriger et à redonner.")
    ] = None,
    licence: Annotated[str | None, typer.Option(help="Licence des événements, répétée dans chaque export.")] = None,
    full: Annotated[
        bool,
        typer.Option(
            "--full", help="Export complet de la source : ce qui n'y est plus est retiré (gardé, non compté)."
        ),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Montre ce qui se passerait, n'écrit rien.")] = False,
    report: Annotated[Path | None, typer.Option(help="Écrit dans ce CSV les lignes rejetées et les constats.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Imprime le compte rendu en JSON.")] = False,
    db: Db = None,
) -> None:
    """Importe de vrais événements : tout est publié ensemble, ou rien."""
    path = event_file(db)
    if format not in FORMATS:
        console.print(_("Format inconnu : {format}. Formats : {formats}.", format=format, formats=", ".join(FORMATS)))
        raise typer.Exit(WRONG_USAGE)
    if edition is not None and not FIRST_EDITION <= edition <= LAST_EDITION:
        console.print(
            _(
                "L'édition est une année entre {first_edition} et {last_edition}.",
                first_edition=FIRST_EDITION,
                last_edition=LAST_EDITION,
            )
        )
        raise typer.Exit(WRONG_USAGE)
    with readable_errors(), scratch.folder() as folder, import_output.progress(console) as progress:
        given = once.fetch(files, folder)
        account, staged = run_import(
            path,
            given.files,
            format=format,
            edition=edition,
            source=source,
            mapping=mapping,
            licence=licence,
            dry_run=dry_run,
            is_full=full,
            ran_by=ran_by("import"),
            report=report,
            names=given.names,
            progress=progress,
        )
        if save_mapping is not None:
            import_output.keep_columns(save_mapping, staged, licence)
    if as_json:
        out(json.dumps(account.as_json(), ensure_ascii=False))
    else:
        import_output.tell(account, staged, dry_run=dry_run)
    if account.taken == 0:
        console.print(_("Rien n'a pu être pris : le fichier publié est inchangé."))
        raise typer.Exit(NOTHING_TAKEN)
