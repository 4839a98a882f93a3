"""What the columns of beginnings of a row say together: one date in parts, a date and prose beside it, weekdays within a span.

Columns that contradict each other are told.
"""

import html
import re
from dataclasses import replace
from datetime import timedelta
from typing import Final

from campaign.intake.dates import date_text
from campaign.intake.dates.date_text import Hint
from campaign.intake.dates.date_tokens import TOKENS, simplified
from campaign.intake.dates.lengths import Note
from campaign.intake.dates.moments import Session
from campaign.intake.fields import date_hints

_WEEK: Final = 7
_LEFT_OUT: Final = re.compile(r"(?i)\W*(?:sauf|hors|except\w*|pas|sans|aucune?|fermée?|relâche)\b")  # a line of its own
_GOES_ON: Final = re.compile(r"(?i)\n\s*(?:à|au|jusqu['’]\s?à|-)\s*\d")  # a line that ends what the one above begins
_UNTIL_BELOW: Final = re.compile(  # « Du 5 novembre », below it « au 8 novembre », or « 5 novembre au », below it « 8 novembre »
    r"(?i)\s*\n\s*(?=(?:aux?|à|jusqu['’]?\s?(?:aux?|à|en)|until|to|→|->)\s)|(?<=\s(?:au|->|to))\s*\n\s*|(?<=\s[à→-])\s*\n\s*"
)
_DASH_BELOW: Final = re.compile(  # one dash below a line that has none: an end; several are those of a list
    r"(?m)(?<=\n)(?P<above>(?!\s*[-–—•*])[^\n]*\d[^\n]*)\n\s*(?P<below>[-–—][ \t]*(?:le |[A-Za-zé]+\.? )?\d[^\n]*)(?=\n(?!\s*[-–—])|\Z)"
)
_BREAK: Final = re.compile(r"(?i)<br\s*/?>|</(?:p|li|div)>")
_TAG: Final = re.compile(r"<[A-Za-z/][^<>]*>")  # « <time datetime="…">jeu 06/11/2014 - 10:00</time> »
_DASHES: Final = re.compile(r"(?m)^\s*[-–—•*](?=\s?\w)")
_ONCE: Final = re.compile(r"(?i)\W*(?:ponctuel(?:le)?|unique|une (?:seule )?fois|1 fois|annuel(?:le)?|non|aucune)\W*")
_DAILY: Final = "tous les jours"
_OFTEN: Final = (
    (
        "tous les {weekday}s",
        re.compile(r"(?i)hebdomadaire(?:ment)?|chaque semaine|toutes les semaines|weekly|every week"),
    ),
    (_DAILY, re.compile(r"(?i)quotidien(?:ne|nement)?|chaque jour|tous les jours|daily|every day")),
    (
        "un {weekday} sur deux",
        re.compile(r"(?i)bimensuel(?:le)?|tous les (?:15|quinze) jours|une semaine sur deux|toutes les deux semaines"),
    ),
)
_WEEKDAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_OF_GREENWICH: Final = re.compile(r"(?i)\d\s?h?\s?(?:utc|gmt)\s*$")
CELL: Final = "\x1e"  # between the cells of several columns of beginnings


