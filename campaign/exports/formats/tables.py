"""CSV (RFC 4180, UTF-8), and the French Excel's: byte order mark, semicolons, headers in words, its dates and decimals.

No cell can be run as a formula. Themes stand in one cell, separated by `|`.
"""

import io
from collections.abc import Iterator
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from campaign.exports import columns, formulas
from campaign.exports.formats.export import Export
from campaign.wording.columns import name_of

BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
THEME_SEPARATOR: Final = "|"
LINE_END: Final = "\r\n"
# An instant in ISO 8601 as a French Excel reads it, at the same local hour; a cell of Excel knows no offset.
INSTANT: Final = r"^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d).*$"
FRENCH_INSTANT: Final = r"\3/\2/\1 \4"


def chunks(export: Export) -> Iterator[bytes]:
    """Yield the table: a line of column names, then one line per event."""
    is_french = export.dialect == "fr"
    separator = ";" if is_french else ","
    options = csv.WriteOptions(include_header=False, delimiter=separator, eol=LINE_END)
    header = [name_of(name) if is_french else name for name in columns.COLUMNS]
    yield (BYTE_ORDER_MARK if is_french else b"") + (separator.join(header) + LINE_END).encode()
    for batch in columns.batches(export.chosen):
        buffer = io.BytesIO()
        csv.write_csv(_cells(batch, is_french=is_french), buffer, options)
        yield buffer.getvalue()


def _cells(batch: pa.RecordBatch, *, is_french: bool) -> pa.RecordBatch:
    arrays = {name: batch.column(name) for name in columns.COLUMNS}
    for name, values in arrays.items():
        if pa.types.is_list(values.type):
            values = pc.binary_join(values, THEME_SEPARATOR)
        if pa.types.is_string(values.type):
            values = columns.harmless(values)
        arrays[name] = _in_french(name, values) if is_french else values
    return pa.RecordBatch.from_pydict(arrays)


def _in_french(name: str, values: pa.Array) -> pa.Array:
    """Return a column as a French Excel reads it: numbers and instants as such, texts that look like numbers as texts."""
    if pa.types.is_floating(values.type):
        return pc.replace_substring(pc.cast(values, pa.string()), ".", ",")
    if pa.types.is_boolean(values.type):
        return pc.if_else(values, "VRAI", "FAUX")
    if columns.DICTIONARY[name].kind == "instant":
        return pc.replace_substring_regex(values, INSTANT, FRENCH_INSTANT)
    return formulas.as_literal_text(values) if pa.types.is_string(values.type) else values
