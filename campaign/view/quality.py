"""The parts of the page of quality."""

from campaign import address
from campaign.filters import Filters
from campaign.language import _, ngettext
from campaign.store import Answer
from campaign.view import figures
from campaign.view.figures import Cell, Column
from campaign.wording.dates import day_name, moment_name
from campaign.wording.findings import finding, remedy
from campaign.wording.numbers import missing, number

MOST = 200


def known_kind(asked: str | None, kinds: Answer) -> str | None:
    """Return the asked kind of finding if there is one."""
    return asked if asked in kinds.column("kind") else None


def sentence(kinds: Answer) -> str:
    """Return how much there is to look at."""
    total = sum(kinds.column("count"))
    if total == 0:
        return _("Rien à vérifier dans le fichier.")
    return ngettext(
        "{n} point à vérifier dans le fichier, de {kinds}.",
        "{n} points à vérifier dans le fichier, de {kinds}.",
        total,
        n=number(total),
        kinds=ngettext("{n} sorte", "{n} sortes", len(kinds.values), n=number(len(kinds.values))),
    )


def details() -> str:
    """Return what a finding is."""
    return _("Rien n'est corrigé ni supprimé en silence : chaque constat dit quoi faire. Toutes éditions confondues.")


def table(chosen: Filters, kinds: Answer, shown: str | None) -> None:
    """Draw the findings by kind, each with its remedy and a link to its list."""
    figures.table(
        [
            Column(_("Constat"), "kind"),
            Column(_("Nombre"), "count", True, True),
            Column(_("Que faire"), "remedy"),
        ],
        [
            {
                "kind": Cell(
                    finding(row["kind"]),
                    href=address.link("quality", chosen, kind=row["kind"]),
                    css="chosen" if row["kind"] == shown else "",
                ),
                "count": figures.bar_cell(row["count"]),
                "remedy": Cell(remedy(row["kind"])),
            }
            for row in kinds.rows
        ],
        caption=_("Constats par sorte"),
    )


def listing(chosen: Filters, kind: str, answer: Answer) -> None:
    """Draw the events that have one kind of finding."""
    figures.heading(finding(kind), remedy(kind))
    figures.table(
        [
            Column(_("Événement"), "title"),
            Column(_("Édition"), "edition"),
            Column(_("Date"), "day"),
            Column(_("Commune"), "commune"),
            Column(_("Précision"), "detail"),
        ],
        [
            {
                "title": Cell(
                    row["title"] or missing(),
                    href=address.link("agenda", chosen, event=row["event_id"]) if row["is_public"] else None,
                ),
                "edition": Cell(str(row["edition"]) if row["edition"] else missing()),
                "day": Cell(day_name(row["starts_at"].date()) if row["starts_at"] else missing()),
                "commune": Cell(row["commune"] or missing()),
                "detail": Cell(row["detail"] or ""),
            }
            for row in answer.rows
        ],
        caption=finding(kind),
    )
    if len(answer.values) == MOST:
        figures.note(_("Les {n} premiers ; la liste entière : campaign check --json.", n=number(MOST)))


def imports(answer: Answer) -> None:
    """Draw what came in: each import with its account."""
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
                "when": Cell(moment_name(row["imported_at"])),
                "source": Cell(f"{row['source']} ({row['licence'] or _('licence non précisée')})"),
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
