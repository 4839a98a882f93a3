"""The palette in another accent: every shade of the accent keeps its lightness, so that letters and marks stay legible.

Colours are turned in OKLCH (Björn Ottosson, "A perceptual color space for image processing", 2020): lightness as it is, hue by
as much as the accent's differs from the palette's own, chroma in proportion, less where sRGB holds no such colour.
"""

from functools import lru_cache
from math import atan2, cos, hypot, sin
from typing import Final, NamedTuple

from campaign.core.palette import DARK, LIGHT, Theme

SHADES: Final = ("accent-2", "bar", "step-1", "step-2", "step-3", "step-4", "step-5")  # of the accent
STEP: Final = 0.98  # by which chroma is lessened until sRGB holds the colour, lightness until letters are legible
SLACK: Final = 0.001  # of a channel, below what eight bits tell
LEAST_CONTRAST: Final = 4.5  # WCAG 2.2, 1.4.3


class Lch(NamedTuple):
    """Lightness, chroma, hue (radians)."""

    lightness: float
    chroma: float
    hue: float


@lru_cache(maxsize=8)
def tinted(accent: str, accent_dark: str) -> tuple[Theme, Theme]:
    """Return the colours by day and by night with these accents."""
    return _tinted(LIGHT, accent), _tinted(DARK, accent_dark)


def _tinted(theme: Theme, accent: str) -> Theme:
    if accent.upper() == theme["accent"]:
        return theme
    own, wanted = lch(theme["accent"]), lch(accent)
    turned = {"accent": accent.upper()}
    for role in SHADES:
        shade = lch(theme[role])
        shade = shade._replace(hue=shade.hue + wanted.hue - own.hue, chroma=shade.chroma * wanted.chroma / own.chroma)
        turned[role] = _legible(shade, theme[role.replace("step-", "step-ink-")] if role.startswith("step-") else "")
    return {**theme, **turned}


def _legible(ground: Lch, letters: str) -> str:
    """Return a ground that letters can be read on: where hues of one lightness differ in luminance, it gives way."""
    colour = hexadecimal(ground)
    away = STEP if letters and _luminance(letters) > _luminance(colour) else 1 / STEP
    while letters and contrast(colour, letters) < LEAST_CONTRAST:
        ground = ground._replace(lightness=ground.lightness * away)
        colour = hexadecimal(ground)
    return colour


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (#RRGGBB), from 1 to 21, by WCAG 2.2's relative luminance."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def lch(colour: str) -> Lch:
    """Return a colour (#RRGGBB) in OKLCH."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return Lch(0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short, hypot(a, b), atan2(b, a))


def hexadecimal(colour: Lch) -> str:
    """Return an OKLCH colour as #RRGGBB, with as much of its chroma as sRGB holds."""
    while colour.chroma > 0.001 and not all(-SLACK <= channel <= 1 + SLACK for channel in _channels(colour)):
        colour = colour._replace(chroma=colour.chroma * STEP)
    channels = (min(max(channel, 0.0), 1.0) for channel in _channels(colour))
    return "#" + "".join(f"{round(_gamma(channel) * 255):02X}" for channel in channels)


def _channels(colour: Lch) -> tuple[float, ...]:
    """Return linear red, green and blue, beyond 0 to 1 where sRGB does not hold the colour."""
    a, b = colour.chroma * cos(colour.hue), colour.chroma * sin(colour.hue)
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _gamma(channel: float) -> float:
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055
