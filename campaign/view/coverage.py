"""The parts of the page of coverage: people reached, gaps, and what one more event would add."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from campaign import store
from campaign.analysis.coverage import Place, best_places
from campaign.charts import maps
from campaign.core.language import NO_BREAK, _, ngettext
from campaign.filters import Filters, urls
from campaign.store import Answer, catalog
from campaign.view.components import figures, lead
from campaign.view.components.figures import Card, Cell, Column
from campaign.view.frame import parameters
from campaign.wording import labels, territories
from campaign.wording.dates import years
from campaign.wording.numbers import number, share
from campaign.wording.quantities import listed

DEFAULT = 10
LARGE_TOWN = 20_000
BREAKS = (10.0, 25.0, 50.0, 75.0)  # per cent of a département's people beyond the radius, the same for all views
MOST_TOWNS = 15
MOST_DEPARTEMENTS = 12


@lru_cache(maxsize=32)
def best_ten(_reader: store.Reader, events: Filters, where: Filters, radius_km: int) -> tuple[Place, ...]:
    """Return the ten best places of a file and choice; kept, since it takes seconds for the whole country."""
    rows = store.query("communes_reached", chosen=events, within=where).rows
    return tuple(best_places(rows, radius_km=radius_km))


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
        Card(_("{n} sur {all}", n=number(covered), all=len(departements)), _("départements avec un événement")),
    ]


def gaps(chosen: Filters, reached: Answer, everywhere: Answer, km: int) -> None:
    """Draw the share of each département's people beyond the radius, France around the chosen territory included."""
    own = {row["departement_code"] for row in reached.rows}
    rows = [
        {
            "code": row["departement_code"],
            "far": 100 * (row["population"] - row[f"within_{km}"]) / row["population"],
            "people": row["population"] - row[f"within_{km}"],
        }
        for row in everywhere.rows
        if row["departement_code"] and row["population"]
    ]
    half = [row for row in rows if row["far"] > 50 and row["code"] in own]
    worst = max((row for row in rows if row["code"] in own), key=lambda row: row["people"], default=None)
    title = ngettext(
        "Dans {n} département, plus de la moitié des habitants sont à plus de {km} km",
        "Dans {n} départements, plus de la moitié des habitants sont à plus de {km} km",
        len(half),
        n=len(half),
        km=km,
    )
    if worst and worst["people"]:
        title += _(
            " ; le plus d'habitants : {n} {place}",
            n=number(worst["people"]),
            place=territories.place_in(worst["code"], "departement"),
        )
    figures.drawing(
        title,
        _("Part de la population à plus de {km} km d'un événement, en %, par département", km=km),
        maps.choropleth_svg(
            rows,
            layer="departement",
            value="far",
            breaks=BREAKS,
            decimals=0 if all(float(row["far"]).is_integer() for row in rows) else 1,
            hrefs={
                row["code"]: urls.link("map", chosen.but(departements=(row["code"],)), layer="departement")
                for row in rows
            },
            labels={
                row["code"]: _(
                    "{name} : {share} à plus de {km} km, {n} habitants",
                    name=catalog.label("departement", row["code"]),
                    share=share(row["far"], 100),
                    km=km,
                    n=number(row["people"]),
                )
                for row in rows
            },
            title=title,
            desc=_("Les plus grands manques sont dans les tableaux."),
            selected=chosen.departements[0] if len(chosen.departements) == 1 else None,
            nomenclature=chosen.nomenclature,
        ),
        source=figures.source_html(chosen),
        files=figures.files_html("couverture", chosen, within=km),
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
            for code, far, people, n in rows[:MOST_DEPARTEMENTS]
        ],
        caption=_("Départements où le plus d'habitants sont loin d'un événement"),
    )
    if len(rows) > MOST_DEPARTEMENTS:
        figures.note(_("Les {n} premiers, sur {all}.", n=MOST_DEPARTEMENTS, all=len(rows)))


def best(chosen: Filters, places: Sequence[Place], total: Mapping[str, Any], km: int) -> None:
    """Draw the best places for one more event, one after the other."""
    gain = sum(place.gain for place in places)
    reached = total[f"within_{km}"]
    title = (
        ngettext(
            "{n} événement bien placé atteindrait {gain} habitants de plus : {before} → {after}",
            "{n} événements bien placés atteindraient {gain} habitants de plus : {before} → {after}",
            len(places),
            n=len(places),
            gain=number(gain),
            before=share(reached, total["population"]),
            after=share(reached + gain, total["population"]),
        )
        if places
        else _("Tous les habitants ont un événement à moins de {km} km", km=km)
    )
    figures.drawing(
        title,
        _("Habitants à moins de {km} km en plus ; chaque commune est la meilleure après celles d'avant", km=km),
        figures.table_html(
            [
                Column(_("Rang"), "rank", True),
                Column(_("Commune"), "name", is_head=True),
                Column(_("Habitants de plus"), "gain", True, True),
            ],
            [
                {
                    "rank": Cell(str(rank)),
                    "name": Cell(f"{place.name} ({place.departement_code})"),
                    "gain": figures.bar_cell(place.gain),
                }
                for rank, place in enumerate(places, 1)
            ],
            caption=_("Où un événement de plus atteindrait le plus d'habitants"),
        ),
        files=figures.files_html("couverture-lieux", chosen, within=km),
    )


def towns(chosen: Filters, communes: Answer) -> None:
    """Draw the larger towns without any event."""
    without = [row for row in communes.rows if row["population"] >= LARGE_TOWN and not row["n_events"]]
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
        _("Les {n} plus peuplées", n=MOST_TOWNS) if len(without) > MOST_TOWNS else "",
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
                for row in without[:MOST_TOWNS]
            ],
            caption=_("Villes sans événement"),
        )


def _km(distance: float) -> str:
    return f"{number(distance, 1)}{NO_BREAK}km"


def departements_without(reached: Answer) -> None:
    """Say which départements have no event at all."""
    empty = [row["departement_code"] for row in reached.rows if row["departement_code"] and not row["n_with_event"]]
    if not empty:
        figures.note(_("Tous les départements ont au moins un événement situé."))
        return
    names = listed(catalog.label("departement", code) for code in empty)
    figures.note(
        labels.capitalised(
            ngettext(
                "{n} département sans événement situé : {names}.",
                "{n} départements sans événement situé : {names}.",
                len(empty),
                n=len(empty),
                names=names,
            )
        )
    )
