"""Calendars that programs wrote as JSON, jCal (RFC 7265) or objects with the names of iCalendar, as iCalendar again."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from campaign.intake.files import scratch as working

_HEAD: Final = 512
_LARGEST: Final = 64 << 20
_CALENDAR: Final = re.compile(
    rb'(?i)\A(?:\xef\xbb\xbf)?\s*(?:\[\s*)?(?:\[\s*"vcalendar"\s*,|\{[^{}\[\]]*"(?:vcalendar|vevent)"\s*:\s*[\[{])'
)
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})
_SAID: Final = ("date", "period")  # types that no property of iCalendar has by itself


def as_calendar(path: Path, scratch: Path) -> Path:
    """Return a file as it is, or the calendar that it holds as JSON."""
    with path.open("rb") as source:
        if not _CALENDAR.match(source.read(_HEAD)) or path.stat().st_size > _LARGEST:
            return path
    try:
        document = json.loads(path.read_text("utf-8-sig", errors="replace"))
        lines = list(_calendar(document))
    except (ValueError, TypeError, AttributeError, IndexError, RecursionError):
        return path
    if not any(line.upper() == "BEGIN:VEVENT" for line in lines):
        return path
    calendar = working.new_file(scratch, "calendar", ".ics")
    calendar.write_text("\r\n".join([*lines, ""]), "utf-8", newline="")
    return calendar


def _calendar(document: Any) -> Iterator[str]:
    if isinstance(document, list) and document and isinstance(document[0], list):
        for calendar in document:
            yield from _component(*calendar[:3])
    elif isinstance(document, list) and isinstance(document[0], str):
        yield from _component(*document[:3])
    elif isinstance(document, list):
        for calendar in document:
            yield from _calendar(calendar)
    elif any(key.upper() == "VCALENDAR" for key in document):
        yield from _object_lines(document)
    else:
        yield from ("BEGIN:VCALENDAR", *_object_lines(document), "END:VCALENDAR")


def _component(name: str, properties: list[Any], components: list[Any]) -> Iterator[str]:
    """Yield the lines of a component of jCal: its name, its properties, the components within it."""
    yield f"BEGIN:{name.upper()}"
    for key, parameters, kind, *values in properties:
        parameters = {"value": kind.upper(), **parameters} if kind in _SAID else parameters
        written = ",".join(_value(kind, value) for value in values)
        yield "".join(
            [key.upper(), *(f';{name.upper()}="{_listed(each)}"' for name, each in parameters.items()), ":", written]
        )
    for component in components:
        yield from _component(*component[:3])
    yield f"END:{name.upper()}"


def _listed(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value).replace('"', "'")


def _value(kind: str, value: Any) -> str:
    """Return a value of jCal as iCalendar writes it: figures without signs between them, texts with theirs escaped."""
    if isinstance(value, list):  # GEO, REQUEST-STATUS, a period
        sign = "/" if kind == "period" else ";"
        return sign.join(_value(kind if kind == "period" else "unknown", each) for each in value)
    if isinstance(value, dict):  # a rule
        parts = {part: _listed(each) for part, each in value.items()}
        return ";".join(f"{part.upper()}={_figures(each) if part == 'until' else each}" for part, each in parts.items())
    if kind in ("date", "date-time", "time", "period") and re.match(r"\d", str(value)):
        return _figures(str(value))
    if kind == "utc-offset":
        return str(value).replace(":", "")
    return str(value).translate(_ESCAPED) if kind == "text" else str(value)


def _figures(moment: str) -> str:
    return moment.replace("-", "").replace(":", "")


def _object_lines(item: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of an object whose keys are properties with their parameters, « DTSTART;TZID=Europe/Paris », or components."""
    for key, value in item.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield from (f"BEGIN:{key.upper()}", *_object_lines(each), f"END:{key.upper()}")
            elif each is not None:
                yield f"{key}:{str(each).replace(chr(13), '').replace(chr(10), chr(92) + 'n')}"
