"""From staged records to a published event file: the one path that demonstration and import share.

records → normalise → locate → check → merge → rollups → publish by rename.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from campaign.core.errors import AssertionFailedError, StoreError
from campaign.core.settings import DATA
from campaign.intake import STAGING, countries, types
from campaign.profile import profile
from campaign.publish import families, names, reference, territories, trail
from campaign.publish.account import Account, ImportOptions, Preview, Reject
from campaign.publish.workspace import workspace
from campaign.store import lake, refuse_other_campaign
from campaign.store.plans import written_for_all
from campaign.store.version import SCHEMA_VERSION as SCHEMA_VERSION

HERE = Path(__file__).parent
PREVIEWED = 10  # events shown before an import is published

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
) -> Account:
    """Take records into the event file and publish it; return the account.

    `stages` are called in turn, each filling the staging tables of a building connection (campaign/intake/staging.sql);
    a large source comes in several of them so that memory stays bounded. Everything is published together or nothing.
    `observe` is called after each stage, while what it staged and its findings are there. Without a record taken nothing is
    published. Raises AssertionFailedError when a key or check does not hold.
    """
    with workspace(db, fresh=fresh) as work:
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
            note_import(db, options, account)
    return account


def note_import(db: Path, options: ImportOptions, account: Account) -> None:
    """Write a published import to the trail of actions."""
    trail.record(
        db,
        "import",
        by=options.ran_by,
        import_id=account.import_id,
        source=options.source,
        files=options.files,
        counts={"new": account.new, "updated": account.updated, "withdrawn": account.withdrawn},
    )


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
    account = _open_account(connection, options, imported_at or datetime.now(UTC), 0 if options.is_demo else after)
    for stage in stages:
        if _take(connection, stage, account):
            observe(connection)
    if account.taken:
        _notice_absent(connection, options, account)
        _close_account(connection, options, account)
    return account


def finish(connection: duckdb.DuckDBPyConnection) -> None:
    """Rebuild what depends on all events (corrections, demonstration withheld or not, rollups), and assert the keys and checks."""
    _correct(connection)
    _execute(connection, "finish.sql")
    families.define(connection)
    _execute(connection, "organisers.sql")
    _execute(connection, "duplicates.sql")
    _execute(connection, "rollups.sql")
    for path in sorted((HERE / "assertions").glob("*.sql")):
        offenders = connection.execute(written_for_all(path.read_text("utf-8"))).fetchall()
        if offenders:
            raise AssertionFailedError(
                f"Contrôle « {path.stem} » en échec sur {len(offenders)} ligne(s), par exemple {offenders[0]}.",
                "Le fichier publié est inchangé ; signalez ce cas avec le fichier importé.",
            )


def open_existing(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring a building copy's definitions up to date; raises StoreError if its schema is another one's."""
    found = connection.execute("select schema_version from file_info").fetchone()
    if found is None or found[0] != SCHEMA_VERSION:
        raise StoreError("Ce fichier d'événements est d'une autre version.", "Mettez-le à niveau : campaign migrate.")
    slug = connection.execute("select profile from file_info").fetchall()[0][0]
    refuse_other_campaign(str(slug))
    _define(connection)
    _execute(connection, "uncorrect.sql")


def prepare_new(connection: duckdb.DuckDBPyConnection) -> None:
    """Make an empty event file of this version: tables, definitions, reference data."""
    prepare(connection, is_new=True)


def prepare(connection: duckdb.DuckDBPyConnection, *, is_new: bool) -> None:
    """Make a building copy ready to take imports: an empty one gets its tables and reference data."""
    if is_new:
        begin(connection)
        connection.execute(
            "insert into file_info values (?, now(), false, null, 0, null, ?)", [SCHEMA_VERSION, profile().id]
        )
    else:
        open_existing(connection)
    know_places(connection)
    territories.define(connection)
    types.load(connection)


