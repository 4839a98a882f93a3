"""Texts on their way into XML: what XML 1.0 does not allow at all is left out, the rest escaped.

Drawings (SVG) and feeds are written by hand with it: marks are computed one by one, and a feed is streamed in bounded memory.
"""

import re
from html import escape
from typing import Final

NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def allowed(text: str) -> str:
    """Return a text without the characters that XML does not allow."""
    return NOT_XML.sub("", text)


def in_xml(text: str, *, quote: bool = False) -> str:
    """Return a text as it stands between two elements; with `quote`, also between quotation marks."""
    return escape(allowed(text), quote=quote)
