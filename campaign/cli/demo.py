"""`campaign demo`: a file of demonstration events."""

import re
from typing import Annotated

import typer

from campaign.cli.options import Db, event_file, language_of_terminal, out, readable_errors
from campaign.core.errors import DemoRefusedError
from campaign.core.language import _, say, use
from campaign.publish import demonstration
from campaign.store.lake_connection import without_password
from campaign.wording.numbers import number


def demo(
    events: Annotated[int | None, typer.Option(min=1, help="Événements comptés, toutes éditions ensemble.")] = None,
    editions: Annotated[
        str | None,
        typer.Option(
            metavar="ANNÉES",
            help="Une édition (2014) ou une suite d'éditions (2008-2026), avec les régions, les communes et les événements "
            "en ligne de leur temps ; d'une édition en cours, ce qui est inscrit à ce jour. Sinon celles du dossier de la campagne.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="La même graine donne les mêmes événements.")] = 2014,
    force: Annotated[bool, typer.Option("--force", help="Écrase de vrais événements.")] = False,
    db: Db = None,
) -> None:
    """Écrit un fichier de démonstration (événements fictifs)."""
    path = event_file(db)
    with readable_errors():
        years = None if editions is None else _years(editions)
        account = demonstration.write(path, n_events=events, seed=seed, force=force, editions=years)
        if not account.taken:
            raise DemoRefusedError(
                say("Aucun événement n'est encore inscrit à ces éditions : rien n'est écrit."),
                say("Donnez une édition passée."),
            )
    with use(language_of_terminal()):
        out(_("{path} : {new} événements de démonstration.", path=without_password(path), new=number(account.new)))


def _years(given: str) -> range:
    """Return the years of "2014" or "2008-2026"; raises DemoRefusedError."""
    match = re.fullmatch(r"\s*(\d{4})\s*(?:[-–]\s*(\d{4}))?\s*", given)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
    if last < first:
        raise DemoRefusedError(
            say("« {given} » n'est pas une édition, ni une suite d'éditions.", given=given),
            say("Donnez par exemple 2014 ou 2008-2026."),
        )
    return range(first, last + 1)
