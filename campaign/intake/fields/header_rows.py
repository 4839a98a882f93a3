"""Which rows of a table are its header: the one that names most fields, or two of them, the first with headings over columns."""

import re
from collections.abc import Sequence
from typing import Final

from campaign.intake.fields import guessing, headings, likeness, numbered
from campaign.intake.fields.column_names import LONGEST_HEADER, SURE, field_of, known, plain, recognised

SEARCHED_ROWS: Final = 40
_NULLS: Final = frozenset({"\\N", "NULL", "null", "None", "NaN", "nan"})  # as databases and data frames write nothing
_OF_ENDS: Final = frozenset(
    {"a", "au", "fin", "jusqu a", "jusqu au", "to", "end"}
)  # « à » under « Horaires », « au » under « Dates »
_ENDS: Final = {"begins": "ends", "begins_hour": "ends_hour"}


def find(rows: Sequence[Sequence[str]], wanted: set[str]) -> int:
    """Return the record with the most known headers; -1 if no record looks like a header."""
    scores = [len(wanted & {plain(cell) for cell in cells}) * 100 + recognised(cells) for cells in rows[:SEARCHED_ROWS]]
    best = max(scores, default=0)
    if best <= 0:
        return _unknown_header(rows)
    row = scores.index(best)
    for earlier in range(row):  # of several tables the first, not the one that knows most
        if scores[earlier] and any(has_date(cells) for cells in rows[earlier + 1 : row]):
            return earlier
    return row


def lower_of_two(rows: Sequence[Sequence[str]], row: int, wanted: dict[str, list[str | int]]) -> int:
    """Return the second row of a header of two, whose first has headings over several columns; else the row that is given.

    The names of the second row stand where the first has none, or under a heading that goes on.
    """
    if not 0 <= row < len(rows) - 1 or wanted:
        return row
    first, second = rows[row], rows[row + 1]
    filled = {index: cell.strip() for index, cell in enumerate(second) if cell.strip()}
    are_names = all(
        len(c) <= LONGEST_HEADER and (numbered.is_counted(c) or not re.search(r"\d", c)) for c in filled.values()
    )
    if len(filled) < 2 or not are_names:
        return row
    groups = headings_over(first, len(second))
    named = sum(
        bool(field_of(cell) or numbered.is_counted(cell) or of_group(cell, groups[index]))
        for index, cell in filled.items()
    )
    is_over = any(index >= len(first) or not first[index].strip() for index in filled)
    return row + 1 if is_over and named * 2 > len(filled) else row


def names_of(rows: Sequence[Sequence[str]], row: int) -> list[str]:
    """Return the names of a header; where it has none, that of the row above, if that has several."""
    names = [cell.strip() for cell in rows[row]]
    above = [cell.strip() for cell in rows[row - 1]] if row else []
    if sum(map(bool, above)) < 2 or any(re.search(r"\d", name) or len(name) > LONGEST_HEADER for name in above):
        return names
    names += [""] * (len(above) - len(names))
    return [name or (above[index] if index < len(above) else "") for index, name in enumerate(names)]


def headings_over(above: Sequence[str], width: int) -> list[str]:
    """Return the heading that stands over each column in the row above the header: a cell that spans several, else none."""
    filled = [index for index, cell in enumerate(above[:width]) if cell.strip()]
    if len(filled) < 2:
        return [""] * width
    groups, last = [], ""
    for index in range(width):
        last = above[index].strip() if index in filled else last
        groups.append(last)
    return groups


def of_group(name: str, group: str) -> str | None:
    """Return the field of « Nom » under « Lieu »: the one that is called so in words of both."""
    likely = likeness.by_name(f"{name} {group}", known())
    sure = {field: score for field, (score, _alias) in likely.items() if score >= SURE}
    field = max(sure, key=lambda field: sure[field]) if sure else None
    return _ENDS.get(field or "", field) if likeness.words(name) in _OF_ENDS else field


def cells_of(rows: Sequence[Sequence[str]], width: int) -> dict[int, list[str]]:
    """Return, by column, the first values that are not blank."""
    by_column: dict[int, list[str]] = {index: [] for index in range(width)}
    for cells in rows:
        if _is_rule(cells):
            continue
        for index, cell in enumerate(cells[:width]):
            if (value := cell.strip()) and value not in _NULLS:
                by_column[index].append(value)
    return by_column


def has_date(cells: Sequence[str]) -> bool:
    """Tell whether one of the cells of a row is a date."""
    return len(cells) > 1 and any((guessing.by_contents([cell, cell], "begins") or 0) >= 0.8 for cell in cells)


def _is_rule(cells: Sequence[str]) -> bool:
    """Tell whether a row only draws a line below the header, as in Markdown."""
    return all(re.fullmatch(r"[\s:=+_-]*", cell) for cell in cells)


def _unknown_header(rows: Sequence[Sequence[str]]) -> int:
    """Return the row that heads columns of dates though none of its names is known; -1 if there is none.

    Its cells are different words without a figure, and one at least of the columns below it holds dates.
    """
    for number, cells in enumerate(rows[:SEARCHED_ROWS]):
        names = [cell.strip() for cell in cells]
        filled = [name for name in names if name]
        if len(filled) < 2 or len(set(filled)) < len(filled) or any(re.search(r"\d{2}|@|\d/", name) for name in filled):
            continue
        if any(len(name) > LONGEST_HEADER for name in filled):
            continue
        are_known = {"begins"} < {field_of(name) for name in filled} - {None}  # beside columns without a name
        if not are_known and len(filled) < 0.6 * max(map(len, rows[number + 1 :]), default=0):
            continue
        below = cells_of(rows[number + 1 :], len(names))
        sought = ("begins", "begins_hour") if headings.of_titles(rows[:number]) else ("begins",)
        if any((guessing.by_contents(values, field) or 0) >= 0.8 for field in sought for values in below.values()):
            return number
        return -1
    return -1
