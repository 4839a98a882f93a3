"""`campaign rollback`: back to before an import."""

from typing import Annotated

import typer

from campaign.cli.options import Db, event_file, out, readable_errors
from campaign.publish import rollback as undo
from campaign.wording.numbers import number


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
