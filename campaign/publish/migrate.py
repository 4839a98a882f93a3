"""An event file of an older schema brought to this version's, with a copy of the old one kept beside it.

Only commands that write and the start of the server do this, never the public reader. The new file is built from
data/schema.sql and filled by name, so that it is exactly what an import of today would have made.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from campaign.core.errors import DamagedError, StoreError
from campaign.core.files import discard, whole_file
from campaign.core.language import say
from campaign.core.settings import is_lake
from campaign.publish import pipeline
from campaign.publish.workspace import Workspace, workspace
from campaign.store import lake, lake_connection, refuse_other_campaign, shape

STEPS = Path(__file__).parent / "migrations"
OLDEST = 2


@dataclass(frozen=True)
class Migrated:
    """What was done: from which version, and where the copy of the old file is."""

    before: int
    after: int
    copy: Path


def version_of(db: Path) -> int:
    """Return the schema version of an event file; raises DamagedError if it cannot be read."""
    return _look(db)[0]


def _look(db: Path) -> tuple[int, list[str]]:
    """Return the version that an event file says it is of, and the columns that it lacks if that is this one.

    Raises DamagedError if it cannot be read.
    """
    with _readable(db), duckdb.connect(":memory:", config={"threads": 1}) as connection:
        connection.execute(f"attach {_quoted(db)} as published (read_only)")
        return _looked(connection, "published", db)


def _looked(connection: duckdb.DuckDBPyConnection, database: str, db: Path) -> tuple[int, list[str]]:
    row = connection.execute(f"select schema_version from {database}.file_info").fetchone()  # noqa: S608 - a name of ours
    if row is None:
        raise DamagedError(
            say("Le fichier d'événements {name} est vide.", name=db.name),
            say("Remettez une sauvegarde : campaign restore."),
        )
    is_of_now = row[0] == pipeline.SCHEMA_VERSION
    return int(row[0]), shape.missing(connection, database) if is_of_now else []


@contextmanager
def _readable(db: Path) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        raise DamagedError(
            say("Le fichier d'événements {name} n'est pas lisible.", name=db.name),
            say("Remettez une sauvegarde : campaign restore ; sinon campaign demo, ou campaign import."),
        ) from error


def refuse_unknown(db: Path, version: int) -> None:
    """Raise StoreError for a file of a newer version than this one, or of one too old to be migrated."""
    if version > pipeline.SCHEMA_VERSION:
        raise StoreError(
            say(
                "{named} est d'une version plus récente de l'application (schéma {version}, ici {current}).",
                named=_named(db),
                version=version,
                current=pipeline.SCHEMA_VERSION,
            ),
            say("Mettez l'application à jour ; le fichier est inchangé."),
        )
    if version < OLDEST:
        raise StoreError(
            say(
                "{named} est d'une version trop ancienne (schéma {version}) pour être mis à niveau.",
                named=_named(db),
                version=version,
            ),
            say("Importez de nouveau les fichiers d'origine dans un nouveau fichier ; celui-ci est inchangé."),
        )


def needs_migration(db: Path) -> bool:
    """Tell whether an event file is of an older version; raises StoreError if nothing can be done with it."""
    lacking: list[str] = []
    if is_lake(db):
        lake_version = lake.version_of(db)
        if lake_version is None:
            return False
        version = lake_version
    elif not db.exists():
        return False
    else:
        version, lacking = _look(db)
    return _is_older(db, version, lacking)


def _is_older(db: Path, version: int, lacking: list[str]) -> bool:
    refuse_unknown(db, version)
    if lacking:
        raise between(db, version, ", ".join(lacking))
    return version < pipeline.SCHEMA_VERSION


@contextmanager
def current_workspace(db: Path) -> Iterator[Workspace]:
    """Open a building copy of this version: an event file of an older one is migrated first, which the copy itself tells.

    Raises what `migrate` and `workspace` raise.
    """
    if is_lake(db):
        migrate(db)
    with workspace(db, fresh=False) as work:
        if work.is_new or is_lake(db):
            yield work
            return
        with _readable(db):
            version, lacking = _looked(work.connection, "building", db)
        if not _is_older(db, version, lacking):
            yield work
            return
    migrate(db)
    with workspace(db, fresh=False) as work:
        yield work


def migrate(db: Path) -> Migrated | None:
    """Bring an event file, or a lake, to this version and publish it; return what was done, None if there was nothing to do.

    The old file is kept as `<name>.schema-<version>.duckdb`, that of a lake among its local copies. Raises StoreError if it is
    newer, too old, damaged or cannot be written, BusyError if another build is under way; the published file is then unchanged.
    """
    if not needs_migration(db):
        return None
    if is_lake(db):
        return _migrate_lake(db)
    copy = db.with_name(f"{db.stem}.migrating{db.suffix}")
    try:
        with workspace(db, fresh=True) as work:
            before = version_of(db)  # again, under the lock
            if before == pipeline.SCHEMA_VERSION:
                return None
            shutil.copyfile(db, copy)
            connection = work.connection
            pipeline.prepare_new(connection)
            with _readable_steps(db, before):
                _step(connection, copy, before)
                slug = connection.execute("select profile from old.file_info").fetchall()[0][0]
                refuse_other_campaign(str(slug), db.name)
                _fill(connection)
            pipeline.finish(connection)
            connection.execute("detach old")
            old_file = _keep(db, before)
            work.publish()
    finally:
        discard(copy, Path(f"{copy}.wal"))
    return Migrated(before=before, after=pipeline.SCHEMA_VERSION, copy=old_file)


@contextmanager
def _readable_steps(db: Path, version: int) -> Iterator[None]:
    """Raise StoreError where a file has not the tables of the version that it names, or values that they do not take."""
    try:
        yield
    except (duckdb.ProgrammingError, duckdb.IntegrityError, duckdb.DataError) as error:
        raise between(db, version, error) from error


def between(db: Path, version: int, detail: object) -> StoreError:
    """Return the error of a file in a state between two versions of the schema."""
    return StoreError(
        say(
            "{name} n'a pas la forme du schéma {version} qu'il annonce : il vient d'un état intermédiaire de l'application.",
            name=db.name,
            version=version,
        ),
        say(
            "Remettez une sauvegarde (campaign restore), ou importez de nouveau les fichiers d'origine ; celui-ci est inchangé."
        ),
        detail=detail,
    )


def _migrate_lake(db: Path) -> Migrated | None:
    """Migrate the latest snapshot as a file, and make that the lake's next one."""
    with lake.exclusive(db, of_any_version=True) as held:
        migrated = migrate(held.copy)  # None where another machine was faster
        if migrated is None:
            return None
        old_file = lake.keep(db, migrated.copy, migrated.before)
        held.push()
    return Migrated(before=migrated.before, after=migrated.after, copy=old_file)


