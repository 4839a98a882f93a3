"""Facets of the list, days of towns and findings, counted on fingers: the records are those of conftest.py."""

from datetime import date
from pathlib import Path

import duckdb
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


def test_of_a_facet_the_most_frequent_codes_and_those_that_are_wanted_stay() -> None:
    every = query("agenda_facets", chosen=OF_2014, most=100, kept=(), collectivities=()).rows
    assert every == sorted(every, key=lambda row: (row["facet"], -row["n_events"], row["code"]))
    communes = [row for row in every if row["facet"] == "commune"]
    last = communes[-1]["code"]
    cut = query("agenda_facets", chosen=OF_2014, most=2, kept=(last,), collectivities=()).rows
    assert [row for row in cut if row["facet"] == "commune"] == [*communes[:2], communes[-1]]


@pytest.mark.parametrize(("code", "is_known"), [("alpha", True), ("alpha-et-personne", False)])
def test_an_organiser_is_known_by_its_code(code: str, is_known: bool) -> None:
    assert query("organiser_exists", code=code).rows == [{"is_known": is_known, "code": code}]


def test_an_organiser_of_two_events_in_a_town_is_one() -> None:
    rows = query("town_days", chosen=OF_2014, minimum=2).rows
    town_days = {(row["day"], row["name"]): (row["n_events"], row["n_organisers"]) for row in rows}
    assert town_days[date(2014, 11, 5), "Rennes"] == (2, 1)
    # of days with one event, those of a town that mostly has more come last
    fewest = query("town_days", chosen=OF_2014, minimum=1).rows[-1]
    assert (fewest["day"], fewest["name"], fewest["usual"]) == (date(2014, 11, 7), "Paris", 1.5)


def test_findings_come_by_their_number_then_by_name() -> None:
    rows = query("findings_by_kind", chosen=OF_2014).rows
    assert len({row["count"] for row in rows}) < len(rows) > 2  # some are as many
    assert rows == sorted(rows, key=lambda row: (-row["count"], row["kind"]))


def test_findings_with_a_page_add_up_over_territories(tiny_db: Path) -> None:
    with duckdb.connect(str(tiny_db), read_only=True) as connection:
        by_hand = connection.execute(
            """
            select f.kind, count(*), count(*) filter (e.is_published and e.withdrawn_on is null)
            from findings as f left join events as e using (event_id) where not coalesce(e.is_withheld, false) group by all
            """
        ).fetchall()
    rows = query("findings_by_kind", chosen=Filters()).rows
    assert sorted((row["kind"], row["count"], row["n_public"]) for row in rows) == sorted(by_hand)
    assert max(row["n_public"] for row in rows) > 1
