"""Drawings whose cells are numbers: types in each region, days of each week."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from campaign import store
from campaign.analysis import edition_dates
from campaign.analysis.figures import Figures, everywhere
from campaign.charts import maps
from campaign.charts.heat import heat
from campaign.core.language import _
from campaign.drawings.content import Content, subtitled, title_of_total
from campaign.statements.scope import noun
from campaign.store import catalog
from campaign.wording import labels, sentences
from campaign.wording.dates import day_name, on_day, years
from campaign.wording.dates import weekday as weekday_name
from campaign.wording.labels import capitalised
from campaign.wording.numbers import share
from campaign.wording.territories import france


def types_by_region(figures: Figures) -> Content:
    """Table: types in each region."""
    chosen = everywhere(figures.chosen)
    kind = f"region_{chosen.nomenclature}"
    cells = store.query("events_by_region_and_type", **chosen.params()).rows
    counts = {(row["region_code"], row["type"]): row["count"] for row in cells}
    national = store.query("events_by_type", **chosen.params()).rows
    types = [row["type"] for row in sorted(national, key=lambda row: -row["count"])]
    totals = {code: sum(n for (region, _type), n in counts.items() if region == code) for code in catalog.labels(kind)}
    ordered = sorted(totals, key=lambda code: -totals[code])
    rows = [
        (
            f"{region} {code}",
            f"{catalog.label(kind, region)}, {catalog.label('type', code)}",
            counts.get((region, code), 0),
        )
        for region in ordered
        for code in types
    ]
    breaks = maps.class_breaks(list(counts.values()))
    unit = capitalised(labels.unit(chosen.unit))
    subtitle = _(
        "{unit} par région et par type ({regions})", unit=unit, regions=labels.nomenclature(chosen.nomenclature)
    )

    def draw(box: Any, size: float) -> str:
        table = [(catalog.label(kind, region), [counts.get((region, code), 0) for code in types]) for region in ordered]
        return heat(box, size, table, [catalog.label("type", code) for code in types], breaks)

    total = store.query("event_totals", **chosen.params()).one["total"]
    title = (
        title_of_total(replace(figures, chosen=chosen, place=france(), total=total))
        if len(chosen.types) == 1
        else sentences.types({row["type"]: row["count"] for row in national}, total, unit=chosen.unit)
    )
    unit = labels.unit(chosen.unit)
    return Content(title, f"{subtitle}, {_('France')}, {years(figures.editions)}", rows, draw, unit=unit, used=chosen)


def weekday_table(figures: Figures) -> Content:
    """Table: the days of one edition, week by week; the core period framed."""
    year = figures.last_edition
    chosen = figures.chosen.replace(
        editions=(year,), unit="sessions" if figures.chosen.unit == "sessions" else "events"
    )
    counts: dict[date, int] = dict(store.query("events_by_day", **chosen.params()).values)
    ever = store.query("events_by_day", **chosen.replace(editions=(), from_day=None, to_day=None).params()).rows
    breaks = maps.class_breaks([row["count"] for row in ever])
    there = edition_dates.territory_of(chosen)
    core, around = edition_dates.core(year, there), edition_dates.around(year, there)
    first, last = max(min([*counts, core[0]]), around[0]), min(max([*counts, core[1]]), around[1])
    monday = first - timedelta(days=first.weekday())
    weeks = [monday + timedelta(weeks=n) for n in range((last - monday).days // 7 + 1)]
    weekly = [sum(n for day, n in counts.items() if day.weekday() == k) for k in range(7)]
    best = max(range(7), key=lambda k: weekly[k])
    title = _("Aucun jour à montrer.")
    if len(counts) == 1:
        title = title_of_total(figures)
    elif counts:
        title = _(
            "Le {weekday} est le jour préféré : {share} du total",
            weekday=weekday_name(monday + timedelta(days=best)),
            share=share(weekly[best], sum(weekly)),
        )
    subtitle = _(
        "{unit} par jour et par semaine ; {framed}",
        unit=capitalised(noun(chosen, 2)),
        framed=edition_dates.framed_core(year, there),
    )

    def day_at(week: int, weekday: int) -> date:
        return monday + timedelta(weeks=week, days=weekday)

    def words_of(week: int, weekday: int) -> tuple[str, str]:
        day = day_at(week, weekday)
        counted = labels.unit_counted(chosen.unit, counts.get(day, 0))
        return day.isoformat(), f"{on_day(day, with_weekday=True)}{_(' : ')}{counted}"

    def draw(box: Any, size: float) -> str:
        table = [
            (day_name(week, with_year=False), [counts.get(week + timedelta(days=k), 0) for k in range(7)])
            for week in weeks
        ]
        return heat(
            box, size, table, [weekday_name(monday + timedelta(days=k)) for k in range(7)], breaks,
            corner=lambda week, weekday: str(day_at(week, weekday).day),
            framed=lambda week, weekday: core[0] <= day_at(week, weekday) <= core[1],
            short=[weekday_name(monday + timedelta(days=k))[:3] for k in range(7)],
            cell_mark=words_of,
        )  # fmt: skip

    rows = [(day.isoformat(), day_name(day, with_weekday=True), n) for day, n in sorted(counts.items())]

    def height(_width: float, size: float) -> float:
        return size * (2.3 * len(weeks) + 3)

    return Content(title, subtitled(figures, subtitle), rows, draw, unit=noun(chosen, 2), height=height)
