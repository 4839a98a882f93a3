"""`campaign check`: the findings on quality, on the screen, as JSON, or as a chamber's workbook."""

import json
from pathlib import Path
from typing import Annotated

import typer

from campaign import filters, store
from campaign.cli.options import Db, console, event_file, headed, out, readable_errors
from campaign.core.files import write_whole
from campaign.core.language import _
from campaign.core.settings import settings
from campaign.exports import files, todo
from campaign.wording.findings import finding, remedy
from campaign.wording.numbers import number

Many = Annotated[list[str] | None, typer.Option()]


def check(
    as_json: Annotated[bool, typer.Option("--json", help="Imprime les nombres en JSON.")] = False,
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
            base_url = settings().public_url.rstrip("/") or files.LOCAL_ADDRESS
            write_whole(out_file, todo.workbook(chosen, base_url, with_unpublished=True))
    if as_json:
        out(json.dumps(counts, ensure_ascii=False))
        return
    table = headed(_("Constat"), _("Nombre"), _("Que faire"))
    for kind, n in counts.items():
        table.add_row(finding(kind), number(n), remedy(kind))
    console.print(table)
