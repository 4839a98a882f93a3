"""Calendars that programs wrote as JSON, as iCalendar again: jCal (RFC 7265), which icalendar reads, or objects with its names."""

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


def as_calendar(path: Path, scratch: Path) -> Path:
    """Return a file as it is, or the calendar that it holds as JSON."""
    with path.open("rb") as source:
        if not _CALENDAR.match(source.read(_HEAD)) or path.stat().st_size > _LARGEST:
            return path
    try:
        document = json.loads(path.read_text("utf-8-sig", errors="replace"))
        text = "".join(_calendars(document))
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError):
        return path
    if not re.search(r"(?mi)^BEGIN:VEVENT\r?$", text):
        return path
    calendar = working.new_file(scratch, "calendar", ".ics")
    calendar.write_text(text, "utf-8", newline="")
    return calendar


def _calendars(document: Any) -> Iterator[str]:
    if isinstance(document, list) and isinstance(document[0], str):
        import icalendar  # only here: most JSON is no calendar

        yield icalendar.Calendar.from_jcal(document).to_ical().decode()
    elif isinstance(document, list):
        for calendar in document:
            yield from _calendars(calendar)
    else:
        is_whole = any(key.upper() == "VCALENDAR" for key in document)
        lines = _object_lines(document if is_whole else {"VCALENDAR": document})
        yield "".join(f"{line}\r\n" for line in lines)


def _object_lines(item: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of an object whose keys are properties with their parameters, « DTSTART;TZID=Europe/Paris », or components."""
    for key, value in item.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield from (f"BEGIN:{key.upper()}", *_object_lines(each), f"END:{key.upper()}")
            elif each is not None:
                yield f"{key}:{str(each).replace(chr(13), '').replace(chr(10), chr(92) + 'n')}"
