"""Small documents of agendas whose fields are the same, read as one: planning how to read one takes longer than reading it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

import duckdb
import orjson

from campaign.intake import scratch
from campaign.intake.gather import PLATFORM, Source

_LONG_NUMBER: Final = re.compile(rb"[0-9]{17}")
_PARTS: Final = ({"events"}, {"agenda", "events"})


def join(sources: Sequence[Source], folder: Path) -> list[tuple[Source, list[tuple[int, int]]]]:
    """Return the sources to read instead of these: of each, the numbers of those that it stands for, with how many items each has.

    Documents are joined if they hold nothing but a list of events and the agenda's fields, and these are the same.
    """
    alike: dict[bytes, list[tuple[int, list[Any], dict[str, Any]]]] = {}
    to_read: list[tuple[Source, list[tuple[int, int]]]] = []
    for number, source in enumerate(sources):
        document = _document(source)
        if document is None:
            to_read.append((source, [(number, 0)]))
            continue
        agenda = document.get("agenda") or {}
        fields = orjson.dumps([source.agenda, agenda.get("schema")], option=orjson.OPT_SORT_KEYS)
        alike.setdefault(fields, []).append((number, document.pop("events"), document))
    for group in alike.values():
        first = sources[group[0][0]]
        if len(group) == 1:
            to_read.append((first, [(group[0][0], 0)]))
            continue
        path = scratch.new_file(folder, "joined", ".json")
        path.write_bytes(
            orjson.dumps(group[0][2] | {"events": [event for _n, events, _d in group for event in events]})
        )
        to_read.append((replace(first, path=path), [(number, len(events)) for number, events, _d in group]))
    return to_read


def separate(connection: duckdb.DuckDBPyConnection, members: Sequence[tuple[int, int]], rows: str, table: str) -> None:
    """Add rows of a joined document to a table, each with its file's number and its place in that file."""
    sizes = [size for _number, size in members]
    starts = [0, *accumulate(sizes)]
    numbers = [number for number, _size in members]
    connection.execute(
        f"""
        insert into {table} by name
        select
            r.* replace ((r.line - f.starts)::integer as line),
            f.file_number,
        from {rows} as r
        asof inner join (
            select unnest($numbers::integer[]) as file_number, unnest($starts::integer[]) as starts
        ) as f on r.line > f.starts
        """,  # noqa: S608 - names of ours
        {"numbers": numbers, "starts": starts[: len(numbers)]},
    )


def _document(source: Source) -> dict[str, Any] | None:
    """Return a document that may be joined with others, None for another one."""
    if source.format != PLATFORM:
        return None
    content = source.path.read_bytes()
    if _LONG_NUMBER.search(content):
        return None  # it would not be written again as it stands
    try:
        document = orjson.loads(content)
    except orjson.JSONDecodeError:
        return None  # what is wrong with it is said when it is read alone
    if not isinstance(document, dict) or set(document) not in _PARTS or not isinstance(document["events"], list):
        return None
    return document if document["events"] and isinstance(document.get("agenda", {}), dict) else None
