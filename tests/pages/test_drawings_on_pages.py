"""Charts on pages stand on the years of the file that is read, and say what their files say."""

import re
from datetime import date
from html import unescape

import pytest

from campaign.analysis import editions
from campaign.analysis.figures import gather
from campaign.core.settings import settings
from campaign.drawings.catalogue import drawing
from campaign.filters import parse
from campaign.view.components.multiples import WIDTH
from tests import shaped
from tests.pages.conftest import Draw, draw_page, plain


@pytest.fixture
def draw_recent(recent_db: object, monkeypatch: pytest.MonkeyPatch) -> Draw:
    """Run pages on three recent editions, the last one running."""
    monkeypatch.setattr(settings(), "db", recent_db)
    monkeypatch.setattr(settings(), "today", shaped.TODAY)
    return draw_page


@pytest.mark.parametrize("page", ["types", "compare"])
def test_small_multiples_stand_over_their_own_years(draw_recent: Draw, page: str) -> None:
    html = draw_recent(page, edition="2026").html
    panels = re.findall(r'<ul class="multiples">.*?</ul>', html, flags=re.S)
    assert panels
    points = [
        float(x)
        for pair in re.findall(r'<polyline points="([^"]*)"', panels[0])
        for x in re.findall(r"([-\d.]+),", pair)
    ]
    points += [float(x) for x in re.findall(r'<circle cx="([-\d.]+)"', panels[0])]
    assert points
    assert 0 <= min(points) < max(points) <= WIDTH
    assert set(re.findall(r"<i>(\d{4})</i>", panels[0])) == {"2024", "2026"}


def test_every_row_of_columns_reaches_the_last_edition(draw_recent: Draw) -> None:
    for page in ("overview", "editions"):
        html = draw_recent(page, edition="2026").html
        years = re.findall(r'<div class="year">(\d{4})', html)
        assert years == [str(year) for year in editions.beside_published()], page
    assert "2024 à 2026" in draw_recent("regions", edition="2026").text


def test_breaks_are_marked_on_the_pages_that_draw_published_figures(draw: Draw) -> None:
    for page in ("overview", "editions"):
        drawn = draw(page, edition="2014")
        assert plain(editions.softening_words(2012)) in unescape(drawn.text), page
        assert drawn.html.count('<span class="rupture">') == 1, page
    assert plain(editions.redefinition_note()) in unescape(draw("editions", edition="2014").text)


FINAL, RUNNING = None, date(2014, 11, 6)


@pytest.mark.parametrize(
    ("page", "name", "today"),
    [
        ("types", "types-editions", FINAL),
        ("types", "types-editions", RUNNING),
        ("pace", "rythme", FINAL),
        ("pace", "rythme", RUNNING),
        ("overview", "editions", FINAL),
        ("compare", "regions-editions", FINAL),
    ],
)
def test_page_and_file_give_one_finding(
    draw: Draw, page: str, name: str, today: date | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "today", today)
    title = plain(drawing(name, gather(parse([("edition", "2014")]))).title).rstrip(".")
    captions = re.findall(r"<figcaption><strong>(.*?)</strong>", draw(page, edition="2014").html)
    assert any(plain(unescape(caption)).startswith(title) for caption in captions), captions


def test_an_edition_of_the_file_without_a_match_counts_0_and_is_not_missing(draw: Draw) -> None:
    for page in ("overview", "editions"):
        text = draw(page, edition="2014", q="zzzzzz").text
        assert "n. c." in text  # nothing was published for 2008
        assert page != "overview" or text.count("fichier : 0") == 7
