"""The events of the filters as one file, in every format: the same rows for the addresses and for `campaign export`."""

from collections.abc import Callable, Iterator
from contextvars import Context, copy_context
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, Final

from campaign import store
from campaign.analysis.about import about
from campaign.core import language
from campaign.core.language import mark
from campaign.core.settings import settings
from campaign.exports.formats import calendar, document, feed, geography, parquet, tables, workbook
from campaign.exports.formats.export import Export as Export
from campaign.filters import Filters

LOCAL_ADDRESS: Final = "http://localhost:8501"


@dataclass(frozen=True)
class Format:
    """A file format: `chunks` writes it piece by piece; `parameters` are those of its address beside the filters.

    `name` and `purpose` say in French what it is and whom it serves.
    """

    name: str
    purpose: str
    media_type: str
    chunks: Callable[[Export], Iterator[bytes]]
    parameters: tuple[str, ...] = ()
    is_attached: bool = True


FORMATS: Final = {
    "csv": Format(
        mark("CSV"),
        mark("pour tous les outils : UTF-8, virgules, points décimaux"),
        "text/csv; charset=utf-8",
        tables.chunks,
        parameters=("dialect",),
    ),
    "xlsx": Format(
        mark("Excel (XLSX)"),
        mark("un classeur, avec une feuille de source et de licence"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        workbook.chunks,
    ),
    "geojson": Format(
        mark("GeoJSON"), mark("pour une carte : QGIS, uMap, geopandas"), "application/geo+json", geography.chunks
    ),
    "parquet": Format(
        mark("GeoParquet"),
        mark("pour calculer vite, avec les points : DuckDB, pandas, geopandas, R"),
        "application/vnd.apache.parquet",
        parquet.chunks,
    ),
    "ics": Format(
        mark("Calendrier (iCalendar)"),
        mark("un abonnement pour un agenda ; les annulés y sont barrés"),
        "text/calendar; charset=utf-8",
        calendar.chunks,
    ),
    "rss": Format(
        mark("Flux RSS"),
        mark("les derniers changements d'abord"),
        "application/rss+xml; charset=utf-8",
        feed.chunks,
        parameters=("limit",),
        is_attached=False,
    ),
}

# The whole list as JSON: a command writes it in one piece, an address gives it by pages.
BY_PAGES: Final = {
    "json": Format(mark("JSON"), mark("par pages de 1 000 au plus : limit, after"), "application/json", document.chunks)
}

# What a command writes.
WRITTEN: Final = FORMATS | BY_PAGES


def write(format: str, chosen: Filters, stream: BinaryIO, dialect: str | None = None) -> None:
    """Write the counted events of the filters to `stream` in a format of WRITTEN (KeyError if unknown).

    Rows, columns and order are those of the addresses; `dialect` "fr" is the French Excel's CSV. In bounded memory.
    """
    with store.snapshot(), language.use(chosen.lang):
        export = Export(chosen, about(chosen), settings().public_url.rstrip("/") or LOCAL_ADDRESS, dialect=dialect)
        for chunk in WRITTEN[format].chunks(export):
            stream.write(chunk)


def started(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Return the chunks with the first two made already (a head, then rows): an error comes before the answer's head.

    The others are made in this same context, whatever thread asks for them: language and snapshot stay.
    """
    context = copy_context()
    first = context.run(lambda: b"".join(islice(chunks, 2)))
    return _followed(first, chunks, context)


def _followed(first: bytes, chunks: Iterator[bytes], context: Context) -> Iterator[bytes]:
    chunk = first
    while chunk:
        yield chunk
        chunk = context.run(_next_filled, chunks)


def _next_filled(chunks: Iterator[bytes]) -> bytes:
    return next((chunk for chunk in chunks if chunk), b"")
