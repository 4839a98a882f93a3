"""Whether an event file is whole: cheaply at every opening, and by reading every block before readers switch to a new one.

Reading one table proves nothing of the others, and DuckDB checks a block's sum only when it reads it: a file that was cut short
opens well, and fails in some answers.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

from campaign.core.errors import DamagedError
from campaign.core.language import say
from campaign.core.settings import settings

HEADERS: Final = 3 * 4096  # bytes before the first block
# What DuckDB raises where a file's bytes are not those that were written.
DAMAGES: Final = (duckdb.IOException, duckdb.SerializationException, duckdb.InternalException, duckdb.FatalException)


def refuse_cut(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    """Raise DamagedError if an attached file is shorter than the blocks that it uses; nothing is read for that.

    Free blocks at its end may be missing from a good file.
    """
    sizes = connection.execute(
        "select block_size, used_blocks from pragma_database_size() where database_name = $name", {"name": name}
    ).fetchone()
    block_size, n_blocks = sizes or (0, 0)
    if path.stat().st_size < HEADERS + int(block_size) * int(n_blocks):
        raise damaged(path, "coupé")


def read(path: Path) -> None:
    """Read every table of an event file once; raises DamagedError where a block is not what was written."""
    with readable(path), duckdb.connect(":memory:") as connection:
        connection.execute("set memory_limit = ?", [settings().reader_memory])
        connection.execute("set threads = 1")  # readers go on meanwhile
        quoted = str(path).replace("'", "''")
        connection.execute(f"attach '{quoted}' as examined (read_only)")
        refuse_cut(connection, "examined", path)
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'examined' order by all"
        ).fetchall()
        for schema, table in tables:
            connection.execute(f'select bit_xor(hash(row)) from examined."{schema}"."{table}" as row').fetchall()  # noqa: S608


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn what DuckDB raises of a damaged file into a DamagedError that names it."""
    try:
        yield
    except (*DAMAGES, OSError) as error:
        raise damaged(path, error) from error


def damaged(path: Path, detail: object) -> DamagedError:
    """Return the error of a file that is not what was written."""
    return DamagedError(
        say("Le fichier d'événements {name} est abîmé ou incomplet.", name=path.name),
        say("Remettez une sauvegarde (campaign restore), ou importez de nouveau les fichiers d'origine."),
        detail=detail,
    )
