"""Rows below one merged title, of which some end earlier than others."""

from types import SimpleNamespace
from typing import Any

from campaign.intake.spreadsheets import merged_rows

HEADER: Any = SimpleNamespace(columns={"title": [0], "begins": [1], "city": [2]})


def test_a_shorter_row_below_a_merged_title_is_a_session_of_it() -> None:
    rows = [
        (2, ["Forum", "5 novembre 2014", "Rennes"]),
        (3, ["", "6 novembre 2014"]),
        (4, ["Atelier", "7 novembre 2014", "Brest"]),
    ]
    assert list(merged_rows.records(rows, HEADER, {2: 3})) == [
        (2, ["Forum", "5 novembre 2014 ; 6 novembre 2014", "Rennes"]),
        (4, ["Atelier", "7 novembre 2014", "Brest"]),
    ]
