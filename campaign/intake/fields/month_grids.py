"""Calendars of a month, drawn as a grid of weeks: a row of weekdays, below it the days' numbers and what happens on them.

Each line of a day's cell becomes a row with its date. Beside the days, names of communes are the towns of their rows, and notes
beside fewer than half of the weeks are told as rows without a date; other labels of rows make it one that cannot be read for sure: it
is refused by its name.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Final

from babel.dates import get_day_names, get_month_names

from campaign.intake.dates.date_tokens import WEEKDAYS
from campaign.intake.fields import date_hints, named_places
from campaign.intake.fields.headings import only_cell
from campaign.intake.fields.reshaping import Record, reshaped

HEADER: Final = ("Date", "Titre", "Ville")
_FEWEST: Final = 5  # weekdays in a row
_HOURS: Final = re.compile(
    r"(?i)\b(?:de\s+|à\s+)?\d{1,2}\s?(?:h(?![a-zà-ÿ])|:(?=\d))\s?(?:[0-5]\d)?(?:\s?(?:-|–|à|/|>)\s?\d{1,2}\s?(?:h(?![a-zà-ÿ])|:(?=\d))\s?(?:[0-5]\d)?)?"
)
_DAY: Final = re.compile(
    r"^\s*([0-3]?\d)(?:er)?(?!\s?[\dh:/.]|\d|\s*(?:€|%|ans|places))(?:\s*[-–:.)]\s*|\s+|$)", re.IGNORECASE
)
_ISO: Final = re.compile(r"^\s*(\d{4})-(\d\d)-(\d\d)\s*$")
_WEEK: Final = re.compile(r"(?i)^\s*(?:s|sem|semaine|week|w)?\W*\d{1,2}\s*$")
_ENDS_IN_TOWN: Final = re.compile(r"(?P<title>.*\w.*?)\s*(?:,\s*|\(|\s[-–—]\s+)(?P<town>[^,()]+)\)?$")
# Communes whose names are words of programmes: « Bal, contes » takes place nowhere.
_ALSO_WORDS: Final = frozenset({"contes", "salon", "sens", "fontaine", "bonnes", "jardin", "couture", "tricot", "bois"})
_LONGEST: Final = 12  # of the name of a weekday
_LATE, _EARLY = 20, 12  # numbers of the month before, in the first week, and of the next one, in the last


@dataclass
class _Month:
    """The month that is being read: its number and year, as far as they are known, and the last day's number."""

    month: int | None
    year: int | None
    last: int = 0
    has_first: bool = False  # whether a day of the month itself was read
    days: dict[int, str] = field(default_factory=dict)  # by column, the day that stands above
    town: str = ""  # said beside the days


