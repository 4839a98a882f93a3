"""Drawings by place: the map, the regions, the départements."""

from functools import partial
from typing import Any, Final

from campaign import store
from campaign.analysis.figures import Figures, everywhere
from campaign.charts import choropleth as maps_drawn
from campaign.charts import maps
from campaign.core.language import _
from campaign.drawings import beside_marks
from campaign.drawings.bars import as_bars
from campaign.drawings.content import Content, subtitled, title_of_total
from campaign.filters import Filters
from campaign.statements.scope import noun
from campaign.store import catalog
from campaign.wording import labels, sentences
from campaign.wording.dates import years
from campaign.wording.labels import capitalised
from campaign.wording.numbers import number, ordinal
from campaign.wording.territories import france

MOST_BARS: Final = 27

Counts = list[tuple[str, str, int]]  # code, name, number


def _regions(figures: Figures) -> Counts:
    kind = f"region_{figures.chosen.nomenclature}"
    return [(code, catalog.label(kind, code), n) for code, n in figures.regions]


def _departements(figures: Figures) -> Counts:
    """Return the départements of the region that the choice names or lies in, or all of them."""
    inside = _inside(figures)
    rows = [(code, catalog.label("departement", code), n) for code, n in figures.departements]
    return [row for row in rows if not inside or row[0] in inside]


def members(chosen: Filters) -> tuple[str, ...]:
    """Return the départements that a choice of départements or regions holds; none for the country."""
    if chosen.departements:
        return chosen.departements
    position = 0 if chosen.nomenclature == 2014 else 1
    entries = catalog.labels("departement").values()
    return tuple(sorted(entry.code for entry in entries if entry.parents[position] in chosen.regions))


def _is_local(chosen: Filters) -> bool:
    """Whether a choice is of communes, or of what is near a place."""
    return bool(chosen.communes or chosen.near)


def _inside(figures: Figures) -> tuple[str, ...]:
    """Return the départements that a choice is within: its own, its region's, or those of its communes that have events."""
    if codes := members(figures.chosen):
        return codes
    return tuple(code for code, n in figures.departements if n) if _is_local(figures.chosen) else ()


def region_map(figures: Figures) -> Content:
    """Map: the regions of the country, or the départements of the chosen region drawn large."""
    chosen = figures.chosen
    inside = _inside(figures)
    is_by_departement = bool(inside) or _is_local(chosen)
    rows = _departements(figures) if is_by_departement else _regions(figures)
    counts = {code: n for code, _name, n in rows}
    level = "departement" if is_by_departement else "region"
    edition_free = (chosen if _is_local(chosen) else everywhere(chosen)).replace(editions=())
    if is_by_departement:
        course = store.query("events_by_departement_and_edition", **edition_free.params()).rows
        breaks = maps.class_breaks([row["count"] for row in course if row["departement_code"] in (inside or counts)])
        subtitle = _("{unit} par département", unit=capitalised(noun(chosen, 2)))
        heading = _("Départements")
    else:
        course = store.query("events_by_region_and_edition", **edition_free.params()).rows
        breaks = maps.class_breaks([row["count"] for row in course if row["region_code"]])
        known = labels.nomenclature(chosen.nomenclature)
        subtitle = _("{unit} par région ({regions})", unit=capitalised(noun(chosen, 2)), regions=known)
        heading = _("Les premières régions")
    if is_by_departement:
        beside = beside_marks.of_departements(store.query("events_by_departement", **chosen.params()).rows)
    else:
        beside = beside_marks.of_regions(figures, store.query("events_by_region", **chosen.params()).rows)
    title = sentences.where(
        counts,
        figures.total,
        level="departement" if level == "departement" else "region",
        nomenclature=chosen.nomenclature,
        unit=chosen.unit,
    )
    if (inside and len(inside) == 1) or chosen.types:
        title = title_of_total(figures)
    layer: maps.Layer = (
        "departement" if is_by_departement else "region_2016" if chosen.nomenclature == 2016 else "region_2014"
    )

    def draw(box: Any, size: float, *, is_map_alone: bool = False) -> str:
        return maps_drawn.choropleth(
            box,
            size,
            counts,
            layer=layer,
            breaks=breaks,
            listed=[] if is_map_alone else [(name, n) for _code, name, n in rows],
            heading=heading,
            only=inside,
            nomenclature=chosen.nomenclature,
        )

    return Content(
        title,
        subtitled(figures, subtitle),
        rows,
        draw,
        height=partial(maps_drawn.height, only=inside),
        without_list=partial(draw, is_map_alone=True),
        is_ranked=True,
        whole=figures.total,
        beside_marks=beside,
    )


