"""A map of territories: filled by class, values written on them, overseas always in sight; or one region alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from campaign.charts import maps, svg
from campaign.charts.bars import bars
from campaign.charts.maps import Layer
from campaign.charts.outlines import FINE, around, fine_outlines, use
from campaign.charts.svg import Box
from campaign.core.language import _
from campaign.wording.numbers import number

WIDTH, HEIGHT = 640, 488.8  # of the frame that the outlines are drawn in


class Letters(NamedTuple):
    """The size of letters, the least of a value and that of the insets' names as parts of it: on a telephone all are small."""

    full: float
    least: float
    insets: float


@dataclass(frozen=True)
class Look:
    """What the classes look like: fills and inks by step, words that stand in place of values, the legend."""

    fills: Sequence[str] = svg.STEPS
    inks: Sequence[str] = svg.ON_STEPS
    words: Mapping[str, str] = field(default_factory=dict)
    entries: Sequence[tuple[str, str]] = ()


def choropleth(
    box: Box,
    size: float,
    values: Mapping[str, float],
    *,
    layer: Layer,
    breaks: Sequence[float],
    listed: Sequence[tuple[str, float]],
    heading: str,
    selected: str | None = None,
    only: Sequence[str] = (),
    nomenclature: int = 2014,
    decimals: int = 0,
    look: Look | None = None,
    mark_labels: Mapping[str, str] | None = None,
) -> str:
    """Return the map, its legend and the first of its values as bars: beside it, or under it in an upright box.

    `values` by code; `only` limits the map to these territories, drawn as large as the box allows. `look` replaces the
    colours and words of the classes. Each territory is a mark under its code, for pages; `mark_labels` gives its words
    where they are not name and value.
    """
    beside = bool(listed) and box.width > box.height * 1.4
    is_whole = set(only or maps.territories()["layers"][layer]["names"]) <= values.keys()
    entries = look.entries if look else _entries(breaks, decimals, is_whole=is_whole)
    place, legend_height = _place(box, size, entries, beside=beside, is_alone=not listed)
    if beside:
        side = Box(place.right + size * 2, box.y, box.right - place.right - size * 2, box.height)
    else:
        side = Box(box.x, place.bottom + legend_height, box.width, box.bottom - place.bottom - legend_height)
    view = _view(only)
    scale = min(place.width / view.width, place.height / view.height)
    left = place.x if beside and not only else place.x + (place.width - view.width * scale) / 2
    shift = f"translate({left:.2f} {place.y:.2f}) scale({scale:.4f}) translate({-view.x:.2f} {-view.y:.2f})"
    letters = Letters(size, *((0.55, 0.68) if listed else (0.7, 0.8)))
    drawn = _areas(values, layer, breaks, selected, only, scale, letters, nomenclature, decimals, look or Look())
    drawn += svg.overlay(_pointed_at(values, layer, only, decimals, mark_labels or {}))
    legend, _height = svg.legend(place.x, place.y + view.height * scale + size * 1.1, place.width, size, entries)
    fitting = max(3, int((side.height - size * 2) / (size * 1.75)))  # the others are on the map
    bar_rows: Sequence[tuple[str, float]] = [] if len(only) == 1 else listed[:fitting]
    heading_size = svg.fitting([heading], size * 0.9, side.width, 1)
    return (
        f'{svg.hatch("nodata", svg.LINE)}<g transform="{shift}">{drawn}</g>{legend}'
        f"{svg.text(side.x, side.y + size, heading if bar_rows else '', heading_size, fill=svg.INK_2)}"
        f"{bars(Box(side.x, side.y + size * 1.6, side.width, side.height - size * 1.6), size, bar_rows, selected=None, decimals=decimals)}"
    )


def _place(
    box: Box, size: float, entries: Sequence[tuple[str, str]], *, beside: bool, is_alone: bool
) -> tuple[Box, float]:
    """Return the room of the map, and the height of the legend under it: as wide as the map, in as many rows as that asks for."""
    share = (0.62 if box.width > 500 else 0.53) if beside else 1
    width, tallest = box.width * share, box.height if beside else box.height * 0.56
    height = 0.0
    for _round in range(3):  # a narrower map may ask for one more row, which leaves it less room
        height = svg.legend(0, 0, width, size, entries)[1] + size * 1.4
        width = min(width, (box.height - height) * WIDTH / HEIGHT) if beside else width
    place_height = box.height - height if beside or is_alone else min(tallest, box.width * HEIGHT / WIDTH)
    return Box(box.x, box.y, width, place_height), height


