"""`campaign demo`, `campaign import`: events into the file."""

import csv
import json
import re
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.table import Table

from campaign import demo as demonstration
from campaign import intake, reference
from campaign.build import pipeline
from campaign.build import rollback as undo
from campaign.build.pipeline import Account, ImportOptions
from campaign.commands.common import NOTHING_TAKEN, WRONG_USAGE, Db, console, event_file, out, readable_errors
from campaign.errors import IntakeError
from campaign.intake import formats
from campaign.intake.mapping import load as load_mapping
from campaign.intake.reasons import REASONS
from campaign.wording import findings, sentences
from campaign.wording.numbers import number

FORMATS = ("auto", "openagenda", "opendatasoft", "fete-de-la-science", "csv")
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
    out(f"{path} : {number(account.new)} événements de démonstration.")


def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FICHIER…", help="Exports d'agendas, tableurs.")],
    format: Annotated[str, typer.Option(help="auto, openagenda, opendatasoft, fete-de-la-science, csv.")] = "auto",
    edition: Annotated[int | None, typer.Option(help="Année de l'édition ; sinon d'après les dates.")] = None,
    source: Annotated[
        str | None, typer.Option(help="Nom de la source : deux imports d'un même agenda ont le même.")
    ] = None,
    mapping: Annotated[Path | None, typer.Option(help="Fichier TOML : quelle colonne est quoi.")] = None,
    licence: Annotated[str | None, typer.Option(help="Licence des événements, répétée dans chaque export.")] = None,
    full: Annotated[
        bool,
        typer.Option(
            "--full", help="Export complet de la source : ce qui n'y est plus est retiré (gardé, non compté)."
        ),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Montre ce qui se passerait, n'écrit rien.")] = False,
    report: Annotated[Path | None, typer.Option(help="Écrit les lignes rejetées dans ce CSV.")] = None,
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
    with readable_errors():
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
        )
    if report is not None:
        write_report(report, account)
    if as_json:
        out(json.dumps(account.as_json(), ensure_ascii=False))
    else:
        tell(account, staged, dry_run=dry_run)
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


def run_import(
    db: Path,
    files: list[Path],
    *,
    format: str,
    edition: int | None,
    source: str | None,
    mapping: Path | None,
    licence: str | None,
    dry_run: bool,
    is_full: bool = False,
) -> tuple[Account, intake.Staged]:
    """Stage the files and build; return the account and what was understood of each file."""
    for file in files:
        if not file.is_file():
            raise IntakeError(f"{file} n'est pas un fichier.", "Vérifiez son nom.")
    wanted = load_mapping(mapping) if mapping else intake.Mapping()
    staged: list[intake.Staged] = []

    def stage(connection: duckdb.DuckDBPyConnection) -> None:
        staged.append(intake.stage(connection, files, format=format, mapping=wanted))

    names = {formats.detect(file)[0] for file in files} - {formats.AGENDA} if format == "auto" else {format}
    region_2014, region_2016 = chamber_regions(wanted.source.get("chamber_region"))
    options = ImportOptions(
        source=source or wanted.source.get("name") or default_source(files, names),
        format=names.pop() if len(names) == 1 else "mixed",
        files=tuple(file.name for file in files),
        edition=edition,
        licence=licence or wanted.source.get("licence"),
        is_full=is_full,
        chamber_region_2014=region_2014,
        chamber_region_2016=region_2016,
    )
    account = pipeline.run(db, [stage], options, dry_run=dry_run)
    return account, staged[0]


def default_source(files: list[Path], names: set[str]) -> str:
    """Return a name for a source that was given none: an agenda platform's, else the file's without dates and numbers.

    Identifiers are unique over an agenda platform, but not over chambers' spreadsheets.
    """
    if names and names <= {"openagenda", "opendatasoft"}:
        return "openagenda"
    stem = re.sub(r"[\d_\W]+", "-", files[0].stem.lower()).strip("-")
    return stem or "fichier"


def chamber_regions(code: str | None) -> tuple[str | None, str | None]:
    """Return a chamber's regions of 2014 and 2016 from a code of either; online events of its agenda are there."""
    return reference.region_pair(code) if code else (None, None)


def tell(account: Account, staged: intake.Staged, *, dry_run: bool) -> None:
    """Print the account for a person: what was understood, taken, rejected, and what to look at."""
    for file in staged.files:
        out(f"{file.name} : {file.format} ({file.reading.why})")
        for name, columns in file.reading.columns.items():
            out(f"  {name} ← {', '.join(columns)}")
        if file.reading.unused_columns:
            out(f"  colonnes sans emploi : {', '.join(file.reading.unused_columns)}")
    rejected = [(reject.line, findings.rejection(reject.reason)) for reject in account.rejects]
    out(sentences.account(account.new, account.updated, account.unchanged, rejected))
    if account.warnings:
        table = Table("Constat", "Nombre", "Que faire", title="À vérifier", title_justify="left")
        for kind, n in sorted(account.warnings.items(), key=lambda item: -item[1]):
            table.add_row(findings.finding(kind), number(n), findings.remedy(kind))
        console.print(table)
    if dry_run:
        out("Essai : rien n'a été écrit.")


def write_report(path: Path, account: Account) -> None:
    """Write the rejected records as a CSV that Excel opens: file, line, field, value, reason, remedy."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["fichier", "ligne", "champ", "valeur", "motif", "explication", "remède"])
        for reject in account.rejects:
            reason = REASONS[reject.reason]
            value = reject.value or ""
            guarded = f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
            writer.writerow(
                [
                    reject.file,
                    reject.line or "",
                    reject.field or "",
                    guarded,
                    reject.reason,
                    reason.label,
                    reason.remedy,
                ]
            )
