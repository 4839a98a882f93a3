"""What the cells of one row say together of days and hours: begins, its hour, ends, its hour, a year, a month.

Cells that contradict each other are told; what one of them says is never dropped without a word.
"""

import re
from dataclasses import replace
from datetime import time, timedelta
from typing import Final

from campaign.intake.dates import date_midnights, date_text, empty_cells, lengths
from campaign.intake.dates.date_text import Hint
from campaign.intake.dates.date_tokens import simplified
from campaign.intake.dates.lengths import Note
from campaign.intake.dates.moments import Hours, Moment, Session, ending, sessions_of
from campaign.intake.fields import date_columns, date_hints, flat_rows, paired_hours
from campaign.intake.fields import slots as iso_slots
from campaign.intake.fields.slots import Span as Span

_SMALL_HOUR: Final = re.compile(r"(?i)[1-5]\s?h(?:eures?)?(?:\s?[0-5]\d)?")  # « 2h », « 1h30 », not « 02:00 »
_LENGTH: Final = re.compile(
    r"(?i)\s*[1-4]\s?h(?:eures?)?(?:\s?[0-5]\d)?\s*"
)  # alone it is rather a length than a night's hour
_LATE: Final = time(16, 30)  # what begins later may well last into the night
_MIDNIGHT: Final = re.compile(r"0?0:00(?::00)?")
_ZERO: Final = re.compile(r"\s*(?:0000-00-00|00/00/0000)(?:[T ]00:00(?::00)?)?\s*")  # a database's empty date
_SECONDS: Final = re.compile(r"(?:/Date\()?\d{9,13}\b.*")  # since 1970
_ADDED: Final = re.compile(
    r"(?i)\s*\+\s*(\d{1,2}\s?h(?:\s?[0-5]\d)?|\d{1,3}\s?min\w*)\s*"
)  # a length where an end is expected
_NOTHING: Final = Hint()
_WITH_DAY: Final = re.compile(r"\s*(?:(?:19|20)\d\d-\d\d-\d\d[T ]|\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b)")
_FIGURES: Final = re.compile(r"\s*\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b")


