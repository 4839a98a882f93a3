"""The database in which files are read, as large as they need."""

from pathlib import Path
from typing import Final

import duckdb

_SHARE: Final = (
    0.2  # of the address space, for what DuckDB holds; what is freed stays addressed, and libraries take as much
)
_THREADS: Final = 4  # each takes address space of its own
_SMALL: Final = 256 << 10  # bytes; of fewer, sharing the work between threads costs more than it gives
# Steps of planning that take longer than what they save of a few hundred records.
_LEFT_OUT: Final = "common_subexpressions,expression_rewriter"


def connect(folder: Path, memory_mb: int, n_bytes: int) -> duckdb.DuckDBPyConnection:
    """Open a database in memory in which so many bytes of files are read; `folder` is for what does not fit into its share of it."""
    connection = duckdb.connect()
    connection.execute("set memory_limit = ?", [f"{int(memory_mb * _SHARE)}MB"])
    connection.execute("set temp_directory = ?", [str(folder / "spilled")])
    connection.execute("set enable_progress_bar = false")
    connection.execute("set timezone = 'UTC'")
    threads = connection.execute("select current_setting('threads')").fetchall()[0][0]
    if n_bytes < _SMALL:
        connection.execute("set threads = 1")
        connection.execute("set disabled_optimizers = ?", [_LEFT_OUT])
    else:
        connection.execute(f"set threads = {min(_THREADS, int(threads))}")
    return connection
