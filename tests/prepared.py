"""Imports of this process begin with a copy of a prepared file instead of reading all of data/ again: twice as fast.

Two steps of campaign/publish/pipeline.py are replaced: the empty event file (schema, definitions, reference data) is copied
from one that `prepare_new` made, and the tables in which places are looked up are read from one that gazetteer.sql made.
tests/units/test_prepared.py holds that the files are the same; programs that tests start take no short way.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

from campaign.core.settings import DATA, settings
from campaign.publish import pipeline
from campaign.publish.workspace import workspace
from tests.kept import kept

GAZETTEER: Final = pipeline.HERE / "gazetteer.sql"
CAMPAIGNS: Final = DATA / "campaigns"
TABLE: Final = "create or replace temp table "

begin_at_length = pipeline.begin
know_places_at_length = pipeline.know_places


@contextmanager
def short_way() -> Iterator[None]:
    """Take the prepared files until the block ends."""
    pipeline.begin, pipeline.know_places = _begin, _know_places
    try:
        yield
    finally:
        pipeline.begin, pipeline.know_places = begin_at_length, know_places_at_length


@contextmanager
def long_way() -> Iterator[None]:
    """Do all that an import does, until the block ends."""
    pipeline.begin, pipeline.know_places = begin_at_length, know_places_at_length
    try:
        yield
    finally:
        pipeline.begin, pipeline.know_places = _begin, _know_places


def _begin(connection: duckdb.DuckDBPyConnection) -> None:
    """Put the prepared empty file in the place of the building copy; that of a folder that is none of data/ is made at length."""
    campaign = settings().profile
    if campaign.parent != CAMPAIGNS:
        begin_at_length(connection)
        return
    found = connection.execute("select path from duckdb_databases() where database_name = 'building'").fetchone()
    assert found is not None
    connection.execute("use memory")
    connection.execute("detach building")
    shutil.copyfile(kept(f"empty_{campaign.name}", _make_empty) / "empty.duckdb", found[0])
    connection.execute(f"attach '{found[0].replace(chr(39), chr(39) * 2)}' as building")
    connection.execute("use building")


def _know_places(connection: duckdb.DuckDBPyConnection) -> None:
    """Look places up in the prepared tables; macros are temporary and made anew."""
    path = kept("places", _make_places) / "places.duckdb"
    connection.execute("set threads = 1")  # a few records are no work for two, and other workers want the other core
    connection.execute(f"attach '{path}' as places (read_only)")
    for (name,) in connection.execute(
        "select table_name from duckdb_tables() where database_name = 'places'"
    ).fetchall():
        connection.execute(f"create or replace temp view {name} as from places.main.{name}")
    connection.execute("set variable data = $data", {"data": DATA.as_posix()})
    for statement in duckdb.extract_statements(GAZETTEER.read_text("utf-8")):
        if TABLE not in statement.query:
            connection.execute(statement)


def _make_empty(folder: Path) -> None:
    with workspace(folder / "empty.duckdb", fresh=True) as work:
        begin_at_length(work.connection)
        work.publish()


def _make_places(folder: Path) -> None:
    with workspace(folder / "built.duckdb", fresh=True) as work:
        begin_at_length(work.connection)
        know_places_at_length(work.connection)
        work.connection.execute(f"attach '{folder / 'places.duckdb'}' as places")
        for (name,) in work.connection.execute(
            "select table_name from duckdb_tables() where temporary and schema_name = 'main'"
        ).fetchall():
            work.connection.execute(f"create table places.{name} as from {name}")
        work.connection.execute("detach places")