def span(
    slots: str | None,
    begins: str | None,
    begins_hour: str | None = None,
    ends: str | None = None,
    ends_hour: str | None = None,
    duration: str | None = None,
    year: str | None = None,
    month: str | None = None,
    *,
    around: Hint = _NOTHING,
) -> tuple[list[Span], list[Note]]:
    """Return the sessions that the cells of a row give, and findings on what of them was not understood.

    `slots` holds ISO pairs « begin -> end | … » and wins; else each text of `begins` (several on lines or after « ; ») gives
    its sessions. Where several columns give the beginning, they are separated by `CELL`. No date, or none that can be read,
    gives an empty list.
    """
    notes: list[Note] = []
    begins_hour, ends, ends_hour = map(date_midnights.without_first_day, (begins_hour, ends, ends_hour))
    begins = date_columns.CELL.join(empty_cells.without_empty(begins.split(date_columns.CELL))) if begins else begins
    (begins_hour, of_begins), (ends, of_ends), (ends_hour, of_hour), (duration, of_length) = (
        empty_cells.clear("hour_unreadable", begins_hour),
        empty_cells.clear("end_unreadable", ends),
        empty_cells.clear("hour_unreadable", ends_hour),
        empty_cells.clear("value_not_understood", duration),
    )
    notes += [*of_begins, *of_ends, *of_hour, *((kind, f"duration: {text}") for kind, text in of_length)]
    if begins and not slots and begins[:1] in ("[", "{"):
        slots = flat_rows.slots_in(begins)
    elif begins and not slots and " -> " in begins and not iso_slots.read(begins)[1]:
        slots = begins
    if slots:
        slot_sessions, left = iso_slots.read(slots)
        if slot_sessions or begins:
            notes += [("date_ambiguous", left)] if left else []
        if slot_sessions:
            beside = iso_slots.uncovered(slot_sessions, (begins or "").split(date_columns.CELL)[0], ends)
            notes += [("date_ambiguous", beside)] if beside else []
            return slot_sessions, notes + lengths.unused(duration)
        begins = begins or slots  # « 5/11 de 18h à 20h | 12/11 »
    of_month = date_hints.month_and_year(month) if month else (None, None)
    if month and not date_hints.is_month(month):
        notes.append(("value_not_understood", f"month: {month}"))
    if begins_hour and not begins and _WITH_DAY.match(begins_hour):  # « Heure » : « 2026-11-05 18:30 »
        begins, begins_hour = begins_hour, None
        if ends_hour and not ends and _WITH_DAY.match(ends_hour):
            ends, ends_hour = ends_hour, None
    if not begins or date_hints.YEAR_ALONE.fullmatch(begins):
        return [], notes + lengths.unused(duration)
    if ends and (_ZERO.fullmatch(ends) or (ends == "0" and _SECONDS.fullmatch(begins or ""))):
        ends, ends_hour = None, None if _MIDNIGHT.fullmatch(ends_hour or "") else ends_hour
    if ends_hour and not ends and _FIGURES.match(ends_hour):  # « Heure de fin » : « 05/11/2026 20:30 »
        ends, ends_hour = ends_hour, None
    if begins_hour and date_columns.is_of_greenwich(begins, begins_hour):
        ends, ends_hour = f"{ends or begins} {ends_hour}" if ends_hour else ends, None
        begins, begins_hour = f"{begins} {begins_hour}", None
    hint = date_hints.of_row(year, of_month, around)
    if begins_hour and not (duration or ends) and (length := _ADDED.fullmatch(ends_hour or "")):
        ends_hour, duration = None, length[1]
    if ends and (whole := date_columns.weekly(begins, ends, hint)):
        begins, ends = whole, None
    if begins_hour and not (ends_hour or duration):
        if whole_sessions := date_columns.with_weekdays(begins, ends, begins_hour, hint):
            return [written(session) for session in whole_sessions], notes
        if of_days := date_columns.with_days(begins, ends, begins_hour, hint):
            return [written(session) for session in of_days], notes
        if not ends and (pairs := date_columns.pairs_of(begins, begins_hour)):
            each = [span(None, day, hour, around=hint) for day, hour in pairs]
            if all(len(sessions) == 1 and not rest for sessions, rest in each):
                return [sessions[0] for sessions, _ in each], notes
    cell_sessions, more = date_columns.begins_of(begins, hint, has_ends=bool(ends))
    if not cell_sessions and ends and hint.year is None:
        hint = date_columns.with_year_of_end(begins, ends, hint)
        cell_sessions, more = date_columns.begins_of(begins, hint, has_ends=True)
    if not cell_sessions:
        return [], notes
    notes += more
    first_day, given = cell_sessions[0][0].day, begins_hour
    begins_hour = date_midnights.clock_of(begins_hour, first_day)
    is_dated = begins_hour != given and not ends  # an hour that a program wrote with its day
    ends_hour = date_midnights.clock_of(ends_hour, first_day, begins_hour if is_dated else None)
    is_whole = bool(duration) and lengths.is_whole_day(duration or "")
    if (
        begins_hour
        and not is_whole
        and _MIDNIGHT.fullmatch(begins_hour)
        and (not ends_hour or _MIDNIGHT.fullmatch(ends_hour))
    ):
        notes.append(("hour_unreadable", begins_hour))  # what a program writes where nobody gave an hour
        begins_hour = ends_hour = None
    if begins_hour and not (ends_hour or duration) and _LENGTH.fullmatch(begins_hour):
        notes.append(("hour_unreadable", begins_hour))
        begins_hour = None
    hours, left_of_hours = date_text.parse_hours(date_columns.in_one_line(begins_hour or ""))
    end_hours, left_of_ends = date_text.parse_hours(date_columns.in_one_line(ends_hour or ""), are_ends=True)
    if hours:
        cell_sessions, contradicted = date_midnights.days_alone(cell_sessions, hours)
        notes += [("hour_unreadable", begins_hour or "")] if contradicted else []
    notes += [("hour_unreadable", left) for left in (left_of_hours, left_of_ends) if left]
    notes += _unread_hours(begins_hour, hours, left_of_hours) + _unread_hours(ends_hour, end_hours, left_of_ends)
    if hours and end_hours:
        hours, end_hours, contradicting = paired_hours.paired(hours, end_hours, ends_hour or "")
        notes += [("hour_unreadable", contradicting)] if contradicting else []
    last_days: list[Session] = []
    if ends:
        own = cell_sessions[0][0].day
        last_days, more_hours, ends_notes = _ends(ends, replace(hint, year=hint.year or own.year), cell_sessions)
        if end_hours:
            last_days, _ = date_midnights.days_alone(last_days, end_hours)
        notes += ends_notes
        if len(more_hours) > 1 and not end_hours:  # « 10h », « 14h » beside « 12h », « 16h »
            hours, more_hours, contradicting = paired_hours.paired(hours, more_hours, ends)
            notes += [("end_unreadable", contradicting)] if contradicting else []
        end_hours = end_hours or more_hours
    if len(cell_sessions) > 1 and len(hours) == len(cell_sessions) and not end_hours and begins_hour:
        notes.append(("date_ambiguous", f"{begins} : {begins_hour}"))  # each day its hour, or each hour on each day?
    timed: list[Session] = []
    for number, session in enumerate(cell_sessions):
        joined = _session(session, last_days[number] if last_days else None, hours, end_hours)
        timed += joined
        if (
            len(joined) > 1 and begins_hour and (session[1] is not None or (end_hours and last_days))
        ):  # « 8 - 9 novembre », « 10h - 18h »: of each day?
            days, clocks = ((begins, ends), (begins_hour, ends_hour)) if last_days else ((begins,), (begins_hour,))
            written_hours = " : ".join(" – ".join(filter(None, texts)) for texts in (days, clocks))
            notes.append(("date_ambiguous", written_hours.replace(date_columns.CELL, " ")))
        if ends and last_days and len(joined) > 1 and joined[0][1] is None and joined[-1][0].hour is None:
            notes.append(("end_unreadable", ends))  # its last day is kept, its hour is not said
    is_early = any(
        (last or day).day < begun.day for (begun, _), (day, last) in zip(cell_sessions, last_days, strict=False)
    )
    if ends and is_early and all(end is None for _, end in timed):  # an end that stays is checked with all others
        notes.append(("end_before_start", ends))
    if written_end := next((text for text in (ends_hour, ends) if text and _SMALL_HOUR.fullmatch(text.strip())), ""):
        doubtful = [session for session in timed if _is_length_or_night(session)]
        timed = [(begins, None) if (begins, last) in doubtful else (begins, last) for begins, last in timed]
        notes += [("end_unreadable", written_end)] if doubtful else []
    if not (begins_hour or ends_hour or duration):
        timed, more = date_midnights.without_midnights(timed, " -> ".join(filter(None, (begins, ends))))
        notes += more
    timed, untimed = _without_lone_ends(timed)
    notes += [("end_unreadable", ends or ends_hour or begins)] if untimed else []
    notes += [("end_unreadable", text) for text in paired_hours.contradicted_ends(timed, end_hours, ends or ends_hour)]
    if (
        duration
        and is_whole
        and (
            lengths.has_no_hours(duration)
            or all(date_midnights.is_midnight(moment) for session in timed for moment in session)
        )
    ):
        timed = lengths.of_whole_days(timed, are_days=lengths.has_no_hours(duration))
    elif duration:
        timed, more = lengths.given(timed, duration)
        notes += more
    if month and of_month[0] and of_month[0] not in {begins.day.month for begins, _ in timed}:
        notes.append(("date_ambiguous", month))
    if year and date_hints.is_other_year(year, timed):
        notes.append(("date_ambiguous", year))
    return [written(session) for session in date_text.at_paris(timed, begins_hour, ends_hour)], notes


