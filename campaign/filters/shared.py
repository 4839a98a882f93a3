"""The shared filters of every page, address and command, each declared once (campaign/filters/declaration.py says how)."""

from datetime import date
from typing import Any, Final

from campaign import catalog, gazetteer, search, store
from campaign.errors import FilterError
from campaign.filters.choice import Filters, Near
from campaign.filters.declaration import Condition, Filter, Json, Reading, Widget, one_of
from campaign.filters.kinds import (
    Choice,
    Coded,
    Day,
    Existing,
    Flag,
    Identifiers,
    Kilometres,
    Listed,
    Single,
    enumerated,
    few,
)
from campaign.filters.known import Codes
from campaign.filters.registry import register
from campaign.language import _, mark, ngettext
from campaign.steering import subcampaigns
from campaign.wording import labels
from campaign.wording.dates import day_name, period, years
from campaign.wording.nouns import event_type
from campaign.wording.numbers import number
from campaign.wording.quantities import counted, listed, quoted
from campaign.wording.territories import Territory, around, commune, territory

UNITS: Final = ("events", "sessions", "days")
LANGS: Final = ("fr", "en")
ATTENDANCE_MODES: Final = tuple(labels.ATTENDANCE_MODES)
ACCESSIBILITIES: Final = tuple(labels.ACCESSIBILITY)
AUDIENCES: Final = tuple(labels.AUDIENCES)
DEFAULT_RADIUS_KM: Final = 20.0
MAX_RADIUS_KM: Final = 200.0
MAX_SEARCH_LENGTH: Final = 200
MAX_IDS: Final = 200
COMMUNE_CODE: Final = "^[0-9][0-9AB][0-9]{3}$"


class Editions(Listed):
    """Years of editions; `all` alone is all of them, none given is the current one."""

    def read(self, name: str, reading: Reading) -> tuple[int, ...]:
        """Return the years in order."""
        values, known = reading.given.get(name, []), reading.known
        if not values:
            return (known.current_edition,) if known.current_edition else ()
        if "all" in values:
            if len(values) > 1:
                raise FilterError(name, "« edition=all » ne se combine pas avec une année.")
            return ()
        for value in values:
            if not (value.isascii() and value.isdigit() and int(value) in known.editions):
                raise FilterError(name, f"« {value} » n'est pas une édition.")
        return tuple(sorted({int(value) for value in values}))

    def write(self, value: tuple[Any, ...]) -> list[str]:
        """Return the years."""
        return [str(year) for year in value]

    def schema(self, known: Codes) -> Json:
        """Return the years, or `all` alone."""
        alone = {"type": "array", "items": {"const": "all"}, "minItems": 1, "maxItems": 1}
        years = enumerated(str(year) for year in known.editions)
        return {"anyOf": [{"type": "array", "items": years, "minItems": 1}, alone]}


class Subcampaigns(Single):
    """The code of a sub-campaign: it stands for an edition, themes and days."""

    def read(self, name: str, reading: Reading) -> str | None:
        """Return the code; it is that of the edition given, and no themes or days are given beside it."""
        code = reading.single(name)
        if code is None:
            return None
        years = sorted(one.edition for one in subcampaigns.offered() if one.code == code)
        if not years:
            raise FilterError(name, f"« {name} » n'a pas de code « {code} ».")
        for other in ("theme", "from", "to"):
            if other in reading.given:
                raise FilterError(name, f"Un temps fort a ses thèmes et ses jours : sans « {other} ».")
        editions = reading.fields["editions"]
        if "edition" in reading.given and not (len(editions) == 1 and editions[0] in years):
            known = ", ".join(map(str, years))
            raise FilterError(name, f"« {code} » est un temps fort d'une édition à la fois : {known}.")
        return code

    def schema(self, known: Codes) -> Json:
        """Return the codes."""
        return enumerated({one.code for one in subcampaigns.offered()})


class LastDay(Day):
    """A day that is not before `from`."""

    def read(self, name: str, reading: Reading) -> Any:
        """Return the day."""
        day, first = super().read(name, reading), reading.fields["from_day"]
        if day and first and day < first:
            raise FilterError(name, "« to » est avant « from ».")
        return day


