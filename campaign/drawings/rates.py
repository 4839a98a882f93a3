"""Events for 100,000 inhabitants: on a map, and as bars."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from campaign import store
from campaign.analysis import vintage
from campaign.analysis.figures import Figures, everywhere
from campaign.charts import choropleth as maps_drawn
from campaign.charts import maps
from campaign.core.language import _
from campaign.drawings.bars import as_bars
from campaign.drawings.content import Content, Rows
from campaign.drawings.places import members
from campaign.statements.scope import noun
from campaign.store import catalog
from campaign.wording import labels
from campaign.wording.dates import years
from campaign.wording.labels import capitalised
from campaign.wording.numbers import number
from campaign.wording.territories import territory


def rate_map(figures: Figures) -> Content:
    """Map: the regions by events for 100,000 inhabitants; of chosen territories their départements, drawn large."""
    if members(figures.chosen):
        return departement_rate_map(figures)
    rows = _of_regions(figures)
    layer: maps.Layer = "region_2016" if figures.chosen.nomenclature == 2016 else "region_2014"
    return _map(figures, rows, layer, _("Les premières régions"))


def departement_rate_map(figures: Figures) -> Content:
    """Map: the départements by events for 100,000 inhabitants: all of them, or those of the chosen territories."""
    inside = members(figures.chosen)
    departement_rows = store.query("events_by_departement", **everywhere(figures.chosen).params()).rows
    rows = [
        (str(row["departement_code"]), catalog.label("departement", row["departement_code"]), float(row["per_100k"]))
        for row in departement_rows
        if row["departement_code"] and row["per_100k"] is not None and (not inside or row["departement_code"] in inside)
    ]
    return _map(figures, rows, "departement", _("Les premiers départements"), only=inside)


def region_rates(figures: Figures) -> Content:
    """Bars: all regions by events for 100,000 inhabitants, the chosen one in the accent colour."""
    rows = sorted(_of_regions(figures), key=lambda row: -row[2])
    selected = figures.place.name if figures.level == "region" else None

    drawn = as_bars(rows, selected=selected, scale=1, may_fold=True, decimals=1)
    return replace(_content(figures, rows, drawn["draw"], "region"), height=drawn["height"], is_ranked=True)


def _of_regions(figures: Figures) -> list[tuple[str, str, float]]:
    chosen = everywhere(figures.chosen)
    region_rows = store.query("events_by_region", **chosen.params()).rows
    kind = f"region_{chosen.nomenclature}"
    return [
        (str(row["region_code"]), catalog.label(kind, row["region_code"]), float(row["per_100k"]))
        for row in region_rows
        if row["region_code"] and row["per_100k"] is not None
    ]


def _map(figures: Figures, rows: Rows, layer: maps.Layer, heading: str, *, only: tuple[str, ...] = ()) -> Content:
    values = {code: rate for code, _name, rate in rows}
    breaks = maps.class_breaks(_of_every_edition(figures, layer))
    listed = sorted(((name, rate) for _code, name, rate in rows), key=lambda row: -row[1])
    nomenclature = figures.chosen.nomenclature
    selected = figures.chosen.region if layer != "departement" else None

    def draw(box: Any, size: float, *, is_map_alone: bool = False) -> str:
        return maps_drawn.choropleth(
            box, size, values, layer=layer, breaks=breaks, listed=[] if is_map_alone else listed, heading=heading, selected=selected,
            nomenclature=nomenclature, decimals=1, only=only,
        )  # fmt: skip

    level = "departement" if layer == "departement" else "region"
    content = _content(figures, rows, draw, level)
    if only:
        place = figures.place.name
        content = replace(content, subtitle=_subtitle(figures, level, place), used=figures.chosen)
    counts = dict(figures.departements if layer == "departement" else figures.regions)
    beside = {
        code: (labels.unit_counted(figures.chosen.unit, counts[code]),) for code, *_rest in rows if code in counts
    }
    alone = partial(draw, is_map_alone=True)
    return replace(content, height=maps_drawn.height, without_list=alone, is_ranked=True, beside_marks=beside)


def _of_every_edition(figures: Figures, layer: maps.Layer) -> list[float]:
    """Return the rates of all editions, so that the classes are the same in each."""
    name = "departement" if layer == "departement" else "region"
    chosen = everywhere(figures.chosen)
    every = chosen.replace(editions=())
    people = {row[f"{name}_code"]: row["population"] for row in store.query(f"events_by_{name}", **every.params()).rows}
    course = store.query(f"events_by_{name}_and_edition", **every.params()).rows
    return [
        round(100_000 * row["count"] / people[row[f"{name}_code"]], 1)
        for row in course
        if people.get(row[f"{name}_code"])
    ]


def _content(figures: Figures, rows: Rows, draw: Callable[..., str], level: str) -> Content:
    unit, used = _unit(figures), everywhere(figures.chosen)
    return Content(
        _finding(figures, rows, level), _subtitle(figures, level), rows, draw, unit=unit, decimals=1, used=used
    )


def _unit(figures: Figures, rate: float = 2) -> str:
    """Return the unit as it agrees with a rate: "1,1 conférence pour 100 000 habitants"."""
    return _("{unit} pour {base} habitants", unit=noun(figures.chosen, rate), base=number(100_000))


def _subtitle(figures: Figures, level: str, place: str = "") -> str:
    text = f"{capitalised(_unit(figures))} ({vintage.named(figures.chosen)}, INSEE), {place or _('France')}"
    regions = f", {labels.nomenclature(figures.chosen.nomenclature)}" if level == "region" else ""
    return f"{text}{regions}, {years(figures.editions)}"


def _finding(figures: Figures, rows: Rows, level: str) -> str:
    best = max(rows, key=lambda row: row[2], default=None)
    if best is None or not best[2]:
        return _("Aucun événement à situer.")
    place = territory(best[0], "departement" if level == "departement" else "region", figures.chosen.nomenclature)
    amount = f"{number(best[2], 1)} {_unit(figures, round(best[2], 1))}"
    if len(rows) == 1:
        return f"{capitalised(place.inside)}, {amount}."
    return _(
        "Rapporté à la population, c'est {place} qu'il y en a le plus : {amount}.", place=place.inside, amount=amount
    )
