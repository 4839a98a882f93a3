"""Maps that can be moved: events as points, territories as areas, over a base map of our own.

Both are pydeck decks for `st.pydeck_chart`, drawn over /assets/base.json: no request leaves for another host. Overseas
and the surroundings of Paris are drawn twice: at their true place, and moved into insets beside metropolitan France, so
that the opening view shows all of the country.
"""

import json
import math
from collections.abc import Iterable, Sequence
from typing import Any, Final, Literal

import pandas
import pydeck

from campaign.charts.deck_frame import WHOLE, deck
from campaign.charts.map_places import EARTH_RADIUS_M, Box, inset_of, insets, largest_towns, moved, places, unmercator
from campaign.charts.maps import FLAT, LETTER, Layer, Row, step, territories
from campaign.core.language import _, ngettext
from campaign.core.palette import Colour, Palette
from campaign.profile.colours import palette
from campaign.wording.numbers import number

FONT: Final = '"Source Sans", "Source Sans 3", "Source Sans Pro", system-ui, sans-serif'
VALUE: Final = (
    12  # pixels of a value's letters, smaller where its territory has less room: they grow as one comes nearer
)
NARROW: Final = 600  # pixels under which names are shortened
IN_TOWN: Final = (0.12, 0.08)  # degrees of longitude and latitude within which a circle is a town's own


def points_deck(
    events: Iterable[Row],
    *,
    dark: bool,
    selected: str | None = None,
    width: int = 1000,
    height: int | None = None,
    nomenclature: Literal[2014, 2016] = 2014,
    bounds: Box = WHOLE,
) -> pydeck.Deck:
    """Return the map of places with events; a circle's area goes with their number.

    `events` hold `lat`, `lon` and, where known, `commune_code`, `commune`, `departement_code`, `n_events` (else 1).
    `selected` is a place as `map_places.place_key` gives it. `width` and `height` are the drawing's, in pixels; the
    opening view holds the box `bounds`. The layers "places" and "inset-places" can be picked: the object's `place` is the key.
    """
    colours = palette(is_dark=dark)
    rows = places(events)
    most = max((row["n"] for row in rows), default=1)
    home: list[dict[str, Any]] = []
    copies: list[dict[str, Any]] = []
    for row in rows:
        circle = {
            "place": row["place"],
            "words": _words(row),
            "n": row["n"],
            "r": radius(row["n"], most, narrow=width < NARROW),
        }
        home.append({"at": [row["lon"], row["lat"]], **circle})
        if (inset := inset_of(row["departement"])) is not None:
            copies.append({"at": [round(value, 4) for value in moved(row["lon"], row["lat"], inset)], **circle})
    layers = [
        *_inset_names(colours, width),
        _circles("places", home, colours),
        _circles("inset-places", copies, colours),
    ]
    if chosen := [row for row in home + copies if row["place"] == selected]:
        layers.append(_ring(chosen, colours))
    layers += [_numbers(home + copies, colours), _town_names(home, colours)]
    base = "base" + ("-2016" if nomenclature == 2016 else "")
    return deck(layers, base, "{words}", dark=dark, width=width, height=height, bounds=bounds)


def radius(n: int, most: int, *, narrow: bool = False) -> float:
    """Return a circle's radius in pixels: its area goes with the number, from 3 to at most 22 pixels (narrow: 13)."""
    scale = 0.6 if narrow else 1.0
    largest = min(22.0, 3.5 * math.sqrt(most))
    return round(scale * max(3.0, largest * math.sqrt(n / most)), 1)


def _words(row: Row) -> str:
    counted = ngettext("{n} événement", "{n} événements", row["n"], n=number(row["n"]))
    return _("{name} : {value}", name=row["name"], value=counted) if row["name"] else counted


