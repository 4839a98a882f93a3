"""Which columns of a table are hours once its fields are known: those among the dates, « De » and « À », figures that are hours.

Each function changes the columns (from 0) of each field; what a mapping says (`wanted`) has the last word.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, time
from typing import Final

from campaign.intake.dates import date_text
from campaign.intake.fields import date_hints, guessing
from campaign.intake.fields.column_names import plain

_MOST: Final = 0.7  # of the rows of a column
_FEWEST_HOURS: Final = (
    0.5  # of the rows of a column without a date, beside one of dates: the others say « matin », « 18h30/20h »
)
_CLOCK: Final = re.compile(r"\+?\s?(?:[01]?\d|2[0-4])(?:[.,:h]?[0-5]\d|[.,][0-5]|\s?h)?")  # hours in figures
_FIELDS: Final = ("begins", "begins_hour", "ends", "ends_hour")
_ANY_YEAR: Final = 2000  # stands for one that is written elsewhere
_OF_WEEKS: Final = frozenset(("semaine", "semaines", "sem", "week"))
_NUMBER: Final = frozenset(("n", "no", "num", "numero", "de"))
_WEEK: Final = re.compile(r"(?i)(?:(?:s|w|sem\.?|semaine|week) ?(?:n[°o]\.? ?)?)?(?:0?[1-9]|[1-4]\d|5[0-3])")
_UNTIL: Final = (("de", "a"), ("from", "to"))


def part_hours(
    columns: dict[str, list[int]],
    cells: dict[int, list[str]],
    wanted: dict[str, list[str | int]],
    *,
    has_day: bool = False,
) -> None:
    """Take « Début » and « Fin » as the hours of another column's dates where they hold hours alone, or of the day that stands above
    the table; « Horaires » as the dates where they hold those and no other column does.
    """
    _take_dated(columns, cells, wanted, _are_days)
    are_figures = _are_clock_figures(columns, cells)
    for days, hours in (("begins", "begins_hour"), ("ends", "ends_hour")):
        of_hours = [
            index
            for index in columns.get(days, [])
            if _are_hours(cells.get(index, []), hours, are_figures=are_figures)
            and not _held(cells.get(index, []), days)
        ]
        has_days = (has_day and of_hours) or len(of_hours) < len(columns.get(days, [])) or (days == "ends" and of_hours)
        if days in wanted or hours in wanted or hours in columns or not has_days:
            continue
        columns[hours] = of_hours
        columns[days] = [index for index in columns[days] if index not in of_hours]
    pair = columns.get("begins_hour", [])
    are_hours = all(_held(cells.get(index, []), "begins_hour") >= _MOST for index in pair)
    is_alone = not {"ends_hour", "ends"} & {*columns, *wanted} and "begins_hour" not in wanted
    is_behind_ends = not {"ends_hour", "begins_hour"} & set(wanted) and not columns.get("ends_hour")
    if are_hours and (
        (is_alone and len(pair) == 2 and pair[1] == pair[0] + 1)  # « De » and « À » under « Calendrier »
        or (is_behind_ends and _stand_in_turn(columns, pair))
    ):
        columns["begins_hour"], columns["ends_hour"] = pair[:1], pair[1:]
    for name in ("begins", "begins_hour", "ends_hour", "ends"):
        if not columns.get(name, [0]):
            del columns[name]


def take_dated(columns: dict[str, list[int]], cells: dict[int, list[str]], wanted: dict[str, list[str | int]]) -> None:
    """Take « Heure de début » as the dates of a table that names none where it holds whole moments: before one is guessed."""
    _take_dated(columns, cells, wanted, _are_moments)
    for name in ("begins_hour", "ends_hour"):
        if not columns.get(name, [0]):
            del columns[name]


def take_weeks(
    columns: dict[str, list[int]],
    names: Sequence[str],
    cells: dict[int, list[str]],
    wanted: dict[str, list[str | int]],
) -> None:
    """Take « Semaine », of numbers of weeks, for the dates where nothing else is, or beside weekdays alone: « 46 », « mardi »."""
    days = [cell for index in columns.get("begins", []) for cell in cells.get(index, [])]
    if {"begins", "slots"} & set(wanted) or "slots" in columns or not all(map(date_hints.are_weekdays, days)):
        return
    used = {index for indexes in columns.values() for index in indexes}
    weeks = [index for index, name in enumerate(names) if is_of_weeks(name) and index not in used and cells.get(index)]
    if len(weeks) == 1 and all(map(_WEEK.fullmatch, cells[weeks[0]])):
        columns["begins"] = [*weeks, *columns.get("begins", [])]


def is_of_weeks(name: str) -> bool:
    """Tell whether a header is one of numbers of weeks."""
    words = set(plain(name).split()) - _NUMBER
    return len(words) == 1 and words <= _OF_WEEKS


def _take_dated(
    columns: dict[str, list[int]],
    cells: dict[int, list[str]],
    wanted: dict[str, list[str | int]],
    are_dated: Callable[[Sequence[str]], bool],
) -> None:
    """Take the hours that hold days as these, and the ends with them, where nothing else is the dates."""
    if {"begins", "year", "month"} & {*columns, *wanted} or {"begins_hour", "slots"} & set(wanted):
        return
    dated = [i for i in columns.get("begins_hour", []) if are_dated(cells.get(i, []))]
    if dated:
        columns["begins"] = dated
        columns["begins_hour"] = [index for index in columns["begins_hour"] if index not in dated]
    ended = [i for i in columns.get("ends_hour", []) if _held(cells.get(i, []), "ends") >= 0.8]
    if dated and ended and not {"ends", "ends_hour"} & {*wanted, *(columns if "ends" in columns else ())}:
        columns["ends"], columns["ends_hour"] = ended, [i for i in columns["ends_hour"] if i not in ended]


def _are_moments(values: Sequence[str]) -> bool:
    """Tell whether a column holds whole dates with their hours."""
    moments = [value for value in values if guessing.is_full_date(value) and guessing.has_hour(value)]
    return bool(values) and len(moments) >= _MOST * len(values)


def _stand_in_turn(columns: dict[str, list[int]], hours: Sequence[int]) -> bool:
    """Tell whether two columns of hours stand each behind its day: « Date début », « Heure », « Date fin », « Heure »."""
    begins, ends = (columns.get(field, []) for field in ("begins", "ends"))
    return len(begins) == len(ends) == 1 and list(hours) == [begins[0] + 1, ends[0] + 1]


def _are_clock_figures(columns: dict[str, list[int]], cells: dict[int, list[str]]) -> bool:
    """Tell whether a beginning and an end beside whole dates are hours of figures alone, some of which are no days: « 1830 », « 9 »."""
    begins, ends = (columns.get(field, []) for field in ("begins", "ends"))
    clock_columns = [
        [i for i in each if cells.get(i) and all(map(_CLOCK.fullmatch, cells[i]))] for each in (begins, ends)
    ]
    has_dates = any(_held(cells.get(index, []), "begins") >= _MOST for index in begins)
    values = [value for indexes in clock_columns for index in indexes for value in cells[index]]
    return (
        has_dates and all(clock_columns) and any(re.search(r"\d{3}|\d[:h]\d|\d\.(?!0+$)\d", value) for value in values)
    )


def _are_hours(values: Sequence[str], field: str, *, are_figures: bool = False) -> bool:
    """Tell whether a column holds hours: half of its values do, or one and all others are small numbers; or figures that are hours."""
    held = _held(values, field)
    if are_figures and values and all(map(_CLOCK.fullmatch, values)):
        return True
    return held >= _FEWEST_HOURS or (
        held > 0 and all(re.fullmatch(r"(?:[01]?\d|2[0-4])(?:[.,]\d{1,2})?|.*\d\s?[h:].*", value) for value in values)
    )


def _are_days(values: Sequence[str]) -> bool:
    """Tell whether a column under « Horaires » holds days: most do, or some and no hour stands alone.

    A day without a year counts 0.6, « tous les mardis de novembre » nothing.
    """
    return _held(values, "begins") >= 0.8 or (_held(values, "begins") >= 0.3 and not _held(values, "begins_hour"))


def _held(values: Sequence[str], field: str) -> float:
    """Return how many of a column's values are what a field holds; of one alone what it is, beside columns that say what it may be."""
    return guessing.by_contents([*values, *values] if len(values) == 1 else values, field) or 0


