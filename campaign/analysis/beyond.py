"""What lies beyond the regions: overseas collectivities, which counts hold in the row of no region, and pages name."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from campaign import store
from campaign.filters import Filters
from campaign.wording.labels import COLLECTIVITIES

FINDING: Final = "outside_101"  # of every event that has one: where there is none, nothing is scanned


def counts(chosen: Filters) -> list[dict[str, Any]]:
    """Return the count by collectivity, edition and type, in the chosen unit."""
    if not _has_any():
        return []
    return store.query("events_by_collectivity", chosen=chosen, collectivities=tuple(COLLECTIVITIES)).rows


def totals(rows: list[dict[str, Any]], column: str | None = None) -> dict[Any, int]:
    """Return the sums of rows of `counts` by collectivity, or by (collectivity, value of a column), in the order of the list."""
    sums: Counter[Any] = Counter()
    for row in sorted(rows, key=lambda row: [*COLLECTIVITIES].index(row["country_code"])):
        sums[row["country_code"] if column is None else (row["country_code"], row[column])] += row["count"]
    return dict(sums)


def completeness(chosen: Filters) -> list[dict[str, Any]]:
    """Return how complete the events of each collectivity are."""
    if not _has_any():
        return []
    return store.query("completeness_by_collectivity", chosen=chosen, collectivities=tuple(COLLECTIVITIES)).rows


def without(row: Mapping[str, Any], parts: list[dict[str, Any]], columns: tuple[str, ...]) -> dict[str, Any]:
    """Return a row of no territory less its parts that have a name."""
    return {**row, **{column: row[column] - sum(part[column] for part in parts) for column in columns}}


def _has_any() -> bool:
    return any(row["kind"] == FINDING for row in store.query("findings_by_kind", chosen=Filters()).rows)
