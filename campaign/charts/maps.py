"""What all maps of territories share: the frame that they are drawn in, and the classes that colour them."""

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
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
MOST_ABOVE: Final = 0.8  # of the ninth tenth of measures: the last threshold is at least there
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
    """Return up to four round thresholds from fixed ladders; a threshold is the least value of its class.

    Counts: steps of the series 1, 2, 5, 10, 20, 50…; measures: multiples of one such step. Only the place on the ladder
    follows the values (nine in ten lie below the last threshold or a little above), so that files of one size have one legend.
    Give the values of ALL editions: the thresholds are then the same whichever is shown. Zero and missing values are no part
    of it.
    """
    positive = sorted(float(value) for value in values if value is not None and value > 0)
    if not positive:
        return []
    high = positive[min(len(positive) - 1, len(positive) * 9 // 10)]
    if all(value.is_integer() for value in positive):
        steps = [step for step in _series(2, positive[-1]) if step > positive[0]]
        n_reached = sum(step <= high for step in steps)
        first = max(0, n_reached - (STEPS - 1))
        thresholds = steps[first : first + STEPS - 1]
    else:
        step = next(step for step in _series(high / 100, 2 * high) if step * (STEPS - 1) >= MOST_ABOVE * high)
        thresholds = [round(step * k, 9) for k in range(1, STEPS)]
    return [threshold for threshold in thresholds if positive[0] < threshold <= positive[-1]]


def _series(low: float, high: float) -> list[float]:
    """Return the numbers 1, 2 and 5 times a power of ten from `low` to `high`."""
    powers = range(floor(log10(low)), floor(log10(high)) + 1) if high >= low else range(0)
    steps = (round(factor * 10.0**power, 9) for power in powers for factor in (1, 2, 5))
    return [step for step in steps if low <= step <= high]


def step(value: float | None, breaks: Sequence[float]) -> int | None:
    """Return 0 for zero, 1 to 5 for the class of a value, None for a missing one."""
    if value is None or value != value:
        return None
    return 0 if value <= 0 else 1 + bisect_right(breaks, value)


def class_labels(breaks: Sequence[float], *, whole: bool = True, decimals: int = 1) -> list[str]:
    """Return what each class above zero holds, in words: "1 à 19", "20 à 49", "50 et plus"."""
    if not breaks:
        return [_("1 et plus") if whole else _("plus de 0")]

    def amount(value: float) -> str:
        return number(value, 0 if whole else decimals)

    first = _("1 à {high}", high=amount(breaks[0] - 1)) if whole else _("moins de {high}", high=amount(breaks[0]))
    if whole and breaks[0] <= 2:
        first = amount(1)
    labels = [first]
    for low, high in pairwise(breaks):
        last = high - 1 if whole else high
        labels.append(amount(low) if last == low else _("{low} à {high}", low=amount(low), high=amount(last)))
    return [*labels, _("{low} et plus", low=amount(breaks[-1]))]