def take_until(columns: dict[str, list[int]], names: Sequence[str], wanted: dict[str, list[str | int]]) -> None:
    """Take « À » after « De », the hours, as that of the ends, however few it holds."""
    if (
        {"ends", "ends_hour"} & {*columns, *wanted}
        or "begins_hour" in wanted
        or len(columns.get("begins_hour", [])) != 1
    ):
        return
    first = columns["begins_hour"][0]
    pair = (plain(names[first]), plain(names[first + 1]) if first + 1 < len(names) else "")
    if (pair in _UNTIL or pair[1] in ("jusqu a", "until")) and not any(
        first + 1 in indexes for indexes in columns.values()
    ):
        columns["ends_hour"] = [first + 1]


def take_ends(
    columns: dict[str, list[int]],
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    wanted: dict[str, list[str | int]],
) -> None:
    """Take the second of « Date », « Heure », « Date », « Heure » as the ends: none is before its beginning, some are of its day."""
    days, hours = sorted(columns.get("begins", [])), sorted(columns.get("begins_hour", []))
    if (
        len(days) != 2
        or len(hours) != 2
        or {"ends", "ends_hour", "duration"} & set(columns)
        or set(wanted) & set(_FIELDS)
    ):
        return
    are_repeated = all(plain(names[first]) == plain(names[last]) for first, last in (days, hours))
    if not are_repeated or not days[0] < hours[0] < days[1] < hours[1]:
        return
    moments = [
        (first, last)
        for cells in rows
        if (first := _moment(cells, days[0], hours[0])) and (last := _moment(cells, days[1], hours[1]))
    ]
    if all(first <= last for first, last in moments) and any(
        first[0] == last[0] and first < last for first, last in moments
    ):
        columns["begins"], columns["ends"] = days[:1], days[1:]
        columns["begins_hour"], columns["ends_hour"] = hours[:1], hours[1:]


def _moment(cells: Sequence[str], day: int, hour: int) -> tuple[date, time] | None:
    """Return the day and hour of two cells; None if one of them does not say one."""
    sessions, _ = date_text.parse(cells[day], _ANY_YEAR) if day < len(cells) else ([], "")
    hours, _ = date_text.parse_hours(cells[hour]) if hour < len(cells) else ([], "")
    return (sessions[0][0].day, hours[0][0]) if len(sessions) == len(hours) == 1 else None
