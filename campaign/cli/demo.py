"""`campaign demo`: a file of demonstration events."""

from typing import Annotated

import typer

from campaign import demo as demonstration
from campaign.cli.options import Db, event_file, out, readable_errors
from campaign.store.lake import shown
from campaign.wording.numbers import number


def demo(
    events: Annotated[int | None, typer.Option(min=1, help="Événements comptés, toutes éditions ensemble.")] = None,
    seed: Annotated[int, typer.Option(help="La même graine donne les mêmes événements.")] = 2014,
    force: Annotated[bool, typer.Option("--force", help="Écrase de vrais événements.")] = False,
    db: Db = None,
) -> None:
    """Écrit un fichier de démonstration (événements fictifs)."""
    path = event_file(db)
    with readable_errors():
        account = demonstration.write(path, n_events=events, seed=seed, force=force)
    out(f"{shown(path)} : {number(account.new)} événements de démonstration.")
