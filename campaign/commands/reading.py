"""`campaign history`, `campaign check`, `campaign export`: what the file holds."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from campaign import filters, store
from campaign.api import exports, todo
from campaign.commands.common import Db, console, event_file, out, readable_errors
from campaign.settings import PARIS, settings
from campaign.wording.findings import finding, remedy
from campaign.wording.numbers import number

FORMATS = {"csv-fr": ("csv", "fr")}

Many = Annotated[list[str] | None, typer.Option()]


def history(db: Db = None) -> None:
    """Liste les imports, le dernier d'abord."""
    event_file(db)
    with readable_errors():
        rows = store.query("imports").rows
    table = Table("Import", "Quand", "Source", "Édition", "Lus", "Nouveaux", "Mis à jour", "Inchangés", "Rejetés")
    for row in rows:
        counts = (row[f"n_{name}"] for name in ("read", "new", "updated", "unchanged", "rejected"))
        table.add_row(
            str(row["import_id"]),
            f"{row['imported_at'].astimezone(PARIS):%d/%m/%Y %H:%M}",
            row["source"],
            str(row["edition"] or ""),
            *(number(count) for count in counts),
        )
    console.print(table)


def check(
    as_json: Annotated[bool, typer.Option("--json")] = False,
    region: Many = None,
    nomenclature: Annotated[str | None, typer.Option()] = None,
    out_file: Annotated[
        Path | None, typer.Option("--out", help="Écrit la liste à faire (XLSX), événements non publiés compris.")
    ] = None,
    db: Db = None,
) -> None:
    """Compte ce qui est à vérifier dans le fichier, par sorte de constat ; --out en écrit la liste."""
    event_file(db)
    with readable_errors():
        pairs = [("edition", "all"), *(("region", code) for code in region or [])]
        pairs += [("nomenclature", nomenclature)] if nomenclature else []
        chosen = filters.parse(pairs)
        counts = {row["kind"]: row["count"] for row in store.query("findings_by_kind", chosen=chosen).rows}
        if out_file is not None:
            base_url = settings().public_url.rstrip("/") or exports.LOCAL_ADDRESS
            out_file.write_bytes(todo.workbook(chosen, base_url, with_unpublished=True))
    if as_json:
        out(json.dumps(counts, ensure_ascii=False))
        return
    table = Table("Constat", "Nombre", "Que faire")
    for kind, n in counts.items():
        table.add_row(finding(kind), number(n), remedy(kind))
    console.print(table)


def export(
    format: Annotated[str, typer.Option(help="csv, csv-fr, xlsx, json, geojson, parquet, ics, rss.")],
    out_file: Annotated[Path | None, typer.Option("--out", help="Fichier à écrire ; sinon la sortie standard.")] = None,
    edition: Many = None,
    nomenclature: Annotated[str | None, typer.Option()] = None,
    region: Many = None,
    departement: Many = None,
    type: Many = None,
    theme: Many = None,
    subcampaign: Annotated[str | None, typer.Option()] = None,
    attendance_mode: Many = None,
    commune: Many = None,
    organiser: Many = None,
    free: Annotated[str | None, typer.Option(help="true ou false.")] = None,
    accessible: Many = None,
    audience: Many = None,
    id: Many = None,
    from_: Annotated[str | None, typer.Option("--from")] = None,
    to: Annotated[str | None, typer.Option()] = None,
    q: Annotated[str | None, typer.Option()] = None,
    near: Annotated[str | None, typer.Option()] = None,
    radius_km: Annotated[str | None, typer.Option()] = None,
    unit: Annotated[str | None, typer.Option()] = None,
    as_of: Annotated[str | None, typer.Option()] = None,
    lang: Annotated[str | None, typer.Option()] = None,
    db: Db = None,
) -> None:
    """Exporte les événements comptés : les mêmes lignes que l'adresse /api/v1/events."""
    event_file(db)
    kind, dialect = FORMATS.get(format, (format, None))
    if kind not in exports.WRITTEN:
        console.print(f"Format inconnu : {format}.")
        raise typer.Exit(2)
    lists = {
        "edition": edition, "region": region, "departement": departement, "type": type, "theme": theme,
        "attendance_mode": attendance_mode, "commune": commune, "organiser": organiser,
        "accessible": accessible, "audience": audience, "id": id,
    }  # fmt: skip
    singles = {
        "nomenclature": nomenclature, "subcampaign": subcampaign, "free": free, "from": from_, "to": to, "q": q, "near": near,
        "radius_km": radius_km, "unit": unit, "as_of": as_of, "lang": lang,
    }  # fmt: skip
    pairs = [(name, value) for name, values in lists.items() for value in values or []]
    pairs += [(name, value) for name, value in singles.items() if value is not None]
    with readable_errors():
        chosen = filters.parse(pairs)
        if out_file is None:
            exports.write(kind, chosen, sys.stdout.buffer, dialect)
            return
        part = out_file.with_name(f"{out_file.name}.part")
        with part.open("wb") as stream:
            exports.write(kind, chosen, stream, dialect)
        part.replace(out_file)
    out(f"{out_file} ({date.today().isoformat()})")  # noqa: DTZ011  the reader's own day
