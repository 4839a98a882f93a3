"""iCalendar: events read by a library, repeated ones expanded within the edition's window, one record per event.

Each VEVENT is parsed on its own, so that one that is broken costs only itself, and has its line in the file.
"""

import re
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import duckdb
import icalendar
import pyarrow as pa
import recurring_ical_events
from icalendar.prop.broken import vBroken

from campaign.core.errors import IntakeError
from campaign.intake import encodings, ics_fields, text
from campaign.intake.ics_fields import Span
from campaign.intake.request import Reading, Request

HERE: Final = Path(__file__).parent
LARGEST: Final = 256 << 20
MOST_SESSIONS: Final = 800  # of one event, as agendas allow
_EVENT: Final = re.compile(
    r"^BEGIN:VEVENT[ \t]*\r?$.*?^END:VEVENT[ \t]*\r?$\n?", re.MULTILINE | re.DOTALL | re.IGNORECASE
)
_OPENING: Final = re.compile(r"^BEGIN:VEVENT[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
_OPENAGENDA: Final = re.compile(r"^(\d+)//(\d+)//\d{8}T\d{6}Z?$")
_SHORT_UID: Final = 12  # a shorter one is not unique over calendars
_REPEATS: Final = ("RRULE", "RDATE", "RECURRENCE-ID")
_FIRST_MONTH, _LAST_MONTH = 10, 12  # of an edition's window


@dataclass
class Group:
    """The VEVENTs of one event: an OpenAgenda event's sessions, or a series with its exceptions."""

    uid: str | None
    line: int
    parts: list[icalendar.Event] = field(default_factory=list)


def is_openagenda(path: Path) -> bool:
    """Tell whether a calendar's identifiers are those of OpenAgenda's events."""
    with path.open("rb") as source:
        return bool(re.search(rb"(?m)^UID:\d+//\d+//\d{8}T", source.read(1 << 18)))


def read(connection: duckdb.DuckDBPyConnection, request: Request) -> Reading:
    """Make `intake_incoming` from a calendar."""
    written = _text(request)
    blocks = list(_blocks(written))
    if not blocks:
        raise IntakeError(f"{request.name} est un calendrier iCalendar sans événement.", "Exportez-le de nouveau.")
    with warnings.catch_warnings():
        # A vendor's prefix before a zone's name, or a property that cannot be read: looked at below.
        warnings.simplefilter("ignore")
        head = _head(written, request)
        groups, rejects = _groups(blocks)
        rows = [row for group in groups for row in _rows(group, request, str(head.get("X-WR-TIMEZONE", "")) or None)]
    connection.register("intake_ics", pa.Table.from_pylist(rows, ics_fields.SCHEMA))
    connection.execute("create or replace temp table intake_raw as from intake_ics")
    connection.unregister("intake_ics")
    if rejects:
        connection.executemany("insert into intake_rejects values (?, null, ?, ?)", rejects)
    text.know_characters(connection, "intake_raw")
    connection.execute((HERE / "ics.sql").read_text("utf-8"))
    joined = f", {len(blocks)} séances" if len(blocks) > len(rows) else ""
    of_openagenda = "export OpenAgenda, " if is_openagenda(request.path) else ""
    return Reading(why=f"{of_openagenda}calendrier iCalendar{joined}")


def _text(request: Request) -> str:
    if request.path.stat().st_size > LARGEST:
        raise IntakeError(f"{request.name} est trop grand pour un calendrier.", "Exportez une seule édition.")
    content = request.path.read_bytes()
    encoding = encodings.guess(request.path, content[: 1 << 16])
    return content.decode(encoding, errors=encodings.REPAIR).removeprefix("\ufeff")


def _head(written: str, request: Request) -> icalendar.Component:
    """Return the calendar without its events; reading it makes its own time zones known."""
    bare = _EVENT.sub("", written)
    end = _OPENING.search(bare)
    bare = bare[: end.start()] + "END:VCALENDAR\r\n" if end else bare  # the last event was cut
    try:
        found = icalendar.Calendar.from_ical(bare, multiple=True)
    except (ValueError, IndexError) as error:
        if not _EVENT.search(written):
            raise IntakeError(
                f"{request.name} n'est pas un calendrier lisible ({error}).", "Exportez-le de nouveau."
            ) from error
        found = []
    return found[0] if found else icalendar.Calendar()


def _blocks(written: str) -> Iterator[tuple[int, str]]:
    """Yield each VEVENT with its line; one that is cut short too."""
    line, at = 1, 0
    for opening in _OPENING.finditer(written):
        line += written.count("\n", at, opening.start())
        at = opening.start()
        whole = _EVENT.match(written, at)
        yield line, whole[0] if whole and not _OPENING.search(whole[0], 6) else ""


def _groups(blocks: list[tuple[int, str]]) -> tuple[list[Group], list[tuple[int, str | None, str]]]:
    """Return the events, in the order of the file, and what could not be read: line, value, reason."""
    groups: dict[object, Group] = {}
    rejects: list[tuple[int, str | None, str]] = []
    for line, block in blocks:
        try:
            event = icalendar.Event.from_ical(block) if block else None
        except (ValueError, IndexError, KeyError):
            event = None
        if not isinstance(event, icalendar.Event):
            rejects.append((line, None, "event_unreadable"))
            continue
        uid = str(event.get("UID", "")).strip() or None
        begins = event.get("DTSTART")
        if isinstance(begins, list):
            begins = begins[0]
        if begins is None and "RECURRENCE-ID" not in event:
            rejects.append((line, str(event.get("SUMMARY", ""))[:200] or uid, "date_missing"))
        elif isinstance(begins, vBroken):
            rejects.append((line, str(begins)[:200], "date_unreadable"))
        else:
            key = _key(uid, event, groups) or line
            own = f"{uid}#{zlib.crc32(key[1].encode()):08x}" if isinstance(key, tuple) else uid
            groups.setdefault(key, Group(own, line)).parts.append(event)
    return list(groups.values()), rejects


def _key(uid: str | None, event: icalendar.Event, groups: dict[object, Group]) -> str | tuple[str, str] | None:
    """Return what an event is known by: two of one identifier but of different titles are two, unless one is an exception."""
    if uid is None:
        return None
    if match := _OPENAGENDA.match(uid):
        return match[2]
    first = groups.get(uid)
    if first is None or "RECURRENCE-ID" in event or any("RECURRENCE-ID" in part for part in first.parts):
        return uid
    title = str(event.get("SUMMARY", "")).strip().casefold()
    return uid if title == str(first.parts[0].get("SUMMARY", "")).strip().casefold() else (uid, title)


def _rows(group: Group, request: Request, zone: str | None) -> Iterator[dict[str, Any]]:
    """Yield the record of an event: none is lost, a series outside the window keeps its first date."""
    notes = []
    whole = [part for part in group.parts if "RECURRENCE-ID" not in part] or group.parts
    leading = max(whole, key=lambda part: (_sequence(part), -whole.index(part)))
    sessions: list[Span] = []
    if any(name in part for part in group.parts for name in _REPEATS):
        try:
            sessions, is_cut = _expanded(group, leading, request.window)
        except (
            ValueError,
            TypeError,
            KeyError,
            AttributeError,
            OverflowError,
            recurring_ical_events.InvalidCalendar,
        ) as error:
            notes.append({"kind": "recurrence_unreadable", "detail": str(error)[:200]})
        else:
            notes += [{"kind": "recurrence_cut", "detail": str(len(sessions))}] if is_cut else []
    if not sessions:
        sessions = [span for part in whole if (span := ics_fields.span(part)) is not None]
    uid = group.uid
    if uid and (match := _OPENAGENDA.match(uid)):
        uid = match[2]
    elif uid and len(uid) < _SHORT_UID:
        uid = f"{request.path.stem}:{uid}"
    if len(whole) > 1 and not _OPENAGENDA.match(group.uid or ""):
        notes.append({"kind": "uid_repeated", "detail": str(len(whole))})
    for note in (note for part in group.parts for note in ics_fields.unread(part)):
        is_told = note in notes or any(told["kind"] == note["kind"] == "recurrence_unreadable" for told in notes)
        notes += [] if is_told else [note]
    unknown = ics_fields.unknown_zone(leading)
    notes += [{"kind": "timezone_unknown", "detail": unknown}] if unknown else []
    yield {
        "line": group.line,
        "source_uid": uid,
        "timings": [{"begins": begins, "ends": ends} for begins, ends in ics_fields.written(sessions)],
        "timezone": zone,
        "notes": notes,
        **ics_fields.of(leading),
    }


def _sequence(part: icalendar.Event) -> int:
    try:
        return int(part.get("SEQUENCE", 0))
    except (TypeError, ValueError):
        return 0


def _expanded(group: Group, leading: icalendar.Event, window: tuple[date, date] | None) -> tuple[list[Span], bool]:
    """Return the sessions of a series within the window, and whether there are more outside.

    Without a window, that of the first year in which the series has a session in October to December.
    """
    calendar = icalendar.Calendar()
    for part in group.parts:
        calendar.add_component(part)
    query = recurring_ical_events.of(calendar)
    span = ics_fields.span(leading)
    if span is None:
        return [], False
    start = ics_fields.day(span[0])
    windows = [window] if window else [_window(start.year + n) for n in range(-1, 3)]
    for first, last in windows:
        found = {ics_fields.span(part) for part in query.between(first, last + timedelta(days=1))}
        inside = sorted((s for s in found if s and ics_fields.day(s[0]) <= last), key=lambda s: _order(s[0]))
        if inside:
            return inside[:MOST_SESSIONS], _goes_on(query, inside, first, last)
    return [], True


def _goes_on(query: Any, inside: list[Span], first: date, last: date) -> bool:
    """Tell whether a series has more sessions than those kept, in the year before or after."""
    year, next_day = timedelta(days=366), timedelta(days=2)
    return (
        len(inside) > MOST_SESSIONS
        or bool(query.between(first - year, first - timedelta(days=1)))
        or bool(query.between(last + next_day, last + year))
    )


def _window(year: int) -> tuple[date, date]:
    return date(year, _FIRST_MONTH, 1), date(year, _LAST_MONTH, 31)


def _order(moment: date) -> datetime:
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
