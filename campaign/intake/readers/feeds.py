"""The entries of feeds, RSS or Atom, as rows of a table: what their modules say of events, else their texts."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from campaign.intake.fields import columns
from campaign.intake.files import xml_documents
from campaign.intake.readers import feed_parts, sentences

Row = dict[str, str]

_GOOGLE: Final = b"http://schemas.google.com/g/2005"

_BEGINS: Final = (
    "ev_startdate",
    "xcal_dtstart",
    "startdate",
    "start_date",
    "start_time",
    "dtstart",
    "begin",
    "gd_when",
    "mec_startdate",
)
_ENDS: Final = ("ev_enddate", "xcal_dtend", "enddate", "end_date", "end_time", "dtend", "end", "mec_enddate")
# What Google's elements say in their attributes.
_PARTS: Final = (
    ("gd_when", "starttime", "begin"),
    ("gd_when", "endtime", "end"),
    ("gd_where", "valuestring", "where"),
    ("gd_eventstatus", "value", "event_status"),  # « http://schemas.google.com/g/2005#event.canceled »
)
_STATUS: Final = ("event_status", "xcal_status", "event_eventstatus", "eventstatus", "mec_status")
_PLACES: Final = ("ev_location", "xcal_location", "location", "mec_location", "where")

# Elements of our own feeds.
_OWN: Final = {
    "campaign_sessions": "horaires iso",
    "campaign_venue": "nom du lieu",
    "campaign_postcode": "code postal",
    "campaign_commune": "commune",
    "campaign_commune_code": "code insee",
    "campaign_attendance_mode": "mode de participation",
    "campaign_status": "statut",
}


def entries(path: Path, _name: str) -> Iterator[Row]:
    """Return the entries of a feed: what its modules say of events (ev:startdate, xcal:dtstart), else its texts."""
    import feedparser

    content = path.read_bytes()
    entries_of_feed = feedparser.parse(content).entries
    of_google = _google_times(content) if _GOOGLE in content else []
    times = of_google if len(of_google) == len(entries_of_feed) else [[] for _ in entries_of_feed]
    own = feed_parts.own_elements(content)
    own = own if len(own) == len(entries_of_feed) else [{} for _ in entries_of_feed]
    for entry, spans, parts in zip(entries_of_feed, times, own, strict=True):
        row = {key: str(value) for key, value in entry.items() if isinstance(value, str | int | float)}
        row |= {
            key: each
            for name, part, key in _PARTS
            if isinstance(of := entry.get(name), dict) and (each := of.get(part))
        }
        begins = next((row[key] for key in _BEGINS if row.get(key)), "")
        ends = next((row[key] for key in _ENDS if row.get(key)), "")
        if spans:
            begins, ends = spans[0]
        place = next((row[key] for key in _PLACES if row.get(key)), "")
        if not begins and not _says_begin(parts) and "campaign_sessions" not in row:
            parts = {**parts, **feed_parts.labelled(_whole_text(entry))}
        if not begins and not _says_begin(parts) and "campaign_sessions" not in row:
            begins, place = _announced(entry, place)
        yield from _with_parts(
            {
                "identifiant": row.get("id", ""),
                "titre": row.get("title", ""),
                "description": row.get("summary", ""),
                "lien": row.get("link", ""),
                "date de début": begins,
                "date de fin": ends,
                "lieu": place,
                "organisateur": row.get("ev_organizer", "") or row.get("xcal_organizer", ""),
                **_point(entry, row),
                "type": row.get("ev_type", ""),
                "statut": next((row[key].rpartition("#event.")[2] for key in _STATUS if row.get(key)), ""),
                **(
                    {"horaires iso": " | ".join(" -> ".join(filter(None, span)) for span in spans)}
                    if len(spans) > 1
                    else {}
                ),
                **{name: row[key] for key, name in _OWN.items() if row.get(key)},
                "mots clés": " | ".join(tag.term for tag in entry.get("tags", []) if tag.get("term")),
            },
            parts,
        )


def _whole_text(entry: Any) -> str:
    """Return the text of an entry in HTML: its content, of which a summary may be the beginning."""
    return next(
        (str(each["value"]) for each in entry.get("content", []) if each.get("value")), entry.get("summary", "")
    )


def _says_begin(parts: Row) -> bool:
    return any(columns.field_of(name) == "begins" for name in parts)


def _with_parts(row: Row, parts: Row) -> Iterator[Row]:
    """Yield the row of an entry with what else it says, which stands in the column of the same field where that is empty."""
    empty = {field: name for name, text in row.items() if not text and (field := columns.field_of(name))}
    beside = {
        empty.get(columns.field_of(name) or "", name): text
        for name, text in parts.items()
        if not row.get(name) and text not in row.values()
    }
    yield {**row, **beside}


def _google_times(content: bytes) -> list[list[tuple[str, str]]]:
    """Return for each entry of a feed all its gd:when, of which feedparser keeps the last: begin and end, "" for no end.

    A day that ends whole days is the one after the last, as in a calendar.
    """
    import lxml.etree

    root = lxml.etree.fromstring(content, xml_documents.parser(is_mended=True))
    times_by_entry = []
    for entry in root.iter("{*}entry", "{*}item") if root is not None else ():
        times = [
            (when.get("startTime", ""), when.get("endTime", "")) for when in entry.iter(f"{{{_GOOGLE.decode()}}}when")
        ]
        times_by_entry.append([(begins, _last_day(begins, ends)) for begins, ends in times if begins])
    return times_by_entry


def _last_day(begins: str, ends: str) -> str:
    """Return the end of a time of Google; of whole days the last of them."""
    try:
        first, after = date.fromisoformat(begins), date.fromisoformat(ends)
    except ValueError:
        return ends
    return (after - timedelta(days=1)).isoformat() if after > first else ends


def _point(entry: Any, row: Row) -> Row:
    """Return where an entry is: by geo:lat and geo:long, else by GeoRSS, which feedparser reads as a GeoJSON geometry."""
    latitude, longitude = row.get("geo_lat", ""), row.get("geo_long", "") or row.get("geo_lon", "")
    where = entry.get("where")
    if not latitude and isinstance(where, dict) and where.get("type") == "Point":
        longitude, latitude = map(str, where["coordinates"][:2])
    return {"latitude": latitude, "longitude": longitude}


def _announced(entry: Any, place: str) -> tuple[str, str]:
    """Return the date and the place that the text of an entry begins with, « Jeudi 5 novembre 2026 à 20h, Halles, Rennes. »; "" for none.

    It is an event's if it comes after the entry was published: else something that is over is told.
    """
    import lxml.html

    published = entry.get("published_parsed") or entry.get("updated_parsed")
    if published is None:
        return "", place
    behind = feed_parts.date_behind(entry.get("title", ""))
    if behind is not None and behind[1].timetuple()[:3] > published[:3]:
        return behind[0], place
    summary = entry.get("summary", "").strip()
    if not summary:
        return "", place
    text = " ".join(lxml.html.fromstring(f"<div>{summary}</div>").text_content().split())
    announcement = sentences.date_and_rest(text)
    if (
        announcement is None
        or not announcement[1] > f"{published.tm_year:04d}-{published.tm_mon:02d}-{published.tm_mday:02d}"
    ):
        return "", place
    date, _day, rest = announcement
    where = rest.split(". ")[0].rstrip(".")
    return date, place or (where if sentences.ends_in_town(where) else "")