def begins_of(text: str, hint: Hint, *, has_ends: bool = False) -> tuple[list[Session], list[Note]]:
    """Return the sessions that the columns of beginnings give, and what of them was not understood.

    Two columns may be one date in two parts (« Mercredi », « 5 novembre »); else what a program wrote goes before prose, and
    prose that says another day is told.
    """
    columns = [column for column in text.split(CELL) if column.strip()]
    if len(columns) == 1:
        return _begins_of(columns[0], hint)
    given = [(column, *_begins_of(column, hint)) for column in columns]
    if sum(bool(sessions or re.search(r"\d", column)) for column, sessions, _ in given) <= 1:
        whole = _begins_of(" ".join(columns), hint)
        if whole[0] and not whole[1] and not (len(whole[0]) == 1 and any(map(_says_each, columns))):
            return whole
    readable = sorted(
        (g for g in given if g[1]),
        key=lambda g: (not re.match(r"\d{4}-|\d{1,2}[/.-]\d{1,2}[/.-]\d{2}", g[0]), bool(g[2])),
    )
    if not readable:
        return [], []
    near = replace(hint, year=hint.year or readable[0][1][0][0].day.year)
    with_hours = ((column, *_begins_of(column, near)) for column, _, _ in given)
    chosen = next(
        (
            each
            for each in with_hours
            if _has_hours_of(each, readable[0]) or (not has_ends and _has_days_of(each, readable[0]))
        ),
        readable[0],
    )
    _, sessions, notes = chosen
    given = [each for each in given if not _ONCE.fullmatch(each[0].strip())]
    for column, _, _ in given:
        others, left = _begins_of(column, near)
        if column != chosen[0] and (left or not others or others[0][0].day != sessions[0][0].day):
            notes = [*notes, ("date_ambiguous", column)]
    return sessions, notes


def is_of_greenwich(begins: str, hour: str) -> bool:
    """Tell whether an hour is on the clock of Greenwich, so that it is one moment only with its day."""
    return CELL not in begins and bool(_OF_GREENWICH.search(hour))


def with_year_of_end(begins: str, ends: str, hint: Hint) -> Hint:
    """Return a hint with the year that only the column of ends gives: « 5/11 » beside « 07/11/2026 »; as it is if there is none."""
    last = [sessions[-1] for cell in cells_of(ends) if (sessions := date_text.parse(cell, hint=hint)[0])]
    if len(last) != 1:
        return hint
    day = (last[0][1] or last[0][0]).day
    first, _ = begins_of(begins, replace(hint, year=day.year), has_ends=True)
    is_before = bool(first) and first[0][0].day > day  # « 28/12 » beside « 03/01/2027 »
    return replace(hint, year=day.year - is_before)


def _has_hours_of(column: tuple[str, list[Session], list[Note]], first: tuple[str, list[Session], list[Note]]) -> bool:
    """Tell whether a column gives the hours of the very days that the first one gives alone: « 05/11 », « jeudi 5 à 18 h »."""
    (_, sessions, left), (_, days, _) = column, first
    are_alone = all(begins.hour is None for begins, _ in days)
    return (
        are_alone
        and not left
        and bool(sessions)
        and all(begins.hour is not None and (ends is None or ends.hour is not None) for begins, ends in sessions)
        and {begins.day for begins, _ in sessions} == {begins.day for begins, _ in days}
        and all(ends is None for _, ends in days)
    )


def _has_days_of(column: tuple[str, list[Session], list[Note]], first: tuple[str, list[Session], list[Note]]) -> bool:
    """Tell whether a column gives more days from the one on that the first one gives alone: « 06/11 », « du 6 au 8 novembre »."""
    (_, sessions, left), (_, days, _) = column, first
    if left or not sessions or len(days) != 1 or days[0][1] is not None or days[0][0].hour is not None:
        return False
    is_longer = len(sessions) > 1 or sessions[0][1] is not None
    return is_longer and sessions[0][0].day == days[0][0].day


def _says_each(column: str) -> bool:
    """Tell whether a column says that something comes again: « tous les mardis », « le mardi » is one day."""
    return date_hints.are_weekdays(column) and bool(re.search(r"(?i)\b(?:tous|toutes|chaque)\b|di(?:s|ches)\b", column))


def _are_days_left_out(text: str) -> bool:
    """Tell whether a cell says which days of a span there is nothing on, and nothing else: « tous les jours sauf le lundi »."""
    kinds = {token.lastgroup for token in TOKENS.finditer(simplified(text))}
    return "except" in kinds and kinds <= {
        "weekday",
        "list",
        "range",
        "neutral",
        "each",
        "except",
        "holidays",
        "number",
        "day",
    }


