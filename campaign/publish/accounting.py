"""The accounts of imports that are taken together, by the number of their part: opened, counted, closed and written."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import duckdb

from campaign.publish.account import Account, ImportOptions, Preview, Reject
from campaign.store.plans import written_for_all

HERE: Final = Path(__file__).parent
PREVIEWED: Final = 10  # events shown before an import is published


def open_accounts(
    connection: duckdb.DuckDBPyConnection, imports: Mapping[int, ImportOptions], imported_at: datetime, after: int
) -> dict[int, Account]:
    """Begin imports that are taken together, by the number of their part; return their accounts, numbered one after the other.

    The numbers are higher than `after` and than those of the file. The part of an import that is taken alone is 0, as it stands in
    the staging tables when nobody says another one.
    """
    row = connection.execute("select greatest(coalesce(max(import_id), 0), ?) from imports", [after]).fetchone()
    assert row is not None  # an aggregate always gives one row  # noqa: S101
    connection.execute((HERE / "accounts_opened.sql").read_text("utf-8"))
    accounts = {}
    values: list[object] = []
    for import_id, (part, options) in enumerate(imports.items(), int(row[0]) + 1):
        values += [
            part,
            import_id,
            imported_at,
            None if options.is_mixed else options.source,
            options.edition,
            options.is_demo,
            options.is_full,
            options.is_partial,
            options.is_emptied,
            options.chamber_region_2014,
            options.chamber_region_2016,
        ]
        accounts[part] = Account(import_id=import_id, edition=options.edition)
    marks = ", ".join([f"({', '.join('?' * 11)})"] * len(imports))
    connection.execute(f"insert into build_options values {marks}", values)  # noqa: S608
    return accounts


def count(
    connection: duckdb.DuckDBPyConnection, accounts: Mapping[int, Account], changes: Sequence[tuple[int, str, int]]
) -> None:
    """Add what was just taken to the accounts: `changes` are how many records of each part changed what."""
    for part, change, n_records in changes:
        accounts[part].add(change, n_records)
    if len(accounts) == 1:
        _preview(connection, next(iter(accounts.values())))
    for part, guessed, other in connection.execute(
        """
        select part, count(*) filter (type_is_guessed), count(*) filter (type = 'autre')
        from record_types inner join staged_records using (record_id) group by part
        """
    ).fetchall():
        accounts[part].guessed += guessed
        accounts[part].other += other
    for part, *reject in connection.execute(
        "select part, file, line, field, value, reason from staged_rejects order by part, file, line"
    ).fetchall():
        accounts[part].rejects.append(Reject(*reject))
    for part, kind, n_found in connection.execute(
        """
        select part, kind, count(distinct record_id) + count(*) filter (record_id is null)
        from arriving_findings group by part, kind
        """
    ).fetchall():
        accounts[part].warnings[kind] = accounts[part].warnings.get(kind, 0) + n_found
    for account in accounts.values():
        account.rejected = len(account.rejects)
        account.read = account.taken + account.rejected


def _preview(connection: duckdb.DuckDBPyConnection, account: Account) -> None:
    if len(account.preview) < PREVIEWED:
        connection.execute("set variable preview_rows = ?", [PREVIEWED - len(account.preview)])
        rows = connection.execute((HERE / "preview.sql").read_text("utf-8")).fetchall()
        account.preview += [Preview(*row) for row in rows]


def close_accounts(
    connection: duckdb.DuckDBPyConnection, accounts: Mapping[int, Account], imports: Mapping[int, ImportOptions]
) -> None:
    """Note the events that the sources no longer hold, and write each import that took any record or withdrew any event.

    A full export withdraws what it does not hold: kept, shown and counted no more.
    """
    execute(connection, "absent.sql")
    if any(imports[part].is_full for part in accounts):
        execute(connection, "withdraw.sql")
    for part, n_absent in connection.execute("select part, count(*) from absent_events group by part").fetchall():
        is_full = imports[part].is_full
        accounts[part].withdrawn = n_absent if is_full else 0
        accounts[part].warnings["withdrawn" if is_full else "absent_from_import"] = n_absent
    taken = {part: account for part, account in accounts.items() if account.taken or account.withdrawn}
    if taken:
        _write_accounts(connection, taken, imports)


def _write_accounts(
    connection: duckdb.DuckDBPyConnection, accounts: Mapping[int, Account], imports: Mapping[int, ImportOptions]
) -> None:
    columns = {
        "parts": list(accounts),
        "sources": [imports[part].source for part in accounts],
        "files": [list(imports[part].files) for part in accounts],
        "formats": [imports[part].format for part in accounts],
        "licences": [imports[part].licence for part in accounts],
        "read": [account.read for account in accounts.values()],
        "new": [account.new for account in accounts.values()],
        "updated": [account.updated for account in accounts.values()],
        "unchanged": [account.unchanged for account in accounts.values()],
        "rejected": [account.rejected for account in accounts.values()],
        "kinds": [list(account.warnings) for account in accounts.values()],
        "numbers": [list(account.warnings.values()) for account in accounts.values()],
        "ran_by": [imports[part].ran_by for part in accounts],
    }
    connection.execute((HERE / "accounts_closed.sql").read_text("utf-8"), columns)
    rejects = [
        (account.import_id, r.file, r.line, r.field, r.value, r.reason)
        for account in accounts.values()
        for r in account.rejects
    ]
    if rejects:
        connection.executemany("insert into rejects values (?, ?, ?, ?, ?, ?)", rejects)


def execute(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Run a file of statements of this folder."""
    connection.execute(written_for_all((HERE / name).read_text("utf-8")))
