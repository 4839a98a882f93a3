"""One fact of the local angle: its sentence, how unusual it is, and how to count it again."""

from dataclasses import dataclass

from campaign import address, store
from campaign.language import _
from campaign.press.figures import Figures, everywhere
from campaign.press.parts import origin
from campaign.wording.labels import nomenclature
from campaign.wording.numbers import number


@dataclass(frozen=True)
class Fact:
    """One fact: its sentence, how unusual it is in bits, the query that counted it, and how to count it again."""

    key: str
    text: str
    bits: float
    query: str
    recount: str
    csv: str


def made(
    figures: Figures,
    key: str,
    text: str,
    bits: float,
    query: str,
    recount: str,
    *,
    editions: tuple[int, ...] | None = None,
) -> Fact:
    """Return the fact with its source and the events that it counts, as CSV."""
    asked = everywhere(figures.chosen) if key in ("rank", "per_head", "change") else figures.chosen
    if editions is not None:
        asked = asked.but(editions=editions)
    sentence = f"{text} ({origin(figures)})."
    return Fact(key, sentence, bits, query, recount, address.api("/api/v1/events.csv", asked))


def among_words(figures: Figures, among: int) -> str:
    """Return "27 régions de 2014", "101 départements"."""
    if figures.level == "departement":
        return _("{n} départements", n=number(among))
    return nomenclature(figures.chosen.nomenclature)


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
    rows = store.query("events_by_region", chosen=chosen, before=chosen).rows
    return "events_by_region", [row | {"code": row["region_code"]} for row in rows if row["region_code"]]
