"""Of which year the population is that rates and coverage are over: the nearest to the edition of those that are known."""

from typing import Final

from campaign import store
from campaign.core.language import _
from campaign.filters import Filters

FARTHEST: Final = 5  # years; beyond, the rate says that none nearer is known
BEFORE_LISTS: Final = 2016  # with the communes of 2014: that of 2017 for Mayotte and communes that are gone


def named(chosen: Filters) -> str:
    """Return "population de 2023"; where none lies within five years of the edition, that too."""
    row = store.query("population_year", **chosen.params()).one
    year = row["population_year"]
    if year is None:
        return _("population n. c.")
    words = _("population de 2016 ou 2017") if year == BEFORE_LISTS else _("population de {year}", year=year)
    if abs(year - row["edition"]) > FARTHEST:
        return _("{population}, à plus de cinq ans : aucune plus proche n'est connue", population=words)
    return words


def is_far(chosen: Filters) -> bool:
    """Return whether no population is known within five years of the edition."""
    row = store.query("population_year", **chosen.params()).one
    return row["population_year"] is None or abs(row["population_year"] - row["edition"]) > FARTHEST
