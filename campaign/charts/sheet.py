"""The sheet around a drawing: finding, unit and period, then source, date, licence and, if so, « démonstration »."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from campaign.charts import svg
from campaign.charts.outlines import inlined
from campaign.charts.svg import Box
from campaign.core import palette
from campaign.core.language import _, current
from campaign.core.markup import in_xml
from campaign.core.palette import Theme
from campaign.profile import colours


@dataclass(frozen=True)
class Size:
    """A format in pixels, with the sizes of its letters."""

    width: int
    height: int
    title: float
    body: float
    margin: float


SIZES: Final = {
    "a4": Size(1000, 700, 30, 16, 28),
    "social": Size(1200, 675, 38, 20, 44),
    "square": Size(1080, 1080, 46, 24, 52),
}


@dataclass(frozen=True)
class Drawing:
    """One drawing: its words, its rows as data, and what draws it into a box with letters of a size.

    `title` is the finding, `subtitle` unit, period and territory, `alt` its text alternative. `source` and `licence` are lines.
    `on_page` draws it where a table has its list,
    `height` is what a page gives it at a width, with letters of a size; what `is_compact` gains nothing by being wide.
    `facts` are what a page says of a mark beside its number, by the mark's key: its share, its rank.
    """

    name: str
    title: str
    subtitle: str
    alt: str
    source: str
    licence: str
    is_demo: bool
    rows: tuple[Mapping[str, Any], ...]
    draw: Callable[[Box, float], str]
    on_page: Callable[[Box, float], str]
    height: Callable[[float, float], float]
    is_compact: bool = False
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


MARK: Final = re.compile(r'<a data-mark="[^"]*"[^>]*><title>[^<]*</title>|</a>|<g data-overlay="">.*?</g>', re.DOTALL)


def bound(document: str, theme: Theme | None) -> str:
    """Return a document that needs no page around it: its own outlines, no marks to lead anywhere, a theme's colours if any."""
    alone = inlined(MARK.sub("", document))
    return palette.bound(alone, theme) if theme else alone


def body(drawing: Drawing, width: float, size: float) -> tuple[str, float]:
    """Return what is drawn, without words around it, in letters of a size and as high as it needs; and that height."""
    height = round(drawing.height(width, size))
    return drawing.on_page(Box(0, 0, width, height), size), height


def render(drawing: Drawing, size: Size, *, is_alone: bool = True, is_bound: bool = True) -> str:
    """Return the whole sheet as an SVG document; without source, licence and tag where the page around it has them.

    Unless it is `is_bound`, its colours are names that the page around it gives (campaign/core/palette.py).
    """
    inner = Box(size.margin, size.margin, size.width - 2 * size.margin, size.height - 2 * size.margin)
    head, top = _head(drawing, size, inner, is_tagged=is_alone and drawing.is_demo)
    foot, bottom = _foot(drawing, size, inner) if is_alone else ("", inner.bottom)
    body = drawing.draw(Box(inner.x, top, inner.width, bottom - top), size.body)
    document = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size.width}" height="{size.height}" '
        f'viewBox="0 0 {size.width} {size.height}" role="img" lang="{current()}" aria-labelledby="title desc" '
        f'font-family="{svg.FALLBACK}">'
        f'<title id="title">{in_xml(drawing.title)}</title><desc id="desc">{in_xml(drawing.alt)}</desc>'
        f'<rect width="{size.width}" height="{size.height}" fill="{svg.PAPER}"/>{head}{body}{foot}</svg>\n'
    )
    return bound(document, colours.printed() if is_bound else None)


def _head(drawing: Drawing, size: Size, inner: Box, *, is_tagged: bool) -> tuple[str, float]:
    """Return the finding and what it counts, and the top of the room that is left."""
    y = inner.y
    parts = [svg.rect(Box(inner.x, y, size.title * 1.6, 5), svg.ACCENT)]
    if is_tagged:
        words, letters = _("Démonstration : événements fictifs"), size.body * 0.86
        width = svg.measure(words, letters, 600) + 16
        parts.append(
            svg.rect(Box(inner.right - width, y - 4, width, letters * 1.6), svg.PAPER, stroke=svg.AMBER, radius=3)
        )
        parts.append(
            svg.text(inner.right - width + 8, y - 4 + letters * 1.16, words, letters, fill=svg.AMBER, weight=600)
        )
    letters = size.title
    y += size.body * 1.1 if is_tagged else 0
    lines = svg.wrap(drawing.title, letters, inner.width, 600)
    while len(lines) > 3 and letters > size.body * 1.1:
        letters *= 0.94
        lines = svg.wrap(drawing.title, letters, inner.width, 600)
    lines = svg.balanced(lines, drawing.title, letters, inner.width, 600)
    y += 14 + letters * 0.95
    parts.append(svg.paragraph(inner.x, y, lines, letters, leading=1.14, weight=600))
    y += (len(lines) - 1) * letters * 1.14 + size.body * 1.55
    under = svg.wrap(drawing.subtitle, size.body, inner.width)
    parts.append(svg.paragraph(inner.x, y, under, size.body, fill=svg.INK_2))
    return "".join(parts), y + (len(under) - 1) * size.body * 1.22 + size.body * 0.9


def _foot(drawing: Drawing, size: Size, inner: Box) -> tuple[str, float]:
    """Return source and licence, and the bottom of the room that is left."""
    letters = size.body * 0.8
    lines = [part for words in (drawing.source, drawing.licence) for part in svg.wrap(words, letters, inner.width)]
    top = inner.bottom - (len(lines) - 1) * letters * 1.25
    rule = top - letters * 1.5
    return svg.line(inner.x, rule, inner.right, rule) + svg.paragraph(
        inner.x, top, lines, letters, leading=1.25, fill=svg.INK_2
    ), rule - size.body * 0.6
