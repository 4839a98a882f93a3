"""Staging small files, and reading what was staged."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb

from campaign import intake
from campaign.intake import STAGING, Mapping, connecting
from campaign.intake.files import scratch
from campaign.intake.spreadsheets.mapping import load as load_mapping

FILES = Path(__file__).parent / "files"
MEMORY_MB = 4096

# Of a database in which files are read: what it holds.
LOOKS: Final = {
    "table": "select table_name from duckdb_tables() where temporary",
    "view": "select view_name from duckdb_views() where temporary and not internal",
    "variable": "select name from duckdb_variables()",
}

_prepared: Final[list[tuple[duckdb.DuckDBPyConnection, dict[str, set[str]]]]] = []


class Stage:
    """What a file gave: `records`, `rejects`, `warnings` (by record), each as a list of dictionaries."""

    def __init__(
        self,
        *paths: Path | str,
        format: str = "auto",
        mapping: Path | Mapping | None = None,
        edition: int | None = None,
    ) -> None:
        wanted = load_mapping(mapping) if isinstance(mapping, Path) else mapping or Mapping()
        with scratch.folder() as folder, _connected(folder) as connection:
            gathered = intake.gather(paths, folder, format=format, mapping=wanted)
            self.staged = intake.stage_sources(connection, gathered.sources, folder, mapping=wanted, edition=edition)
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


@contextmanager
def _connected(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a database in which files are read, the same one again after it was emptied: to make one takes a quarter of a test's time.

    After an error it is left to the collector, and the next test makes another. Macros of readers stay: each reader makes its own anew.
    """
    connection, held = _prepared.pop() if _prepared else _defined()
    connecting._ready.append(connection)
    yield connecting.connect(folder, MEMORY_MB, 0)
    for kind, look in LOOKS.items():
        for (name,) in connection.execute(look).fetchall():
            if name not in held[kind]:
                connection.execute(f'reset variable "{name}"' if kind == "variable" else f'drop {kind} temp."{name}"')
    connection.execute(STAGING.read_text("utf-8"))
    _prepared.append((connection, held))


def _defined() -> tuple[duckdb.DuckDBPyConnection, dict[str, set[str]]]:
    """Return a new one, and the names of what it holds."""
    connection = connecting._defined()
    return connection, {kind: {name for (name,) in connection.execute(look).fetchall()} for kind, look in LOOKS.items()}


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    answer = connection.execute(sql)
    names = [column[0] for column in answer.description or []]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
