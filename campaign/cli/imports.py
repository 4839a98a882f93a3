"""`campaign demo`, `campaign import`, `campaign rollback`, `campaign template`: events into the file."""

import json
from pathlib import Path
from typing import Annotated

import typer

from campaign import demo as demonstration
from campaign.cli import import_output
from campaign.cli.options import NOTHING_TAKEN, WRONG_USAGE, Db, console, event_file, out, readable_errors
from campaign.intake import template as workbooks
from campaign.publish import rollback as undo
from campaign.publish.importing import run_import
from campaign.store.lake import shown
from campaign.wording.numbers import number

FORMATS = ("auto", "openagenda", "opendatasoft", "fete-de-la-science", "ics", "csv", "xlsx")
FIRST_EDITION, LAST_EDITION = 1990, 2100


def demo(
    events: Annotated[int | None, typer.Option(min=7, help="Événements comptés sur les sept éditions.")] = None,
    seed: Annotated[int, typer.Option(help="La même graine donne les mêmes événements.")] = 2014,
    force: Annotated[bool, typer.Option("--force", help="Écrase de vrais événements.")] = False,
    db: Db = None,
) -> None:
    """Écrit un fichier de démonstration (événements fictifs, 2008 à 2014)."""
    path = event_file(db)
    with readable_errors():
        account = demonstration.write(path, n_events=events, seed=seed, force=force)
    out(f"{shown(path)} : {number(account.new)} événements de démonstration.")


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
        console.print(f"Format inconnu : {format}. Formats : {', '.join(FORMATS)}.")
        raise typer.Exit(WRONG_USAGE)
    if edition is not None and not FIRST_EDITION <= edition <= LAST_EDITION:
        console.print(f"L'édition est une année entre {FIRST_EDITION} et {LAST_EDITION}.")
        raise typer.Exit(WRONG_USAGE)
    with readable_errors(), import_output.progress(console) as progress:
        account, staged = run_import(
            path,
            files,
            format=format,
            edition=edition,
            source=source,
            mapping=mapping,
            licence=licence,
            dry_run=dry_run,
            is_full=full,
            report=report,
            progress=progress,
        )
        if save_mapping is not None:
            import_output.keep_columns(save_mapping, staged, licence)
    if as_json:
        out(json.dumps(account.as_json(), ensure_ascii=False))
    else:
        import_output.tell(account, staged, dry_run=dry_run)
    if account.taken == 0:
        console.print("Rien n'a pu être pris : le fichier publié est inchangé.")
        raise typer.Exit(NOTHING_TAKEN)


def rollback(
    import_id: Annotated[int, typer.Argument(metavar="IMPORT", help="Numéro donné par campaign history.")],
    db: Db = None,
) -> None:
    """Revient à l'état d'avant un import : lui et ceux qui l'ont suivi sont défaits."""
    path = event_file(db)
    with readable_errors():
        undone = undo.rollback(path, import_id)
    numbers = ", ".join(str(number_of) for number_of in undone.imports)
    out(
        f"Imports défaits : {numbers}. {number(undone.removed)} événements retirés, {number(undone.restored)} remis "
        f"comme avant.{' Le fichier est de nouveau de démonstration.' if undone.is_demo else ''}"
    )


def template(
    out_file: Annotated[Path, typer.Argument(metavar="SORTIE.xlsx", help="Le classeur à écrire.")],
    edition: Annotated[int | None, typer.Option(help="Année de l'édition, pour les dates des exemples.")] = None,
) -> None:
    """Écrit un classeur à remplir par une chambre : colonnes, listes de valeurs admises, aide, exemples."""
    with readable_errors():
        workbooks.write(out_file, edition)
    out(f"{out_file} : à remplir, puis campaign import {out_file}")
