"""What a drawing of the pace shows, on the page and in files alike: which days, which curves until when, which projection."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from campaign import store
from campaign.analysis import edition_dates, standing
from campaign.analysis.pace import Curve, curves
from campaign.analysis.projection import Projection, Refusal, Shape, project
from campaign.core.settings import settings
from campaign.filters import Filters, codes

EARLIEST: Final = 120  # days before the opening that are drawn
LATEST: Final = 60  # after it: 31 December
TICKS: Final = (-90, -45, 0, 45)


@dataclass(frozen=True)
class Line:
    """One edition's curve as it is drawn, a staircase: days since the opening (negative before) and events known by then."""

    edition: int
    days: tuple[int, ...]
    known: tuple[int, ...]
    is_chosen: bool

    @property
    def label(self) -> str:
        """The edition's name."""
        return str(self.edition)

    @property
    def is_stopped(self) -> bool:
        """Whether it ends before the last day that is drawn: its edition runs."""
        return bool(self.days) and self.days[-1] < LATEST


@dataclass(frozen=True)
class PaceChart:
    """The pace of an edition as of a day, among the editions before it."""

    edition: int
    day: date
    curves: tuple[Curve, ...]
    territory: str | None = None  # of the campaign, with days of its own

    @property
    def to_go(self) -> int:
        """Days from that day to the opening, negative after it."""
        return (standing.opening(self.edition, self.territory) - self.day).days

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to come."""
        return self.day >= edition_dates.window(self.edition, self.territory)[1]

    @property
    def own(self) -> Curve | None:
        """The edition's own curve."""
        return next((curve for curve in self.curves if curve.edition == self.edition), None)

    @property
    def known(self) -> int:
        """Events of the edition known on that day."""
        return self.own.known_at(self.to_go) if self.own else 0

    @property
    def past(self) -> list[Shape]:
        """What earlier editions that are whole and have a pace knew at these days to go, and in the end."""
        earlier = [curve for curve in self.curves if curve.edition < self.edition and curve.has_pace]
        whole = standing.whole((curve.edition for curve in earlier), self.day)
        return [
            Shape(curve.edition, curve.known_at(self.to_go), curve.total) for curve in earlier if curve.edition in whole
        ]

    @property
    def projection(self) -> Projection | Refusal | None:
        """The projection of the final count, its refusal, or None where none is asked for."""
        is_dated = self.own is not None and self.own.has_pace
        return None if self.is_over or not is_dated else project(self.known, self.past)

    @property
    def expected(self) -> tuple[int, int, int] | None:
        """Low, central and high of the projection, if there is one."""
        projection = self.projection
        return (projection.low, projection.central, projection.high) if isinstance(projection, Projection) else None

    @property
    def standings(self) -> dict[int, int]:
        """Events known at these days to go, by edition with a pace."""
        return {curve.edition: curve.known_at(self.to_go) for curve in self.curves if curve.has_pace}

    @property
    def without_pace(self) -> list[int]:
        """The editions that are not drawn: their registration days are those of an import."""
        return [curve.edition for curve in self.curves if not curve.has_pace]

    @property
    def lines(self) -> list[Line]:
        """The curves between the bounds; that of the edition itself ends on the day."""
        return [
            line_of(
                curve, self.to_go if curve.edition == self.edition else -LATEST, is_chosen=curve.edition == self.edition
            )
            for curve in self.curves
            if curve.has_pace
        ]


def line_of(curve: Curve, until: int, *, is_chosen: bool) -> Line:
    """Return a curve from the first day that is drawn until so many days to go, at most the last one."""
    until = max(until, -LATEST)
    steps = [(-days, n) for days, n in zip(curve.days_to_go, curve.known, strict=True) if until <= days < EARLIEST]
    points = [(-EARLIEST, curve.known_at(EARLIEST)), *steps, (-until, curve.known_at(until))]
    if -until < -EARLIEST:
        points = []
    elif len(points) > 1 and points[-1] == points[-2]:
        points.pop()
    return Line(curve.edition, tuple(day for day, _n in points), tuple(n for _day, n in points), is_chosen)


def edition_of(chosen: Filters) -> int:
    """Return the edition whose pace is shown: the chosen one, else the latest chosen or the current one."""
    return max(chosen.editions) if chosen.editions else codes().current_edition or settings().current_day().year


def day_of(chosen: Filters, edition: int) -> date:
    """Return the day as of which the pace is read: the asked one, at most today and the window's last."""
    today = settings().current_day()
    return min(chosen.as_of or today, today, edition_dates.window(edition, edition_dates.territory_of(chosen))[1])


def used(chosen: Filters) -> Filters:
    """Return the choice that is counted: every edition's events."""
    return chosen.replace(editions=(), unit="events")


def read(chosen: Filters, *, by_weekday: bool = False) -> PaceChart:
    """Return the pace of the chosen edition; with `by_weekday` editions are laid over each other by the day of the week."""
    edition = edition_of(chosen)
    there = edition_dates.territory_of(chosen)
    rows = store.query("registrations_by_day", **used(chosen).params()).rows
    every_curve: Sequence[Curve] = curves(rows, edition, by_weekday=by_weekday, territory=there)
    return PaceChart(
        edition, day_of(chosen, edition), tuple(curve for curve in every_curve if curve.edition <= edition), there
    )
