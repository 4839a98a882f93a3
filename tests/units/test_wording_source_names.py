"""Titles of sources in sentences: French spaces, no parenthesis within a parenthesis, a publisher where there is room for no more."""

from campaign.core import language
from campaign.wording import course, source_names
from campaign.wording.course import EditionFigure

LONG = "Vivemonbebe: Événement du 3 octobre (2025)"


def test_a_title_has_the_spaces_of_its_language() -> None:
    assert source_names.title(LONG) == "Vivemonbebe\u00a0: Événement du 3 octobre (2025)"
    with language.use("en"):
        assert source_names.title(LONG) == LONG


def test_within_parentheses_its_own_are_brackets() -> None:
    assert source_names.title_within("Bilan national 2012 (CNCRES)") == "Bilan national 2012 [CNCRES]"
    assert source_names.publisher(LONG) == "Vivemonbebe"
    assert source_names.publisher("le réseau") == "le réseau"


def test_a_sentence_counts_the_editions_without_a_figure_where_their_years_would_fill_it() -> None:
    def write(*unknown: int) -> str:
        return course.editions(
            [*(EditionFigure(year, None) for year in unknown), EditionFigure(2025, 7000, "exact", "final")]
        )

    assert "aucun chiffre pour 1992 à 1995, 1997 et 2000 (n.\u00a0c.)" in write(1992, 1993, 1994, 1995, 1997, 2000)
    assert "aucun chiffre pour 5 éditions (n. c.)" in write(1992, 1994, 1996, 1998, 1999).replace(
        "\u202f", " "
    ).replace("\u00a0", " ")


def test_no_type_up_is_said_in_words() -> None:
    fewer, more = {"a": {2013: 4, 2014: 2}}, {"a": {2013: 4, 2014: 6}}
    sentence = course.types_over_editions(fewer | {"b": {2013: 3, 2014: 1}}, 2014, is_running=False)
    assert sentence == "De 2013 à 2014\u00a0: aucun type en hausse, 2 en baisse"
    assert course.types_over_editions(more, 2014, is_running=False).endswith("1 type en hausse, aucun en baisse")
