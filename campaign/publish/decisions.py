"""Decisions of people that outlive imports: whether two events are the same, whether two organisers are one.

Each is one row, keyed by identifiers that stay; taking it back deletes the row. The file is published anew, all at once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import duckdb

from campaign.core.errors import StoreError
from campaign.core.language import say
from campaign.publish import pipeline, trail
from campaign.publish.workspace import workspace
from campaign.store import lake, whole
from campaign.store.lake_connection import without_password

Decision = Literal["accepted", "refused"]


def decide_duplicate(
    db: Path,
    event_id: str,
    duplicate_of: str,
    decision: Decision,
    *,
    note: str | None = None,
    decided_at: datetime | None = None,
) -> int:
    """Remember that `event_id` repeats `duplicate_of` (accepted: it is not counted) or does not (refused); return the new count.

    A later decision on the same pair, in either order, takes the place of the earlier one. Raises StoreError if one of the
    two is no event of the file.
    """
    with publishing(db, f"duplicate_{decision}", f"{event_id} = {duplicate_of}") as connection:
        cursor = connection.execute("select event_id from events where event_id in ($1, $2)", [event_id, duplicate_of])
        known = {row[0] for row in cursor.fetchall()}
        for identifier in (event_id, duplicate_of):
            if identifier not in known:
                raise StoreError(
                    say("Aucun événement « {event_id} ».", event_id=identifier),
                    say("campaign duplicates list donne les identifiants."),
                )
        if event_id == duplicate_of:
            raise StoreError(
                say("Un événement n'est pas son propre doublon."), say("Donnez deux identifiants différents.")
            )
        _forget(connection, event_id, duplicate_of)
        connection.execute(
            "insert into duplicate_decisions values ($1, $2, $3, $4, $5)",
            [event_id, duplicate_of, decision, decided_at or datetime.now(UTC), note],
        )
    return _n_counted(db)


def undo_duplicate(db: Path, event_id: str, duplicate_of: str) -> int:
    """Take back what was decided on a pair: it is proposed again; return the new count. Raises StoreError if nothing was."""
    with publishing(db, "duplicate_undone", f"{event_id} = {duplicate_of}") as connection:
        if not _forget(connection, event_id, duplicate_of):
            raise StoreError(
                say("Rien n'a été décidé de cette paire."), say("campaign duplicates list --decided les montre.")
            )
    return _n_counted(db)


def join_organisers(db: Path, named_id: str, organiser_id: str) -> None:
    """Remember that one name is another spelling of an organiser. Raises StoreError if either is unknown, or in a circle."""
    with publishing(db, "organiser_joined", f"{named_id} = {organiser_id}") as connection:
        for identifier in (named_id, organiser_id):
            if not connection.execute("select 1 from organisers where organiser_id = $1", [identifier]).fetchall():
                raise StoreError(
                    say("Aucun organisateur « {named_id} ».", named_id=identifier),
                    say("campaign organisers list donne les identifiants."),
                )
        circle = connection.execute(
            "select 1 from organisers where organiser_id = $2 and (organiser_id = $1 or joined_to = $1)",
            [named_id, organiser_id],
        ).fetchall()
        if circle:
            raise StoreError(
                say(
                    "« {organiser_id} » est déjà rattaché à « {named_id} ».",
                    organiser_id=organiser_id,
                    named_id=named_id,
                ),
                say("campaign organisers apart les sépare d'abord."),
            )
        _decide_organiser(connection, named_id, organiser_id, "joined")


def separate_organiser(db: Path, named_id: str) -> None:
    """Remember that a name stands for itself, whatever it looks like. Raises StoreError if it is unknown."""
    with publishing(db, "organiser_apart", named_id) as connection:
        if not connection.execute("select 1 from organisers where organiser_id = $1", [named_id]).fetchall():
            raise StoreError(
                say("Aucun organisateur « {named_id} ».", named_id=named_id),
                say("campaign organisers list donne les identifiants."),
            )
        _decide_organiser(connection, named_id, None, "apart")


def undo_organiser(db: Path, named_id: str) -> None:
    """Take back what was decided of a name. Raises StoreError if nothing was."""
    with publishing(db, "organiser_undone", named_id) as connection:
        deleted = connection.execute(
            "delete from organiser_decisions where named_id = $1 returning named_id", [named_id]
        ).fetchall()
        if not deleted:
            raise StoreError(
                say("Rien n'a été décidé de « {named_id} ».", named_id=named_id),
                say("campaign organisers list montre les rattachements."),
            )


def _decide_organiser(
    connection: duckdb.DuckDBPyConnection, named_id: str, organiser_id: str | None, decision: str
) -> None:
    connection.execute("delete from organiser_decisions where named_id = $1", [named_id])
    connection.execute(
        "insert into organiser_decisions values ($1, $2, $3, $4)", [named_id, organiser_id, decision, datetime.now(UTC)]
    )


@contextmanager
def publishing(db: Path, action: str, what: str | None) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a building copy in which a decision is written, and publish it: the trail says which action, on what.

    Raises StoreError where there is no file.
    """
    if not lake.published(db).exists():
        raise StoreError(
            say("Aucun fichier d'événements."), say("Importez d'abord des événements."), detail=without_password(db)
        )
    with workspace(db, fresh=False) as work:
        pipeline.open_existing(work.connection)
        trail.require(db)
        yield work.connection
        pipeline.finish(work.connection)
        work.publish()
        trail.record(db, action, what=what)


def _forget(connection: duckdb.DuckDBPyConnection, event_id: str, duplicate_of: str) -> bool:
    deleted = connection.execute(
        "delete from duplicate_decisions where (event_id, duplicate_of) in (($1, $2), ($2, $1)) returning event_id",
        [event_id, duplicate_of],
    ).fetchall()
    return bool(deleted)


def _n_counted(db: Path) -> int:
    path = lake.published(db)
    with whole.readable(path), duckdb.connect(str(path), read_only=True) as connection:
        row = connection.execute("select n_counted from file_info").fetchone()
    return int(row[0]) if row else 0
