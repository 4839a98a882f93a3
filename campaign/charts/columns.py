"""Columns over time: the editions with what was published beside what the file counts; the days of one edition."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import ceil
from typing import Final

from campaign.analysis import edition_dates
from campaign.analysis.editions import breaks as breaks_of
from campaign.analysis.official import Figure
from campaign.charts import svg
from campaign.charts.svg import Box
from campaign.core.language import _
from campaign.wording import labels, source_names
from campaign.wording.dates import day_name, month
from campaign.wording.numbers import missing, number, published

PUBLISHED: Final = "published "  # before the year, in the key of a mark
BREAK: Final = "break "  # of the keys of marks: where figures stop being alike
SIGNS: Final = {"more_than": "> ", "about": "≈ "}
WIDEST: Final = 7  # times the size of letters: a column of few
DIGITS: Final = (
    0.7  # of the size of letters: how high digits are, and so how wide a column must be for them to stand upright in it
)
SMALLEST: Final = 0.72  # of the size of letters: where words would have to be smaller they are turned upright


def editions(
    box: Box,
    size: float,
    counts: Mapping[int, int],
    headlines: Mapping[int, Figure | None],
    *,
    years: Sequence[int],
    chosen: int | None,
    file: str,
) -> str:
    """Return a pair of columns per edition: published (hatched where rounded or announced), and counted in the file.

    Without any published figure (a territory), one column per edition. Every year has its slot, and every word stands in
    its own: where letters would have to be too small the values are turned, and a long run writes fewer years.
    """
    has_published = any(figure and figure.value for figure in headlines.values())
    values = [figure.value or 0 for figure in headlines.values() if figure] + list(counts.values())
    top = max([*values, 1])
    key, key_height = _key(box, size, file) if has_published else ("", 0.0)
    breaks = breaks_of(headlines) if has_published else {}
    slot = box.width / len(years)
    wide = slot * (0.45 if has_published else 0.0)
    published_labels = [signed(figure) for figure in headlines.values() if figure and figure.value is not None]
    letters, is_turned = letters_for(published_labels, size * 0.95, wide + slot * 0.06)
    stages = {labels.stage(figure.stage or "final") for figure in headlines.values() if figure and figure.value}
    has_stages = not is_turned and all(svg.measure(stage, size * 0.74) < wide + slot * 0.06 for stage in stages)
    longest = max((svg.measure(words, letters, 600) for words in published_labels), default=0.0)
    head = (longest + size * 0.6 if is_turned else size * (2.4 if has_stages else 1.6)) + size * (1.4 if breaks else 0)
    plot = Box(box.x, box.y + key_height + head, box.width, box.height - key_height - head - size * 2.6)
    parts = [svg.hatch("soft", svg.CONTEXT), key]
    for index, year in enumerate(years):
        x = plot.x + index * slot + slot * 0.1
        figure, count = headlines.get(year), counts.get(year)
        if count is None and (figure is None or figure.value is None):
            parts.append(missing_mark(Box(x, plot.y, slot * 0.8, plot.height), size))
            continue
        if has_published:
            own = Box(x, plot.y, wide, plot.height)
            bar = _published(own, size, letters, figure, top, is_turned=is_turned, has_stage=has_stages)
            parts.append(svg.mark(f"{PUBLISHED}{year}", in_words(figure), bar, own) if figure and figure.value else bar)
            if count is None and not min(counts, default=year + 1) <= year <= max(counts, default=year - 1):
                continue  # the file does not go so far: a count is not missing
        gap = slot * 0.03 if wide else max(slot * 0.1, (slot * 0.8 - size * WIDEST) / 2)
        inner = Box(x + wide + gap, plot.y, slot * 0.8 - wide - gap * (1 if wide else 2), plot.height)
        colour = svg.ACCENT if year == chosen or chosen is None else svg.ACCENT_2
        bar = _counted(inner, size, count, top, colour)
        counted = _("{n} dans le fichier", n=number(count))
        words = f"{year}{_(' : ')}{counted}"
        parts.append(svg.mark(str(year), words, bar, inner) if count else bar)
    parts.append(_years(plot, slot, size, years, chosen))
    parts.append(svg.line(plot.x, plot.bottom, plot.right, plot.bottom, svg.INK, 1.5))
    return "".join(parts) + marked_breaks(plot, slot, size, years, breaks, box.y + key_height)


def signed(figure: Figure) -> str:
    """Return a published number with the sign of its qualifier: "> 1 700"."""
    return SIGNS.get(figure.qualifier or "", "") + number(figure.value)


def in_words(figure: Figure) -> str:
    """Return a published number in words: "2014 : plus de 1 700, annonce. Dossier de presse"."""
    amount = published(figure.value, figure.qualifier)
    stage = labels.stage(figure.stage or "final")
    return f"{figure.edition}{_(' : ')}{amount}, {stage}. {source_names.title(figure.source_title)}"


def letters_for(texts: Sequence[str], size: float, width: float) -> tuple[float, bool]:
    """Return the letters that set all texts in a width, and whether they have to be turned upright for it."""
    widest = max((svg.measure(words, size, 600) for words in texts), default=0.0)
    if widest <= width:
        return size, False
    smaller = size * width / widest
    return (smaller, False) if smaller >= size * SMALLEST else (size * 0.85, True)


def _years(plot: Box, slot: float, size: float, years: Sequence[int], chosen: int | None) -> str:
    """Return the years and the ranks of the editions, as many as have room; the chosen one, or the last, always."""
    named = years.index(chosen) if chosen in years else len(years) - 1
    ranks = {year: edition_dates.short_rank(year) for year in years}
    widest = max(max(svg.measure(ranks[year], size * 0.8), svg.measure(str(year), size, 600)) for year in years)
    every = ceil((widest + size * 0.3) / slot)
    parts = []
    for index, year in enumerate(years):
        if (index - named) % every:
            continue
        x = min(max(plot.x + (index + 0.5) * slot, plot.x + widest / 2), plot.right - widest / 2)
        weight = 600 if year == chosen else 400
        parts.append(svg.text(x, plot.bottom + size * 1.3, str(year), size, weight=weight, anchor="middle"))
        parts.append(svg.text(x, plot.bottom + size * 2.4, ranks[year], size * 0.8, fill=svg.INK_2, anchor="middle"))
    return "".join(parts)


def marked_breaks(
    plot: Box, slot: float, size: float, years: Sequence[int], breaks: Mapping[int, str], top: float
) -> str:
    """Return the marks of the breaks between figures that are not alike, each with its words."""
    parts = []
    left = plot.x
    for year, reason in breaks.items():
        x = plot.x + (years.index(year) + 1) * slot
        mark = f'<path d="M{x:.1f} {top + size * 0.3:.1f}V{plot.bottom:.1f}" stroke="{svg.AMBER}" stroke-dasharray="5 4" fill="none"/>'
        for words in (reason, _("rupture")):  # in full where there is room
            letters = min(size * 0.82, size * 0.82 * (x - left - size) / svg.measure(words, size * 0.82, 600))
            if letters >= size * 0.58:
                mark += svg.text(
                    x - size * 0.4, top + size, words, letters, fill=svg.AMBER, weight=600, anchor="end", halo=True
                )
                break
        parts.append(svg.mark(f"{BREAK}{year}", reason, mark))
        left = x
    return "".join(parts)


def missing_mark(box: Box, size: float) -> str:
    """Return « n. c. » on the floor of a slot, upright where it is narrow; nothing where it is too narrow for that."""
    letters, is_turned = letters_for([missing()], size * 0.85, box.width)
    middle = box.x + box.width / 2
    if not is_turned:
        return svg.text(middle, box.bottom - size * 0.5, missing(), letters, fill=svg.INK_2, anchor="middle")
    return svg.upright(middle, box.bottom - size * 0.4, missing(), min(letters, box.width), fill=svg.INK_2)


def _published(
    box: Box, size: float, letters: float, figure: Figure | None, top: int, *, is_turned: bool, has_stage: bool
) -> str:
    if figure is None or figure.value is None:
        return missing_mark(box, size)
    middle = box.x + box.width / 2
    height = box.height * figure.value / top
    bar = Box(box.x, box.bottom - height, box.width, height)
    fill = "url(#soft)" if figure.is_soft else svg.CONTEXT
    column = svg.rect(bar, fill, stroke=svg.INK_2 if figure.is_soft else "", dash=figure.is_soft)
    if is_turned:
        return column + svg.upright(middle, bar.y - size * 0.3, signed(figure), min(letters, box.width), weight=600)
    y = bar.y - size * (1.25 if has_stage else 0.4)
    label = svg.text(middle, y, signed(figure), letters, weight=600, anchor="middle", halo=True)
    if has_stage:
        stage = labels.stage(figure.stage or "final")
        label += svg.text(middle, bar.y - size * 0.35, stage, size * 0.74, fill=svg.INK_2, anchor="middle", halo=True)
    return column + label


def _counted(box: Box, size: float, count: int | None, top: int, colour: str) -> str:
    if count is None:
        return missing_mark(box, size)
    middle = box.x + box.width / 2
    height = box.height * count / top
    bar = Box(box.x, box.bottom - height, box.width, height)
    words = number(count)
    letters, is_turned = letters_for([words], size, box.width * 0.95)
    letters = min(letters, box.width / DIGITS) if is_turned else letters
    width = svg.measure(words, letters, 600)
    inside = height > (width + size * 0.8 if is_turned else size * 1.6)
    fill = svg.PAPER if inside and colour == svg.ACCENT else svg.INK
    if is_turned:
        y = bar.y + size * 0.4 + width if inside else bar.y - size * 0.3
        return svg.rect(bar, colour) + svg.upright(middle, y, words, letters, fill=fill, weight=600)
    y = bar.y + letters * 1.25 if inside else bar.y - size * 0.35
    return svg.rect(bar, colour) + svg.text(middle, y, words, letters, fill=fill, weight=600, anchor="middle")


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
