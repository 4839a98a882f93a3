"""`campaign bilan`: end-of-campaign reports as files."""

from pathlib import Path
from typing import Annotated

import typer

from campaign import filters, store
from campaign.cli.options import (
    Db,
    Edition,
    Nomenclature,
    RegionOrAll,
    amount,
    event_file,
    language_of_terminal,
    of_one_edition,
    out,
    progress_over_regions,
    readable_errors,
)
from campaign.core.files import write_whole, writing_into
from campaign.core.language import _, say, use
from campaign.report import bilan as reports
from campaign.wording.quantities import counted


def bilan(
    out_dir: Annotated[Path, typer.Option("--out", help="Dossier où écrire les bilans.")],
    edition: Edition = None,
    nomenclature: Nomenclature = None,
    region: RegionOrAll = None,
    db: Db = None,
) -> None:
    """Écrit le bilan de fin de campagne (PDF et DOCX), rempli de ce que tient le fichier ; ce qui manque y est dit."""
    event_file(db)
    with readable_errors(), store.snapshot(), writing_into(out_dir):
        region_code = None if region == "all" else region
        chosen, _year = of_one_edition(say("Un bilan"), edition=edition, nomenclature=nomenclature, region=region_code)
        written_reports = _all(chosen) if region == "all" else [reports.report(chosen)]
        for one in written_reports:
            for extension, content in (("pdf", one.pdf), ("docx", one.docx)):
                write_whole(out_dir / f"{one.name}.{extension}", content)
    with use(language_of_terminal()):
        out(
            _(
                "{out_dir} : {n_reports}, {total} au total.",
                out_dir=out_dir,
                n_reports=counted(len(written_reports), "bilan", "bilans"),
                total=amount(written_reports[0].total),
            )
        )


def _all(chosen: filters.Filters) -> list[reports.Report]:
    with progress_over_regions("Bilans", chosen) as advance:
        return reports.all_reports(chosen, advance)
