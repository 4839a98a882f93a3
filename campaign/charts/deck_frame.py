"""What holds the maps that can be moved: the deck, its size, and the view that it opens on.

A deck is written with a centre and a zoom, which fit one size; assets/map-view.js fits the same box to the real one.
"""

import json
import math
from collections.abc import Iterable
from typing import Final

import pydeck
from pydeck.bindings.json_tools import default_serialize

from campaign.charts.map_places import EARTH_RADIUS_M, Box, boxes, mercator, unmercator
from campaign.charts.maps import region_layer
from campaign.filters import Filters

WHOLE: Final[Box] = (-8.75, 41.15, 10.45, 51.35)  # metropolitan France and all the insets
MARGIN: Final = 0.08  # of a territory's width and height, beside it
SHAPE: Final = 0.86  # height of a drawing as a part of its width, at most HIGHEST; assets/map.css says the same
HIGHEST: Final = 620


class CompactDeck(pydeck.Deck):  # type: ignore[misc]
    """A deck whose JSON is written without indentation: half the size of pydeck's own, and several times faster."""

    def to_json(self) -> str:
        """Return what the browser draws."""
        return json.dumps(self, default=default_serialize, separators=(",", ":"), ensure_ascii=False)


def deck(
    layers: list[pydeck.Layer],
    base: str,
    tooltip: str,
    *,
    dark: bool,
    width: int,
    height: int | None,
    bounds: Box = WHOLE,
) -> pydeck.Deck:
    """Return a deck over a base map, opened on a box; `tooltip` is its HTML with fields of the objects in braces."""
    height = height or drawing_height(width)
    return CompactDeck(
        layers=layers,
        views=[pydeck.View(type="MapView", controller={"dragRotate": False, "touchRotate": False})],
        initial_view_state=opening_view(width, height, bounds),
        map_style=f"/assets/{base}{'-dark' if dark else ''}.json",
        map_provider=None,
        tooltip={"html": tooltip, "style": {"fontSize": "0.875rem"}},
        height=height,
    )


def drawing_height(width: int) -> int:
    """Return the height, in pixels, of a drawing of that width: as the country is, at most 620."""
    return min(HIGHEST, round(width * SHAPE))


def opening_view(width: int, height: int, bounds: Box = WHOLE) -> pydeck.ViewState:
    """Return the view that holds a box in a drawing of that many pixels."""
    west, south, east, north = bounds
    (left, bottom), (right, top) = mercator(west, south), mercator(east, north)
    metres = max((right - left) / width, (top - bottom) / height)  # of one pixel
    lon, lat = unmercator((left + right) / 2, (bottom + top) / 2)
    zoom = math.log2(2 * math.pi * EARTH_RADIUS_M / 512 / metres)
    view = {"longitude": round(lon, 3), "latitude": round(lat, 3), "zoom": round(zoom, 2)}
    return pydeck.ViewState(**view, min_zoom=2, max_zoom=14, pitch=0, bearing=0)


def bounds_of(chosen: Filters) -> Box:
    """Return the box that every map opens on: the chosen territories, overseas by their insets; else the whole country."""
    if chosen.departements:
        of_layer = boxes("departement")
        return around(of_layer[code] for code in chosen.departements)
    of_layer = boxes(region_layer(chosen.nomenclature))
    return around(of_layer[code] for code in chosen.regions)


def around(territories: Iterable[Box]) -> Box:
    """Return the box that holds all of these and a margin; WHOLE if there are none."""
    found = list(territories)
    if not found:
        return WHOLE
    wests, souths, easts, norths = zip(*found, strict=True)
    (left, bottom), (right, top) = mercator(min(wests), min(souths)), mercator(max(easts), max(norths))
    beside, above = MARGIN * (right - left), MARGIN * (top - bottom)
    return (*unmercator(left - beside, bottom - above), *unmercator(right + beside, top + above))
