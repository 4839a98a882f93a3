"""A drawing as a file: SVG with real text, PNG at twice its size, or its rows as CSV."""

import csv
import io
from dataclasses import replace
from datetime import date
from typing import Final

from campaign import store
from campaign.analysis.about import file_name
from campaign.analysis.figures import gather
from campaign.charts.picture import png
from campaign.charts.sheet import SIZES, Drawing, render
from campaign.core.language import current
from campaign.core.settings import settings
from campaign.drawings.catalogue import COLUMNS, drawing
from campaign.exports.formulas import defused
from campaign.filters import Filters

Options = tuple[tuple[str, str], ...]

MEDIA_TYPES: Final = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}


def exported(name: str, extension: str, chosen: Filters, size: str, options: Options = ()) -> bytes:
    """Return the file of a drawing in the current language, kept as long as the event file and the day stay; KeyError if unknown."""
    return _exported(
        store.reader().identity, current(), settings().current_day(), name, extension, chosen, size, options
    )


@store.cached_per_file(maxsize=128)
def _exported(
    _file: store.Identity,
    _language: str,
    _day: date,
    name: str,
    extension: str,
    chosen: Filters,
    size: str,
    options: Options,
) -> bytes:
    drawn = drawing(name, replace(gather(chosen), options=options))
    if extension == "csv":
        return rows_csv(drawn)
    document = render(drawn, SIZES[size])
    return document.encode() if extension == "svg" else png(document, SIZES[size])


def rows_csv(drawn: Drawing) -> bytes:
    """Return the rows as CSV with a byte order mark; a cell that a spreadsheet would run is led by an apostrophe."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, fieldnames=list(drawn.rows[0]) if drawn.rows else COLUMNS)
    writer.writeheader()
    writer.writerows({key: _guarded(value) for key, value in row.items()} for row in drawn.rows)
    return stream.getvalue().encode("utf-8-sig")


def _guarded(value: object) -> object:
    return defused(value) if isinstance(value, str) else value


def name_of(name: str, extension: str, chosen: Filters, size: str) -> str:
    """Return the file's name, `<slug>-2014-bretagne-carte-20141112.svg`."""
    sized_name = f"{name}-{size}" if extension != "csv" and size != "a4" else name
    return file_name(chosen, extension).replace("-evenements-", f"-{sized_name}-")
