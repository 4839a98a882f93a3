"""Copies of the event file that are known to be good: opened, their rows counted again, only then given their name."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from campaign.core.errors import StoreError
from campaign.core.files import discard, not_written
from campaign.core.language import say
from campaign.core.settings import is_lake
from campaign.publish import migrate, trail
from campaign.publish.workspace import exclusive, flush_folder
from campaign.store import SCHEMA_VERSION, lake

CHUNK_BYTES = 1 << 20


@dataclass(frozen=True)
class BackupContent:
    """A copy that was read again: where it is, its schema, how many rows each table has and how many events count."""

    path: Path
    schema_version: int
    rows: dict[str, int]
    n_counted: int


def backup(db: Path, target: Path) -> BackupContent:
    """Copy the published file to `target`, check the copy, and only then give it its name; return what is in it.

    Readers and imports are not held up: the file that was opened stays what it was while another is published. Raises
    StoreError if the file cannot be read, or the copy cannot be written or is not the same.
    """
    source = lake.published(db)  # of a lake, the copy of its latest snapshot
    with _readable(source):
        return _copied(source, target)


def restore(source: Path, db: Path) -> BackupContent:
    """Publish a backup in the place of the event file, in one step, after reading it to the end; return what is in it.

    What was published is kept beside as `<name>.before-restore.duckdb`. An older schema is migrated at the next start. Raises
    StoreError if the backup is damaged, newer or cannot be copied, BusyError if an import is under way. In a lake it becomes
    the next snapshot: the one before stays there.
    """
    if not source.is_file():
        raise StoreError(
            say("Aucune sauvegarde à {source}.", source=source), say("Donnez un fichier écrit par campaign backup.")
        )
    migrate.refuse_unknown(source, migrate.version_of(source))
    trail.require(db)
    content = _restored(source, db)
    trail.record(db, "restore", what=source.name)
    return content


def _restored(source: Path, db: Path) -> BackupContent:
    if is_lake(db):
        return _into_lake(source, db)
    with exclusive(db):
        if db.exists() and not db.samefile(source):
            previous = db.with_name(f"{db.stem}.before-restore{db.suffix}")
            try:
                _copy(db, previous)
            except OSError as error:
                discard(previous)
                raise StoreError(
                    say("{name} n'a pas pu être écrit.", name=previous.name), say("Vérifiez la place."), detail=error
                ) from error
        return _copied(source, db)


def _into_lake(source: Path, db: Path) -> BackupContent:
    content = content_of(source)
    if content.schema_version != SCHEMA_VERSION:
        raise StoreError(
            say("{name} est d'une version antérieure.", name=source.name),
            say("Mettez-la à niveau (campaign migrate --db), puis remettez-la en place."),
        )
    with lake.exclusive(db) as held:
        _copy(source, held.copy)
        held.push()
    return replace(content, path=db)


def content_of(path: Path) -> BackupContent:
    """Read every row of every table and return their numbers; raises StoreError if something cannot be read."""
    with _readable(path), duckdb.connect(":memory:") as connection:
        quoted = str(path).replace("'", "''")
        connection.execute(f"attach '{quoted}' as backup (read_only)")
        tables = connection.execute(
            "select table_name from duckdb_tables() where database_name = 'backup' order by 1"
        ).fetchall()
        rows: dict[str, int] = {}
        for (table,) in tables:
            # a hash of all columns reads each block, whose checksum DuckDB verifies; the name is of our own schema
            read = connection.execute(f'select count(*), bit_xor(hash(t)) from backup."{table}" as t').fetchall()  # noqa: S608
            rows[str(table)] = int(read[0][0])
        rollup = "event_rollup" if "event_rollup" in rows else "event_cells"  # its name until version 6
        info = connection.execute(
            f"select schema_version, n_counted, (select coalesce(sum(n_events), 0) from backup.{rollup}) from backup.file_info"  # noqa: S608
        ).fetchall()
    if len(info) != 1 or info[0][1] != info[0][2]:
        raise StoreError(
            say("{name} n'est pas un fichier d'événements entier.", name=path.name), say("Prenez une autre copie.")
        )
    return BackupContent(path, int(info[0][0]), rows, int(info[0][1]))


def _copied(source: Path, target: Path) -> BackupContent:
    part = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(source, part)
        content = content_of(part)
        part.replace(target)
        flush_folder(target.parent)
    except OSError as error:
        raise not_written(target, error) from error
    finally:
        with suppress(OSError):
            discard(part)
    return replace(content, path=target)


def _copy(source: Path, target: Path) -> None:
    """Copy one opened file, whatever is published meanwhile, and compare what has reached the disk."""
    read = hashlib.blake2b()
    with source.open("rb") as original, target.open("wb") as written:
        while chunk := original.read(CHUNK_BYTES):
            read.update(chunk)
            written.write(chunk)
        written.flush()
        os.fsync(written.fileno())
    with target.open("rb") as copy:
        if hashlib.file_digest(copy, hashlib.blake2b).digest() != read.digest():
            raise StoreError(
                say("La copie de {name} n'est pas la même que l'original.", name=source.name),
                say("Vérifiez le disque."),
            )


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    if not path.is_file():
        raise StoreError(say("Aucun fichier d'événements."), say("Écrivez-en un : campaign demo."), detail=path)
    try:
        yield
    except duckdb.Error as error:
        raise StoreError(
            say("{name} est abîmé : il ne peut pas être lu en entier.", name=path.name), say("Prenez une autre copie.")
        ) from error
