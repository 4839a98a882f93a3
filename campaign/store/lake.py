"""An event file that several machines write: a DuckLake, its catalogue in PostgreSQL, its tables as Parquet files.

An event file named `ducklake:postgres:…` is such a lake. A build takes the lake's lock (the catalogue's, so that it goes with
the process that held it), works on a local copy of the latest snapshot as on any event file, and puts all tables that changed
into the lake in one transaction: one snapshot. Readers read a local event file made from a whole snapshot; the next one is
made when the lake has moved. All queries, keys and checks are thus those of the event file.
"""

import hashlib
import logging
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from campaign.core.errors import BusyError, LakeAwayError, StoreError
from campaign.core.files import discard, whole_file
from campaign.core.language import say
from campaign.core.settings import DATA, is_lake, settings
from campaign.store.lake_connection import (
    address_of,
    attach,
    connected,
    has_table,
    quoted,
    readable_errors,
    value_of,
    without_password,
)
from campaign.store.version import SCHEMA_VERSION

logger = logging.getLogger(__name__)

MACROS: Final = tuple(Path(__file__).with_name(name) for name in ("macros.sql", "definitions.sql"))
DEFINITIONS: Final = (DATA / "schema.sql", *MACROS)
STORAGE_VERSION: Final = "v1.5.0"
LOCK: Final = 20_081_101  # any number, the same for all builders of one catalogue
PATIENCE_S: Final = 600.0
LOOKED_EVERY_S: Final = 2.0
N_KEPT: Final = 2  # copies of snapshots: somebody may be about to open the one before

_looking = threading.Lock()
_looked: dict[str, tuple[float, Path]] = {}
_away: dict[str, StoreError] = {}  # lakes that did not answer when they were last looked at


def published(db: Path) -> Path:
    """Return the event file to read: `db` itself, or the local copy of the lake's latest snapshot.

    The lake is looked at every two seconds at most. Where it does not answer, the copy that is there goes on being served;
    raises StoreError if there is none. The path does not exist while nothing has been published.
    """
    if not is_lake(db):
        return db
    address = address_of(db)
    with _looking:
        looked_at, path = _looked.get(address, (0.0, None))
        if path is not None and time.monotonic() - looked_at < LOOKED_EVERY_S:
            return path
        try:
            with connected(address) as connection, readable_errors():
                path = _copied(connection, address)
        except StoreError as error:
            _note(address, error, is_served=path is not None)
            if path is None:
                raise
        else:
            _note(address, None)
        _looked[address] = (time.monotonic(), path)
        return path


def _note(address: str, error: StoreError | None, *, is_served: bool = False) -> None:
    """Remember whether a lake answers; the log has one line when it goes away and one when it is back."""
    if error is None:
        if _away.pop(address, None) is not None:
            logger.warning("Le lac répond de nouveau.")
        return
    if address not in _away:
        copy = " Sa dernière copie reste servie." if is_served else ""
        logger.error("%s%s", error.for_log, copy)
    _away[address] = error


def refuse_away(db: Path) -> None:
    """Raise StoreError if the event file is a lake that did not answer when it was last looked at."""
    if (error := _away.get(address_of(db))) is not None:
        raise LakeAwayError(error.message, error.remedy, detail=error.detail)


@dataclass
class Lake:
    """A lake whose lock is held: `copy` is an event file with its latest snapshot, absent if there is none."""

    connection: duckdb.DuckDBPyConnection
    copy: Path

    def push(self) -> None:
        """Put what changed in `copy` into the lake, all together or nothing."""
        connection = self.connection
        try:
            connection.execute(f"attach {quoted(str(self.copy))} as copy (read_only)")
            connection.execute("begin")
            before = set(_tables(connection, "lake"))
            for table in _tables(connection, "copy"):
                if table not in before or _sum(connection, "copy", table) != _sum(connection, "lake", table):
                    connection.execute(f'drop table if exists lake."{table}"')
                    connection.execute(f'create table lake."{table}" as from copy."{table}"')
            connection.execute("commit")
            connection.execute("detach copy")
        except duckdb.Error as error:
            raise StoreError(
                say("Le lac n'a pas pu être écrit."),
                say("Rien n'y est changé ; relancez la commande."),
                detail=without_password(error),
            ) from error
        forget()


def forget() -> None:
    """Look at lakes again at the next reading."""
    with _looking:
        _looked.clear()


def version_of(db: Path) -> int | None:
    """Return the schema version of a lake's latest snapshot; None while nothing has been published."""
    address = address_of(db)
    with connected(address) as connection, readable_errors():
        snapshot = _snapshot_if_made(connection, address)
        return None if snapshot is None else _version(connection, snapshot)


def keep(db: Path, file: Path, version: int) -> Path:
    """Keep an event file of a lake's older version among its local copies, and return where."""
    path = settings().lake_copies / f"{_name(address_of(db))}.schema-{version}.duckdb"
    with file.open("rb") as published, whole_file(path) as copy:
        shutil.copyfileobj(published, copy)
    return path


def copy_name(db: Path, what: str) -> Path:
    """Return the name of a file that belongs to a lake, beside this machine's copies of its snapshots."""
    return settings().lake_copies / f"{_name(address_of(db))}.{what}"


