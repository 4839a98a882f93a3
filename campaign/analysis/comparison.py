"""The judge of what may be compared: two editions of one choice, as totals or at the same days to go, or not at all.

Whole editions are compared by their totals. Where more is to come in one of them, or a day is asked for, both are read at
the same days to go; this needs registration dates, and is refused where more than 20 % of them are those of an import.
Only a `Comparison` holds what stands before: whoever wants to claim a change must have asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from campaign import store
from campaign.analysis import edition_dates, standing
from campaign.analysis.distincts import known
from campaign.analysis.pace import MOST_IMPORT_DATED
from campaign.core.language import _
from campaign.filters import Filters, codes
from campaign.profile import profile
from campaign.wording.course import SMALL
from campaign.wording.dates import days_to_go
from campaign.wording.quantities import listed

EVEN_PERCENT, STRONG_PERCENT = 5, 20  # about the same below, strong from there on

Code = str | None  # of a region or type; None for the events without region


@dataclass(frozen=True)
class Change:
    """A number now and before, counted in the same way."""

    now: int
    before: int

    @property
    def difference(self) -> int:
        """How much more there is now."""
        return self.now - self.before


@dataclass(frozen=True)
class Comparison:
    """Two editions that may be compared: each side's filters, and whether totals or counts at the same days to go.

    At the same days to go, regions and types whose registration dates are not known have no change of their own.
    """

    edition: int
    now: Filters
    before: Filters
    kind: Literal["total", "same_days_to_go"]
    days_to_go: int | None = None
    undated_regions: frozenset[Code] = frozenset()
    undated_types: frozenset[Code] = frozenset()

    def totals(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """Return the row of `event_totals` now and before."""
        return (
            store.query("event_totals", **self.now.params()).one,
            store.query("event_totals", **self.before.params()).one,
        )

    def distincts(self) -> tuple[Mapping[str, int | None], Mapping[str, int | None]]:
        """Return the row of `event_distincts` now and before, None for what no event says."""
        now, before = (
            known(totals, store.query("event_distincts", **side.params()).one)
            for totals, side in zip(self.totals(), (self.now, self.before), strict=True)
        )
        return now, before

    def total(self) -> Change:
        """Return the total in the chosen unit."""
        now, before = self.totals()
        return Change(now["total"], before["total"])

    def regions(self) -> dict[Code, Change | None]:
        """Return the change of each region of the choice (key None: without region); None where it cannot be said."""
        return self._parts("events_by_region", "region_code", self.undated_regions)

    def types(self) -> dict[Code, Change | None]:
        """Return the change of each type; None where it cannot be said."""
        return self._parts("events_by_type", "type", self.undated_types)

    def _parts(self, name: str, column: str, undated: frozenset[Code]) -> dict[Code, Change | None]:
        now, before = (
            {row[column]: row["count"] for row in store.query(name, **side.params()).rows}
            for side in (self.now, self.before)
        )
        return {
            code: None if code in undated else Change(now.get(code, 0), before.get(code, 0))
            for code in dict.fromkeys([*now, *before])  # in the order of the answers
        }


@dataclass(frozen=True)
class Refusal:
    """Why nothing can be said about a change; `undated` are the editions whose registration dates are not known."""

    reason: Literal["several", "first", "absent", "undated"]
    undated: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """The reason in one clause."""
        match self.reason:
            case "several":
                return _("n. c. : plusieurs éditions à la fois")
            case "first":
                return _("pas de comparaison : première édition")
            case "absent":
                return _("pas d'édition précédente dans le fichier")
        years = listed(str(year) for year in self.undated)
        return _("n. c. : les dates d'inscription de {years} ne sont pas connues", years=years)


def with_edition_before(chosen: Filters) -> Comparison | Refusal:
    """Return whether and how the chosen edition is compared with the one before it."""
    if chosen.edition is None:
        return Refusal("several")
    if chosen.edition == profile().first:
        return Refusal("first")
    return compare(chosen, chosen.edition, chosen.edition - 1)


def compare(chosen: Filters, edition: int, other: int) -> Comparison | Refusal:
    """Return whether and how an edition of a choice is compared with another one, whose days are moved by as many years."""
    if other not in codes().counted_editions:
        return Refusal("absent")
    years = other - edition
    now = chosen.replace(editions=(edition,))
    before = chosen.replace(
        editions=(other,), from_day=_moved(chosen.from_day, years), to_day=_moved(chosen.to_day, years), as_of=None
    )
    territory = edition_dates.territory_of(chosen)
    to_go = _days_to_go(edition, other, chosen.as_of, territory)
    if to_go is None:
        return Comparison(other, now, before, "total")
    cut = timedelta(days=to_go)
    undated = _Undated.of(now), _Undated.of(before)
    if undated_years := tuple(year for year, side in zip((edition, other), undated, strict=True) if side.is_all):
        return Refusal("undated", tuple(sorted(undated_years)))
    return Comparison(
        other,
        now.replace(as_of=standing.opening(edition, territory) - cut),
        before.replace(as_of=standing.opening(other, territory) - cut),
        "same_days_to_go",
        to_go,
        undated[0].regions | undated[1].regions,
        undated[0].types | undated[1].types,
    )


@dataclass(frozen=True)
class Course:
    """The regions of a choice over the editions that may stand side by side: whole ones, or all at the same days to go.

    `counts` by region and edition; an edition that is not in it is one that stands for nothing here: `undated` ones have
    no registration dates, `unfinished` ones are not known until that day. `edition` is the one by which regions are ranked.
    """

    edition: int
    counts: Mapping[str, Mapping[int, int]]
    days_to_go: int | None
    undated: tuple[int, ...]
    unfinished: tuple[int, ...]

    @property
    def years(self) -> list[int]:
        """The editions that stand in it."""
        return sorted({year for counts in self.counts.values() for year in counts})

    @property
    def moment(self) -> str:
        """At which days to go they are read, and what is left out, to end a subtitle; "" where all are whole."""
        parts = []
        if self.days_to_go is not None:
            parts.append(_(" ; toutes les éditions {when}", when=days_to_go(self.days_to_go)))
        if self.unfinished:
            parts.append(_(" ; {edition} n'est pas finie", edition=listed(str(year) for year in self.unfinished)))
        if self.undated:
            parts.append(_(" ; {reason}", reason=Refusal("undated", self.undated).words))
        return "".join(parts)


def over_editions(chosen: Filters, edition: int) -> Course:
    """Return the regions of a choice over the editions that stand beside one: whole, or at the days to go that it is known at.

    Where its own registration dates are not known, it cannot be cut from the others: the whole editions stand without it.
    """
    years = codes().counted_editions
    sides = {
        year: chosen.replace(
            editions=(year,),
            from_day=_moved(chosen.from_day, year - edition),
            to_day=_moved(chosen.to_day, year - edition),
            as_of=None,
        )
        for year in years
    }
    to_go = _days_to_go(edition, edition, chosen.as_of)
    undated = {} if to_go is None else {year: _Undated.of(side) for year, side in sides.items()}
    without = [year for year, side in undated.items() if side.is_all]
    if edition in without:
        to_go, undated, without = None, {}, [edition]
        sides = {year: side.replace(as_of=chosen.as_of) for year, side in sides.items()}
    unfinished = [year for year in years if year not in without and _is_behind(year, to_go, chosen.as_of)]
    counts: dict[str, dict[int, int]] = {}
    for year, side in sides.items():
        if year in without or year in unfinished:
            continue
        cut = side if to_go is None else side.replace(as_of=standing.opening(year) - timedelta(days=to_go))
        unknown = undated[year].regions if year in undated else frozenset()
        for row in store.query("events_by_region", **cut.params()).rows:
            code = row["region_code"]
            if code is not None and code not in unknown:
                counts.setdefault(code, {})[year] = row["count"]
    standing_there = {year for by_year in counts.values() for year in by_year}
    ranked_by = edition if edition in standing_there else max(standing_there, default=edition)
    return Course(ranked_by, counts, to_go, tuple(without), tuple(unfinished))


def _is_behind(edition: int, to_go: int | None, as_of: date | None) -> bool:
    """Whether an edition is not known until that many days to go; without them: not whole, or not over as of a day."""
    if to_go is None:
        cut = standing.effective(as_of)
        return standing.known_until(edition, None) is not None or (
            cut is not None and cut <= edition_dates.window(edition)[1]
        )
    own = _days_to_go(edition, edition, None)
    return own is not None and own > to_go


def _days_to_go(edition: int, other: int, as_of: date | None, territory: str | None = None) -> int | None:
    """Return the days to go at which both are known; None where both are whole and no earlier day is asked for."""
    cut = standing.effective(as_of)
    known = [(edition, cut)] if cut else []
    known += [(year, day) for year in (edition, other) if (day := standing.known_until(year, None))]
    return max(((standing.opening(year, territory) - day).days for year, day in known), default=None)


@dataclass(frozen=True)
class _Undated:
    """Where the registration dates of one side are not known: everywhere, in which regions, in which types."""

    is_all: bool
    regions: frozenset[Code]
    types: frozenset[Code]

    @classmethod
    def of(cls, side: Filters) -> "_Undated":
        """Return what is not known of all that the side counts now, whatever day it is to be read as of."""
        rows = store.query("registrations_dated", **side.replace(as_of=None).params()).rows

        def parts(column: str) -> frozenset[Code]:
            sums: dict[Code, list[int]] = {}
            for row in rows:
                own = sums.setdefault(row[column], [0, 0])
                own[0] += row["n_events"]
                own[1] += row["n_import_dated"]
            return frozenset(code for code, (n, undated) in sums.items() if undated > MOST_IMPORT_DATED * n)

        n, undated = (sum(row[name] for row in rows) for name in ("n_events", "n_import_dated"))
        return cls(undated > MOST_IMPORT_DATED * n, parts("region_code"), parts("type"))


def against(requested_edition: str | None, edition: int) -> int | None:
    """Return the edition of the address to compare with, else the one before; None if the file has no other."""
    known = [year for year in codes().counted_editions if year != edition]
    if requested_edition and requested_edition.isdigit() and int(requested_edition) in known:
        return int(requested_edition)
    earlier = [year for year in known if year < edition]
    return max(earlier) if earlier else min(known, default=None)


def _moved(day: date | None, years: int) -> date | None:
    if day is None:
        return None
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if is_leap_day else day.day)


def change_class(change: Change | None) -> int | None:
    """Return 1 (strong fall) to 5 (strong rise); None where one of the two is below 30 (too small to say) or not known."""
    if change is None or min(change.now, change.before) < SMALL:
        return None
    size = 100 * abs(change.difference)
    if size < EVEN_PERCENT * change.before:
        return 3
    is_strong = size >= STRONG_PERCENT * change.before
    if change.now < change.before:
        return 1 if is_strong else 2
    return 5 if is_strong else 4
