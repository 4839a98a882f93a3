"""Maps of territories as inline SVG, and the classes that colour them.

A drawing holds no outline: `<use>` takes each from a file under /assets, which the browser keeps, so a change of filter
sends a few kilobytes. Colours, sizes of letters and the dark theme are in assets/map.css.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import blake2s
from html import escape
from itertools import pairwise
from math import floor, log10
from typing import Any, Final, Literal

import pandas

from campaign.core.language import _
from campaign.core.settings import ROOT
from campaign.wording.numbers import missing, number

Layer = Literal["region_2014", "region_2016", "departement"]
Row = Mapping[str, Any]

FILES: Final[dict[Layer, str]] = {
    "region_2014": "/assets/regions_2014.svg",
    "region_2016": "/assets/regions_2016.svg",
    "departement": "/assets/departements.svg",
}
STEPS: Final = 5
ROUND: Final = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
RING: Final = ("75", "92", "93", "94")

HATCH: Final = (
    '<defs><pattern id="map-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="map-hatch-ground" width="5" height="5"/><path class="map-hatch-line" d="M0 0v5"/></pattern></defs>'
)

TELEPHONE: Final = 17.0  # on a screen half as wide
LARGE: Final = 12.0  # letters of a value, in units of the drawing (640 wide)
SMALL: Final = 9.0
LETTER: Final = 0.54  # width of a figure, as a part of the size of letters
FLAT: Final = 2.2  # the room for a label is that much wider than high


@cache
def territories() -> dict[str, Any]:
    """Return the drawings' frame: width, height, insets, and per layer names and label points (x, y, half width)."""
    return dict(json.loads((ROOT / "assets" / "territories.json").read_text(encoding="utf-8")))


def region_layer(nomenclature: int) -> Layer:
    """Return the layer of a set of regions."""
    return "region_2016" if nomenclature == 2016 else "region_2014"


# Classes -------------------------------------------------------------------------------------------------------------


