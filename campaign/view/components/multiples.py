"""Small multiples in HTML: one small line per series, side by side in as many columns as fit."""

from collections.abc import Mapping, Sequence
from html import escape

from campaign.core.language import _
from campaign.wording.numbers import missing, number

WIDTH, HEIGHT, EDGE = 120, 44, 5


def indexed(counts: Mapping[int, int], base: int) -> dict[int, int]:
    """Return counts by year with that of the base year as 100, rounded; nothing without a base."""
    first = counts.get(base, 0)
    return {year: round(100 * count / first) for year, count in counts.items()} if first else {}


def small_multiples_html(
    series: Sequence[tuple[str, Mapping[int, int]]], years: Sequence[int], chosen: int, *, base_line: int | None = None
) -> str:
    """Return one small line per series, all on one scale from 0; a year without value breaks the line.

    The chosen year is a dot with its value; `base_line` is drawn across (100 of an index).
    """
    top = max((value for _name, values in series for value in values.values()), default=1) or 1
    return f'<ul class="multiples">{"".join(_one(name, values, years, chosen, top, base_line) for name, values in series)}</ul>'


def _one(
    name: str, values: Mapping[int, int], years: Sequence[int], chosen: int, top: int, base_line: int | None
) -> str:
    def x(year: int) -> float:
        return EDGE + (WIDTH - 2 * EDGE) * (year - years[0]) / max(years[-1] - years[0], 1)

    def y(value: float) -> float:
        return HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * value / top

    runs: list[list[int]] = [[]]
    for year in years:
        if year in values:
            runs[-1].append(year)
        elif runs[-1]:
            runs.append([])
    lines = "".join(
        f'<polyline points="{" ".join(f"{x(year):.1f},{y(values[year]):.1f}" for year in run)}"/>'
        for run in runs
        if run
    )
    base = f'<path class="base" d="M0 {y(base_line):.1f}H{WIDTH}"/>' if base_line is not None else ""
    dot = f'<circle cx="{x(chosen):.1f}" cy="{y(values[chosen]):.1f}" r="3.5"/>' if chosen in values else ""
    words = ", ".join(f"{year} : {number(values[year]) if year in values else missing()}" for year in years)
    label = f"{name}{_(' : ')}{words}"
    return (
        f"<li><p>{escape(name)} <b>{escape(number(values.get(chosen)))}</b></p>"
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label)}"><title>{escape(label)}</title>'
        f'<path class="floor" d="M0 {HEIGHT - EDGE}H{WIDTH}"/>{base}{lines}{dot}</svg>'
        f'<span aria-hidden="true"><i>{years[0]}</i><i>{years[-1]}</i></span></li>'
    )
