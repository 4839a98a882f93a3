"""Sessions as programs write them: pairs of ISO 8601, « begin -> end | … », or the JSON that portals export."""

import json
import re
from typing import Final

Span = tuple[str, str | None]

_SLOT: Final = re.compile(
    r"(\d{4}-\d\d-\d\d(?:[T ][\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?)?)"
    r"(?:\s*(?:->|→|/|-|_)\s*(\d{4}-\d\d-\d\d(?:[T ][\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?)?))?"
)


def read(text: str) -> tuple[list[Span], str]:
    """Return the sessions of a cell of ISO pairs, or of the JSON that portals export, and what is left of it."""
    if text.startswith("["):
        try:
            given = json.loads(text)
            return [(_written(slot["begin"]), _written(slot["end"]) if slot.get("end") else None) for slot in given], ""
        except (ValueError, TypeError, KeyError, AttributeError):
            return [], text
    left = " ".join(re.sub(r"[\s|;,]+", " ", _SLOT.sub(" ", text)).split())
    return [(_written(begins), _written(ends) if ends else None) for begins, ends in _SLOT.findall(text)], left


def _written(text: str) -> str:
    """Return an instant as DuckDB reads it: with « T », and with seconds before an offset."""
    whole = text[:10] + "T" + text[11:] if len(text) > 10 else text
    return re.sub(r"(?<=T\d\d:\d\d)(?=Z$|[+-])", ":00", whole)
