"""Official figures of the campaign, as published: the headline of each edition, and all that sources say."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from campaign import store
from campaign.filters import Filters
from campaign.profile import profile
from campaign.wording import source_names

EVENTS: Final = "events"  # the metric that the file's counts stand beside


@dataclass(frozen=True)
class Figure:
    """One published figure with its source."""

    edition: int | None
    metric: str
    value: int | None
    qualifier: str | None
    stage: str | None
    is_headline: bool
    territory_level: str
    territory_code: str | None
    territory_name: str
    category: str | None
    note: str | None
    source_title: str
    source_producer: str | None
    source_url: str | None
    accessed_on: date | None

    @property
    def is_soft(self) -> bool:
        """Whether it is rounded or only announced: drawn visibly softer."""
        return self.qualifier != "exact" or self.stage != "final"

    @property
    def short_source(self) -> str:
        """Who published it, as it stands in parentheses."""
        return source_names.publisher(self.source_producer or self.source_title)


def figures() -> tuple[Figure, ...]:
    """Return every published figure."""
    return _figures(store.reader().identity)


@store.cached_per_file(maxsize=4)
def _figures(_file: store.Identity) -> tuple[Figure, ...]:
    return tuple(_figure(row) for row in store.query("official_figures").rows)


def _figure(row: dict[str, Any]) -> Figure:
    return Figure(**{name: row[name] for name in Figure.__dataclass_fields__})


def headline(edition: int, metric: str = EVENTS) -> Figure | None:
    """Return the country's headline figure of an edition, or None: not published."""
    for figure in figures():
        if (figure.edition, figure.metric, figure.territory_level) == (
            edition,
            metric,
            "country",
        ) and figure.is_headline:
            return figure
    return None


def instead(edition: int) -> Figure | None:
    """Return the headline figure that speaks for an edition in the place of a number of events, by the campaign's folder.

    None where the folder names no other figure, or puts events first and their number was published.
    """
    given = profile().settings.headline
    for metric in (given.metric, *given.otherwise):
        figure = headline(edition, metric)
        if figure is not None and figure.value is not None:
            return None if metric == EVENTS else figure
    return None


def beside(chosen: Filters) -> Figure | None:
    """Return the official figure that speaks of the same thing as this choice: a whole edition of the country."""
    bare = Filters(editions=chosen.editions, nomenclature=chosen.nomenclature, lang=chosen.lang, unit=chosen.unit)
    if chosen.edition is None or chosen != bare or chosen.unit != "events":
        return None
    return headline(chosen.edition)


def instead_beside(chosen: Filters) -> Figure | None:
    """Return the figure that speaks for a whole edition of the country in the place of a number of events."""
    bare = Filters(editions=chosen.editions, nomenclature=chosen.nomenclature, lang=chosen.lang, unit=chosen.unit)
    return instead(chosen.edition) if chosen.edition is not None and chosen == bare else None
