"""The parts of the page of coverage: people reached, gaps, and what one more event would add."""

from collections.abc import Mapping
from typing import Any

from campaign.core.language import NO_BREAK, _, ngettext
from campaign.drawings.on_page import on_page
from campaign.filters import Filters, urls
from campaign.store import Answer, catalog
from campaign.view.components import drawn, figures, lead
from campaign.view.components.figures import Card, Cell, Column
from campaign.view.frame import parameters
from campaign.wording import territories
from campaign.wording.dates import years
from campaign.wording.numbers import number, share
from campaign.wording.quantities import listed

DEFAULT = 10
LARGE_TOWN = 20_000
MOST_TOWNS = 15
MOST_DEPARTEMENTS = 12


def sentence(chosen: Filters, total: Mapping[str, Any], km: int) -> str:
    """Return how many people have an event near."""
    place = lead.place_of(chosen) or territories.france()
    far = total["population"] - total[f"within_{km}"]
    return ngettext(
        "{when}, {share} de la population {place} a un événement à moins de {km} km ; {far} habitant n'en a pas.",
        "{when}, {share} de la population {place} a un événement à moins de {km} km ; {far} habitants n'en ont pas.",
        far,
        when=_editions(chosen),
        share=share(total[f"within_{km}"], total["population"]),
        place=place.of_whole,
        km=km,
        far=number(far),
    )


def _editions(chosen: Filters) -> str:
    """Return which editions' events are looked at."""
    if chosen.edition:
        return _("En {year}", year=chosen.edition)
    if chosen.editions:
        return _("Éditions {years} ensemble", years=years(chosen.editions))
    return _("Toutes éditions ensemble")


def switches(chosen: Filters, km: int) -> None:
    """Draw the choice of the radius."""
    figures.switch(
        _("Rayon"),
        [
            (
                _km(n),
                urls.link("coverage", chosen, within=None if n == DEFAULT else n),
                n == km,
            )
            for n in parameters.RADII
        ],
    )


def cards(total: Mapping[str, Any], reached: Answer) -> list[Card]:
    """Return the shares of people within 5, 10, 20 km, the communes and départements that hold an event."""
    departements = [row for row in reached.rows if row["departement_code"]]
    covered = sum(row["n_with_event"] > 0 for row in departements)
    return [
        *(
            Card(
                share(total[f"within_{n}"], total["population"]),
                _("de la population à moins de {n} km", n=n),
                _("{n} habitants", n=number(total[f"within_{n}"])),
            )
            for n in parameters.RADII
        ),
        Card(
            number(total["n_with_event"]),
            _("communes avec un événement"),
            _("sur {n}", n=number(total["n_communes"])),
        ),
        *(
            [Card(_("{n} sur {all}", n=number(covered), all=len(departements)), _("départements avec un événement"))]
            if len(departements) > 1
            else []
        ),
    ]


def gaps(chosen: Filters, everywhere: Answer, km: int) -> None:
    """Draw the share of each département's people beyond the radius, France around the chosen territory included."""
    codes = [row["departement_code"] for row in everywhere.rows if row["departement_code"] and row["population"]]
    drawn.drawing(
        "couverture",
        chosen,
        hrefs={code: urls.link("map", chosen.replace(departements=(code,)), layer="departement") for code in codes},
        selected=chosen.departements[0] if len(chosen.departements) == 1 else None,
        source=figures.source_html(chosen),
        within=km,
    )


def far_departements(reached: Answer, km: int) -> None:
    """Draw the départements with the most people beyond the radius: the map's greatest gaps in words."""
    rows = [
        (row["departement_code"], row["population"] - row[f"within_{km}"], row["population"], row["n_with_event"])
        for row in reached.rows
        if row["departement_code"] and row["population"] > row[f"within_{km}"]
    ]
    if not rows:
        return
    rows.sort(key=lambda row: (-row[1], row[0]))
    first_rows = figures.first_rows(rows, MOST_DEPARTEMENTS)
    figures.table(
        [
            Column(_("Département"), "name"),
            Column(_("Habitants à plus de {km} km", km=km), "far", True, True),
            Column(_("Part"), "share", True),
            Column(_("Communes avec un événement"), "communes", True),
        ],
        [
            {
                "name": Cell(f"{catalog.label('departement', code)} ({code})"),
                "far": figures.bar_cell(far),
                "share": Cell(share(far, people)),
                "communes": Cell(number(n)),
            }
            for code, far, people, n in first_rows
        ],
        caption=_("Départements où le plus d'habitants sont loin d'un événement"),
    )
    if len(rows) > len(first_rows):
        figures.note(_("Les {n} premiers, sur {all}.", n=len(first_rows), all=len(rows)))