def begin(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables, the definitions and the reference data of an event file."""
    connection.execute((DATA / "schema.sql").read_text("utf-8"))
    _define(connection)
    reference.load(connection)


def know_places(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary tables in which places are looked up."""
    connection.execute("set variable data = $data", {"data": DATA.as_posix()})
    names = {name: code for name, code in countries.codes().items() if code not in countries.FRENCH}
    connection.execute("create or replace temp table country_keys (key varchar, country_code varchar)")
    connection.execute("insert into country_keys select unnest(?::varchar[]), unnest(?::varchar[])", _columns(names))
    connection.execute("create or replace temp table country_prefixes (prefix varchar, country_code varchar)")
    connection.execute(
        "insert into country_prefixes select unnest(?::varchar[]), unnest(?::varchar[])", _columns(countries.PREFIXES)
    )
    _execute(connection, "gazetteer.sql")


def _columns(table: dict[str, str]) -> list[list[str]]:
    return [list(table), list(table.values())]


def locate(connection: duckdb.DuckDBPyConnection) -> None:
    """Make of the staged records, whose types are known, events as they will stand: `incoming` and `incoming_sessions`."""
    _execute(connection, "locate.sql")
    names.match_misspelt(connection)
    _execute(connection, "locate_points.sql")
    _execute(connection, "normalise.sql")


def define_corrected_value(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the macro that writes what an event says in a field as a correction is written."""
    _execute(connection, "corrected_value.sql")


def stage_corrections(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `incoming` of the spans and values of corrections: events as they would stand; nothing of the file is changed."""
    _open_account(connection, ImportOptions(source="", format="", files=(), is_mixed=True), datetime.now(UTC), 0)
    known = connection.execute("select 1 from duckdb_functions() where function_name = 'commune_reach_km'").fetchall()
    if not known:
        know_places(connection)  # an import has done so already
        territories.define(connection)
    connection.execute(STAGING.read_text("utf-8"))
    _execute(connection, "correction_records.sql")
    locate(connection)
    _execute(connection, "notice.sql")


def try_corrections(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `incoming` of the corrections that there are, without changing any event."""
    define_corrected_value(connection)
    _execute(connection, "correction_spans.sql")
    stage_corrections(connection)


def _correct(connection: duckdb.DuckDBPyConnection) -> None:
    """Put people's corrections over what the sources say, which is kept beside for the next import and for taking them back."""
    _execute(connection, "uncorrect.sql")
    if not connection.execute("select 1 from corrections limit 1").fetchall():
        connection.execute("truncate corrected_states")
        return
    define_corrected_value(connection)
    _execute(connection, "correction_spans.sql")
    if connection.execute("select 1 from correction_values limit 1").fetchall():
        stage_corrections(connection)
        _execute(connection, "correct.sql")


def _open_account(
    connection: duckdb.DuckDBPyConnection, options: ImportOptions, imported_at: datetime, after: int
) -> Account:
    row = connection.execute("select greatest(coalesce(max(import_id), 0), ?) + 1 from imports", [after]).fetchone()
    assert row is not None  # an aggregate always gives one row  # noqa: S101
    import_id = int(row[0])
    connection.execute(
        """
        create or replace temp table build_options as
        select
            $import_id::integer as import_id,
            $imported_at::timestamptz as imported_at,
            $source::varchar as source,
            $edition::smallint as edition,
            $is_demo::boolean as is_demo,
            $is_full::boolean as is_full,
            $is_partial::boolean as is_partial,
            $region_2014::varchar as chamber_region_2014_code,
            $region_2016::varchar as chamber_region_2016_code
        """,
        {
            "import_id": import_id,
            "imported_at": imported_at,
            "source": None if options.is_mixed else options.source,
            "edition": options.edition,
            "is_demo": options.is_demo,
            "is_full": options.is_full,
            "is_partial": options.is_partial,
            "region_2014": options.chamber_region_2014,
            "region_2016": options.chamber_region_2016,
        },
    )
    connection.execute(
        "create or replace temp table came_back (event_id varchar not null, last_import_id integer not null)"
    )
    return Account(import_id=import_id, edition=options.edition)


def _take(connection: duckdb.DuckDBPyConnection, stage: Stage, account: Account) -> bool:
    """Take what a stage reads; tell whether there was anything."""
    connection.execute(STAGING.read_text("utf-8"))
    stage(connection)
    staged = ("staged_records", "staged_rejects", "staged_warnings")
    if not any(connection.table(table).limit(1).fetchall() for table in staged):
        return False
    types.assign(connection)
    locate(connection)
    _execute(connection, "changes.sql")
    counts = dict(connection.execute("select change, count(*) from changes group by change").fetchall())
    if counts.get("updated") or counts.get("unchanged"):
        _execute(connection, "replace.sql")
    _execute(connection, "notice.sql")
    _execute(connection, "merge.sql")
    account.new += counts.get("new", 0)
    account.updated += counts.get("updated", 0)
    account.unchanged += counts.get("unchanged", 0)
    types_found = "select count(*) filter (type_is_guessed), count(*) filter (type = 'autre') from record_types"
    if len(account.preview) < PREVIEWED:
        connection.execute("set variable preview_rows = ?", [PREVIEWED - len(account.preview)])
        rows = connection.execute((HERE / "preview.sql").read_text("utf-8")).fetchall()
        account.preview += [Preview(*row) for row in rows]
    for table in ("incoming", "incoming_sessions"):  # a large file is not to be held twice
        connection.execute(f"drop table {table}")
    guessed, other = connection.execute(types_found).fetchall()[0]
    account.guessed += guessed
    account.other += other
    for row in connection.execute("from staged_rejects order by file, line").fetchall():
        account.rejects.append(Reject(*row))
    account.rejected = len(account.rejects)
    account.read = account.new + account.updated + account.unchanged + account.rejected
    for kind, n_found in connection.execute(
        "select kind, count(distinct record_id) + count(*) filter (record_id is null) from arriving_findings group by kind"
    ).fetchall():
        account.warnings[kind] = account.warnings.get(kind, 0) + n_found
    return True


def _notice_absent(connection: duckdb.DuckDBPyConnection, options: ImportOptions, account: Account) -> None:
    """Note the events that this source no longer holds; a full export withdraws them: kept, shown and counted no more."""
    _execute(connection, "absent.sql")
    if options.is_full:
        _execute(connection, "withdraw.sql")
    row = connection.execute("select count(*) from absent_events").fetchone()
    if row is not None and row[0]:
        account.withdrawn = row[0] if options.is_full else 0
        account.warnings["withdrawn" if options.is_full else "absent_from_import"] = row[0]


def _close_account(connection: duckdb.DuckDBPyConnection, options: ImportOptions, account: Account) -> None:
    connection.execute(
        """
        insert into imports by name
        select
            import_id,
            imported_at,
            coalesce(source, $source) as source,
            is_demo,
            edition,
            is_full,
            $files::varchar[] as files,
            $format::varchar as format,
            $licence::varchar as licence,
            $read::integer as n_read,
            $new::integer as n_new,
            $updated::integer as n_updated,
            $unchanged::integer as n_unchanged,
            $rejected::integer as n_rejected,
            map($kinds::varchar[], $numbers::integer[]) as warnings,
            $ran_by::varchar as ran_by,
        from build_options
        """,
        {
            "source": options.source,
            "files": list(options.files),
            "format": options.format,
            "licence": options.licence,
            "read": account.read,
            "new": account.new,
            "updated": account.updated,
            "unchanged": account.unchanged,
            "rejected": account.rejected,
            "kinds": list(account.warnings),
            "numbers": list(account.warnings.values()),
            "ran_by": options.ran_by,
        },
    )
    if account.rejects:
        connection.executemany(
            "insert into rejects values (?, ?, ?, ?, ?, ?)",
            [(account.import_id, r.file, r.line, r.field, r.value, r.reason) for r in account.rejects],
        )


def _define(connection: duckdb.DuckDBPyConnection) -> None:
    for path in lake.MACROS:
        connection.execute(written_for_all(path.read_text("utf-8")))


def _execute(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    connection.execute(written_for_all((HERE / name).read_text("utf-8")))
