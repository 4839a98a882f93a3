"""Facets of the list, days of towns and findings, counted on fingers: the records are those of conftest.py."""

from datetime import date

import pytest

from campaign.filters import Filters
from campaign.store import query

pytestmark = pytest.mark.usefixtures("reading_tiny")

OF_2014 = Filters(editions=(2014,))


def test_a_facet_counts_what_is_said_and_has_no_code_for_the_rest() -> None:
    rows = query("agenda_facets", chosen=OF_2014, most=100, kept=(), collectivities=()).rows
    counts = {(row["facet"], row["code"]): row["n_events"] for row in rows}
    assert {code: n for (facet, code), n in counts.items() if facet == "free"} == {"true": 2, "false": 1}
    assert {code: n for (facet, code), n in counts.items() if facet == "theme"} == {"culture": 2, "sport": 1}
    assert [row for row in rows if row["code"] is None] == []


def test_an_organiser_of_two_events_in_a_town_is_one() -> None:
    rows = query("town_days", chosen=OF_2014, minimum=2).rows
    found = {(row["day"], row["name"]): (row["n_events"], row["n_organisers"]) for row in rows}
    assert found[date(2014, 11, 5), "Rennes"] == (2, 1)


def test_findings_come_by_their_number_then_by_name() -> None:
    rows = query("findings_by_kind", chosen=OF_2014).rows
    assert len({row["count"] for row in rows}) < len(rows) > 2  # some are as many
    assert rows == sorted(rows, key=lambda row: (-row["count"], row["kind"]))
