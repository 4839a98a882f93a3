"""`campaign bilan`: end-of-campaign reports as files."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from campaign import filters, store
from campaign.cli.options import Db, amount, console, event_file, of_one_edition, out, readable_errors
from campaign.report import bilan as reports
from campaign.wording.numbers import number


def bilan(
    out_dir: Annotated[Path, typer.Option("--out", help="Dossier où écrire les bilans.")],
    edition: Annotated[str | None, typer.Option(help="Année de l'édition ; l'édition courante sans elle.")] = None,
    nomenclature: Annotated[str | None, typer.Option(help="Découpage : 2014 (27 régions) ou 2016 (18).")] = None,
    region: Annotated[str | None, typer.Option(help="Code INSEE, ou all : le pays et chaque région.")] = None,
    db: Db = None,
) -> None:
    """Écrit le bilan de fin de campagne (PDF et DOCX), rempli de ce que tient le fichier ; ce qui manque y est dit."""
    event_file(db)
    with readable_errors(), store.snapshot():
        asked = None if region == "all" else region
        chosen, _year = of_one_edition("Un bilan", edition=edition, nomenclature=nomenclature, region=asked)
        out_dir.mkdir(parents=True, exist_ok=True)
        made = _all(chosen) if region == "all" else [reports.report(chosen)]
        for one in made:
            for extension, content in (("pdf", one.pdf), ("docx", one.docx)):
                part = out_dir / f"{one.name}.{extension}.part"
                part.write_bytes(content)
                part.replace(out_dir / f"{one.name}.{extension}")
    plural = "s" if len(made) > 1 else ""
    out(f"{out_dir} : {number(len(made))} bilan{plural}, {amount(made[0].total)} au total.")


def _all(chosen: filters.Filters) -> list[reports.Report]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        n_regions = len(filters.codes().regions[chosen.nomenclature])
        task = progress.add_task("Bilans", total=1 + n_regions)
        return reports.all_reports(chosen, lambda place: progress.update(task, advance=1, description=place))