class Searched(Single):
    """Words, as the file knows them: what a misspelt one may have meant is looked up once, here."""

    def read(self, name: str, reading: Reading) -> search.Search | None:
        """Return the search; none for an empty text."""
        text = reading.single(name)
        if text and len(text) > MAX_SEARCH_LENGTH:
            raise FilterError(name, f"« {name} » a au plus {MAX_SEARCH_LENGTH} caractères.")
        if text and not text.isprintable():
            raise FilterError(name, f"« {name} » contient un caractère de contrôle.")
        return search.read(text) if text else None

    def write(self, value: search.Search) -> list[str]:
        """Return the words as they were written."""
        return [value.text]

    def words(self, value: search.Search, chosen: Filters) -> list[tuple[str, Any]]:
        """Return the words, quoted."""
        return [(quoted(value.text), None)]

    def schema(self, known: Codes) -> Json:
        """Return the length."""
        return {"type": "string", "maxLength": MAX_SEARCH_LENGTH}


class Place(Single):
    """A postcode, or the code or name of a commune in any year."""

    def read(self, name: str, reading: Reading) -> Near | None:
        """Return the place and its point."""
        value = reading.single(name)
        if value is None:
            return None
        code, place = gazetteer.found(name, value)
        return Near(code=code, name=place["name"], lat=place["lat"], lon=place["lon"])

    def write(self, value: Near) -> list[str]:
        """Return the code."""
        return [value.code]

    def words(self, value: Near, chosen: Filters) -> list[tuple[str, Any]]:
        """Return "à moins de 20 km de Rennes"."""
        return [(around(value.name, chosen.radius_km), None)]

    def schema(self, known: Codes) -> Json:
        """Return the longest text that is looked up."""
        return {"type": "string", "maxLength": gazetteer.LONGEST, "examples": ["35000", "35238", "Rennes"]}


def commune_name(code: str, chosen: Filters) -> str:
    """Return the name of a commune."""
    return str(store.query("place_of_code", code=code).one["name"])


def organiser_name(code: str, chosen: Filters) -> str:
    """Return the name of an organiser."""
    return str(store.query("organiser_name", code=code).one["name"])


# Words that say a filter without its clause: the noun of what is counted, its place, its edition.


def _named_editions(chosen: Filters) -> list[tuple[str, ...]]:
    return [(years(chosen.editions),)]


def _names_of_regions(chosen: Filters) -> list[tuple[str, ...]]:
    return [_forms(territory(code, "region", chosen.nomenclature)) for code in chosen.regions]


def _names_of_departements(chosen: Filters) -> list[tuple[str, ...]]:
    return [_forms(territory(code, "departement")) for code in chosen.departements]


def _names_of_communes(chosen: Filters) -> list[tuple[str, ...]]:
    return [_forms(commune(commune_name(code, chosen))) for code in chosen.communes]


def _forms(place: Territory) -> tuple[str, ...]:
    return (place.name, place.with_article, place.inside, place.of)


def _nouns_of_types(chosen: Filters) -> list[tuple[str, ...]]:
    return [(event_type(code, 1), event_type(code, 2)) for code in chosen.types]


def _what_it_stands_for(chosen: Filters) -> list[tuple[str, ...]]:
    bare = chosen.but(subcampaign=None)
    words = [_themes_clause(bare) if bare.themes else "", _days_clause(bare) if bare.from_day or bare.to_day else ""]
    return [(each,) for each in words if each]


# Clauses of more than one filter


def _editions_clause(chosen: Filters) -> str:
    return ngettext("édition {years}", "éditions {years}", len(chosen.editions), years=years(chosen.editions))


def _said(day: date | None) -> str:
    return day_name(day) if day else ""


def _themes_clause(chosen: Filters) -> str:
    if chosen.subcampaign:
        return ""
    return _("thème : {names}", names=listed(catalog.label("theme", code) for code in chosen.themes))


def _days_clause(chosen: Filters) -> str:
    return "" if chosen.subcampaign else period(chosen.from_day, chosen.to_day)


def _last_day_clause(chosen: Filters) -> str:
    return _days_clause(chosen) if chosen.from_day is None else ""  # with the first day, said there


# Conditions


def _communes(chosen: Filters) -> list[Condition]:
    given = one_of("commune", "commune_code", chosen.communes)
    names = given.sql.partition("commune_code")[2]  # the same values, for a whole town
    sql = f"({given.sql} or commune_of({{t}}commune_code){names})"
    return [Condition(sql, frozenset({"commune_code"}), given.parameters)]