def best(chosen: Filters, km: int) -> None:
    """Draw the best places for one more event, one after the other."""
    codes = [str(row["code"]) for row in on_page("couverture-lieux", chosen, (("within", str(km)),)).drawn.rows]
    country = chosen.replace(communes=(), near=None, regions=())
    hrefs = {
        code: urls.link("map", country.replace(departements=(_departement_of(code),)), layer="departement")
        for code in codes
    }
    drawn.drawing("couverture-lieux", chosen, hrefs=hrefs, within=km)


def _departement_of(commune_code: str) -> str:
    return commune_code[:3] if commune_code.startswith("97") else commune_code[:2]


def towns(chosen: Filters, communes: Answer) -> None:
    """Draw the larger towns without any event."""
    without = [row for row in communes.rows if row["population"] >= LARGE_TOWN and not row["n_events"]]
    first_rows = figures.first_rows(without, MOST_TOWNS)
    n_large = sum(row["population"] >= LARGE_TOWN for row in communes.rows)
    figures.heading(
        ngettext(
            "{n} ville de {least} habitants ou plus sans événement, sur {all}",
            "{n} villes de {least} habitants ou plus sans événement, sur {all}",
            len(without),
            n=len(without),
            least=number(LARGE_TOWN),
            all=n_large,
        )
        if without or not n_large
        else _(
            "Toutes les villes de {least} habitants ou plus ont un événement ({all})",
            least=number(LARGE_TOWN),
            all=n_large,
        ),
        _("Les {n} plus peuplées", n=len(first_rows)) if len(without) > len(first_rows) else "",
    )
    if without:
        figures.table(
            [
                Column(_("Ville"), "name"),
                Column(_("Habitants"), "people", True, True),
                Column(_("Le plus proche"), "km", True),
            ],
            [
                {
                    "name": Cell(f"{row['name']} ({row['departement_code']})"),
                    "people": figures.bar_cell(row["population"]),
                    "km": Cell(_("plus de 20 km") if row["km"] is None or row["km"] > 20 else _km(row["km"])),
                }
                for row in first_rows
            ],
            caption=_("Villes sans événement"),
        )


def _km(distance: float) -> str:
    return f"{number(distance, 1)}{NO_BREAK}km"


def departements_without(chosen: Filters, reached: Answer) -> None:
    """Say which départements have no event at all: a few in a sentence, many folded, region by region."""
    empty = [row["departement_code"] for row in reached.rows if row["departement_code"] and not row["n_with_event"]]
    if not empty:
        figures.note(_("Tous les départements ont au moins un événement situé."))
        return
    names = {code: catalog.label("departement", code) for code in empty}
    if len(empty) <= MOST_DEPARTEMENTS:
        figures.note(
            ngettext(
                "{n} département sans événement situé : {names}.",
                "{n} départements sans événement situé : {names}.",
                len(empty),
                n=len(empty),
                names=listed(names.values()),
            )
        )
        return
    departements = catalog.labels("departement")
    position = 0 if chosen.nomenclature == 2014 else 1
    by_region: dict[str, list[str]] = {}
    for code in empty:
        region = catalog.label(f"region_{chosen.nomenclature}", departements[code].parents[position])
        by_region.setdefault(region, []).append(names[code])
    figures.folded_list(
        ngettext(
            "{n} département sans événement situé", "{n} départements sans événement situé", len(empty), n=len(empty)
        ),
        [(region, ", ".join(by_region[region])) for region in sorted(by_region, key=catalog.alphabetical)],
    )
