"""The parts of the overview."""

from collections.abc import Mapping
from typing import Any

from campaign.analysis import editions as over_time
from campaign.analysis.comparison import Change, Comparison, Refusal
from campaign.charts import maps
from campaign.core.language import _, current
from campaign.filters import Filters, urls
from campaign.store import Answer, query
from campaign.view.components import figures, growth, lead
from campaign.view.components.figures import Card, Cell, Column
from campaign.wording import labels, sentences
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
        Card(
            number(None) if covered is None else _("{n} sur 101", n=number(covered)),
            labels.departements_covered(covered),
            note("n_departements", minimum=ALWAYS_DIFFERENCE),
            urls.link("map", chosen, layer="departement"),
        ),
        Card(
            number(totals["n_sessions"]),
            labels.unit("sessions", totals["n_sessions"]),
            note("n_sessions"),
        ),
    ]


def growth_title() -> str:
    """Return the course of the editions in a sentence."""
    return over_time.sentence()


def growth_drawing(chosen: Filters, editions: Answer) -> None:
    """Draw the editions: official figures and the file's counts side by side."""
    counts = over_time.counted({row["edition"]: row["count"] for row in editions.rows}, chosen.as_of)
    is_demo = query("file_status").one["is_demo"]
    subtitle = _(
        "Nombre d'événements par édition, France entière : chiffres publiés, et {unit} du fichier",
        unit=labels.unit(chosen.unit),
    )
    if lead.place_of(chosen) or lead.is_filtered(chosen):
        subtitle += _(" (avec vos filtres)")
    figures.drawing(
        growth_title(),
        subtitle,
        growth.columns_html(counts, chosen=chosen.edition, is_demo=is_demo),
        source=figures.source_html(
            chosen,
            origin=_("Sources : une par colonne, à un clic ; toutes sur la page Éditions"),
            exports=[(_("Éditions"), urls.link("editions", chosen)), (_("JSON"), "/api/v1/figures.json")],
        ),
        files=figures.files_html("editions", chosen),
    )


def regions(chosen: Filters, answer: Answer, all_editions: Answer) -> None:
    """Draw the map of the regions, each a link to its page."""
    rows = [row for row in answer.rows if row["region_code"] is not None]
    codes = [row["region_code"] for row in rows]
    figures.drawing(
        sentences.where(
            {code: row["count"] for code, row in zip(codes, rows, strict=True)},
            sum(row["count"] for row in answer.rows),
            nomenclature=chosen.nomenclature,
            unit=chosen.unit,
        ),
        _(
            "Nombre : {unit} par région ({regions})",
            unit=labels.unit(chosen.unit),
            regions=labels.nomenclature(chosen.nomenclature),
        ),
        maps.choropleth_svg(
            rows,
            layer="region_2016" if chosen.nomenclature == 2016 else "region_2014",
            value="count",
            code="region_code",
            breaks=maps.class_breaks([row["count"] for row in all_editions.rows if row["region_code"]]),
            hrefs={code: urls.link("regions", chosen.but(regions=(code,), departements=())) for code in codes},
            title=_("Carte des régions"),
            desc=_("Les mêmes nombres sont dans le tableau de la page Régions."),
            selected=chosen.region,
            nomenclature=chosen.nomenclature,
        ),
        source=figures.source_html(
            chosen,
            exports=[
                (_("CSV"), urls.api("/api/v1/events.csv", chosen)),
                (_("JSON"), urls.api("/api/v1/counts.json", chosen, by="region")),
            ],
        ),
        files=figures.files_html("carte", chosen.but(regions=(), departements=())),
    )


def types(chosen: Filters, answer: Answer, verdict: Comparison | Refusal) -> None:
    """Draw the types as a table with bars."""
    changes = verdict.types() if isinstance(verdict, Comparison) else {}
    before = {code: change.before for code, change in changes.items() if change}
    rows = [row for row in answer.rows if row["count"] or before.get(row["type"])]
    total = sum(row["count"] for row in rows)
    name = "label_en" if current() == "en" else "label_fr"
    columns = [Column(_("Type"), "type"), Column(labels.capitalised(labels.unit(chosen.unit)), "count", True, True)]
    subtitle = _("Nombre : {unit} par type", unit=labels.unit(chosen.unit))
    if isinstance(verdict, Comparison):
        columns.append(Column(str(verdict.edition), "before", True))
        if verdict.days_to_go is not None:
            subtitle += _(" ; {year} au même nombre de jours de l'ouverture", year=verdict.edition)
    figures.drawing(
        sentences.types({row["type"]: row["count"] for row in rows}, total, unit=chosen.unit),
        subtitle,
        figures.table_html(
            columns,
            [
                {
                    "type": Cell(row[name], href=urls.link("agenda", chosen.but(types=(row["type"],)))),
                    "count": figures.bar_cell(row["count"]),
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
        source=figures.source_html(chosen, exports=[(_("JSON"), urls.api("/api/v1/counts.json", chosen, by="type"))]),
        files=figures.files_html("types", chosen),
    )
