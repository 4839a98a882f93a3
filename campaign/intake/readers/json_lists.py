"""Where the events of a JSON document stand: one list of objects, several under towns or months, lists in lists, rows of cells."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from campaign.intake.fields import columns, flat_rows, headings
from campaign.intake.files import scratch as working

DEEPEST: Final = 5
_LOOKED_AT: Final = 20  # objects of a list
GROUP: Final = "groupe"  # what stands over a list where nobody can tell which field it is
_DAYS: Final = ("begins", "slots")
_DAYS_OF_PROGRAMS: Final = re.compile(r"\d{4}-\d\d-\d\d")
_NAMES: Final = ("columns", "cols", "header", "headers", "fields", "colonnes")
_ROWS: Final = ("rows", "data", "values", "lignes", "records")

_HEAD: Final = 512
_LARGEST: Final = 64 << 20
_HANDED: Final = re.compile(
    rb"(?s)\A(?:\xef\xbb\xbf)?\s*(?:/\*.{0,80}?\*/\s*)?(?:(?:var|let|const)\s+[\w$]+\s*=|(?:window\.)?[\w$]+\s*=|[\w$.]+\s*\()\s*[{\[]"
)

Item = dict[str, Any]


def as_bare(path: Path, scratch: Path) -> Path:
    """Return a file as it is, or the JSON alone of one that hands it to a script: « setResponse({ … }); », « var events = [ … ]; »."""
    with path.open("rb") as source:
        if not _HANDED.match(source.read(_HEAD)) or path.stat().st_size > _LARGEST:
            return path
    content = path.read_bytes()
    begins = _HANDED.match(content)
    ends = max(content.rfind(b"}"), content.rfind(b"]")) + 1
    copy = working.new_file(scratch, "bare", ".json")
    copy.write_bytes(content[begins.end() - 1 if begins else 0 : ends])
    return copy


def objects_of(document: Any, depth: int = 0) -> list[Item]:
    """Return the events of a document as objects: its longest list of them, looked for a few keys deep."""
    if isinstance(document, list):
        return _of_rows(document, ()) or _inner([item for item in document if isinstance(item, dict)])
    if not isinstance(document, dict) or depth == DEEPEST:
        return []
    if rows := _of_layers(document) or _named_rows(document) or _grouped(document):
        return rows
    if (keyed := _keyed(document)) and not any(objects_of(value, depth + 1) for value in document.values()):
        return keyed
    held = (objects_of(value, depth + 1) for value in document.values())
    return max(held, key=lambda items: (*_fields_named(items), len(items)), default=[])


def _fields_named(items: list[Item]) -> tuple[bool, int]:
    """Return whether the keys of objects name a date, and how many fields: a longer list may be of places or of columns."""
    keys = list(dict.fromkeys(key for item in items[:_LOOKED_AT] for key in flat_rows.flat(item)))
    return any(columns.field_of(key) in ("begins", "slots") for key in keys), columns.recognised(keys)


def _of_layers(document: Item) -> list[Item]:
    """Return the features of all layers of a map, « {"layers": [{"type": "FeatureCollection", …}, …]} » as uMap writes it."""
    layers = document.get("layers")
    if not isinstance(layers, list) or not all(isinstance(layer, dict) for layer in layers):
        return []
    held = [layer.get("features") for layer in layers]
    return [item for each in held if isinstance(each, list) for item in each if isinstance(item, dict)]


def _keyed(document: Item) -> list[Item]:
    """Return the objects of a document that holds each under its identifier: { "12": { … }, "13": { … } }."""
    values = list(document.values())
    entries = {
        key: value for key, value in document.items() if isinstance(value, dict) and value.get("type") == "VEVENT"
    }
    if entries:  # of a calendar that a library has read
        return [_read_entry(entry) for entry in entries.values()]
    if len(values) < 2 or not all(isinstance(value, dict) for value in values):
        return []
    common = set.intersection(*(set(value) for value in values))
    if len(common) < 2:
        return []
    return [value if {"id", "uid"} & set(value) else {"id": key, **value} for key, value in document.items()]


def _read_entry(entry: Item) -> Item:
    """Return an event of a calendar that a library has read, with days as such: it gives them as midnights of its own clock."""
    entry = {name: value for name, value in entry.items() if name not in ("params", "type")}
    if entry.get("datetype") != "date":
        return entry
    try:
        begins, ends = (
            (datetime.fromisoformat(str(entry[side])) + timedelta(hours=12)).date() for side in ("start", "end")
        )
    except (KeyError, ValueError):
        return entry
    return {**entry, "start": begins.isoformat(), "end": max(begins, ends - timedelta(days=1)).isoformat()}


def _grouped(document: Item) -> list[Item]:
    """Return the events of lists that stand under a town, a month or another name: { "Rennes": [ … ], "Brest": [ … ] }."""
    lists = {key: value for key, value in document.items() if isinstance(value, list) and value}
    rows = [item for value in lists.values() for item in value]
    if len(lists) < 2 or not all(isinstance(item, dict) and _is_titled(item) for item in rows):
        return []
    kinds = {headings.heading_of(key) for key in lists}
    kind = kinds.pop() if len(kinds) == 1 else None
    over = headings.OF_HEADING[kind] if kind else GROUP
    return [{over: key, **item} for key, value in lists.items() for item in _inner(value)]


def _inner(items: list[Item]) -> list[Item]:
    """Return the events that stand in lists of days or places, each with what is said above it; the items themselves else."""
    events: list[Item] = []
    for item in items:
        lists = {key: held for key, value in item.items() if (held := _held(value)) and _are_titled(held)}
        if _is_titled(item) or len(lists) != 1:
            return items
        ((of_events, held),) = lists.items()
        above = {(GROUP if key in ("name", "nom") else key): value for key, value in item.items() if key != of_events}
        events += [{**_beside(above, event), **event} for event in held]
    return events


def _held(value: Any) -> list[Any]:
    """Return a list, or the lists that stand under the rooms or tracks of a day as one: { "Amphi": [ … ], "Hall": [ … ] }."""
    if isinstance(value, dict) and value and all(isinstance(each, list) for each in value.values()):
        return [item for each in value.values() for item in each]
    return value if isinstance(value, list) else []


def _beside(above: Item, event: Item) -> Item:
    """Return what is said above events, without the dates of a day as a whole where the event has its own."""
    if not any(columns.field_of(key) in _DAYS and re.search(r"\d{4}", str(value)) for key, value in event.items()):
        return above
    return {key: value for key, value in above.items() if not _DAYS_OF_PROGRAMS.match(str(value))}


def _are_titled(values: list[Any]) -> bool:
    return all(isinstance(value, dict) and _is_titled(value) for value in values)


def _is_titled(item: Item) -> bool:
    """Tell whether an object has a title of its own, other than a name, which days and places have too."""
    return isinstance(item.get("summary"), str) or any(
        columns.field_of(key) == "title" and key not in ("name", "nom", "label") for key in item
    )


def _named_rows(document: Item) -> list[Item]:
    """Return the rows of cells that stand beside the names of their columns, or under the first of them."""
    rows: list[Any] = next((document[key] for key in _ROWS if isinstance(document.get(key), list)), [])
    names: list[Any] = next((document[key] for key in _NAMES if isinstance(document.get(key), list)), [])
    rows = [
        [_read_cell(cell) for cell in row["c"]] if isinstance(row, dict) and list(row)[:1] == ["c"] else row
        for row in rows
    ]
    return _of_rows(
        rows, [name.get("name") or name.get("label", "") if isinstance(name, dict) else name for name in names]
    )


def _read_cell(cell: Any) -> Any:
    """Return a cell of Google's tables as people see it: « {"v": "Date(2026,10,5)", "f": "05/11/2026"} »."""
    if not isinstance(cell, dict):
        return cell
    return cell["f"] if isinstance(cell.get("f"), str) else cell.get("v")


def _of_rows(rows: list[Any], names: Any) -> list[Item]:
    """Return rows of cells as objects, the first row being the header where no names are given."""
    if not rows or not all(isinstance(row, list) for row in rows):
        return []
    number = 0 if names else _header_of(rows)
    header, below = (names, rows) if names else (rows[number], rows[number + 1 :])
    if not header or not all(isinstance(name, str) for name in header):
        return []
    beyond = [
        f"colonne {number + 1}" for number in range(len(header), max(map(len, below), default=0))
    ]  # told as unused
    return [dict(zip([*header, *beyond], row, strict=False)) for row in below]


def _header_of(rows: list[list[Any]]) -> int:
    """Return which row of cells heads the others: the first, or one below a title."""
    texts = [[str(cell or "") for cell in row] for row in rows[: columns.SEARCHED_ROWS]]
    return max(columns.header_row(texts), 0) if len(rows) > 1 else 0
