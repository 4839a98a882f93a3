"""Columns that say one hour together: « 18 » and its minutes, « 06:30 » and « PM », the hours of a morning and of an afternoon."""

import re
from collections.abc import Sequence
from typing import Final

from campaign.intake.fields import guessing
from campaign.intake.fields.column_names import plain

_MINUTES: Final = re.compile(
    r"(?:(?:heures? )?(?:de )?(?:debut|fin|start|end) )?(?:minutes?|mins?|mn)(?: (?:de |du )?(?:debut|fin|start|end))?"
)
_OF_OTHERS: Final = re.compile(  # hours of something else than the event
    r"\b(?:inscription|inscriptions|reservation|rappel|reminder|cloture|deadline|publication|saisie|creation|modification|maj|accueil|portes?"
    r"|doors?|arrivee|installation|montage|demontage|permanence|ouverture)\b"
)
_OF_BEFORE: Final = re.compile(
    r"\b(?:inscription|reservation|rappel|reminder|cloture|limite|deadline|saisie|modification|maj)\b"
)
_HALF: Final = re.compile(r"(?i)\s*[ap]\.?\s?m\.?\s*")
_NAMING: Final = frozenset(
    ("matin", "matinee", "midi", "apresmidi", "soir", "soiree", "morning", "afternoon", "evening")
)
_PARTS: Final = _NAMING | {"apres", "horaire", "horaires", "heures", "h", "le", "l"}
_LEAST: Final = 0.7  # of the filled cells are hours
_FIELDS: Final = ("begins_hour", "ends_hour", "begins", "ends")


def take(
    columns: dict[str, list[int]],
    names: Sequence[str],
    cells: dict[int, list[str]],
    wanted: dict[str, list[str | int]],
) -> dict[int, int]:
    """Take the columns that continue the hours of others, behind these; return them by the column that they continue."""
    _take_parts_of_day(columns, names, cells, wanted)
    continued = _minutes(columns, names, cells, wanted)
    used = {index for indexes in columns.values() for index in indexes}
    for index in (index for index in cells if index not in used and _are_halves(cells[index])):
        of_hour = _nearest(columns, index, set(continued))
        if of_hour is not None:
            continued[of_hour] = index
            field = next(name for name in _FIELDS if of_hour in columns.get(name, []))
            columns[field].append(index)
    return continued


def take_moments(
    columns: dict[str, list[int]],
    names: Sequence[str],
    cells: dict[int, list[str]],
    wanted: dict[str, list[str | int]],
) -> None:
    """Take a column that nothing names, of the days of the dates with their hours, for these; and the one behind it for the ends."""
    days = {cell for index in columns.get("begins", []) for cell in cells.get(index, [])}
    if {"begins_hour", "slots", "ends", "ends_hour"} & {*columns, *wanted} or any(map(guessing.has_hour, days)):
        return
    used = {index for indexes in columns.values() for index in indexes}
    moments = [
        index
        for index, name in enumerate(names)
        if index not in used
        and len(cells.get(index, [])) >= guessing.FEWEST
        and all(map(guessing.is_dated_hour, cells[index]))
        and not (_OF_BEFORE.search(plain(name)))
    ]
    begins = [index for index in moments if {re.split("[T ]", cell)[0] for cell in cells[index]} <= days]
    if begins and moments in (begins[:1], [begins[0], begins[0] + 1]):
        columns["begins"].append(begins[0])
        if moments[1:]:
            columns["ends"] = moments[1:]


def unread(
    columns: dict[str, list[int]], names: Sequence[str], cells: dict[int, list[str]], mapped: set[int]
) -> tuple[int, ...]:
    """Return the columns of hours that no field has, where days have no hours, or beginnings no end: they are told, row by row."""
    if "slots" in columns or not columns.get("begins"):
        return ()
    used = {index for indexes in columns.values() for index in indexes} | mapped
    hours = columns.get("begins_hour", [])
    has_ends = bool({"ends_hour", "ends", "duration"} & set(columns))
    is_timed = any(guessing.has_hour(cell) for index in columns["begins"] for cell in cells.get(index, []))
    unread_hours = []
    for index, name in enumerate(names):
        is_beside = hours and not has_ends and index == max(hours) + 1
        if index in used or not cells.get(index) or (not is_beside and (hours or is_timed)):
            continue
        if _OF_OTHERS.search(plain(name)) or not _are_hours(cells[index]):
            continue
        unread_hours.append(index)
    return tuple(unread_hours)


