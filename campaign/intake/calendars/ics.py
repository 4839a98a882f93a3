"""iCalendar: events read by a library, repeated ones expanded within the edition's window, one record per event.

Each VEVENT is parsed on its own, so that one that is broken costs only itself, and has its line in the file.
"""

import codecs
import quopri
import re
import warnings
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import duckdb
import icalendar
import pyarrow as pa
import recurring_ical_events
from icalendar.prop.broken import vBroken

from campaign.core.errors import IntakeError, NoEventsError
from campaign.core.language import join, say
from campaign.intake import text
from campaign.intake.calendars import ics_fields, ics_moments
from campaign.intake.calendars.ics_series import Series, expanded
from campaign.intake.calendars.ics_versions import (
    OPENAGENDA,
    Group,
    Part,
    changes_of,
    groups_of,
    is_exception,
    repeats,
    sequence,
)
from campaign.intake.dates import ics_zones
from campaign.intake.files import encodings
from campaign.intake.request import Reading, Request

HERE: Final = Path(__file__).parent
LARGEST: Final = 256 << 20
_EVENT: Final = re.compile(
    rb"^BEGIN:VEVENT[ \t]*\r?$.*?^END:VEVENT[ \t]*\r?$\n?", re.MULTILINE | re.DOTALL | re.IGNORECASE
)
_OPENING: Final = re.compile(rb"^BEGIN:VEVENT[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
_CALENDAR: Final = re.compile(rb"(?im)^BEGIN:VCALENDAR\b")
_CANCEL: Final = re.compile(rb"(?im)^METHOD:[ \t]*CANCEL[ \t]*\r?$")
_FOLD: Final = re.compile(rb"\r?\n[ \t]")
_QUOTED: Final = re.compile(
    rb"(?im)^(?P<name>[A-Z-]+)(?P<params>(?:;[^:\r\n]*)?;ENCODING=QUOTED-PRINTABLE(?:;[^:\r\n]*)?):"
    rb"(?P<value>(?:[^\r\n]*=\r?\n)*[^\r\n]*)"
)
_SHORT_UID: Final = 12  # a shorter one is not unique over calendars


def is_openagenda(path: Path) -> bool:
    """Tell whether a calendar's identifiers are those of OpenAgenda's events."""
    with path.open("rb") as source:
        return bool(re.search(rb"(?m)^UID:\d+//\d+//\d{8}T", source.read(1 << 18)))


def read(connection: duckdb.DuckDBPyConnection, request: Request) -> Reading:
    """Make `intake_incoming` from a calendar."""
    content = _content(request)
    blocks = list(_blocks(content))
    if not blocks:
        raise NoEventsError(
            say("{name} est un calendrier iCalendar sans événement.", name=request.name), say("Exportez-le de nouveau.")
        )
    with warnings.catch_warnings():
        # A vendor's prefix before a zone's name, or a property that cannot be read: looked at below.
        warnings.simplefilter("ignore")
        encoding = _encoding(request, content)
        head = _head(content, encoding, request)
        places = ics_zones.define(_decoded(_EVENT.sub(b"", content), encoding))
        parts, rejects = _parts(blocks, encoding, places)
        called_off = list(_called_off(content))
        zone = str(head.get("X-WR-TIMEZONE", "")).strip()
        zone = ics_zones.resolve(zone) or zone
        for line, event in parts:
            if any(line in lines for lines in called_off):
                event["STATUS"] = "CANCELLED"
        rows = [row for group in groups_of(parts) for row in _rows(group, request, zone or None)]
    connection.register("intake_ics", pa.Table.from_pylist(rows, ics_fields.SCHEMA))
    connection.execute("create or replace temp table intake_raw as from intake_ics")
    connection.unregister("intake_ics")
    if rejects:
        connection.executemany("insert into intake_rejects values (?, null, ?, ?)", rejects)
    text.know_characters(connection, "intake_raw")
    connection.execute((HERE / "ics.sql").read_text("utf-8"))
    why = [say("export OpenAgenda")] if is_openagenda(request.path) else []
    why.append(say("calendrier iCalendar"))
    if len(blocks) > len(rows):
        why.append(say("{n} séances", n=len(blocks)))
    return Reading(why=join(", ", why))


def _content(request: Request) -> bytes:
    """Return a calendar in UTF-8. Lines are folded by bytes, also within a character: they are decoded unfolded."""
    if request.path.stat().st_size > LARGEST:
        raise IntakeError(
            say("{name} est trop grand pour un calendrier.", name=request.name), say("Exportez une seule édition.")
        )
    content = request.path.read_bytes()
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors=encodings.REPAIR).encode()
    return _QUOTED.sub(_plain_property, content.removeprefix(codecs.BOM_UTF8))


def _plain_property(written: re.Match[bytes]) -> bytes:
    """Return a property of the calendars before RFC 5545, written in quoted-printable, as one of it."""
    charset = re.search(rb"(?i);CHARSET=\"?([\w-]+)", written["params"])
    text = quopri.decodestring(written["value"]).decode(charset[1].decode() if charset else "utf-8", encodings.REPAIR)
    params = re.sub(rb"(?i);(?:ENCODING|CHARSET)=[^;:]*", b"", written["params"])
    return written["name"] + params + b":" + "\\n".join(text.splitlines()).encode()


def _encoding(request: Request, content: bytes) -> str:
    """Return the encoding of what was unfolded."""
    unfolded = request.scratch / "unfolded.ics"
    unfolded.write_bytes(_unfolded(content))
    try:
        return encodings.guess(unfolded, content[: 1 << 16])
    finally:
        unfolded.unlink()