def weekly(begins: str, ends: str, hint: Hint) -> str | None:
    """Return in one text the weekdays of one column and the first and last day of two others: « mardi », « 3/11 », « 24/11 »."""
    columns = [column.strip() for column in begins.split(CELL) if column.strip()]
    weekdays = [column for column in columns if date_hints.are_weekdays(column)]
    often = next((words for words, pattern in _OFTEN if any(pattern.fullmatch(column) for column in columns)), "")
    days = [
        column
        for column in columns
        if column not in weekdays and not any(pattern.fullmatch(column) for _, pattern in _OFTEN)
    ]
    left_out = [column for column in days if _are_days_left_out(column)]
    days = [column for column in days if column not in left_out]
    if len(days) != 1 or ((len(left_out) != 1 or weekdays or often) and (len(weekdays) != 1) == (not often)):
        return None
    (first, left), (last, left_of_last) = (date_text.parse(text, hint=hint) for text in (days[0], ends))
    is_span = (
        len(first) == len(last) == 1 and first[0][1] is None and last[0][1] is None and not left and not left_of_last
    )
    if not is_span or last[0][0].day <= first[0][0].day or first[0][0].hour or last[0][0].hour:
        return None
    if left_out:
        return f"du {first[0][0].day.isoformat()} au {last[0][0].day.isoformat()}, {left_out[0]}"
    if often:
        if often == _DAILY:  # each on its own, for the hours of another column
            n_days = (last[0][0].day - first[0][0].day).days
            return ", ".join((first[0][0].day + timedelta(days=n)).isoformat() for n in range(n_days + 1))
        weekday = _WEEKDAYS[first[0][0].day.weekday()]
        return f"{often.format(weekday=weekday)} du {first[0][0].day.isoformat()} au {last[0][0].day.isoformat()}"
    is_first_day = date_hints.weekday_of(weekdays[0]) == first[0][0].day.weekday()
    if is_first_day and (last[0][0].day - first[0][0].day).days < _WEEK and not _says_each(weekdays[0]):
        return None  # the weekday of the first of a few days
    word = "du" if re.search(r"(?i)\bau\b|[-–]", weekdays[0]) else "tous les"
    return f"{word} {weekdays[0]} du {first[0][0].day.isoformat()} au {last[0][0].day.isoformat()}"


def with_weekdays(begins: str, ends: str | None, hours: str, hint: Hint) -> list[Session]:
    """Return the sessions of days and a column of hours that says weekdays: « 2/11 », « 28/11 », « du mardi au samedi, 10h-12h ».

    None where it is not all understood, the days have hours of their own, or there is but one.
    """
    if not date_hints.says_which_days(hours) or CELL in begins or len(cells_of(begins)) != 1:
        return []
    days, left = date_text.parse(begins, hint=hint)
    if len(days) > 1 and not ends and not left:
        return _hours_of_each(days, hours, hint)
    last, left_of_last = date_text.parse(ends or begins, hint=hint)
    if left or left_of_last or len(days) != 1 or len(last) != 1 or days[0][0].hour or last[0][0].hour:
        return []
    first_day, last_day = days[0][0].day, (last[0][1] or last[0][0]).day
    text = f"du {first_day.isoformat()} au {last_day.isoformat()}, {hours}"
    sessions, left = date_text.parse(text, hint=hint) if last_day > first_day else ([], "")
    have_hours = {begun.hour is not None for begun, _ in sessions}
    return sessions if not left and len(have_hours) == 1 else []


def _hours_of_each(days: list[Session], hours: str, hint: Hint) -> list[Session]:
    """Return the sessions of several days, each of a weekday of its own that hours stand behind: « 7 et 8/11 », « sam. 14h, dim. 10h »."""
    each = [begun.day for begun, _ in days]
    if any(begun.hour or ends for begun, ends in days) or len({day.weekday() for day in each}) < len(each):
        return []
    text = f"du {min(each).isoformat()} au {max(each).isoformat()}, {hours}"
    sessions, left = date_text.parse(text, hint=hint)
    held = {begun.day for begun, _ in sessions}
    return sessions if not left and held == set(each) and all(begun.hour for begun, _ in sessions) else []


