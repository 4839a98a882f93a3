"""The database in which files are read, as large as they need."""

from pathlib import Path
from typing import Final

import duckdb
import orjson

from campaign.intake import HERE, STAGING, countries
from campaign.intake.fields import named_places

_SHARE: Final = (
    0.2  # of the address space, for what DuckDB holds; what is freed stays addressed, and libraries take as much
)
_THREADS: Final = 4  # each takes address space of its own
_SMALL: Final = 256 << 10  # bytes; of fewer, sharing the work between threads costs more than it gives
# Steps of planning that take longer than what they save of a few hundred records.
_LEFT_OUT: Final = "common_subexpressions,expression_rewriter"


_ready: Final[list[duckdb.DuckDBPyConnection]] = []


def prepare() -> None:
    """Make a database ready for the next `connect` of this process, before it is known what is to be read."""
    _ready.append(_defined())


def connect(folder: Path, memory_mb: int, n_bytes: int) -> duckdb.DuckDBPyConnection:
    """Open a database in memory in which so many bytes of files are read; `folder` is for what does not fit into its share of it."""
    connection = _ready.pop() if _ready else _defined()
    connection.execute("set memory_limit = ?", [f"{int(memory_mb * _SHARE)}MB"])
    connection.execute("set temp_directory = ?", [str(folder / "spilled")])
    threads = connection.execute("select current_setting('threads')").fetchall()[0][0]
    if n_bytes < _SMALL:
        connection.execute("set threads = 1")
        connection.execute("set disabled_optimizers = ?", [_LEFT_OUT])
    else:
        connection.execute(f"set threads = {min(_THREADS, int(threads))}")
    return connection


def _defined() -> duckdb.DuckDBPyConnection:
    """Return a database with the staging tables, empty, and what the SQL of reading is written in."""
    connection = duckdb.connect()
    connection.execute("set enable_progress_bar = false")
    connection.execute("set timezone = 'UTC'")
    connection.execute(STAGING.read_text("utf-8"))
    for macros in ("text.sql", "timings.sql"):
        connection.execute((HERE / macros).read_text("utf-8"))
    # one text each: of a list of parameters every item is looked at
    for variable, kind, names in (
        ("countries", "map(varchar, varchar)", countries.codes()),
        ("territories", "varchar[]", named_places.territories()),
        ("large_towns", "varchar[]", named_places.large_towns()),
        ("towns", "varchar[]", named_places.towns(connection)),
    ):
        statement = f"set variable intake_{variable} = $names::json::{kind}"
        connection.execute(statement, {"names": orjson.dumps(names).decode()})
    return connection
