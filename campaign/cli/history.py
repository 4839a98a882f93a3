"""`campaign history`: what came in, when, from where, and what became of it."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from campaign import store
from campaign.cli.options import Db, event_file, headed, out, readable_errors
from campaign.core.language import _
from campaign.core.settings import PARIS
from campaign.publish import actions, trail
from campaign.wording import sources
from campaign.wording.numbers import number

WIDTH = 100  # where nobody's terminal says how wide it is
MOST_FILES = 3


def history(
    as_json: Annotated[bool, typer.Option("--json", help="Imprime la liste en JSON.")] = False,
    with_trail: Annotated[
        bool,
        typer.Option(
            "--trail", help="Qui a fait quoi : imports, annulations, décisions, sources suivies, le dernier d'abord."
        ),
    ] = False,
    db: Db = None,
) -> None:
    """Liste les imports, annulés compris, le dernier d'abord : quand, d'où, sous quelle licence, ce qu'ils ont apporté."""
    path = event_file(db)
    if with_trail:
        _trail(path, as_json=as_json)
        return
    with readable_errors():
        undone = trail.undone(path)
        rows = sorted([*store.query("imports").rows, *undone], key=lambda row: int(row["import_id"]), reverse=True)
    if as_json:
        out(json.dumps([_object(row) for row in rows], ensure_ascii=False))
        return
    console = Console(highlight=False, markup=False, emoji=False)
    table = headed(_("N°"), _("Quand"), _("Source"), _("Compte"), show_lines=True)
    for row in rows:
        table.add_row(
            str(row["import_id"]),
            f"{row['imported_at'].astimezone(PARIS):%d/%m/%Y\n%H:%M}",
            "\n".join(_origin(row)),
            "\n".join(_counts(row)),
        )
    if not console.is_terminal:
        console.width = WIDTH
    console.print(table, markup=False)


def _trail(path: Path, *, as_json: bool) -> None:
    """Print who did what."""
    with readable_errors():
        entries = trail.entries(path)
    if as_json:
        rows = [
            {
                "at": entry.at.astimezone(PARIS).isoformat(),
                "by": entry.by,
                "action": entry.action,
                "import_id": entry.import_id,
                "source": entry.source,
                "files": list(entry.files),
                "what": entry.what,
                "counts": dict(entry.counts),
                "undone": [row["import_id"] for row in entry.undone],
            }
            for entry in entries
        ]
        out(json.dumps(rows, ensure_ascii=False))
        return
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = WIDTH
    table = headed(_("Quand"), _("Qui"), _("Quoi"), show_lines=True)
    for entry in entries:
        table.add_row(f"{entry.at.astimezone(PARIS):%d/%m/%Y\n%H:%M}", entry.by, actions.in_words(entry))
    console.print(table, markup=False)


def _origin(row: dict[str, Any]) -> list[str]:
    files = list(row["files"])
    listed = ", ".join(files[:MOST_FILES])
    if len(files) > MOST_FILES:
        listed = _("{listed} et {n} autres", listed=listed, n=number(len(files) - MOST_FILES))
    edition = _("édition {year}", year=row["edition"]) if row["edition"] else _("édition d'après les dates")
    return [
        row["source"],
        f"{listed} ({row['format']})".strip(),
        f"{edition} · {row['licence'] or _('licence non précisée')}",
        *([_("export complet")] if row["is_full"] else []),
        *([_("démonstration")] if row["is_demo"] else []),
        *([row["ran_by"]] if row["ran_by"] else []),
        *(
            [
                _(
                    "annulé le {moment} : {who}",
                    moment=f"{row['undone_at'].astimezone(PARIS):%d/%m/%Y %H:%M}",
                    who=row["undone_by"],
                )
            ]
            if row.get("undone_at")
            else []
        ),
    ]


def _counts(row: dict[str, Any]) -> list[str]:
    names = ("read", "new", "updated", "unchanged", "rejected", "withdrawn")
    return sources.counts({name: row[f"n_{name}"] for name in names})


def _object(row: dict[str, Any]) -> dict[str, Any]:
    """Return an import as JSON: the names of `import --json`, and what it said of itself."""
    warnings = (pair.rpartition("=") for pair in (row["warnings"] or "").split())
    return {
        "import_id": row["import_id"],
        "imported_at": row["imported_at"].astimezone(PARIS).isoformat(),
        "source": row["source"],
        "files": list(row["files"]),
        "format": row["format"],
        "edition": row["edition"],
        "licence": row["licence"],
        "is_full": row["is_full"],
        "is_demo": row["is_demo"],
        "ran_by": row["ran_by"],
        "undone_at": row["undone_at"].astimezone(PARIS).isoformat() if row.get("undone_at") else None,
        "undone_by": row.get("undone_by"),
        **{name: row[f"n_{name}"] for name in ("read", "new", "updated", "unchanged", "rejected", "withdrawn")},
        "warnings": {kind: int(n) for kind, _equals, n in warnings},
    }
