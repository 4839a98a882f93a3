"""What all maps of territories share: the frame that they are drawn in, and the classes that colour them."""

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape
from itertools import pairwise
from math import floor, log10
from typing import Any, Final, Literal

from campaign.core.language import _
from campaign.core.settings import ROOT
from campaign.wording.numbers import number

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


def legend(breaks: Sequence[float], *, whole: bool, decimals: int, no_data: bool) -> str:
    """Return the legend of a map: zero, the classes, and missing values if there are some."""
    items = [("map-step-0", number(0))]
    items += [(f"map-step-{k}", text) for k, text in enumerate(class_labels(breaks, whole=whole, decimals=decimals), 1)]
    if no_data:
        items.append(("map-nodata", _("non communiqué")))
    entries = "".join(f'<li><span class="map-swatch {css}"></span>{escape(text)}</li>' for css, text in items)
    return f'<ul class="map-legend" aria-label="{escape(_("Légende"))}">{entries}</ul>'
