"""`/api/v1/events.duckdb`: all counted events of all editions as one DuckDB file, of published columns only.

It holds what events.parquet holds for `edition=all`, the sources with their licences, the official figures and the data
dictionary; nothing unpublished, no contact. It is made once per published file, in a folder of the process's own.
"""

import shutil
import tempfile
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
from starlette.responses import Response

from campaign import store
from campaign.analysis.about import About, about, file_name
from campaign.api.answering import ApiCall, Streamed, refuse_others
from campaign.core import language
from campaign.exports import columns
from campaign.filters import Filters

CHUNK_BYTES: Final = 256 * 1024
STORAGE: Final = "v1.5.0"
MEDIA_TYPE: Final = "application/vnd.duckdb"

_making = threading.Lock()


def whole(call: ApiCall) -> Response:
    """Return the file of every edition; it takes no filter."""
    refuse_others(call)
    headers = {"Content-Disposition": f'attachment; filename="{file_name(Filters(), "duckdb")}"'}
    if call.is_head:
        return Response(media_type=MEDIA_TYPE, headers=headers)
    with _making:  # one at a time: others wait for the same file
        cached = _whole_file(store.reader().identity)
    return Streamed(_pieces(cached), MEDIA_TYPE, headers)


class _CachedFile:
    """A file in a folder that goes when the file is dropped from the cache and nobody reads it any more."""

    def __init__(self) -> None:
        folder = tempfile.mkdtemp(prefix="campaign-whole-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)  # also when the process ends
        self.path = Path(folder) / "evenements.duckdb"


@store.cached_per_file(maxsize=1)
def _whole_file(_file: store.Identity) -> _CachedFile:
    cached = _CachedFile()
    write(cached.path)
    return cached


def _pieces(cached: _CachedFile) -> Iterator[bytes]:
    with cached.path.open("rb") as file:
        while piece := file.read(CHUNK_BYTES):
            yield piece


def write(path: Path) -> None:
    """Write the file at `path`: tables events, sources, official_figures, dictionary, about. In bounded memory."""
    chosen = Filters()
    with language.use("fr"), duckdb.connect(":memory:") as connection:
        quoted = str(path).replace("'", "''")
        connection.execute(f"attach '{quoted}' as whole (storage_version '{STORAGE}')")
        connection.execute("use whole")
        is_first = True
        for batch in columns.batches(chosen):
            rows = pa.Table.from_batches([batch.select(list(columns.COLUMNS))])
            connection.register("rows", rows)
            if is_first:
                connection.execute("create table events as select * from rows limit 0")
            connection.execute("insert into events select * from rows")
            is_first = False
        _write_about(connection, about(Filters()))
        for name in columns.DICTIONARY:
            connection.execute(f"comment on column events.{name} is '{_described(name)}'")


def _write_about(connection: duckdb.DuckDBPyConnection, provenance: About) -> None:
    licences = pa.Table.from_pylist(store.query("licences").rows)
    figures = pa.Table.from_pylist(store.query("official_figures").rows)
    dictionary = pa.Table.from_pylist(
        [
            {"column_name": name, "kind": of.kind, "is_optional": of.is_optional, "description": of.description}
            for name, of in columns.DICTIONARY.items()
        ]
    )
    file = pa.Table.from_pylist(
        [
            {
                "source": provenance.source,
                "licence": provenance.licence,
                "is_demo": provenance.is_demo,
                "data_date": provenance.data_date,
            }
        ]
    )
    tables = {"sources": licences, "official_figures": figures, "dictionary": dictionary, "about": file}
    for name, rows in tables.items():
        connection.register("rows", rows)
        connection.execute(f"create table {name} as select * from rows")  # noqa: S608  names of our own


def _described(name: str) -> str:
    return columns.DICTIONARY[name].description.replace("'", "''")