def _circles(name: str, data: list[dict[str, Any]], colours: Palette) -> pydeck.Layer:
    return pydeck.Layer(
        "ScatterplotLayer",
        data,
        id=name,
        get_position="at",
        get_radius="r",
        radius_units=pydeck.types.String("pixels"),
        get_fill_color=[*colours.accent, 220],
        get_line_color=colours.rim,
        stroked=True,
        line_width_units=pydeck.types.String("pixels"),
        get_line_width=0.9,
        pickable=True,
        auto_highlight=True,
    )


def _ring(data: list[dict[str, Any]], colours: Palette) -> pydeck.Layer:
    """Return the circle around the chosen place."""
    return pydeck.Layer(
        "ScatterplotLayer",
        data,
        id="chosen",
        get_position="at",
        get_radius="r + 4",
        radius_units=pydeck.types.String("pixels"),
        filled=False,
        stroked=True,
        get_line_color=colours.chosen,
        line_width_units=pydeck.types.String("pixels"),
        get_line_width=2.5,
    )


def _numbers(circles: list[dict[str, Any]], colours: Palette) -> pydeck.Layer:
    """Return the numbers of events in the circles that are large enough for them."""
    texts = [
        {"at": circle["at"], "text": number(circle["n"]), "r": circle["r"]} for circle in circles if circle["n"] > 1
    ]
    texts = [text for text in texts if text["r"] >= 4 + 2.9 * len(text["text"])]
    return _texts("numbers", texts, colours.rim, size=11, weight=600)


def _texts(
    name: str, data: list[dict[str, Any]], colour: Colour | str, *, size: int | str, weight: int = 400, **options: Any
) -> pydeck.Layer:
    """Return a layer of texts: each row's `text`, at its `at`; `colour` and `size` may be the name of a row's field."""
    return pydeck.Layer(
        "TextLayer",
        data,
        id=name,
        get_position="at",
        get_text="text",
        get_size=size,
        get_color=colour,
        font_family=pydeck.types.String(FONT),
        font_weight=weight,
        character_set=pydeck.types.String("auto"),
        pickable=False,
        **options,
    )


def _town_names(circles: list[dict[str, Any]], colours: Palette) -> pydeck.Layer:
    """Return the names of the largest towns, each beside its own circles: few enough for a telephone; the base map writes the others."""

    def offset(at: Sequence[float]) -> list[float]:
        own = [c["r"] for c in circles if abs(c["at"][0] - at[0]) < IN_TOWN[0] and abs(c["at"][1] - at[1]) < IN_TOWN[1]]
        return [max([8, *(round(r + 5, 1) for r in own)]), 0]

    return _texts(
        "towns",
        [{**town, "offset": offset(town["at"])} for town in largest_towns()],
        colours.chosen,
        size=11,
        weight=600,
        get_text_anchor=pydeck.types.String("start"),
        get_pixel_offset="offset",
        background=True,
        get_background_color=[*colours.land, 205],
        background_padding=[2, 0, 2, 0],
    )


def _inset_names(colours: Palette, width: int) -> list[pydeck.Layer]:
    """Return the insets' names on the upper edges of their boxes, and their factors in the lower corners."""
    narrow = width < NARROW
    names = dict(territories()["layers"]["departement"]["names"])
    names["IDF"] = _("Paris") if narrow else _("Paris et petite couronne")
    heads: list[dict[str, Any]] = []
    heads_at_end: list[dict[str, Any]] = []  # at the right edge of the drawing a name grows to the left
    factors: list[dict[str, Any]] = []
    for code, row in insets().items():
        west, south, east, north = row["box_lonlat"]
        zoom = row["zoom_vs_metropole"]
        if code == "IDF":
            heads_at_end.append({"at": [east, north], "text": names[code]})
        else:
            heads.append({"at": [west, north], "text": names[code]})
        if not narrow:  # there they would lie on the islands
            factors.append({"at": [east, south], "text": f"×{number(zoom, 1 if zoom >= 1 else 2)}"})
    size = 9 if narrow else 11
    start, end = pydeck.types.String("start"), pydeck.types.String("end")
    ground: dict[str, Any] = {
        "background": True,
        "get_background_color": [*colours.sea, 255],
        "background_padding": [3, 0, 3, 0],
    }
    return [
        _texts("inset-names", heads, colours.ink, size=size, get_text_anchor=start, get_pixel_offset=[7, 0], **ground),
        _texts(
            "inset-names-at-end",
            heads_at_end,
            colours.ink,
            size=size,
            get_text_anchor=end,
            get_pixel_offset=[-7, 0],
            **ground,
        ),
        _texts("inset-factors", factors, colours.ink, size=size, get_text_anchor=end, get_pixel_offset=[-4, -8]),
    ]


