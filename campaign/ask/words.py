"""A choice and its number as a person would say them: "14 ateliers gratuits à moins de 20 km de Rennes, samedi 29 novembre"."""

from campaign.core.language import _, ngettext
from campaign.core.settings import settings
from campaign.filters import Filters
from campaign.filters.clauses import commune_name
from campaign.filters.subcampaigns import name_of
from campaign.statements import scope
from campaign.wording import campaign_names as names
from campaign.wording import territories
from campaign.wording.dates import day_name, period, years
from campaign.wording.numbers import number


def in_words(chosen: Filters, n: int, namesake: str = "") -> str:
    """Return the number of a choice with all its filters in words; `namesake` tells its place from others of that name."""
    text = _counted(chosen, n)
    for part in (_where(chosen, namesake), _edition(chosen)):
        text = f"{text} {part}" if part else text
    if days := _days(chosen):
        text = _("{what}, {days}", what=text, days=days)
    rest = scope.unsaid(chosen.replace(free=None) if _is_priced(chosen) else chosen, f"{text} {_unspoken(chosen)}")
    return _("{what} ; {filters}", what=text, filters=rest) if rest else text


def _is_priced(chosen: Filters) -> bool:
    return chosen.free is not None and chosen.unit == "events"


def _counted(chosen: Filters, n: int) -> str:
    """Return "14 ateliers gratuits", "3 conférences", "120 sessions"."""
    noun = scope.noun(chosen, n)
    if not _is_priced(chosen):
        return f"{number(n)} {noun}"
    is_feminine = len(chosen.types) == 1 and chosen.types[0] in names.feminine_types()
    if chosen.free:
        price = ngettext("gratuite", "gratuites", n) if is_feminine else ngettext("gratuit", "gratuits", n)
    else:
        price = ngettext("payante", "payantes", n) if is_feminine else ngettext("payant", "payants", n)
    return f"{number(n)} {_('{noun} {price}', noun=noun, price=price)}"


def _where(chosen: Filters, namesake: str) -> str:
    if chosen.near:
        return territories.around(namesake or chosen.near.name, chosen.radius_km)
    place = territories.chosen(
        chosen.regions,
        chosen.departements,
        [commune_name(code, chosen) for code in chosen.communes],
        chosen.nomenclature,
    )
    return place.inside if place else ""


def _edition(chosen: Filters) -> str:
    """Return "en 2012", "de 2008 à 2014"; "" where the days say it."""
    if chosen.from_day and chosen.to_day and not chosen.subcampaign:
        return ""
    if not chosen.editions:
        return ""
    if len(chosen.editions) > 2 and max(chosen.editions) - min(chosen.editions) == len(chosen.editions) - 1:
        return _("de {years}", years=years(chosen.editions))
    return _("en {year}", year=years(chosen.editions))


def _days(chosen: Filters) -> str:
    """Return "samedi 29 novembre", "du 3 au 7 novembre", with the year where it is not this one; "toutes éditions"."""
    first, last = chosen.from_day, chosen.to_day
    if chosen.subcampaign:
        return name_of(chosen)
    if not (first or last):
        return "" if chosen.editions else _("toutes éditions")
    with_year = any(day.year != settings().current_day().year for day in (first, last) if day)
    if first and first == last:
        return day_name(first, with_weekday=True, with_year=with_year)
    return period(first, last, with_year=with_year)


def _unspoken(chosen: Filters) -> str:
    """Return the clauses of days and editions that the sentence already says in other words."""
    place = territories.around(chosen.near.name, chosen.radius_km) if chosen.near else ""
    return f"{period(chosen.from_day, chosen.to_day)} {years(chosen.editions)} {place}"
