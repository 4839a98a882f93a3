"""`campaign archive`: an edition as a folder that opens without a server."""

from pathlib import Path
from typing import Annotated

import typer

from campaign import filters
from campaign.archive import site
from campaign.commands.common import Db, event_file, out, readable_errors
from campaign.errors import FilterError
from campaign.wording.numbers import number


def archive(
    out_dir: Annotated[Path, typer.Option("--out", help="Dossier à écrire, nouveau ou vide.")],
    edition: Annotated[str | None, typer.Option(help="Année de l'édition ; l'édition courante sans elle.")] = None,
    nomenclature: Annotated[str, typer.Option(help="Découpage des pages de l'agenda : 2014 ou 2016.")] = "2014",
    db: Db = None,
) -> None:
    """Écrit l'archive d'une édition : pages, dessins et données qui se lisent hors ligne, sommes de contrôle."""
    event_file(db)
    with readable_errors():
        pairs = [("nomenclature", nomenclature), *([("edition", edition)] if edition else [])]
        chosen = filters.parse(pairs)
        if chosen.edition is None:
            raise FilterError("edition", "Une archive est d'une seule édition.")
        made = site.write(chosen.edition, out_dir, chosen.nomenclature)
    size = number(made.n_bytes / 1_000_000, 1)
    out(f"{out_dir} : {number(made.n_events)} événements, {number(made.n_files)} fichiers, {size} Mo.")
