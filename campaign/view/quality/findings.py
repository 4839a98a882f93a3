"""The parts of the page of quality."""

from collections.abc import Mapping
from typing import Any, Final

from campaign.analysis import beyond, moment
from campaign.core.language import _, mark, ngettext
from campaign.filters import Filters, urls
from campaign.store import Answer
from campaign.view.components import figures, lead
from campaign.view.components.figures import Cell, Column
from campaign.wording import campaign_names as names
from campaign.wording import labels
from campaign.wording.dates import day_name, years
from campaign.wording.findings import detail, finding, pair_reason, remedy
from campaign.wording.numbers import missing, number, share

MOST: Final = 60


def known_kind(requested_kind: str | None, kinds: Answer) -> str | None:
    """Return the requested kind of finding if the territory has any."""
    return requested_kind if requested_kind in kinds.column("kind") else None


def territory(chosen: Filters) -> Filters:
    """Return the part of the choice that findings follow: the territory, over all editions; and the day that it is as of."""
    return Filters(
        nomenclature=chosen.nomenclature,
        regions=chosen.regions,
        departements=chosen.departements,
        as_of=chosen.as_of,
        lang=chosen.lang,
    )


def sentence(chosen: Filters, kinds: Answer) -> str:
    """Return how much there is to look at, and where."""
    total = sum(kinds.column("count"))
    place = lead.place_of(territory(chosen))
    where = place.inside if place else _("dans le fichier")
    if total == 0:
        return _("Rien à vérifier {where}.", where=where)
    return ngettext(
        "{n} point à vérifier {where}, {kinds}.",
        "{n} points à vérifier {where}, {kinds}.",
        total,
        n=number(total),
        where=where,
        kinds=_("d'une seule sorte")
        if len(kinds.values) == 1
        else ngettext("de {n} sorte", "de {n} sortes", len(kinds.values), n=number(len(kinds.values))),
    )


def details(chosen: Filters) -> str:
    """Return what a finding is; that findings are of today, where another day is asked."""
    promise = _(
        "Rien n'est corrigé ni supprimé en silence : chaque constat dit quoi faire. Toutes éditions confondues."
    )
    return " ".join(part for part in (promise, moment.undated(chosen)) if part)


def todo(chosen: Filters, kinds: Answer) -> None:
    """Draw the link to the to-do file of the territory."""
    if kinds.is_empty:
        return
    href = (
        urls.api("/api/v1/findings.xlsx", territory(chosen).replace(as_of=None))
        .replace("edition=all&", "")
        .replace("edition=all", "")
    )
    words = (
        _("La liste à faire (Excel)")
        if chosen.regions or chosen.departements
        else _("La liste à faire du pays (Excel)")
    )
    more = (
        ""
        if chosen.regions
        else _("Choisissez une région dans les filtres pour avoir celle d'{a_body}.", a_body=names.a_body())
    )
    figures.links([(words, href.rstrip("?"))], more)


def table(chosen: Filters, kinds: Answer, selected_kind: str | None) -> None:
    """Draw the findings by kind, each with its remedy and a link to its list."""
    figures.table(
        [
            Column(_("Constat"), "kind"),
            Column(_("Nombre"), "count", True),
            Column(_("Que faire"), "remedy"),
        ],
        [
            {
                "kind": Cell(
                    finding(row["kind"]),
                    href=urls.link("quality", chosen, kind=row["kind"]),
                    css="chosen" if row["kind"] == selected_kind else "",
                ),
                "count": figures.bar_cell(row["count"]),
                "remedy": Cell(remedy(row["kind"])),
            }
            for row in kinds.rows
        ],
        caption=_("Constats par sorte"),
    )


def listing(chosen: Filters, kind: str, answer: Answer, kinds: Answer) -> None:
    """Draw the events that have one kind of finding, and how many more there are that are not shown."""
    figures.heading(finding(kind), remedy(kind))
    figures.undated(chosen)
    if not answer.is_empty:
        _table(chosen, kind, answer)
    count = next(row for row in kinds.rows if row["kind"] == kind)
    hidden = count["count"] - count["n_public"]
    if count["n_public"] > MOST:
        figures.note(_("Les {n} premiers ; la liste entière est dans le fichier Excel.", n=number(MOST)))
    if hidden:
        figures.note(
            ngettext(
                "{n} autre n'est pas publié ou vient d'un fichier : il n'est pas montré ici (campaign check --out le donne).",
                "{n} autres ne sont pas publiés ou viennent d'un fichier : ils ne sont pas montrés ici (campaign check --out les donne).",
                hidden,
                n=number(hidden),
            )
        )


