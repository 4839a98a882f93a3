"""The shared filters of every page, address and command, each declared once (campaign/filters/declaration.py says how).

Here are those of where, when and how it is counted, and the order of all; those of what an event is stand in
campaign/filters/attributes.py.
"""

from typing import Final

from campaign.core.language import _, mark
from campaign.core.nomenclatures import NOMENCLATURES
from campaign.filters import attributes, clauses, conditions, own_kinds, regions, subcampaigns
from campaign.filters.choice import Filters
from campaign.filters.declaration import Filter, Widget
from campaign.filters.kinds import Choice, Coded, Day, Existing, Identifiers, Kilometres, few
from campaign.filters.known import nomenclature_of
from campaign.filters.own_kinds import COMMUNE_CODE
from campaign.filters.own_kinds import MAX_SEARCH_LENGTH as MAX_SEARCH_LENGTH
from campaign.filters.registry import all_filters, register
from campaign.filters.subcampaigns import chips_unless_subcampaign, is_without_subcampaign, name_of, within
from campaign.store import catalog
from campaign.wording import labels
from campaign.wording.numbers import number
from campaign.wording.quantities import counted, listed, quoted
from campaign.wording.territories import around

UNITS: Final = ("events", "sessions", "days")
LANGS: Final = ("fr", "en")
COLLECTIVITIES: Final = tuple(labels.COLLECTIVITIES)
DEFAULT_RADIUS_KM: Final = 20.0
MAX_RADIUS_KM: Final = 200.0
MAX_IDS: Final = 200


def _within_subcampaign(chosen: Filters) -> Filters:
    """Return the choice with the edition, themes and days of its sub-campaign."""
    if chosen.subcampaign is None:
        return chosen
    by_edition = {one.edition: one for one in subcampaigns.offered() if one.code == chosen.subcampaign}
    subcampaign = by_edition.get(chosen.edition or 0) or by_edition[max(by_edition)]
    return within(subcampaign, chosen)


def _without_subcampaign(chosen: Filters) -> list[tuple[str, Filters]]:
    return [
        (name_of(chosen), chosen.replace(themes=(), from_day=None, to_day=None, subcampaign=None)),
    ]