def _areas(
    values: Mapping[str, float],
    layer: Layer,
    breaks: Sequence[float],
    selected: str | None,
    only: Sequence[str],
    scale: float,
    sizes: Letters,
    nomenclature: int,
    decimals: int,
    look: Look,
) -> str:
    table: dict[str, Any] = maps.territories()
    places: dict[str, Sequence[float]] = table["layers"][layer]["labels"]
    file = FINE if only else maps.FILES[layer]
    prefix = "d" if layer == "departement" else "r"
    areas: list[tuple[int, str]] = []
    texts: list[str] = []
    for code in only or table["layers"][layer]["names"]:
        amount = values.get(code)
        step = maps.step(amount, breaks)
        fill = "url(#nodata)" if step is None else look.fills[step]
        enlarged = layer == "departement" and not only and code in maps.RING
        for key in (f"{prefix}{code}", *((f"i{code}",) if enlarged else ())):
            rim = svg.CONTEXT if (step or 0) < 4 or look.entries else svg.PAPER
            areas.append((step or 0, use(file, key, f'fill="{fill}" stroke="{rim}" stroke-width="{0.9 / scale:.2f}"')))
        x, y, room = places[f"i{code}" if enlarged else f"{prefix}{code}"]
        words = look.words.get(code, number(amount, decimals))
        letters = min(sizes.full * 1.02 / scale, 2 * room / maps.FLAT / 0.8, 2 * room / (len(words) * maps.LETTER))
        if letters * scale >= sizes.full * sizes.least:
            fill = svg.INK if step is None else look.inks[step]
            texts.append(
                svg.text(x, y + letters * 0.35, words, round(letters, 2), fill=fill, weight=600, anchor="middle")
            )
    drawn = "".join(path for _step, path in sorted(areas))
    if prefix == "d" and not only:
        drawn += use(
            file, f"lines-{nomenclature}", f'fill="none" stroke="{svg.INK_2}" stroke-width="{1.1 / scale:.2f}"'
        )
    if selected and prefix == "r":
        rim = f'stroke="{svg.INK}" stroke-width="{3 / scale:.2f}" stroke-linejoin="round"'
        drawn += use(file, f"r{selected}", f'fill="none" {rim}')
    return drawn + ("" if only else boxes_of_insets(layer, scale, sizes.full, sizes.insets)) + "".join(texts)


def _pointed_at(
    values: Mapping[str, float], layer: Layer, only: Sequence[str], decimals: int, mark_labels: Mapping[str, str]
) -> str:
    """Return transparent copies of the territories, over all fills: no neighbour hides the line of the one in focus.

    Those with values first, in their order; of the enlarged ones the small copy is no mark.
    """
    names: Mapping[str, str] = maps.territories()["layers"][layer]["names"]
    prefix = "d" if layer == "departement" else "r"
    file = FINE if only else maps.FILES[layer]
    drawn_codes = set(only or names)
    parts = []
    for code in [*(code for code in values if code in drawn_codes), *sorted(drawn_codes - values.keys())]:
        key = f"i{code}" if layer == "departement" and not only and code in maps.RING else f"{prefix}{code}"
        words = mark_labels.get(code) or _(
            "{name} : {value}", name=names[code], value=number(values.get(code), decimals)
        )
        parts.append(svg.mark(code, words, use(file, key, 'fill="transparent"')))
    return "".join(parts)


def _view(only: Sequence[str]) -> Box:
    """Return what of the outlines' frame is drawn: these territories with a little around them, or all."""
    if not only:
        return Box(0, 0, WIDTH, HEIGHT)
    shape = around([fine_outlines()[f"d{code}"] for code in only])
    pad = max(shape.width, shape.height) * 0.04
    return Box(shape.x - pad, shape.y - pad, shape.width + 2 * pad, shape.height + 2 * pad)


def height(width: float, size: float, only: Sequence[str] = ()) -> float:
    """Return the height that a map without its list wants on a page, at a width: a territory wider than the country wants less."""
    view = _view(only)
    return min(width, size * 46) * min(HEIGHT / WIDTH, view.height / view.width) + size * (
        3.2 if width > size * 40 else 4.6
    )


def boxes_of_insets(layer: Layer, scale: float, size: float, part: float = 0.68) -> str:
    """Return the boxes of the insets with their names and factors, in units of the drawing."""
    parts = [
        f'<rect x="{box["x"]}" y="{box["y"]}" width="{box["width"]}" height="{box["height"]}" fill="none" '
        f'stroke="{svg.LINE}" stroke-width="{1 / scale:.2f}"/>'
        for _code, box in _insets(layer)
    ]
    for words, place in words_of_insets(layer, scale, size, part):
        parts.append(svg.text(place.x, place.bottom, words, round(place.height, 2), fill=svg.INK_2, halo=True))
    return "".join(parts)


def words_of_insets(layer: Layer, scale: float, size: float, part: float = 0.68) -> list[tuple[str, Box]]:
    """Return the insets' names and factors and where they stand, in units of the drawing; letters are as high as the box."""
    names = dict(maps.territories()["layers"]["departement"]["names"]) | {"IDF": _("Paris et petite couronne")}
    placed_words = []
    full = size * part / scale
    for code, box in _insets(layer):
        room = box["width"] - 5
        letters = full * min(1.0, max(room / svg.measure(names[code], full), 0.85))
        width = svg.measure(names[code], letters)
        x = box["x"] + 3 - max(width - room, 0)  # the one in the north-east: nothing stands to the left of its box
        placed_words.append((names[code], Box(x, box["y"] + full - letters, width, letters)))
        if scale > 0.6:
            factor = "×" + number(box["factor"], 1 if box["factor"] >= 1 else 2)
            width = svg.measure(factor, full * 0.92)
            right, low = box["x"] + box["width"] - 3, box["y"] + box["height"] - 3
            placed_words.append((factor, Box(right - width, low - full * 0.92, width, full * 0.92)))
    return placed_words


def _insets(layer: Layer) -> list[tuple[str, dict[str, float]]]:
    """Return code and box of the insets of a layer; the surroundings of Paris are one region."""
    boxes: dict[str, dict[str, float]] = maps.territories()["insets"]
    return [(code, box) for code, box in boxes.items() if code != "IDF" or layer == "departement"]


def _entries(breaks: Sequence[float], decimals: int, *, is_whole: bool) -> list[tuple[str, str]]:
    words = maps.class_labels(breaks, whole=decimals == 0, decimals=decimals)
    missing = [] if is_whole else [("url(#nodata)", _("non communiqué"))]
    return [*zip(svg.STEPS, [number(0), *words], strict=False), *missing]
