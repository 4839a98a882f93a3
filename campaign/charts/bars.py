"""Bars with their names and numbers on them, in one column or in several where there are many."""

from collections.abc import Sequence

from campaign.charts import svg
from campaign.charts.svg import Box
from campaign.core.language import _
from campaign.wording.numbers import number


def bars(
    box: Box,
    size: float,
    rows: Sequence[tuple[str, float]],
    *,
    selected: str | None,
    columns: int = 1,
    decimals: int = 0,
    keys: Sequence[str] = (),
) -> str:
    """Return one bar per (name, number), in the given order, on one scale; the selected name is in the accent colour.

    With `keys`, one for each row, names and bars are marks that a page may lead somewhere.
    """
    if not rows:
        return ""
    top = max(n for _name, n in rows) or 1
    per_column = -(-len(rows) // columns)
    gap = size * 2.2
    width = (box.width - gap * (columns - 1)) / columns
    step = min(box.height / per_column, size * (2.1 if len(rows) > 8 else 3.4))
    letters = min(size, step * 0.72)
    weight_of = {name: 600 if name == selected else 400 for name, _n in rows}
    room = width * (0.62 if width < size * 24 else 0.5)
    letters, lines_of = svg.named([name for name, _n in rows], letters, room, step * 0.94, max(weight_of.values()))
    names_width = max(svg.measure(line, letters, weight_of[name]) for name, _n in rows for line in lines_of[name])
    numbers_width = max(svg.measure(number(n, decimals), letters, 600) for _name, n in rows) + letters * 0.5
    parts = []
    for index, (name, n) in enumerate(rows):
        column, row = divmod(index, per_column)
        x, y = box.x + column * (width + gap), box.y + row * step
        base = y + step * 0.5 + letters * 0.34
        start = x + names_width + letters * 0.7
        length = (x + width - start - numbers_width) * n / top
        fill = svg.ACCENT if selected is None or name == selected else svg.CONTEXT
        lines = lines_of[name]
        first = base - (len(lines) - 1) * letters * 0.5
        label = svg.paragraph(
            start - letters * 0.7, first, lines, letters, leading=1.0, weight=weight_of[name], anchor="end"
        )
        bar = svg.rect(Box(start, y + step * 0.16, max(length, 1 if n else 0), step * 0.68), fill)
        value = svg.text(start + max(length, 0) + letters * 0.4, base, number(n, decimals), letters, weight=600)
        words = _("{name} : {value}", name=name, value=number(n, decimals))
        parts.append(
            svg.mark(keys[index], words, label + bar + value, Box(x, y, width, step)) if keys else label + bar + value
        )
    return "".join(parts)


def height(n: int, size: float) -> float:
    """Return the height that so many bars want, in one column, with letters of a size."""
    return n * size * 2.05 + size * 0.4
