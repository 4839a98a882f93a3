"""Where places are, kept from one run of followed sources to the next: most of what changes there is not the place.

A place is what locate.sql reads of a record. What it is located by, the reference tables of the event file and the SQL of this
folder, is in the name of the memory's file, so that a memory of something else is none.
"""

import hashlib
from pathlib import Path
from typing import Final

import duckdb

from campaign.core.files import discard
from campaign.core.settings import DATA
from campaign.intake import countries
from campaign.publish.accounting import HERE, execute
from campaign.store import lake
from campaign.store.plans import written_for_all

N_KEPT: Final = 200_000  # places; beyond them only those of the last run that had a new one are kept
_CODE: Final = (
    "gazetteer.sql",
    "locate*.sql",
    "no_*.sql",
    "names.py",
    "unmatched_names.sql",
    "quarters.sql",
    "remember_places.sql",
)
_REFERENCE: Final = ("communes", "commune_aliases", "departements", "regions")
_OUTLINES: Final = DATA / "geo" / "departements.geojson"


class PlaceMemory:
    """The places that a folder remembers, in a building copy that pipeline.prepare made ready."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
        self._connection = connection
        self._file = folder / f"places-{_mark(connection)}.parquet"
        self._is_empty = True
        if self._file.exists():
            try:
                connection.execute(
                    "create or replace temp table remembered_places as from read_parquet(?)", [str(self._file)]
                )
            except duckdb.Error:  # cut short or damaged: it is written anew
                discard(self._file)
            else:
                self._is_empty = False

    def recall(self) -> bool:
        """Make what locate_points.sql makes, of place_records and given_places; False if not every place is remembered."""
        if self._is_empty:
            return False
        unknown = "select 1 from given_places where place_id not in (select place_id from remembered_places) limit 1"
        if self._connection.execute(unknown).fetchall():
            return False
        execute(self._connection, "recall_places.sql")
        return True

    def remember(self) -> None:
        """Keep what locate_points.sql made."""
        execute(self._connection, "remember_places.sql")
        if not self._is_empty:
            n_known = self._connection.execute("select count(*) from remembered_places").fetchall()[0][0]
            if n_known <= N_KEPT:
                self._connection.execute(
                    "insert into arriving_places from remembered_places where place_id not in (select place_id from arriving_places)"
                )
        self._connection.execute("create or replace temp table remembered_places as from arriving_places")
        self._is_empty = False
        self._file.parent.mkdir(parents=True, exist_ok=True)
        written = self._file.with_suffix(".new")
        self._connection.execute(
            f"copy remembered_places to '{str(written).replace(chr(39), chr(39) * 2)}' (format parquet)"
        )
        discard(*(path for path in self._file.parent.glob("places-*.parquet") if path != self._file))
        written.replace(self._file)


def _mark(connection: duckdb.DuckDBPyConnection) -> str:
    """Return what stands for all that the location of a place depends on, but for the place."""
    paths = sorted({path for name in _CODE for path in HERE.glob(name)})
    parts = [
        written_for_all(path.read_text("utf-8")) if path.suffix == ".sql" else path.read_text("utf-8") for path in paths
    ]
    parts += [path.read_text("utf-8") for path in lake.MACROS]
    outlines = _OUTLINES.stat()
    sums = ", ".join(f"(select sum(hash(r)) from {table} as r)" for table in _REFERENCE)  # noqa: S608 - names of ours
    reference = connection.execute(f"select {sums}").fetchone()
    marked = (
        parts,
        duckdb.__version__,
        outlines.st_size,
        outlines.st_mtime_ns,
        countries.codes(),
        countries.PREFIXES,
        reference,
    )
    return hashlib.sha256(repr(marked).encode()).hexdigest()[:16]