def _without_lone_ends(sessions: list[Session]) -> tuple[list[Session], bool]:
    """Return sessions without the hour of an end whose beginning has none; tell whether there was one."""
    paired = [
        (begins, Moment(ends.day) if ends.day != begins.day else None)
        if ends is not None and begins.hour is None and ends.hour is not None
        else (begins, ends)
        for begins, ends in sessions
    ]
    return paired, paired != sessions


def _is_length_or_night(session: Session) -> bool:
    """Tell whether a small hour after one of the day may be how long a session lasts: « 14 h », « 2 h »."""
    begins, ends = session
    if begins.hour is None or ends is None or ends.hour is None:
        return False
    return ends.day > begins.day and begins.hour <= _LATE


def _unread_hours(text: str | None, hours: list[Hours], left: str) -> list[Note]:
    """Return a finding on a cell of hours that gives none, unless it says that there are none."""
    if not text or hours or left or re.fullmatch(r"\W*(?:(?:toute )?la )?journee\W*", simplified(text)):
        return []
    return [("hour_unreadable", text)] if re.search(r"\w", text) else []


def _ends(text: str, hint: Hint, begins: list[Session]) -> tuple[list[Session], list[Hours], list[Note]]:
    """Return what a column of ends gives: the last day of each session, or hours; and what of it was not understood."""
    cells = [date_text.parse_end(cell, hint) for cell in date_columns.cells_of(text)]
    last_sessions = [sessions[-1] for sessions, _ in cells if sessions]
    if last_sessions and len(last_sessions) == len(cells) == len(begins):
        return last_sessions, [], [("date_ambiguous", left) for _, left in cells if left]
    hours, left = date_text.parse_hours(date_columns.in_one_line(text), are_ends=True)
    if hours and not last_sessions:
        return [], hours, [("hour_unreadable", left)] if left else []
    return [], [], [("end_unreadable", text)]


