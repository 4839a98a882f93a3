"""How many different organisers, communes and départements: a number, or None where no event says."""

from collections.abc import Mapping
from typing import Any


def is_placed(totals: Mapping[str, Any]) -> bool:
    """Return whether the place of an event is known, or none can be: else nothing can be said of where events are."""
    return bool(totals["located"] > 0 or totals["unlocated"] == 0)


def known(totals: Mapping[str, Any], counts: Mapping[str, Any]) -> dict[str, int | None]:
    """Return the answer of `event_distincts` with None in the place of each 0 that only means « not filled in ».

    `totals` is the answer of `event_totals` for the same choice. Events that are all online are in no commune: there 0 is 0.
    """
    is_named = counts["n_with_organiser"] > 0 or totals["n_events"] == 0
    is_placed = totals["unlocated"] == 0
    return {
        "n_organisers": counts["n_organisers"] if is_named else None,
        "n_with_organiser": counts["n_with_organiser"],
        "n_communes": counts["n_communes"] or (0 if is_placed else None),
        "n_departements": counts["n_departements"] or (0 if is_placed else None),
    }
