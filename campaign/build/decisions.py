"""Decisions of people that outlive imports: whether two events are the same, whether two organisers are one.

Each is one row, keyed by identifiers that stay; taking it back deletes the row. The file is published anew, all at once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import duckdb

from campaign.build import pipeline
from campaign.build.workspace import workspace
from campaign.errors import StoreError

Decision = Literal["accepted", "refused"]


def decide_duplicate(
    db: Path,
    event_id: str,
    twin_of: str,
    decision: Decision,
    *,
    note: str | None = None,
    decided_at: datetime | None = None,
) -> int:
    """Remember that `event_id` repeats `twin_of` (accepted: it is not counted) or does not (refused); return the new count.

    A later decision on the same pair, in either order, takes the place of the earlier one. Raises StoreError if one of the
    two is no event of the file.
    """
    with _publishing(db) as connection:
        found = connection.execute("select event_id from events where event_id in ($1, $2)", [event_id, twin_of])
        known = {row[0] for row in found.fetchall()}
        for asked in (event_id, twin_of):
            if asked not in known:
                raise StoreError(f"Aucun événement « {asked} ».", "campaign duplicates list donne les identifiants.")
        if event_id == twin_of:
            raise StoreError("Un événement n'est pas son propre doublon.", "Donnez deux identifiants différents.")
        _forget(connection, event_id, twin_of)
        connection.execute(
            "insert into duplicate_decisions values ($1, $2, $3, $4, $5)",
            [event_id, twin_of, decision, decided_at or datetime.now(UTC), note],
        )
    return _n_counted(db)


def undo_duplicate(db: Path, event_id: str, twin_of: str) -> int:
    """Take back what was decided on a pair: it is proposed again; return the new count. Raises StoreError if nothing was."""
    with _publishing(db) as connection:
        if not _forget(connection, event_id, twin_of):
            raise StoreError("Rien n'a été décidé de cette paire.", "campaign duplicates list --decided les montre.")
    return _n_counted(db)


@contextmanager
def _publishing(db: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    if not db.exists():
        raise StoreError(f"Aucun fichier d'événements à {db}.", "Importez d'abord des événements.")
    with workspace(db, fresh=False) as work:
        pipeline.open_existing(work.connection)
        yield work.connection
        pipeline.finish(work.connection)
        work.publish()


def _forget(connection: duckdb.DuckDBPyConnection, event_id: str, twin_of: str) -> bool:
    found = connection.execute(
        "delete from duplicate_decisions where (event_id, twin_of) in (($1, $2), ($2, $1)) returning event_id",
        [event_id, twin_of],
    ).fetchall()
    return bool(found)


def _n_counted(db: Path) -> int:
    with duckdb.connect(str(db), read_only=True) as connection:
        row = connection.execute("select n_counted from file_info").fetchone()
    return int(row[0]) if row else 0