def _step(connection: duckdb.DuckDBPyConnection, copy: Path, before: int) -> None:
    """Run the steps from that version on, in the copy."""
    connection.execute(f"attach {_quoted(copy)} as old")
    connection.execute("use old")
    for version in range(before, pipeline.SCHEMA_VERSION):
        step = STEPS / f"from_{version}.sql"
        if step.is_file():
            connection.execute(step.read_text("utf-8"))
    connection.execute("use building")


def _fill(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the new file's empty tables from the old one's, by name; what has rows already is reference data."""
    old = _columns(connection, "old")
    for table, columns in _columns(connection, "building").items():
        common = [column for column in columns if column in old.get(table, [])]
        is_filled = connection.table(f"building.{table}").limit(1).fetchall()
        if common and not is_filled:
            listed = ", ".join(f'"{column}"' for column in common)
            # names of our own schema, not of anybody else
            connection.execute(f"insert into building.{table} ({listed}) select {listed} from old.{table}")  # noqa: S608


def _columns(connection: duckdb.DuckDBPyConnection, database: str) -> dict[str, list[str]]:
    """Return the columns of each table of a database, tables in the order in which they were made."""
    rows = connection.execute(
        """
        select t.table_name, list(c.column_name order by c.column_index)
        from duckdb_tables() as t
        inner join duckdb_columns() as c using (database_name, schema_name, table_name)
        where t.database_name = $database and t.schema_name = 'main'
        group by t.table_name, t.table_oid
        order by t.table_oid
        """,
        {"database": database},
    ).fetchall()
    return {str(name): list(columns) for name, columns in rows}


def _keep(db: Path, version: int) -> Path:
    """Keep the published file beside itself, whole on disk before its successor takes its place."""
    old_file = db.with_name(f"{db.stem}.schema-{version}{db.suffix}")
    with db.open("rb") as published, whole_file(old_file) as copy:
        shutil.copyfileobj(published, copy)
    return old_file


def _named(db: Path) -> str:
    """Return what a message calls an event file: its name, a lake's address without its password."""
    return lake_connection.without_password(db) if is_lake(db) else db.name


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