def class_breaks(values: Iterable[float | None]) -> list[float]:
    """Return up to four round thresholds that part the values above zero into classes of about the same size.

    Give the values of ALL editions: the thresholds are then the same whichever is shown. A threshold is the least value
    of its class. Zero and missing values are no part of it.
    """
    positive = sorted(float(value) for value in values if value is not None and value > 0)
    if not positive:
        return []
    whole = all(value.is_integer() for value in positive)
    thresholds: list[float] = []
    for k in range(1, STEPS):
        wanted = positive[min(len(positive) - 1, len(positive) * k // STEPS)]
        threshold = _round(wanted, above=thresholds[-1] if thresholds else positive[0], whole=whole)
        if threshold <= positive[-1]:
            thresholds.append(threshold)
    return thresholds


def _round(value: float, *, above: float, whole: bool) -> float:
    """Return the round number nearest to a value, by ratio, among those greater than `above`.

    Whole numbers from 4 on make classes of three at least: a class « 8 à 9 » says little.
    """
    power = 10.0 ** floor(log10(value))
    candidates = (round(power * scale * factor, 9) for scale in (1, 10) for factor in ROUND)
    least = above + 3 if whole and above >= 4 else above
    allowed = [n for n in candidates if n > above and n >= least and (n.is_integer() or not whole)]
    return min(allowed, key=lambda number: abs(log10(number / value)))


def step(value: float | None, breaks: Sequence[float]) -> int | None:
    """Return 0 for zero, 1 to 5 for the class of a value, None for a missing one."""
    if value is None or value != value:
        return None
    return 0 if value <= 0 else 1 + bisect_right(breaks, value)


def class_labels(breaks: Sequence[float], *, whole: bool = True, decimals: int = 1) -> list[str]:
    """Return what each class above zero holds, in words: "1 à 19", "20 à 49", "50 et plus"."""
    if not breaks:
        return [_("1 et plus") if whole else _("plus de 0")]

    def shown(value: float) -> str:
        return number(value, 0 if whole else decimals)

    first = _("1 à {high}", high=shown(breaks[0] - 1)) if whole else _("moins de {high}", high=shown(breaks[0]))
    if whole and breaks[0] <= 2:
        first = shown(1)
    labels = [first]
    for low, high in pairwise(breaks):
        last = high - 1 if whole else high
        labels.append(shown(low) if last == low else _("{low} à {high}", low=shown(low), high=shown(last)))
    return [*labels, _("{low} et plus", low=shown(breaks[-1]))]


# Drawing -------------------------------------------------------------------------------------------------------------


def choropleth_svg(
    rows: Iterable[Row],
    *,
    layer: Layer,
    value: str,
    breaks: Sequence[float],
    hrefs: Mapping[str, str] | None = None,
    labels: Mapping[str, str] | None = None,
    title: str,
    desc: str,
    selected: str | None = None,
    code: str = "code",
    decimals: int = 0,
    nomenclature: Literal[2014, 2016] = 2014,
) -> str:
    """Return a map of the territories as HTML: one `<svg>`, then its legend.

    `rows` hold the territory's code in column `code` and a number, or none, in column `value`; a territory without row
    has no data. `hrefs` and `labels` give, by code, where a territory leads and its name with its value in words
    ("Bretagne : 95 événements"). `breaks` come from `class_breaks`. `nomenclature` says which regions are lined on the
    départements. Everything is escaped here.
    """
    values = {str(row[code]): _known(row[value]) for row in rows}
    table = territories()
    names: dict[str, str] = table["layers"][layer]["names"]
    prefix = "d" if layer == "departement" else "r"
    whole = decimals == 0
    key = "map-" + blake2s(f"{layer}{title}{desc}".encode(), digest_size=4).hexdigest()

    areas: list[tuple[int, str]] = []
    links: list[str] = []
    texts: list[str] = []
    for territory in [*(name for name in values if name in names), *sorted(names.keys() - values.keys())]:
        amount = values.get(territory)
        words = (labels or {}).get(territory) or _(
            "{name} : {value}", name=names[territory], value=number(amount, decimals)
        )
        of_step = step(amount, breaks)
        css = "map-nodata" if of_step is None else f"map-step-{of_step}"
        enlarged = layer == "departement" and territory in RING
        ids = [prefix + territory, *(["i" + territory] if enlarged else [])]
        for id_ in ids:
            use = f'<use href="{FILES[layer]}#{id_}"'
            areas.append((of_step or 0, f'{use} class="map-area {css}"/>'))
            links.append(_link(f"{use}/>", words, (hrefs or {}).get(territory), again=id_ != ids[-1]))
        texts.append(_value(table["layers"][layer]["labels"][ids[-1]], amount, decimals, css))
    drawn = "".join(use for _step, use in sorted(areas))  # the dark ones last: their lines are the light ones

    lines = f'<use class="map-lines" href="{FILES[layer]}#lines-{nomenclature}"/>' if prefix == "d" else ""
    chosen = ""
    if selected in names:
        ids = [prefix + selected, *(["i" + selected] if prefix == "d" and selected in RING else [])]
        chosen = "".join(
            f'<use class="{css}" href="{FILES[layer]}#{id_}"/>' for css in ("map-halo", "map-selected") for id_ in ids
        )
    no_data = any(values.get(name) is None for name in names)
    return (
        f'<div class="map"><svg class="map-drawing" viewBox="0 0 {table["width"]:g} {table["height"]:g}" role="group"'
        f' aria-labelledby="{key}-title {key}-desc" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{key}-title">{_text(title)}</title><desc id="{key}-desc">{_text(desc)}</desc>'
        f"{HATCH}{_boxes(layer)}<g>{drawn}</g>{lines}{chosen}"
        f'<g class="map-values" aria-hidden="true">{"".join(texts)}</g>{_box_names(layer)}<g>{"".join(links)}</g></svg>'
        f"{legend(breaks, whole=whole, decimals=decimals, no_data=no_data)}</div>"
    )


def _known(value: Any) -> float | None:
    """Return a number, or None for the nulls of Python and of data frames."""
    return None if pandas.isna(value) else float(value)


def _text(words: str) -> str:
    """Return text for HTML inside Markdown, where an empty line would end the drawing."""
    return escape(" ".join(words.splitlines()))


def _link(use: str, words: str, href: str | None, *, again: bool) -> str:
    """Return what is pointed at, focused and read out: a transparent copy of a territory, over all the fills.

    `again` is the small one of a pair, which keyboards and screen readers pass over.
    """
    inside = f"<title>{_text(words)}</title>{use}"
    named = 'aria-hidden="true"' if again else f'aria-label="{_text(words)}"'
    if href is None:
        role = "" if again else ' role="img"'
        return f'<g class="map-territory"{role} {named}>{inside}</g>'
    focus = ' tabindex="-1"' if again else ""
    return f'<a class="map-territory" href="{escape(href)}" target="_self" {named}{focus}>{inside}</a>'


def _value(place: Sequence[float], amount: float | None, decimals: int, css: str) -> str:
    """Return the value's text where there is room for it: in large letters, in small ones, or not at all."""
    x, y, room = place
    text = missing() if amount is None else number(amount, decimals)
    for size, name in ((TELEPHONE, "large map-value-always"), (LARGE, "large"), (SMALL, "small")):
        if len(text) * LETTER * size <= 2 * room and size * 0.8 <= 2 * room / FLAT:
            return f'<text class="map-value-{name} on-{css}" x="{x:g}" y="{y:g}" dy=".35em">{escape(text)}</text>'
    return ""


def _insets(layer: Layer) -> list[tuple[str, dict[str, float], str]]:
    """Return code, box and name of the insets of a layer. The surroundings of Paris are one region: only départements
    are enlarged there."""
    names = dict(territories()["layers"]["departement"]["names"])
    names["IDF"] = _("Paris et petite couronne")
    boxes: dict[str, dict[str, float]] = territories()["insets"]
    return [(c, box, names[c]) for c, box in boxes.items() if c != "IDF" or layer == "departement"]


def _boxes(layer: Layer) -> str:
    return "".join(
        f'<rect class="map-box" x="{box["x"]:g}" y="{box["y"]:g}" width="{box["width"]:g}" height="{box["height"]:g}"/>'
        for _code, box, _name in _insets(layer)
    )


def _box_names(layer: Layer) -> str:
    """Return the insets' names and factors, on the upper edge of their boxes."""
    texts = []
    for _code, box, name in _insets(layer):
        factor = "×" + number(box["factor"], 1 if box["factor"] >= 1 else 2)
        right, beneath = box["x"] + box["width"], box["y"] + box["height"]
        start, css = (right - 5, " at-end") if right > territories()["width"] / 2 else (box["x"] + 5, "")
        texts.append(
            f'<text class="map-box-name{css}" x="{start:g}" y="{max(box["y"] + 3, 9):.1f}">{escape(name)}</text>'
            f'<text class="map-box-factor at-end" x="{right - 4:g}" y="{beneath - 4:.1f}">{factor}</text>'
        )
    return f'<g aria-hidden="true">{"".join(texts)}</g>'


def legend(breaks: Sequence[float], *, whole: bool, decimals: int, no_data: bool) -> str:
    """Return the legend of a map: zero, the classes, and missing values if there are some."""
    items = [("map-step-0", number(0))]
    items += [(f"map-step-{k}", text) for k, text in enumerate(class_labels(breaks, whole=whole, decimals=decimals), 1)]
    if no_data:
        items.append(("map-nodata", _("non communiqué")))
    entries = "".join(f'<li><span class="map-swatch {css}"></span>{escape(text)}</li>' for css, text in items)
    return f'<ul class="map-legend" aria-label="{escape(_("Légende"))}">{entries}</ul>'
