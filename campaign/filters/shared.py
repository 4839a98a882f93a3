"""The shared filters of every page, address and command, each declared once (campaign/filters/declaration.py says how)."""

from typing import Any, Final

from campaign.core.language import _, mark
from campaign.core.nomenclatures import NOMENCLATURES
from campaign.filters import clauses, conditions, own_kinds, regions, subcampaigns
from campaign.filters.choice import Filters
from campaign.filters.declaration import Filter, Widget
from campaign.filters.kinds import Choice, Coded, Day, Existing, Flag, Identifiers, Kilometres, few
from campaign.filters.known import nomenclature_of
from campaign.filters.own_kinds import COMMUNE_CODE
from campaign.filters.own_kinds import MAX_SEARCH_LENGTH as MAX_SEARCH_LENGTH
from campaign.filters.registry import all_filters, register
from campaign.filters.subcampaigns import name_of, within
from campaign.store import catalog
from campaign.wording import labels
from campaign.wording.nouns import event_type
from campaign.wording.numbers import number
from campaign.wording.quantities import counted, listed, quoted
from campaign.wording.territories import around

UNITS: Final = ("events", "sessions", "days")
LANGS: Final = ("fr", "en")
ATTENDANCE_MODES: Final = tuple(labels.ATTENDANCE_MODES)
ACCESSIBILITIES: Final = tuple(labels.ACCESSIBILITY)
AUDIENCES: Final = tuple(labels.AUDIENCES)
TIMES_OF_DAY: Final = tuple(labels.TIMES_OF_DAY)
COLLECTIVITIES: Final = tuple(labels.COLLECTIVITIES)
DEFAULT_RADIUS_KM: Final = 20.0
MAX_RADIUS_KM: Final = 200.0
MAX_IDS: Final = 200


def _within_subcampaign(chosen: Filters) -> Filters:
    """Return the choice with the edition, themes and days of its sub-campaign."""
    if chosen.subcampaign is None:
        return chosen
    by_edition = {one.edition: one for one in subcampaigns.offered() if one.code == chosen.subcampaign}
    found = by_edition.get(chosen.edition or 0) or by_edition[max(by_edition)]
    return within(found, chosen)


def _without_subcampaign(chosen: Filters) -> list[tuple[str, Filters]]:
    return [
        (name_of(chosen), chosen.replace(themes=(), from_day=None, to_day=None, subcampaign=None)),
    ]


def _own_days(chosen: Filters) -> bool:
    return not chosen.subcampaign


def _chip_unless_subcampaign(field: str, words: Any) -> Any:
    def chips(chosen: Filters) -> list[tuple[str, Filters]]:
        return [] if chosen.subcampaign else words(chosen)

    return chips


