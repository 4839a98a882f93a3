"""Columns that count the sessions of an event: « Date 1 », « Heure 1 », « Date 2 »… or « Date », « Autre date »."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from campaign.intake.fields.column_names import field_of, plain

_COUNTED: Final = re.compile(r"(.+?)(?: n)?(?: no)? ?(\d{1,2})")
_ORDINAL: Final = re.compile(r"(\d{1,2})(?:re|ere|er|e|eme|nd|nde|st|rd|th) (.+)")  # « 2e séance »
_WITHIN: Final = re.compile(r"(.+?)(?: n)?(?: no)? (\d{1,2}) (.+)")  # « Séance 1 : date »
_OTHER: Final = re.compile(r"(?:autres?|seconde|deuxieme|2e|2eme|2nde) (dates?|jours?)")
_SESSIONS: Final = frozenset({"seance", "session", "creneau", "representation", "rendez vous", "rdv", "rencontre"})
_FIELDS: Final = ("begins", "begins_hour", "ends", "ends_hour")


@dataclass(frozen=True)
class Session:
    """The columns (from 0) of one of several sessions: its day, its hour, its last day, the hour of its end."""

    begins: int
    begins_hour: int | None = None
    ends: int | None = None
    ends_hour: int | None = None

    @property
    def fields(self) -> list[tuple[str, int]]:
        """Its columns, each with its field."""
        return [(name, index) for name in _FIELDS if (index := getattr(self, name)) is not None]


def sessions(names: Sequence[str]) -> list[Session]:
    """Return the columns of each session, in order; nothing if they count less than two."""
    columns_by_field: dict[str, dict[int, int]] = {name: {} for name in _FIELDS}
    first: list[int] = []
    for index, name in enumerate(names):
        text = plain(name)
        if text in ("date", "dates", "jour"):
            first.append(index)
        if counts := _counts(text):
            columns_by_field[counts[0]].setdefault(counts[1], index)
    dates = columns_by_field["begins"]
    if dates and min(dates) > 1 and len(first) == 1:
        dates[0] = first[0]
    if len(dates) < 2:
        return []
    hours, ends, ends_hours = (columns_by_field[name] for name in _FIELDS[1:])
    return [Session(day, hours.get(n), ends.get(n), ends_hours.get(n)) for n, day in sorted(dates.items())]


def is_counted(name: str) -> bool:
    """Tell whether a header counts the sessions of an event: « 2e séance », « Date 3 »."""
    return _counts(plain(name)) is not None


def _counts(text: str) -> tuple[str, int] | None:
    """Return the field of a column and which session it is of, if its header counts them."""
    if ordinal := _ORDINAL.fullmatch(text):
        text = f"{ordinal[2]} {ordinal[1]}"
    if counted := _COUNTED.fullmatch(text):
        field = "begins" if counted[1] in _SESSIONS else field_of(counted[1])
        return (field, int(counted[2])) if field in _FIELDS else None
    if (within := _WITHIN.fullmatch(text)) and within[1] in _SESSIONS:
        field = field_of(within[3])
        return (field, int(within[2])) if field in _FIELDS else None
    return ("begins", 99) if _OTHER.fullmatch(text) else None


def counted(names: Sequence[str], indexes: Sequence[int]) -> bool:
    """Tell whether columns of one field are numbered: « Commune 1 », « Commune 2 »."""
    matches = [_COUNTED.fullmatch(plain(names[index])) for index in indexes]
    return len(matches) > 1 and all(matches) and len({match[1] for match in matches if match}) == 1


def as_sql(each: Sequence[Session]) -> str:
    """Return SQL for the dates of several sessions, each with its hours, in one text."""
    return f"nullif(concat_ws(' ; ', {', '.join(map(_session_sql, each))}), '')"


def _session_sql(session: Session) -> str:
    def cell(index: int | None) -> str:
        return "null" if index is None else f"intake_trim(c{index})"

    begins, hour, ends, ends_hour = (cell(getattr(session, name)) for name in _FIELDS)
    sign = f"case when {ends_hour} is not null then '-' end"
    of_day = f"concat_ws(' ', {begins}, {hour}, {sign}, {ends_hour})"
    of_days = f"concat_ws(' ', 'du', {begins}, {hour}, 'au', {ends}, {ends_hour})"
    of_all = f"case when {ends} is null or {ends} = {begins} then {of_day} else {of_days} end"
    return f"case when {begins} is not null then {of_all} end"
