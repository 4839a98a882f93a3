"""Dates as people write them in French tables: « mercredi 5 novembre 2014 de 18h30 à 20h », 05/11/2014, 5-11-14.

Only what is not ISO 8601 comes here, once per different spelling. What is read is local time, without an offset.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

HERE: Final = Path(__file__).parent

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january",
            "fevrier fevr fev february feb",
            "mars mar march",
            "avril avr april apr",
            "mai may",
            "juin jun june",
            "juillet juil jul july",
            "aout aou august aug",
            "septembre sept sep september",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH: Final = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY_NAMES: Final = re.compile(
    r"\b(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mer|jeu|ven|sam|dim"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b\.?,?"
)
_HOUR: Final = r"(\d{1,2})\s*(?:h(?:eures?)?|:)\s*([0-5]\d)?(?:\s*(?:mn|min))?(?::[0-5]\d)?(?![\d/])"
_HOURS: Final = re.compile(_HOUR)
_DAY: Final = re.compile(
    r"(?P<iso>(?P<y1>\d{4})[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2}))"
    r"|(?P<d2>\d{1,2})\s?[-/.]\s?(?P<m2>\d{1,2})\s?[-/.]\s?(?P<y2>\d{4}|\d{2})(?!\d)"
    rf"|(?P<d3>\d{{1,2}})(?:er)?\s*-?\s*(?P<m3>{_MONTH})\s*-?\s*(?P<y3>\d{{4}})?"
    rf"|(?P<m4>{_MONTH})\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y4>\d{{4}})"
)
# « du 3 au 5 novembre 2014 »: the first day borrows its month and year.
_SHORT_RANGE: Final = re.compile(
    rf"\b(?:du\s+)?(\d{{1,2}})(?:er)?\s*(?:au|-|–|—|et|a)\s*(\d{{1,2}})(?:er)?\s+{_MONTH}(?:\s+(\d{{4}}))?"
)
_SERIAL: Final = re.compile(r"[3-7]\d{4}(?:[.,]\d+)?")
_COMPACT: Final = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:t?(\d{2})(\d{2})(?:\d{2})?)?z?")
_SLOT: Final = re.compile(
    r"(\d{4}-\d\d-\d\d(?:[T ][\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?)?)"
    r"(?:\s*(?:->|→|/|-)\s*(\d{4}-\d\d-\d\d(?:[T ][\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?)?))?"
)
_EXCEL_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - local, as all dates here

Span = tuple[str, str | None]


@dataclass(frozen=True)
class Moment:
    """A day, and an hour if one is given."""

    day: date
    hour: time | None = None

    @property
    def iso(self) -> str:
        """The moment in ISO 8601, without offset: a date alone if there is no hour."""
        if self.hour is None:
            return self.day.isoformat()
        return datetime.combine(self.day, self.hour).isoformat(timespec="minutes")


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
            "note": pa.array([note for _, note in spans], pa.string()),
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
    found = _read(text, None)
    return found[0].iso if len(found) == 1 else None


def span(
    slots: str | None,
    begins: str | None,
    begins_hour: str | None = None,
    ends: str | None = None,
    ends_hour: str | None = None,
    year: str | None = None,
) -> tuple[list[Span], str | None]:
    """Return the sessions that the cells of a row give, and a note (`end_unreadable`) on what was left out.

    `slots` holds ISO pairs « begin -> end | … » and wins; else each date of `begins` (several on lines or after « ; »)
    is a session. No date, or none that can be read, gives an empty list.
    """
    if slots and (found := [(_iso(b), _iso(e) if e else None) for b, e in _SLOT.findall(slots)]):
        return found, None
    if not begins or re.fullmatch(r"(?:19|20)\d\d", begins):
        return [], None
    hint = int(found_year[0]) if year and (found_year := re.findall(r"(?:19|20)\d\d", year)) else None
    cells = [cell for cell in re.split(r"\s*[\n|;]\s*", begins) if cell]
    read_cells = [_read(cell, hint) for cell in cells]
    if not read_cells or any(not read for read in read_cells):
        return [], None
    hours = _hours(begins_hour or "")
    end_hours = _hours(ends_hour or "")
    end_read = _read(ends, hint) if ends else []
    note = "end_unreadable" if ends and not end_read and not _hours(ends) else None
    if len(read_cells) > 1:
        return [_session(first, None, hours, end_hours) for first, *_ in read_cells], note
    first, *rest = read_cells[0]
    last = end_read[-1] if end_read else rest[-1] if rest else None
    return [_session(first, last, hours, end_hours or _hours(ends or "")[-1:])], note


def read(text: str, year: int | None = None) -> list[str]:
    """Return in ISO 8601 the moments that a text gives: begin, and end if there is one; nothing if it is unreadable."""
    return [moment.iso for moment in _read(text, year)]


def _session(first: Moment, last: Moment | None, hours: list[time], end_hours: list[time]) -> Span:
    begins = Moment(first.day, first.hour or (hours[0] if hours else None))
    end_hour = (last.hour if last else None) or (end_hours[-1] if end_hours else hours[1] if len(hours) > 1 else None)
    if last is None and end_hour is None:
        return begins.iso, None
    day = last.day if last else begins.day
    # « 22 h – 2 h » ends on the next day.
    if (
        end_hour
        and begins.hour
        and (last is None or last.hour is None)
        and day == begins.day
        and end_hour < begins.hour
    ):
        day += timedelta(days=1)
    return begins.iso, Moment(day, end_hour).iso


def _read(text: str, year: int | None) -> list[Moment]:
    """Return the one or two moments of a text."""
    words = _words(text)
    if number := _SERIAL.fullmatch(words):
        moment = _EXCEL_EPOCH + timedelta(days=float(number[0].replace(",", ".")))
        moment = (moment + timedelta(seconds=30)).replace(second=0, microsecond=0)
        return [Moment(moment.date(), moment.time() if "." in words or "," in words else None)]
    if compact := _COMPACT.fullmatch(words):
        day = _day(*(int(part) for part in compact.groups()[:3]))
        hour = _time(compact[4], compact[5]) if compact[4] else None
        return [Moment(day, hour)] if day else []
    if shared := _SHORT_RANGE.search(words):
        of_year = int(shared[4]) if shared[4] else year
        days = [_day(of_year, _MONTHS[shared[3]], int(shared[n])) for n in (1, 2)] if of_year else []
        hours = _hours(words[: shared.start()] + " " + words[shared.end() :])
        if len(days) != 2 or None in days:
            return []
        return [Moment(day, hour) for day, hour in zip(days, [*hours, None, None], strict=False) if day]
    matches = list(_DAY.finditer(words))
    if not matches or len(matches) > 2:
        return []
    moments = []
    last_year = _year_of(matches[-1]) or year
    for index, match in enumerate(matches):
        day = _matched_day(match, _year_of(match) or last_year)
        if day is None:
            return []
        until = matches[index + 1].start() if index + 1 < len(matches) else len(words)
        moments.append((day, _hours(words[match.end() : until]), words[: match.start()] if index == 0 else ""))
    day, hours, before = moments[0]
    hours = hours or _hours(before)
    if len(moments) == 2:
        return [
            Moment(day, hours[0] if hours else None),
            Moment(moments[1][0], moments[1][1][0] if moments[1][1] else None),
        ]
    if len(hours) > 1:
        last = day + timedelta(days=1) if hours[1] < hours[0] else day
        return [Moment(day, hours[0]), Moment(last, hours[1])]
    return [Moment(day, hours[0] if hours else None)]


def _words(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("\u2019", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    plain = plain.replace("midi", "12h00").replace("minuit", "00h00")
    return " ".join(_DAY_NAMES.sub(" ", plain).replace("—", "-").replace("–", "-").split())


def _hours(text: str) -> list[time]:
    found = (_time(hour, minute) for hour, minute in _HOURS.findall(_words(text)))
    return [hour for hour in found if hour is not None]


def _time(hour: str, minute: str | None) -> time | None:
    if int(hour) == 24:
        hour = "0"
    return time(int(hour), int(minute or 0)) if int(hour) < 24 and int(minute or 0) < 60 else None


def _year_of(match: re.Match[str]) -> int | None:
    text = match["y1"] or match["y2"] or match["y3"] or match["y4"]
    if not text:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def _matched_day(match: re.Match[str], year: int | None) -> date | None:
    month = match["m1"] or match["m2"] or match["m3"] or match["m4"]
    day = match["d1"] or match["d2"] or match["d3"] or match["d4"]
    number = _MONTHS.get(month.rstrip(".")) or (int(month) if month.isdigit() else None)
    return _day(year, number, int(day)) if year and number else None


def _day(year: int | None, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year else None
    except ValueError:
        return None


def _iso(text: str) -> str:
    return text[:10] + "T" + text[11:] if len(text) > 10 else text
