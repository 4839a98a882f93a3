"""Columns that count the sessions of an event: « Date 1 », « Heure 1 », « Date 2 »… or « Date », « Autre date »."""

import re
from collections.abc import Sequence
from typing import Final

from campaign.intake.column_names import field_of, plain

_COUNTED: Final = re.compile(r"(.+?)(?: no)? ?(\d{1,2})")
_OTHER: Final = re.compile(r"(?:autres?|seconde|deuxieme|2e|2eme|2nde) (dates?|jours?)")


def sessions(names: Sequence[str]) -> list[tuple[int, int | None]]:
    """Return the columns (from 0) of the date and of the hour of each session, in order; nothing if they count less than two."""
    dates: dict[int, int] = {}
    hours: dict[int, int] = {}
    first: list[int] = []
    for index, name in enumerate(names):
        text = plain(name)
        if text in ("date", "dates", "jour"):
            first.append(index)
        counted, other = _COUNTED.fullmatch(text), _OTHER.fullmatch(text)
        kind = field_of(counted[1]) if counted else "begins" if other else None
        number = int(counted[2]) if counted else 99
        if kind == "begins":
            dates.setdefault(number, index)
        elif kind == "begins_hour":
            hours.setdefault(number, index)
    if dates and min(dates) > 1 and len(first) == 1:
        dates[0] = first[0]
    if len(dates) < 2:
        return []
    return [(index, hours.get(number)) for number, index in sorted(dates.items())]
