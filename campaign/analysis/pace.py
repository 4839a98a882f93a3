"""Curves of registrations: how many events were known so many days before the opening, in each edition."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from campaign.analysis import edition_dates
from campaign.store.catalog import alphabetical

MOST_IMPORT_DATED: Final = 0.20  # above, registration days are those of imports: no pace
QUIET: Final = 0.5  # below half of its own pace, a chamber has gone quiet
SMALLEST_PACE: Final = 5.0  # events usually known by then; below, a silence says nothing


@dataclass(frozen=True)
class Curve:
    """One edition's registrations: days to go to the opening (falling), and events known by then."""

    edition: int
    days_to_go: tuple[int, ...]
    known: tuple[int, ...]
    n_import_dated: int

    @property
    def total(self) -> int:
        """All events registered."""
        return self.known[-1] if self.known else 0

    @property
    def has_pace(self) -> bool:
        """Whether few enough registration days are only those of an import."""
        return has_pace(self.total, self.n_import_dated)

    def known_at(self, days_to_go: int) -> int:
        """Return how many events were registered at that many days to go."""
        index = bisect_right([-day for day in self.days_to_go], -days_to_go)
        return self.known[index - 1] if index else 0


def has_pace(n_events: int, n_import_dated: int) -> bool:
    """Return whether registration days say something: there are events, at most 20 % dated by their import."""
    return n_events > 0 and n_import_dated <= MOST_IMPORT_DATED * n_events


def opening(edition: int, reference: int, *, by_weekday: bool, territory: str | None = None) -> date:
    """Return the day that stands for an edition's opening: its core period's first, or the nearest of the reference's weekday."""
    first = edition_dates.core(edition, territory)[0]
    if not by_weekday:
        return first
    shift = (edition_dates.core(reference, territory)[0].weekday() - first.weekday() + 10) % 7 - 3
    return first + timedelta(days=shift)


def curves(
    rows: Sequence[Mapping[str, Any]], reference: int, *, by_weekday: bool, territory: str | None = None
) -> list[Curve]:
    """Return the curves from the rows of `registrations_by_day`, by edition."""
    rows_by_edition: dict[int, list[Mapping[str, Any]]] = {}
    for row in rows:
        rows_by_edition.setdefault(row["edition"], []).append(row)
    return [
        Curve(
            edition,
            tuple(
                (opening(edition, reference, by_weekday=by_weekday, territory=territory) - row["day"]).days
                for row in days
            ),
            tuple(row["n_so_far"] for row in days),
            sum(row["n_import_dated"] for row in days),
        )
        for edition, days in sorted(rows_by_edition.items())
    ]


@dataclass(frozen=True)
class ChamberPace:
    """A chamber's events known now, and how many it usually had by then; None where it has no pace.

    A region without a chamber stands for itself.
    """

    name: str
    has_chamber: bool
    region_codes: tuple[str, ...]
    known: int
    usual: float | None

    @property
    def ratio(self) -> float | None:
        """Known now over usual; None without a pace or where usually next to nothing was known."""
        return self.known / self.usual if self.usual is not None and self.usual >= SMALLEST_PACE else None

    @property
    def is_quiet(self) -> bool:
        """Whether it stands below half of its own pace."""
        return self.ratio is not None and self.ratio < QUIET


def chambers(rows: Sequence[Mapping[str, Any]], edition: int) -> list[ChamberPace]:
    """Return each chamber's pace from the rows of `pace_by_chamber`; the usual one is the mean of editions with a pace."""
    rows_by_chamber: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        rows_by_chamber.setdefault(row["name"], []).append(row)
    paces = []
    for listed in rows_by_chamber.values():
        now = next((row for row in listed if row["edition"] == edition), None)
        past = [
            row["n_known"]
            for row in listed
            if row["edition"] < edition and has_pace(row["n_total"], row["n_import_dated"])
        ]
        is_dated = now is not None and (now["n_total"] == 0 or has_pace(now["n_total"], now["n_import_dated"]))
        usual = sum(past) / len(past) if past and is_dated else None
        first = listed[0]
        paces.append(
            ChamberPace(
                first["name"],
                first["chamber_id"] is not None,
                tuple(first["region_codes"]),
                now["n_known"] if now else 0,
                usual,
            )
        )
    return sorted(paces, key=lambda pace: (pace.ratio is None, pace.ratio or 0.0, alphabetical(pace.name)))
