"""Dates as people write them in French tables: « mercredi 5 novembre 2014 de 18h30 à 20h », 05/11/2014, 5-11-14.

Only what is not ISO 8601 comes here, once per different spelling. What is read is local time, without an offset.
"""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from campaign.intake import date_text
from campaign.intake.moments import Hours, Moment, Session, ending, sessions_of

HERE: Final = Path(__file__).parent

_SLOT: Final = re.compile(
    r"(\d{4}-\d\d-\d\d(?:[T ][\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?)?)"
    r"(?:\s*(?:->|→|/|-)\s*(\d{4}-\d\d-\d\d(?:[T ][\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?)?))?"
)
_YEAR: Final = r"(?:19|20)\d\d"

Span = tuple[str, str | None]
Note = tuple[str, str]  # a kind of finding, and what it is about


def read_spans(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `intake_read_spans` from the different dates of `intake_spans`."""
    rows = connection.execute(
        "select span_id, slots, begins, begins_hour, ends, ends_hour, year from intake_spans where not is_iso"
    ).fetchall()
    spans = [span(*row[1:]) for row in rows]
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


def read_moments(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `intake_moments` (said, moment) from the instants of registration that are not written in figures."""
    rows = connection.execute((HERE / "spreadsheet_moments.sql").read_text("utf-8")).fetchall()
    read_rows = [(said, found) for (said,) in rows if (found := moment(said)) is not None]
    table = pa.table(
        {
            "said": pa.array([said for said, _ in read_rows], pa.string()),
            "moment": pa.array([found for _, found in read_rows], pa.string()),
        }
    )
    connection.register("intake_python_moments", table)
    connection.execute("create or replace temp table intake_moments as from intake_python_moments")
    connection.unregister("intake_python_moments")


def moment(text: str) -> str | None:
    """Return in ISO 8601 the one moment that a text gives; None for a span, or if anything of it is not understood."""
    sessions, left = date_text.parse(text)
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
) -> tuple[list[Span], list[Note]]:
    """Return the sessions that the cells of a row give, and findings on what of them was not understood.

    `slots` holds ISO pairs « begin -> end | … » and wins; else each text of `begins` (several on lines or after « ; ») gives
    its sessions. No date, or none that can be read, gives an empty list.
    """
    notes: list[Note] = []
    if slots:
        found, left = _slots(slots)
        notes += [("date_ambiguous", left)] if left else []
        if found:
            return found, notes
    if not begins or re.fullmatch(_YEAR, begins):
        return [], notes
    hint = int(found_year[0]) if year and (found_year := re.findall(_YEAR, year)) else None
    read_cells = [date_text.parse(cell, hint) for cell in _cells(begins)]
    if not read_cells or any(not sessions for sessions, _ in read_cells):
        return [], notes
    notes += [("date_ambiguous", left) for _, left in read_cells if left]
    hours, left_of_hours = date_text.parse_hours(begins_hour or "")
    end_hours, left_of_ends = date_text.parse_hours(ends_hour or "")
    notes += [("hour_unreadable", left) for left in (left_of_hours, left_of_ends) if left]
    notes += _unread_hours(begins_hour, hours, left_of_hours) + _unread_hours(ends_hour, end_hours, left_of_ends)
    sessions = [session for cell, _ in read_cells for session in cell]
    last_days: list[Session] = []
    if ends:
        last_days, more_hours, ends_notes = _ends(ends, hint, len(sessions))
        end_hours = end_hours or more_hours
        notes += ends_notes
    timed = [
        joined
        for number, session in enumerate(sessions)
        for joined in _session(session, last_days[number] if last_days else None, hours, end_hours)
    ]
    return [_written(session) for session in timed], notes


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


def _ends(text: str, hint: int | None, n_sessions: int) -> tuple[list[Session], list[Hours], list[Note]]:
    """Return what a column of ends gives: the last day of each session, or hours; and what of it was not understood."""
    cells = [date_text.parse(cell, hint) for cell in _cells(text)]
    found = [sessions[-1] for sessions, _ in cells if sessions]
    if found and len(found) == len(cells) == n_sessions:
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
