"""Imports of this process begin with a copy of a prepared file instead of reading all of data/ again: twice as fast.

Three steps of campaign/publish/ (pipeline.py, placing.py) are replaced: the empty event file (schema, definitions, reference data)
is copied from one that `prepare_new` made, the tables in which places are looked up are read from one that gazetteer.sql made, and
where a place is, is remembered as between syncs (campaign/publish/place_memory.py), within the process and not with --every-case.
tests/units/test_prepared.py and tests/units/test_place_memory.py hold that the files are the same; programs that tests start
take no short way.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb

from campaign.core.settings import DATA, settings
from campaign.publish import pipeline, place_memory, placing
from campaign.publish.place_memory import PlaceMemory
from campaign.publish.workspace import workspace
from tests import samples
from tests.kept import make_once

GAZETTEER: Final = pipeline.HERE / "gazetteer.sql"
CAMPAIGNS: Final = DATA / "campaigns"
TABLE: Final = "create or replace temp table "

begin_at_length = pipeline.begin
know_places_at_length = placing.know_places
locate_at_length = placing.locate
mark_at_length = place_memory._mark  # what takes longest of a recollection

_marks: dict[tuple[Any, ...], str] = {}


@contextmanager
def short_way() -> Iterator[None]:
    """Take the prepared files, and what the process remembers of places, until the block ends."""
    with tempfile.TemporaryDirectory(prefix="places-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")) as folder:

        def locate(connection: duckdb.DuckDBPyConnection, places: PlaceMemory | None = None) -> None:
            locate_at_length(connection, places or _memory(connection, Path(folder)))

        _take(_begin, _know_places, locate_at_length if samples.is_full else locate)
        try:
            yield
        finally:
            _take(begin_at_length, know_places_at_length, locate_at_length)


@contextmanager
def long_way() -> Iterator[None]:
    """Do all that an import does, until the block ends."""
    before = pipeline.begin, placing.know_places, placing.locate
    _take(begin_at_length, know_places_at_length, locate_at_length)
    try:
        yield
    finally:
        _take(*before)


def _take(*steps: Any) -> None:
    pipeline.begin, placing.know_places, placing.locate = steps


def _memory(connection: duckdb.DuckDBPyConnection, folder: Path) -> PlaceMemory:
    """Return what is remembered; the mark of all reference tables is made once for each that differ in a code."""
    codes = "select bit_xor(hash(commune_code, departement_code, region_2014_code, region_2016_code)) from communes"
    key = (settings().profile, *connection.execute(codes).fetchall())
    if key not in _marks:
        _marks[key] = mark_at_length(connection)
    place_memory._mark = lambda _connection: _marks[key]
    try:
        return PlaceMemory(connection, folder)
    finally:
        place_memory._mark = mark_at_length


def _begin(connection: duckdb.DuckDBPyConnection) -> None:
    """Put the prepared empty file in the place of the building copy; that of a folder that is none of data/ is made at length."""
    campaign = settings().profile
    if campaign.parent != CAMPAIGNS:
        begin_at_length(connection)
        return
    row = connection.execute("select path from duckdb_databases() where database_name = 'building'").fetchone()
    assert row is not None
    connection.execute("use memory")
    connection.execute("detach building")
    shutil.copyfile(make_once(f"empty_{campaign.name}", _make_empty) / "empty.duckdb", row[0])
    connection.execute(f"attach '{row[0].replace(chr(39), chr(39) * 2)}' as building")
    connection.execute("use building")


def _know_places(connection: duckdb.DuckDBPyConnection) -> None:
    """Look places up in the prepared tables; macros are temporary and made anew."""
    path = make_once("places", _make_places) / "places.duckdb"
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
