"""Which set of regions is in force when: that of 2014 until the merger of 1 January 2016, that of 2016 since.

Read from `data/geo/nomenclatures.csv`; in it, the last day of a period is included.
"""

import csv
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Final, Literal, cast

from campaign.core.settings import DATA

Nomenclature = Literal[2014, 2016]

NOMENCLATURES: Final[tuple[Nomenclature, ...]] = (2014, 2016)
PERIODS: Final = DATA / "geo" / "nomenclatures.csv"
MEMBERSHIP: Final = DATA / "geo" / "departements_regions.csv"


@cache
def _periods() -> tuple[tuple[date, Nomenclature], ...]:
    """Return the first day and the nomenclature of each period, in order."""
    with PERIODS.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    return tuple(
        sorted((date.fromisoformat(row["valid_from"]), cast(Nomenclature, int(row["nomenclature"]))) for row in rows)
    )


def in_force(editions: Iterable[int]) -> Nomenclature:
    """Return the nomenclature in force at the end of the latest of these years; ValueError without any."""
    last_day = date(max(editions), 12, 31)
    begun = [nomenclature for first_day, nomenclature in _periods() if first_day <= last_day]
    return begun[-1] if begun else _periods()[0][1]


@cache
def departements_of(region: str, nomenclature: int) -> frozenset[str]:
    """Return the codes of the départements of a region; none for a code that the nomenclature does not have."""
    with MEMBERSHIP.open(encoding="utf-8", newline="") as source:
        return frozenset(
            row["dep_code"] for row in csv.DictReader(source) if row[f"region_{nomenclature}_code"] == region
        )


@cache
def regions_of(nomenclature: int) -> tuple[str, ...]:
    """Return the codes of the regions of a nomenclature, in order."""
    with MEMBERSHIP.open(encoding="utf-8", newline="") as source:
        return tuple(sorted({row[f"region_{nomenclature}_code"] for row in csv.DictReader(source)}))


def whole_region(regions_2014: Iterable[str], nomenclature: int) -> str | None:
    """Return the region of a nomenclature that is made of exactly these regions of 2014; None where there is none."""
    departements = frozenset().union(*(departements_of(code, 2014) for code in regions_2014))
    return next(
        (code for code in regions_of(nomenclature) if departements_of(code, nomenclature) == departements), None
    )
