"""`campaign rollback`: back to before an import."""

import sys
from typing import Annotated

import typer

from campaign.cli.options import WRONG_USAGE, Db, console, event_file, out, readable_errors
from campaign.core.language import _
from campaign.publish import rollback as undo
from campaign.publish import trail
from campaign.wording.numbers import number


def rollback(
    import_id: Annotated[int, typer.Argument(metavar="IMPORT", help="Numéro donné par campaign history.")],
    yes: Annotated[
        bool, typer.Option("--yes", help="Sans demander, même si un autre compte a fait l'un de ces imports.")
    ] = False,
    db: Db = None,
) -> None:
    """Revient à l'état d'avant un import : lui et ceux qui l'ont suivi sont défaits."""
    path = event_file(db)
    with readable_errors():
        if not yes:
            _ask(undo.of_others(path, import_id, trail.account()))
        undone = undo.rollback(path, import_id)
    numbers = ", ".join(str(number_of) for number_of in undone.imports)
    out(
        _(
            "Imports défaits : {numbers}. {removed} événements retirés, {restored} remis comme avant.{demo}",
            numbers=numbers,
            removed=number(undone.removed),
            restored=number(undone.restored),
            demo=f" {_('Le fichier est de nouveau de démonstration.')}" if undone.is_demo else "",
        )
    )


def _ask(others: list[tuple[int, str]]) -> None:
    """Ask before undoing what somebody else did; where nobody can answer, say what to add."""
    if not others:
        return
    listed = ", ".join(f"n° {number_of} ({by})" for number_of, by in others)
    console.print(_("Un autre compte a fait : import {listed}.", listed=listed), markup=False)
    if sys.stdin.isatty() and typer.confirm(_("Défaire quand même ?"), err=True):
        return
    console.print(_("Rien n'est changé. Pour défaire quand même : --yes."), markup=False)
    raise typer.Exit(WRONG_USAGE)