def _theme_chips(chosen: Filters) -> list[tuple[str, Filters]]:
    kind = BY_FIELD["themes"].kind
    return [(words, chosen.replace(themes=rest)) for words, rest in kind.words(chosen.themes, chosen)]


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
    Filter(
        name="type",
        field="types",
        label=mark("Type"),
        help="Type d'événement.",
        kind=Coded(
            allowed=lambda reading: reading.known.types,
            word=lambda code, chosen: catalog.label("type", code),
            known=lambda known: known.types,
        ),
        column="type",
        clause=lambda chosen: _("type : {values}", values=listed(event_type(code) for code in chosen.types)),
        implied=clauses.nouns_of_types,
        widget=Widget(
            "multiselect",
            is_folded=False,
            placeholder=mark("Tous les types"),
            options=lambda chosen: {code: entry.text for code, entry in catalog.labels("type").items()},
        ),
    ),
    Filter(
        name="theme",
        field="themes",
        label=mark("Thème"),
        help="Thème.",
        kind=Coded(
            allowed=lambda reading: reading.known.themes,
            word=lambda code, chosen: catalog.label("theme", code),
            known=lambda known: known.themes,
        ),
        column="themes",
        is_list_column=True,
        clause=clauses.themes_clause,
        chips=_chip_unless_subcampaign("themes", _theme_chips),
        widget=Widget(
            "multiselect",
            placeholder=mark("Tous les thèmes"),
            options=lambda chosen: {code: entry.text for code, entry in catalog.labels("theme").items()},
        ),
        is_written=_own_days,
    ),
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
    Filter(
        name="attendance_mode",
        field="attendance_modes",
        label=mark("Participation"),
        help="Participation.",
        kind=few(ATTENDANCE_MODES, labels.attendance_mode),
        column="attendance_mode",
        clause=mark("participation : {values}"),
        widget=Widget(
            "multiselect",
            is_on_agenda=True,
            placeholder=mark("Sur place et en ligne"),
            options=lambda chosen: {code: labels.attendance_mode(code) for code in ATTENDANCE_MODES},
        ),
    ),
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
    Filter(
        name="organiser",
        field="organisers",
        label=mark("Organisateur"),
        help="Code d'un organisateur principal.",
        kind=Existing("organiser_exists", clauses.organiser_name, {"type": "string", "minLength": 1}),
        column="lead_organiser_id",
        clause=lambda chosen: _(
            "organisateur : {names}", names=listed(clauses.organiser_name(code, chosen) for code in chosen.organisers)
        ),
    ),
    Filter(
        name="organiser_family",
        field="organiser_families",
        label=mark("Famille de l'organisateur"),
        help="Famille de l'organisateur principal, que son nom dit ; `unknown` : il est nommé, sa famille n'est pas connue.",
        kind=Coded(
            allowed=lambda reading: clauses.families(),
            word=lambda code, chosen: clauses.family_name(code),
            known=lambda known: clauses.families(),
        ),
        conditions=conditions.organiser_families,
        clause=clauses.families_clause,
    ),
    Filter(
        name="free",
        label=mark("Prix"),
        help="Dit gratuit (true) ou payant (false).",
        kind=Flag(labels.price),
        conditions=conditions.free,
        clause=lambda chosen: _("entrée gratuite") if chosen.free else _("entrée payante"),
        widget=Widget(
            "select",
            is_on_agenda=True,
            placeholder=mark("Tous les prix"),
            options=lambda chosen: {"true": labels.price(True), "false": labels.price(False)},
        ),
    ),
    Filter(
        name="accessible",
        label=mark("Accessibilité"),
        help="Handicap accueilli.",
        kind=few(ACCESSIBILITIES, labels.accessibility),
        column="accessibility",
        is_list_column=True,
        clause=mark("accessibilité : {values}"),
        widget=Widget(
            "multiselect",
            is_on_agenda=True,
            placeholder=mark("Tous les événements"),
            options=lambda chosen: {code: labels.accessibility(code) for code in ACCESSIBILITIES},
        ),
    ),
    Filter(
        name="audience",
        field="audiences",
        label=mark("Public"),
        help="Âge du public.",
        kind=few(AUDIENCES, labels.audience),
        column="audiences",
        is_list_column=True,
        clause=mark("public : {values}"),
        widget=Widget(
            "multiselect",
            is_on_agenda=True,
            placeholder=mark("Tous les publics"),
            options=lambda chosen: {code: labels.audience(code) for code in AUDIENCES},
        ),
    ),
    Filter(
        name="time_of_day",
        field="times_of_day",
        label=mark("Moment de la journée"),
        help="Moment où commence une session, à l'heure du lieu : matin (avant 12 h), après-midi (12 h à 18 h), soir (dès 18 h). "
        "Jours et sessions, `from` et `to` sont alors ceux de ces sessions ; une session de journées entières n'a pas d'heure.",
        kind=few(TIMES_OF_DAY, labels.time_of_day),
        column="times_of_day",
        is_list_column=True,
        clause=clauses.times_of_day_clause,
        widget=Widget(
            "multiselect",
            is_on_agenda=True,
            placeholder=mark("Toute la journée"),
            options=lambda chosen: {code: labels.time_of_day(code) for code in TIMES_OF_DAY},
        ),
    ),
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
        chips=_chip_unless_subcampaign(
            "from_day",
            lambda chosen: [
                (_("depuis le {day}", day=clauses.day_in_words(chosen.from_day)), chosen.replace(from_day=None)),
            ],
        ),
        widget=Widget("own"),
        is_written=_own_days,
    ),
    Filter(
        name="to",
        field="to_day",
        label=mark("Au"),
        help="Dernier jour, inclus, pas avant `from`.",
        kind=own_kinds.LastDay(),
        conditions=conditions.last_day,
        clause=clauses.last_day_clause,
        chips=_chip_unless_subcampaign(
            "to_day",
            lambda chosen: [
                (_("jusqu'au {day}", day=clauses.day_in_words(chosen.to_day)), chosen.replace(to_day=None)),
            ],
        ),
        widget=Widget("own"),
        is_written=_own_days,
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

BY_FIELD: Final = {declared.field: declared for declared in DECLARED}

for each in DECLARED:
    register(each)


def is_extended() -> bool:
    """Whether filters were declared elsewhere, which this process alone knows."""
    return all_filters() != DECLARED