def departement_map(figures: Figures) -> Content:
    """Map: all départements of the country, those around Paris enlarged."""
    chosen = everywhere(figures.chosen)
    departement_rows = store.query("events_by_departement", **chosen.params()).rows
    counts = {row["departement_code"]: row["count"] for row in departement_rows if row["departement_code"]}
    rows = [(code, catalog.label("departement", code), n) for code, n in counts.items()]
    course = store.query("events_by_departement_and_edition", **chosen.replace(editions=()).params()).rows
    breaks = maps.class_breaks([row["count"] for row in course if row["departement_code"]])
    total = sum(row["count"] for row in departement_rows)
    covered = sum(n > 0 for n in counts.values())
    title = sentences.where(counts, total, level="departement", covered=covered, unit=chosen.unit)
    subtitle = _("{unit} par département", unit=capitalised(noun(chosen, 2)))

    def draw(box: Any, size: float, *, is_map_alone: bool = False) -> str:
        listed = [] if is_map_alone else sorted(((name, n) for _code, name, n in rows), key=lambda row: -row[1])
        heading = _("Les premiers départements")
        year = chosen.nomenclature
        return maps_drawn.choropleth(
            box, size, counts, layer="departement", breaks=breaks, listed=listed, heading=heading, nomenclature=year
        )

    text = f"{subtitle}, {_('France')}, {years(figures.editions)}"
    alone = partial(draw, is_map_alone=True)
    return Content(
        title, text, rows, draw, used=chosen, height=maps_drawn.height, without_list=alone, is_ranked=True, whole=total,
        beside_marks=beside_marks.of_departements(departement_rows),
    )  # fmt: skip


def regions(figures: Figures) -> Content:
    """Bars: all regions, the chosen one in the accent colour."""
    rows = _regions(figures)
    chosen = figures.chosen
    name = figures.place.name if figures.level == "region" else None
    counts = {code: n for code, _name, n in rows}
    title = sentences.where(counts, figures.country_total, nomenclature=chosen.nomenclature, unit=chosen.unit)
    if figures.ranking and figures.level == "region":
        title = _(
            "{place} : {rank} sur {among} régions, avec {n} {noun}.",
            place=figures.place.name, rank=ordinal(figures.ranking.rank), among=number(figures.ranking.among),
            n=number(figures.total), noun=noun(chosen, figures.total),
        )  # fmt: skip
    known = labels.nomenclature(chosen.nomenclature)
    subtitle = _("{unit} par région ({regions})", unit=capitalised(noun(chosen, 2)), regions=known)

    used = chosen if figures.level == "region" else everywhere(chosen)
    text = f"{subtitle}, {_('France')}, {years(figures.editions)}"
    return Content(
        title,
        text,
        rows,
        **as_bars(rows, selected=name, scale=1, may_fold=True),
        used=used,
        area=france(),
        is_ranked=True,
        whole=figures.country_total,
        beside_marks=beside_marks.of_regions(figures, store.query("events_by_region", **used.params()).rows),
    )


def departements(figures: Figures) -> Content:
    """Bars: the départements of the region, or the first ones of the country."""
    rows = sorted(_departements(figures), key=lambda row: -row[2])
    bar_rows = rows[:MOST_BARS]
    counts = {code: n for code, _name, n in rows}
    title = sentences.where(
        counts, figures.total, level="departement", nomenclature=figures.chosen.nomenclature, unit=figures.chosen.unit
    )
    if len(rows) == 1:
        title = title_of_total(figures)
    unit = capitalised(noun(figures.chosen, 2))
    subtitle = _("{unit} par département", unit=unit)
    if len(rows) > MOST_BARS:
        subtitle = _(
            "{unit}, {n} premiers départements sur {total}", unit=unit, n=number(MOST_BARS), total=number(len(rows))
        )

    return Content(
        title,
        subtitled(figures, subtitle),
        rows,
        **as_bars(bar_rows, scale=1, may_fold=True),
        is_ranked=True,
        whole=figures.total,
    )
