"""The parts of the page of quality that say what came in: the imports, and what one of them changed, chamber by chamber."""

from typing import Any

from campaign import store
from campaign.analysis import moment
from campaign.core.language import _, mark
from campaign.core.settings import PARIS
from campaign.filters import Filters, urls
from campaign.store import Answer
from campaign.view.components import figures
from campaign.view.components.figures import Cell, Column
from campaign.wording import campaign_names as names
from campaign.wording.dates import day_name, moment_name
from campaign.wording.numbers import number
from campaign.wording.quantities import listed

CHANGES = {
    "withdrawn": mark("retiré"),
    "absent": mark("absent"),
    "moved": mark("déplacé"),
    "edited": mark("modifié"),
    "new": mark("nouveau"),
}
FIELDS = {
    "title": mark("titre"),
    "description": mark("description"),
    "type": mark("type"),
    "themes": mark("thèmes"),
    "organiser": mark("organisation"),
    "status": mark("état"),
    "is_published": mark("publication"),
    "attendance_mode": mark("participation"),
    "place": mark("lieu"),
    "sessions": mark("horaires"),
    "edition": mark("année"),
    "conditions": mark("conditions"),
    "links": mark("liens"),
    "audience": mark("public"),
    "withdrawn": mark("retrait"),
}


def until(chosen: Filters, imports: Answer) -> Answer:
    """Return the imports that there were by the day of the choice."""
    day, column = moment.day_of(chosen), imports.columns.index("imported_at")
    return Answer(imports.columns, tuple(row for row in imports.values if row[column].astimezone(PARIS).date() <= day))


def known_import(requested_import: str | None, imports: Answer) -> int | None:
    """Return the requested import, else the last; None before the first."""
    return int(requested_import) if requested_import else next(iter(imports.column("import_id")), None)


def by_chamber(chosen: Filters, imports: Answer, import_id: int, answer: Answer) -> None:
    """Draw what one import changed, chamber by chamber."""
    one = next(row for row in imports.rows if row["import_id"] == import_id)
    when = moment_name(one["imported_at"])
    is_last = import_id == imports.rows[0]["import_id"]
    figures.heading(
        _("Ce qui a changé au dernier import, {when}", when=when)
        if is_last
        else _("Ce qui a changé à l'import n° {id}, {when}", id=import_id, when=when),
        _(
            "Déplacé : autre lieu ou autres horaires. Retiré : un export complet de sa source ne le contient plus. "
            "Absent : l'import précédent de sa source le contenait ; il compte encore."
        ),
    )
    figures.undated(chosen)
    if answer.is_empty:
        figures.note(_("Aucun événement publié n'a changé."))
        return
    headings = {
        "n_new": _("Nouveaux"),
        "n_withdrawn": _("Retirés"),
        "n_absent": _("Absents"),
        "n_moved": _("Déplacés"),
        "n_edited": _("Modifiés"),
    }
    totals = {name: sum(answer.column(name)) for name in headings}
    counts = ["n_new", *(name for name in headings if name != "n_new" and totals[name])]
    figures.table(
        [
            Column(names.capitalised(names.body()), "name"),
            *(Column(headings[name], name, True, name == "n_new") for name in counts),
        ],
        [
            {"name": Cell(row["name"] or _("Sans {body}", body=names.body())), "n_new": figures.bar_cell(row["n_new"])}
            | {name: Cell(number(row[name])) for name in counts[1:]}
            for row in answer.rows
        ],
        caption=_("Changements par {body}", body=names.body()),
        foot={"name": Cell(_("Total"))} | {name: Cell(number(totals[name])) for name in counts},
        is_folded=True,
    )
    if without := [words.lower() for name, words in headings.items() if name not in counts]:
        figures.note(_("Aucun : {names}.", names=", ".join(without)))


def listing(chosen: Filters, answer: Answer) -> None:
    """Draw the events that an import changed, with what they were; the new ones are in the agenda."""
    rows = [row for row in answer.rows if row["change"] != "new"]
    if not rows:
        return
    figures.table(
        [
            Column(_("Événement"), "title"),
            Column(_("Changement"), "change"),
            Column(_("Avant"), "before"),
            Column(_("Maintenant"), "now"),
        ],
        [
            {
                "title": Cell(row["title"], href=urls.link("agenda", chosen, event=row["event_id"])),
                "change": Cell(_changed(row)),
                "before": Cell(_state(row, "was_") if row["change"] in ("moved", "edited") else ""),
                "now": Cell(_state(row, "")),
            }
            for row in rows
        ],
        caption=_("Événements changés par cet import"),
    )


def _changed(row: dict[str, Any]) -> str:
    fields = listed(_(FIELDS[field]) for field in row["fields"] or [])
    return f"{_(CHANGES[row['change']])}{_(' : ') if fields else ''}{fields}"


def _state(row: dict[str, Any], prefix: str) -> str:
    begins = row[f"{prefix}starts_at"]
    title = row[f"{prefix}title"] if "title" in (row["fields"] or []) else None
    return ", ".join(
        part for part in (title, day_name(begins.date()) if begins else None, row[f"{prefix}commune"]) if part
    )


def imports(chosen: Filters, answer: Answer, selected_import: int | None) -> None:
    """Draw what came in: each import with its account, and a link to what it changed."""
    if answer.is_empty:
        figures.heading(
            _("Imports"),
            _("Aucun import : les événements du fichier ont été faits avec lui.")
            if store.query("imports").is_empty
            else _("Aucun import jusqu'à ce jour."),
        )
        return
    figures.heading(_("Imports"), _("Lus = nouveaux + mis à jour + inchangés + rejetés."))
    figures.table(
        [
            Column(_("Quand"), "when"),
            Column(_("Source"), "source"),
            Column(_("Lus"), "read", True),
            Column(_("Nouveaux"), "new", True),
            Column(_("Mis à jour"), "updated", True),
            Column(_("Inchangés"), "unchanged", True),
            Column(_("Rejetés"), "rejected", True),
        ],
        [
            {
                "when": Cell(
                    moment_name(row["imported_at"]),
                    href=urls.link("quality", chosen, **{"import": row["import_id"]}),
                    css="chosen" if row["import_id"] == selected_import else "",
                ),
                "source": Cell(
                    f"{row['source']} ({row['licence'] or _('licence non précisée')})"
                    + (_(", export complet") if row["is_full"] else "")
                ),
                "read": Cell(number(row["n_read"])),
                "new": Cell(number(row["n_new"])),
                "updated": Cell(number(row["n_updated"])),
                "unchanged": Cell(number(row["n_unchanged"])),
                "rejected": Cell(number(row["n_rejected"])),
            }
            for row in answer.rows
        ],
        caption=_("Imports"),
    )
