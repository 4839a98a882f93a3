"""Names, in the reader's language, of the codes that stand in the event file and in addresses.

A code that has no label raises KeyError: the codes are those of the event file's checks.
"""

from typing import Final

from campaign.core import collectivities
from campaign.core.language import _, mark, ngettext
from campaign.wording import campaign_names as names
from campaign.wording.nouns import departements_covered as departements_covered
from campaign.wording.nouns import event_type as event_type
from campaign.wording.nouns import metric as metric
from campaign.wording.numbers import number

PAGES: Final = {
    "overview": mark("Vue d'ensemble"),
    "map": mark("Carte"),
    "regions": mark("Régions"),
    "types": mark("Types"),
    "editions": mark("Éditions"),
    "agenda": mark("Agenda"),
    "press": mark("Presse"),
    "pace": mark("Rythme"),
    "quality": mark("Qualité"),
    "sources": mark("Sources"),
    "data": mark("Données"),
    "methods": mark("Méthode et sources"),
    "import": mark("Import"),
    "coverage": mark("Couverture"),
    "calendar": mark("Calendrier"),
    "compare": mark("Comparer"),
    "organisers": mark("Organisateurs"),
    "records": mark("Records"),
    "accessibility": mark("Accessibilité"),
    "legal": mark("Mentions légales"),
}

STATUSES: Final = {
    "scheduled": mark("Prévu"),
    "rescheduled": mark("Nouvelle date"),
    "moved_online": mark("Passé en ligne"),
    "postponed": mark("Reporté"),
    "full": mark("Complet"),
    "cancelled": mark("Annulé"),
}

ATTENDANCE_MODES: Final = {
    "on_site": mark("Sur place"),
    "online": mark("En ligne"),
    "mixed": mark("Sur place et en ligne"),
}

PLACE_PRECISIONS: Final = {
    "address": mark("À l'adresse"),
    "commune": mark("À la commune"),
    "departement": mark("Au département"),
    "region": mark("À la région"),
    "online": mark("En ligne"),
    "unknown": mark("Lieu inconnu"),
}

STAGES: Final = {
    "announced": mark("annoncé"),
    "upcoming": mark("édition à venir"),
    "running": mark("provisoire"),
    "closed": mark("édition close"),
    "final": mark("définitif"),
}

NOMENCLATURES: Final = {
    2014: mark("27 régions de 2014"),
    2016: mark("18 régions depuis 2016"),
}

ORGANISER_FAMILIES: Final = {
    "association": mark("Association"),
    "cooperative": mark("Coopérative"),
    "mutuelle": mark("Mutuelle"),
    "fondation": mark("Fondation"),
    "collectivite": mark("Collectivité"),
    "entreprise": mark("Entreprise"),
    "etablissement-scolaire": mark("Établissement d'enseignement"),
    "autre": mark("Autre"),
}
UNKNOWN_FAMILY: Final = "unknown"  # in addresses: of an organiser that is named

ACCESSIBILITY: Final = {
    "hi": mark("Handicap auditif"),
    "vi": mark("Handicap visuel"),
    "pi": mark("Handicap psychique"),
    "mi": mark("Handicap moteur"),
    "ii": mark("Handicap intellectuel"),
}

AUDIENCES: Final = {
    "children": mark("Enfants (moins de 12 ans)"),
    "teenagers": mark("Adolescents (12 à 17 ans)"),
    "adults": mark("Adultes"),
}

TIMES_OF_DAY: Final = {
    "morning": mark("Le matin (avant 12 h)"),
    "afternoon": mark("L'après-midi (de 12 h à 18 h)"),
    "evening": mark("Le soir (dès 18 h)"),
}

COLLECTIVITIES: Final = {each.code: each.name for each in collectivities.COLLECTIVITIES.values()}

DOORS: Final = {
    "find": mark("Trouver"),
    "understand": mark("Comprendre"),
    "follow": mark("Suivre"),
    "press": mark("Presse"),
    "data": mark("Données"),
}

LANGUAGE_NAMES: Final = {"fr": "Français", "en": "English"}


def door(key: str) -> str:
    """Return the name of a door of the menu."""
    return _(DOORS[key])


def page(key: str) -> str:
    """Return a page's name in the menu."""
    return _(PAGES[key])


def status(code: str) -> str:
    """Return an event's status."""
    return _(STATUSES[code])


def attendance_mode(code: str) -> str:
    """Return how one takes part in an event."""
    return _(ATTENDANCE_MODES[code])


def place_precision(code: str) -> str:
    """Return how precisely an event's place is known."""
    return _(PLACE_PRECISIONS[code])


def stage(code: str) -> str:
    """Return how far a figure is settled: announced, or a status of campaign/analysis/standing.py."""
    return _(STAGES[code])


def nomenclature(year: int) -> str:
    """Return the name of a set of regions, with their number."""
    return _(NOMENCLATURES[year])


def organiser_family(code: str | None) -> str:
    """Return a family of organisers; "n. c." if it is not known."""
    if code is None:
        return _("n. c.")
    return names.family(code) or _(ORGANISER_FAMILIES[code])


def organiser_families() -> frozenset[str]:
    """Return the codes of families that have a name."""
    return frozenset(ORGANISER_FAMILIES) | ({names.family_of_chambers()} - {""})


def accessibility(code: str) -> str:
    """Return a kind of disability that an event says it welcomes, by OpenAgenda's code."""
    return _(ACCESSIBILITY[code])


def audience(code: str) -> str:
    """Return an age group."""
    return _(AUDIENCES[code])


def time_of_day(code: str) -> str:
    """Return a time of day at which sessions begin."""
    return _(TIMES_OF_DAY[code])


def collectivity(code: str) -> str:
    """Return an overseas collectivity's name."""
    return COLLECTIVITIES[code]


def price(is_free: bool) -> str:
    """Return whether an event is free or priced."""
    return _("Gratuit") if is_free else _("Payant")


def language(code: str) -> str:
    """Return a language's name in that language, for the switch."""
    return LANGUAGE_NAMES[code]


def unit(code: str, n: float = 2) -> str:
    """Return the noun of a unit of count, agreeing with n: événement(s), session(s), jour(s)."""
    match code:
        case "events":
            return ngettext("événement", "événements", n)
        case "sessions":
            return ngettext("session", "sessions", n)
        case "days":
            return ngettext("jour", "jours", n)
    raise KeyError(code)


def unit_counted(code: str, n: int) -> str:
    """Return a number with its unit: "1 700 événements", "0 session"."""
    return f"{number(n)} {unit(code, n)}"


def number_of_events(least: int, most: int | None) -> str:
    """Return a range of numbers of events: "1 événement", "2 à 4 événements", "10 événements et plus"."""
    if most is None:
        return _("{n} événements et plus", n=number(least))
    if least == most:
        return unit_counted("events", least)
    return _("{low} à {high} événements", low=least, high=most)


def capitalised(text: str) -> str:
    """Return the text with its first letter as a capital, the rest untouched."""
    return text[:1].upper() + text[1:]
