"""Lists of events of any shape, written as a table: JSON, JSON Lines, GeoJSON, JSON-LD, Parquet, feeds, tables of pages and documents.

Each becomes a CSV file of ours, whose header holds the keys, so that columns are found, shown and mapped as those of any table.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import duckdb

from campaign.core.errors import IntakeError, NoEventsError
from campaign.core.language import say
from campaign.intake import lambert
from campaign.intake.fields import columns, flat_rows
from campaign.intake.files import envelope, json_slips
from campaign.intake.files import scratch as working
from campaign.intake.readers import (
    document_tables,
    feeds,
    inner_places,
    instances,
    json_lists,
    linked_parts,
    notes,
    program_objects,
    recurrences,
    structured,
    wordpress,
    xml_lists,
)
from campaign.intake.readers.document_tables import REMEDY
from campaign.intake.request import Mapping

LARGEST: Final = 256 << 20  # bytes of a document that is held as a whole
_LONGEST_LINE: Final = 32 << 20
_LEAST_WHOLE: Final = 5  # of as many lines one may be broken, or one of all
_MOST_TOLD: Final = 12

Row = flat_rows.Row


def is_lines(path: Path) -> bool:
    """Tell whether a file holds one JSON object per line, and several of them."""
    n_objects = 0
    with path.open("rb") as source:
        for line in source:
            text = line.removeprefix(b"\xef\xbb\xbf").strip()
            if not text:
                continue
            if n_objects and text.startswith(b"{"):
                return True  # also if the file ends in the middle of it
            if not (text.startswith(b"{") and text.endswith(b"}")):
                return False
            n_objects += 1
    return False


def holds_events(path: Path, kind: str) -> bool:
    """Tell whether a document has rows that a title and a date can be found in."""
    try:
        rows = list(READERS[kind](path, path.name))[: columns.SEARCHED_ROWS]
    except IntakeError:
        return False
    names = list(dict.fromkeys(key for row in rows for key in row))
    try:
        columns.find_header([names, *([row.get(name, "") for name in names] for row in rows)], Mapping(), path.name)
    except IntakeError:
        return len(rows) >= 2 and columns.recognised(names) > 0
    return True


def _holds_empty_list(path: Path) -> bool:
    """Tell whether a document without rows is an empty list, or an object that holds one."""
    try:
        content = json.loads(path.read_text("utf-8-sig"))
    except ValueError:
        return False
    return content == [] or (isinstance(content, dict) and [] in content.values())


def as_table(path: Path, kind: str, name: str, scratch: Path) -> tuple[Path, str]:
    """Write the records of a document as a CSV file, and return it; raises IntakeError if it holds none.

    Returned with it: the lines of a file of one record per line that are not whole, "" if all are.
    """
    broken = ""
    if kind == "json" and is_lines(path):
        path, broken = _whole_lines(path, scratch)
        rows, unread = _json_lines(path, name)
        broken = ", ".join(filter(None, [*map(str, unread[:_MOST_TOLD]), broken]))
    else:
        rows = list(READERS[kind](path, name))
    if not rows and kind == "json" and _holds_empty_list(path):
        raise NoEventsError(
            say("{name} contient une liste vide : aucun événement.", name=name), say("Refaites l'export.")
        )
    if not rows:
        raise IntakeError(say("{name} ne contient aucune liste d'événements.", name=name), REMEDY)
    names = list(dict.fromkeys(key for row in rows for key in row))
    table = working.new_file(scratch, "records", ".csv")
    with table.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, delimiter=";", quoting=csv.QUOTE_ALL)
        writer.writerow(names)
        writer.writerows([row.get(name, "") for name in names] for row in rows)
    return table, broken


def as_list(path: Path, scratch: Path) -> tuple[Path, str]:
    """Write a file of one JSON object per line as the list that agendas are read from; return also the line that it breaks in."""
    path, broken = _whole_lines(path, scratch)
    document = working.new_file(scratch, "list", ".json")
    with path.open("rb") as source, document.open("wb") as target:
        separator = b"["
        for line in source:
            if text := line.removeprefix(b"\xef\xbb\xbf").strip():
                target.write(separator + text)
                separator = b",\n"
        target.write(b"]")
    return document, broken


def _whole_lines(path: Path, scratch: Path) -> tuple[Path, str]:
    """Return a file without its last line if that is cut short, and which line that is; the file itself and "" if none is."""
    with path.open("rb") as source:
        source.seek(max(0, path.stat().st_size - _LONGEST_LINE))
        last = source.read().rstrip().rsplit(b"\n", 1)[-1]
    if last.endswith(b"}"):
        try:
            json.loads(last)
            return path, ""
        except ValueError:
            pass  # a bracket of an inner object
    copy = working.new_file(scratch, "whole", path.suffix)
    end = path.read_bytes().rstrip()
    whole = end[: len(end) - len(last)]
    copy.write_bytes(whole)
    return copy, str(whole.count(b"\n") + 1)


def _json(path: Path, name: str) -> Iterator[Row]:
    if is_lines(path):
        yield from _json_lines(path, name)[0]
        return
    objects = instances.joined(json_lists.objects_of(linked_parts.joined(_document(path, name))))
    for item in objects:
        yield from _rows_of(item)


def _rows_of(item: dict[str, Any]) -> Iterator[Row]:
    """Yield the rows of an object: one, or one for each of the places that its sessions say."""
    for feature in inner_places.columnar(item):
        for event in inner_places.apart(program_objects.own(_feature(feature))):
            yield flat_rows.flat(program_objects.last_day(recurrences.unrolled(event)))


def _json_lines(path: Path, name: str) -> tuple[list[Row], list[int]]:
    """Return the records of lines, and the numbers of those that cannot be read; raises IntakeError if they are more than few."""
    items: list[Any] = []
    unread: list[int] = []
    with path.open(encoding="utf-8-sig", errors="replace") as source:
        for number, line in enumerate(source, 1):
            if not line.strip():
                continue
            try:
                items.append(json.loads(line))
            except (ValueError, RecursionError) as error:
                unread.append(number)
                if len(unread) > 1 and len(unread) * _LEAST_WHOLE > number:
                    raise IntakeError(
                        say("{name} : la ligne {number} n'est pas un objet JSON complet.", name=name, number=number),
                        REMEDY,
                    ) from error
    objects = instances.joined(items) if all(isinstance(item, dict) for item in items) else items
    return [row for item in objects for row in _rows_of(item)], unread


def _json_ld(path: Path, name: str) -> Iterator[Row]:
    document = _document(path, name)
    events = list(structured.events(document))  # a collection of Hydra holds events of its own kind
    yield from events or (flat_rows.flat(program_objects.last_day(item)) for item in json_lists.objects_of(document))


def _document(path: Path, name: str) -> Any:
    if path.stat().st_size > LARGEST:
        raise IntakeError(
            say("{name} est trop grand pour être lu d'un bloc.", name=name),
            say("Enregistrez-le en CSV, ou une ligne JSON par événement."),
        )
    return _loaded(path.read_text("utf-8-sig", errors="replace"), name)


def _loaded(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise envelope.not_json(name, json_slips.place_of(error)) from error


def _feature(item: dict[str, Any]) -> dict[str, Any]:
    """Return the properties of a GeoJSON feature, with its point.

    Of several points, of a line or an area, none is chosen: what they are stands in place of a latitude, and is told.
    """
    properties, geometry, when = item.get("properties"), item.get("geometry"), item.get("when")
    if isinstance(properties, dict) and isinstance(when, dict):  # beside the properties
        properties = {**{key: when[key] for key in ("start", "end") if isinstance(when.get(key), str)}, **properties}
    if not isinstance(properties, dict):
        fields = item.get("fields")
        return fields if isinstance(fields, dict) else item
    if not isinstance(geometry, dict) or {"lat", "latitude"} & set(properties):
        return properties
    inner = geometry.get("geometries")
    if isinstance(inner, list) and len(inner) == 1 and isinstance(inner[0], dict):
        geometry = inner[0]  # a collection of one
    kind, given = str(geometry.get("type", "")), geometry.get("coordinates")
    points = flat_rows.points(given) if kind in ("Point", "MultiPoint") else []
    different = {(point[0], point[1]) for point in points}
    if len(different) == 1:
        longitude, latitude = different.pop()
        if lambert.is_point(longitude, latitude):
            longitude, latitude = lambert.to_degrees(longitude, latitude)
        return {**properties, "longitude": longitude, "latitude": latitude}
    if different or kind not in ("", "Point", "MultiPoint"):
        return {**properties, "longitude": "", "latitude": f"{kind} ({len(different)})" if different else kind}
    return properties


def _parquet(path: Path, name: str) -> Iterator[Row]:
    try:
        with duckdb.connect() as connection:
            answer = connection.execute("from read_parquet($path)", {"path": str(path)})
            names = [column[0] for column in answer.description or ()]
            while rows := answer.fetchmany(10_000):
                for row in rows:
                    yield flat_rows.flat(dict(zip(names, row, strict=True)))
    except duckdb.Error as error:
        raise IntakeError(say("{name} est un fichier Parquet illisible.", name=name), REMEDY) from error


READERS: Final[dict[str, Callable[[Path, str], Iterable[Row]]]] = {
    "json": _json,
    "jsonld": _json_ld,
    "parquet": _parquet,
    "html": document_tables.page,
    "docx": document_tables.document,
    "text": notes.text,
    "feed": feeds.entries,
    "wordpress": wordpress.rows,
    "xml": xml_lists.rows,
}
