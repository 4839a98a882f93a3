"""The parts of the page of organisers: families, returning and new ones, the long tail."""

from collections.abc import Mapping
from typing import Any

from campaign.core.language import _, ngettext
from campaign.filters import Filters, codes, urls
from campaign.store import Answer
from campaign.view.components import drawn, figures, lead
from campaign.view.components.figures import Card, Cell, Column
from campaign.wording import labels
from campaign.wording.numbers import number, share
from campaign.wording.quantities import clauses, counted

MOST = 30
TOP = 10


def sentence(chosen: Filters, summary: Mapping[str, Any]) -> str:
    """Return who organises in one sentence."""
    place = lead.place_of(chosen)
    where = f" {place.inside}" if place else ""
    n = summary["n_organisers"]
    if n == 0:
        return _("Aucun organisateur connu{where} (n. c.).", where=where)
    parts = [f"{counted(n, 'organisateur', 'organisateurs')}{where}{_since(n, summary) if has_past(chosen) else ''}"]
    if summary["n_once"]:
        parts.append(_("avec un seul événement : {once}", once=share(summary["n_once"], n, 0)))
    return f"{clauses(parts)}."


def _since(n: int, summary: Mapping[str, Any]) -> str:
    """Return how many of n organisers come for the first time and how many come back, to go on after their number."""
    returning = summary["n_returning"]
    if not returning:
        return ngettext(", pour la première fois", ", tous pour la première fois", n)
    if returning == n:
        return ngettext(", déjà là lors d'une édition d'avant", ", tous déjà là lors d'une édition d'avant", n)
    return _(
        ", dont {new} pour la première fois et {returning} déjà là lors d'une édition d'avant",
        new=number(n - returning),
        returning=number(returning),
    )


def has_past(chosen: Filters) -> bool:
    """Whether one edition is chosen that has an earlier one in the file: else nobody can be said to return."""
    return chosen.edition is not None and any(year < chosen.edition for year in codes().counted_editions)


def filled(summary: Mapping[str, Any]) -> str:
    """Return how many events name their organiser."""
    if summary["n_named"] == summary["n_events"]:
        return (
            _("Tous les événements nomment leur organisateur. Organisateur principal seulement.")
            if summary["n_events"]
            else ""
        )
    return _(
        "Organisateur nommé dans {share} des événements ({n} sur {all}) ; les autres sont n. c. Organisateur principal seulement.",
        share=share(summary["n_named"], summary["n_events"]),
        n=number(summary["n_named"]),
        all=number(summary["n_events"]),
    )


def cards(chosen: Filters, summary: Mapping[str, Any]) -> list[Card]:
    """Return the figures of organisers."""
    n = summary["n_organisers"]
    past = has_past(chosen)
    return [
        Card(number(n), labels.metric("organisers", n)),
        Card(
            share(summary["n_returning"], n) if past else _("n. c."),
            _("déjà venus"),
            "" if past else _("pas d'édition d'avant à comparer"),
        ),
        Card(
            number(summary["n_events"] and summary["n_named"] / n if n else None, 1),
            _("événements par organisateur"),
        ),
        *(
            [Card(share(summary["n_top_ten"], summary["n_named"]), _("des événements aux dix plus grands"))]
            if n > TOP
            else []
        ),
        Card(
            share(summary["n_shared"], summary["n_named"]),
            _("co-organisés"),
            _("deux organisateurs nommés ou plus"),
        ),
    ]


def families(chosen: Filters, answer: Answer, summary: Mapping[str, Any]) -> None:
    """Draw the families, the unknown one last."""
    drawn.drawing(
        "familles",
        chosen,
        table=figures.table_html(
            [
                Column(_("Famille"), "family"),
                Column(_("Organisateurs"), "organisers", True),
                Column(_("Événements"), "events", True),
            ],
            [
                {
                    "family": Cell(labels.organiser_family(row["family"])),
                    "organisers": Cell(number(row["n_organisers"])),
                    "events": Cell(number(row["n_events"])),
                }
                for row in answer.rows
            ],
            caption=_("Familles d'organisateurs"),
        ),
    )
    if summary["n_organisers"]:
        known = share(summary["n_with_family"], summary["n_organisers"])
        figures.note(_("Famille connue de {share} des organisateurs.", share=known))


def tail(chosen: Filters, answer: Answer) -> None:
    """Draw how many organisers hold one event, two and more."""
    sizes = [labels.number_of_events(row["least"], row["most"]) for row in answer.rows]
    drawn.drawing(
        "organisateurs-taille",
        chosen,
        table=figures.table_html(
            [
                Column(_("Événements de l'organisateur"), "size"),
                Column(_("Organisateurs"), "organisers", True),
                Column(_("Événements"), "events", True),
            ],
            [
                {
                    "size": Cell(size),
                    "organisers": Cell(number(row["n_organisers"])),
                    "events": Cell(number(row["n_events"])),
                }
                for size, row in zip(sizes, answer.rows, strict=True)
            ],
            caption=_("La longue traîne"),
        ),
    )


def listed(chosen: Filters, answer: Answer) -> None:
    """Draw the organisers with the most events, each a link to them."""
    if answer.is_empty:
        return
    figures.heading(
        _("Les {n} organisateurs qui ont le plus d'événements", n=MOST)
        if len(answer.rows) == MOST
        else _("Les organisateurs, du plus au moins d'événements")
    )
    figures.table(
        [
            Column(_("Organisateur"), "name"),
            Column(_("Événements"), "events", True, True),
            Column(_("Communes"), "communes", True),
            Column(_("Depuis"), "since", True),
        ],
        [
            {
                "name": figures.noted_cell(
                    row["name"] + (_(" (aussi : {names})", names=", ".join(row["also"])) if row["also"] else ""),
                    labels.organiser_family(row["family"]) if row["family"] else _("famille inconnue (n. c.)"),
                    href=urls.link("agenda", chosen.replace(organisers=(row["organiser_id"],))),
                ),
                "events": figures.bar_cell(row["n_events"]),
                "communes": Cell(number(row["n_communes"])),
                "since": Cell(str(row["first_edition"] or _("n. c."))),
            }
            for row in answer.rows
        ],
        caption=_("Organisateurs de plus d'événements"),
        is_folded=True,
    )
