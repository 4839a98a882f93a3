"""What holds the maps that can be moved: the deck, its size, and the view that it opens on."""

import json
import math
from typing import Final

import pydeck
from pydeck.bindings.json_tools import default_serialize

from campaign.maps_places import EARTH_RADIUS_M, mercator, unmercator

WHOLE: Final = (-8.75, 41.15, 10.45, 51.35)  # west, south, east, north of the opening view
BUTTONS_BESIDE: Final = 960  # pixels from which the zoom buttons stand clear of the insets


class CompactDeck(pydeck.Deck):  # type: ignore[misc]
    """A deck whose JSON is written without indentation: half the size of pydeck's own, and several times faster."""

    def to_json(self) -> str:
        """Return what the browser draws."""
        return json.dumps(self, default=default_serialize, separators=(",", ":"), ensure_ascii=False)


def deck(
    layers: list[pydeck.Layer], base: str, tooltip: str, *, dark: bool, width: int, height: int | None
) -> pydeck.Deck:
    """Return a deck over a base map, opened on the whole country; `tooltip` is its HTML with fields of the objects in braces."""
    height = height or drawing_height(width)
    return CompactDeck(
        layers=layers,
        views=[pydeck.View(type="MapView", controller={"dragRotate": False, "touchRotate": False})],
        initial_view_state=opening_view(width, height),
        map_style=f"/assets/{base}{'-dark' if dark else ''}.json",
        map_provider=None,
        tooltip={"html": tooltip, "style": {"fontSize": "0.875rem"}},
        height=height,
    )


def headroom(width: int) -> int:
    """Return the pixels kept free above the country: in a narrow drawing the zoom buttons would cover an inset."""
    return 84 if width < BUTTONS_BESIDE else 0


def drawing_height(width: int) -> int:
    """Return the height, in pixels, of a drawing of that width: as the country is, at most 620."""
    return min(620, round(width * 0.86) + headroom(width))


def opening_view(width: int, height: int) -> pydeck.ViewState:
    """Return the view that holds metropolitan France and all the insets in a drawing of that many pixels."""
    west, south, east, north = WHOLE
    (left, bottom), (right, top) = mercator(west, south), mercator(east, north)
    free = headroom(width)
    metres = max((right - left) / width, (top - bottom) / (height - free))  # of one pixel
    lon, lat = unmercator((left + right) / 2, (bottom + top) / 2 + metres * free / 2)
    zoom = math.log2(2 * math.pi * EARTH_RADIUS_M / 512 / metres)
    view = {"longitude": round(lon, 3), "latitude": round(lat, 3), "zoom": round(zoom, 2)}
    return pydeck.ViewState(**view, min_zoom=2, max_zoom=14, pitch=0, bearing=0)
