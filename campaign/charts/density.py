"""The map of density: how close together events are, whatever their number; a pydeck deck for `st.pydeck_chart`.

deck.gl adds up what lies under each pixel, which an SVG cannot. The land is /assets/density-land.geojson, with the insets of
overseas and of the surroundings of Paris beside metropolitan France; no request leaves for another host.
"""

import math
from collections.abc import Iterable
from typing import Any, Final

import pydeck

from campaign.charts.map_places import EARTH_RADIUS_M, Box, inset_of, mercator, moved, places, unmercator
from campaign.charts.maps import Row
from campaign.profile.colours import palette

WHOLE: Final[Box] = (-8.75, 41.15, 10.45, 51.35)  # metropolitan France and all the insets
SHAPE: Final = 0.86  # height of the map as a part of its width
HIGHEST: Final = 620  # pixels
RADIUS: Final = 22  # pixels around an event within which it is felt, of a map of FULL_WIDTH
FULL_WIDTH: Final = 620
INTENSITY: Final = 5  # of the colours: a capital does not leave the rest of the country pale


def height_of(width: int) -> int:
    """Return the height in pixels of a map of that width: as the country is, at most HIGHEST."""
    return min(HIGHEST, round(width * SHAPE))


def density_deck(events: Iterable[Row], *, dark: bool, width: int) -> pydeck.Deck:
    """Return the map of places, each as heavy as it has events, in the colours of the reader's theme.

    `events` as for `map_places.places`. What an inset shows stands there, and at its true place for who goes there.
    """
    colours = palette(is_dark=dark)
    points: list[dict[str, Any]] = []
    for row in places(events):
        points.append({"at": [row["lon"], row["lat"]], "n": row["n"]})
        if (inset := inset_of(row["departement"])) is not None:
            points.append({"at": [round(value, 4) for value in moved(row["lon"], row["lat"], inset)], "n": row["n"]})
    land = pydeck.Layer(
        "GeoJsonLayer",
        "/assets/density-land.geojson",
        id="land",
        get_fill_color=[*colours.land, 255],
        get_line_color=[*colours.nodata, 255],
        get_line_width=1,
        line_width_units=pydeck.types.String("pixels"),
        stroked=True,
        pickable=False,
    )
    heat = pydeck.Layer(
        "HeatmapLayer",
        points,
        id="density",
        get_position="at",
        get_weight="n",
        radius_pixels=max(8, round(RADIUS * min(width, FULL_WIDTH) / FULL_WIDTH)),
        color_range=[[*step, 255] for step in colours.steps[1:]],
        intensity=INTENSITY,
        threshold=0.05,
        pickable=False,
    )
    return pydeck.Deck(
        layers=[land, heat],
        views=[pydeck.View(type="MapView", controller={"dragRotate": False, "touchRotate": False})],
        initial_view_state=_opening(width, height_of(width)),
        map_style="/assets/blank-style.json",  # without one Streamlit asks another host for its own
        map_provider=None,
        height=height_of(width),
    )


def _opening(width: int, height: int) -> pydeck.ViewState:
    """Return the view that holds WHOLE in a map of that many pixels."""
    west, south, east, north = WHOLE
    (left, bottom), (right, top) = mercator(west, south), mercator(east, north)
    metres = max((right - left) / width, (top - bottom) / height)  # of one pixel
    lon, lat = unmercator((left + right) / 2, (bottom + top) / 2)
    zoom = math.log2(2 * math.pi * EARTH_RADIUS_M / 512 / metres)
    return pydeck.ViewState(
        longitude=round(lon, 3),
        latitude=round(lat, 3),
        zoom=round(zoom, 2),
        min_zoom=2,
        max_zoom=11,
        pitch=0,
        bearing=0,
    )
