"""Dates as people write them in French tables: « mercredi 5 novembre 2014 de 18h30 à 20h », 05/11/2014, 5-11-14.

Only what is not ISO 8601 comes here, once per different spelling. What is read is local time, without an offset.
"""

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from campaign.intake import date_hints, date_text
from campaign.intake.date_text import Hint
from campaign.intake.moments import Hours, Moment, Session, ending, sessions_of

HERE: Final = Path(__file__).parent

_SLOT: Final = re.compile(
    r"(\d{4}-\d\d-\d\d(?:[T ][\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?)?)"
    r"(?:\s*(?:->|→|/|-)\s*(\d{4}-\d\d-\d\d(?:[T ][\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?)?))?"
)
_YEAR: Final = r"(?:19|20)\d\d"
_NOTHING: Final = Hint()
CELL: Final = "\x1e"  # between the cells of several columns of beginnings

Span = tuple[str, str | None]
Note = tuple[str, str]  # a kind of finding, and what it is about


def read_spans(connection: duckdb.DuckDBPyConnection, around: Hint = _NOTHING) -> bool:
    """Make `intake_read_spans` from the different dates of `intake_spans`; `around` is what stands around the table.

    Return whether the year of any of them stands only there.

    The variable `intake_order` is set to the order of day and month of its columns.
    """
    rows = connection.execute(
        "select span_id, slots, begins, begins_hour, ends, ends_hour, year, month from intake_spans where not is_iso"
    ).fetchall()
    around = date_hints.with_order(around, (text for row in rows for text in (row[2], row[4]) if text))
    connection.execute("set variable intake_order = ?", [around.order])
    spans = [span(*row[1:8], around=around) for row in rows]
    kind = pa.list_(pa.struct([("begins", pa.string()), ("ends", pa.string())]))
    table = pa.table(
        {
            "span_id": pa.array([row[0] for row in rows], pa.int64()),
            "timings": pa.array([[{"begins": b, "ends": e} for b, e in read] for read, _ in spans], kind),
            "notes": pa.array(
                [[{"kind": note, "detail": detail} for note, detail in found] for _, found in spans],
                pa.list_(pa.struct([("kind", pa.string()), ("detail", pa.string())])),
            ),
        }
    )
    connection.register("intake_python_spans", table)
    connection.execute((HERE / "spreadsheet_spans.sql").read_text("utf-8"))
    connection.unregister("intake_python_spans")
    elsewhere = replace(around, year=None)
    return around.year is not None and any(
        read and not span(*row[1:8], around=elsewhere)[0] for row, (read, _) in zip(rows, spans, strict=True)
    )


