"""Small multiples: one small course of columns per series, all on one scale."""

from collections.abc import Mapping, Sequence

from campaign.press.drawings import svg
from campaign.press.drawings.svg import Box
from campaign.wording.numbers import number

MANY = 12  # panels; above, they are smaller


def multiples(
    box: Box, size: float, series: Sequence[tuple[str, Mapping[int, int]]], years: Sequence[int], chosen: int | None
) -> str:
    """Return the panels in rows, the chosen year in the accent colour with its number written; nothing without years."""
    if not years:
        return ""
    is_wide = box.width > box.height * 1.1
    per_row = (7 if is_wide else 5) if len(series) > MANY else (5 if is_wide else 3)
    rows = -(-len(series) // per_row)
    top = max((n for _name, values in series for n in values.values()), default=1) or 1
    width, height = box.width / per_row, box.height / rows
    marked = chosen if chosen in years else years[-1]
    letters = size * (0.76 if len(series) > MANY else 0.88)
    parts = []
    for index, (name, values) in enumerate(series):
        row, column = divmod(index, per_row)
        panel = Box(box.x + column * width, box.y + row * height, width - size * 1.1, height)
        heads = svg.wrap(name, letters, panel.width, 600)[:2]
        parts.append(svg.paragraph(panel.x, panel.y + letters, heads, letters, weight=600, leading=1.1))
        plot = Box(panel.x, panel.y + letters * 3.3, panel.width, panel.height - letters * 5.2)
        slot = plot.width / len(years)
        for k, year in enumerate(years):
            n = values.get(year, 0)
            tall = plot.height * n / top
            x = plot.x + k * slot
            parts.append(
                svg.rect(
                    Box(x + slot * 0.12, plot.bottom - tall, slot * 0.76, tall),
                    svg.ACCENT if year == marked else "#C3C7CC",
                )
            )
            if year == marked:
                anchor = "end" if k == len(years) - 1 else "middle"
                at = x + slot * 0.88 if anchor == "end" else x + slot / 2
                parts.append(
                    svg.text(
                        at,
                        plot.bottom - tall - letters * 0.3,
                        number(n),
                        letters,
                        weight=600,
                        fill=svg.ACCENT,
                        anchor=anchor,
                        halo=True,
                    )
                )
        parts.append(svg.line(plot.x, plot.bottom, plot.right, plot.bottom, svg.INK_2))
        parts.append(svg.text(plot.x, plot.bottom + letters * 1.05, str(years[0]), letters * 0.85, fill=svg.INK_2))
        parts.append(
            svg.text(
                plot.right, plot.bottom + letters * 1.05, str(years[-1]), letters * 0.85, fill=svg.INK_2, anchor="end"
            )
        )
    return "".join(parts)
