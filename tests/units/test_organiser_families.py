"""Events by the family of their lead organiser, which its name tells: each has one, or one that is not known, or no organiser."""

from pathlib import Path

import pytest

from campaign import store
from campaign.core.errors import FilterError
from campaign.filters import Filters, parse
from campaign.statements.scope import briefly_unsaid


def total(chosen: Filters) -> int:
    return int(store.query("event_totals", **chosen.params()).one["total"])


def test_each_family_holds_the_events_that_are_counted_for_it(reading_demo: Path) -> None:
    chosen = Filters(editions=(2014,))
    rows = store.query("organisers_by_family", **chosen.params()).rows
    assert None in [row["family"] for row in rows]
    for row in rows:
        assert total(chosen.replace(organiser_families=(row["family"] or "unknown",))) == row["n_events"]
    two = ("mutuelle", "unknown")
    assert total(chosen.replace(organiser_families=two)) == sum(
        row["n_events"] for row in rows if (row["family"] or "unknown") in two
    )


def test_a_family_is_a_filter_of_addresses_and_is_said(reading_demo: Path) -> None:
    chosen = parse([("edition", "2014"), ("organiser_family", "mutuelle"), ("organiser_family", "unknown")])
    assert (
        briefly_unsaid(chosen, "")
        == "édition 2014\u202f; famille de l'organisateur\u00a0: mutuelle et inconnue (n.\u00a0c.)"
    )
    with pytest.raises(FilterError, match="organiser_family"):
        parse([("organiser_family", "guild")])
