"""Dates as people write them."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from campaign.intake import dates

MONTHS = [
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
]  # fmt: skip

days = some.dates(date(1990, 1, 1), date(2099, 12, 31))
hours = some.builds(time, some.integers(0, 23), some.integers(0, 59))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("05/11/2014", ["2014-11-05"]),
        ("5-11-14", ["2014-11-05"]),
        ("05.11.2014", ["2014-11-05"]),
        ("05/11/2014 18:30", ["2014-11-05T18:30"]),
        ("5/11/2014 à 18h", ["2014-11-05T18:00"]),
        ("3 novembre 2014", ["2014-11-03"]),
        ("1er décembre 2014", ["2014-12-01"]),
        ("Mercredi 5 Novembre 2014, 18h30", ["2014-11-05T18:30"]),
        ("mer. 5 nov. 2014 18 h 30", ["2014-11-05T18:30"]),
        ("le 5 août 2014 de 9h à 12h30", ["2014-08-05T09:00", "2014-08-05T12:30"]),
        ("5 novembre 2014 22h - 2h", ["2014-11-05T22:00", "2014-11-06T02:00"]),
        ("du 3 au 5 novembre 2014", ["2014-11-03", "2014-11-05"]),
        ("du 30 octobre au 2 novembre 2014", ["2014-10-30", "2014-11-02"]),
        ("du 28 décembre 2014 au 3 janvier 2015", ["2014-12-28", "2015-01-03"]),
        ("du 03/11/2014 au 05/11/2014", ["2014-11-03", "2014-11-05"]),
        ("November 5, 2014", ["2014-11-05"]),
        ("5 november 2014", ["2014-11-05"]),
        ("2014/11/05 18:30", ["2014-11-05T18:30"]),
        ("20141105T183000", ["2014-11-05T18:30"]),
        ("41948", ["2014-11-05"]),
        ("41948,7708333333", ["2014-11-05T18:30"]),
        ("29 février 2012", ["2012-02-29"]),
        ("29 février 2014", []),
        ("31/11/2014", []),
        ("11/25/2014", []),
        ("5 novembre", []),
        ("novembre 2014", []),
        ("à définir", []),
        ("toute l'année 2014", []),
        ("3 novembre 2014, 5 novembre 2014, 7 novembre 2014", []),
    ],
)
def test_reads_french_dates(text: str, read: list[str]) -> None:
    assert dates.read(text) == read


def test_borrows_the_year_of_its_column() -> None:
    assert dates.read("5 novembre à 18h", 2014) == ["2014-11-05T18:00"]
    assert dates.span(None, "5 novembre", None, None, None, "Édition 2014") == ([("2014-11-05", None)], None)


@pytest.mark.parametrize(
    ("cells", "sessions"),
    [
        ((None, "05/11/2014", "18h30", None, "20h"), [("2014-11-05T18:30", "2014-11-05T20:00")]),
        ((None, "05/11/2014", "18h30-20h", None, None), [("2014-11-05T18:30", "2014-11-05T20:00")]),
        ((None, "05/11/2014", "22h", None, "2h"), [("2014-11-05T22:00", "2014-11-06T02:00")]),
        ((None, "07/11/2014", "9h", "08/11/2014", "17h"), [("2014-11-07T09:00", "2014-11-08T17:00")]),
        ((None, "07/11/2014", None, "08/11/2014", None), [("2014-11-07", "2014-11-08")]),
        ((None, "07/11/2014 9h", None, "12h", None), [("2014-11-07T09:00", "2014-11-07T12:00")]),
        ((None, "05/11/2014\n12/11/2014", "18h", None, None), [("2014-11-05T18:00", None), ("2014-11-12T18:00", None)]),
        (
            ("2014-11-05T18:00:00+01:00 -> 2014-11-05T20:00:00+01:00 | 2014-11-06 -> 2014-11-07", None),
            [("2014-11-05T18:00:00+01:00", "2014-11-05T20:00:00+01:00"), ("2014-11-06", "2014-11-07")],
        ),
        ((None, "2014"), []),
        ((None, "05/11/2014 ; bientôt"), []),
    ],
)
def test_spans_of_several_cells(cells: tuple[str | None, ...], sessions: list[tuple[str, str | None]]) -> None:
    assert dates.span(*cells)[0] == sessions


def test_an_end_that_cannot_be_read_is_told() -> None:
    assert dates.span(None, "05/11/2014", None, "tard") == ([("2014-11-05", None)], "end_unreadable")


@given(days, hours)
def test_every_spelling_of_a_moment_is_the_same_moment(day: date, hour: time) -> None:
    wanted = [datetime.combine(day, hour).isoformat(timespec="minutes")]
    clock = f"{hour.hour}h{hour.minute:02}"
    assert dates.read(f"{day.day} {MONTHS[day.month - 1]} {day.year} à {clock}") == wanted
    assert dates.read(f"{day:%d/%m/%Y} {clock}") == wanted
    assert dates.read(f"{day:%d-%m-%Y} {hour:%H:%M}") == wanted
    assert dates.span(None, f"{day:%d/%m/%Y}", clock)[0] == [(wanted[0], None)]


@given(days, some.integers(0, 60))
def test_ranges_keep_their_days(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    text = f"du {first.day} {MONTHS[first.month - 1]} {first.year} au {last.day} {MONTHS[last.month - 1]} {last.year}"
    assert dates.read(text) == [first.isoformat(), last.isoformat()]


@given(some.text(max_size=60))
def test_any_text_is_read_or_not_but_never_fails(text: str) -> None:
    for moment in dates.read(text):
        datetime.fromisoformat(moment)
