"""The family that an organiser's name tells: a macro made of the patterns of the campaign's organiser_families.csv."""

import csv

import duckdb

from campaign.profile import profile


def define(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `family_of(words)`: the family of the first line whose pattern is found in a name's words; null if none is.

    A pattern that is a constant is compiled once; one that is a column, once per name: 28 s for 36,000 organisers.
    """
    with (profile().folder / "organiser_families.csv").open(encoding="utf-8", newline="") as file:
        cases = [
            f"when regexp_matches(words, {_quoted(line['pattern'])}) then {_quoted(line['family'])}"
            for line in csv.DictReader(file)
        ]
    connection.execute(f"create or replace temp macro family_of(words) as case {' '.join(cases)} end")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
