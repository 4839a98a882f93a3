"""Regions side by side: one's own, another, France; all of them over the editions; both sets with one total."""

from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Any

import streamlit as st

from campaign.analysis import comparison, vintage
from campaign.analysis.distincts import known
from campaign.analysis.figures import everywhere
from campaign.core.language import _
from campaign.filters import Filters, Nomenclature, codes, urls
from campaign.store import Answer, catalog
from campaign.view.components import drawn, figures
from campaign.view.components.figures import Card, Cell, Column
from campaign.view.frame import choice, controls
from campaign.wording import labels, territories
from campaign.wording.numbers import number, share
from campaign.wording.quantities import listed

Side = tuple[str, Mapping[str, Any], Mapping[str, Any], Answer, Filters]


def plain(now: Filters, nomenclature: Nomenclature) -> Filters:
    """Return an edition as it is in one set of regions, without any other filter."""
    return Filters(editions=now.editions, nomenclature=nomenclature, as_of=now.as_of)


def sides(chosen: Filters, requested_region: str | None) -> list[tuple[str, Filters]]:
    """Return what stands side by side: the chosen region, another one (the address's), France."""
    france = chosen.replace(regions=(), departements=())
    known = codes().regions[chosen.nomenclature]
    regions = [chosen.region] if chosen.region else []
    if requested_region in known and requested_region not in regions:
        regions.append(requested_region)
    return [
        *(
            (catalog.label(f"region_{chosen.nomenclature}", code), france.replace(regions=(code,)))
            for code in regions
            if code
        ),
        (territories.france().name, france),
    ]


def beside(chosen: Filters, compared: Sequence[Side], other: str | None) -> None:
    """Draw one column of figures per side: counts, rates, shares."""
    figures.heading(
        _("{names}, côte à côte", names=listed(words for words, *_rest in compared))
        if len(compared) > 1
        else _("Une région, une autre, la France"),
        "" if chosen.region else _("Choisissez une région dans les filtres, une autre ici."),
    )
    _other_region(chosen, other)
    columns = [
        Column(_("Mesure"), "measure"),
        *(Column(words, f"s{i}", True) for i, (words, *_x) in enumerate(compared)),
    ]
    values = [_measures(*side) for side in compared]
    rows = [
        {"measure": Cell(measure)} | {f"s{i}": Cell(one[measure]) for i, one in enumerate(values)}
        for measure in values[0]
    ]
    figures.table(columns, rows, caption=_("Territoires côte à côte"))


def _other_region(chosen: Filters, other: str | None) -> None:
    """Draw the choice of the region beside; it stands in the address as `with`."""
    names = catalog.labels(f"region_{chosen.nomenclature}")
    selected = other if other in names and other != chosen.region else ""

    def changed(code: str) -> None:
        choice.write_local(**{"with": code or None})

    options = ["", *(code for code in names if code != chosen.region)]
    st.selectbox(
        _("Avec"),
        options,
        index=options.index(selected),
        format_func=lambda code: names[code].text if code else _("aucune autre région"),
        placeholder=_("Choisir une région"),
        width=320,
        **controls.bound("compare_with", selected, changed, options=(options, chosen.lang)),
    )


def _measures(
    _words: str, totals: Mapping[str, Any], distincts: Mapping[str, Any], league: Answer, side: Filters
) -> dict[str, str]:
    rows = [row for row in league.rows if row["region_code"] and side.region in (None, row["region_code"])]
    people = sum(row["population"] for row in rows)
    n = totals["n_events"]
    different = known(totals, distincts)
    return {
        labels.capitalised(labels.unit("events")): number(n),
        f"{_('Pour 100 000 habitants')} ({vintage.named(side)})": number(
            100_000 * n / people if people else None, 1, fixed=True
        ),
        _("Sessions par événement"): number(totals["n_sessions"] / n if n else None, 2),
        _("Organisateurs connus"): number(different["n_organisers"]),
        _("Part des événements qui nomment leur organisateur"): share(distincts["n_with_organiser"], n),
        _("Communes avec un événement"): number(different["n_communes"]),
        _("Part en ligne"): share(totals["online"], totals["total"]),
        _("Part sans lieu"): share(totals["unlocated"], totals["total"]),
    }


def is_flat(counts: Iterable[Mapping[int, int]]) -> bool:
    """Whether most small multiples would be flat on one scale: half of them stay below a tenth of the greatest."""
    tops = [top for row in counts if (top := max(row.values(), default=0))]
    return bool(tops) and median(tops) < max(tops) / 10


def multiples(chosen: Filters, edition: int, scale: str | None) -> None:
    """Draw all regions over the editions that may stand side by side, on one scale or with the first as 100.

    They start as an index where most would be flat on one scale.
    """
    of_edition = chosen.replace(editions=(edition,), unit="events")
    course = comparison.over_editions(everywhere(of_edition), edition)
    if not course.counts:
        return
    base, usual = course.years[0], "indexed" if is_flat(course.counts.values()) else "same"
    is_indexed = (scale or usual) == "indexed"

    def address(wanted: str) -> str:
        return urls.link("compare", chosen, scale=wanted if wanted != usual else None)

    figures.heading(_("Toutes les régions, édition par édition"))
    figures.switch(
        _("Échelle"),
        [
            (_("la même pour toutes"), address("same"), not is_indexed),
            (f"{base} = 100", address("indexed"), is_indexed),
        ],
    )
    drawn.drawing(
        "regions-editions",
        of_edition,
        hrefs={
            catalog.label(f"region_{chosen.nomenclature}", code): urls.link("regions", chosen.replace(regions=(code,)))
            for code in codes().regions[chosen.nomenclature]
        },
        source=figures.source_html(chosen),
        scale="indexed" if is_indexed else None,
    )


def invariant(edition: int, leagues: Sequence[Answer]) -> None:
    """Draw the two sets of regions: the same total, the part without region shown."""
    sums = [
        (sum(r["count"] for r in a.rows if r["region_code"]), sum(r["count"] for r in a.rows if not r["region_code"]))
        for a in leagues
    ]
    figures.heading(
        _("Le total ne dépend pas du découpage : {n} événements en {edition}", n=number(sum(sums[0])), edition=edition),
        _("Sans autre filtre. Les régions de 2016 réunissent celles de 2014 ; aucun événement ne s'y perd."),
    )
    figures.cards(
        [
            Card(number(sum(sums[0])), labels.nomenclature(2014), _("dont {n} sans région", n=number(sums[0][1]))),
            Card(number(sum(sums[1])), labels.nomenclature(2016), _("dont {n} sans région", n=number(sums[1][1]))),
        ]
    )
