"""Texts for a PDF, which is set in our font alone: what the font does not hold would make an accessible PDF fail."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any, Final

from PIL import ImageFont

from campaign.charts.svg import FILES, FONTS

SIZE: Final = 24
NO_CHARACTER: Final = "\U0010fffd"  # of private use: drawn as what is missing
UNKNOWN: Final = "?"
NOTHING: Final = "–"


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / FILES[400], SIZE)


@lru_cache(maxsize=4096)
def _legible(sign: str) -> str:
    """Return a character that the font holds; for a letter of another script `?`, for pictures and marks nothing."""
    if sign == "\n":
        return sign
    if unicodedata.category(sign)[0] == "C":
        return ""
    if bytes(_font().getmask(sign)) != bytes(_font().getmask(NO_CHARACTER)):
        return sign
    return UNKNOWN if unicodedata.category(sign)[0] in "LN" else ""


def legible(text: str) -> str:
    """Return a text as our font can show it, never empty unless it was."""
    if text.isascii() and text.isprintable():
        return text
    cleaned = "".join(map(_legible, unicodedata.normalize("NFC", text)))
    return cleaned if cleaned == text else re.sub(" {2,}", " ", cleaned).strip() or NOTHING


def all_legible(content: Any) -> Any:
    """Return a document's content (texts, lists, dictionaries by name) with each text legible."""
    match content:
        case str():
            return legible(content)
        case dict():
            return {name: all_legible(value) for name, value in content.items()}
        case list() | tuple():
            return [all_legible(value) for value in content]
        case _:
            return content
