"""Words, boxes and bars as SVG, measured with the font that the pictures and the PDF are set in."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from PIL import ImageFont

from campaign.core.markup import in_xml
from campaign.core.palette import var

FONTS: Final = Path(__file__).with_name("fonts")
FAMILY: Final = "Campaign Sans"
FALLBACK: Final = f"'{FAMILY}', 'Source Sans 3', 'Source Sans Pro', 'Segoe UI', Arial, sans-serif"
FILES: Final = {400: "CampaignSans-Regular.ttf", 600: "CampaignSans-SemiBold.ttf"}
MEASURED_AT: Final = 200
HYPHENS: Final = re.compile(r"(?<=-)(?=\w)")

PAPER, GROUND, INK, INK_2, LINE = map(var, ("paper", "ground", "ink", "ink-2", "line"))
CONTEXT, QUIET, ACCENT, ACCENT_2, AMBER = map(var, ("context", "quiet", "accent", "accent-2", "amber"))
STEPS: Final = tuple(var(f"step-{k}") for k in range(6))
ON_STEPS: Final = tuple(var(f"step-ink-{k}") for k in range(6))


class Box(NamedTuple):
    """A rectangle of the drawing, in its units (pixels)."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height


def overlap(one: Box, other: Box, gap: float = 0) -> bool:
    """Whether two rectangles touch, or leave less than `gap` between them."""
    return (
        one.x < other.right + gap
        and other.x < one.right + gap
        and one.y < other.bottom + gap
        and other.y < one.bottom + gap
    )


