"""`campaign archive`: an edition as a folder that opens without a server."""

from pathlib import Path
from typing import Annotated

import typer

from campaign.archive import site
from campaign.cli.options import (
    Db,
    Edition,
    Nomenclature,
    amount,
    event_file,
    language_of_terminal,
    of_one_edition,
    out,
    readable_errors,
)
from campaign.core.language import _, say, use
from campaign.wording.numbers import number


def archive(
    out_dir: Annotated[Path, typer.Option("--out", help="Dossier à écrire, nouveau ou vide.")],
    edition: Edition = None,
    nomenclature: Nomenclature = None,
    region: Annotated[str | None, typer.Option(help="Code INSEE ; le pays sans lui.")] = None,
    db: Db = None,
) -> None:
    """Écrit l'archive d'une édition : pages, dessins et données qui se lisent hors ligne, sommes de contrôle."""
    event_file(db)
    with readable_errors():
        chosen, year = of_one_edition(say("Une archive"), edition=edition, nomenclature=nomenclature, region=region)
        archived = site.write(year, out_dir, chosen.nomenclature, chosen.region)
    with use(language_of_terminal()):
        size = number(archived.n_bytes / 1_000_000, 1)
        out(
            _(
                "{out_dir} : {n_events}, {n_files} fichiers, {size} Mo.",
                out_dir=out_dir,
                n_events=amount(archived.n_events),
                n_files=number(archived.n_files),
                size=size,
            )
        )
