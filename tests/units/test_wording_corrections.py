"""Corrections in words."""

import pytest

from campaign.core import language
from campaign.wording import corrections


@pytest.mark.parametrize(
    ("name", "written", "words"),
    [
        ("type", "atelier", "atelier"),
        ("type", None, "n. c."),
        ("place", "Mairie |  | 69001 Lyon", "Mairie, 69001 Lyon"),
        ("dates", "2014-11-06T14:00 -> 2014-11-06T16:00", "jeudi 6 novembre 2014, de 14 h à 16 h"),
        ("dates", "2014-11-06", "le 6 novembre 2014"),
        ("dates", " | ".join(f"2014-11-0{day}" for day in range(3, 9)), "3 autres"),
    ],
)
def test_a_value_is_said(name: str, written: str | None, words: str) -> None:
    assert words in corrections.value(name, written).replace("\u00a0", " ").replace("\u202f", " ")


def test_every_field_and_state_has_words_in_both_languages() -> None:
    for words in (*map(corrections.field, corrections.FIELDS), *map(corrections.state, corrections.STATES)):
        assert words
    with language.use("en"):
        assert corrections.state("applied") != corrections.STATES["applied"]
