"""Published figures whose unit changes: no growth across a change, other figures where events are unknown."""

import pytest

from campaign.analysis import editions, official
from campaign.analysis.figures import gather
from campaign.charts.sheet import SIZES, render
from campaign.core import language
from campaign.drawings.catalogue import drawing
from campaign.filters import parse
from campaign.statements import sentences
from campaign.wording.course import EditionFigure
from campaign.wording.course import editions as course
from tests.campaigns import OTHERS
from tests.pages.conftest import draw_page


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.fixture
def science(monkeypatch: pytest.MonkeyPatch) -> None:
    next(each for each in OTHERS if each.key == "science").read(monkeypatch)


@pytest.mark.usefixtures("science")
def test_no_course_is_drawn_across_a_change_of_unit() -> None:
    text = plain(editions.sentence())
    assert text.startswith("De plus de 5 000 événements annoncés en 2022 à 7 000 annoncés en 2025 ; avant 2022,")
    assert "%" not in text
    assert not any(str(n) in text for n in ("6 407", "1 757", "2 300"))
    breaks = editions.breaks(editions.headlines(editions.beside_published()))
    assert breaks.keys() == {2018, 2019, 2020, 2021}
    assert "fiches de la carte du site" in breaks[2018]
    with language.use("en"):
        assert "before 2022" in editions.sentence()
    assert [editions.series(year) for year in (2018, 2019, 2021, 2025)] == [0, 1, 2, 3]


def test_figures_of_two_series_are_not_compared_even_where_exact_and_final() -> None:
    def of(*series: int) -> str:
        return course([EditionFigure(2019 + n, 100 + n, "exact", "final", each) for n, each in enumerate(series)])

    assert "hausse" in of(0, 0)
    assert "hausse" not in of(0, 1)
    assert of(0, 1).startswith("Un seul chiffre publié depuis 2020")
    assert "de 2020 à 2021" in of(0, 1, 1)
    assert "2019" not in of(0, 1, 1)


@pytest.mark.usefixtures("science")
def test_visitors_speak_where_events_are_unknown() -> None:
    figure = official.instead(2018)
    assert figure is not None
    assert (figure.metric, figure.value) == ("participants", 1_600_000)
    assert (official.instead(2020), official.instead(2016)) == (None, None)
    assert "2018 (environ 1 600 000 visiteurs)" in plain(editions.others())
    silent = editions.unpublished()
    assert "2021, 2023" in silent
    assert "2018" not in silent
    assert "1997 à 2013" in silent
    texts = [plain(each.text) for each in sentences.published(gather(parse([("edition", "2018")])))]
    assert any("environ 1 600 000 visiteurs" in text for text in texts)
    assert "environ 1 600 000 visiteurs" in plain(draw_page("overview", edition="2018").text)


def test_a_campaign_may_put_another_figure_first(monkeypatch: pytest.MonkeyPatch) -> None:
    next(each for each in OTHERS if each.key == "gardens").read(monkeypatch)
    figure = official.instead(2024)
    assert figure is not None
    assert (figure.metric, figure.value) == ("participants", 12000)
    assert "12 000 participants" in plain(draw_page("overview", edition="2024").text)
    assert "12 000" not in plain(render(drawing("editions", gather(parse([("edition", "2024")]))), SIZES["a4"]))
    assert editions.redefinition_note() == ""


def test_the_first_campaign_says_what_it_said(reading_demo: object) -> None:
    assert (editions.others(), editions.series(2026)) == ("", 0)
    assert editions.redefinition_note().startswith("Les définitions ont changé entre 2010 (tous les acteurs)")
