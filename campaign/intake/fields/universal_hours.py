"""Columns whose header says that their hours are those of Greenwich: « Début (GMT) », « start_utc », « EventStartDateUTC »."""

import re
from collections.abc import Sequence
from typing import Final

from campaign.intake.fields.column_names import plain

_NAMED: Final = re.compile(r"\b(?:gmt|utc)\b(?! \d)|(?:date|time|start|end|begin|debut|fin|heure)(?:gmt|utc)$")
_FIELDS: Final = ("begins", "ends", "begins_hour", "ends_hour")
_MOMENT: Final = r"\d{4}-\d\d-\d\d[T ]\d\d?:\d\d(?::\d\d(?:[.]\d+)?)?"
_ENDS_IN_HOUR: Final = r"\d\s?[hH:]\s?(?:[0-5]\d)?\s*$"


def is_universal(field: str, header: str) -> bool:
    """Tell whether a column of days or hours is written on the clock of Greenwich; « GMT+1 » is another."""
    return field in _FIELDS and bool(_NAMED.search(plain(header)))


def as_sql(cell: str) -> str:
    """Return SQL for a moment or an hour with its zone; for a day alone as it is."""
    return (
        f"case when regexp_full_match({cell}, '{_MOMENT}') then {cell} || 'Z'"
        f" when regexp_matches({cell}, '{_ENDS_IN_HOUR}') then {cell} || ' UTC' else {cell} end"
    )


def leave(columns: dict[str, list[int]], names: Sequence[str], wanted: dict[str, list[str | int]]) -> None:
    """Leave the columns on the clock of Greenwich where others say the same on the local one."""
    for field in _FIELDS:
        universal = [index for index in columns.get(field, []) if is_universal(field, names[index])]
        if field not in wanted and 0 < len(universal) < len(columns[field]):
            columns[field] = [index for index in columns[field] if index not in universal]
