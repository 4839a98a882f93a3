"""`campaign organisers`: which names are joined as spellings of one organiser; joining, separating, taking back."""

import json
from typing import Annotated, Final

import typer

from campaign import store
from campaign.cli.options import Db, console, event_file, headed, out, readable_errors
from campaign.core.language import _, mark
from campaign.publish import decisions

app = typer.Typer(help="Organisateurs : quels noms sont rattachés, en rattacher, en séparer.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NOM", help="Identifiant du nom, comme list le donne.")]


DECISIONS: Final = {"joined": mark("rattaché"), "apart": mark("séparé")}


@app.command("list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="Imprime la liste en JSON.")] = False, db: Db = None
) -> None:
    """Liste les noms rattachés à un autre, par leur forme juridique ou par décision."""
    event_file(db)
    with readable_errors():
        rows = store.query("organiser_joins").rows
    if as_json:
        out(json.dumps(rows, ensure_ascii=False))
        return
    table = headed(_("Nom"), _("Identifiant"), _("Rattaché à"), _("Identifiant"), _("Décision"))
    for row in rows:
        why = _(DECISIONS.get(row["decision"] or "", mark("forme juridique")))
        table.add_row(row["name"], row["named_id"], row["organiser"] or "", row["organiser_id"] or "", why)
    console.print(table)


@app.command("join")
def join(
    named_id: Name,
    organiser_id: Annotated[str, typer.Argument(metavar="ORGANISATEUR", help="Celui dont c'est un autre nom.")],
    db: Db = None,
) -> None:
    """NOM est un autre nom de ORGANISATEUR : ils comptent pour un."""
    path = event_file(db)
    with readable_errors():
        decisions.join_organisers(path, named_id, organiser_id)
    out(_("Rattaché ; campaign organisers undo le défait."))


@app.command("apart")
def apart(named_id: Name, db: Db = None) -> None:
    """NOM est un organisateur à part, quoi que dise son nom."""
    path = event_file(db)
    with readable_errors():
        decisions.separate_organiser(path, named_id)
    out(_("Séparé ; campaign organisers undo le défait."))


@app.command("undo")
def undo(named_id: Name, db: Db = None) -> None:
    """Revient sur ce qui a été décidé de NOM."""
    path = event_file(db)
    with readable_errors():
        decisions.undo_organiser(path, named_id)
    out(_("Décision retirée."))
