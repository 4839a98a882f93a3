"""Staging small files, and reading what was staged."""

import json
from pathlib import Path
from typing import Any

import duckdb

from campaign import intake

FILES = Path(__file__).parent / "files"


class Stage:
    """What a file gave: `records`, `rejects`, `warnings` (by record), each as a list of dictionaries."""

    def __init__(self, *paths: Path | str, **options: Any) -> None:
        with duckdb.connect() as connection:
            connection.execute("set timezone = 'UTC'")
            self.staged = intake.stage(connection, paths, **options)
            self.records = _rows(connection, "from staged_records order by record_id")
            self.rejects = _rows(connection, "from staged_rejects order by file, line")
            self.warnings = _rows(connection, "from staged_warnings order by record_id, kind")
        assert self.staged.n_records == len(self.records)
        assert self.staged.n_rejects == len(self.rejects)
        assert [row["record_id"] for row in self.records] == list(range(1, len(self.records) + 1))

    @property
    def record(self) -> dict[str, Any]:
        """The only record."""
        assert len(self.records) == 1, self.rejects
        return self.records[0]

    @property
    def kinds(self) -> list[str]:
        """The kinds of the warnings."""
        return [row["kind"] for row in self.warnings]


def write_json(folder: Path, document: object, name: str = "events.json") -> Path:
    """Write a JSON document."""
    path = folder / name
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    return path


def write(folder: Path, content: str | bytes, name: str = "events.csv") -> Path:
    """Write a file."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def event(**fields: Any) -> dict[str, Any]:
    """Return an OpenAgenda event with a title and one session."""
    return {
        "uid": 1,
        "title": {"fr": "Conférence"},
        "timings": [{"begin": "2014-11-05T18:00:00+01:00", "end": "2014-11-05T20:00:00+01:00"}],
        **fields,
    }


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    found = connection.execute(sql)
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
