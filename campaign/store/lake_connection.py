"""A connection to a lake: its address, the catalogue's PostgreSQL with DuckDB's extensions, and errors that hide the password."""

import importlib.util
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

from campaign.core.errors import LakeAwayError, StoreError
from campaign.core.language import say
from campaign.core.settings import LAKE_PREFIX, settings

EXTENSIONS: Final = ("postgres_scanner", "ducklake")
OBJECTS: Final = "s3://"  # files in an object store, for which one more extension is needed
SECRET: Final = re.compile(
    r"(password\s*=\s*)(?:'(?:[^'\\]|\\.)*'|\S+)|(?<=://)([^/\s:@]+):[^/\s@]+(?=@)", re.IGNORECASE
)
CONNECT_TIMEOUT_S: Final = "5"  # libpq's: without it a machine that is gone holds up readers for minutes


def address_of(db: Path) -> str:
    """Return a lake's address as it was given: a path has lost the second slash of `postgresql://`."""
    return re.sub(r"^(ducklake:(?:postgres:)?postgres(?:ql)?):/(?!/)", r"\1://", str(db))


def without_password(text: object) -> str:
    """Return a lake's address, or an error that quotes it, without the password that may stand in it."""
    return SECRET.sub(lambda match: f"{match[1] or f'{match[2]}:'}***", str(text))


@contextmanager
def connected(address: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Connect to the catalogue's PostgreSQL."""
    os.environ.setdefault("PGCONNECT_TIMEOUT", CONNECT_TIMEOUT_S)
    connection = duckdb.connect()
    try:
        with readable_errors():
            for name in EXTENSIONS:
                connection.execute(f"load {quoted(str(_extension(name)))}")
            if settings().lake_files.startswith(OBJECTS):
                connection.execute(f"load {quoted(str(_extension('httpfs')))}")
                connection.execute(_objects_secret())
            catalogue = address.removeprefix(LAKE_PREFIX)
            if not catalogue.startswith("postgres://"):
                catalogue = catalogue.removeprefix("postgres:")
            connection.execute(f"attach {quoted(catalogue)} as catalogue (type postgres)")
            connection.execute("set timezone = 'UTC'")
        yield connection
    finally:
        connection.close()


def attach(connection: duckdb.DuckDBPyConnection, address: str) -> None:
    """Attach the lake itself, made where its catalogue holds none."""
    # Rows kept in the catalogue itself are off: DuckLake of 1.5.5 cannot read nested ones back, and takes the process with it.
    options = ["data_inlining_row_limit 0"]
    if settings().lake_files:
        options.append(f"data_path {quoted(settings().lake_files)}")
    connection.execute(f"attach {quoted(address)} as lake ({', '.join(options)})")


def _objects_secret() -> str:
    """Return the statement that tells this connection alone how to reach the object store."""
    given = settings()
    options = {
        "key_id": given.lake_s3_key_id,
        "secret": given.lake_s3_secret.get_secret_value(),
        "region": given.lake_s3_region,
        "endpoint": given.lake_s3_endpoint.partition("://")[2] or given.lake_s3_endpoint,
    }
    parts = [f"{name} {quoted(value)}" for name, value in options.items() if value]
    if given.lake_s3_endpoint:
        is_plain = given.lake_s3_endpoint.startswith("http://")
        parts += ["url_style 'path'", f"use_ssl {str(not is_plain).lower()}"]
    return f"create secret (type s3, {', '.join(parts)})"


@contextmanager
def readable_errors() -> Iterator[None]:
    """Raise LakeAwayError for what DuckDB raises within the block."""
    try:
        yield
    except duckdb.Error as error:
        raise LakeAwayError(
            say("Le lac ne répond pas."),
            say("Vérifiez CAMPAIGN_DB, CAMPAIGN_LAKE_FILES et PostgreSQL."),
            detail=without_password(error),
        ) from error


def _extension(name: str) -> Path:
    spec = importlib.util.find_spec(f"duckdb_extension_{name}")
    if spec is None or not spec.submodule_search_locations:
        raise StoreError(
            say("L'extension {name} de DuckDB n'est pas installée.", name=name),
            say("Installez-la : pip install --require-hashes -r requirements-lake.lock"),
        )
    folder = Path(spec.submodule_search_locations[0])
    return folder / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"


def has_table(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Return whether the catalogue has a table of that name."""
    return bool(
        value_of(connection, f"from postgres_query('catalogue', 'select to_regclass(''{table}'') is not null')")
    )


def value_of(connection: duckdb.DuckDBPyConnection, sql: str) -> object:
    """Return the first value of the first row of a query; None without a row."""
    row = connection.execute(sql).fetchone()
    return row[0] if row else None


def quoted(text: str) -> str:
    """Return a text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"