def with_days(begins: str, ends: str | None, hours: str, hint: Hint) -> list[Session]:
    """Return the sessions of a column of hours that says the days again: « 5/11 », « jeudi 5 : 14h-16h, vendredi 6 : 10h-12h ».

    None where it is not all understood, a day of it has no hour, or it does not say all the days of the other column.
    """
    if CELL in begins or not re.search(r"(?i)\b(?:le|lun\w*|mar\w*|mer\w*|jeu\w*|ven\w*|sam\w*|dim\w*)\.?\s+\d", hours):
        return []
    days, left = _begins_of(begins, hint)
    last, left_of_last = date_text.parse(ends, hint=hint) if ends else ([], "")
    if not days or left or left_of_last or any(begun.hour for begun, _ in days):
        return []
    first = days[0][0].day
    sessions, left = _begins_of(hours, replace(hint, year=first.year, month=first.month))
    written = {each.day for session in days for each in session if each} | {session[0].day for session in last}
    is_whole = written <= {begun.day for begun, _ in sessions} and all(begun.hour for begun, _ in sessions)
    return sessions if sessions and not left and is_whole else []


def pairs_of(begins: str, hours: str) -> list[tuple[str, str]]:
    """Return each day with its hour where both columns hold as many parts: « 5/11 | 12/11 », « 18h30 | 19h »; none else."""
    days, of_days = cells_of(begins), cells_of(hours)
    is_paired = CELL not in begins and len(days) == len(of_days) > 1
    return list(zip(days, of_days, strict=True)) if is_paired else []


def _begins_of(text: str, hint: Hint) -> tuple[list[Session], list[Note]]:
    cells = cells_of(text)
    read_cells = [date_text.parse(cell, hint=hint) for cell in cells]
    if any(not sessions for sessions, _ in read_cells):
        listed = (f"({cell.strip(' ()')})" if _LEFT_OUT.match(cell) else cell for cell in cells)
        orders = [" , ".join(listed), text.replace("\n", " ")]  # lines of a list, or of one sentence
        goes_on = _GOES_ON.search(text) and len(_DASHES.findall(text)) < 2
        for together in reversed(orders) if goes_on else orders:
            whole, left = date_text.parse(together, hint=hint)
            if whole and not left:
                return whole, []
        return [], []
    notes = [("date_ambiguous", left) for _, left in read_cells if left]
    if len(cells) > 1 and read_cells[0][1]:  # « 3 dates : 4/11/2026 », below it the others
        whole, left = date_text.parse(" , ".join(cells), hint=hint)
        if whole == [session for sessions, _ in read_cells for session in sessions]:
            notes = [("date_ambiguous", left)] if left else []
    return [session for sessions, _ in read_cells for session in sessions], notes


def cells_of(text: str) -> list[str]:
    """Return the parts of a cell that stand on lines of their own, or between « ; » and « | »."""
    text = html.unescape(text) if "&" in text else text  # « 5&nbsp;novembre » is one cell
    text = _TAG.sub(" ", _BREAK.sub("\n", text)) if "<" in text else text
    if "\n" in text:
        text = _DASH_BELOW.sub(r"\g<above> \g<below>", f"\n{_UNTIL_BELOW.sub(' ', text)}")
        text = _DASHES.sub(" ", text) if len(_DASHES.findall(text)) > 1 else text  # of a list
    return [cell for cell in re.split(r"\s*[\n|;]\s*", text) if cell]


def in_one_line(text: str) -> str:
    """Return a cell of hours whose lines are those of a list, « 10h » above « 14h », with commas between them."""
    return " , ".join(cells_of(text)) if "\n" in text or "<" in text else text
