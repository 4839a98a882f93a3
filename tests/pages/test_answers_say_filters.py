"""A page's answer is true by itself: what narrows its figures stands in it, whoever copies it without the filters above it."""

import pytest

from campaign.core.pages import PAGES
from tests.pages.conftest import Draw

# Their answers are of the whole campaign, or of all that the file holds of a territory, whatever is filtered.
OF_NO_CHOICE = {"editions", "quality", "sources", "methods", "accessibility", "legal"}
FILTERS = {"type": "atelier", "free": "true"}


@pytest.mark.rows(every=3)
@pytest.mark.parametrize("key", [page.key for page in PAGES])
def test_an_answer_says_what_narrows_its_figures(draw: Draw, key: str) -> None:
    answer = draw(key, edition="2014", **FILTERS).answer
    named = [word for word in ("atelier", "entrée gratuite") if word in answer]
    assert named == ([] if key in OF_NO_CHOICE else ["atelier", "entrée gratuite"]), answer


def test_an_answer_that_says_them_by_itself_says_them_once(draw: Draw) -> None:
    assert "région :" not in draw("overview", edition="2014", region="53").answer
    assert draw("agenda", edition="2014", near="Rennes", radius_km="20").answer.count("20 km de Rennes") == 1
    assert "(" not in draw("map", edition="2014").answer


def test_an_answer_counts_filters_that_would_be_longer_than_itself(draw: Draw) -> None:
    many = {
        "type": ["atelier", "conference", "colloque", "visite-entreprise", "cine-debat", "salon-marche"],
        "free": "true",
        "q": "emploi",
    }
    for page in ("overview", "types"):
        assert "(avec 3 filtres)" in draw(page, edition="2014", **many).answer
