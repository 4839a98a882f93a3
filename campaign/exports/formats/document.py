"""The whole list as one JSON document, in the shape of a page of events.json, each event with all its sessions."""

from collections.abc import Iterator

import orjson

from campaign import store
from campaign.exports import columns
from campaign.exports.formats.export import Export


def chunks(export: Export) -> Iterator[bytes]:
    """Yield `{total, after, events, …}` with every event; `after` is null, for there is no page after it."""
    total = store.query("event_totals", chosen=export.chosen).one["n_events"]
    members = orjson.dumps(export.about.members()).removeprefix(b"{").removesuffix(b"}")
    yield b'{"total":' + orjson.dumps(total) + b',"after":null,' + members + b',"events":['
    separator = b"\n"
    for batch in columns.batches(export.chosen):
        rows = columns.records(batch)
        session_rows = store.query(
            "sessions_listed", chosen=export.chosen, ids=tuple(row["event_id"] for row in rows)
        ).rows
        sessions = {each["event_id"]: each["sessions"] for each in session_rows}
        if events := [orjson.dumps({**row, "sessions": sessions.get(row["event_id"])}) for row in rows]:
            yield separator + b",\n".join(events)
            separator = b",\n"
    yield b"\n]}\n"
