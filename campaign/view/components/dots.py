"""Published figures as dots over the editions, in HTML: full ones exact, open ones rounded or announced."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from campaign.view.components.growth import break_html, break_key, columns_css
from campaign.wording.numbers import missing, number

TICK = 500


@dataclass(frozen=True)
class Point:
    """One published figure of an edition: value, whether it is soft (rounded, announced), whether it is the headline."""

    edition: int
    value: int
    is_soft: bool
    is_headline: bool
    words: str


def dots_html(points: Sequence[Point], years: Sequence[int], chosen: int | None, breaks: Sequence[int] = ()) -> str:
    """Return one column of dots per year on one scale from zero; a year without figure is an empty slot « n. c. ».

    After the years of `breaks` figures stop being exact: a line says so.

    The headline figure of each year is labelled. What the dots show is read out as a list.
    """
    top = -(-max((point.value for point in points), default=1) // TICK) * TICK
    lines = "".join(
        f'<span class="line" style="--at:{tick / top:.3f}"><i>{number(tick)}</i></span>'
        for tick in range(0, top + 1, TICK)
    )
    columns = "".join(
        _column(
            year, [p for p in points if p.edition == year], top, is_chosen=year == chosen, mark=break_html(year, breaks)
        )
        for year in years
    )
    words = "".join(f"<li>{escape(point.words)}</li>" for point in points)
    key = f'<ul class="key">{break_key(breaks)}</ul>' if breaks else ""
    return (
        f'{key}<div class="dots"><div class="lines" aria-hidden="true">{lines}</div>'
        f'<ol class="{columns_css(len(years))}" aria-hidden="true">{columns}</ol><ul class="unseen">{words}</ul></div>'
    )


def _column(year: int, points: Sequence[Point], top: int, *, is_chosen: bool, mark: str) -> str:
    drawn = "".join(_dot(point, top) for point in sorted(points, key=lambda point: point.is_headline))
    inner = drawn or f'<span class="none">{missing()}</span>'
    css = ' class="chosen"' if is_chosen else ""
    return f'<li{css}><div class="plot">{inner}</div>{mark}<div class="year">{year}</div></li>'


def _dot(point: Point, top: int) -> str:
    css = "dot" + (" soft" if point.is_soft else "") + (" headline" if point.is_headline else "")
    value = f"<b>{number(point.value)}</b>" if point.is_headline else ""
    return f'<span class="{css}" style="--at:{point.value / top:.3f}" title="{escape(point.words)}">{value}</span>'
