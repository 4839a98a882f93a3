"""Registrations over the days before and after the opening: every edition as a line, the chosen one in the accent colour."""

from collections.abc import Sequence
from typing import Any, Final

from campaign.analysis import pace_chart, standing
from campaign.analysis.figures import Figures
from campaign.analysis.pace_chart import EARLIEST, LATEST, TICKS, Line, PaceChart
from campaign.charts import svg
from campaign.charts.svg import Box
from campaign.core.language import _
from campaign.drawings.content import Content
from campaign.wording import labels
from campaign.wording import pace as wording
from campaign.wording.numbers import number

EVERY: Final = 10  # days between two numbers that are exported


def pace_curves(figures: Figures) -> Content:
    """Lines: events registered so many days before and after the opening, edition by edition, and the projection."""
    chart = pace_chart.read(figures.chosen, by_weekday=figures.option("align") == "weekday")
    rows, patches = [], []
    for curve, line in zip([curve for curve in chart.curves if curve.has_pace], chart.lines, strict=True):
        last = line.days[-1] if line.days else -EARLIEST - 1
        for day in sorted({*range(-EARLIEST, last + 1, EVERY), *line.days[-1:]}):
            rows.append((f"{curve.edition} {-day}", f"{curve.edition}, {wording.tick(day)}", curve.known_at(-day)))
            patches.append(
                {
                    "edition": str(curve.edition),
                    "etat": labels.stage(standing.status(curve.edition, figures.chosen.as_of)),
                }
            )
    for name, n in zip((_("bas"), _("milieu"), _("haut")), chart.expected or (), strict=False):
        rows.append(
            (
                f"{chart.edition} {-LATEST}",
                _("{edition}, projection à la fin : {part}", edition=chart.edition, part=name),
                n,
            )
        )
        patches.append({"edition": str(chart.edition), "etat": _("projection")})

    def draw(box: Any, size: float) -> str:
        return lines(box, size, chart)

    return Content(
        wording.title(chart.standings, chart.edition, chart.to_go, is_over=chart.is_over),
        wording.subtitle(figures.place.name, chart.without_pace),
        rows,
        draw,
        patches,
        unit=labels.unit("events"),
        used=pace_chart.used(figures.chosen),
    )


def lines(box: Box, size: float, chart: PaceChart) -> str:
    """Return the lines, the opening and the day marked, each edition named at its end, the projection at the last day."""
    drawn_lines = [line for line in chart.lines if line.known]
    if not drawn_lines:
        return ""
    top = max([line.known[-1] for line in drawn_lines] + list(chart.expected or ()) + [1]) * 1.08
    left = svg.measure(number(round(top)), size * 0.85) + size * 0.6
    ends = [_name(line) for line in drawn_lines] + (
        [wording.expected(chart.expected[0], chart.expected[2])] if chart.expected else []
    )
    right = max(svg.measure(words, size * 0.88, 600) for words in ends) + size
    plot = Box(box.x + left, box.y + size * 1.6, box.width - left - right, box.height - size * 3.6)

    def x(day: int) -> float:
        return plot.x + plot.width * (day + EARLIEST) / (EARLIEST + LATEST)

    def y(n: float) -> float:
        return plot.bottom - plot.height * n / top

    parts = []
    for level in range(0, int(top) + 1, _tick(top)):
        parts.append(svg.line(plot.x, y(level), plot.right, y(level), svg.INK if level == 0 else svg.LINE))
        parts.append(
            svg.text(
                plot.x - size * 0.4, y(level) + size * 0.3, number(level), size * 0.85, fill=svg.INK_2, anchor="end"
            )
        )
    for day in TICKS:
        parts.append(
            svg.text(x(day), plot.bottom + size * 1.3, wording.tick(day), size * 0.85, fill=svg.INK_2, anchor="middle")
        )
    parts.append(svg.line(x(0), plot.y - size * 0.4, x(0), plot.bottom, svg.INK_2))
    parts.append(svg.text(x(0), plot.y - size * 0.7, _("ouverture"), size * 0.85, fill=svg.INK_2, anchor="middle"))
    for line in sorted(drawn_lines, key=lambda one: one.is_chosen):
        steps = "".join(f"H{x(day):.1f}V{y(n):.1f}" for day, n in zip(line.days[1:], line.known[1:], strict=True))
        parts.append(
            f'<path d="M{x(line.days[0]):.1f} {y(line.known[0]):.1f}{steps}" fill="none" '
            f'stroke="{svg.ACCENT if line.is_chosen else svg.CONTEXT}" '
            f'stroke-width="{size / (5 if line.is_chosen else 11):.1f}" stroke-linejoin="round"/>'
        )
    if chart.expected:
        low, central, high = (y(n) for n in chart.expected)
        half = size * 0.3
        parts.append(svg.line(plot.right, high, plot.right, low, svg.AMBER, size / 3))
        parts.append(
            f'<path d="M{plot.right:.1f} {central - half:.1f}l{half:.1f} {half:.1f}l{-half:.1f} {half:.1f}l{-half:.1f} {-half:.1f}z" '
            f'fill="{svg.AMBER}"/>'
        )
    return "".join(parts) + _names(plot, box, size, chart, drawn_lines, top)


def _tick(top: float) -> int:
    """Return a round distance between the lines of a grid, of which at most six are drawn."""
    power = 10 ** max(len(str(int(top))) - 2, 0)
    return int(next(step * power for step in (1, 2, 5, 10, 20, 50) if top / (step * power) <= 6))


def _name(line: Line) -> str:
    return f"{line.edition}{_(' : ')}{number(line.known[-1])}"


def _names(plot: Box, box: Box, size: float, chart: PaceChart, drawn_lines: Sequence[Line], top: float) -> str:
    """Return the names beside the ends of the lines: at the right, apart from each other, a line's that stops earlier at its end."""
    letters, apart = size * 0.88, size * 1.05
    parts = []
    beside: list[tuple[float, str, str, bool]] = []
    for line in drawn_lines:
        at = plot.bottom - plot.height * line.known[-1] / top
        words = _name(line)
        x = plot.x + plot.width * (line.days[-1] + EARLIEST) / (EARLIEST + LATEST) + size * 0.4
        if line.is_stopped and x + svg.measure(words, letters, 600) < plot.right - size:
            y = min(at + size * 0.3, plot.bottom - size * 0.3)
            parts.append(svg.text(x, y, words, letters, fill=svg.ACCENT, weight=600, halo=True))
        else:
            beside.append((at, words, svg.ACCENT if line.is_chosen else svg.INK_2, line.is_chosen))
    if chart.expected:
        low, central, high = chart.expected
        at = plot.bottom - plot.height * central / top
        beside.append((at, wording.expected(low, high), svg.AMBER, True))
    beside.sort(key=lambda one: one[0])
    room = int((box.bottom - plot.y) / apart)
    if len(beside) > room:  # a long run names fewer
        others = [one for one in beside if not one[3]]
        every = -(-len(others) // max(room - sum(one[3] for one in beside), 1))
        named_others = others[::every]
        beside = [one for one in beside if one[3] or one in named_others]
    places = svg.spread([at for at, *_rest in beside], apart, plot.y, box.bottom - size * 0.4)
    for y, (_at, words, fill, is_strong) in zip(places, beside, strict=True):
        weight = 600 if is_strong else 400
        parts.append(svg.text(plot.right + size * 0.6, y + size * 0.3, words, letters, fill=fill, weight=weight))
    return "".join(parts)
