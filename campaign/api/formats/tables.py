"""CSV (RFC 4180, UTF-8), and the French Excel's: byte order mark, semicolons, decimal commas.

No cell can be run as a formula. Themes stand in one cell, separated by `|`.
"""

import io
from collections.abc import Iterator
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from campaign.api import columns
from campaign.api.formats.export import Export

BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
THEME_SEPARATOR: Final = "|"
LINE_END: Final = "\r\n"


def chunks(export: Export) -> Iterator[bytes]:
    """Yield the table: a line of column names, then one line per event."""
    is_french = export.dialect == "fr"
    options = csv.WriteOptions(include_header=False, delimiter=";" if is_french else ",", eol=LINE_END)
    header = (";" if is_french else ",").join(columns.COLUMNS) + LINE_END
    yield (BYTE_ORDER_MARK if is_french else b"") + header.encode()
    for batch in columns.batches(export.chosen):
        buffer = io.BytesIO()
        csv.write_csv(_cells(batch, decimal_comma=is_french), buffer, options)
        yield buffer.getvalue()


def _cells(batch: pa.RecordBatch, *, decimal_comma: bool) -> pa.RecordBatch:
    arrays = {name: batch.column(name) for name in columns.COLUMNS}
    for name, values in arrays.items():
        if pa.types.is_list(values.type):
            values = pc.binary_join(values, THEME_SEPARATOR)
        if pa.types.is_string(values.type):
            values = columns.harmless(values)
        elif decimal_comma and pa.types.is_floating(values.type):
            values = pc.replace_substring(pc.cast(values, pa.string()), ".", ",")
        arrays[name] = values
    return pa.RecordBatch.from_pydict(arrays)
