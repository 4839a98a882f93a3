"""Places of events, and the insets that show overseas and the surroundings of Paris beside metropolitan France."""

import json
import math
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

import pandas

from campaign.charts.maps import RING, Row
from campaign.core.settings import DATA

EARTH_RADIUS_M: Final = 6378137.0
Box = tuple[float, float, float, float]  # west, south, east, north, in degrees


@cache
def insets() -> dict[str, dict[str, Any]]:
    """Return the insets: départements, affine of Web Mercator metres, box in degrees, factor."""
    return dict(json.loads((DATA / "geo" / "insets.json").read_text(encoding="utf-8")))


@cache
def towns() -> list[dict[str, Any]]:
    """Return the towns that maps name: text, place in degrees, and the zoom (of web maps) from which they are named."""
    rows = json.loads((DATA / "geo" / "towns.json").read_text(encoding="utf-8"))
    return [{"at": (lon, lat), "text": name, "zoom": zoom} for lon, lat, name, zoom in rows]


def mercator(lon: float, lat: float) -> tuple[float, float]:
    """Return Web Mercator metres of degrees."""
    return (
        math.radians(lon) * EARTH_RADIUS_M,
        EARTH_RADIUS_M * math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)),
    )


def unmercator(x: float, y: float) -> tuple[float, float]:
    """Return degrees, longitude first, of Web Mercator metres."""
    return math.degrees(x / EARTH_RADIUS_M), math.degrees(2 * math.atan(math.exp(y / EARTH_RADIUS_M)) - math.pi / 2)


def moved(lon: float, lat: float, inset: str) -> tuple[float, float]:
    """Return where an inset draws a place: degrees to degrees."""
    row = insets()[inset]
    x, y = mercator(lon, lat)
    (from_x, from_y), (to_x, to_y) = row["source"], row["target"]
    return unmercator(to_x + row["scale"] * (x - from_x), to_y + row["scale"] * (y - from_y))


def inset_of(departement: str | None) -> str | None:
    """Return the inset that shows a département, none for the rest of metropolitan France."""
    if departement in RING:
        return "IDF"
    return departement if departement in insets() else None


def place_key(row: Row) -> str:
    """Return what names an event's place on the map: its commune's code, else its coordinates to about 100 m."""
    code = row.get("commune_code")
    if isinstance(code, str) and code:
        return code
    return f"{float(row['lat']):.3f},{float(row['lon']):.3f}"


def places(events: Iterable[Row]) -> list[dict[str, Any]]:
    """Return one place for each commune (or point) that has events: place, name, lon, lat, n, departement; most first.

    A row is an event, or a place with its `n_events`; rows without coordinates are left out. A place stands at the mean
    of its events' coordinates.
    """
    place_by_key: dict[str, dict[str, Any]] = {}
    for row in events:
        if pandas.isna(row["lat"]) or pandas.isna(row["lon"]):
            continue
        n = int(row.get("n_events", 1))
        place = place_by_key.setdefault(
            place_key(row),
            {"place": place_key(row), "name": None, "lon": 0.0, "lat": 0.0, "n": 0, "departement": None},
        )
        place["lon"] += float(row["lon"]) * n
        place["lat"] += float(row["lat"]) * n
        place["n"] += n
        for field, column in (("name", "commune"), ("departement", "departement_code")):
            if place[field] is None and isinstance(row.get(column), str):
                place[field] = row[column]
    for place in place_by_key.values():
        place["lon"] = round(place["lon"] / place["n"], 4)
        place["lat"] = round(place["lat"] / place["n"], 4)
    return sorted(place_by_key.values(), key=lambda place: (-place["n"], place["place"]))
