"""From staged records to a published event file: the one path that demonstration and import share.

records → normalise → locate → check → merge → rollups → publish by rename.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from campaign.core.errors import AssertionFailedError, StoreError
from campaign.core.language import say
from campaign.core.settings import DATA
from campaign.intake import STAGING, types
from campaign.profile import profile
from campaign.publish import accounting, families, placing, reference, rollups, territories, trail
from campaign.publish.account import Account, ImportOptions
from campaign.publish.accounting import execute
from campaign.publish.place_memory import PlaceMemory
from campaign.publish.workspace import workspace
from campaign.store import lake, refuse_other_campaign
from campaign.store.plans import written_for_all
from campaign.store.version import SCHEMA_VERSION as SCHEMA_VERSION

HERE = Path(__file__).parent

Stage = Callable[[duckdb.DuckDBPyConnection], None]


def run(
    db: Path,
    stages: Iterable[Stage],
    options: ImportOptions,
    *,
    fresh: bool = False,
    dry_run: bool = False,
    imported_at: datetime | None = None,
    observe: Stage = lambda connection: None,
    empty: Callable[[], Path] | None = None,
) -> Account:
    """Take records into the event file and publish it; return the account.

    `stages` are called in turn, each filling the staging tables of a building connection (campaign/intake/staging.sql);
    a large source comes in several of them so that memory stays bounded. Everything is published together or nothing.
    `observe` is called after each stage, while what it staged and its findings are there; `empty` returns what `make_empty` made,
    for an event file that does not exist yet. Without a record taken nothing is published. Raises AssertionFailedError when a
    key or check does not hold.
    """
    with workspace(db, fresh=fresh, empty=empty) as work:
        connection = work.connection
        prepare(connection, is_new=work.is_new)
        is_traced = not (dry_run or options.is_demo)
        if is_traced:
            trail.require(db)
        account = take_import(
            connection, stages, options, imported_at=imported_at, observe=observe, after=trail.last_number(db)
        )
        if account.taken == 0:
            return account
        finish(connection)
        if not dry_run:
            work.publish()
        if is_traced:
            note_imports(db, [(options, account)])
    return account


def note_imports(db: Path, imports: Iterable[tuple[ImportOptions, Account]]) -> None:
    """Write published imports to the trail of actions."""
    lines = [
        trail.line(
            "import",
            by=options.ran_by,
            import_id=account.import_id,
            source=options.source,
            files=options.files,
            counts={"new": account.new, "updated": account.updated, "withdrawn": account.withdrawn},
        )
        for options, account in imports
    ]
    trail.append(db, lines)


def take_import(
    connection: duckdb.DuckDBPyConnection,
    stages: Iterable[Stage],
    options: ImportOptions,
    *,
    imported_at: datetime | None = None,
    observe: Stage = lambda connection: None,
    after: int = 0,
) -> Account:
    """Take one import into a building copy that `prepare` made ready; return its account, which is written if any was taken.

    Its number is higher than `after`, the last one that was ever given, also to an import that was undone.
    """
    accounts = accounting.open_accounts(
        connection, {0: options}, imported_at or datetime.now(UTC), 0 if options.is_demo else after
    )
    account = accounts[0]
    for stage in stages:
        connection.execute(STAGING.read_text("utf-8"))
        stage(connection)
        if is_anything_staged(connection):
            place(connection)
            merge(connection, accounts)
            observe(connection)
        _leave_view(connection)
    if account.taken:
        accounting.close_accounts(connection, accounts, {0: options})
    return account


def _leave_view(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop the staged records where they are a view of a file (campaign/intake/apart.py), since a table is made in its place."""
    with suppress(duckdb.CatalogException):  # it is a table: to ask for that first takes longer
        connection.execute("drop view staged_records")


def finish(connection: duckdb.DuckDBPyConnection) -> None:
    """Rebuild what depends on all events (corrections, demonstration withheld or not, rollups), and assert the keys and checks."""
    _correct(connection)
    execute(connection, "finish.sql")
    families.define(connection)
    execute(connection, "organisers.sql")
    execute(connection, "duplicates.sql")
    rollups.rebuild(connection)
    for path in sorted((HERE / "assertions").glob("*.sql")):
        offenders = connection.execute(written_for_all(path.read_text("utf-8"))).fetchall()
        if offenders:
            raise AssertionFailedError(
                say(
                    "Contrôle « {stem} » en échec sur {n} ligne(s), par exemple {example}.",
                    stem=path.stem,
                    n=len(offenders),
                    example=offenders[0],
                ),
                say("Le fichier publié est inchangé ; signalez ce cas avec le fichier importé."),
            )


