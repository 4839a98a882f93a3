"""`campaign duplicates`: events that may be the same; what is decided of them is remembered over later imports."""

import json
from datetime import datetime
from typing import Annotated, Any

import typer

from campaign import filters, store
from campaign.cli.options import Db, console, event_file, headed, out, readable_errors
from campaign.core.language import _
from campaign.core.settings import PARIS
from campaign.publish import decisions
from campaign.wording.findings import pair_reason
from campaign.wording.numbers import number

app = typer.Typer(
    help="Doublons possibles : les voir, les accepter, les refuser, revenir en arrière.", no_args_is_help=True
)

Later = Annotated[str, typer.Argument(metavar="DOUBLON", help="L'événement qui ne sera plus compté.")]
Kept = Annotated[str, typer.Argument(metavar="ÉVÉNEMENT", help="Celui qui reste compté.")]
Note = Annotated[str | None, typer.Option(help="Pourquoi, pour qui relira.")]


@app.command("list")
def list_(
    decided: Annotated[bool, typer.Option("--decided", help="Les paires décidées, au lieu des proposées.")] = False,
    region: Annotated[list[str] | None, typer.Option(help="Code INSEE de région.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Combien au plus.")] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="Imprime la liste en JSON.")] = False,
    db: Db = None,
) -> None:
    """Liste les doublons possibles, les plus sûrs d'abord, avec leurs identifiants."""
    event_file(db)
    with readable_errors():
        if decided:
            rows = store.query("duplicate_decisions").rows
        else:
            chosen = filters.parse([("edition", "all"), *(("region", code) for code in region or [])])
            rows = store.query("duplicate_pairs", chosen=chosen, limit=limit).rows
    if as_json:
        out(json.dumps(rows, ensure_ascii=False, default=_text))
        return
    table = headed(_("Doublon"), _("Événement"), _("Titres"), _("Décision") if decided else _("Pourquoi"))
    for row in rows:
        why = row["decision"] if decided else pair_reason(row["reason"])
        table.add_row(row["event_id"], row["other_id"], f"{row['title'] or '?'}\n{row['other_title'] or '?'}", why)
    console.print(table)


@app.command("accept")
def accept(event_id: Later, duplicate_of: Kept, note: Note = None, db: Db = None) -> None:
    """DOUBLON est le même que ÉVÉNEMENT : il est gardé, mais plus compté."""
    path = event_file(db)
    with readable_errors():
        n = decisions.decide_duplicate(path, event_id, duplicate_of, "accepted", note=note)
    out(_("Accepté. Événements comptés : {n}.", n=number(n)))


@app.command("refuse")
def refuse(event_id: Later, duplicate_of: Kept, note: Note = None, db: Db = None) -> None:
    """Ce sont deux événements : les deux comptent, la paire n'est plus proposée."""
    path = event_file(db)
    with readable_errors():
        n = decisions.decide_duplicate(path, event_id, duplicate_of, "refused", note=note)
    out(_("Refusé. Événements comptés : {n}.", n=number(n)))


@app.command("undo")
def undo(event_id: Later, duplicate_of: Kept, db: Db = None) -> None:
    """Revient sur ce qui a été décidé d'une paire : elle est proposée de nouveau."""
    path = event_file(db)
    with readable_errors():
        n = decisions.undo_duplicate(path, event_id, duplicate_of)
    out(_("Décision retirée. Événements comptés : {n}.", n=number(n)))


def _text(value: Any) -> str:
    return value.astimezone(PARIS).isoformat() if isinstance(value, datetime) else str(value)
