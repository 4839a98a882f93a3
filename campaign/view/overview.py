"""The parts of the overview."""

from collections.abc import Mapping
from typing import Any

from campaign.analysis import editions as over_time
from campaign.analysis.comparison import Change, Comparison, Refusal
from campaign.charts.columns import PUBLISHED
from campaign.core.language import _, current
from campaign.drawings.places import members
from campaign.filters import Filters, codes, urls
from campaign.statements.scope import names_a_place
from campaign.store import Answer, catalog
from campaign.view.components import drawn, figures, lead
from campaign.view.components.figures import Card, Cell, Column
from campaign.view.editions import breaks
from campaign.wording import labels
from campaign.wording.course import SMALL
from campaign.wording.numbers import number
from campaign.wording.quantities import clauses

ALWAYS_DIFFERENCE = 1_000_000  # of 101 départements, a difference says more than a percentage


def cards(
    chosen: Filters,
    verdict: Comparison | Refusal,
    totals: Mapping[str, Any],
    distincts: Mapping[str, Any],
) -> list[Card]:
    """Return the five figures, each with its comparison to the edition before, or why there is none."""
    sides: dict[str, Change] = {}
    if isinstance(verdict, Comparison):
        for now, before in (verdict.totals(), verdict.distincts()):
            pairs = {key: (now[key], before[key]) for key in now}
            sides |= {key: Change(n, old) for key, (n, old) in pairs.items() if n is not None and old is not None}

    def note(key: str, minimum: int = SMALL) -> str:
        if isinstance(verdict, Refusal):
            return verdict.words if key == "n_events" else ""
        return lead.changed(verdict, sides[key], minimum=minimum) if key in sides else ""

    named = distincts["n_with_organiser"]
    share = _("nommés dans {n} événements", n=number(named)) if named < totals["n_events"] else ""
    notes = [part for part in (note("n_organisers"), share) if part]
    organisers = distincts["n_organisers"]
    covered = distincts["n_departements"]
    among = _departements_of(chosen)
    return [
        Card(
            number(totals["n_events"]),
            labels.unit("events", totals["n_events"]),
            note("n_events"),
            urls.link("agenda", chosen),
        ),
        Card(
            number(organisers),
            labels.metric("organisers", organisers),
            clauses(notes) if notes else "",
        ),
        Card(
            number(distincts["n_communes"]),
            labels.metric("municipalities", distincts["n_communes"]),
            note("n_communes"),
        ),
        *(
            [
                Card(
                    number(None) if covered is None else _("{n} sur {all}", n=number(covered), all=number(among)),
                    labels.departements_covered(covered),
                    note("n_departements", minimum=ALWAYS_DIFFERENCE),
                    urls.link("map", chosen, layer="departement"),
                )
            ]
            if among > 1
            else []
        ),
        Card(
            number(totals["n_sessions"]),
            labels.unit("sessions", totals["n_sessions"]),
            note("n_sessions"),
        ),
    ]


def _departements_of(chosen: Filters) -> int:
    """Return how many départements a choice could cover; 0 where it names a place that is none of them."""
    if names_a_place(chosen.replace(regions=(), departements=())):
        return 0
    return len(members(chosen)) or len(catalog.labels("departement"))


def course(chosen: Filters) -> None:
    """Draw the editions: for the whole country official figures and the file's counts side by side."""
    drawn.drawing(
        "editions",
        chosen,
        hrefs=published(chosen)
        | breaks(chosen)
        | {str(year): urls.link("overview", chosen.moved_to(year)) for year in over_time.beside_published()},
        source=figures.source_html(
            chosen,
            origin=_("Sources : sur la page Éditions, chiffre par chiffre"),
            exports=[(_("Éditions"), urls.link("editions", chosen)), (_("JSON"), "/api/v1/figures.json")],
        ),
    )


def published(chosen: Filters) -> dict[str, str]:
    """Return where the published figures of the editions lead: to their edition on the page that gives their sources."""
    return {
        f"{PUBLISHED}{year}": urls.link("editions", chosen.replace(editions=(year,)))
        for year in over_time.beside_published()
    }


def regions(chosen: Filters) -> None:
    """Draw the map of the regions, each a link to its page."""
    country = chosen.replace(regions=(), departements=())
    drawn.drawing(
        "carte",
        country,
        hrefs={
            code: urls.link("regions", chosen.replace(regions=(code,), departements=()))
            for code in codes().regions[chosen.nomenclature]
        },
        selected=chosen.region,
        source=figures.source_html(
            chosen,
            exports=[
                (_("CSV"), urls.api("/api/v1/events.csv", chosen)),
                (_("JSON"), urls.api("/api/v1/counts.json", chosen, by="region")),
            ],
        ),
    )


def types(chosen: Filters, answer: Answer, verdict: Comparison | Refusal) -> None:
    """Draw the types as a table with bars."""
    changes = verdict.types() if isinstance(verdict, Comparison) else {}
    before = {code: change.before for code, change in changes.items() if change}
    rows = [row for row in answer.rows if row["count"] or before.get(row["type"])]
    total = sum(row["count"] for row in rows)
    name = "label_en" if current() == "en" else "label_fr"
    columns = [Column(_("Type"), "type"), Column(labels.capitalised(labels.unit(chosen.unit)), "count", True)]
    if isinstance(verdict, Comparison):
        columns.append(Column(str(verdict.edition), "before", True))
    links = {code: urls.link("agenda", chosen.replace(types=(code,))) for code in catalog.labels("type")}
    drawn.drawing(
        "types",
        chosen,
        hrefs=links,
        source=figures.source_html(chosen, exports=[(_("JSON"), urls.api("/api/v1/counts.json", chosen, by="type"))]),
        table=figures.table_html(
            columns,
            [
                {
                    "type": Cell(row[name], href=links[row["type"]]),
                    "count": Cell(number(row["count"])),
                    "before": Cell(number(before.get(row["type"]))),
                }
                for row in rows
            ],
            caption=_("Événements par type"),
            foot={
                "type": Cell(_("Total")),
                "count": Cell(number(total)),
                "before": Cell(number(verdict.total().before if isinstance(verdict, Comparison) else None)),
            },
        ),
    )
    if isinstance(verdict, Comparison) and verdict.days_to_go is not None:
        figures.note(_("Dans le tableau, {year} est au même nombre de jours de l'ouverture.", year=verdict.edition))
