"""No step of an import compares every record with every other: what fits a small file must fit a large one."""

from pathlib import Path

import duckdb
import pytest

from campaign.publish import pipeline
from campaign.store.plans import written_for_all
from tests.records import build, record

EVERY_PAIR = ("BLOCKWISE_NL_JOIN", "NESTED_LOOP_JOIN")
# What these compare with is a single row, an import's options or whether a real import exists, or the editions, which are few.
FEW = {"absent.sql": "", "changes.sql": "", "finish.sql": "", "normalise.sql": "join editions"}
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
                (_kind, plan), *_rest = connection.execute(f"explain {statement.query}").fetchall()
                planned.append(name)
                is_few = name in FEW and FEW[name] in statement.query
                if not is_few and any(join in plan for join in EVERY_PAIR):
                    slow.append(f"{name}: {statement.query.strip()[:200]}")
            connection.execute(statement)

    monkeypatch.setattr(pipeline, "_execute", explained)
    rows = [
        record("a", title="Visite", city="Rennes", postcode="35000"),
        record("b", title="Visite", lat=48.11, lon=-1.68),
        record("c", title="Visite (Réunion)", city="Saint-Denis (La Réunion)"),
        record("d", title="Forum", timings=[]),
    ]
    db = tmp_path / "campaign.duckdb"
    build(db, rows)
    build(db, rows)
    assert {"locate.sql", "locate_points.sql", "normalise.sql", "merge.sql", "duplicates.sql", "rollups.sql"} <= set(
        planned
    )
    assert not slow
