"""GeoJSON (RFC 7946): one feature per event, without geometry where its place is not known or online."""

from collections.abc import Iterator

import orjson

from campaign.exports import columns
from campaign.exports.formats.export import Export


def chunks(export: Export) -> Iterator[bytes]:
    """Yield the collection; what the file says of itself stands in foreign members before the features."""
    members = orjson.dumps(export.about.members()).removeprefix(b"{").removesuffix(b"}")
    yield b'{"type":"FeatureCollection",' + members + b',"features":['
    separator = b"\n"
    for batch in columns.batches(export.chosen):
        features = [orjson.dumps(_feature(row)) for row in columns.records(batch)]
        if features:
            yield separator + b",\n".join(features)
            separator = b",\n"
    yield b"\n]}\n"


def _feature(row: dict[str, object]) -> dict[str, object]:
    is_placed = row["lat"] is not None and row["lon"] is not None
    geometry = {"type": "Point", "coordinates": [row["lon"], row["lat"]]} if is_placed else None
    return {"type": "Feature", "id": row["event_id"], "geometry": geometry, "properties": row}