def spread(wanted: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Return places near the wanted ones (in rising order), at least `apart` from each other, between low and high if they fit."""
    places: list[float] = []
    for at in wanted:
        places.append(max(at, places[-1] + apart if places else low))
    limit = high
    for k in range(len(places) - 1, -1, -1):
        places[k] = min(places[k], limit)
        limit = places[k] - apart
    return places


@cache
def _font(weight: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / FILES[weight], MEASURED_AT)


def measure(words: str, size: float, weight: int = 400) -> float:
    """Return the width of a text in pixels, as one line."""
    return _width(" ".join(words.splitlines()), weight) * size / MEASURED_AT


@lru_cache(maxsize=4096)  # years, numbers and names come back in every drawing
def _width(words: str, weight: int) -> float:
    return _font(weight).getlength(words)


def wrap(words: str, size: float, width: float, weight: int = 400) -> list[str]:
    """Return the text in lines no wider than `width`; no-break spaces hold, a word that is too wide is parted at its hyphens."""
    lines: list[str] = []
    for word in words.split(" "):
        parts = HYPHENS.split(word) if measure(word, size, weight) > width else [word]
        for k, part in enumerate(parts):
            longer = f"{lines[-1]}{'' if k else ' '}{part}" if lines else part
            if lines and measure(longer, size, weight) <= width:
                lines[-1] = longer
            else:
                lines.append(part)
    return lines


def fitting(
    texts: Sequence[str], size: float, width: float, n_lines: int, weight: int = 400, least: float = 0.7
) -> float:
    """Return the largest letters, at most `size` and at least `least` of it, that set every text in so many lines."""
    letters = size
    while letters > size * least and not fits(texts, letters, width, n_lines, weight):
        letters *= 0.96
    return max(letters, size * least)


def fits(texts: Sequence[str], size: float, width: float, n_lines: int, weight: int = 400) -> bool:
    """Whether so many lines hold each text whole."""
    wrapped = [wrap(words, size, width, weight) for words in texts]
    return all(
        len(lines) <= n_lines and all(measure(line, size, weight) <= width for line in lines) for lines in wrapped
    )


def named(
    texts: Sequence[str], size: float, width: float, height: float, weight: int = 400
) -> tuple[float, dict[str, list[str]]]:
    """Return the letters and lines of names beside rows: one line each, where that asks for letters below three quarters
    of the size two lines within `height`; only what is too long for less than half of it is cut."""
    widest = max((measure(words, size, weight) for words in texts), default=0)
    letters = min(size, size * width / widest) if widest else size
    if letters >= size * 0.75:
        return letters, {words: [words] for words in texts}
    two = fitting(texts, min(size, height / 2.1), width, 2, weight, least=0.45)
    return two, {words: headed(words, two, width, 2, weight) for words in texts}


def headed(words: str, size: float, width: float, n_lines: int, weight: int = 400) -> list[str]:
    """Return the text in at most so many lines, none wider than `width`; what does not fit is cut with an ellipsis."""
    lines = wrap(words, size, width, weight)
    if len(lines) > n_lines:
        rest = " ".join(lines[n_lines - 1 :])
        lines = [
            *lines[: n_lines - 1],
            rest if measure(rest, size, weight) <= width else f"{lines[n_lines - 1]} {rest}",
        ]
    return [fitted(line, size, width, weight) for line in lines]


def balanced(lines: list[str], words: str, size: float, width: float, weight: int = 400) -> list[str]:
    """Return as many lines of about the same length, instead of a last one of a word or two."""
    for narrower in range(60, 100, 4):
        even_lines = wrap(words, size, width * narrower / 100, weight)
        if len(even_lines) == len(lines):
            return even_lines
    return lines


def fitted(words: str, size: float, width: float, weight: int = 400) -> str:
    """Return the text, cut with an ellipsis where it is wider than `width`."""
    if measure(words, size, weight) <= width:
        return words
    while words and measure(f"{words}…", size, weight) > width:
        words = words[:-1]
    return f"{words.rstrip()}…"


def text(
    x: float,
    y: float,
    words: str,
    size: float,
    *,
    fill: str = INK,
    weight: int = 400,
    anchor: str = "start",
    halo: bool = False,
) -> str:
    """Return one line of text on its baseline; `halo` parts it from what lies under it."""
    styles = f' font-weight="{weight}"' if weight != 400 else ""
    styles += f' text-anchor="{anchor}"' if anchor != "start" else ""
    body = in_xml(words)
    plain = f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}"{styles}>{body}</text>'
    if not halo:
        return plain
    rim = f' stroke="{PAPER}" stroke-width="{size / 4:g}" stroke-linejoin="round" aria-hidden="true"'
    return plain.replace("<text", f"<text{rim}", 1).replace(f'fill="{fill}"', f'fill="{PAPER}"', 1) + plain


def upright(x: float, y: float, words: str, size: float, *, fill: str = INK, weight: int = 400) -> str:
    """Return one line of text that runs upwards from `y`, its letters centred on `x`."""
    line = text(0, 0, words, size, fill=fill, weight=weight)
    return f'<g transform="translate({x + size * 0.34:.1f} {y:.1f}) rotate(-90)">{line}</g>'


def paragraph(x: float, y: float, lines: Sequence[str], size: float, *, leading: float = 1.22, **style: object) -> str:
    """Return lines of text, the first on baseline `y`."""
    return "".join(text(x, y + k * size * leading, line, size, **style) for k, line in enumerate(lines))  # type: ignore[arg-type]


def rect(box: Box, fill: str, *, stroke: str = "", dash: bool = False, radius: float = 0) -> str:
    """Return a rectangle."""
    rim = f' stroke="{stroke}" stroke-width="1"' if stroke else ""
    rim += ' stroke-dasharray="4 3"' if dash else ""
    rim += f' rx="{radius:g}"' if radius else ""
    return f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{max(box.width, 0):.1f}" height="{max(box.height, 0):.1f}" fill="{fill}"{rim}/>'


def line(x1: float, y1: float, x2: float, y2: float, colour: str = LINE, width: float = 1) -> str:
    """Return a straight line."""
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{colour}" stroke-width="{width:g}" fill="none"/>'


def mark(key: str, words: str, inner: str, hit: Box | None = None) -> str:
    """Return a mark with what it says; `key` is what a page may lead it somewhere by. Files hold the inner alone.

    `hit` is the room in which it answers to a pointer, where that is more than its shapes.
    """
    room = overlay(rect(hit, "transparent")) if hit else ""
    return f'<a data-mark="{in_xml(key, quote=True)}"><title>{in_xml(words)}</title>{room}{inner}</a>'


def overlay(inner: str) -> str:
    """Return what lies over a drawing on a page, to be pointed at and focused. Files do without."""
    return f'<g data-overlay="">{inner}</g>' if inner else ""


def legend(x: float, y: float, width: float, size: float, entries: Sequence[tuple[str, str]]) -> tuple[str, float]:
    """Return the swatches (fill, words) in as many rows as the width asks for, and their height."""
    letters, step = size * 0.82, size * 1.45
    parts, left, top = [], x, y
    for fill, words in entries:
        length = size * 1.4 + measure(words, letters)
        if left > x and left + length > x + width:
            left, top = x, top + step
        parts.append(rect(Box(left, top, size * 1.1, size * 0.85), fill, stroke=CONTEXT))
        parts.append(text(left + size * 1.4, top + size * 0.72, words, letters, fill=INK_2))
        left += length + size * 0.8
    return "".join(parts), top + step - y


def hatch(key: str, colour: str) -> str:
    """Return a definition of hatching, to fill with `url(#key)`."""
    return (
        f'<defs><pattern id="{key}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="7" height="7" fill="{PAPER}"/><rect width="2.4" height="7" fill="{colour}"/></pattern></defs>'
    )
