"""Columns over time: the editions with what was published beside what the file counts; the days of one edition."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from campaign import official
from campaign.language import _
from campaign.official import Figure
from campaign.press.drawings import svg
from campaign.press.drawings.svg import Box
from campaign.wording import labels
from campaign.wording.dates import day_name, month
from campaign.wording.numbers import missing, number, ordinal

SIGNS = {"more_than": "> ", "about": "≈ "}


def editions(
    box: Box,
    size: float,
    counts: Mapping[int, int],
    headlines: Mapping[int, Figure | None],
    *,
    chosen: int | None,
    file: str,
) -> str:
    """Return a pair of columns per edition: published (hatched where rounded or announced), and counted in the file.

    Without any published figure (a territory), one column per edition.
    """
    years = sorted({*counts, *headlines})
    has_published = any(figure and figure.value for figure in headlines.values())
    values = [figure.value or 0 for figure in headlines.values() if figure] + list(counts.values())
    top = max([*values, 1])
    key, key_height = _key(box, size, file) if has_published else ("", 0.0)
    plot = Box(box.x, box.y + key_height + size * 2.4, box.width, box.height - key_height - size * 5.0)
    slot = plot.width / len(years)
    parts = [svg.hatch("soft", svg.CONTEXT), key]
    for index, year in enumerate(years):
        x = plot.x + index * slot + slot * 0.1
        room = slot * 0.8
        figure, count = headlines.get(year), counts.get(year)
        wide = room * 0.56 if has_published else 0.0
        if has_published:
            parts.append(_published(Box(x, plot.y, wide, plot.height), size, figure, top))
        inner = Box(
            x + wide + (3 if wide else room * 0.14), plot.y, room - wide - 3 if wide else room * 0.72, plot.height
        )
        colour = svg.ACCENT if year == chosen or chosen is None else "#7FB5B1"
        parts.append(_counted(inner, size, count, top, colour))
        middle = plot.x + (index + 0.5) * slot
        weight = 600 if year == chosen else 400
        parts.append(svg.text(middle, plot.bottom + size * 1.3, str(year), size, weight=weight, anchor="middle"))
        rank = _("{rank} éd.", rank=ordinal(year - official.FIRST + 1))
        parts.append(svg.text(middle, plot.bottom + size * 2.4, rank, size * 0.8, fill=svg.INK_2, anchor="middle"))
    parts.append(svg.line(plot.x, plot.bottom, plot.right, plot.bottom, svg.INK, 1.5))
    return "".join(parts) + _break(plot, slot, size, years, headlines)


def _break(plot: Box, slot: float, size: float, years: Sequence[int], headlines: Mapping[int, Figure | None]) -> str:
    """Return the mark of the break: after the last exact final figure, others are rounded or announced."""
    exact = [year for year, figure in headlines.items() if figure and not figure.is_soft]
    later = [year for year, figure in headlines.items() if figure and figure.is_soft and exact and year > max(exact)]
    if not later:
        return ""
    x = plot.x + (years.index(max(exact)) + 1) * slot
    words = _("rupture : après {year}, arrondis ou annoncés", year=max(exact))
    letters = min(size * 0.82, size * 0.82 * (x - plot.x) / svg.measure(words, size * 0.82))
    dash = f'<path d="M{x:.1f} {plot.y - size * 2.2:.1f}V{plot.bottom:.1f}" stroke="{svg.AMBER}" stroke-dasharray="5 4" fill="none"/>'
    return dash + svg.text(
        x - size * 0.4, plot.y - size * 1.6, words, letters, fill=svg.AMBER, weight=600, anchor="end", halo=True
    )


def _published(box: Box, size: float, figure: Figure | None, top: int) -> str:
    middle = box.x + box.width / 2
    if figure is None or figure.value is None:
        return svg.text(middle, box.bottom - size * 0.5, missing(), size * 0.9, fill=svg.INK_2, anchor="middle")
    height = box.height * figure.value / top
    bar = Box(box.x, box.bottom - height, box.width, height)
    fill = "url(#soft)" if figure.is_soft else svg.CONTEXT
    words = SIGNS.get(figure.qualifier or "", "") + number(figure.value)
    stage = labels.stage(figure.stage or "final") if box.width > size * 3 else ""
    return (
        svg.rect(bar, fill, stroke=svg.INK_2 if figure.is_soft else "", dash=figure.is_soft)
        + svg.text(
            middle, bar.y - size * (1.25 if stage else 0.4), words, size * 0.95, weight=600, anchor="middle", halo=True
        )
        + (
            svg.text(middle, bar.y - size * 0.35, stage, size * 0.74, fill=svg.INK_2, anchor="middle", halo=True)
            if stage
            else ""
        )
    )


def _counted(box: Box, size: float, count: int | None, top: int, colour: str) -> str:
    middle = box.x + box.width / 2
    if count is None:
        return svg.text(middle, box.bottom - size * 0.5, missing(), size * 0.85, fill=svg.INK_2, anchor="middle")
    height = box.height * count / top
    letters = size if svg.measure(number(count), size, 600) < box.width * 0.8 else size * 0.8
    inside = height > size * 1.6 and svg.measure(number(count), letters, 600) < box.width * 0.98
    y = box.bottom - height + letters * 1.25 if inside else box.bottom - height - size * 0.35
    is_turned = not inside and height > svg.measure(number(count), letters, 600) + size
    fill = svg.PAPER if (inside or is_turned) and colour == svg.ACCENT else svg.INK
    if is_turned:
        x, y = middle + letters * 0.34, box.bottom - height + size * 0.5
        words = svg.text(0, 0, number(count), letters, fill=fill, weight=600, anchor="end")
        label = f'<g transform="translate({x:.1f} {y:.1f}) rotate(-90)">{words}</g>'
    else:
        label = svg.text(middle, y, number(count), letters, fill=fill, weight=600, anchor="middle")
    return svg.rect(Box(box.x, box.bottom - height, box.width, height), colour) + label


def _key(box: Box, size: float, file: str) -> tuple[str, float]:
    entries = (
        (svg.CONTEXT, _("chiffre exact d'un bilan")),
        ("url(#soft)", _("chiffre arrondi ou annoncé")),
        (svg.ACCENT, _("compté dans le {file}", file=file)),
    )
    return svg.legend(box.x, box.y, box.width, size, entries)


def days(box: Box, size: float, counts: Mapping[date, int], busiest: Sequence[date], core: tuple[date, date]) -> str:
    """Return one thin column per day, from the first to the last; November lies on a ground, the busiest day is named."""
    first, last = min([*counts, core[0]]), max([*counts, core[1]])
    n_days = (last - first).days + 1
    top = max(counts.values(), default=1)
    plot = Box(box.x, box.y + size * 2.8, box.width, box.height - size * 4.8)
    slot = plot.width / n_days

    def left(day: date) -> float:
        return plot.x + (day - first).days * slot

    ground = Box(
        left(core[0]), plot.y - size * 0.4, (core[1] - core[0] + timedelta(1)).days * slot, plot.height + size * 0.4
    )
    parts = [svg.rect(ground, svg.GROUND)]
    opening = _("ouverture : {day}", day=day_name(core[0], with_year=False))
    is_apart = not busiest or abs(left(busiest[0]) - left(core[0])) > plot.width * 0.35
    if is_apart and first < core[0]:
        anchor = "end" if left(core[0]) - plot.x > svg.measure(opening, size * 0.85) else "start"
        x = left(core[0]) + (-4 if anchor == "end" else 4)
        parts.append(svg.line(left(core[0]), plot.y - size * 0.4, left(core[0]), plot.bottom, svg.INK_2))
        parts.append(svg.text(x, plot.y + size * 0.5, opening, size * 0.85, fill=svg.INK_2, anchor=anchor))
    for day, n in sorted(counts.items()):
        height = plot.height * n / top
        colour = svg.ACCENT if day in busiest else svg.CONTEXT
        parts.append(svg.rect(Box(left(day) + slot * 0.1, plot.bottom - height, slot * 0.8, height), colour))
    for day in busiest[:1]:
        words = f"{day_name(day, with_weekday=True, with_year=False)}{_(' : ')}{number(counts[day])}"
        x = left(day) + slot / 2
        anchor = "end" if x > plot.x + plot.width * 0.7 else "start" if x < plot.x + plot.width * 0.3 else "middle"
        parts.append(svg.text(x, plot.y - size * 0.8, words, size, weight=600, fill=svg.ACCENT, anchor=anchor))
    for k in range(n_days):
        day = first + timedelta(k)
        if day.day == 1 or k == 0:
            parts.append(svg.line(left(day), plot.bottom, left(day), plot.bottom + size * 0.5, svg.INK))
            room = (date(day.year + day.month // 12, day.month % 12 + 1, 1) - day).days * slot
            if svg.measure(month(day.month), size) < min(room, plot.right - left(day)):
                parts.append(svg.text(left(day) + 4, plot.bottom + size * 1.3, month(day.month), size))
    parts.append(svg.line(plot.x, plot.bottom, plot.right, plot.bottom, svg.INK, 1.5))
    return "".join(parts)
