"""Bars to both sides of zero: gain in blue, loss in orange, each with its name and signed number."""

from collections.abc import Sequence
from typing import Final

from campaign.charts import svg
from campaign.charts.svg import Box
from campaign.core.language import _
from campaign.core.palette import var
from campaign.wording.numbers import signed

RISE: Final = var("gain")
FALL: Final = var("loss")
# By class of change, 1 (strong fall) to 5 (strong rise); class 0 is not drawn.
GAIN_LOSS: Final = (svg.PAPER, *(var(f"change-{k}") for k in range(1, 6)))
INKS: Final = (svg.INK, *(var(f"change-ink-{k}") for k in range(1, 6)))


def diverging(box: Box, size: float, rows: Sequence[tuple[str, int]], keys: Sequence[str] = ()) -> str:
    """Return one bar per (name, number), in the given order, around one line of zero.

    With `keys`, one for each row, names and bars are marks that a page may lead somewhere.
    """
    if not rows:
        return ""
    step = min(box.height / len(rows), size * 2.6)
    letters, lines_of = svg.named([name for name, _n in rows], size, box.width * 0.45, step * 0.94)
    names = max(svg.measure(line, letters) for lines in lines_of.values() for line in lines)
    numbers = max(svg.measure(signed(n), size, 600) for _name, n in rows) + size * 0.8
    low, high = min(0, *(n for _name, n in rows)), max(0, *(n for _name, n in rows))
    start = box.x + names + size * 0.8 + (numbers if low < 0 else 0)
    scale = (box.right - numbers - start) / max(high - low, 1)
    zero = start - low * scale
    parts = []
    for index, (name, n) in enumerate(rows):
        y = box.y + index * step
        base = y + step * 0.5 + size * 0.34
        first = base - (len(lines_of[name]) - 1) * letters * 0.5
        label = svg.paragraph(box.x + names, first, lines_of[name], letters, leading=1.0, anchor="end")
        length = abs(n) * scale
        left = zero if n >= 0 else zero - length
        bar = svg.rect(Box(left, y + step * 0.16, length, step * 0.68), RISE if n >= 0 else FALL)
        x, anchor = (zero + length + size * 0.3, "start") if n >= 0 else (zero - length - size * 0.3, "end")
        drawn = label + bar + svg.text(x, base, signed(n), size, weight=600, anchor=anchor)
        words = _("{name} : {value}", name=name, value=signed(n))
        parts.append(svg.mark(keys[index], words, drawn, Box(box.x, y, box.width, step)) if keys else drawn)
    parts.append(svg.line(zero, box.y, zero, box.y + step * len(rows), svg.INK, 1.5))
    return "".join(parts)
