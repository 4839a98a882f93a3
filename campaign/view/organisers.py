"""The parts of the page of organisers: families, returning and new ones, the long tail."""

from collections.abc import Mapping
from typing import Any

from campaign.core.language import _, ngettext
from campaign.filters import Filters, codes, urls
from campaign.store import Answer
from campaign.view.components import drawn, figures, lead
from campaign.view.components.figures import Card, Cell, Column
from campaign.view.frame.parameters import ORGANISER_SIZES
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
        hrefs={row["family"] or labels.UNKNOWN_FAMILY: _of_family(chosen, row["family"]) for row in answer.rows},
        table=figures.table_html(
            [
                Column(_("Famille"), "family"),
                Column(_("Organisateurs"), "organisers", True),
                Column(_("Événements"), "events", True),
            ],
            [
                {
                    "family": Cell(labels.organiser_family(row["family"]), href=_of_family(chosen, row["family"])),
                    "organisers": Cell(number(row["n_organisers"])),
                    "events": Cell(number(row["n_events"])),
                }
                for row in answer.rows
            ],
            caption=_("Familles d'organisateurs"),
        ),
    )
    if summary["n_organisers"] and not chosen.organiser_families:
        known = share(summary["n_with_family"], summary["n_organisers"])
        figures.note(_("Famille connue de {share} des organisateurs.", share=known))


def _of_family(chosen: Filters, family: str | None) -> str:
    """Return the address of the events of a family's organisers."""
    return urls.link("agenda", chosen.replace(organiser_families=(family or labels.UNKNOWN_FAMILY,)))


def bounds(size: str | None) -> tuple[int, int | None]:
    """Return the least and the most events of the organisers of a class, by its least; of every organiser without one."""
    classes = [int(least) for least in ORGANISER_SIZES[1:]]
    if size not in ORGANISER_SIZES[1:]:
        return 1, None
    after = next((least for least in classes if least > int(size)), None)
    return int(size), None if after is None else after - 1


def tail(chosen: Filters, answer: Answer, size: str | None) -> None:
    """Draw how many organisers hold one event, two and more, each bar a link to them; `size` is the chosen one."""
    sizes = [labels.number_of_events(row["least"], row["most"]) for row in answer.rows]
    drawn.drawing(
        "organisateurs-taille",
        chosen,
        hrefs={str(row["rank"]): urls.link("organisers", chosen, size=row["least"]) for row in answer.rows},
        selected=next((str(row["rank"]) for row in answer.rows if str(row["least"]) == size), None),
        table=figures.table_html(
            [
                Column(_("Événements de l'organisateur"), "size"),
                Column(_("Organisateurs"), "organisers", True),
                Column(_("Événements"), "events", True),
            ],
            [
                {
                    "size": Cell(words, href=urls.link("organisers", chosen, size=row["least"])),
                    "organisers": Cell(number(row["n_organisers"])),
                    "events": Cell(number(row["n_events"])),
                }
                for words, row in zip(sizes, answer.rows, strict=True)
            ],
            caption=_("La longue traîne"),
        ),
    )


def _of_size(chosen: Filters, sizes: Answer, size: str) -> None:
    """Draw the heading of the organisers of a class, and the way back to all of them."""
    least, most = bounds(size)
    n = sum(row["n_organisers"] for row in sizes.rows if row["least"] == least)
    figures.heading(
        ngettext("{n} organisateur : {size}", "{n} organisateurs : {size} chacun", n, n=number(n),
                 size=labels.number_of_events(least, most)),
        _("Les {n} premiers.", n=MOST) if n > MOST else "",
    )  # fmt: skip
    figures.links([(_("Tous les organisateurs"), urls.link("organisers", chosen))])


def listed(chosen: Filters, answer: Answer, sizes: Answer, size: str | None) -> None:
    """Draw the organisers with the most events, of a class of `sizes` if one is chosen, each a link to them."""
    if size not in (None, ORGANISER_SIZES[0]):
        _of_size(chosen, sizes, str(size))
    elif not answer.is_empty:
        figures.heading(
            _("Les {n} organisateurs qui ont le plus d'événements", n=MOST)
            if len(answer.rows) == MOST
            else _("Les organisateurs, du plus au moins d'événements")
        )
    if answer.is_empty:
        return
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
