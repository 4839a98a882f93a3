"""Small documents of agendas, read as one: planning how to read one takes longer than reading it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

import duckdb
import orjson

from campaign.intake.files import scratch
from campaign.intake.gather import PLATFORM, Source

_LONG_NUMBER: Final = re.compile(rb"[0-9]{17}")
_PARTS: Final = ({"events"}, {"agenda", "events"})


def join(sources: Sequence[Source], folder: Path) -> list[tuple[Source, list[tuple[int, int]]]]:
    """Return the sources to read instead of these: of each, the numbers of those that it stands for, with how many items each has.

    Documents are joined if they hold nothing but a list of events and the agenda's fields. Where these differ, the options that
    events name by a number are first replaced by their labels, each by those of its own agenda.
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
    groups = list(alike.values())
    if len(groups) > 1:
        differing = sorted((each for group in groups for each in group), key=lambda each: each[0])
        groups = [
            [(number, _labelled(sources[number], events, document), {}) for number, events, document in differing]
        ]
    for group in groups:
        first = sources[group[0][0]]
        if len(group) == 1:
            to_read.append((first, [(group[0][0], 0)]))
            continue
        path = scratch.new_file(folder, "joined", ".json")
        path.write_bytes(
            orjson.dumps(group[0][2] | {"events": [event for _n, events, _d in group for event in events]})
        )
        joined = replace(first, path=path, agenda=first.agenda if len(alike) == 1 else None)
        to_read.append((joined, [(number, len(events)) for number, events, _d in group]))
    return to_read


def _labelled(source: Source, events: list[Any], document: dict[str, Any]) -> list[Any]:
    """Return the events with labels in place of the options that their agenda explains."""
    from campaign.intake.readers import openagenda

    options = openagenda.labels_of(source.agenda or document.get("agenda"))
    for event in events if options else ():
        own = event.get("additionalFields") if isinstance(event, dict) else None
        for fields in (event, own):
            if isinstance(fields, dict):
                fields.update({slug: _label(fields[slug], options[slug]) for slug in options.keys() & fields.keys()})
    return events


def _label(value: Any, labels: Mapping[str, str]) -> Any:
    """Return a value of an agenda's own field, a list of them, with its label if it has one."""
    if isinstance(value, list):
        return [_label(item, labels) for item in value]
    given = value.get("id") if isinstance(value, dict) else value
    return labels.get(given if isinstance(given, str) else orjson.dumps(given).decode(), value)


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
