"""`campaign template`: the workbook that a chamber fills in."""

from pathlib import Path
from typing import Annotated

import typer

from campaign.cli.options import language_of_terminal, out, readable_errors
from campaign.core.language import _, use
from campaign.intake import template as workbooks


def template(
    out_file: Annotated[Path, typer.Argument(metavar="SORTIE.xlsx", help="Le classeur à écrire.")],
    edition: Annotated[int | None, typer.Option(help="Année de l'édition, pour les dates des exemples.")] = None,
) -> None:
    """Écrit un classeur à remplir par qui coordonne un territoire : colonnes, listes de valeurs admises, aide, exemples."""
    with readable_errors():
        workbooks.write(out_file, edition)
    with use(language_of_terminal()):
        out(_("{out_file} : à remplir, puis campaign import {out_file}", out_file=out_file))
