"""Every number that the press room may say of one choice, gathered at once, by the same queries as the pages."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from campaign import store
from campaign.analysis import comparison, edition_dates, moment, official, standing
from campaign.analysis.comparison import Change, Comparison, Refusal
from campaign.analysis.distincts import known
from campaign.core.settings import settings
from campaign.filters import Filters, codes
from campaign.filters.clauses import commune_name
from campaign.profile import profile
from campaign.wording.labels import capitalised
from campaign.wording.territories import Territory, around, france, territory
from campaign.wording.territories import chosen as territory_of

Level = Literal["country", "region", "departement", "other"]


@dataclass(frozen=True)
class Ranking:
    """Where a territory stands among those of its level: ties share the best rank, `tied` are the others' codes."""

    rank: int
    among: int
    tied: tuple[str, ...]


@dataclass(frozen=True)
class Figures:
    """The numbers of one choice, in its unit, and what they are: settled or not, invented or not, of which date.

    `counted` is the choice that they are of, also where `chosen` is replaced; what few drawings show is read when one asks.
    """

    chosen: Filters
    counted: Filters
    level: Level
    place: Territory
    editions: tuple[int, ...]
    stage: standing.Status
    is_demo: bool
    data_date: datetime | None
    total: int
    located: int
    online: int
    unlocated: int
    n_sessions: int
    n_communes: int | None  # None: no event says its place, or its organiser
    n_departements: int | None
    n_organisers: int | None
    country_total: int
    compared: Comparison | Refusal
    change: Change | None
    ranking: Ranking | None
    types: tuple[tuple[str, int], ...]
    regions: tuple[tuple[str, int], ...]
    published: tuple[official.Figure, ...]
    options: tuple[tuple[str, str], ...] = ()  # of one drawing: "against" an edition, "within" so many km

    @cached_property
    def departements(self) -> tuple[tuple[str, int], ...]:
        """The count of each département of the choice."""
        rows = store.query("events_by_departement", **self.counted.params()).rows
        return tuple((row["departement_code"], row["count"]) for row in rows if row["departement_code"])

    @cached_property
    def busiest(self) -> tuple[tuple[date, ...], int]:
        """The days with the most events, and how many each has."""
        return _busiest(self.counted)

    def option(self, name: str) -> str | None:
        """Return an option of the drawing, or None."""
        return dict(self.options).get(name)

    @property
    def edition(self) -> int | None:
        """The only edition, or None."""
        return self.chosen.edition

    @property
    def last_edition(self) -> int:
        """The only edition, else the latest of several; this year's where the file has none that counts."""
        return self.edition or max(self.editions, default=settings().current_day().year)


def has_no_chamber(nomenclature: int, region: str | None, editions: Iterable[int]) -> bool:
    """Return whether a region of 2014 had no chamber yet in the last of these editions; of later ones nothing is said.

    Nor where the campaign's folder does not list all of them.
    """
    last = max(editions, default=0)
    if (
        not profile().settings.chamber.all_listed
        or not last
        or nomenclature != 2014
        or edition_dates.of(last).nomenclature != 2014
    ):
        return False
    rows = store.query("regions_with_chamber").rows
    known = {row["region_2014_code"] for row in rows if row["edition"] == last}
    return bool(known) and region not in known


def level_of(chosen: Filters) -> Level:
    """Return whether a choice speaks of the country, of one region, of one département, or of something else."""
    if chosen.communes or chosen.near:
        return "other"
    if chosen.departements:
        return "departement" if len(chosen.departements) == 1 else "other"
    if chosen.regions:
        return "region" if chosen.region else "other"
    return "country"


def place_of(chosen: Filters) -> Territory:
    """Return the territory of a choice in words; the country without one."""
    if chosen.near:
        words = around(chosen.near.name, chosen.radius_km)
        return Territory(capitalised(words), words, words, words, words)
    communes = [commune_name(code, chosen) for code in chosen.communes]
    return territory_of(chosen.regions, chosen.departements, communes, chosen.nomenclature) or france()


def everywhere(chosen: Filters) -> Filters:
    """Return the same choice over the whole country."""
    return chosen.replace(regions=(), departements=(), communes=(), near=None)


def gather(chosen: Filters) -> Figures:
    """Return the figures of a choice, read from the event file in the current language."""
    file = store.query("file_status").one
    compared = comparison.with_edition_before(chosen)
    totals = store.query("event_totals", **chosen.params()).one
    distincts = known(totals, store.query("event_distincts", **chosen.params()).one)
    editions = chosen.editions or codes().counted_editions
    level = level_of(chosen)
    regions = store.query("events_by_region", **everywhere(chosen).params()).rows
    by_region = tuple((row["region_code"], row["count"]) for row in regions if row["region_code"])
    return Figures(
        chosen=chosen,
        counted=chosen,
        level=level,
        place=place_of(chosen),
        editions=editions,
        stage=standing.status_of(chosen),
        is_demo=file["is_demo"],
        data_date=moment.data_date(chosen),
        total=totals["total"],
        located=totals["located"],
        online=totals["online"],
        unlocated=totals["unlocated"],
        n_sessions=totals["n_sessions"],
        n_communes=distincts["n_communes"],
        n_departements=distincts["n_departements"],
        n_organisers=distincts["n_organisers"],
        country_total=sum(row["count"] for row in regions),
        compared=compared,
        change=compared.total() if isinstance(compared, Comparison) else None,
        ranking=_ranking(level, chosen, by_region),
        types=tuple((row["type"], row["count"]) for row in store.query("events_by_type", **chosen.params()).rows),
        regions=by_region,
        published=_published(chosen, level),
    )


def _ranking(level: Level, chosen: Filters, by_region: tuple[tuple[str, int], ...]) -> Ranking | None:
    if level == "region":
        return ranking(chosen.regions[0], dict(by_region))
    if level == "departement":
        rows = store.query("events_by_departement", **everywhere(chosen).params()).rows
        counts = {row["departement_code"]: row["count"] for row in rows if row["departement_code"]}
        return ranking(chosen.departements[0], counts)
    return None


def ranking(code: str, counts: dict[str, int]) -> Ranking:
    """Return the rank of a territory by its count; the first is 1, ties share the best rank."""
    own = counts[code]
    return Ranking(
        rank=1 + sum(n > own for n in counts.values()),
        among=len(counts),
        tied=tuple(sorted(other for other, n in counts.items() if n == own and other != code)),
    )


def _busiest(chosen: Filters) -> tuple[tuple[date, ...], int]:
    """Return the days with the most events, and how many each has."""
    days: Counter[date] = Counter(dict(store.query("events_by_day", **chosen.replace(unit="events").params()).values))
    best = max(days.values(), default=0)
    return tuple(sorted(day for day, n in days.items() if n == best)) if best else (), best


def _published(chosen: Filters, level: Level) -> tuple[official.Figure, ...]:
    """Return the published numbers of events of a whole region and edition; the country's are the headline's matter."""
    bare = Filters(editions=chosen.editions, nomenclature=chosen.nomenclature, regions=chosen.regions, lang=chosen.lang)
    if level != "region" or chosen.edition is None or chosen.replace(as_of=None) != bare:
        return ()
    wanted = (chosen.edition, "events", f"region_{chosen.nomenclature}", chosen.regions[0])
    return tuple(
        figure
        for figure in official.figures()
        if (figure.edition, figure.metric, figure.territory_level, figure.territory_code) == wanted
        and not figure.category
    )


def name_of(code: str, level: Level, nomenclature: int) -> Territory:
    """Return a region or département in words."""
    return territory(code, "departement" if level == "departement" else "region", nomenclature)
