"""Charts on pages stand on the years of the file that is read, and say what their files say."""

import re
from datetime import date
from html import unescape

import pytest

from campaign.analysis import editions
from campaign.analysis.figures import gather
from campaign.charts import in_html
from campaign.core.settings import settings
from campaign.drawings.catalogue import drawing
from campaign.filters import parse
from tests import shaped
from tests.drawn import svgs, texts
from tests.pages.conftest import Draw, draw_page, plain

pytestmark = pytest.mark.rows(every=3)


@pytest.fixture
def draw_recent(recent_db: object, monkeypatch: pytest.MonkeyPatch) -> Draw:
    """Run pages on three recent editions, the last one running."""
    monkeypatch.setattr(settings(), "db", recent_db)
    monkeypatch.setattr(settings(), "today", shaped.TODAY)
    return draw_page


def read_shapes(html: str, name: str) -> list[str]:
    """Return the shapes of one drawing of a page."""
    documents = [document for document in svgs(html) if f'"{name}-' in document or f"#{name}-" in document]
    assert len(documents) in (0, len(in_html.SHAPES))
    return documents


@pytest.mark.in_turn
@pytest.mark.parametrize("page", ["types", "compare"])
def test_small_multiples_stand_over_their_own_years(draw_recent: Draw, page: str) -> None:
    for document in svgs(draw_recent(page, edition="2026").html):
        years = {text.words for text in texts(document) if re.fullmatch(r"20\d\d", text.words)}
        assert years in ({"2024", "2026"}, set())
    assert "2024" in draw_recent(page, edition="2026").html


def test_every_row_of_columns_reaches_the_last_edition(draw_recent: Draw) -> None:
    for page, name in (("overview", "editions"), ("editions", "chiffres-publies")):
        documents = (
            read_shapes(draw_recent(page, edition="2026").html, name)
            or svgs(draw_recent(page, edition="2026").html)[:3]
        )
        for document in documents[:2]:
            years = {int(text.words) for text in texts(document) if re.fullmatch(r"20\d\d", text.words)}
            assert max(years) == 2026, page
            assert min(years) <= 2009, page
    assert "2024 à 2026" in draw_recent("regions", edition="2026").text


def test_breaks_are_marked_on_the_pages_that_draw_published_figures(draw: Draw) -> None:
    for page in ("overview", "editions"):
        drawn = draw(page, edition="2014")
        assert plain(editions.softening_words(2012)) in unescape(drawn.text), page
        assert drawn.html.count('stroke-dasharray="5 4"') == 2 * len(in_html.SHAPES), page  # after 2012 and 2019
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
        ("overview", "types", FINAL),
        ("overview", "carte", FINAL),
        ("editions", "chiffres-publies", FINAL),
        ("regions", "carte", FINAL),
        ("calendar", "calendrier", FINAL),
        ("organisers", "familles", FINAL),
        ("organisers", "organisateurs-taille", FINAL),
        ("compare", "regions-editions", FINAL),
        ("compare", "carte-evolution", FINAL),
        ("compare", "ecart", FINAL),
        ("coverage", "couverture", FINAL),
        ("coverage", "couverture-lieux", FINAL),
    ],
)
def test_page_and_file_give_one_finding(
    draw: Draw, page: str, name: str, today: date | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "today", today)
    file = drawing(name, gather(parse([("edition", "2014")])))
    same = {"scale": "same"} if name == "regions-editions" else {}  # which would start as an index
    html = draw(page, edition="2014", **same).html
    captions = re.findall(r"<figcaption><strong>(.*?)</strong><span>(.*?)</span>", html)
    findings = [tuple(plain(unescape(words)) for words in caption) for caption in captions]
    assert (plain(file.title), plain(file.subtitle)) in findings


@pytest.mark.in_turn
@pytest.mark.parametrize(
    "narrowed",
    [
        {"commune": "35238"},
        {"near": "35000"},
        {"near": "42000", "radius_km": "30"},
        {"type": "atelier"},
        {"region": "53"},
    ],
    ids=lambda narrowed: "-".join(narrowed.values()),
)
def test_page_and_file_give_one_finding_of_a_part(draw: Draw, narrowed: dict[str, str]) -> None:
    chosen = gather(parse([("edition", "2014"), *narrowed.items()]))
    for page, name in (("compare", "carte-evolution"), ("compare", "ecart"), ("coverage", "couverture")):
        file = drawing(name, chosen)
        html = draw(page, edition="2014", **narrowed).html
        captions = re.findall(r"<figcaption><strong>(.*?)</strong><span>(.*?)</span>", html)
        findings = [tuple(plain(unescape(words)) for words in caption) for caption in captions]
        assert (plain(file.title), plain(file.subtitle)) in findings, (page, name)


def test_an_edition_of_the_file_without_a_match_counts_0_and_is_not_missing(draw: Draw) -> None:
    assert "n. c." in draw("overview", edition="2014").text  # nothing was published for 2008
    for document in svgs(draw("overview", edition="2014", q="zzzzzz").html)[: len(in_html.SHAPES)]:
        words = [text.words for text in texts(document)]
        assert words.count("0") == 7
        assert "n. c." not in words
