"""What a page's address may say beside the shared filters: each page's own parameters, and the values that they take.

Nothing else is read: `choice.local` refuses a name that its page does not declare here, and names aloud what was not taken.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from campaign import store
from campaign.analysis import comparison, season
from campaign.core.errors import FilterError
from campaign.core.language import _, mark
from campaign.core.settings import settings
from campaign.filters import MAX_IDS, Filters, Near, codes, parse
from campaign.wording import findings

# What a parameter makes of a value: the value itself, the part of it that can be taken, or None.
Taken = Callable[[str, Filters], str | None]

LAYERS: Final = ("points", "days", "region", "departement", "density")
MEASURES: Final = ("count", "per_100k")
SORTS: Final = ("count", "per_100k")
ORDERS: Final = ("date", "distance")
VIEWS: Final = ("list", "calendar", "map")
ALIGNMENTS: Final = ("date", "weekday")
BESIDE: Final = ("none", "editions")
SCALES: Final = ("same", "indexed")
ORGANISER_SIZES: Final = ("all", "1", "2", "3", "5", "10", "20")  # the least of each class of organisers_by_size
RADII: Final = (5, 10, 20)
PER_PAGE: Final = 50
EVERYWHERE: Final = "all"  # of `around`: the whole country

EVENT_ID: Final = re.compile(r"[0-9a-f]{16}")
PERIOD: Final = re.compile(r"(-?\d{1,3}),(-?\d{1,3})", re.ASCII)
WHOLE_NUMBER: Final = re.compile(r"(?:0|[1-9]\d{0,8})", re.ASCII)


@dataclass(frozen=True)
class Parameter:
    """One parameter of one page; `takes` are its values, the first one its default, or what makes a value of a text.

    With `is_told` the page itself says, in words of its own, that it did not find what was asked.
    """

    page: str
    name: str
    label: str
    takes: tuple[str, ...] | Taken
    is_told: bool = False

    def taken(self, value: str, chosen: Filters) -> str | None:
        """Return what the page takes of a value, None for one that makes no sense to it."""
        if isinstance(self.takes, tuple):
            return value if value in self.takes else None
        return self.takes(value, chosen)


def _place(value: str, chosen: Filters) -> str | None:
    known = store.query("event_places", chosen=chosen).column("place")
    return value if value in known else None


def place_named(value: str) -> Near | None:
    """Return the place of a code, postcode or name; None where it is none's, or several places'."""
    try:
        return parse([("near", value)]).near
    except FilterError:
        return None


def _around(value: str, _chosen: Filters) -> str | None:
    return value if value == EVERYWHERE or place_named(value) else None


def _page(value: str, chosen: Filters) -> str | None:
    """Return the number of a page of the list, the last one for those beyond it."""
    if not WHOLE_NUMBER.fullmatch(value) or value == "0":
        return None
    total = store.query("event_totals", chosen=chosen.replace(unit="events")).one["total"]
    return str(min(int(value), max(1, -(-total // PER_PAGE))))


def _event(value: str, chosen: Filters) -> str | None:
    return None if store.query("event", chosen=chosen, event_id=value).is_empty else value


def _shortlist(value: str, _chosen: Filters) -> str | None:
    """Return the events of the list that exist, each once."""
    ids = tuple(dict.fromkeys(each for each in value.split(",") if EVENT_ID.fullmatch(each)))
    unknown = set(store.query("unknown_event_ids", ids=ids).column("event_id")) if ids else set()
    return ",".join([each for each in ids if each not in unknown][:MAX_IDS]) or None


def _month(value: str, _chosen: Filters) -> str | None:
    return value if season.month_of(value) else None


def _whole_number(value: str, _chosen: Filters) -> str | None:
    return value if WHOLE_NUMBER.fullmatch(value) else None


def _other_edition(value: str, chosen: Filters) -> str | None:
    edition = max(chosen.editions) if chosen.editions else codes().current_edition or settings().current_day().year
    return value if str(comparison.against(value, edition)) == value else None


def _region(value: str, chosen: Filters) -> str | None:
    return value if value in codes().regions[chosen.nomenclature] else None


def _days(value: str, _chosen: Filters) -> str | None:
    """Return two days since the opening, the first before the second: the period that the curves show."""
    match = PERIOD.fullmatch(value)
    return value if match and int(match[1]) < int(match[2]) else None


def _any_edition(value: str, _chosen: Filters) -> str | None:
    return value if value in [str(edition) for edition in codes().counted_editions] else None


def _kind(value: str, _chosen: Filters) -> str | None:
    """Return a kind of finding that can occur, also one that the chosen territory is free of."""
    if findings.remedy(value) or value in store.query("findings_by_kind", chosen=Filters()).column("kind"):
        return value
    return None


def _import(value: str, _chosen: Filters) -> str | None:
    return value if value in [str(number) for number in store.query("imports").column("import_id")] else None


PARAMETERS: Final = (
    Parameter("overview", "around", mark("Près de chez vous"), _around),
    Parameter("map", "layer", mark("Montrer"), LAYERS),
    Parameter("map", "measure", mark("Mesure"), MEASURES),
    Parameter("map", "place", mark("Lieu"), _place),
    Parameter("regions", "sort", mark("Classer par"), SORTS),
    Parameter("agenda", "view", mark("Vue"), VIEWS),
    Parameter("agenda", "sort", mark("Trier par"), ORDERS),
    Parameter("agenda", "page", mark("Page"), _page),
    Parameter("agenda", "event", mark("Événement"), _event, is_told=True),
    Parameter("agenda", "shortlist", mark("Sélection"), _shortlist),
    Parameter("agenda", "month", mark("Mois"), _month),
    Parameter("press", "cite", mark("Chiffre cité"), _whole_number),
    Parameter("pace", "align", mark("Aligner les éditions"), ALIGNMENTS),
    Parameter("pace", "zoom", mark("Période en vue"), _days),
    Parameter("pace", "alone", mark("Édition seule"), _any_edition),
    Parameter("calendar", "beside", mark("Comparer"), BESIDE),
    Parameter("coverage", "within", mark("Rayon"), tuple(str(km) for km in RADII)),
    Parameter("organisers", "size", mark("Nombre d'événements"), ORGANISER_SIZES),
    Parameter("compare", "against", mark("Comparer"), _other_edition),
    Parameter("compare", "scale", mark("Échelle"), SCALES),
    Parameter("compare", "with", mark("Avec"), _region),
    Parameter("quality", "kind", mark("Constat"), _kind),
    Parameter("quality", "import", mark("Import"), _import),
)


def of(page: str) -> dict[str, Parameter]:
    """Return a page's own parameters by name."""
    return {parameter.name: parameter for parameter in PARAMETERS if parameter.page == page}


def label(parameter: Parameter) -> str:
    """Return a parameter's name in the reader's language."""
    return _(parameter.label)
