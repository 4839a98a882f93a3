"""The card of a link preview: 1200 × 630, the figure of a view in large, a drawing beside it, its source and date."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from campaign.charts import svg
from campaign.charts.sheet import Size, bound
from campaign.charts.svg import Box
from campaign.core.language import _, current
from campaign.core.markup import in_xml
from campaign.profile import colours

CARD: Final = Size(1200, 630, 40, 21, 56)
MOST_LINES: Final = 4


@dataclass(frozen=True)
class Card:
    """What a card says: the name above, the figure in large ("" for none), the words under it, source and date.

    `draw` fills the box beside the words; without it they take the whole width.
    """

    above: str
    figure: str
    words: str
    details: tuple[str, ...]
    source: str
    is_demo: bool
    draw: Callable[[Box, float], str] | None = None


def render(card: Card) -> str:
    """Return the card as an SVG document."""
    inner = Box(CARD.margin, CARD.margin, CARD.width - 2 * CARD.margin, CARD.height - 2 * CARD.margin)
    width = inner.width * 0.44 if card.draw else inner.width
    parts = [
        svg.rect(Box(0, 0, CARD.width, CARD.height), svg.PAPER),
        svg.rect(Box(0, 0, CARD.width, 14), svg.ACCENT),
        svg.text(
            inner.x, inner.y + 22, svg.fitted(card.above, 26, inner.width * 0.7, 600), 26, fill=svg.ACCENT, weight=600
        ),
    ]
    y = inner.y + 80
    if card.figure:
        letters = min(150.0, 150 * width / svg.measure(card.figure, 150, 600))
        y += letters * 0.72
        parts.append(svg.text(inner.x - letters * 0.04, y, card.figure, letters, weight=600))
        y += 62
    letters, lines = _words(card.words, 46 if card.figure else 76, width)
    y += 0 if card.figure else letters
    parts.append(svg.paragraph(inner.x, y, lines, letters, leading=1.16, weight=600))
    size = 25 if card.figure else 32
    y += (len(lines) - 1) * letters * 1.16 + size * 1.8
    for words in card.details:
        under = svg.wrap(words, size, width)[:2]
        parts.append(svg.paragraph(inner.x, y, under, size, leading=1.28, fill=svg.INK_2))
        y += len(under) * size * 1.32
    if card.draw:
        left = inner.x + width + 40
        parts.append(card.draw(Box(left, inner.y + 50, inner.right - left, inner.height - 120), CARD.body))
    parts.append(_foot(card, inner))
    if card.is_demo:
        parts.append(_tag(inner))
    return bound(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{CARD.width}" height="{CARD.height}" '
        f'viewBox="0 0 {CARD.width} {CARD.height}" role="img" lang="{current()}" font-family="{svg.FALLBACK}">'
        f"<title>{in_xml(alt(card))}</title>{''.join(parts)}</svg>\n",
        colours.printed(),
    )


def alt(card: Card) -> str:
    """Return the card in words."""
    return " ".join(part for part in (card.figure, f"{card.words}.", *card.details, card.source) if part)


def _words(words: str, letters: float, width: float) -> tuple[float, list[str]]:
    lines = svg.wrap(words, letters, width, 600)
    while (len(lines) > MOST_LINES or max(svg.measure(line, letters, 600) for line in lines) > width) and letters > 30:
        letters *= 0.92
        lines = svg.wrap(words, letters, width, 600)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], svg.fitted(" ".join(lines[MOST_LINES - 1 :]), letters, width, 600)]
    return letters, svg.balanced(lines, words, letters, width, 600)


def _foot(card: Card, inner: Box) -> str:
    rule = inner.bottom - 30
    source = svg.fitted(card.source, 21, inner.width)
    return svg.line(inner.x, rule, inner.right, rule) + svg.text(inner.x, inner.bottom, source, 21, fill=svg.INK_2)


def _tag(inner: Box) -> str:
    words = _("Démonstration : événements fictifs")
    width = svg.measure(words, 21, 600) + 28
    box = Box(inner.right - width, inner.y - 10, width, 40)
    return svg.rect(box, svg.PAPER, stroke=svg.AMBER, radius=4) + svg.text(
        box.x + 14, box.y + 27, words, 21, fill=svg.AMBER, weight=600
    )