def choropleth_deck(
    rows: Iterable[Row],
    *,
    layer: Layer,
    value: str,
    breaks: Sequence[float],
    dark: bool,
    selected: str | None = None,
    code: str = "code",
    decimals: int = 0,
    width: int = 1000,
    height: int | None = None,
    bounds: Box = WHOLE,
) -> pydeck.Deck:
    """Return the map of territories in the classes of `class_breaks`, their values written on it.

    Parameters as for `maps.choropleth_svg` and `points_deck`. The browser fetches the outlines from /assets: only
    colours and values are sent. The layer "territories" can be picked: the object's `properties.code` is the code.
    """
    colours = palette(is_dark=dark)
    values = {str(row[code]): None if pandas.isna(row[value]) else float(row[value]) for row in rows}
    table = territories()["layers"][layer]
    order = sorted(table["names"])  # the `index` of the file's features
    fills: list[Colour] = []
    texts: list[dict[str, Any]] = []
    for territory in order:
        amount = values.get(territory)
        of_step = step(amount, breaks)
        fills.append([*(colours.nodata if of_step is None else colours.steps[of_step]), 255])
        ink = colours.on_steps[0 if of_step is None else of_step]
        words = number(amount, decimals)
        for lon, lat, room in anchors(layer, territory):
            texts.append({"at": [lon, lat], "text": words, "ink": ink, "size": _fitting(words, room)})
    chosen = order.index(selected) if selected in table["names"] else -1
    areas = pydeck.Layer(
        "GeoJsonLayer",
        f"/assets/base/{layer}_areas.geojson",
        id="territories",
        get_fill_color=f"({json.dumps(fills)})[properties.index]",
        get_line_color=f"properties.index == {chosen} ? {colours.chosen} : {colours.ink}",
        get_line_width=f"properties.index == {chosen} ? 3 : 0.7",
        line_width_units=pydeck.types.String("pixels"),
        stroked=True,
        pickable=True,
        auto_highlight=True,
        highlight_color=[*colours.accent, 70],
    )
    numbers = _texts(
        "values",
        texts,
        "ink",
        size="size",
        weight=600,
        size_units=pydeck.types.String("common"),
        size_max_pixels=VALUE,
    )
    layers = [areas, numbers, *_inset_names(colours, width)]
    return deck(layers, "base-plain", "{name}", dark=dark, width=width, height=height, bounds=bounds)


def _fitting(words: str, room: float) -> float:
    """Return the size, in pixels of the whole world at zoom 0, of a value as large as its territory has room for (half a width)."""
    units = min(2 * room / FLAT / 0.8, 2 * room / (LETTER * max(len(words), 1)))
    unit_m: float = territories()["unit_m"]
    return round(units * unit_m * 512 / (2 * math.pi * EARTH_RADIUS_M), 4)


def anchors(layer: Layer, territory: str) -> list[tuple[float, float, float]]:
    """Return where a territory's value is written, in degrees: in its inset if it has one, and at its true place; and the room."""
    table = territories()
    letter = "d" if layer == "departement" else "r"
    found = []
    for key in (letter + territory, "i" + territory):
        if key in table["layers"][layer]["labels"]:
            x, y, room = table["layers"][layer]["labels"][key]
            if key[0] == "i" or "i" + territory not in table["layers"][layer]["labels"]:
                lon, lat = unmercator(table["west_m"] + x * table["unit_m"], table["north_m"] - y * table["unit_m"])
                found.append((round(lon, 4), round(lat, 4), room))
    return found
