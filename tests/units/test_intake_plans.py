"""A large table is read in one go: its rows are held between two steps only where they have to be, and looked through once."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from campaign import intake
from campaign.intake.request import Reading, Request
from tests.intake_files import Stage, write

HEADER = "Identifiant;Titre;Début;Fin;Lieu;Code postal;Ville;Latitude;Longitude;Organisateur\n"
LOOKING = ("regexp_matches", "regexp_full_match", "list_transform")
ROW = "{uid};Forum {n};2014-11-05T10:00;2014-11-05T12:00;Salle {n};35000;Rennes;48.11;-1.67;Relais {n}\n"


def steps(plan: Any) -> Iterator[tuple[str, str]]:
    """Yield each step of a plan, with what it joins by."""
    for step in plan:
        yield step["name"].strip(), str(step["extra_info"])
        yield from steps(step["children"])


def plan_of(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Return the steps by which the rows of a file are read."""
    plans: list[list[tuple[str, str]]] = []
    read = intake.formats.read

    def explained(kind: str, connection: duckdb.DuckDBPyConnection, request: Request) -> Reading:
        reading = read(kind, connection, request)
        (_kind, plan), *_rest = connection.execute(f"explain (format json) select * from {intake.INCOMING}").fetchall()
        plans.append(list(steps(json.loads(plan))))
        return reading

    monkeypatch.setattr(intake.formats, "read", explained)
    Stage(path)
    (plan,) = plans
    return plan


@pytest.mark.parametrize(("last_uid", "is_held"), [("3", False), ("2", True)])
def test_rows_are_held_only_where_an_identifier_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last_uid: str, is_held: bool
) -> None:
    rows = "".join(ROW.format(uid=uid, n=n) for n, uid in enumerate(("1", "2", last_uid)))
    plan = plan_of(write(tmp_path, HEADER + rows), monkeypatch)
    assert any(name == "CTE" for name, _joined in plan) is is_held


def test_rows_are_joined_with_what_their_dates_say_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_of(write(tmp_path, HEADER + ROW.format(uid="1", n=1)), monkeypatch)
    joins = [joined for name, joined in plan if name.endswith("JOIN")]
    assert len(joins) == 1
    assert "begins" in joins[0]


def looked_through(expression: Any, *, is_joined: bool = False) -> Iterator[str]:
    """Yield what an expression looks through for every row, joined by « and » or « or » with what answers for most of them."""
    if isinstance(expression, list):
        for each in expression:
            yield from looked_through(each, is_joined=is_joined)
    elif isinstance(expression, dict) and expression.get("class") != "CASE":
        joined = is_joined or expression.get("class") == "CONJUNCTION"
        if joined and expression.get("function_name") in LOOKING:
            yield str(expression["function_name"])
        for each in expression.values():
            yield from looked_through(each, is_joined=joined)


def test_columns_look_through_texts_only_where_they_have_to() -> None:
    """Of a column that is an « and », DuckDB works out both sides for every row; of a « case » only what is reached."""
    text = (intake.HERE / "shape.sql").read_text("utf-8")
    with duckdb.connect() as connection:
        query = text[text.index("with joined as") :].rstrip().removesuffix(";")
        ((serialized,),) = connection.execute("select json_serialize_sql($query)", {"query": query}).fetchall()
    tree = json.loads(serialized)
    assert not tree["error"], tree
    node = tree["statements"][0]["node"]
    steps_by_name = {each["key"]: each["value"]["query"]["node"] for each in node["cte_map"]["map"]}
    looking = {name: list(looked_through(each["select_list"])) for name, each in steps_by_name.items()}
    assert len(looking) > 10
    assert {name: texts for name, texts in looking.items() if texts} == {}
