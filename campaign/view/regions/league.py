"""All regions: their league table, how it is ranked, their map, and the answer of the page."""

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import Any

from campaign.analysis import beyond, vintage
from campaign.analysis import editions as over_time
from campaign.analysis.comparison import Change, Comparison, Refusal
from campaign.core.language import _
from campaign.core.nomenclatures import NOMENCLATURES
from campaign.filters import Filters, codes, urls
from campaign.store import Answer, catalog
from campaign.view.components import drawn, figures, lead
from campaign.view.components.figures import Cell, Column
from campaign.wording import campaign_names, labels
from campaign.wording.dates import years as period_of
from campaign.wording.numbers import missing, number


def by_edition(answer: Answer, code_column: str = "region_code") -> dict[str | None, dict[int, int]]:
    """Return the counts by edition of each territory."""
    counts_by_territory: dict[str | None, dict[int, int]] = {}
    for row in answer.rows:
        counts_by_territory.setdefault(row[code_column], {})[row["edition"]] = row["count"]
    return counts_by_territory


def spark(counts: Mapping[int, int], chosen: Filters) -> str:
    """Return a line of small columns, one per year of the file's editions, as HTML with its text."""
    years = over_time.of_file()
    counts = over_time.counted(counts, chosen.as_of)
    top = max([counts.get(year, 0) for year in years] + [1])
    words = ", ".join(f"{year} : {number(counts[year]) if year in counts else missing()}" for year in years)
    heights = {year: max(100 * counts[year] / top, 3) if year in counts else 0 for year in years}
    bars = "".join(
        f'<i{" class=chosen" if year == chosen.edition else ""} style="height:{height:.0f}%"></i>'
        for year, height in heights.items()
    )
    return f'<span class="spark" style="--n:{len(years)}" role="img" aria-label="{escape(words)}" title="{escape(words)}">{bars}</span>'


def ranking(chosen: Filters, sort: str) -> None:
    """Draw the choice of the rank: by number or by inhabitants."""
    options = (("count", _("Nombre")), ("per_100k", _("Pour 100 000 habitants")))
    figures.switch(
        _("Classer par"), [(words, urls.link("regions", chosen, sort=key), key == sort) for key, words in options]
    )


def of_rates(chosen: Filters) -> None:
    """Say which populations the rates are of, and how many regions there are."""
    text = _(
        "Taux : {population} (INSEE). 27 régions en 2014, dont Mayotte, 18 depuis 2016. "
        "Le total est le même dans les deux découpages.",
        population=vintage.named(chosen),
    )
    figures.note(
        f"{text} {campaign_names.chamber_note()}".rstrip() if chosen.nomenclature == NOMENCLATURES[0] else text
    )


def table(
    chosen: Filters,
    answer: Answer,
    editions: Answer,
    verdict: Comparison | Refusal,
    sort: str,
    selected: str | None = None,
) -> None:
    """Draw the league table of regions, ties sharing their rank, and the line of those without region.

    On the page of one region, `selected`, its beginning: that page speaks of the region.
    """
    key = sort
    known = [row for row in answer.rows if row["region_code"] is not None]
    known.sort(key=lambda row: (-(row[key] or 0), catalog.alphabetical(row["name"])))
    history = by_edition(editions)
    columns = [
        Column(_("Rang"), "rank", True),
        Column(_("Région"), "name", is_head=True),
        Column(labels.capitalised(labels.unit(chosen.unit)), "count", True, True),
        Column(_("Pour 100 000 hab."), "rate", True),
        *figures.change_column(verdict),
        Column(period_of(over_time.of_file()), "spark"),
    ]
    changes = verdict.regions() if isinstance(verdict, Comparison) else {}
    rows = [_league_row(chosen, row, _rank(known, row, key), history, changes) for row in known]
    for row, cells in zip(known, rows, strict=True):
        if row["region_code"] == selected:
            cells["name"] = replace(cells["name"], css="chosen")
    outside = [row for row in answer.rows if row["region_code"] is None]
    if outside:
        rows += _beyond(chosen, outside[0], history, changes)
    total = sum(row["count"] for row in answer.rows)
    foot = {
        "rank": Cell(""),
        "name": Cell(_("Total")),
        "count": Cell(number(total)),
        "rate": Cell(number(100_000 * total / sum(row["population"] for row in known), 1, fixed=True)),
        "change": figures.change_cell(verdict.total() if isinstance(verdict, Comparison) else None),
    }
    figures.table(columns, rows, caption=_("Classement des régions"), foot=foot, css="league", is_folded=bool(selected))
    figures.change_note(verdict)
    figures.files("regions" if key == "count" else "regions-taux", chosen)


