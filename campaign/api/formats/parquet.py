"""Parquet, with what the file says of itself in its metadata."""

import io
from collections.abc import Iterator

from pyarrow import parquet

from campaign.api import columns
from campaign.api.formats.export import Export


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
    }
    sink = _Sink()
    writer: parquet.ParquetWriter | None = None
    for batch in columns.batches(export.chosen):
        rows = batch.select(list(columns.COLUMNS))
        if writer is None:
            writer = parquet.ParquetWriter(sink, rows.schema.with_metadata(metadata), compression="zstd")
        writer.write_batch(rows)
        yield sink.take()
    if writer is not None:
        writer.close()
        yield sink.take()
