"""How a list of rows is drawn as bars: the same letters for what draws them and for how high they stand."""

from collections.abc import Callable
from typing import Any, TypedDict

from campaign.charts.bars import bars
from campaign.charts.bars import height as height_of_bars
from campaign.drawings.content import Rows

ROOMY = 1.1  # of short lists: letters a little larger than a map's beside them


class Bars(TypedDict):
    """What `Content` takes of it."""

    draw: Callable[..., str]
    height: Callable[[float, float], float]


def as_bars(
    rows: Rows, *, selected: str | None = None, scale: float = ROOMY, may_fold: bool = False, decimals: int = 0
) -> Bars:
    """Return what draws rows as bars, in their order, `selected` (a name) in the accent colour.

    `may_fold`: into two columns where one would be higher than the room that there is.
    """

    def draw(box: Any, size: float) -> str:
        letters = size * scale
        is_folded = may_fold and box.height < letters * 1.35 * len(rows)
        pairs = [(name, number) for _key, name, number in rows]
        keys = [key for key, _name, _number in rows]
        return bars(box, letters, pairs, selected=selected, columns=2 if is_folded else 1, decimals=decimals, keys=keys)

    return {"draw": draw, "height": lambda _width, size: height_of_bars(len(rows), size * scale)}
