"""Lists of records in XML that is no feed, as rows of a table: the exports of Drupal's views and of other programs."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from campaign.core.language import say
from campaign.intake.fields import columns
from campaign.intake.files import xml_documents

_POINT: Final = re.compile(r"(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)(?:,|\s|$)")
_TIMES: Final = ("TimeSpan", "TimeStamp")  # of a map in KML
_MOMENTS: Final = {"begin": "date de début", "end": "date de fin", "when": "date de début"}
_FEWEST: Final = 3  # attributes of a record that has no parts
_OF_TEXTS: Final = ("datetime", "lang", "class", "type", "format", "style")  # attributes that say nothing more
_REMEDY: Final = say("Vérifiez l'export, ou enregistrez-le en CSV.")

Row = dict[str, str]


def rows(path: Path, name: str) -> Iterator[Row]:
    """Yield the elements that are events by the names of their parts, else those that come most often side by side; raises IntakeError."""
    root = xml_documents.root_of(path, name, _REMEDY)
    if _name(root) == "kml":  # whatever the folders in which a map puts its places
        yield from (_row(element) for element in root.iter("*") if _name(element) == "Placemark")
        return
    groups: dict[tuple[Any, str], list[Any]] = defaultdict(list)
    events: dict[str, list[Any]] = defaultdict(list)
    for element in root.iter("*"):
        if (len(element) or len(element.attrib) >= _FEWEST) and element.getparent() is not None:
            groups[element.getparent(), element.tag].append(element)
            if _is_event(element):
                events[element.tag].append(element)
    side_by_side, dispersed = (max(each.values(), key=len, default=[]) for each in (groups, events))
    are_apart = len(dispersed) > len(side_by_side) and not any(map(_is_event, side_by_side))
    for element in dispersed if are_apart else side_by_side:
        yield _row(element)


def _is_event(element: Any) -> bool:
    """Tell whether the parts of an element, not those within them, name a title and a date."""
    fields = {columns.field_of(name) for name in (*element.attrib, *map(_name, element.iterchildren("*")))}
    return "title" in fields and bool(fields & {"begins", "slots"})


def _row(element: Any, prefix: str = "") -> Row:
    """Return an element as a row: its attributes and parts by their names, those of inner ones joined, the same twice with « | »."""
    row: Row = {f"{prefix}{key}": str(value) for key, value in element.attrib.items()} if not prefix else {}
    for part in element.iterchildren("*"):
        name = f"{prefix}{_name(part)}"
        if (named_value := _value_of(part)) is not None:  # what a part itself calls a value goes by that name
            row |= named_value
            continue
        of_part = _row(part, f"{name}_")
        if _is_text(part):
            beside = {f"{name}_{key}": str(value) for key, value in part.attrib.items() if key not in _OF_TEXTS}
            of_part = {name: _text(part), **{key: value for key, value in beside.items() if "{" not in key}}
        for key, value in of_part.items():
            row[key] = f"{row[key]} | {value}" if row.get(key) and value else row.get(key) or value
    return row


def _value_of(element: Any) -> Row | None:
    """Return « <Data name="Ville"><value>Rennes » of a map as the value of that name, « <Point> » as a point, « <TimeSpan> » as dates."""
    inner = list(element.iterchildren("*"))
    if _name(element) in _TIMES and inner and all(_name(part) in _MOMENTS for part in inner):
        return {_MOMENTS[_name(part)]: _text(part) for part in inner}
    if len(inner) != 1 or len(inner[0]):
        return None
    if _name(element) == "Point" and (point := _POINT.match(_text(inner[0]))):
        return {"longitude": point[1], "latitude": point[2]}
    name = element.get("name") or element.get("key")
    return {name: _text(inner[0])} if name and _name(inner[0]) == "value" else None


def _name(element: Any) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def _is_text(element: Any) -> bool:
    """Tell whether an element is a text: it has no parts, or a moment is its only one."""
    return not len(element) or (len(element) == 1 and element[0].get("datetime") is not None)


def _text(element: Any) -> str:
    """Return the text of an element, or the moment that a « time » within it gives to programs."""
    moment = next((each.get("datetime") for each in element.iter("*") if each.get("datetime")), None)
    return str(moment) if moment else " ".join("".join(element.itertext()).split())