def _are_hours(values: Sequence[str]) -> bool:
    return (guessing.by_contents([*values, *values], "begins_hour") or 0) >= _LEAST


def are_parts_of_day(names: Sequence[str]) -> bool:
    """Tell whether all columns of hours are called after parts of the day: « Matin », « Horaires après-midi »."""
    return len(names) > 1 and all(map(_is_part, names))


def _is_part(name: str) -> bool:
    words = set(plain(name).split())
    return words <= _PARTS and bool(words & _NAMING)


def as_sql(hour: str, more: str) -> str:
    """Return SQL for an hour whose minutes, or half of the day, stand in a column of their own."""
    return (
        f"case when regexp_full_match({hour}, '\\d{{1,2}} ?[hH:]?') and regexp_full_match({more}, '[0-5]?\\d')"
        f" then regexp_extract({hour}, '\\d+') || 'h' || lpad({more}, 2, '0')"
        f" when {hour} is not null then concat_ws(' ', {hour}, {more}) end"
    )


def _take_parts_of_day(
    columns: dict[str, list[int]],
    names: Sequence[str],
    cells: dict[int, list[str]],
    wanted: dict[str, list[str | int]],
) -> None:
    """Take « Matin » and « Après-midi » as hours where they hold those and no other column does."""
    given = [*columns.get("begins_hour", []), *columns.get("ends_hour", [])]
    if (
        "slots" in columns
        or {"begins_hour", "slots"} & set(wanted)
        or not all(_is_part(names[index]) for index in given)
    ):
        return
    used = {index for indexes in columns.values() for index in indexes} - set(given)
    parts_of_day = [
        index for index, name in enumerate(names) if index not in used and _is_part(name) and _are_hours(cells[index])
    ]
    if parts_of_day and "ends_hour" not in wanted:
        columns["begins_hour"] = parts_of_day
        columns.pop("ends_hour", None)


def _minutes(
    columns: dict[str, list[int]],
    names: Sequence[str],
    cells: dict[int, list[str]],
    wanted: dict[str, list[str | int]],
) -> dict[int, int]:
    """Take « Minutes » beside a column of whole hours as those of its hours, not as a length."""
    minutes_columns: dict[int, int] = {}
    for name in ("begins_hour", "ends_hour"):
        for hour in list(columns.get(name, [])):
            index = hour + 1
            is_minutes = index < len(names) and bool(_MINUTES.fullmatch(plain(names[index])))
            is_other = "duration" in wanted and index in columns.get("duration", [])
            is_whole = all(re.fullmatch(r"\d{1,2} ?[hH:]?", cell) for cell in cells.get(hour, []))
            if not is_minutes or is_other or not is_whole:
                continue
            if not all(re.fullmatch(r"[0-5]?\d", cell) for cell in cells.get(index, [])):
                continue
            for field in [field for field, indexes in columns.items() if index in indexes]:
                columns[field].remove(index)
                if not columns[field]:
                    del columns[field]
            columns[name].append(index)
            minutes_columns[hour] = index
    return minutes_columns


def _are_halves(values: Sequence[str]) -> bool:
    return bool(values) and all(_HALF.fullmatch(value) for value in values)


def _nearest(columns: dict[str, list[int]], index: int, taken: set[int]) -> int | None:
    """Return the column of hours that stands next to a column of halves, the one before it first; None if neither does."""
    hours = {each for name in _FIELDS for each in columns.get(name, [])} - taken
    return next((each for each in (index - 1, index + 1) if each in hours), None)
