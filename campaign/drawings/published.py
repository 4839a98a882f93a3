"""Every number of events that was published, contradictions included: the headline full size, the others beside it."""

from collections.abc import Sequence
from math import ceil
from typing import Any

from campaign.analysis import editions as over_time
from campaign.analysis import official
from campaign.analysis.figures import Figures
from campaign.analysis.official import Figure
from campaign.charts import svg
from campaign.charts.columns import in_words, letters_for, marked_breaks, missing_mark, signed
from campaign.charts.svg import Box
from campaign.core.language import _, ngettext
from campaign.drawings.content import Content
from campaign.wording import labels
from campaign.wording.numbers import number, published


def published_figures(figures: Figures) -> Content:
    """Dots: each published figure of the country, full where exact and final, open where rounded or announced."""
    years = over_time.beside_published()
    known = [
        figure
        for figure in official.figures()
        if (figure.metric, figure.territory_level, figure.category) == ("events", "country", None)
        and figure.edition in years
        and figure.value
    ]
    rows = [(str(f.edition), published(f.value, f.qualifier), int(f.value or 0)) for f in known]
    patches = [
        {
            "unite": labels.unit("events", 2),
            "territoire": f.territory_name,
            "edition": str(f.edition),
            "etat": labels.stage(f.stage or "final"),
            "source": f.source_title,
        }
        for f in known
    ]

    def draw(box: Any, size: float) -> str:
        return dots(box, size, known, years, figures.edition)

    values = [{figure.value for figure in known if figure.edition == year} for year in years]
    several = sum(len(each) > 1 for each in values)
    title = ngettext(
        "Les sources se contredisent pour {n} édition sur {known}",
        "Les sources se contredisent pour {n} éditions sur {known}",
        several,
        n=several,
        known=sum(bool(each) for each in values),
    )
    return Content(
        title,
        _(
            "Événements par édition, France : chaque chiffre publié ; plein : exact et définitif, creux : arrondi ou annoncé"
        ),
        rows,
        draw,
        patches,
        used=figures.chosen.only("editions", "nomenclature", "unit", "lang"),
        source=_("Sources : bilans et dossiers publiés, un par ligne du CSV ; chiffres réels"),
    )


def dots(box: Box, size: float, known: Sequence[Figure], years: Sequence[int], chosen: int | None) -> str:
    """Return one column of dots per edition, the headline labelled, an empty slot « n. c. », breaks marked."""
    breaks = over_time.breaks(over_time.headlines(years))
    heads = [signed(figure) for figure in known if figure.is_headline]
    left = svg.measure(number(2000), size * 0.8) + size * 0.8
    slot = (box.width - left) / len(years)
    letters, is_turned = letters_for(heads, size, slot * 0.9)
    longest = max((svg.measure(words, letters, 600) for words in heads), default=0.0) if is_turned else size
    head = longest + size * (2.2 if breaks else 1)
    plot = Box(box.x + left, box.y + head, box.width - left, box.height - head - size * 1.8)
    top = max([figure.value or 0 for figure in known] + [1])
    parts = []
    for level in range(0, int(top) + 1, 500):
        y = plot.bottom - plot.height * level / top
        parts.append(svg.line(plot.x, y, plot.right, y, svg.INK if level == 0 else svg.LINE))
        parts.append(
            svg.text(plot.x - size * 0.4, y + size * 0.3, number(level), size * 0.8, fill=svg.INK_2, anchor="end")
        )
    every = ceil((svg.measure("2000", size, 600) + size * 0.4) / slot)
    named = years.index(chosen) if chosen in years else len(years) - 1
    for index, year in enumerate(years):
        x = plot.x + (index + 0.5) * slot
        if (index - named) % every == 0:
            weight = 600 if year == chosen else 400
            half = svg.measure(str(year), size, weight) / 2
            inside = min(max(x, plot.x + half), plot.right - half)
            parts.append(svg.text(inside, plot.bottom + size * 1.4, str(year), size, weight=weight, anchor="middle"))
        own = [figure for figure in known if figure.edition == year]
        if not own:
            parts.append(missing_mark(Box(x - slot * 0.45, plot.y, slot * 0.9, plot.height), size))
        for figure in sorted(own, key=lambda f: f.is_headline):
            y = plot.bottom - plot.height * (figure.value or 0) / top
            colour = svg.ACCENT if year == chosen else svg.INK if figure.is_headline else svg.CONTEXT
            radius = min(size * (0.48 if figure.is_headline else 0.32), slot * 0.4)
            fill = svg.PAPER if figure.is_soft else colour
            dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}" stroke="{colour}" stroke-width="2.2"/>'
            parts.append(svg.mark(str(year), in_words(figure), dot))
            if figure.is_headline:
                others = [plot.bottom - plot.height * (f.value or 0) / top for f in own if f is not figure]
                parts.append(_label(signed(figure), x, y, size, min(letters, slot * 0.95), others, is_turned=is_turned))
    return "".join(parts) + marked_breaks(plot, slot, size, years, breaks, box.y)


def _label(
    words: str, x: float, y: float, size: float, letters: float, others: Sequence[float], *, is_turned: bool
) -> str:
    """Return a headline's number above its dot, or below where another dot of the year stands in the way."""
    height = svg.measure(words, letters, 600) if is_turned else letters
    gap = size * 0.6
    is_taken = any(y - gap - height - size * 0.4 < other < y for other in others)
    is_free_below = not any(y < other < y + gap + height + size * 0.4 for other in others)
    low = y + gap + height if is_taken and is_free_below else y - gap
    if is_turned:
        return svg.upright(x, low, words, letters, weight=600)
    return svg.text(x, low - letters * 0.08, words, letters, weight=600, anchor="middle", halo=True)
