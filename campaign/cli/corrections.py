"""`campaign corrections`: what people say of an event over what its source says; remembered over later imports."""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from campaign import store
from campaign.cli.options import Db, console, event_file, headed, out, ran_by, readable_errors
from campaign.core.files import write_whole
from campaign.core.language import _
from campaign.core.settings import PARIS
from campaign.publish import corrections
from campaign.wording import corrections as wording

app = typer.Typer(
    help="Corrections d'événements : type, lieu, dates, organisateur ; elles restent aux imports suivants.",
    no_args_is_help=True,
)

Field = Annotated[
    Literal["type", "place", "dates", "organiser"],
    typer.Argument(metavar="CHAMP", help="type, place, dates, organiser."),
]


@app.command("list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="Imprime la liste en JSON.")] = False, db: Db = None
) -> None:
    """Liste les corrections, les dernières d'abord, avec ce que la source disait."""
    event_file(db)
    with readable_errors():
        rows = store.query("corrections", with_unpublished=True, lang="fr").rows
    if as_json:
        out(json.dumps(rows, ensure_ascii=False, default=_text))
        return
    table = headed(
        _("Événement"), _("Source et identifiant"), _("Champ"), _("Avant"), _("Après"), _("Décidé"), _("État")
    )
    for row in rows:
        table.add_row(
            f"{row['title'] or '?'}\n{row['event_id'] or ''}",
            f"{row['source']}\n{row['source_uid']}",
            row["field"],
            wording.value(row["field"], row["replaced_label"] or row["replaced"]),
            wording.value(row["field"], row["value_label"] or row["value"]),
            f"{row['decided_at'].astimezone(PARIS):%Y-%m-%d %H:%M}\n{row['decided_by'] or ''}",
            wording.state(row["state"]),
        )
    console.print(table)


@app.command("add")
def add(
    event_id: Annotated[str, typer.Argument(metavar="ÉVÉNEMENT", help="Identifiant de l'événement.")],
    field: Field,
    value: Annotated[
        str,
        typer.Argument(
            metavar="VALEUR",
            help="Un type ; « 35000 Rennes », « lieu | adresse | commune » ou « en ligne » ; des dates ; un nom.",
        ),
    ],
    note: Annotated[str | None, typer.Option(help="Pourquoi, pour qui relira.")] = None,
    db: Db = None,
) -> None:
    """Corrige un champ d'un événement ; une correction du même champ est remplacée."""
    path = event_file(db)
    with readable_errors():
        understood_value = corrections.correct(
            path, event_id, field, value, decided_by=ran_by("corrections"), note=note
        )
    out(_("Corrigé : {field}.", field=wording.value(field, understood_value)))


@app.command("undo")
def undo(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="La source, comme list la donne.")],
    source_uid: Annotated[str, typer.Argument(metavar="IDENTIFIANT", help="L'identifiant dans cette source.")],
    field: Field,
    db: Db = None,
) -> None:
    """Revient sur une correction : ce que dit la source vaut de nouveau."""
    path = event_file(db)
    with readable_errors():
        corrections.undo(path, source, source_uid, field)
    out(_("Correction retirée."))


@app.command("export")
def export(
    to: Annotated[Path | None, typer.Option("--out", help="Le fichier à écrire, sinon la sortie standard.")] = None,
    db: Db = None,
) -> None:
    """Écrit toutes les corrections en CSV, que import relit."""
    event_file(db)
    with readable_errors():
        text = corrections.as_csv(store.query("corrections", with_unpublished=True, lang="fr").rows)
        if to is None:
            out(text.rstrip("\r\n"))
        else:
            write_whole(to, text)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Un CSV comme celui d'export.")], db: Db = None
) -> None:
    """Reprend les corrections d'un fichier, toutes ou aucune."""
    path = event_file(db)
    with readable_errors():
        n = corrections.bring(path, corrections.read(file), decided_by=ran_by("corrections"), file=file.name)
    out(_("Corrections reprises : {n}.", n=n))


def _text(value: Any) -> str:
    return value.astimezone(PARIS).isoformat() if isinstance(value, datetime) else str(value)