def _unfolded(content: bytes) -> bytes:
    return _FOLD.sub(b"", content)


def _decoded(content: bytes, encoding: str) -> str:
    return _unfolded(content).decode(encoding, errors=encodings.REPAIR)


def _head(content: bytes, encoding: str, request: Request) -> icalendar.Component:
    """Return the calendar without its events."""
    bare = _EVENT.sub(b"", content)
    end = _OPENING.search(bare)
    bare = bare[: end.start()] + b"END:VCALENDAR\r\n" if end else bare  # the last event was cut
    try:
        calendars = icalendar.Calendar.from_ical(ics_zones.without(_decoded(bare, encoding)), multiple=True)
    except (ValueError, IndexError) as error:
        if not _EVENT.search(content):
            raise IntakeError(
                say("{name} n'est pas un calendrier lisible ({error}).", name=request.name, error=error),
                say("Exportez-le de nouveau."),
            ) from error
        calendars = []
    return calendars[0] if calendars else icalendar.Calendar()


def _blocks(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each VEVENT with its line; one that is cut short too."""
    line, at = 1, 0
    for opening in _OPENING.finditer(content):
        line += content.count(b"\n", at, opening.start())
        at = opening.start()
        whole = _EVENT.match(content, at)
        yield line, whole[0] if whole and not _OPENING.search(whole[0], 6) else b""


def _called_off(content: bytes) -> Iterator[range]:
    """Yield the lines of each calendar of a file that calls off all that it holds."""
    if not _CANCEL.search(content):
        return
    starts = [*(opening.start() for opening in _CALENDAR.finditer(content)), len(content)]
    for start, end in pairwise(starts):
        if _CANCEL.search(content, start, end):
            yield range(content.count(b"\n", 0, start), content.count(b"\n", 0, end) + 2)


def _parts(
    blocks: list[tuple[int, bytes]], encoding: str, places: dict[str, str]
) -> tuple[list[Part], list[tuple[int, str | None, str]]]:
    """Return what could be read, each with its line, and what could not: line, value, reason."""
    parts: list[Part] = []
    rejects: list[tuple[int, str | None, str]] = []
    for line, block in blocks:
        try:
            written = ics_moments.plain(_decoded(block, encoding))
            event = icalendar.Event.from_ical(ics_zones.named(written, places)) if block else None
        except (ValueError, IndexError, KeyError):
            event = None
        if not isinstance(event, icalendar.Event):
            rejects.append((line, None, "event_unreadable"))
            continue
        begins = event.get("DTSTART")
        if isinstance(begins, list):
            begins = begins[0]
        if begins is None and not is_exception(event):
            title, uid = str(event.get("SUMMARY", ""))[:200], str(event.get("UID", "")).strip()
            rejects.append((line, title or uid or None, "date_missing"))
        elif isinstance(begins, vBroken):
            rejects.append((line, str(begins)[:200], "date_unreadable"))
        else:
            parts.append((line, event))
    return parts, rejects


def _rows(group: Group, request: Request, zone: str | None) -> Iterator[dict[str, Any]]:
    """Yield the record of an event: none is lost, a series outside the window keeps its first date."""
    notes = []
    whole = [part for part in group.parts if not is_exception(part)]
    held = whole or [part for part in group.parts if str(part.get("STATUS", "")).upper() != "CANCELLED"] or group.parts
    leading = max(held, key=lambda part: (sequence(part), -held.index(part)))
    series = Series([])
    if any(repeats(part) for part in group.parts):
        try:
            series = expanded(group.parts, leading, request.window)
        except (
            ValueError,
            TypeError,
            KeyError,
            AttributeError,
            OverflowError,
            recurring_ical_events.InvalidCalendar,
        ) as error:
            notes.append({"kind": "recurrence_unreadable", "detail": str(error)[:200]})
    sessions = series.sessions or [span for part in held if (span := ics_fields.span(part)) is not None]
    notes += [{"kind": "recurrence_cut", "detail": str(len(sessions))}] if series.is_cut else []
    uid = group.uid
    if uid and (match := OPENAGENDA.match(uid)):
        uid = match[2]
    elif uid and len(uid) < _SHORT_UID:
        uid = f"{Path(request.name).stem}:{uid}"  # not the name of a copy, which differs from import to import
    if group.n_repeated > 1:
        notes.append({"kind": "uid_repeated", "detail": str(group.n_repeated)})
    for note in (note for part in group.parts for note in ics_fields.unread(part)):
        is_told = note in notes or any(other["kind"] == note["kind"] == "recurrence_unreadable" for other in notes)
        notes += [] if is_told else [note]
    notes += [
        {"kind": "recurrence_unreadable", "detail": f"EXDATE {day.isoformat()}"}
        for day in (ics_fields.missed_exceptions(leading, sessions) if repeats(leading) else ())
    ]
    if not is_exception(leading):
        changes = [change for part in group.parts if is_exception(part) for change in changes_of(part, leading)]
        notes += [{"kind": "value_not_understood", "detail": ": ".join(change)} for change in dict.fromkeys(changes)]
    unknown = ics_fields.unknown_zone(leading) or ics_fields.other_zone(leading, zone)
    notes += [{"kind": "timezone_unknown", "detail": unknown}] if unknown else []
    yield {
        "line": group.line,
        "source_uid": uid,
        "timings": [{"begins": begins, "ends": ends} for begins, ends in ics_fields.written(sessions)],
        "timezone": zone,
        "notes": notes,
        **ics_fields.of(leading),
        **({"status": "CANCELLED"} if series.is_cancelled else {}),
    }
