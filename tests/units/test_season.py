"""Quick choices of days, and months as weeks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.analysis import season


@pytest.mark.parametrize(
    ("today", "weekend"),
    [
        (date(2014, 11, 3), (date(2014, 11, 8), date(2014, 11, 9))),  # a Monday
        (date(2014, 11, 8), (date(2014, 11, 8), date(2014, 11, 9))),
        (date(2014, 11, 9), (date(2014, 11, 9), date(2014, 11, 9))),  # a Sunday: what is left
    ],
)
def test_this_weekend(today: date, weekend: tuple[date, date]) -> None:
    periods = {period.key: (period.first, period.last) for period in season.periods(today)}
    assert periods["weekend"] == weekend
    assert periods["today"] == (today, today)
    assert periods["week"] == (today, weekend[1])
    assert periods["upcoming"] == (today, None)
    assert periods["past"] == (None, today - timedelta(days=1))


@given(st.dates(date(2000, 1, 1), date(2050, 12, 1)))
def test_weeks_hold_the_month_and_nothing_twice(day: date) -> None:
    weeks = season.weeks(day)
    days = [each for week in weeks for each in week]
    assert all(week[0].weekday() == 0 and len(week) == 7 for week in weeks)
    assert days == sorted(set(days))
    in_month = [each for each in days if (each.year, each.month) == (day.year, day.month)]
    assert in_month[0].day == 1
    assert (in_month[-1] + timedelta(days=1)).day == 1
    assert all(any((d.year, d.month) == (day.year, day.month) for d in week) for week in weeks)


def test_months_from_one_day_to_another() -> None:
    months = season.months(date(2014, 10, 15), date(2015, 1, 2))
    assert [period.key for period in months] == ["2014-10", "2014-11", "2014-12", "2015-01"]
    assert months[0].first == date(2014, 10, 1)
    assert months[-1].last == date(2015, 1, 31)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2014-11", date(2014, 11, 1)),
        ("2014-13", None),
        ("2014-11-05", None),
        ("", None),
        (None, None),
        ("<svg/>", None),
    ],
)
def test_a_month_of_an_address(text: str | None, month: date | None) -> None:
    assert season.month_of(text) == month