def _league_row(
    chosen: Filters,
    row: Mapping[str, Any],
    rank: str,
    history: Mapping[str | None, Mapping[int, int]],
    changes: Mapping[str | None, Change | None],
) -> dict[str, Cell]:
    code = row["region_code"]
    href = urls.link("regions", chosen.replace(regions=(code,), departements=())) if code else None
    return {
        "rank": Cell(rank),
        "name": Cell(lead.region_name(chosen, code), href=href),
        "count": figures.bar_cell(row["count"]),
        "rate": Cell(number(row["per_100k"], 1, fixed=True) if row["population"] else "–"),
        "change": figures.change_cell(changes.get(code)),
        "spark": Cell("", html=spark(history.get(code, {}), chosen)),
    }


def _beyond(
    chosen: Filters,
    outside: Mapping[str, Any],
    history: Mapping[str | None, Mapping[int, int]],
    changes: Mapping[str | None, Change | None],
) -> list[dict[str, Cell]]:
    """Return the rows of no region: the overseas collectivities by name, then what is of no known territory."""
    held = beyond.totals(beyond.counts(chosen))
    if not held:
        return [_league_row(chosen, outside, "", history, changes)]
    by_year = beyond.totals(beyond.counts(chosen.replace(editions=())), "edition")
    years: dict[str, dict[int, int]] = {}
    for (code, edition), n in by_year.items():
        years.setdefault(code, {})[edition] = n
    unknown = dict(history.get(None, {}))
    for counts in years.values():
        for edition, n in counts.items():
            unknown[edition] = unknown.get(edition, 0) - n
    rows = [
        {
            "rank": Cell(""),
            "name": Cell(labels.collectivity(code), href=urls.link("agenda", chosen.replace(collectivities=(code,)))),
            "count": figures.bar_cell(n),
            "rate": Cell("–"),
            "change": figures.change_cell(None),
            "spark": Cell("", html=spark(years[code], chosen)),
        }
        for code, n in held.items()
    ]
    if rest := outside["count"] - sum(held.values()):
        rows.append(_league_row(chosen, {**outside, "count": rest}, "", {None: unknown}, {}))
    return rows


def _rank(rows: list[dict[str, Any]], row: Mapping[str, Any], key: str) -> str:
    """Return the rank by that column, ties sharing the best one and said to be so."""
    better = sum(1 for other in rows if (other[key] or 0) > (row[key] or 0))
    same = sum(1 for other in rows if other[key] == row[key])
    return f"{better + 1}" + (_(" ex æquo") if same > 1 else "")


def ranked_map(chosen: Filters, key: str) -> None:
    """Draw the regions by count or by inhabitants; their numbers stand in the league table."""
    drawn.drawing(
        "carte" if key == "count" else "carte-taux",
        chosen.replace(regions=(), departements=()),
        hrefs={
            code: urls.link("regions", chosen.replace(regions=(code,)), sort=None if key == "count" else key)
            for code in codes().regions[chosen.nomenclature]
        },
        selected=chosen.region,
        table="",
    )


def sentence(chosen: Filters, totals: Mapping[str, Any], answer: Answer, covered: int | None) -> str:
    """Return the page's answer: the chosen territory's state, or where in France events take place (`answer` is of all regions)."""
    counts = {row["region_code"]: row["count"] for row in answer.rows if row["region_code"]}
    return lead.where(chosen, counts, totals, covered=covered)
