"""RSS 2.0: the counted events of the filters, latest change first; all of them, unless the address says `limit`."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from typing import Any
from urllib.parse import urlencode

from campaign import store
from campaign.core.language import _, ngettext
from campaign.core.markup import in_xml
from campaign.exports import columns
from campaign.exports.formats.export import Export
from campaign.wording import campaign_names as names
from campaign.wording.dates import session
from campaign.wording.labels import attendance_mode, capitalised
from campaign.wording.labels import status as status_label
from campaign.wording.numbers import number


def chunks(export: Export) -> Iterator[bytes]:
    """Yield the feed: its channel, then the items."""
    yield _channel(export).encode()
    key = ("after_updated", "updated_at")
    for batch in columns.paged("feed_items", key, export.limit, chosen=export.chosen, lang=export.chosen.lang):
        rows = batch.to_pylist()
        session_rows = store.query(
            "sessions_listed", chosen=export.chosen, ids=tuple(row["event_id"] for row in rows)
        ).rows
        sessions = {each["event_id"]: each["sessions"] for each in session_rows}
        yield "".join(_item(row, sessions.get(row["event_id"]), export) for row in rows).encode()
    yield b"</channel>\n</rss>\n"


def _channel(export: Export) -> str:
    about, chosen = export.about, export.chosen
    title = _("{campaign} : événements", campaign=names.name())
    if about.is_demo:
        title = _("{name} (démonstration)", name=title)
    query = urlencode(chosen.to_query())
    built = _element("lastBuildDate", _rfc822(about.data_date)) if about.data_date else ""
    itself = in_xml(f"{export.base_url}/api/v1/events.rss?{query}", quote=True)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:ev="http://purl.org/rss/1.0/modules/event/" '
        'xmlns:campaign="urn:campaign:events">\n<channel>\n'
        + _element("title", title)
        + _element("link", f"{export.base_url}/agenda?{query}")
        + _element("description", f"{about.source} {capitalised(about.as_of)}.")
        + _element("language", chosen.lang)
        + _element("copyright", about.licence)
        + built
        + f'<atom:link href="{itself}" rel="self" type="application/rss+xml"/>\n'
    )


def _item(row: dict[str, Any], sessions: str | None, export: Export) -> str:
    title = row["title"]
    if row["status"] in ("postponed", "full"):
        title = _("{status} : {title}", status=status_label(row["status"]), title=title)
    return (
        "<item>\n"
        + _element("title", title)
        + _element("link", export.event_url(row["event_id"]))
        + f'<guid isPermaLink="false">{in_xml(row["event_id"])}</guid>\n'
        + _element("pubDate", _rfc822(row["updated_at"]))
        + _element("category", row["type_label"])
        + _element("description", escape(_description(row), quote=False))  # readers take it for HTML
        + _element("dc:source", row["source"])
        + (_element("dc:rights", row["licence"]) if row["licence"] else "")
        + _module(row, sessions)
        + "</item>\n"
    )


def _module(row: dict[str, Any], sessions: str | None) -> str:
    """Return when and where an event is for programs: the RSS event module, and what it lacks in elements of our own."""
    first, last = (sessions or "").split(" | ")[0], (sessions or "").split(" | ")[-1]
    town = " ".join(part for part in (row["postcode"], row["commune"]) if part)
    texts = {
        "ev:type": row["type_label"],
        "ev:startdate": first.partition(" -> ")[0],
        "ev:enddate": last.partition(" -> ")[2],
        "ev:location": ", ".join(part for part in (row["venue"], town) if part),
        "ev:organizer": row["organiser"],
        "campaign:sessions": sessions,
        "campaign:venue": row["venue"],
        "campaign:postcode": row["postcode"],
        "campaign:commune": row["commune"],
        "campaign:commune_code": row["commune_code"],
        "campaign:attendance_mode": row["attendance_mode"],
        "campaign:status": row["status"],
    }
    return "".join(_element(name, text) for name, text in texts.items() if text)


def _description(row: dict[str, Any]) -> str:
    parts = [row["type_label"]]
    if row["n_sessions"] == 1:
        parts.append(session(row["starts_at"], row["ends_at"], row["timezone"]))
    elif row["n_sessions"]:
        many = ngettext("{n} session", "{n} sessions", row["n_sessions"], n=number(row["n_sessions"]))
        parts += [many, session(row["starts_at"], None, row["timezone"])]
    if row["attendance_mode"] == "online":
        parts.append(attendance_mode("online"))
    parts += [text for text in (row["venue"], row["commune"], row["organiser"]) if text]
    if row["is_demo"]:
        parts.append(_("Démonstration : événement fictif."))
    return " · ".join(parts)


def _element(name: str, text: str) -> str:
    return f"<{name}>{in_xml(text)}</{name}>\n"


def _rfc822(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)
