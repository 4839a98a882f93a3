"""Dates as people write them in French tables: « mercredi 5 novembre 2014 de 18h30 à 20h », 05/11/2014, 5-11-14.

Only what is not ISO 8601 comes here, once per different spelling. What is read is local time, without an offset.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, tzinfo
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa

from campaign.core.settings import PARIS
from campaign.intake.dates import date_text
from campaign.intake.dates.date_text import Hint
from campaign.intake.fields import date_hints
from campaign.intake.fields.date_cells import Span, written
from campaign.intake.fields.date_cells import span as span
from campaign.intake.fields.date_columns import CELL as CELL

HERE: Final = Path(__file__).parent

_NOTHING: Final = Hint()
_WRITTEN: Final = "select span_id, slots, begins, begins_hour, ends, ends_hour, duration, year, month from intake_spans where not is_iso"
_REGISTERED: Final = """
    select coalesce(created_at, updated_at)
    from intake_named
    where coalesce(created_at, updated_at) is not null
    limit 5000
"""
_NUMBER: Final = re.compile(r"1[2-9]\d{8}(?:000)?")
_INSTANTS: Final = re.compile(rf"{_NUMBER.pattern}(?: (?:->|\|) {_NUMBER.pattern})*")
_DAYS: Final = re.compile(r"\d{4}-\d\d-\d\d(?: -> \d{4}-\d\d-\d\d)?")
_SECONDS: Final = re.compile(r"(\d{1,8})(?:[.,]0+)?")  # of the day
_FIVE_DIGITS, _SECONDS_OF_DAY, _STEP = 10_000, 86_400, 300
_GREENWICH: Final = r"\d{4}-\d\d-\d\d[T ](?:00|22|23):00(?::00(?:\.0+)?)?(?:Z|\+00:?00)"
MIDNIGHT: Final = r"[T ]+0?0[:h]00(:00([.]0+)?)?\s*$"


def read_spans(connection: duckdb.DuckDBPyConnection, around: Hint = _NOTHING, *, has_moments: bool = True) -> bool:
    """Make `intake_read_spans` from the different dates of `intake_spans`, and return whether any year stands only around them.

    `around` is what stands around the table; `has_moments` says whether it has instants of registration.
    The variable `intake_order` is set to the order of day and month of its columns.
    """
    others = connection.execute(_REGISTERED).fetchall() if has_moments else []
    zone = _zone_of_midnights(connection)
    rows = connection.execute(_WRITTEN).fetchall()
    if zone:
        rows = [(*row[:2], _day_in(zone, row[2]), row[3], _day_in(zone, row[4]), *row[5:]) for row in rows]
    around = date_hints.with_order(
        around, (text for row in rows for text in (row[2], row[4]) if text), (text for (text,) in others)
    )
    pairs = [text for row in rows for text in (row[2], row[4]) if text and text != "-"]
    around = date_hints.with_pairs(around, pairs, [row[7] for row in rows if not row[8]])
    connection.execute("set variable intake_order = ?", [around.order])
    are_days = _are_days_alone(connection)
    if are_days:
        connection.execute(
            "update intake_spans set is_iso = false where is_iso and regexp_matches(begins, $1)", [MIDNIGHT]
        )
        rows = connection.execute(_WRITTEN).fetchall()
    rows = [(*row[:2], *_days_of(row, are_days), *row[6:]) for row in rows]
    may_end_before = are_days and not any(row[2] == row[4] for row in rows)
    if instants := _days_of_instants([row[2] for row in rows if row[2] and not row[1]]):
        rows = [(*row[:2], instants.get(row[2], row[2]), *row[3:]) for row in rows]
    if clocks := _hours_of_seconds([text for row in rows for text in (row[3], row[5]) if text]):
        rows = [(*row[:3], clocks.get(row[3]), row[4], clocks.get(row[5]), *row[6:]) for row in rows]
    spans = [span(*row[1:9], around=around) for row in rows]
    # Of no event the only day ends at its own midnight: is the last one the event's, or the day after it?
    if may_end_before:
        spans = [
            (read, [*notes, ("date_ambiguous", f"{row[2]} - {row[4]}")] if row[4] and row[6] is None else notes)
            for row, (read, notes) in zip(rows, spans, strict=True)
        ]
    kind = pa.list_(pa.struct([("begins", pa.string()), ("ends", pa.string())]))
    table = pa.table(
        {
            "span_id": pa.array([row[0] for row in rows], pa.int64()),
            "timings": pa.array([[{"begins": b, "ends": e} for b, e in read] for read, _ in spans], kind),
            "notes": pa.array(
                [[{"kind": note, "detail": detail} for note, detail in notes] for _, notes in spans],
                pa.list_(pa.struct([("kind", pa.string()), ("detail", pa.string())])),
            ),
        }
    )
    connection.register("intake_python_spans", table)
    connection.execute((HERE / "spreadsheet_spans.sql").read_text("utf-8"))
    connection.unregister("intake_python_spans")
    elsewhere = replace(around, year=None)
    return around.year is not None and any(
        read and not span(*row[1:9], around=elsewhere)[0] for row, (read, _) in zip(rows, spans, strict=True)
    )


def _zone_of_midnights(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the zone in which all instants of a table in Greenwich's time are midnights, "" for none: a program wrote days so."""
    first = connection.execute("select begins from intake_spans where begins is not null limit 1").fetchone()
    if first is None or not re.fullmatch(_GREENWICH, first[0]):
        return ""
    for zone in ("Europe/Paris", "UTC"):
        row = connection.execute(
            """
            select
                count(*) > 0
                and bool_and(
                    begins_hour is null and ends_hour is null and duration is null and slots is null
                    and regexp_full_match(begins, $instant)
                    and coalesce(regexp_full_match(ends, $instant), true)
                    and timezone($zone, try_cast(begins as timestamptz))::time = '00:00'
                    and coalesce(timezone($zone, try_cast(ends as timestamptz))::time = '00:00', true)
                )
            from intake_spans
            where begins is not null
            """,
            {"instant": _GREENWICH, "zone": zone},
        ).fetchone()
        if row and row[0]:
            connection.execute("update intake_spans set is_iso = false where begins is not null")
            return zone
    return ""


