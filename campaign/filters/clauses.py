"""How filters are said: the clauses of some, and the words by which a text says others without a clause."""

from datetime import date

from campaign import store
from campaign.core.language import _, ngettext
from campaign.filters.choice import Filters
from campaign.store import catalog
from campaign.wording import labels
from campaign.wording.dates import day_name, period, years
from campaign.wording.nouns import event_type
from campaign.wording.quantities import listed
from campaign.wording.territories import Territory, commune, territory


def commune_name(code: str, chosen: Filters) -> str:
    """Return the name of a commune at the time of the latest chosen edition: of the one that it is part of, if it is no more."""
    return str(store.query("commune_named", chosen=chosen.only("editions"), code=code).one["name"])


def organiser_name(code: str, chosen: Filters) -> str:
    """Return the name of an organiser."""
    return str(store.query("organiser_name", code=code).one["name"])


def families() -> frozenset[str]:
    """Return the codes of families of organisers, and that of the unknown one."""
    return labels.organiser_families() | {labels.UNKNOWN_FAMILY}


def family_name(code: str) -> str:
    """Return a family of organisers as a chip says it."""
    return _("Famille inconnue (n. c.)") if code == labels.UNKNOWN_FAMILY else labels.organiser_family(code)


def families_clause(chosen: Filters) -> str:
    """Return the clause that says the families of organisers."""
    known = [labels.organiser_family(code) for code in chosen.organiser_families if code != labels.UNKNOWN_FAMILY]
    values = [name[:1].lower() + name[1:] for name in known]
    if len(known) < len(chosen.organiser_families):
        values.append(_("inconnue (n. c.)"))
    return _("famille de l'organisateur : {values}", values=listed(values))


# Words that say a filter without its clause: the noun of what is counted, its place, its edition.


def named_editions(chosen: Filters) -> list[tuple[str, ...]]:
    """Return the years as texts name them."""
    return [(years(chosen.editions),)]


def names_of_regions(chosen: Filters) -> list[tuple[str, ...]]:
    """Return the names of the regions, in each form."""
    return [_forms(territory(code, "region", chosen.nomenclature)) for code in chosen.regions]


def names_of_departements(chosen: Filters) -> list[tuple[str, ...]]:
    """Return the names of the départements, in each form."""
    return [_forms(territory(code, "departement")) for code in chosen.departements]


def names_of_communes(chosen: Filters) -> list[tuple[str, ...]]:
    """Return the names of the communes, in each form."""
    return [_forms(commune(commune_name(code, chosen))) for code in chosen.communes]


def _forms(place: Territory) -> tuple[str, ...]:
    return (place.name, place.with_article, place.inside, place.of)


def nouns_of_types(chosen: Filters) -> list[tuple[str, ...]]:
    """Return the nouns of the types."""
    return [(event_type(code, 1), event_type(code, 2)) for code in chosen.types]


def what_it_stands_for(chosen: Filters) -> list[tuple[str, ...]]:
    """Return the themes and days that a sub-campaign stands for, in words."""
    bare = chosen.replace(subcampaign=None)
    words = [themes_clause(bare) if bare.themes else "", days_clause(bare) if bare.from_day or bare.to_day else ""]
    return [(each,) for each in words if each]


def times_of_day_clause(chosen: Filters) -> str:
    """Return "le soir [dès 18 h]": a clause often stands in parentheses itself."""
    words = map(labels.time_of_day, chosen.times_of_day)
    return listed(each[:1].lower() + each[1:].replace("(", "[").replace(")", "]") for each in words)


# Clauses of more than one filter


def editions_clause(chosen: Filters) -> str:
    """Return "édition 2014"."""
    return ngettext("édition {years}", "éditions {years}", len(chosen.editions), years=years(chosen.editions))


def day_in_words(day: date | None) -> str:
    """Return a day in words, "" for none."""
    return day_name(day) if day else ""


def themes_clause(chosen: Filters) -> str:
    """Return the themes; "" where a sub-campaign says them."""
    if chosen.subcampaign:
        return ""
    return _("thème : {names}", names=listed(catalog.label("theme", code) for code in chosen.themes))


def days_clause(chosen: Filters) -> str:
    """Return the days; "" where a sub-campaign says them."""
    return "" if chosen.subcampaign else period(chosen.from_day, chosen.to_day)


def last_day_clause(chosen: Filters) -> str:
    """Return the last day; "" where the first one is said with it."""
    return days_clause(chosen) if chosen.from_day is None else ""  # with the first day, said there
