"""No step of an import compares every record with every other: what fits a small file must fit a large one."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import duckdb
import pytest

from campaign.publish import accounting, pipeline, placing, rollups
from campaign.store.plans import written_for_all
from tests.prepared import begin_at_length
from tests.records import build, record

MOST_PAIRS: Final = 1_000_000  # a few thousand communes by some editions, not communes by communes
EVERY_PAIR = ("BLOCKWISE_NL_JOIN", "NESTED_LOOP_JOIN")
# What these compare with is a single row, an import's options or whether a real import exists, or what is few: editions, names of
# countries and regions beside distinct texts, the communes that reach over several squares of the map.
FEW: Final[dict[str, tuple[str, ...]]] = {
    "absent.sql": ("",),
    "changes.sql": ("",),
    "finish.sql": ("",),
    "normalise.sql": ("table session_editions as",),
    "locate_names.sql": ("table place_texts as",),
    "locate_pins.sql": ("table pin_communes as",),
}
PLANNED = (
    duckdb.StatementType.CREATE,
    duckdb.StatementType.INSERT,
    duckdb.StatementType.DELETE,
    duckdb.StatementType.UPDATE,
)


def test_no_step_compares_every_record_with_every_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planned: list[str] = []
    slow: list[str] = []

    def explained(connection: duckdb.DuckDBPyConnection, name: str) -> None:
        for statement in duckdb.extract_statements(written_for_all((pipeline.HERE / name).read_text("utf-8"))):
            if statement.type in PLANNED and "macro" not in statement.query:
                # as JSON: a drawing of a wide plan cuts the names of its steps
                (_kind, plan), *_rest = connection.execute(f"explain (format json) {statement.query}").fetchall()
                planned.append(name)
                is_few = any(step in statement.query for step in FEW.get(name, ()))
                if not is_few and any(join in plan for join in EVERY_PAIR):
                    slow.append(f"{name}: {statement.query.strip()[:200]}")
            connection.execute(statement)

    for module in (pipeline, placing, accounting, rollups):
        monkeypatch.setattr(module, "execute", explained)
    rows = [
        record("a", title="Visite", city="Rennes", postcode="35000"),
        record("b", title="Visite", lat=48.11, lon=-1.68),
        record("c", title="Visite (Réunion)", city="Saint-Denis (La Réunion)"),
        record("d", title="Forum", timings=[], city="Nantes / Rennes"),
    ]
    db = tmp_path / "campaign.duckdb"
    build(db, rows)
    build(db, rows)
    assert {
        "locate.sql", "locate_towns.sql", "locate_names.sql", "locate_texts.sql", "locate_pins.sql", "locate_points.sql", "normalise.sql",
        "merge.sql", "duplicates.sql", "rollups.sql", "rollups_of_texts.sql",
    } <= set(planned)  # fmt: skip
    assert not slow


class Watched:
    """A connection that notes of each statement the most rows that a product of two tables gave."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.products: dict[str, int] = {}
        connection.execute("set enable_profiling = 'no_output'")

    def execute(self, sql: str, parameters: object = None) -> duckdb.DuckDBPyConnection:
        for statement in duckdb.extract_statements(sql):
            self.connection.execute(statement, *([] if parameters is None else [parameters]))
            if statement.type in PLANNED:
                profile = json.loads(self.connection.get_profiling_information())
                self.products[statement.query.strip()[-200:]] = max(products(profile), default=0)
        return self.connection


def products(node: dict[str, Any]) -> Iterator[int]:
    """Give the number of rows of each cross product in a profiled plan."""
    if node.get("operator_type") == "CROSS_PRODUCT":
        yield int(node["operator_cardinality"])
    for child in node.get("children", ()):  # a statement without a plan has none
        yield from products(child)


@pytest.mark.in_turn
def test_no_step_of_an_empty_file_pairs_every_row_of_a_list_with_every_other() -> None:
    with duckdb.connect() as connection:
        watched = Watched(connection)
        begin_at_length(watched)  # type: ignore[arg-type]  # it does what a connection does
    assert any(n > 0 for n in watched.products.values())
    assert {step: n for step, n in watched.products.items() if n > MOST_PAIRS} == {}