DECLARED: Final = (
    Filter(
        name="edition",
        field="editions",
        label=mark("Édition"),
        help="Année d'une édition, ou `all` seul.",
        kind=own_kinds.Editions(),
        column="edition",
        clause=clauses.editions_clause,
        implied=clauses.named_editions,
        chips=lambda chosen: [],
        widget=Widget("own", is_folded=False),
    ),
    Filter(
        name="nomenclature",
        label=mark("Découpage régional"),
        help="Découpage régional ; sans lui, celui qui est en vigueur pour l'édition demandée, la dernière de plusieurs : 2014 jusqu'à "
        "l'édition 2015, 2016 ensuite.",
        kind=regions.Nomenclatures(NOMENCLATURES, None),
        follows=lambda chosen: nomenclature_of(chosen.editions),
        chips=lambda chosen: [],
        widget=Widget("own", is_folded=False),
    ),
    Filter(
        name="region",
        field="regions",
        label=mark("Région"),
        help="Code INSEE d'une région du découpage demandé.",
        kind=Coded(
            allowed=regions.known_regions,
            refusal=regions.refusal,
            word=lambda code, chosen: catalog.label(f"region_{chosen.nomenclature}", code),
            known=lambda known: frozenset().union(*known.regions.values()),
        ),
        conditions=conditions.regions,
        clause=lambda chosen: _(
            "région : {values}",
            values=listed(catalog.label(f"region_{chosen.nomenclature}", code) for code in chosen.regions),
        ),
        implied=clauses.names_of_regions,
        widget=Widget("own", is_folded=False),
        is_territory=True,
    ),
    Filter(
        name="departement",
        field="departements",
        label=mark("Département"),
        help="Code INSEE d'un département.",
        kind=Coded(
            allowed=lambda reading: reading.known.departements,
            word=lambda code, chosen: catalog.label("departement", code),
            known=lambda known: known.departements,
        ),
        column="departement_code",
        clause=lambda chosen: _(
            "département : {values}", values=listed(catalog.label("departement", code) for code in chosen.departements)
        ),
        implied=clauses.names_of_departements,
        widget=Widget("own", is_folded=False),
        is_territory=True,
    ),
    Filter(
        name="collectivity",
        field="collectivities",
        label=mark("Collectivité d'outre-mer"),
        help="Code ISO 3166 d'une collectivité d'outre-mer, hors des régions et des départements.",
        kind=few(COLLECTIVITIES, labels.collectivity),
        column="country_code",
        clause=lambda chosen: _(
            "collectivité d'outre-mer : {values}", values=listed(map(labels.collectivity, chosen.collectivities))
        ),
    ),
    attributes.TYPE,
    attributes.THEME,
    Filter(
        name="subcampaign",
        label=mark("Temps fort"),
        help="Temps fort : son édition, ses thèmes et ses jours, à la place de `theme`, `from` et `to`.",
        kind=own_kinds.Subcampaigns(),
        clause=name_of,
        implied=clauses.what_it_stands_for,
        chips=_without_subcampaign,
        widget=Widget("own"),
        finish=_within_subcampaign,
    ),
    attributes.ATTENDANCE_MODE,
    Filter(
        name="commune",
        field="communes",
        label=mark("Commune"),
        help="Code INSEE d'une commune, d'aujourd'hui ou d'une année depuis 2008. Un jour où ce code n'est pas en vigueur, les "
        "événements de la commune qui en tient lieu aujourd'hui.",
        kind=Existing(
            "commune_exists", clauses.commune_name, {"type": "string", "pattern": COMMUNE_CODE, "examples": ["35238"]}
        ),
        conditions=conditions.communes,
        clause=lambda chosen: _(
            "commune : {values}", values=listed(clauses.commune_name(code, chosen) for code in chosen.communes)
        ),
        implied=clauses.names_of_communes,
        is_territory=True,
    ),
    attributes.ORGANISER,
    attributes.ORGANISER_FAMILY,
    attributes.FREE,
    attributes.ACCESSIBLE,
    attributes.AUDIENCE,
    attributes.TIME_OF_DAY,
    Filter(
        name="id",
        field="ids",
        label=mark("Sélection"),
        help="Identifiant d'un événement.",
        kind=Identifiers(MAX_IDS),
        column="event_id",
        clause=lambda chosen: _("sélection d'événements : {n}", n=number(len(chosen.ids))),
        chips=lambda chosen: [
            (counted(len(chosen.ids), "événement choisi", "événements choisis"), chosen.replace(ids=()))
        ],
    ),
    Filter(
        name="from",
        field="from_day",
        label=mark("Du"),
        help="Premier jour, inclus.",
        kind=Day(),
        conditions=conditions.first_day,
        clause=clauses.days_clause,
        chips=chips_unless_subcampaign(
            lambda chosen: [
                (_("depuis le {day}", day=clauses.day_in_words(chosen.from_day)), chosen.replace(from_day=None)),
            ],
        ),
        widget=Widget("own"),
        is_written=is_without_subcampaign,
    ),
    Filter(
        name="to",
        field="to_day",
        label=mark("Au"),
        help="Dernier jour, inclus, pas avant `from`.",
        kind=own_kinds.LastDay(),
        conditions=conditions.last_day,
        clause=clauses.last_day_clause,
        chips=chips_unless_subcampaign(
            lambda chosen: [
                (_("jusqu'au {day}", day=clauses.day_in_words(chosen.to_day)), chosen.replace(to_day=None)),
            ],
        ),
        widget=Widget("own"),
        is_written=is_without_subcampaign,
    ),
    Filter(
        name="q",
        label=mark("Recherche"),
        help="Mots cherchés, sans joker ; une faute légère est comprise.",
        kind=own_kinds.Searched(),
        conditions=conditions.words,
        clause=lambda chosen: _("recherche : {text}", text=quoted(chosen.q.text if chosen.q else "")),
        widget=Widget("own", is_on_agenda=True),
    ),
    Filter(
        name="near",
        label=mark("Autour de"),
        help="Code postal, code ou nom d'une commune, d'aujourd'hui ou d'une année depuis 2008. D'un code postal que plusieurs "
        "communes partagent, la plus peuplée ; un nom que plusieurs portent : 400, avec leur liste et leurs codes.",
        kind=own_kinds.Place(),
        conditions=conditions.within,
        clause=lambda chosen: around(chosen.near.name, chosen.radius_km) if chosen.near else "",
        widget=Widget("own", is_on_agenda=True),
        is_territory=True,
    ),
    Filter(
        name="radius_km",
        label=mark("Rayon (km)"),
        help="Rayon autour de `near`, en km.",
        kind=Kilometres(DEFAULT_RADIUS_KM, MAX_RADIUS_KM),
        chips=lambda chosen: [],
        widget=Widget("own", is_on_agenda=True),
        is_written=lambda chosen: chosen.near is not None,
    ),
    Filter(
        name="unit",
        label=mark("Unité de compte"),
        help="Unité de compte.",
        kind=Choice(UNITS, "events"),
        chips=lambda chosen: [(_("en {unit}", unit=labels.unit(chosen.unit)), chosen.replace(unit="events"))],
        widget=Widget("own"),
    ),
    Filter(
        name="as_of",
        label=mark("État des données au"),
        help="Les événements tels que le fichier les avait ce jour-là.",
        kind=Day(),
        clause=lambda chosen: _("état au {day}", day=clauses.day_in_words(chosen.as_of)),
        chips=lambda chosen: [(_("état au {day}", day=clauses.day_in_words(chosen.as_of)), chosen.replace(as_of=None))],
    ),
    Filter(
        name="lang",
        label=mark("Langue"),
        help="Langue des libellés.",
        kind=Choice(LANGS, "fr"),
        chips=lambda chosen: [],
    ),
)

for each in DECLARED:
    register(each)


def is_extended() -> bool:
    """Whether filters were declared elsewhere, which this process alone knows."""
    return all_filters() != DECLARED
