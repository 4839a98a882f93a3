"""The busiest days in words: ties are said."""

from datetime import date

import pytest

from campaign.core import language
from campaign.wording.busiest import busiest, record
from tests.units.test_wording_sentences import NO_BREAK

FIRST, SECOND = date(2014, 11, 8), date(2014, 11, 12)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([FIRST], "Le jour le plus chargé à Rennes : le samedi 8 novembre 2014, avec 2 événements."),
        (
            [SECOND, FIRST],
            "Les jours les plus chargés à Rennes : le samedi 8 novembre 2014 et le mercredi 12 novembre 2014, "
            "avec 2 événements chacun.",
        ),
        (
            [date(2014, 11, n) for n in range(1, 6)],
            "5 jours à égalité, les plus chargés à Rennes, avec 2 événements chacun.",
        ),
    ],
)
def test_no_day_is_picked_among_equals(days: list[date], words: str) -> None:
    with language.use("fr"):
        assert busiest(days, "2 événements", " à Rennes").translate(NO_BREAK) == words


def test_a_record_reached_several_times_is_said_so() -> None:
    with language.use("fr"):
        assert record(FIRST, 1, "9 événements", "").translate(NO_BREAK) == (
            "Le plus grand jour : 9 événements le samedi 8 novembre 2014."
        )
        assert record(FIRST, 3, "9 événements", "").translate(NO_BREAK) == (
            "Le plus grand jour : 9 événements, 3 fois, la première le samedi 8 novembre 2014."
        )