def looks_like_one(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first rows of a sheet are a calendar of a month."""
    return _grid(rows) is not None


def is_sure(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first rows of a sheet are a calendar that can be read: beside its days stand only towns, or few notes."""
    grid = _grid(rows)
    if grid is None:
        return False
    number, weekdays = grid
    below = rows[number + 1 :]
    beside = [labels for cells in below if only_cell(cells) is None and (labels := _beside(weekdays, cells))]
    if all(len(labels) == 1 and named_places.is_commune(labels[0]) for labels in beside):
        return True
    return len(beside) * 2 < sum(_is_row_of_days(weekdays, cells) for cells in below)


def _beside(weekdays: dict[int, int], cells: Sequence[str]) -> list[str]:
    """Return what stands beside the days of a row, but the number of its week."""
    texts = (cell.strip() for index, cell in enumerate(cells) if index not in weekdays)
    return [text for text in texts if text and not _WEEK.match(text)]


def records(rows: Iterable[Record]) -> Iterator[Record]:
    """Return the records of a sheet, each with its line; those of a calendar as one for each thing on a day."""
    return reshaped(rows, _sure_grid, _rewritten)


def _sure_grid(rows: Sequence[Sequence[str]]) -> tuple[int, dict[int, int]] | None:
    return _grid(rows) if is_sure(rows) else None


def _rewritten(grid: tuple[int, dict[int, int]], first: list[Record], rest: Iterator[Record]) -> Iterator[Record]:
    number, weekdays = grid
    texts = [cells for _, cells in first]
    yield from first[:number]
    yield first[number][0], list(HEADER)
    month = _Month(*date_hints.month_and_year(" ; ".join(cell for cells in texts[:number] for cell in cells if cell)))
    for line, cells in (*first[number + 1 :], *rest):
        yield from ((line, row) for row in _rows(month, weekdays, cells))


def hours_and_rest(item: str) -> tuple[str, str]:
    """Return the hours that a text holds, and the text without them."""
    hours = _HOURS.search(item)
    rest = item[: hours.start()] + " " + item[hours.end() :] if hours else item
    rest = re.sub(r"\(\s*[,;:–-]?\s*", "(", re.sub(r"\s*[,;:–-]?\s*\)", ")", rest)).replace("()", "")
    return hours[0] if hours else "", " ".join(rest.strip(" \t,;:–-").split())


def town_and_rest(text: str) -> tuple[str, str]:
    """Return the town that a text ends with, « Atelier (Rennes) », « Bal, Brest », and the text without it; "" if with none."""
    match = _ENDS_IN_TOWN.match(text)
    if not match or not named_places.is_commune(match["town"]) or match["town"].strip().lower() in _ALSO_WORDS:
        return "", text
    return match["town"].strip(), match["title"]


def _grid(rows: Sequence[Sequence[str]]) -> tuple[int, dict[int, int]] | None:
    """Return which row holds the weekdays, and the weekday of each of its columns, if days' numbers stand below it."""
    for number, cells in enumerate(rows):
        weekdays = _weekdays(cells)
        if len(weekdays) < _FEWEST:
            continue
        below = [row for row in rows[number + 1 :] if _is_row_of_days(weekdays, row)]
        return (number, weekdays) if below else None
    return None


def _weekdays(cells: Sequence[str]) -> dict[int, int]:
    """Return the weekday of each column, if these follow one another."""
    texts = {index: cell.strip().rstrip(".").lower() for index, cell in enumerate(cells) if len(cell) <= _LONGEST}
    weekdays = {index: WEEKDAYS[text] for index, text in texts.items() if text in WEEKDAYS}
    initials = [index for index, text in texts.items() if len(text) == 1]
    if not weekdays and "".join(texts[index] for index in initials) == "lmmjvsd":
        return dict(zip(initials, range(7), strict=True))
    days = list(weekdays.values())
    return weekdays if all((later - day) % 7 == 1 for day, later in pairwise(days)) else {}


def _is_row_of_days(weekdays: dict[int, int], cells: Sequence[str]) -> bool:
    """Tell whether a row numbers its days: at least half of what is filled begins with a number, and they count up."""
    filled = [(index, cells[index]) for index in weekdays if index < len(cells) and cells[index].strip()]
    numbers = [(index, number) for index, cell in filled if (number := _number(cell)) is not None]
    if not numbers or len(numbers) * 2 < len(filled):
        return False
    return all(
        later - number == after - index or later <= after - index  # or the next month begins
        for (index, number), (after, later) in pairwise(numbers)
    )


def _number(cell: str) -> int | None:
    if iso := _ISO.match(cell):
        return int(iso[3])
    match = _DAY.match(cell)
    return int(match[1]) if match and 1 <= int(match[1]) <= 31 else None


def _rows(month: _Month, weekdays: dict[int, int], cells: Sequence[str]) -> Iterator[list[str]]:
    alone = only_cell(cells)
    if alone and date_hints.is_month(alone) and _number(alone) is None:
        named = date_hints.month_and_year(alone)
        month.month, month.year, month.last, month.has_first, month.days = (
            named[0],
            named[1] or month.year,
            0,
            False,
            {},
        )
        return
    if len(_weekdays(cells)) >= _FEWEST:
        return
    is_row_of_days = _is_row_of_days(weekdays, cells)
    if is_row_of_days:
        month.days, month.town = {}, ""
    beside = _beside(weekdays, cells)
    month.town = next(filter(named_places.is_commune, beside), month.town)
    for index, weekday in weekdays.items():
        cell = cells[index] if index < len(cells) else ""
        if is_row_of_days and (number := _number(cell)) is not None:
            month.days[index] = _date(month, weekday, number, cells, index) if not _ISO.match(cell) else cell.strip()
            cell = "" if _ISO.match(cell) else cell[len(_DAY.match(cell)[0]) :]  # type: ignore[index]  # _number says so
        for day, title, town in events(month.days.get(index, ""), cell):
            yield [day, title, town or month.town]
    yield from (["", text, ""] for text in beside if not named_places.is_commune(text))


def _date(month: _Month, weekday: int, number: int, cells: Sequence[str], index: int) -> str:
    """Return a day in words, with its weekday, which is checked when it is read; "" for one of a month that is not known."""
    is_before = not month.last and number > _LATE and any((_number(cell) or 99) < _EARLY for cell in cells[index:])
    if is_before:
        return _of_month(month, weekday, number, -1)
    if number < month.last and month.month is not None and month.last > _LATE and month.has_first:
        month.month, month.year = _shifted(month.month, month.year, 1)
    month.last, month.has_first = number, True
    return _of_month(month, weekday, number, 0)


def _of_month(month: _Month, weekday: int, number: int, shift: int) -> str:
    name = get_day_names("wide", locale="fr")[weekday]
    if month.month is None:
        return f"{name} {number}" if not shift else ""
    of_month, of_year = _shifted(month.month, month.year, shift)
    return f"{name} {number} {get_month_names('wide', locale='fr')[of_month]} {of_year or ''}".strip()


def _shifted(month: int, year: int | None, shift: int) -> tuple[int, int | None]:
    first = date(year or 2000, month, 1)
    moved = first.month + shift
    return (moved - 1) % 12 + 1, (first.year + (moved > 12) - (moved < 1)) if year else None


def events(day: str, cell: str) -> Iterator[list[str]]:
    """Yield date, title and town of each line of a cell; a line of hours, or of a town alone, is of the line above or below."""
    hours_above, event = "", None
    for text in (part.strip() for part in cell.split("\n")):
        if not text:
            continue
        hours, rest = hours_and_rest(text)
        if event is not None and rest and named_places.is_commune(rest) and not hours:
            event[2] = rest
        elif not rest:
            if event is not None and not re.search(r"\d\s?[h:]", event[0]) and not hours_above:
                event[0] = f"{event[0]} {hours}"
            else:
                hours_above = hours
        else:
            if event is not None:
                yield event
            town, title = town_and_rest(rest)
            event = [f"{day} {hours or hours_above}".strip() if day else "", title, town]
            hours_above = ""
    if event is not None:
        yield event
