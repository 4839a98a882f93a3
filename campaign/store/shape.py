"""The tables and columns that an event file of this version has, as data/schema.sql makes them."""

import re
from functools import cache
from typing import Final

import duckdb

from campaign.core.settings import DATA

# As the statements of data/schema.sql are written: to make its tables takes longer than to look into a file.
_TABLE: Final = re.compile(r"^create table (\w+) (?:\((.*?)^\)|as\nselect(.*?)^from\b)", re.MULTILINE | re.DOTALL)
_COLUMN: Final = re.compile(r"^ {4}(?!(?:primary key|foreign key|unique|check)\b)(\w+) ", re.MULTILINE)
_SELECTED: Final = re.compile(r"^ {4}.*?(\w+),$", re.MULTILINE)


@cache
def wanted() -> frozenset[tuple[str, str]]:
    """Return the columns of this version's schema, each with its table."""
    return frozenset(
        (table.group(1), column)
        for table in _TABLE.finditer((DATA / "schema.sql").read_text("utf-8"))
        for column in (_COLUMN.findall(table.group(2)) if table.group(2) else _SELECTED.findall(table.group(3)))
    )


def columns(connection: duckdb.DuckDBPyConnection, database: str) -> frozenset[tuple[str, str]]:
    """Return the columns of a database's tables, each with its table."""
    statement = "select table_name, column_name from duckdb_columns() where database_name = $1 and not internal"
    return frozenset(connection.execute(statement, [database]).fetchall())


def missing(connection: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    """Return the columns that a file lacks which says that it is of this version: one of a state between two versions."""
    return sorted(f"{table}.{column}" for table, column in wanted() - columns(connection, database))
