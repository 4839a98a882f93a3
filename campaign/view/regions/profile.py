"""One region: its figures, its map, its published figures, its départements."""

from collections.abc import Mapping
from typing import Any

from campaign.analysis import official
from campaign.analysis.comparison import Change, Comparison, Refusal
from campaign.core.language import _
from campaign.filters import Filters, urls
from campaign.store import Answer, catalog
from campaign.view.components import drawn, figures, lead
from campaign.view.components.figures import Card, Cell, Column
from campaign.wording import labels, source_names, territories
from campaign.wording.numbers import missing, number, ordinal, published, share


def own_map(chosen: Filters) -> None:
    """Draw the départements of the chosen region; each leads to its events."""
    drawn.drawing(
        "carte",
        chosen,
        hrefs={
            code: urls.link("agenda", chosen.replace(departements=(code,))) for code in catalog.labels("departement")
        },
        table="",
    )


def cards(
    chosen: Filters,
    verdict: Comparison | Refusal,
    league_rows: Answer,
    totals: Mapping[str, Any],
    distincts: Mapping[str, Any],
) -> list[Card]:
    """Return the figures of one region: events, rank, rate, organisers, communes."""
    rows = [row for row in league_rows.rows if row["region_code"]]
    own = next(row for row in rows if row["region_code"] == chosen.region)
    france = sum(row["count"] for row in league_rows.rows)
    people = sum(row["population"] for row in rows)
    if isinstance(verdict, Refusal):
        note = verdict.words
    else:
        now, before = verdict.totals()
        note = lead.changed(verdict, Change(now["n_events"], before["n_events"]))
    rank = next(i for i, row in enumerate(rows, 1) if row["count"] == own["count"])
    tied = sum(1 for row in rows if row["count"] == own["count"]) > 1
    return [
        Card(number(totals["n_events"]), labels.unit("events", totals["n_events"]), note, urls.link("agenda", chosen)),
        Card(
            ordinal(rank) + (_(" ex æquo") if tied else ""),
            _("sur {n} régions", n=len(rows)),
            _("{share} des événements du pays", share=share(own["count"], france)),
        ),
        Card(
            number(own["per_100k"], 1, fixed=True),
            _("pour 100 000 habitants"),
            _("France : {rate}", rate=number(100_000 * france / people, 1, fixed=True)),
        ),
        Card(number(distincts["n_organisers"]), labels.metric("organisers", distincts["n_organisers"])),
        Card(number(distincts["n_communes"]), labels.metric("municipalities", distincts["n_communes"])),
    ]


def published_for(chosen: Filters) -> None:
    """Draw the official figures known of this region, each with its source; or say that none is."""
    name = lead.region_name(chosen, chosen.region)
    levels = ("region_2014", "region_2016")
    published_figures = [
        f for f in official.figures() if f.territory_level in levels and f.territory_name == name and f.value
    ]
    place = territories.place_named(chosen.region or "", "region", chosen.nomenclature)
    figures.heading(_("Chiffres publiés pour {place}", place=place))
    if not published_figures:
        figures.note(_("Aucun chiffre publié n'est connu pour cette région (n. c.)."))
        return
    figures.table(
        [Column(_("Année"), "year"), Column(_("Chiffre"), "figure"), Column(_("Source"), "source")],
        [
            {
                "year": Cell(str(f.edition) if f.edition else missing()),
                "figure": Cell(f"{published(f.value, f.qualifier)} {labels.metric(f.metric, f.value or 0)}"),
                "source": Cell(source_names.title(f.source_title), href=f.source_url),
            }
            for f in published_figures
        ],
        caption=_("Chiffres publiés"),
    )


def departements(chosen: Filters, answer: Answer) -> None:
    """Draw the départements of the chosen region."""
    rows = [
        row for row in answer.rows if row["region_code"] == chosen.region or (not row["region_code"] and row["count"])
    ]
    figures.heading(_("Par département"))
    figures.table(
        [
            Column(_("Département"), "name"),
            Column(labels.capitalised(labels.unit(chosen.unit)), "count", True, True),
            Column(_("Pour 100 000 hab."), "rate", True),
        ],
        [
            {
                "name": Cell(
                    f"{row['name']} ({row['departement_code']})"
                    if row["departement_code"]
                    else _("Département inconnu"),
                    href=urls.link("agenda", chosen.replace(departements=(row["departement_code"],)))
                    if row["departement_code"]
                    else None,
                ),
                "count": figures.bar_cell(row["count"]),
                "rate": Cell(number(row["per_100k"], 1, fixed=True) if row["population"] else "–"),
            }
            for row in rows
        ],
        caption=_("Événements par département"),
        foot={"name": Cell(_("Total")), "count": Cell(number(sum(row["count"] for row in rows)))},
    )