def _session(session: Session, last: Session | None, hours: list[Hours], end_hours: list[Hours]) -> list[Session]:
    """Return the session of a cell with what the columns of ends and hours add to it: one for each hour, if there are several."""
    begins, ends = session
    if last is not None:
        ends = last[1] or last[0]
    if begins.hour is None and len(hours) > 1 and ends is None:
        return sessions_of(begins.day, hours)
    if (
        begins.hour is None
        and ends is not None
        and last is None
        and len(hours) == len(end_hours) == 1
        and not hours[0][1]
    ):
        hours, end_hours = [(hours[0][0], end_hours[0][1] or end_hours[0][0])], []  # as « 14 h – 18 h » in one cell
    if (
        begins.hour is None
        and ends is not None
        and ends.hour is None
        and paired_hours.are_of_each_day(ends.day > begins.day, hours, end_hours)
    ):
        hours, end_hours = [(hours[0][0], end_hours[0][0])], []
    are_of_each = bool(hours) and (hours[0][1] is not None or last is None)  # as where one cell says both
    if begins.hour is None and ends is not None and ends.hour is None and are_of_each and not end_hours:
        days = range((ends.day - begins.day).days + 1)  # « du 3 au 5 », « 14 h – 18 h » or « 14 h »: on each day
        return [s for n in days for s in sessions_of(begins.day + timedelta(days=n), hours)]
    if begins.hour is None and hours:
        begins = Moment(begins.day, hours[0][0])
    if (
        begins.hour is not None
        and ends is not None
        and ends.hour is None
        and not (end_hours or (hours and hours[0][1]))
    ):
        later = Moment(begins.day + timedelta(days=1))  # a day alone gives no hour
        return [(begins, None)] + ([(later, Moment(ends.day))] if ends.day > begins.day else [])
    given = end_hours[-1] if end_hours else hours[0] if hours else None
    hour = (given[1] or (given[0] if end_hours else None)) if given else None
    if ends is None and hour is not None:
        return [(begins, ending(begins, hour))]
    if ends is not None and ends.hour is None and hour is not None:
        is_same_day = ends.day == begins.day
        return [(begins, ending(begins, hour) if is_same_day else Moment(ends.day, hour))]
    return [(begins, ends)]


def written(session: Session) -> Span:
    """Return a session in ISO 8601."""
    begins, ends = session
    return begins.iso, ends.iso if ends else None
