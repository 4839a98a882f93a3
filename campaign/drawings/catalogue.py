"""The drawings by name: what each shows of a choice, with its finding, its data and its text alternative."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from campaign.analysis.about import about
from campaign.analysis.figures import Figures, place_of
from campaign.charts.sheet import Drawing
from campaign.core.language import _
from campaign.drawings.compared import change_by_part, change_map, regions_over_editions
from campaign.drawings.content import Content
from campaign.drawings.courses import editions, events_by_day, type_courses, types
from campaign.drawings.grids import types_by_region, weekday_table
from campaign.drawings.pace import pace_curves
from campaign.drawings.places import departement_map, departements, region_map, regions
from campaign.drawings.points import place_map
from campaign.drawings.published import published_figures
from campaign.drawings.rates import departement_rate_map, rate_map, region_rates
from campaign.drawings.reach import people_reached, places_to_add
from campaign.drawings.who import organiser_families, organiser_sizes, records
from campaign.statements.parts import origin, source_words
from campaign.statements.scope import left_aside, noun, unsaid
from campaign.wording import campaign_names as names
from campaign.wording import labels
from campaign.wording.numbers import number, share
from campaign.wording.quantities import clauses, listed, with_stop

# What each row of a drawing's data says.
COLUMNS: Final = (
    "code", "libelle", "nombre", "unite", "territoire", "edition", "etat", "source", "date_des_donnees", "licence",
)  # fmt: skip


def drawing(name: str, figures: Figures) -> Drawing:
    """Return the drawing of that name for these figures; KeyError if there is none."""
    content = DRAWINGS[name](figures)
    own = about(figures.chosen)
    used = figures.chosen if content.used is None else content.used
    filter_clauses = [
        unsaid(used, f"{content.title} {content.subtitle}"),
        left_aside(figures.chosen, used, with_places=False),
    ]
    subtitle = clauses([content.subtitle, *filter(None, filter_clauses)])
    behind = origin(replace(figures, chosen=used), f"{content.title} {subtitle}")
    source = content.source or clauses([_("Source : {origin}", origin=behind), *filter(None, [content.beside])])
    licence = _("{dashboard} · Licence : {licence}", dashboard=names.dashboard(), licence=own.licence)
    if content.source:
        licence = _("{dashboard} · Chiffres cités de leurs sources", dashboard=names.dashboard())
    if name.startswith("carte"):
        licence = _("{licence} · Limites : IGN, INSEE, Licence Ouverte 2.0", licence=licence)
    first = (
        listed([f"{row[1]} ({number(row[2], content.decimals)})" for row in content.rows[:8]])
        if content.rows
        else _("aucune donnée")
    )
    return Drawing(
        name=name,
        title=content.title,
        subtitle=subtitle,
        alt=f"{with_stop(content.title)} {subtitle}. {first}.",
        source=source,
        licence=licence,
        is_demo=figures.is_demo and not content.source,
        rows=tuple(_data(figures, content, own.licence)),
        draw=content.draw,
        on_page=content.on_page,
        is_compact=content.without_list is not None,
        height=content.height,
        facts=_facts(figures, content),
    )


def _facts(figures: Figures, content: Content) -> Mapping[str, tuple[str, ...]]:
    """Return the number with its unit, the share and the rank of each row that has a number, by its code; ties share the best rank.

    Only of rows that a reader ranks: of steps of time and size, and of parts, the drawing says all that its marks tell.
    """
    if not content.is_ranked:
        return {code: tuple(phrases) for code, phrases in content.beside_marks.items()}
    known = {str(code): n for code, _name, n in content.rows if code is not None and n is not None}
    facts: dict[str, tuple[str, ...]] = {}
    for code, n in known.items():
        phrases = [f"{number(n, content.decimals)} {content.unit or noun(figures.chosen, int(n))}"]
        if content.whole:
            phrases.append(_("{share} du total", share=share(n, content.whole)))
        if len(known) > 2 and n:
            rank = 1 + sum(other > n for other in known.values())
            phrases.append(_("rang : {rank} sur {among}", rank=number(rank), among=number(len(known))))
        facts[code] = (*phrases, *content.beside_marks.get(code, ()))
    return facts


def _data(figures: Figures, content: Content, licence: str) -> list[Mapping[str, Any]]:
    """Return the rows as they are exported: every number with its unit, territory, stage, source and date."""
    years = "-".join(map(str, figures.editions if figures.edition else figures.editions[:1] + figures.editions[-1:]))
    unit = content.unit or noun(figures.chosen, 2)
    area = content.area or place_of(figures.chosen if content.used is None else content.used)
    patches = content.patches or [{}] * len(content.rows)
    return [
        {
            "code": code,
            "libelle": name,
            "nombre": n if isinstance(n, int) else round(n, 2),
            "unite": unit,
            "territoire": area.name,
            "edition": years,
            "etat": labels.stage(figures.stage),
            "source": source_words(figures),
            "date_des_donnees": figures.data_date.isoformat() if figures.data_date else "",
            "licence": licence,
        }
        | dict(patch)
        for (code, name, n), patch in zip(content.rows, patches, strict=True)
    ]


DRAWINGS: Final[dict[str, Callable[[Figures], Content]]] = {
    "carte": region_map,
    "editions": editions,
    "regions": regions,
    "departements": departements,
    "types": types,
    "jours": events_by_day,
    "types-editions": type_courses,
    "carte-departements": departement_map,
    "chiffres-publies": published_figures,
    "carte-points": place_map,
    "carte-taux": rate_map,
    "carte-departements-taux": departement_rate_map,
    "regions-taux": region_rates,
    "regions-editions": regions_over_editions,
    "types-regions": types_by_region,
    "calendrier": weekday_table,
    "rythme": pace_curves,
    "couverture": people_reached,
    "couverture-lieux": places_to_add,
    "ecart": change_by_part,
    "carte-evolution": change_map,
    "familles": organiser_families,
    "organisateurs-taille": organiser_sizes,
    "records": records,
}
