"""Every number of events that was published, contradictions included: the headline full size, the others beside it."""

from collections.abc import Sequence
from typing import Any, Final

from campaign import official
from campaign.language import _
from campaign.official import Figure
from campaign.press.drawings import svg
from campaign.press.drawings.columns import SIGNS
from campaign.press.drawings.content import Content
from campaign.press.drawings.courses import parted
from campaign.press.drawings.svg import Box
from campaign.press.figures import Figures
from campaign.wording import labels, sentences
from campaign.wording.numbers import missing, number, published

YEARS: Final = tuple(range(official.FIRST, official.LAST + 1))


def chiffres_publies(figures: Figures) -> Content:
    """Dots: each published figure of the country, full where exact and final, open where rounded or announced."""
    known = [
        figure
        for figure in official.figures()
        if (figure.metric, figure.territory_level, figure.category) == ("events", "country", None)
        and figure.edition in YEARS
        and figure.value
    ]
    heads = {year: official.headline(year) for year in YEARS}
    course = [
        sentences.EditionFigure(year, f.value, f.qualifier, f.stage) if f else sentences.EditionFigure(year, None)
        for year, f in heads.items()
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
        return dots(box, size, known, figures.edition)

    subtitle = _(
        "Événements par édition, France : chaque chiffre publié ; plein : exact et définitif, creux : arrondi ou annoncé"
    )
    title, rest = parted(sentences.editions(course))
    return Content(
        title,
        f"{subtitle}. {rest}" if rest else subtitle,
        rows,
        draw,
        patches,
        used=figures.chosen.only("editions", "nomenclature", "unit", "lang"),
        source=_("Sources : bilans et dossiers publiés, un par ligne du CSV ; chiffres réels"),
    )


def dots(box: Box, size: float, known: Sequence[Figure], chosen: int | None) -> str:
    """Return one column of dots per edition, the headline labelled, an empty slot « n. c. »."""
    plot = Box(box.x + size * 2.8, box.y + size * 2, box.width - size * 2.8, box.height - size * 3.8)
    top = max([figure.value or 0 for figure in known] + [1]) * 1.05
    slot = plot.width / len(YEARS)
    parts = []
    for k in range(5):
        level = 500 * k
        if level <= top:
            y = plot.bottom - plot.height * level / top
            parts.append(svg.line(plot.x, y, plot.right, y, svg.INK if level == 0 else svg.LINE))
            parts.append(
                svg.text(plot.x - size * 0.4, y + size * 0.3, number(level), size * 0.8, fill=svg.INK_2, anchor="end")
            )
    for index, year in enumerate(YEARS):
        x = plot.x + (index + 0.5) * slot
        own = [figure for figure in known if figure.edition == year]
        parts.append(
            svg.text(
                x, plot.bottom + size * 1.4, str(year), size, weight=600 if year == chosen else 400, anchor="middle"
            )
        )
        if not own:
            parts.append(svg.text(x, plot.bottom - size * 0.5, missing(), size * 0.9, fill=svg.INK_2, anchor="middle"))
        for figure in sorted(own, key=lambda f: f.is_headline):
            y = plot.bottom - plot.height * (figure.value or 0) / top
            colour = svg.ACCENT if year == chosen else svg.INK if figure.is_headline else svg.CONTEXT
            radius = size * (0.48 if figure.is_headline else 0.32)
            fill = svg.PAPER if figure.is_soft else colour
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}" stroke="{colour}" stroke-width="2.2"/>'
            )
            if figure.is_headline:
                words = SIGNS.get(figure.qualifier or "", "") + number(figure.value)
                parts.append(svg.text(x, y - size * 0.85, words, size, weight=600, anchor="middle", halo=True))
    return "".join(parts)
