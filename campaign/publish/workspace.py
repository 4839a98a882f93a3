"""A building copy of the event file, and its publication by rename.

Readers keep the file that they opened; a build that dies leaves the published file as it was. The lock is the kernel's
(flock), so that it goes with the process that held it; a building copy found while holding the lock is debris.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from campaign.core.errors import BusyError, StoreError
from campaign.core.files import discard
from campaign.core.language import Message, say
from campaign.core.settings import is_lake, settings
from campaign.store import lake, whole

BUILD_MEMORY = "1500MB"  # an import stays below 2 GiB in all; what does not fit goes to disk
FRESH_MEMORY = "4GB"  # a whole demonstration is written at once: ten million events
# What DuckDB raises when the disk is full depends on what it was writing: data, log, or what memory does not hold.
FULL_DISK = (
    OSError,
    duckdb.IOException,
    duckdb.TransactionException,
    duckdb.FatalException,
    duckdb.OutOfMemoryException,
)
POLL_S = 0.1
STORAGE_VERSION = "v1.5.0"  # read by DuckDB 1.5.5 and 2.0


@dataclass
class Workspace:
    """The building copy: `connection` writes to it, `publish()` puts it in the published file's place."""

    published: Path
    building: Path
    connection: duckdb.DuckDBPyConnection
    is_new: bool
    held: lake.Lake | None = None

    def publish(self) -> None:
        """Close the building copy, flush it to disk and rename it over the published file."""
        self.connection.execute("checkpoint building")
        self.connection.close()
        with self.building.open("rb") as file:
            os.fsync(file.fileno())
        self.building.replace(self.published)
        flush_folder(self.published.parent)
        if self.held is not None:
            self.held.push()


@contextmanager
def exclusive(db: Path) -> Iterator[None]:
    """Hold the build lock of an event file; raises BusyError where another holds it for longer than CAMPAIGN_WAIT_SECONDS."""
    with locked(db.parent / f"{db.name}.lock", say("Un autre import est en cours sur ce fichier.")):
        yield


@contextmanager
def locked(path: Path, busy: Message) -> Iterator[None]:
    """Hold the lock that a file stands for, waiting as long as CAMPAIGN_WAIT_SECONDS; `busy` says what holds it else."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.open("w")
    except OSError as error:
        raise StoreError(
            say("Le dossier de {name} n'est pas accessible en écriture.", name=path.name.removesuffix(".lock")),
            say("Vérifiez ses droits ou donnez --db."),
            detail=error,
        ) from error
    latest = time.monotonic() + settings().wait_seconds
    with lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() >= latest:
                    raise BusyError(busy, say("Attendez sa fin, puis relancez la commande.")) from error
                time.sleep(POLL_S)
        yield


@contextmanager
def workspace(db: Path, *, fresh: bool, empty: Callable[[], Path] | None = None) -> Iterator[Workspace]:
    """Open a building copy of `db`: empty if `fresh` or if there is no file yet, else a copy of what is published.

    Where there is no file yet, it is a copy of the event file without events that `empty` returns, if that is given. What is
    published is untouched until `publish()`; leaving without it throws the copy away. `db` may be a lake.
    """
    if is_lake(db):
        with lake.exclusive(db) as held, _local(held.copy, fresh=fresh) as work:
            work.held = held
            yield work
    else:
        with _local(db, fresh=fresh, empty=empty) as work:
            yield work


@contextmanager
def _local(db: Path, *, fresh: bool, empty: Callable[[], Path] | None = None) -> Iterator[Workspace]:
    building = db.parent / f"{db.name}.building"
    with exclusive(db):
        _clear(building)
        connection = None
        try:
            is_new = fresh or not db.exists()
            if not is_new:
                shutil.copyfile(db, building)
            elif empty and not fresh:
                shutil.copyfile(empty(), building)
                is_new = False
            connection = duckdb.connect()
            limit = settings().build_memory or (FRESH_MEMORY if fresh else BUILD_MEMORY)
            connection.execute("set memory_limit = ?", [limit])
            connection.execute("set enable_progress_bar = false")  # it would be printed among the account
            connection.execute("set preserve_insertion_order = false")
            connection.execute(
                "set checkpoint_threshold = '256MB'"
            )  # a checkpoint rewrites the last, partial row group
            connection.execute("set timezone = 'UTC'")
            connection.execute("set temp_directory = ?", [f"{building}.tmp"])
            # without a log: nobody recovers a copy, and each statement would wait for the disk
            options = f"storage_version '{STORAGE_VERSION}', recovery_mode 'no_wal_writes'"
            attach = f"attach '{str(building).replace(chr(39), chr(39) * 2)}' as building ({options})"
            if is_new:
                connection.execute(attach)
            else:
                with whole.readable(db):
                    connection.execute(attach)
                    whole.refuse_cut(connection, "building", building)
            connection.execute("use building")
            yield Workspace(published=db, building=building, connection=connection, is_new=is_new)
        except FULL_DISK as error:
            if _is_out_of_memory(error):
                raise StoreError(
                    say("Écrire ces événements demande plus de mémoire qu'il n'en est donné ({limit}).", limit=limit),
                    say(
                        "Donnez-en plus (réglage CAMPAIGN_BUILD_MEMORY, par exemple 4GB) ou partagez le fichier en plusieurs ; "
                        "le fichier publié est inchangé."
                    ),
                ) from error
            raise StoreError(
                say("Le fichier {name} n'a pas pu être écrit.", name=building.name),
                say("Vérifiez la place et les droits sur le disque ; le fichier publié est inchangé."),
                detail=error,
            ) from error
        finally:
            if connection is not None:
                connection.close()
            _clear(building)


def _is_out_of_memory(error: Exception) -> bool:
    """Tell whether what DuckDB held was too much, not what it put on disk meanwhile."""
    return isinstance(error, duckdb.OutOfMemoryException) and "temp_directory" not in str(error)


def flush_folder(folder: Path) -> None:
    """Make the names of a folder's files as lasting as their content."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _clear(building: Path) -> None:
    """Remove a building copy and what DuckDB wrote beside it."""
    discard(building, Path(f"{building}.wal"))
    shutil.rmtree(f"{building}.tmp", ignore_errors=True)
