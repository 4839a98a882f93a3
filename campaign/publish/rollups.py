"""Counts kept ready are counted again where what they count has changed: most days of a followed source change texts alone."""

import hashlib

import duckdb

from campaign.publish.accounting import HERE, execute
from campaign.store import lake
from campaign.store.plans import written_for_all

COUNTS = "rollups.sql"
INPUTS = "rollup_inputs.sql"


def rebuild(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring all rollups up to date with the events of a building copy."""
    mark = _mark(connection)
    if mark != _kept_mark(connection):
        execute(connection, COUNTS)
        # a comment goes with the table: a table that was made anew has none, and is filled
        connection.execute(f"comment on column event_rollup.n_events is '{mark}'")
    execute(connection, "rollups_of_texts.sql")


def _mark(connection: duckdb.DuckDBPyConnection) -> str:
    """Return what stands for how the counts are made, and of what."""
    parts = [written_for_all((HERE / name).read_text("utf-8")) for name in (COUNTS, INPUTS)]
    parts += [path.read_text("utf-8") for path in lake.MACROS]
    inputs = connection.execute(parts[1]).fetchone()
    return hashlib.sha256(repr((parts, duckdb.__version__, inputs)).encode()).hexdigest()


def _kept_mark(connection: duckdb.DuckDBPyConnection) -> str | None:
    row = connection.execute(
        """
        select comment
        from duckdb_columns()
        where database_name = current_database() and table_name = 'event_rollup' and column_name = 'n_events'
        """
    ).fetchone()
    return None if row is None else row[0]