def _day_in(zone: str, text: str | None) -> str | None:
    """Return the day of an instant in a zone."""
    return datetime.fromisoformat(text).astimezone(ZoneInfo(zone)).date().isoformat() if text else text


def _are_days_alone(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether all beginnings of a table are written at midnight, and no end at an hour: a program wrote days so."""
    row = connection.execute(
        """
        select
            count(*) > 0
            and bool_and(regexp_matches(begins, $midnight))
            and coalesce(bool_and(regexp_matches(ends, $midnight) or length(intake_iso(ends)) = 10), true)
        from intake_spans
        where begins is not null and slots is null
        """,
        {"midnight": MIDNIGHT},
    ).fetchone()
    return bool(row and row[0])


def _days_of(row: tuple[Any, ...], are_days: bool) -> tuple[Any, ...]:
    """Return beginning, its hour, and end of a row of `intake_spans`, without the midnights of a column of days."""
    begins, begins_hour, ends, ends_hour = row[2:6]
    if are_days:
        begins, ends = (re.sub(MIDNIGHT, "", text) if text else text for text in (begins, ends))
    return begins, begins_hour, ends, ends_hour


def _days_of_instants(texts: Sequence[str]) -> dict[str, str]:
    """Return seconds since 1970 as days where all of a column are midnights, of Paris or of Greenwich: a program wrote days so."""
    texts = [text for text in texts if not _DAYS.fullmatch(text)]
    if not texts or not all(_INSTANTS.fullmatch(text) for text in texts):
        return {}
    for zone in (PARIS, UTC):
        if all(_instant(number, zone).time() == time() for text in texts for number in _NUMBER.findall(text)):
            return {
                text: _NUMBER.sub(lambda number: _instant(number[0], zone).date().isoformat(), text)  # noqa: B023
                for text in texts
            }
    return {}


def _hours_of_seconds(texts: Sequence[str]) -> dict[str | None, str]:
    """Return the hours of a table that are seconds of the day, or thousandths of them; none where all may be hour, minute, second."""
    numbers = {text: int(number[1]) for text in texts if (number := _SECONDS.fullmatch(text))}
    last = max(numbers.values(), default=0)
    if len(numbers) != len(set(texts)) or last < _FIVE_DIGITS:
        return {}
    unit = 1 if last <= _SECONDS_OF_DAY else 1000
    are_figures = unit == 1 and all(
        number % 100 == 0 and number // 100 % 100 in range(0, 60, 5) for number in numbers.values()
    )
    if last > _SECONDS_OF_DAY * unit or are_figures or any(number % (_STEP * unit) for number in numbers.values()):
        return {}
    minutes = {text: number // (60 * unit) for text, number in numbers.items()}
    return {text: f"{number // 60}h{number % 60:02}" for text, number in minutes.items()}


def _instant(seconds: str, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(int(seconds[:10]), zone)


def read_moments(connection: duckdb.DuckDBPyConnection, *, has_moments: bool = True) -> None:
    """Make `intake_moments` (said, moment) from the instants of registration that are not written in figures."""
    if not has_moments:
        connection.execute("create or replace temp table intake_moments (said varchar, moment varchar)")
        return
    rows = connection.execute((HERE / "spreadsheet_moments.sql").read_text("utf-8")).fetchall()
    order = connection.execute("select getvariable('intake_order')").fetchone()
    hint = Hint(order=order[0] if order else "dmy")
    read_rows = [(text, instant) for (text,) in rows if (instant := moment(text, hint)) is not None]
    table = pa.table(
        {
            "said": pa.array([text for text, _ in read_rows], pa.string()),
            "moment": pa.array([instant for _, instant in read_rows], pa.string()),
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
    return [written(session) for session in date_text.parse(text, year)[0]]