def _table(chosen: Filters, kind: str, answer: Answer) -> None:
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
                "title": Cell(row["title"], href=urls.link("agenda", chosen, event=row["event_id"])),
                "edition": Cell(str(row["edition"]) if row["edition"] else missing()),
                "day": Cell(day_name(row["starts_at"].date()) if row["starts_at"] else missing()),
                "commune": Cell(row["commune"] or missing()),
                "detail": Cell(detail(kind, row["detail"])),
            }
            for row in answer.rows
        ],
        caption=finding(kind),
    )


def pairs(chosen: Filters, answer: Answer) -> None:
    """Draw the events that may be the same, each beside the other, with the command that decides."""
    figures.heading(finding("duplicate"), remedy("duplicate"))
    figures.undated(chosen)
    figures.table(
        [
            Column(_("Événement"), "title"),
            Column(_("Peut-être le même que"), "other"),
            Column(_("Date"), "day"),
            Column(_("Commune"), "commune"),
            Column(_("Pourquoi"), "why"),
        ],
        [
            {
                "title": Cell(row["title"], href=urls.link("agenda", chosen, event=row["event_id"])),
                "other": Cell(
                    row["other_title"] + (f" ({row['other_source']})" if row["other_source"] != row["source"] else ""),
                    href=urls.link("agenda", chosen, event=row["other_id"]),
                ),
                "day": Cell(day_name(row["starts_at"].date()) if row["starts_at"] else missing()),
                "commune": Cell(row["commune"] or missing()),
                "why": Cell(pair_reason(row["reason"])),
            }
            for row in answer.rows
        ],
        caption=finding("duplicate"),
    )
    if len(answer.values) == MOST:
        figures.note(_("Les {n} premiers ; la liste entière est dans le fichier Excel.", n=number(MOST)))
    figures.note(
        _("Pour décider : campaign duplicates accept, refuse, undo. La décision est retenue aux imports suivants.")
    )


FIELDS: Final = (
    ("placed", mark("Lieu")),
    ("addressed", mark("Adresse exacte")),
    ("timed", mark("Début et fin")),
    ("typed", mark("Type donné")),
    ("themed", mark("Thème")),
    ("organised", mark("Organisateur")),
    ("described", mark("Description")),
    ("linked", mark("Lien")),
    ("priced", mark("Conditions")),
    ("accessible", mark("Accessibilité")),
)


def matrix(chosen: Filters, answer: Answer) -> None:
    """Draw fields × chambers: the share of counted events that have each field."""
    total = next(row for row in answer.rows if row["is_total"])
    weakest = min(FIELDS, key=lambda field: total[field[0]] / (total["n_events"] or 1))
    title = _("Ce que les {bodies} remplissent", bodies=names.bodies())
    if total["n_events"]:
        title = _(
            "Le champ le moins rempli : {field} ({part} des événements)",
            field=_(weakest[1]).lower(),
            part=share(total[weakest[0]], total["n_events"], 0),
        )
    figures.heading(
        title, _("Part des événements comptés, {years}", years=years(chosen.editions) or _("toutes éditions"))
    )
    if not total["n_events"]:
        figures.note(_("Aucun événement compté dans cette vue."))
        return
    columns = [
        Column(names.capitalised(names.body()), "name"),
        Column(_("Événements"), "n", True),
        *(Column(_(name), key, True) for key, name in FIELDS),
    ]
    rows = [row for row in answer.rows if not row["is_total"]]
    named = (
        beyond.completeness(territory(chosen).replace(editions=chosen.editions))
        if any(row["name"] is None for row in rows)
        else []
    )
    if named:  # overseas collectivities, which no region and no chamber has
        fields = ("n_events", *(key for key, _name in FIELDS))
        rows = [beyond.without(row, named, fields) if row["name"] is None else row for row in rows]
        others = [row for row in rows if row["name"] is None and row["n_events"]]
        rows = [row for row in rows if row["name"] is not None]
        rows += [{**row, "name": labels.collectivity(row["country_code"])} for row in named] + others
    figures.table(
        columns,
        [_completeness(row) for row in rows],
        caption=_("Remplissage par champ et par {body}", body=names.body()),
        foot={key: Cell(cell.text) for key, cell in _completeness(total).items()} | {"name": Cell(_("Ensemble"))},
        css="heat",
    )


def _completeness(row: Mapping[str, Any]) -> dict[str, Cell]:
    n = row["n_events"]
    cells = {key: Cell(share(row[key], n, 0), css=f"h{min(5, 5 * row[key] // n)}") for key, _name in FIELDS}
    return {"name": Cell(row["name"] or _("Sans {body}", body=names.body())), "n": Cell(number(n)), **cells}
