"""Small multiples: one small course of columns per series, all on one scale."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from math import log
from typing import Final

from campaign.analysis import standing
from campaign.charts import svg
from campaign.charts.svg import Box
from campaign.core.language import _
from campaign.wording.numbers import number, signed
from campaign.wording.quantities import listed

SHAPE: Final = 1.05  # of a panel: its width, as a part of its height
MANY = 12  # panels; above, they are smaller


def unfinished(years: Sequence[int], as_of: date | None) -> str:
    """Return which of the editions are not finished as of a day (None: now), to end a subtitle; "" where all are."""
    finished = standing.whole(years, as_of)
    rest = [str(year) for year in years if year not in finished]
    return _(" ; {edition} n'est pas finie", edition=listed(rest)) if rest else ""


def empty(names: Sequence[str]) -> str:
    """Return which series have nothing in any year and so no panel, to end a subtitle; "" where all have."""
    return _(" ; rien : {names}", names=listed(names)) if names else ""


def facts(
    values: Mapping[int, int],
    years: Sequence[int],
    chosen: int | None,
    counted: Callable[[int], str],
    *,
    is_running: bool = False,
) -> tuple[str, ...]:
    """Return what a panel's card says: the number of the marked year with its unit, its change, and the highest of all years.

    Of a year that `is_running` beside whole ones no change is said.
    """
    marked = chosen if chosen is not None and chosen in years else years[-1]
    phrases = []
    if (n := values.get(marked)) is not None:
        phrases.append(_("{amount} en {year}", amount=counted(n), year=marked))
        if not is_running and (before := values.get(marked - 1)) is not None:
            phrases.append(_("{change} par rapport à {edition}", change=signed(n - before), edition=marked - 1))
    top = max(values.values(), default=0)
    best = [str(year) for year in years if values.get(year) == top]
    if top and len(best) < len(years):
        phrases.append(_("le plus haut : {n} en {years}", n=number(top), years=listed(best)))
    return tuple(phrases)


def height(n: int, width: float, size: float) -> float:
    """Return the height that so many panels want at a width, with letters of a size."""
    per_row = 3 if width < size * 30 else 5 if width < size * 50 or n <= MANY else 7
    return -(-n // per_row) * width / per_row / SHAPE


def _misshapen(box: Box, per_row: int, n: int) -> float:
    """Return how far panels, so many in a row, are from being as wide as they should be for their height."""
    rows = -(-n // per_row)
    return abs(log(box.width / per_row / (box.height / rows) / SHAPE))


def multiples(
    box: Box,
    size: float,
    series: Sequence[tuple[str, Mapping[int, int]]],
    years: Sequence[int],
    chosen: int | None,
    *,
    base: int | None = None,
) -> str:
    """Return the panels in rows, the chosen year in the accent colour with its number written; nothing without years.

    Every year has its slot; one that a series does not hold at all (its edition is not in the file) is an empty one.
    `base` is a value that is lined across each panel (100 of an index).
    """
    if not years:
        return ""
    per_row = min(range(3, 8), key=lambda n: _misshapen(box, n, len(series)))
    rows = -(-len(series) // per_row)
    top = max((n for _name, values in series for n in values.values()), default=1) or 1
    width, height = box.width / per_row, box.height / rows
    marked = chosen if chosen is not None and chosen in years else years[-1]
    wanted = size * (0.82 if len(series) > MANY else 0.88)
    letters = svg.fitting([name for name, _values in series], wanted, width - size * 1.1, 2, 600)
    return "".join(
        _panel(
            Box(box.x + index % per_row * width, box.y + index // per_row * height, width - size * 1.1, height),
            letters,
            name,
            values,
            years,
            marked,
            top,
            base,
        )
        for index, (name, values) in enumerate(series)
    )


def _panel(
    panel: Box,
    letters: float,
    name: str,
    values: Mapping[int, int],
    years: Sequence[int],
    marked: int,
    top: int,
    base: int | None,
) -> str:
    heads = svg.headed(name, letters, panel.width, 2, 600)
    parts = [svg.paragraph(panel.x, panel.y + letters, heads, letters, weight=600, leading=1.1)]
    plot = Box(panel.x, panel.y + letters * 3.3, panel.width, panel.height - letters * 5.2)
    slot = plot.width / len(years)
    for k, year in enumerate(years):
        n = values.get(year)
        x = plot.x + k * slot
        tall = plot.height * (n or 0) / top
        colour = svg.ACCENT if year == marked else svg.QUIET
        if n is not None:
            parts.append(svg.rect(Box(x + slot * 0.12, plot.bottom - tall, slot * 0.76, tall), colour))
        if year == marked:
            words = number(n)
            half = svg.measure(words, letters, 600) / 2
            middle = min(max(x + slot / 2, plot.x + half), plot.right - half)
            y = plot.bottom - tall - letters * 0.3
            parts.append(svg.text(middle, y, words, letters, weight=600, fill=svg.ACCENT, anchor="middle", halo=True))
    parts.append(svg.line(plot.x, plot.bottom, plot.right, plot.bottom, svg.INK_2))
    below = plot.bottom + letters * 1.05
    parts.append(svg.text(plot.x, below, str(years[0]), letters * 0.9, fill=svg.INK_2))
    if len(years) > 1:
        parts.append(svg.text(plot.right, below, str(years[-1]), letters * 0.9, fill=svg.INK_2, anchor="end"))
    if base is not None:
        y = plot.bottom - plot.height * base / top
        parts.append(svg.line(plot.x, y, plot.right, y, svg.INK_2, 0.7))
    numbers = ", ".join(f"{year}{_(' : ')}{number(values.get(year))}" for year in years)
    return svg.mark(name, f"{name}{_(' : ')}{numbers}", "".join(parts), panel)
