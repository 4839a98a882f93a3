"""Numbers in both languages."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.language import use
from campaign.wording import numbers as n

T, S = "\u202f", "\u00a0"
CASES: list[tuple[Callable[[], str], str, str]] = [
    (lambda: n.number(0), "0", "0"),
    (lambda: n.number(999), "999", "999"),
    (lambda: n.number(1700), f"1{T}700", "1,700"),
    (lambda: n.number(1700.0), f"1{T}700", "1,700"),
    (lambda: n.number(10_000_000), f"10{T}000{T}000", "10,000,000"),
    (lambda: n.number(-1234.5, 1), f"\u22121{T}234,5", "\u22121,234.5"),
    (lambda: n.number(-0.2), "0", "0"),
    (lambda: n.number(2.5), "3", "3"),
    (lambda: n.number(2.0, 1), "2", "2"),
    (lambda: n.number(2.0, 1, fixed=True), "2,0", "2.0"),
    (lambda: n.number(100, 1), "100", "100"),
    (lambda: n.number(None), "n.\u00a0c.", "n/a"),
    (lambda: n.number(math.nan), "n.\u00a0c.", "n/a"),
    (lambda: n.missing(), "n.\u00a0c.", "n/a"),
    (lambda: n.signed(12), "+12", "+12"),
    (lambda: n.signed(-5), "\u22125", "\u22125"),
    (lambda: n.signed(0), "0", "0"),
    (lambda: n.signed(0.04, 1), "0", "0"),
    (lambda: n.signed(None), "n.\u00a0c.", "n/a"),
    (lambda: n.percent(0.125), f"12,5{S}%", "12.5%"),
    (lambda: n.percent(0.12), f"12{S}%", "12%"),
    (lambda: n.percent(0.12, fixed=True), f"12,0{S}%", "12.0%"),
    (lambda: n.percent(1), f"100{S}%", "100%"),
    (lambda: n.percent(0.145), f"14,5{S}%", "14.5%"),
    (lambda: n.percent(None), "n.\u00a0c.", "n/a"),
    (lambda: n.percent(math.nan), "n.\u00a0c.", "n/a"),
    (lambda: n.signed_percent(0.12), f"+12{S}%", "+12%"),
    (lambda: n.signed_percent(-0.014), f"\u22121,4{S}%", "\u22121.4%"),
    (lambda: n.signed_percent(None), "n.\u00a0c.", "n/a"),
    (lambda: n.share(1, 3), f"33,3{S}%", "33.3%"),
    (lambda: n.share(0, 3), f"0{S}%", "0%"),
    (lambda: n.share(3, 3), f"100{S}%", "100%"),
    (lambda: n.share(9999, 10000), f"plus de 99,9{S}%", "more than 99.9%"),
    (lambda: n.share(1, 10000), f"moins de 0,1{S}%", "less than 0.1%"),
    (lambda: n.share(0, 0), "n.\u00a0c.", "n/a"),
    (lambda: n.share(None, 3), "n.\u00a0c.", "n/a"),
    (lambda: n.ordinal(1), "1re", "1st"),
    (lambda: n.ordinal(1, masculine=True), "1er", "1st"),
    (lambda: n.ordinal(2), "2e", "2nd"),
    (lambda: n.ordinal(3), "3e", "3rd"),
    (lambda: n.ordinal(7), "7e", "7th"),
    (lambda: n.ordinal(11), "11e", "11th"),
    (lambda: n.ordinal(12), "12e", "12th"),
    (lambda: n.ordinal(13), "13e", "13th"),
    (lambda: n.ordinal(21), "21e", "21st"),
    (lambda: n.ordinal(111), "111e", "111th"),
    (lambda: n.published(1707), f"1{T}707", "1,707"),
    (lambda: n.published(1700, "more_than"), f"plus de 1{T}700", "more than 1,700"),
    (lambda: n.published(2000, "about"), f"environ 2{T}000", "about 2,000"),
    (lambda: n.published(1100, "announced"), f"1{T}100", "1,100"),
    (lambda: n.published(1100, None), f"1{T}100", "1,100"),
    (lambda: n.published(None, "announced"), "n.\u00a0c.", "n/a"),
    (lambda: n.published(80, "more_than", is_percent=True), f"plus de 80{S}%", "more than 80%"),
    (lambda: n.published(None), "n.\u00a0c.", "n/a"),
]


@pytest.mark.parametrize(("text", "french", "english"), CASES)
def test_numbers(text: Callable[[], str], french: str, english: str) -> None:
    assert text() == french
    with use("en"):
        assert text() == english


@given(st.integers(0, 10**7))
def test_a_number_reads_back(value: int) -> None:
    assert int(n.number(value).replace(T, "")) == value
    with use("en"):
        assert int(n.number(value).replace(",", "")) == value


@given(st.integers(0, 10**7))
def test_a_floor_never_overstates(value: int) -> None:
    floor = n.floor_to_two_digits(value)
    assert floor <= value < max(floor * 1.1, 100)
    assert floor == value or str(floor)[2:].strip("0") == ""


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_a_share_says_0_and_100_only_when_they_are_exact(part: int, whole: int) -> None:
    part = min(part, whole)
    with use("en"):
        text = n.share(part, whole)
    assert (text == "100%") == (part == whole)
    assert (text == "0%") == (part == 0)
