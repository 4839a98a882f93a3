"""Parameters that belong to one address, beside the shared filters: `by`, `limit`, `after`, `dialect`."""

import re
from typing import Final

from campaign.core.errors import FilterError
from campaign.core.language import say
from campaign.exports.cursor import Cursor, decoded

DEFAULT_LIMIT: Final = 100
MAX_LIMIT: Final = 1000
DIMENSIONS: Final = ("edition", "region", "departement", "type", "theme", "day")
DIALECTS: Final = ("fr",)

Pairs = list[tuple[str, str]]


def single(pairs: Pairs, name: str) -> str | None:
    """Return the only value of a parameter, None if it is not given; raises FilterError if it is repeated."""
    values = [value for given, value in pairs if given == name]
    if len(values) > 1:
        raise FilterError(name, say("« {name} » ne peut être donné qu'une fois.", name=name))
    return values[0] if values else None


def limit(pairs: Pairs) -> int | None:
    """Return `limit`, 1 to 1000, None if it is not given."""
    value = single(pairs, "limit")
    if value is None:
        return None
    if not re.fullmatch(r"[0-9]{1,4}", value) or not 1 <= int(value) <= MAX_LIMIT:
        raise FilterError("limit", say("« limit » est un nombre entier de 1 à {max_limit}.", max_limit=MAX_LIMIT))
    return int(value)


def after(pairs: Pairs) -> Cursor | None:
    """Return the cursor that `after` holds; raises FilterError if no page of ours gave it."""
    value = single(pairs, "after")
    if value is None:
        return None
    try:
        return decoded(value)
    except ValueError as error:
        raise FilterError("after", say("« after » ne vient pas d'une page de cette adresse.")) from error


def by(pairs: Pairs) -> tuple[str, ...]:
    """Return the dimensions of a table of counts, in the order asked, each once."""
    dimensions = tuple(dict.fromkeys(value for name, value in pairs if name == "by"))
    for value in dimensions:
        if value not in DIMENSIONS:
            raise FilterError("by", say("« by » vaut {dimensions}.", dimensions=", ".join(DIMENSIONS)))
    return dimensions


def dialect(pairs: Pairs) -> str | None:
    """Return `dialect`: "fr" for the French Excel, None for the plain one."""
    value = single(pairs, "dialect")
    if value is not None and value not in DIALECTS:
        raise FilterError("dialect", say("« dialect » vaut {dialects}.", dialects=", ".join(DIALECTS)))
    return value
