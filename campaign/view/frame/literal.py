"""Texts that hold what others wrote, on their way into a label or a notice: Streamlit reads both as Markdown.

Backslashes keep marks from being read as such. Streamlit makes links of addresses, pictures of :names: and dashes of hyphens only
afterwards, in what is then plain text: a word joiner (U+2060, without width) keeps it from recognising them.
"""

import re
from typing import Final

_JOINER: Final = "\u2060"
_MARKS: Final = re.compile(r"[\\`*_\[\]{}<>~$|&]|:(?=//|\u2060)")
_FIRST: Final = re.compile(r"^[ \t]*(?=([-+=#]?))(?:(\d+)(?=[.)]))?", re.MULTILINE)
_RECOGNISED: Final = re.compile(
    r"(?=https?://|www\.|@)"  # an address
    r"|(?<=:)(?=[^\W\d]|[\w+-]+:)"  # a picture, a colour
    r"|(?<=-)(?=[->])|(?<=<)(?=-)|(?<=[<>~])(?==)",  # a dash, an arrow, a comparison
    re.IGNORECASE,
)


def literal(text: str) -> str:
    """Return a text as Markdown that shows it as it stands."""
    joined = _RECOGNISED.sub(_JOINER, text)
    escaped = _MARKS.sub(r"\\\g<0>", joined)
    return _FIRST.sub(lambda match: f"{match[2]}\\" if match[2] else "\\" if match[1] else "", escaped)