def open_existing(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring a building copy's definitions up to date; raises StoreError if its schema is another one's."""
    row = connection.execute("select schema_version from file_info").fetchone()
    if row is None or row[0] != SCHEMA_VERSION:
        raise StoreError(
            say("Ce fichier d'événements est d'une autre version."), say("Mettez-le à niveau : campaign migrate.")
        )
    slug = connection.execute("select profile from file_info").fetchall()[0][0]
    refuse_other_campaign(str(slug))
    _define(connection)
    _uncorrect(connection)


def prepare_new(connection: duckdb.DuckDBPyConnection) -> None:
    """Make an empty event file of this version: tables, definitions, reference data."""
    prepare(connection, is_new=True)


def prepare(connection: duckdb.DuckDBPyConnection, *, is_new: bool) -> None:
    """Make a building copy ready to take imports: an empty one gets its tables and reference data."""
    if is_new:
        _begin_new(connection)
    else:
        open_existing(connection)
    placing.know_places(connection)
    territories.define(connection)
    types.load(connection)


def begin(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables, the definitions and the reference data of an event file."""
    connection.execute((DATA / "schema.sql").read_text("utf-8"))
    _define(connection)
    reference.load(connection)


def _begin_new(connection: duckdb.DuckDBPyConnection) -> None:
    begin(connection)
    connection.execute(
        "insert into file_info values (?, now(), false, null, 0, null, ?)", [SCHEMA_VERSION, profile().id]
    )


def make_empty(path: Path) -> Path:
    """Write an event file without events, for `run` to begin with; return its path."""
    with workspace(path, fresh=False) as work:
        _begin_new(work.connection)
        work.publish()
    return path


def define_corrected_value(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the macro that writes what an event says in a field as a correction is written."""
    execute(connection, "corrected_value.sql")


def stage_corrections(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `incoming` of the spans and values of corrections: events as they would stand; nothing of the file is changed."""
    options = ImportOptions(source="", format="", files=(), is_mixed=True)
    accounting.open_accounts(connection, {0: options}, datetime.now(UTC), 0)
    known = connection.execute("select 1 from duckdb_functions() where function_name = 'commune_reach_km'").fetchall()
    if not known:
        placing.know_places(connection)  # an import has done so already
        territories.define(connection)
    connection.execute(STAGING.read_text("utf-8"))
    execute(connection, "correction_records.sql")
    placing.locate(connection)
    execute(connection, "notice.sql")


def try_corrections(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `incoming` of the corrections that there are, without changing any event."""
    define_corrected_value(connection)
    execute(connection, "correction_spans.sql")
    stage_corrections(connection)


def _correct(connection: duckdb.DuckDBPyConnection) -> None:
    """Put people's corrections over what the sources say, which is kept beside for the next import and for taking them back."""
    _uncorrect(connection)
    if not connection.execute("select 1 from corrections limit 1").fetchall():
        connection.execute("truncate corrected_states")
        return
    define_corrected_value(connection)
    execute(connection, "correction_spans.sql")
    if connection.execute("select 1 from correction_values limit 1").fetchall():
        stage_corrections(connection)
        execute(connection, "correct.sql")


def _uncorrect(connection: duckdb.DuckDBPyConnection) -> None:
    """Take corrections back out of the events; planning that takes longer than finding that there are none."""
    if connection.execute("select 1 from source_states limit 1").fetchall():
        execute(connection, "uncorrect.sql")
    connection.execute("delete from findings where kind = 'correction_without_event'")


def is_anything_staged(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether the staging tables hold anything."""
    staged = ("staged_records", "staged_rejects", "staged_warnings")
    return any(connection.table(table).limit(1).fetchall() for table in staged)


def place(connection: duckdb.DuckDBPyConnection, places: PlaceMemory | None = None) -> None:
    """Make of the staged records events as they will stand, with their types; the file is read, not changed."""
    types.assign(connection)
    placing.locate(connection, places)


def merge(connection: duckdb.DuckDBPyConnection, accounts: Mapping[int, Account]) -> None:
    """Take the events that `place` made into the file, and into the accounts of the parts that they belong to."""
    execute(connection, "changes.sql")
    counts = connection.execute("select part, change, count(*) from changes group by all").fetchall()
    if any(change != "new" for _part, change, _n in counts):
        execute(connection, "replace.sql")
    execute(connection, "notice.sql")
    execute(connection, "merge.sql")
    accounting.count(connection, accounts, counts)
    for table in ("incoming", "keyed_records", "session_rows"):  # a large file is not to be held twice
        connection.execute(f"drop table {table}")


def _define(connection: duckdb.DuckDBPyConnection) -> None:
    for path in lake.MACROS:
        connection.execute(written_for_all(path.read_text("utf-8")))
