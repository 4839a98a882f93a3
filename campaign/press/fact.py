"""One fact of the local angle: its sentence, how unusual it is, and how to count it again."""

from collections.abc import Mapping
from dataclasses import dataclass

from campaign import store
from campaign.analysis.figures import Figures, everywhere
from campaign.core.language import _
from campaign.filters import urls
from campaign.statements.parts import origin, regions_words
from campaign.wording.numbers import number, share
from campaign.wording.sentences import SHARE_FROM

# Facts that speak of all territories: their events are those of the country.
OF_THE_COUNTRY = ("rank", "rank_in_region", "per_head", "change")


@dataclass(frozen=True)
class Fact:
    """One fact: its sentence (`plain` without its source), how unusual it is in bits, the query that counted it, and how to count it again.

    `values` are the numbers that it says, by name; `csv` is the address of the events that give them.
    """

    key: str
    text: str
    plain: str
    bits: float
    query: str
    recount: str
    csv: str
    values: Mapping[str, float]


def fact_of(
    figures: Figures,
    key: str,
    text: str,
    bits: float,
    query: str,
    recount: str,
    values: Mapping[str, float],
    *,
    editions: tuple[int, ...] | None = None,
) -> Fact:
    """Return the fact with its source and the events that it counts, as CSV."""
    choice = everywhere(figures.chosen) if key in OF_THE_COUNTRY else figures.chosen
    if editions is not None:
        choice = choice.replace(editions=editions)
    sentence = f"{text} ({origin(figures, text)})."
    return Fact(key, sentence, f"{text}.", bits, query, recount, urls.api("/api/v1/events.csv", choice), values)


def against(own: tuple[int, int], country: tuple[int, int]) -> str:
    """Return two shares side by side, "35,8 % contre 31,1 % dans le pays"; the numbers themselves where a whole is small."""
    if own[1] < SHARE_FROM:
        return _("dans le pays {part} sur {whole}", part=number(country[0]), whole=number(country[1]))
    return _("soit {own} contre {there} dans le pays", own=share(*own), there=share(*country))


def among_words(figures: Figures, among: int) -> str:
    """Return "27 régions de 2014", "101 départements"."""
    if figures.level == "departement":
        return _("{n} départements", n=number(among))
    return regions_words(figures.chosen.nomenclature)


def column_of(figures: Figures) -> str:
    """Return the column of the CSV that holds the territory's code."""
    return "departement_code" if figures.level == "departement" else f"region_{figures.chosen.nomenclature}_code"


def code_of(figures: Figures) -> str:
    """Return the territory's code."""
    return (figures.chosen.departements or figures.chosen.regions)[0]


def territories(figures: Figures) -> tuple[str, list[dict[str, object]]]:
    """Return the query of all territories of the level, and its rows with the territory's code as `code`."""
    chosen = everywhere(figures.chosen)
    if figures.level == "departement":
        rows = store.query("events_by_departement", **chosen.params()).rows
        return "events_by_departement", [
            row | {"code": row["departement_code"]} for row in rows if row["departement_code"]
        ]
    rows = store.query("events_by_region", **chosen.params()).rows
    return "events_by_region", [row | {"code": row["region_code"]} for row in rows if row["region_code"]]