@contextmanager
def exclusive(db: Path, *, of_any_version: bool = False) -> Iterator[Lake]:
    """Hold the lake's build lock, waiting for it, with a copy of its latest snapshot; BusyError after ten minutes.

    The copy has this version's tables, or, `of_any_version`, those of the lake as they are. Raises StoreError for a lake of
    another version otherwise.
    """
    address = address_of(db)
    with connected(address) as connection, connected(address) as holder, tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "campaign.duckdb"
        with readable_errors():
            holder.execute("begin")  # the lock is this transaction's
            latest = time.monotonic() + PATIENCE_S
            statement = f"from postgres_query('catalogue', 'select pg_try_advisory_xact_lock({LOCK})')"
            while not value_of(holder, statement):
                if time.monotonic() > latest:
                    raise BusyError(
                        say("Un autre import est en cours sur ce lac."), say("Relancez la commande plus tard.")
                    )
                time.sleep(0.5)
            attach(connection, address)  # makes the lake at the first time, so only with the lock
            snapshot = _snapshot(connection)
            if snapshot is not None and of_any_version:
                _copy_as_it_is(connection, snapshot, copy)
            elif snapshot is not None:
                _materialise(connection, snapshot, copy)
        yield Lake(connection, copy)


def _snapshot(connection: duckdb.DuckDBPyConnection) -> int | None:
    """Return the latest snapshot in which an event file is; None if none was published."""
    held = "select count(*) from ducklake_table where end_snapshot is null"  # asked of PostgreSQL: DuckDB lists every table
    if not value_of(connection, f"from postgres_query('catalogue', '{held}')"):
        return None
    return int(str(value_of(connection, "select max(snapshot_id) from lake.snapshots()")))


def _copied(connection: duckdb.DuckDBPyConnection, address: str) -> Path:
    """Return the local copy of the latest snapshot, made if need be and put in place at once."""
    snapshot = _snapshot_if_made(connection, address)
    folder = settings().lake_copies
    folder.mkdir(parents=True, exist_ok=True)
    name = _name(address)
    path = folder / f"{name}-{snapshot or 0:09d}.duckdb"
    if snapshot is not None and not path.exists():
        making = folder / f"{path.name}.{os.getpid()}"
        discard(making)
        _materialise(connection, snapshot, making)
        making.replace(path)
        for old in sorted(folder.glob(f"{name}-*.duckdb"))[:-N_KEPT]:
            discard(old)
    return path


def _snapshot_if_made(connection: duckdb.DuckDBPyConnection, address: str) -> int | None:
    """Attach the lake, if it is there, and return its latest snapshot; a lake is made by a build alone."""
    if not has_table(connection, "ducklake_metadata"):
        return None
    attach(connection, address)
    return _snapshot(connection)


def _name(address: str) -> str:
    """Return what the local copies of a lake are named by."""
    return hashlib.blake2b(address.encode(), digest_size=6).hexdigest()


def _version(connection: duckdb.DuckDBPyConnection, snapshot: int) -> int:
    return int(str(value_of(connection, f"select schema_version from lake.file_info at (version => {snapshot})")))  # noqa: S608


def _refuse_other_version(connection: duckdb.DuckDBPyConnection, snapshot: int) -> None:
    """Raise StoreError for a snapshot that another version of this application wrote."""
    if _version(connection, snapshot) != SCHEMA_VERSION:
        raise StoreError(
            say("Le lac est d'une autre version du schéma."),
            say("S'il est plus ancien : campaign migrate ; s'il est plus récent, mettez l'application à jour."),
        )


def _copy_as_it_is(connection: duckdb.DuckDBPyConnection, snapshot: int, path: Path) -> None:
    """Write one snapshot of any version as an event file, with the tables and columns that it has."""
    connection.execute(f"attach {quoted(str(path))} as made (storage_version '{STORAGE_VERSION}')")
    for table in _tables(connection, "lake"):
        connection.execute(f'create table made."{table}" as from lake."{table}" at (version => {snapshot})')
    connection.execute("checkpoint made")
    connection.execute("detach made")


def _materialise(connection: duckdb.DuckDBPyConnection, snapshot: int, path: Path) -> None:
    """Write one snapshot as an event file; its keys and checks are held again on the way.

    Raises StoreError for one of another version.
    """
    _refuse_other_version(connection, snapshot)
    connection.execute(f"attach {quoted(str(path))} as made (storage_version '{STORAGE_VERSION}')")
    connection.execute("use made")
    for definition in DEFINITIONS:
        connection.execute(definition.read_text("utf-8"))
    connection.execute("begin")
    for table in _tables(connection, "made"):
        connection.execute(f'insert into made."{table}" by name from lake."{table}" at (version => {snapshot})')
    connection.execute("commit")
    connection.execute("use memory")
    connection.execute("checkpoint made")
    connection.execute("detach made")


def _tables(connection: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    """Return the names of the tables of a database; it takes as long as all databases have tables, the catalogue's included."""
    statement = "select table_name from duckdb_tables() where database_name = $1 and not temporary order by table_name"
    return [str(row[0]) for row in connection.execute(statement, [database]).fetchall()]


def _sum(connection: duckdb.DuckDBPyConnection, database: str, table: str) -> tuple[object, ...] | None:
    """Return number and sum of the rows of a table, whatever their order."""
    return connection.execute(f'select count(*), sum(hash(row)) from {database}."{table}" as row').fetchone()  # noqa: S608
