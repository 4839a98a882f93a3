"""Days, hours and periods in both languages."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.language import LANGUAGES, use
from campaign.core.settings import PARIS
from campaign.wording import dates

S = "\u00a0"


def november(day: int) -> date:
    return date(2014, 11, day)


def in_paris(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2014, 11, day, hour, minute, tzinfo=PARIS)


CASES: list[tuple[Callable[[], str], str, str]] = [
    (lambda: dates.month(8), "août", "August"),
    (lambda: dates.weekday(november(8)), "samedi", "Saturday"),
    (lambda: dates.day_name(november(1)), "1er novembre 2014", "1 November 2014"),
    (
        lambda: dates.on_day(november(8), with_weekday=True, with_year=False),
        "le samedi 8 novembre",
        "on Saturday 8 November",
    ),
    (lambda: dates.period(november(3), november(7)), "du 3 au 7 novembre 2014", "from 3 to 7 November 2014"),
    (lambda: dates.period(november(1), november(30)), "du 1er au 30 novembre 2014", "from 1 to 30 November 2014"),
    (
        lambda: dates.period(date(2014, 10, 30), november(2)),
        "du 30 octobre au 2 novembre 2014",
        "from 30 October to 2 November 2014",
    ),
    (
        lambda: dates.period(date(2014, 12, 30), date(2015, 1, 2)),
        "du 30 décembre 2014 au 2 janvier 2015",
        "from 30 December 2014 to 2 January 2015",
    ),
    (lambda: dates.period(november(3), november(7), with_year=False), "du 3 au 7 novembre", "from 3 to 7 November"),
    (lambda: dates.period(november(8), november(8)), "le 8 novembre 2014", "on 8 November 2014"),
    (lambda: dates.period(november(3), None), "à partir du 3 novembre 2014", "from 3 November 2014"),
    (lambda: dates.period(None, november(1)), "jusqu'au 1er novembre 2014", "until 1 November 2014"),
    (lambda: dates.period(None, None), "", ""),
    (lambda: dates.hour(in_paris(8, 18, 30)), f"18{S}h{S}30", "18:30"),
    (lambda: dates.hour(in_paris(8, 9, 5)), f"9{S}h{S}05", "09:05"),
    (lambda: dates.hour(in_paris(8, 20)), f"20{S}h", "20:00"),
    (
        lambda: dates.data_as_of(datetime(2014, 11, 12, 17, 30, tzinfo=UTC)),
        f"données du 12 novembre 2014 à 18{S}h{S}30",
        "data of 12 November 2014 at 18:30",
    ),
    (lambda: dates.data_as_of(None), "données non datées", "undated data"),
    (
        lambda: dates.session(in_paris(8, 18, 30), in_paris(8, 20)),
        f"samedi 8 novembre 2014, de 18{S}h{S}30 à 20{S}h",
        "Saturday 8 November 2014, from 18:30 to 20:00",
    ),
    (
        lambda: dates.session(in_paris(8, 18, 30)),
        f"samedi 8 novembre 2014 à 18{S}h{S}30",
        "Saturday 8 November 2014 at 18:30",
    ),
    (
        lambda: dates.session(in_paris(8, 18), in_paris(9, 2)),
        f"du samedi 8 novembre 2014 à 18{S}h au dimanche 9 novembre 2014 à 2{S}h",
        "from Saturday 8 November 2014 at 18:00 to Sunday 9 November 2014 at 02:00",
    ),
    (
        lambda: dates.session(in_paris(8, 15), in_paris(8, 16), "Indian/Reunion"),
        f"samedi 8 novembre 2014, de 18{S}h à 19{S}h (heure locale)",
        "Saturday 8 November 2014, from 18:00 to 19:00 (local time)",
    ),
    (
        lambda: dates.session(in_paris(8, 0), in_paris(8, 23, 59), is_all_day=True),
        "samedi 8 novembre 2014, toute la journée",
        "Saturday 8 November 2014, all day",
    ),
    (
        lambda: dates.session(in_paris(8, 0), in_paris(9, 0), is_all_day=True),
        "samedi 8 novembre 2014, toute la journée",
        "Saturday 8 November 2014, all day",
    ),
    (
        lambda: dates.session(in_paris(8, 0), in_paris(9, 0)),
        "samedi 8 novembre 2014, toute la journée",
        "Saturday 8 November 2014, all day",
    ),
    (lambda: dates.session(in_paris(8, 0), in_paris(10, 0)), "du 8 au 9 novembre 2014", "from 8 to 9 November 2014"),
    (lambda: dates.session(in_paris(8, 0)), "samedi 8 novembre 2014", "Saturday 8 November 2014"),
    (
        lambda: dates.session(in_paris(8, 0), in_paris(8, 2)),
        f"samedi 8 novembre 2014, de 0{S}h à 2{S}h",
        "Saturday 8 November 2014, from 00:00 to 02:00",
    ),
    (
        lambda: dates.session(in_paris(8, 0), is_all_day=False),
        f"samedi 8 novembre 2014 à 0{S}h",
        "Saturday 8 November 2014 at 00:00",
    ),
    (
        lambda: dates.session(in_paris(8, 0), in_paris(9, 23, 59), is_all_day=True),
        "du 8 au 9 novembre 2014",
        "from 8 to 9 November 2014",
    ),
    (lambda: dates.days_to_go(12), "à 12 jours de l'ouverture", "12 days before the opening"),
    (lambda: dates.days_to_go(1), "à 1 jour de l'ouverture", "1 day before the opening"),
    (lambda: dates.days_to_go(0), "le jour de l'ouverture", "on the opening day"),
    (lambda: dates.days_to_go(-3), "3 jours après l'ouverture", "3 days after the opening"),
    (lambda: dates.years([2014]), "2014", "2014"),
    (lambda: dates.years([2014, 2012]), "2012 et 2014", "2012 and 2014"),
    (lambda: dates.years(range(2008, 2015)), "2008 à 2014", "2008 to 2014"),
]


@pytest.mark.parametrize(("text", "french", "english"), CASES)
def test_dates(text: Callable[[], str], french: str, english: str) -> None:
    assert text() == french
    with use("en"):
        assert text() == english


def test_a_moment_without_a_zone_is_local_already() -> None:
    assert dates.hour(datetime(2014, 11, 8, 18, 30)) == f"18{S}h{S}30"  # noqa: DTZ001 - the point of the test
    local = datetime(2014, 11, 8, 18, 30)  # noqa: DTZ001 - the same
    assert dates.session(local) == f"samedi 8 novembre 2014 à 18{S}h{S}30"


@given(st.dates(date(2008, 1, 1), date(2030, 12, 31)), st.integers(0, 400), st.sampled_from(LANGUAGES))
def test_a_period_says_its_last_day_in_full(first: date, length: int, language: str) -> None:
    last = first + timedelta(days=length)
    with use(language):
        text = dates.period(first, last)
        assert text.endswith(dates.day_name(last))
        assert "  " not in text
        if first.year != last.year:
            assert dates.day_name(first) in text
