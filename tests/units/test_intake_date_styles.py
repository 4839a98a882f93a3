"""What people and our own formatter write in many styles is read back, or what is not understood of it is told."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as some

from campaign.core.language import Language, use
from campaign.intake.dates.date_text import Hint
from campaign.intake.fields import date_fields
from campaign.wording import dates as wording
from tests.samples import examples

Session = tuple[str, str | None]

days = some.dates(date(2008, 1, 1), date(2035, 12, 31))
hours = some.builds(time, some.integers(8, 19), some.sampled_from([0, 15, 30, 45]))


def french(day: date, pattern: str = "d MMMM y") -> str:
    return (
        format_date(day, pattern, locale="fr").replace("1 ", "1er ", 1)
        if day.day == 1 and pattern[0] == "d"
        else format_date(day, pattern, locale="fr")
    )


def english(day: date, pattern: str) -> str:
    return format_date(day, pattern, locale="en")


def clock(hour: time) -> str:
    return f"{hour.hour}h{hour.minute:02}" if hour.minute else f"{hour.hour}h"


def half(hour: time) -> str:
    return f"{(hour.hour - 1) % 12 + 1}:{hour.minute:02} {'PM' if hour.hour >= 12 else 'AM'}"


DAYS: Final[dict[str, Callable[[date], str]]] = {
    "long": lambda d: french(d),
    "weekday": lambda d: f"{format_date(d, 'EEEE', locale='fr')} {french(d)}",
    "capital": lambda d: f"{format_date(d, 'EEEE', locale='fr')} {french(d)}".upper(),
    "short": lambda d: format_date(d, "EEE d MMM y", locale="fr"),
    "month": lambda d: format_date(d, "d MMM y", locale="fr"),
    "figures": lambda d: f"{d:%d/%m/%Y}",
    "bare": lambda d: f"{d.day}/{d.month}/{d.year}",
    "two": lambda d: f"{d:%d/%m/%y}",
    "dashes": lambda d: f"{d:%d-%m-%Y}",
    "points": lambda d: f"{d:%d.%m.%Y}",
    "iso": lambda d: d.isoformat(),
    "iso strokes": lambda d: f"{d:%Y/%m/%d}",
    "compact": lambda d: f"{d:%Y%m%d}",
    "le": lambda d: f"le {french(d)}",
    "our own": lambda d: wording.on_day(d, with_weekday=True),
    "english": lambda d: english(d, "MMMM d, y"),
    "english short": lambda d: english(d, "MMM d, y"),
    "english weekday": lambda d: english(d, "EEEE, MMMM d, y"),
    "british": lambda d: english(d, "d MMMM y"),
    "british weekday": lambda d: english(d, "EEE d MMM y"),
    "ordinal": lambda d: f"{d.day}th of {english(d, 'MMMM y')}",
    "excel": lambda d: english(d, "d-MMM-yy"),
}  # fmt: skip
TIMES: Final[dict[str, Callable[[time, time], str]]] = {
    "de à": lambda b, e: f"de {clock(b)} à {clock(e)}",
    "dash": lambda b, e: f"{clock(b)}-{clock(e)}",
    "spaced": lambda b, e: f"{b.hour} h {b.minute:02} – {e.hour} h {e.minute:02}",
    "stroke": lambda b, e: f"{clock(b)}/{clock(e)}",
    "arrow": lambda b, e: f"{clock(b)} > {clock(e)}",
    "colon": lambda b, e: f"{b:%H:%M}-{e:%H:%M}",
    "capital": lambda b, e: f"{b:%HH%M} À {e:%HH%M}",
    "brackets": lambda b, e: f"({clock(b)} - {clock(e)})",
    "entre": lambda b, e: f"entre {clock(b)} et {clock(e)}",
    "english": lambda b, e: f"{half(b)} - {half(e)}",
    "english to": lambda b, e: f"from {half(b)} to {half(e)}",
    "duration": lambda b, e: f"{clock(b)}, durée {_length(b, e)}",
}  # fmt: skip


def _length(begins: time, ends: time) -> str:
    minutes = (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
    return f"{minutes // 60}h{minutes % 60:02}"


@pytest.mark.parametrize("style", DAYS)
@settings(max_examples=examples(30), deadline=None)
@given(days)
def test_a_day_in_every_style(style: str, day: date) -> None:
    assert date_fields.span(None, DAYS[style](day)) == ([(day.isoformat(), None)], [])


@pytest.mark.parametrize("style", DAYS)
@settings(max_examples=examples(30), deadline=None)
@given(days, hours, hours, some.sampled_from(list(TIMES)))
def test_a_session_in_every_style(style: str, day: date, one: time, other: time, times: str) -> None:
    begins, ends = sorted((one, other))
    if begins == ends:
        ends = time(20, 30)
    wanted = [(f"{day}T{begins:%H:%M}", f"{day}T{ends:%H:%M}")]
    hours_text = TIMES[times](begins, ends)
    assert date_fields.span(None, DAYS[style](day), hours_text) == (wanted, [])
    if style != "compact":
        assert date_fields.span(None, f"{DAYS[style](day)}, {hours_text}") == (wanted, [])


@pytest.mark.parametrize("language", ["fr", "en"])
@settings(max_examples=examples(30), deadline=None)
@given(days, hours, some.integers(0, 3), some.integers(1, 600))
def test_what_our_formatter_writes(language: Language, day: date, hour: time, n_days: int, minutes: int) -> None:
    begins = datetime.combine(day, hour)
    ends = begins + timedelta(minutes=minutes)
    with use(language):
        assert date_fields.read(wording.session(begins, ends)) == [(begins.isoformat()[:16], ends.isoformat()[:16])]
        assert date_fields.read(wording.session(begins)) == [(begins.isoformat()[:16], None)]
        last = day + timedelta(days=n_days)
        assert date_fields.read(wording.period(day, last)) == [(day.isoformat(), last.isoformat() if n_days else None)]
        assert date_fields.span(None, wording.short_day(day), around=Hint(year=day.year)) == (
            [(day.isoformat(), None)],
            [],
        )


LISTS: Final[dict[str, Callable[[list[date]], str]]] = {
    "commas": lambda ds: ", ".join(str(d.day) for d in ds[:-1]) + f" et {french(ds[-1])}",
    "les": lambda ds: "les " + ", ".join(str(d.day) for d in ds[:-1]) + f" et {french(ds[-1], 'd MMM y')}",
    "ampersand": lambda ds: " & ".join(f"{d.day:02}" for d in ds) + f"{ds[-1]:/%m/%Y}",
    "whole": lambda ds: " ; ".join(french(d) for d in ds),
    "figures": lambda ds: ", ".join(f"{d:%d/%m/%Y}" for d in ds),
    "lines": lambda ds: "\n".join(f"{d:%d/%m/%Y}" for d in ds),
    "weekdays": lambda ds: ", ".join(f"{format_date(d, 'EEEE', locale='fr')} {d.day}" for d in ds) + f" {french(ds[-1], 'MMMM y')}",
    "le": lambda ds: " et ".join(f"le {d.day}" for d in ds) + f" {french(ds[-1], 'MMMM y')}",
    "english": lambda ds: english(ds[0], "MMMM ") + " and ".join(str(d.day) for d in ds) + f", {ds[0].year}",
}  # fmt: skip


@pytest.mark.parametrize("style", LISTS)
@settings(max_examples=examples(30), deadline=None)
@given(some.integers(2008, 2035), some.integers(1, 12), some.sets(some.integers(1, 28), min_size=2, max_size=5))
def test_days_in_a_list(style: str, year: int, month: int, numbers: set[int]) -> None:
    listed = [date(year, month, number) for number in sorted(numbers)]
    assert date_fields.span(None, LISTS[style](listed)) == ([(day.isoformat(), None) for day in listed], [])
    sessions, notes = date_fields.span(None, LISTS[style](listed), "18h30")
    assert (sessions, notes) == ([(f"{day}T18:30", None) for day in listed], [])


RANGES: Final[dict[str, Callable[[date, date], str]]] = {
    "du au": lambda a, b: f"du {french(a)} au {french(b)}",
    "shared": lambda a, b: f"du {a.day} au {french(b)}" if a.month == b.month else f"du {french(a, 'd MMMM')} au {french(b)}",
    "figures": lambda a, b: f"du {a:%d/%m/%Y} au {b:%d/%m/%Y}",
    "short": lambda a, b: f"{a.day}/{a.month} au {b.day}/{b.month}/{b.year}",
    "dash": lambda a, b: f"{a.day}-{french(b)}" if a.month == b.month else f"{french(a, 'd MMMM')} - {french(b)}",
    "figures dash": lambda a, b: f"{a:%d}-{b:%d/%m/%Y}" if a.month == b.month else f"{a:%d/%m}-{b:%d/%m/%Y}",
    "weekdays": lambda a, b: f"du {french(a, 'EEEE d MMMM')} au {french(b, 'EEEE d MMMM y')}",
    "iso": lambda a, b: f"{a}/{b}",
    "english": lambda a, b: f"from {english(a, 'd MMMM')} to {english(b, 'd MMMM y')}",
    "american": lambda a, b: f"{english(a, 'MMMM d')} - {english(b, 'MMMM d, y')}",
}  # fmt: skip


@pytest.mark.parametrize("style", RANGES)
@settings(max_examples=examples(30), deadline=None)
@given(days, some.integers(1, 40))
def test_days_in_a_range(style: str, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    assert date_fields.span(None, RANGES[style](first, last)) == ([(first.isoformat(), last.isoformat())], [])


PIECES = some.sampled_from([
    "le", "les", "du", "au", "de", "à", "et", "ou", ",", "-", "/", "(", ")", "sauf", "tous", "chaque", "mardi", "mardis", "jeudi",
    "sam.", "3", "5", "10", "17", "12", "novembre", "novembre 2026", "2026", "5 novembre 2026", "10/11/2026", "7/11", "14h", "16h30",
    "18.30", "9-12h", "midi", "6pm", "durée", "1h30", "45 min", "entre", "jusqu'au", "premier", "dernier", "toute la journée", "complet",
])  # fmt: skip


@settings(max_examples=examples(300), deadline=None)
@given(some.lists(PIECES, min_size=1, max_size=8))
def test_every_number_is_read_or_told(pieces: list[str]) -> None:
    """No day and no hour of a text disappears: each stands in the sessions, in the finding, or the text is not read."""
    text = " ".join(pieces)
    sessions, notes = date_fields.span(None, text)
    if not sessions or notes:
        return
    moments = " ".join(f"{begins} {ends or ''}" for begins, ends in sessions)
    for piece, sign in (
        ("16h30", "T16:30"),
        ("14h", "T14:"),  # « 14h 10 » is ten past
        ("18.30", "T18:30"),
        ("6pm", "T18:00"),
        ("midi", "T12:00"),
    ):
        assert piece not in pieces or sign in moments or "durée" in pieces, (text, sessions)
    for piece, day in (("10/11/2026", "2026-11-10"), ("5 novembre 2026", "2026-11-05")):
        assert piece not in pieces or day in moments or "sauf" in pieces or _covers(sessions, day), (text, sessions)


def _covers(sessions: list[Session], day: str) -> bool:
    return any(begins[:10] <= day <= (ends or begins)[:10] for begins, ends in sessions)


@pytest.mark.parametrize(
    "text", ["14h le 10 - 5 novembre 2026", "du 10 au 5 novembre 2026 à 14h", "10-5 novembre 2026"]
)
def test_days_in_the_wrong_order_stay_as_they_are_written(text: str) -> None:
    """Checks of the import tell an end before its beginning: neither day is dropped."""
    ((begins, ends),), _notes = date_fields.span(None, text)
    assert (begins[:10], (ends or "")[:10]) == ("2026-11-10", "2026-11-05")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("14h 5 novembre 2026 16h30", "14h00"),
        ("midi 5 novembre 2026 18h", "12h00"),
        ("14h-15h 5 novembre 2026 16h30", "14h00"),
        ("14h 5 novembre 2026", None),
        ("du 3 au 5 novembre 2026, de 9h à 12h et de 14h à 17h", None),
    ],
)
def test_hours_that_no_session_has_are_told(text: str, left: str | None) -> None:
    _sessions, notes = date_fields.span(None, text)
    assert notes == ([("date_ambiguous", left)] if left else [])