def _regions(chosen: Filters) -> list[Condition]:
    return [one_of("region", f"region_{chosen.nomenclature}_code", chosen.regions)]


def _first_day(chosen: Filters) -> list[Condition]:
    columns = frozenset({"last_day", "first_day", "days"})
    return [Condition("{t}last_day >= ${p}_from", columns, (("from", chosen.from_day),), is_range=True)]


def _last_day(chosen: Filters) -> list[Condition]:
    columns = frozenset({"last_day", "first_day", "days"})
    found = [Condition("{t}first_day <= ${p}_to", columns, (("to", chosen.to_day),), is_range=True)]
    if chosen.from_day:  # an event may have days before and after, and none between
        between = (
            "({t}first_day >= ${p}_from or {t}last_day <= ${p}_to or days_between({t}days, ${p}_from, ${p}_to) > 0)"
        )
        found.append(Condition(between, columns, (), is_range=True))
    return found


def _words(chosen: Filters) -> list[Condition]:
    found = []
    asked = chosen.q
    assert asked is not None  # noqa: S101  only an active filter is asked
    column = frozenset({"search_text"})
    for place, word in enumerate(asked.words, start=1):
        found.append(Condition(f"contains({{t}}search_text, ${{p}}_q_{place})", column, ((f"q_{place}", word),)))
    for place, misspelt in enumerate(asked.misspelt, start=1):
        name = f"q_meant_{place}"
        pattern = search.any_of(misspelt.meant)
        found.append(Condition(f"regexp_matches({{t}}search_text, ${{p}}_{name})", column, ((name, pattern),)))
    return found


def _within(chosen: Filters) -> list[Condition]:
    near = chosen.near
    assert near is not None  # noqa: S101  only an active filter is asked
    sql = (
        "({t}lat is not null and abs({t}lat - ${p}_lat) <= ${p}_radius_km / 110.5 "
        "and distance_km(${p}_lat, ${p}_lon, {t}lat, {t}lon) <= ${p}_radius_km)"
    )
    parameters = (("lat", near.lat), ("lon", near.lon), ("radius_km", chosen.radius_km))
    return [Condition(sql, frozenset({"lat", "lon"}), parameters)]


def _free(chosen: Filters) -> list[Condition]:
    return [Condition("{t}is_free = ${p}_free", frozenset({"is_free"}), (("free", chosen.free),))]


def _within_subcampaign(chosen: Filters) -> Filters:
    """Return the choice with the edition, themes and days of its sub-campaign."""
    if chosen.subcampaign is None:
        return chosen
    by_edition = {one.edition: one for one in subcampaigns.offered() if one.code == chosen.subcampaign}
    found = by_edition.get(chosen.edition or 0) or by_edition[max(by_edition)]
    return found.within(chosen)


def _without_subcampaign(chosen: Filters) -> list[tuple[str, Filters]]:
    return [
        (subcampaigns.name_of(chosen), chosen.but(themes=(), from_day=None, to_day=None, subcampaign=None)),
    ]


def _own_days(chosen: Filters) -> bool:
    return not chosen.subcampaign


def _chip_unless_subcampaign(field: str, words: Any) -> Any:
    def chips(chosen: Filters) -> list[tuple[str, Filters]]:
        return [] if chosen.subcampaign else words(chosen)

    return chips


def _theme_chips(chosen: Filters) -> list[tuple[str, Filters]]:
    kind = BY_FIELD["themes"].kind
    return [(words, chosen.but(themes=rest)) for words, rest in kind.words(chosen.themes, chosen)]