def read_moments(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `intake_moments` (said, moment) from the instants of registration that are not written in figures."""
    rows = connection.execute((HERE / "spreadsheet_moments.sql").read_text("utf-8")).fetchall()
    order = connection.execute("select getvariable('intake_order')").fetchone()
    hint = Hint(order=order[0] if order else "dmy")
    read_rows = [(said, found) for (said,) in rows if (found := moment(said, hint)) is not None]
    table = pa.table(
        {
            "said": pa.array([said for said, _ in read_rows], pa.string()),
            "moment": pa.array([found for _, found in read_rows], pa.string()),
        }
    )
    connection.register("intake_python_moments", table)
    connection.execute("create or replace temp table intake_moments as from intake_python_moments")
    connection.unregister("intake_python_moments")


def moment(text: str, hint: Hint = _NOTHING) -> str | None:
    """Return in ISO 8601 the one moment that a text gives; None for a span, or if anything of it is not understood."""
    sessions, left = date_text.parse(text, hint=replace(hint, year=None, month=None))
    return sessions[0][0].iso if len(sessions) == 1 and sessions[0][1] is None and not left else None


def read(text: str, year: int | None = None) -> list[Span]:
    """Return in ISO 8601 the sessions that a text gives; none if it is unreadable."""
    return [_written(session) for session in date_text.parse(text, year)[0]]


def span(
    slots: str | None,
    begins: str | None,
    begins_hour: str | None = None,
    ends: str | None = None,
    ends_hour: str | None = None,
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
    if slots:
        found, left = _slots(slots)
        notes += [("date_ambiguous", left)] if left else []
        if found:
            return found, notes
    of_month = date_hints.month_and_year(month) if month else (None, None)
    if month and not date_hints.is_month(month):
        notes.append(("value_not_understood", f"month: {month}"))
    if not begins or re.fullmatch(_YEAR, begins):
        return [], notes
    hint = _hint(year, of_month, around)
    cell_sessions, more = _begins(begins, hint)
    if not cell_sessions:
        return [], notes
    notes += more
    hours, left_of_hours = date_text.parse_hours(begins_hour or "")
    end_hours, left_of_ends = date_text.parse_hours(ends_hour or "")
    notes += [("hour_unreadable", left) for left in (left_of_hours, left_of_ends) if left]
    notes += _unread_hours(begins_hour, hours, left_of_hours) + _unread_hours(ends_hour, end_hours, left_of_ends)
    last_days: list[Session] = []
    if ends:
        own = cell_sessions[0][0].day
        last_days, more_hours, ends_notes = _ends(ends, replace(hint, year=hint.year or own.year), cell_sessions)
        end_hours = end_hours or more_hours
        notes += ends_notes
    timed: list[Session] = []
    for number, session in enumerate(cell_sessions):
        joined = _session(session, last_days[number] if last_days else None, hours, end_hours)
        timed += joined
        if (
            len(joined) > 1 and session[1] is not None and begins_hour
        ):  # « 8 - 9 novembre », « 10h - 18h »: of each day?
            notes.append(("date_ambiguous", f"{begins.replace(CELL, ' ')} : {begins_hour}"))
        if ends and last_days and len(joined) > 1 and joined[0][1] is None and joined[-1][0].hour is None:
            notes.append(("end_unreadable", ends))  # its last day is kept, its hour is not said
    if month and of_month[0] and of_month[0] not in {begins.day.month for begins, _ in timed}:
        notes.append(("date_ambiguous", month))
    return [_written(session) for session in timed], notes


def _hint(year: str | None, month: tuple[int | None, int | None], around: Hint) -> Hint:
    """Return what other columns, else what stands around the table, say of a row's dates."""
    own_years = re.findall(_YEAR, year) if year else []
    own = int(own_years[0]) if own_years else month[1]
    return replace(around, year=own or around.year, month=month[0] or around.month)


def _begins(text: str, hint: Hint) -> tuple[list[Session], list[Note]]:
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
        if whole[0] and not whole[1]:
            return whole
    readable = sorted(
        (g for g in given if g[1]),
        key=lambda g: (not re.match(r"\d{4}-|\d{1,2}[/.-]\d{1,2}[/.-]\d{2}", g[0]), bool(g[2])),
    )
    if not readable:
        return [], []
    _, sessions, notes = readable[0]
    near = replace(hint, year=hint.year or sessions[0][0].day.year)
    for column, _, _ in given:
        others, left = _begins_of(column, near)
        if column != readable[0][0] and (left or not others or others[0][0].day != sessions[0][0].day):
            notes = [*notes, ("date_ambiguous", column)]
    return sessions, notes


def _begins_of(text: str, hint: Hint) -> tuple[list[Session], list[Note]]:
    cells = _cells(text)
    read_cells = [date_text.parse(cell, hint=hint) for cell in cells]
    if any(not sessions for sessions, _ in read_cells):
        whole, left = date_text.parse(" , ".join(cells), hint=hint)
        return (whole, []) if whole and not left else ([], [])
    notes = [("date_ambiguous", left) for _, left in read_cells if left]
    return [session for sessions, _ in read_cells for session in sessions], notes


def _cells(text: str) -> list[str]:
    return [cell for cell in re.split(r"\s*[\n|;]\s*", text) if cell]


def _slots(text: str) -> tuple[list[Span], str]:
    """Return the sessions of a cell of ISO pairs, or of the JSON that portals export, and what is left of it."""
    if text.startswith("["):
        try:
            given = json.loads(text)
            return [(_iso(slot["begin"]), _iso(slot["end"]) if slot.get("end") else None) for slot in given], ""
        except (ValueError, TypeError, KeyError, AttributeError):
            return [], text
    left = " ".join(re.sub(r"[\s|;,]+", " ", _SLOT.sub(" ", text)).split())
    return [(_iso(begins), _iso(ends) if ends else None) for begins, ends in _SLOT.findall(text)], left


def _unread_hours(text: str | None, hours: list[Hours], left: str) -> list[Note]:
    """Return a finding on a cell of hours that gives none, unless it says that there are none."""
    if not text or hours or left or re.fullmatch(r"\W*(toute )?(la )?journ[ée]e( enti[èe]re)?\W*", text.lower()):
        return []
    return [("hour_unreadable", text)] if re.search(r"\w", text) else []


def _ends(text: str, hint: Hint, begins: list[Session]) -> tuple[list[Session], list[Hours], list[Note]]:
    """Return what a column of ends gives: the last day of each session, or hours; and what of it was not understood."""
    cells = [date_text.parse(cell, hint=hint) for cell in _cells(text)]
    found = [sessions[-1] for sessions, _ in cells if sessions]
    if found and len(found) == len(cells) == len(begins):
        return found, [], [("date_ambiguous", left) for _, left in cells if left]
    hours, left = date_text.parse_hours(text)
    if hours and not found:
        return [], hours[-1:], [("hour_unreadable", left)] if left else []
    return [], [], [("end_unreadable", text)]


def _session(session: Session, last: Session | None, hours: list[Hours], end_hours: list[Hours]) -> list[Session]:
    """Return the session of a cell with what the columns of ends and hours add to it: one for each hour, if there are several."""
    begins, ends = session
    if last is not None:
        ends = last[1] or last[0]
    if begins.hour is None and len(hours) > 1 and ends is None:
        return sessions_of(begins.day, hours)
    if begins.hour is None and ends is not None and ends.hour is None and hours and hours[0][1] and not end_hours:
        days = range((ends.day - begins.day).days + 1)  # « du 3 au 5 », « 14 h – 18 h »: on each day
        return [s for n in days for s in sessions_of(begins.day + timedelta(days=n), hours)]
    if begins.hour is None and hours:
        begins = Moment(begins.day, hours[0][0])
    if (
        begins.hour is not None
        and ends is not None
        and ends.hour is None
        and not (end_hours or (hours and hours[0][1]))
    ):
        # a day alone gives no hour
        later = Moment(begins.day + timedelta(days=1))
        return [(begins, None)] + ([(later, Moment(ends.day))] if ends.day > begins.day else [])
    given = end_hours[-1] if end_hours else hours[0] if hours else None
    hour = (given[1] or (given[0] if end_hours else None)) if given else None
    if ends is None and hour is not None:
        return [(begins, ending(begins, hour))]
    if ends is not None and ends.hour is None and hour is not None:
        is_same_day = ends.day == begins.day
        return [(begins, ending(begins, hour) if is_same_day else Moment(ends.day, hour))]
    return [(begins, ends)]


def _written(session: Session) -> Span:
    begins, ends = session
    return begins.iso, ends.iso if ends else None


def _iso(text: str) -> str:
    return text[:10] + "T" + text[11:] if len(text) > 10 else text
