"""The tables and columns that an event file of this version has, as data/schema.sql makes them."""

from functools import cache

import duckdb

from campaign.core.settings import DATA


@cache
def wanted() -> frozenset[tuple[str, str]]:
    """Return the columns of this version's schema, each with its table."""
    with duckdb.connect(":memory:") as connection:
        connection.execute((DATA / "schema.sql").read_text("utf-8"))
        return columns(connection, "memory")


def columns(connection: duckdb.DuckDBPyConnection, database: str) -> frozenset[tuple[str, str]]:
    """Return the columns of a database's tables, each with its table."""
    asked = "select table_name, column_name from duckdb_columns() where database_name = $1 and not internal"
    return frozenset(connection.execute(asked, [database]).fetchall())


def missing(connection: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    """Return the columns that a file lacks which says that it is of this version: one of a state between two versions."""
    return sorted(f"{table}.{column}" for table, column in wanted() - columns(connection, database))
