"""Calendars in XML (xCal, RFC 6321) as iCalendar again: by hand, since icalendar does not read them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from campaign.intake.files import scratch as working
from campaign.intake.files import xml_documents

_HEAD: Final = 1024
_LARGEST: Final = 64 << 20
_CALENDAR: Final = re.compile(
    rb"(?s)\A(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<(?:\w+:)?(?:icalendar|iCalendar)\b"
)
_FIGURES: Final = ("date-time", "date", "time", "utc-offset", "until", "start", "end")
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


def as_calendar(path: Path, scratch: Path) -> Path:
    """Return a file as it is, or the calendar that it holds as XML."""
    with path.open("rb") as source:
        if not _CALENDAR.match(source.read(_HEAD)) or path.stat().st_size > _LARGEST:
            return path
    import lxml.etree

    try:
        root = lxml.etree.fromstring(path.read_bytes(), xml_documents.parser(is_mended=True))
    except (lxml.etree.LxmlError, ValueError):
        return path
    calendars = [] if root is None else root.xpath("./*[local-name() = 'vcalendar']")
    lines = [line for calendar in calendars for line in _component(calendar)]
    if "BEGIN:VEVENT" not in lines:
        return path
    calendar = working.new_file(scratch, "calendar", ".ics")
    calendar.write_text("\r\n".join([*lines, ""]), "utf-8", newline="")
    return calendar


def _component(component: Any) -> Iterator[str]:
    yield f"BEGIN:{_name(component)}"
    for part in component.xpath("./*[local-name() = 'properties']/*"):
        yield _property(part)
    for part in component.xpath("./*[local-name() = 'components']/*"):
        yield from _component(part)
    yield f"END:{_name(component)}"


def _property(part: Any) -> str:
    """Return the line of a property: its parameters, its type where that is a date, its values."""
    parameters = {
        _name(each): ",".join("".join(value.itertext()).strip() for value in each)
        for each in part.xpath("./*[local-name() = 'parameters']/*")
    }
    values = part.xpath("./*[local-name() != 'parameters']")
    if values and _name(values[0]) == "DATE":
        parameters["VALUE"] = "DATE"
    sign = ";" if _name(part) == "GEO" else ","
    written = sign.join(map(_value, values))
    return _name(part) + "".join(f';{name}="{value}"' for name, value in parameters.items()) + ":" + written


def _value(value: Any) -> str:
    """Return a value as iCalendar writes it: a rule in its parts, figures without signs, texts with theirs escaped."""
    parts = list(value.iterchildren("*"))
    if _name(value) == "RECUR":
        by_name: dict[str, list[str]] = {}
        for part in parts:
            by_name.setdefault(_name(part), []).append(_value(part))
        return ";".join(f"{name}={','.join(values)}" for name, values in by_name.items())
    if parts:  # a period
        return "/".join(map(_value, parts))
    text = (value.text or "").strip()
    if _name(value).lower() in _FIGURES:
        return re.sub(r"[-:](?=\d)", "", text)
    return text.translate(_ESCAPED) if _name(value) == "TEXT" else text


def _name(element: Any) -> str:
    return str(element.tag).rsplit("}", 1)[-1].upper()
