"""Hand-written staged records, and event files built of them by the project's own path."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from threading import Lock
from typing import Any, Final

import duckdb

from campaign.publish import pipeline
from campaign.publish.account import Account, ImportOptions
from tests import alike

Record = dict[str, Any]

TEST_OPTIONS = ImportOptions(source="agenda", format="csv", files=("essai.csv",), licence="Licence Ouverte 2.0")
IMPORTED_AT = datetime(2014, 10, 1, 8, 0, tzinfo=UTC)

_PLAIN: Record = {
    "is_published": True,
    "type_label": "Conférence",
    "theme_labels": [],
    "keywords": [],
    "organiser_labels": [],
    "accessibility": [],
    "timings": [("2014-11-05T18:00", "2014-11-05T20:00")],
    "created_at": "2014-09-15T10:00:00Z",
    "updated_at": "2014-09-20T10:00:00Z",
}


def record(uid: str | None, **fields: Any) -> Record:
    """Return one staged record; what is not given is a conference of 5 November 2014, 18 h to 20 h, without a place."""
    return _PLAIN | {"source_uid": uid, "title": uid or "Sans titre"} | fields


def stage(rows: list[Record], connection: duckdb.DuckDBPyConnection) -> None:
    """Fill staged_records as campaign/intake would."""
    for number, row in enumerate(rows, start=1):
        columns = row | {"record_id": number, "file": "essai.csv", "line": number + 1}
        columns["timings"] = [{"begins": begins, "ends": ends} for begins, ends in row["timings"]]
        names = ", ".join(columns)
        marks = ", ".join(f"${name}" for name in columns)
        marks = marks.replace("$timings", "$timings::struct(begins varchar, ends varchar)[]")
        connection.execute(f"insert into staged_records ({names}) values ({marks})", columns)


def build(db: Path, rows: list[Record], *, more: Callable[..., None] | None = None, **options: Any) -> Account:
    """Import records into `db` and return the account; `options` change those of the import (edition, source…).

    What was imported alike a moment ago is copied (tests/alike.py).
    """
    stages = [partial(stage, rows), *([more] if more else [])]
    imported_at = options.pop("imported_at", IMPORTED_AT)
    given = replace(TEST_OPTIONS, **options)

    def run() -> Account:
        return pipeline.run(db, stages, given, imported_at=imported_at)

    return run() if more else alike.imported(db, given, (rows, imported_at), run)


def rows_of(db: Path, sql: str) -> list[tuple[Any, ...]]:
    """Return the rows of a statement on an event file."""
    quoted = str(db).replace("'", "''")
    with _one_at_a_time:
        connection = _reading()
        connection.execute(f"attach '{quoted}' as looked_at (read_only)")
        try:
            return connection.execute("use looked_at").execute(sql).fetchall()
        finally:
            connection.execute("use memory").execute("detach looked_at")


_one_at_a_time: Final = Lock()


@cache
def _reading() -> duckdb.DuckDBPyConnection:
    """Return the connection by which files are looked at: to open one more takes ten times as long as to attach a file."""
    connection = duckdb.connect(config={"threads": 1})
    connection.execute("set timezone = 'UTC'")
    return connection


def events_of(db: Path, *columns: str) -> dict[str, Any]:
    """Return, by the source's own identifier, one column (as a value) or several (as a tuple) of each event."""
    rows = rows_of(db, f"select source_uid, {', '.join(columns)} from events order by source_uid")
    return {row[0]: row[1] if len(columns) == 1 else row[1:] for row in rows}


def findings_of(db: Path) -> dict[str, set[str]]:
    """Return the kinds of finding of each event that has any, by the source's own identifier."""
    kinds: dict[str, set[str]] = {}
    for uid, kind in rows_of(
        db, "select e.source_uid, f.kind from findings as f inner join events as e using (event_id)"
    ):
        kinds.setdefault(uid, set()).add(kind)
    return kinds
