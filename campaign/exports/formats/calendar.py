"""iCalendar (RFC 5545), written line by line: one VEVENT per session, times in UTC, days as days.

A cancelled event stays, with STATUS:CANCELLED, so that subscribed calendars strike it out; it is in no count.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode

from campaign.core.language import _
from campaign.exports import columns
from campaign.exports.formats.export import Export
from campaign.profile import profile
from campaign.wording import campaign_names as names
from campaign.wording.labels import status as status_label

MAX_OCTETS: Final = 75
STATUSES: Final = {"cancelled": "CANCELLED", "postponed": "TENTATIVE"}
SAID_IN_TITLE: Final = ("cancelled", "postponed", "full")


def chunks(export: Export) -> Iterator[bytes]:
    """Yield the calendar: its own properties, then the sessions, event by event in the order of their beginning."""
    yield _lines(_calendar(export))
    sessions = columns.paged(
        "calendar_sessions",
        ("after_starts", "starts_instant"),
        chosen=export.chosen,
        lang=export.chosen.lang,
        event_id=export.event_id,
    )
    for batch in sessions:
        yield b"".join(_lines(_event(row, export)) for row in batch.to_pylist())
    yield _lines(["END:VCALENDAR"])


def _calendar(export: Export) -> list[str]:
    name = names.name()
    if export.about.is_demo:
        name = _("{name} (démonstration)", name=name)
    description = f"{export.about.source} {export.about.licence}"
    return [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{profile().settings.name.fr}//Tableau de bord//FR",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        f"X-WR-CALDESC:{escaped(description)}",
        "X-WR-TIMEZONE:Europe/Paris",
        f"SOURCE;VALUE=URI:{_source(export)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
        f"X-SOURCE:{escaped(export.about.source)}",
        f"X-LICENCE:{escaped(export.about.licence)}",
        f"X-DEMONSTRATION:{'TRUE' if export.about.is_demo else 'FALSE'}",
    ]


def _source(export: Export) -> str:
    if export.event_id:
        return f"{export.base_url}/api/v1/events/{export.event_id}.ics"
    return f"{export.base_url}/api/v1/events.ics?{urlencode(export.chosen.to_query())}"


def _event(row: dict[str, Any], export: Export) -> list[str]:
    address = export.event_url(row["event_id"])
    title = row["title"]
    if row["status"] in SAID_IN_TITLE:
        title = _("{status} : {title}", status=status_label(row["status"]), title=title)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_uid(row)}",
        f"DTSTAMP:{row['updated_utc']}",
        f"LAST-MODIFIED:{row['updated_utc']}",
        f"SEQUENCE:{row['n_updates']}",
        *_times(row),
        f"SUMMARY:{escaped(title)}",
        f"DESCRIPTION:{escaped(_description(row, export, address))}",
        f"URL:{address}",
        f"STATUS:{STATUSES.get(row['status'], 'CONFIRMED')}",
        f"CATEGORIES:{','.join(escaped(label) for label in [row['type_label'], *(row['theme_labels'] or [])])}",
        "TRANSP:TRANSPARENT",
    ]
    place = _place(row)
    if place:
        lines.append(f"LOCATION:{escaped(place)}")
    if row["lat"] is not None:
        lines.append(f"GEO:{row['lat']:.6f};{row['lon']:.6f}")
    lines.append("END:VEVENT")
    return lines


def _uid(row: dict[str, Any]) -> str:
    """Return the same name for the same session at every reading; that of the first survives a new date."""
    part = f"-{row['uid_part']}" if row["uid_part"] else ""
    return f"{row['event_id']}{part}@{names.slug()}"


def _times(row: dict[str, Any]) -> list[str]:
    if row["is_all_day"]:
        end = row["ends_on"] + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{row['begins_on']:%Y%m%d}", f"DTEND;VALUE=DATE:{end:%Y%m%d}"]
    lines = [f"DTSTART:{row['begins_utc']}"]
    if row["ends_utc"]:
        lines.append(f"DTEND:{row['ends_utc']}")
    return lines


def _description(row: dict[str, Any], export: Export, address: str) -> str:
    lines = [row["type_label"]]
    if row["organiser"]:
        lines.append(_("Organisateur : {name}", name=row["organiser"]))
    if row["status"] != "scheduled":
        lines.append(status_label(row["status"]))
    lines += [row["url"] or address, _("Source : {source}", source=row["source"])]
    lines += [_("Licence : {licence}", licence=row["licence"] or _("n. c."))]
    if row["is_demo"]:
        lines.append(_("Démonstration : événement fictif."))
    return "\n".join(lines)


def _place(row: dict[str, Any]) -> str:
    if row["attendance_mode"] == "online":
        return _("En ligne")
    city = " ".join(part for part in (row["postcode"], row["commune"]) if part)
    parts = (" ".join(part.split()) for part in (row["venue"], row["address"], city) if part)
    return ", ".join(parts)


def escaped(text: str) -> str:
    """Return a text value with backslashes, separators and line ends escaped."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(text.splitlines())


def folded(line: str) -> str:
    """Return a content line cut into pieces of at most 75 octets, never within a character."""
    octets = line.encode()
    if len(octets) <= MAX_OCTETS:
        return line
    pieces: list[bytes] = []
    start, room = 0, MAX_OCTETS
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0b11000000 == 0b10000000:  # within a character
            end -= 1
        pieces.append(octets[start:end])
        start, room = end, MAX_OCTETS - 1  # the space that begins a continuation counts
    return b"\r\n ".join([*pieces, octets[start:]]).decode()


def _lines(lines: list[str]) -> bytes:
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()
