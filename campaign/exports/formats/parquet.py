"""GeoParquet (1.1): the columns, then the places as points, and in its metadata what the file says of itself.

Readers that know no geometry find a column of bytes (WKB) more.
"""

import io
import json
from collections.abc import Iterator
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from campaign.exports import columns
from campaign.exports.formats.export import Export

GEOMETRY: Final = "geometry"
# The coordinates' system is that of the standard when none is named: longitude and latitude, WGS 84.
GEO: Final = {
    "version": "1.1.0",
    "primary_column": GEOMETRY,
    "columns": {GEOMETRY: {"encoding": "WKB", "geometry_types": ["Point"]}},
}
# A point in well-known binary: little-endian, its type, longitude, latitude.
POINT: Final = np.dtype([("order", "u1"), ("type", "<u4"), ("lon", "<f8"), ("lat", "<f8")])
POINT_TYPE: Final = 1


class _Sink(io.RawIOBase):
    """Keeps what is written until it is taken."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        piece = bytes(memoryview(data))  # type: ignore[arg-type]  # whatever holds bytes
        self._pieces.append(piece)
        return len(piece)

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


def chunks(export: Export) -> Iterator[bytes]:
    """Yield the file, a row group per batch."""
    metadata = {
        "source": export.about.source,
        "licence": export.about.licence,
        "is_demo": str(export.about.is_demo).lower(),
        "data_date": export.about.data_date.isoformat() if export.about.data_date else "",
        "geo": json.dumps(GEO),
    }
    sink = _Sink()
    writer: parquet.ParquetWriter | None = None
    for batch in columns.batches(export.chosen):
        rows = batch.select(list(columns.COLUMNS)).append_column(GEOMETRY, points(batch["lat"], batch["lon"]))
        if writer is None:
            writer = parquet.ParquetWriter(sink, rows.schema.with_metadata(metadata), compression="zstd")
        writer.write_batch(rows)
        yield sink.take()
    if writer is not None:
        writer.close()
        yield sink.take()


def points(lat: pa.DoubleArray, lon: pa.DoubleArray) -> pa.BinaryArray:
    """Return places as points in well-known binary; null where one of the coordinates is."""
    is_placed = pc.and_(lat.is_valid(), lon.is_valid())
    packed = np.empty(pc.sum(is_placed, min_count=0).as_py(), POINT)
    packed["order"], packed["type"] = 1, POINT_TYPE
    packed["lon"], packed["lat"] = lon.filter(is_placed), lat.filter(is_placed)
    ends = np.cumsum(is_placed.to_numpy(zero_copy_only=False), dtype=np.int32) * POINT.itemsize
    offsets = np.concatenate(([0], ends)).astype(np.int32)
    mask = pa.array(is_placed).buffers()[1]
    return pa.BinaryArray.from_buffers(pa.binary(), len(lat), [mask, pa.py_buffer(offsets), pa.py_buffer(packed)])
