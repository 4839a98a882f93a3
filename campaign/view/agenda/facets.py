"""By what the list can be narrowed: only what exists, with the number of events that each choice would leave."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from campaign import store
from campaign.core.language import _, ngettext
from campaign.filters import Filters, filter_name
from campaign.filters.clauses import commune_name
from campaign.store import catalog
from campaign.view.agenda.address_state import Agenda
from campaign.wording import labels
from campaign.wording.numbers import number

FACETS: Final = ("type", "theme", "audience", "free", "accessible", "attendance_mode", "commune", "collectivity")
MOST: Final = 15  # choices of one facet: of communes there are hundreds

# The field of the filters behind each facet; `free` is a single answer.
FIELDS: Final = {
    "type": "types",
    "theme": "themes",
    "audience": "audiences",
    "free": "free",
    "accessible": "accessible",
    "attendance_mode": "attendance_modes",
    "commune": "communes",
    "collectivity": "collectivities",
}


@dataclass(frozen=True)
class Option:
    """One choice of a facet: code, name, how many events it leaves, whether it is chosen."""

    code: str
    name: str
    n_events: int
    is_chosen: bool


def html(agenda: Agenda, total: int, more: str = "") -> str:
    """Return the facets, folded; those that hold a choice say it. On a telephone they stand in a sheet (assets/agenda.js)."""
    groups = "".join(_group(agenda, facet, options(agenda.chosen, facet)) for facet in FACETS)
    n_chosen = sum(len(picked_codes(agenda.chosen, facet)) for facet in FACETS)
    mark = f" <b>{number(n_chosen)}</b>" if n_chosen else ""
    label = ngettext("Voir {n} événement", "Voir {n} événements", total, n=number(total))
    return (
        f'<button type="button" class="sheet-open" data-sheet aria-expanded="false" aria-controls="facets">'
        f"{escape(_('Affiner'))}{mark}</button>"
        f'<div class="facets" id="facets" role="group" aria-label="{escape(_("Affiner"))}">'
        f'<button type="button" class="sheet-close" data-sheet>{escape(label)}</button>{more}{groups}</div>'
    )


def options(chosen: Filters, facet: str) -> list[Option]:
    """Return the choices of a facet, as the other filters leave them; a chosen one stays even when it leaves nothing."""
    wide = chosen.replace(**{FIELDS[facet]: None if facet == "free" else ()}, unit="events")
    picked = picked_codes(chosen, facet)
    rows = store.query(
        "agenda_facets", chosen=wide, most=MOST, kept=picked, collectivities=tuple(labels.COLLECTIVITIES)
    ).rows
    facet_options = [
        Option(row["code"], _name(chosen, facet, row["code"], row["name"]), row["n_events"], row["code"] in picked)
        for row in rows
        if row["facet"] == facet
    ]
    known = {option.code for option in facet_options}
    return facet_options + [
        Option(code, _name(chosen, facet, code, None), 0, True) for code in picked if code not in known
    ]


def picked_codes(chosen: Filters, facet: str) -> tuple[str, ...]:
    """Return the chosen codes of a facet."""
    value: Any = getattr(chosen, FIELDS[facet])
    if facet == "free":
        return () if value is None else (str(value).lower(),)
    return tuple(value)


def toggled(chosen: Filters, facet: str, code: str) -> Filters:
    """Return the choice with a code of a facet added, or taken back; of the prices one at a time."""
    picked = picked_codes(chosen, facet)
    if facet == "free":
        return chosen.replace(free=None if code in picked else code == "true")
    left: Iterable[str] = (each for each in picked if each != code) if code in picked else (*picked, code)
    return chosen.replace(**{FIELDS[facet]: tuple(left)})


def _name(chosen: Filters, facet: str, code: str, name: str | None) -> str:
    match facet:
        case "type" | "theme":
            return catalog.label(facet, code)
        case "audience":
            return labels.audience(code)
        case "free":
            return labels.price(code == "true")
        case "accessible":
            return labels.accessibility(code)
        case "attendance_mode":
            return labels.attendance_mode(code)
        case "collectivity":
            return labels.collectivity(code)
    return name or commune_name(code, chosen)


def _group(agenda: Agenda, facet: str, options: list[Option]) -> str:
    if not options:
        return ""
    items = "".join(_item(agenda, facet, option) for option in options)
    n_chosen = sum(option.is_chosen for option in options)
    mark = f" <b>{number(n_chosen)}</b>" if n_chosen else ""
    css = ' class="chosen"' if n_chosen else ""
    return (
        f"<details{css}><summary>{escape(filter_name(facet))}{mark}</summary>"
        f'<ul aria-label="{escape(filter_name(facet))}">{items}</ul></details>'
    )


def _item(agenda: Agenda, facet: str, option: Option) -> str:
    href = escape(agenda.link(toggled(agenda.chosen, facet, option.code)))
    here = ' aria-current="true"' if option.is_chosen else ""
    back = f'<span class="unseen"> {escape(_("(retirer)"))}</span>' if option.is_chosen else ""
    return (
        f'<li><a href="{href}"{here} data-facet="{facet}" data-code="{escape(option.code)}">'
        f"<span>{escape(option.name)}{back}</span> <b>{number(option.n_events)}</b></a></li>"
    )