DECLARED: Final = (
    Filter(
        name="edition",
        field="editions",
        label=mark("Édition"),
        help="Année d'une édition, ou `all` seul.",
        kind=Editions(),
        column="edition",
        clause=_editions_clause,
        implied=_named_editions,
        chips=lambda chosen: [],
        widget=Widget("own", is_folded=False),
    ),
    Filter(
        name="nomenclature",
        label=mark("Découpage régional"),
        help="Découpage régional.",
        kind=Choice((2014, 2016), 2014),
        chips=lambda chosen: [],
        widget=Widget("own", is_folded=False),
    ),
    Filter(
        name="region",
        field="regions",
        label=mark("Région"),
        help="Code INSEE d'une région du découpage demandé.",
        kind=Coded(
            allowed=lambda reading: reading.known.regions[reading.fields["nomenclature"]],
            word=lambda code, chosen: catalog.label(f"region_{chosen.nomenclature}", code),
            known=lambda known: known.regions[2014] | known.regions[2016],
        ),
        conditions=_regions,
        clause=lambda chosen: _(
            "région : {values}",
            values=listed(catalog.label(f"region_{chosen.nomenclature}", code) for code in chosen.regions),
        ),
        implied=_names_of_regions,
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
        implied=_names_of_departements,
        widget=Widget("own", is_folded=False),
        is_territory=True,
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
        implied=_nouns_of_types,
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
        clause=_themes_clause,
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
        kind=Subcampaigns(),
        clause=subcampaigns.name_of,
        implied=_what_it_stands_for,
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
        help="Code INSEE d'une commune de 2014 ; un code d'une autre année depuis 2008 vaut pour celle de 2014 qui en "
        "tient lieu.",
        kind=Existing(
            "commune_exists", commune_name, {"type": "string", "pattern": COMMUNE_CODE, "examples": ["35238"]}
        ),
        conditions=_communes,
        clause=lambda chosen: _(
            "commune : {values}", values=listed(commune_name(code, chosen) for code in chosen.communes)
        ),
        implied=_names_of_communes,
        is_territory=True,
    ),
    Filter(
        name="organiser",
        field="organisers",
        label=mark("Organisateur"),
        help="Code d'un organisateur principal.",
        kind=Existing("organiser_exists", organiser_name, {"type": "string", "minLength": 1}),
        column="lead_organiser_id",
        clause=lambda chosen: _(
            "organisateur : {names}", names=listed(organiser_name(code, chosen) for code in chosen.organisers)
        ),
    ),
    Filter(
        name="free",
        label=mark("Prix"),
        help="Dit gratuit (true) ou payant (false).",
        kind=Flag(labels.price),
        conditions=_free,
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
        name="id",
        field="ids",
        label=mark("Sélection"),
        help="Identifiant d'un événement.",
        kind=Identifiers(MAX_IDS),
        column="event_id",
        clause=lambda chosen: _("sélection d'événements : {n}", n=number(len(chosen.ids))),
        chips=lambda chosen: [(counted(len(chosen.ids), "événement choisi", "événements choisis"), chosen.but(ids=()))],
    ),
    Filter(
        name="from",
        field="from_day",
        label=mark("Du"),
        help="Premier jour, inclus.",
        kind=Day(),
        conditions=_first_day,
        clause=_days_clause,
        chips=_chip_unless_subcampaign(
            "from_day",
            lambda chosen: [
                (_("depuis le {day}", day=_said(chosen.from_day)), chosen.but(from_day=None)),
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
        kind=LastDay(),
        conditions=_last_day,
        clause=_last_day_clause,
        chips=_chip_unless_subcampaign(
            "to_day",
            lambda chosen: [
                (_("jusqu'au {day}", day=_said(chosen.to_day)), chosen.but(to_day=None)),
            ],
        ),
        widget=Widget("own"),
        is_written=_own_days,
    ),
    Filter(
        name="q",
        label=mark("Recherche"),
        help="Mots cherchés, sans joker ; une faute légère est comprise.",
        kind=Searched(),
        conditions=_words,
        clause=lambda chosen: _("recherche : {text}", text=quoted(chosen.q.text if chosen.q else "")),
        widget=Widget("own", is_on_agenda=True),
    ),
    Filter(
        name="near",
        label=mark("Autour de"),
        help="Code postal, code ou nom d'une commune, d'aujourd'hui ou d'une année depuis 2008. D'un code postal que plusieurs "
        "communes partagent, la plus peuplée ; un nom que plusieurs portent : 400, avec leur liste et leurs codes.",
        kind=Place(),
        conditions=_within,
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
        chips=lambda chosen: [(_("en {unit}", unit=labels.unit(chosen.unit)), chosen.but(unit="events"))],
        widget=Widget("own"),
    ),
    Filter(
        name="as_of",
        label=mark("État des données au"),
        help="Les événements tels que le fichier les avait ce jour-là.",
        kind=Day(),
        clause=lambda chosen: _("inscrits au {day}", day=_said(chosen.as_of)),
        chips=lambda chosen: [(_("état au {day}", day=_said(chosen.as_of)), chosen.but(as_of=None))],
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
