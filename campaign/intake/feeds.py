"""The entries of feeds, RSS or Atom, as rows of a table: what their modules say of events, else their texts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

Row = dict[str, str]

_BEGINS: Final = (
    "ev_startdate",
    "xcal_dtstart",
    "startdate",
    "start_date",
    "dtstart",
    "begin",
    "gd_when",
    "mec_startdate",
)
_ENDS: Final = ("ev_enddate", "xcal_dtend", "enddate", "end_date", "dtend", "end", "mec_enddate")
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

    for entry in feedparser.parse(path.read_bytes()).entries:
        row = {key: str(value) for key, value in entry.items() if isinstance(value, str | int | float)}
        begins = next((row[key] for key in _BEGINS if row.get(key)), "")
        ends = next((row[key] for key in _ENDS if row.get(key)), "")
        place = next((row[key] for key in _PLACES if row.get(key)), "")
        yield {
            "identifiant": row.get("id", ""),
            "titre": row.get("title", ""),
            "description": row.get("summary", ""),
            "lien": row.get("link", ""),
            "date de début": begins,
            "date de fin": ends,
            "lieu": place,
            "organisateur": row.get("ev_organizer", "") or row.get("xcal_organizer", ""),
            "latitude": row.get("geo_lat", ""),
            "longitude": row.get("geo_long", "") or row.get("geo_lon", ""),
            "type": row.get("ev_type", ""),
            **{name: row[key] for key, name in _OWN.items() if row.get(key)},
            "mots clés": " | ".join(tag.term for tag in entry.get("tags", []) if tag.get("term")),
        }
