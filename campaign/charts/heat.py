"""A table whose cells are shaded by class, each with its number: regions and types, weeks and weekdays."""

from collections.abc import Callable, Sequence

from campaign.charts import maps, svg
from campaign.charts.svg import Box
from campaign.wording.numbers import number

Value = int | None


def heat(
    box: Box,
    size: float,
    rows: Sequence[tuple[str, Sequence[Value]]],
    heads: Sequence[str],
    breaks: Sequence[float],
    *,
    corner: Callable[[int, int], str] | None = None,
    framed: Callable[[int, int], bool] | None = None,
    short: Sequence[str] = (),
    cell_mark: Callable[[int, int], tuple[str, str]] | None = None,
) -> str:
    """Return the table: a name before each row, a head over each column; None leaves a cell empty.

    `corner` gives small words for a cell's corner; cells that are `framed` stand in a thicker rim.
    `short` are the heads where columns are too narrow. `cell_mark` gives the key and the words of a cell, which is then a
    mark that a page may lead somewhere.
    """
    if not rows:
        return ""
    row_height = (box.height - size * 3) / len(rows)
    letters = min(
        size * 0.92, max(row_height * 0.62, min(row_height * 0.8, size * 0.5))
    )  # many rows: closer, not smaller
    names = max(svg.measure(name, letters) for name, _values in rows) + letters
    wide = (box.width - names) / len(heads)
    if short and max(svg.measure(head, letters * 0.86) for head in heads) > wide - letters * 0.4:
        heads = short
    upright, small, lines = _heads(heads, letters * 0.86, wide - letters * 0.4, box.height * 0.3)
    tall_head = upright or max(len(each) for each in lines) * small * 1.12
    tall_head += small * 0.8
    tall = min((box.height - tall_head) / len(rows), size * 3)
    parts = []
    for k, head in enumerate(lines):
        x = box.x + names + (k + 0.5) * wide
        first = box.y + tall_head - small * 0.7 - (len(head) - 1) * small * 1.12
        if upright:
            parts.append(svg.upright(x, box.y + tall_head - small * 0.5, heads[k], small, fill=svg.INK_2))
            continue
        for line, words in enumerate(head):
            parts.append(svg.text(x, first + line * small * 1.12, words, small, fill=svg.INK_2, anchor="middle"))
    frames = []
    for r, (name, values) in enumerate(rows):
        y = box.y + tall_head + r * tall
        parts.append(
            svg.text(box.x + names - letters * 0.6, y + tall / 2 + letters * 0.35, name, letters, anchor="end")
        )
        for k, n in enumerate(values):
            if n is None:
                continue
            step = maps.step(n, breaks) or 0
            cell = Box(box.x + names + k * wide + 1, y + 1, wide - 2, tall - 2)
            drawn = [svg.rect(cell, svg.STEPS[step], stroke="" if step else svg.LINE)]
            x, base = cell.x + cell.width / 2, y + tall / 2 + letters * 0.35
            drawn.append(
                svg.text(
                    x, base, number(n), letters, fill=svg.ON_STEPS[step], weight=600 if n else 400, anchor="middle"
                )
            )
            if corner and tall > letters * 2:
                drawn.append(
                    svg.text(cell.x + 4, cell.y + letters * 0.72, corner(r, k), letters * 0.72, fill=svg.ON_STEPS[step])
                )
            parts.append(svg.mark(*cell_mark(r, k), "".join(drawn)) if cell_mark else "".join(drawn))
            if framed and framed(r, k):
                frames += _rim(cell, framed, r, k)
    return "".join(parts) + "".join(frames)


def _heads(heads: Sequence[str], size: float, width: float, most: float) -> tuple[float, float, list[list[str]]]:
    """Return the height of heads that stand upright (0: they lie), the letters, and their lines: no head is cut."""
    letters = svg.fitting(heads, size, width, 3)
    lines = [svg.headed(head, letters, width, 3) for head in heads]
    if svg.fits(heads, letters, width, 3):
        return 0, letters, lines
    longest = max(svg.measure(head, size) for head in heads)
    letters = min(size, width * 0.9, size * most / longest)
    return max(svg.measure(head, letters) for head in heads), letters, lines


def _rim(cell: Box, framed: Callable[[int, int], bool], r: int, k: int) -> list[str]:
    left, top, right, low = cell.x - 1, cell.y - 1, cell.right + 1, cell.bottom + 1
    sides = (
        (framed(r - 1, k), left, top, right, top),
        (framed(r + 1, k), left, low, right, low),
        (k > 0 and framed(r, k - 1), left, top, left, low),
        (k < 6 and framed(r, k + 1), right, top, right, low),
    )
    return [svg.line(x1, y1, x2, y2, svg.INK, 2) for is_inner, x1, y1, x2, y2 in sides if not is_inner]
