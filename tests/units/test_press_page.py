"""The press page as it runs, in both languages, with and without anything to say."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from campaign.core import language
from campaign.core.settings import ROOT, settings
from tests.kept import demonstration


@pytest.fixture(scope="module", autouse=True)
def small_demo() -> Iterator[None]:
    path = demonstration(2000)
    before = settings().db
    settings().db = path
    yield
    settings().db = before


def draw_text(**query: str) -> str:
    app = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    with language.use(language.known(query.get("lang"))):  # the harness formats the options again, in this thread
        app.run()
        app.switch_page("press.py").run()
    assert not app.exception
    return " ".join(str(getattr(element, "body", None) or element.proto) for element in app.main)


@pytest.mark.parametrize("region", ["53", ""])
def test_the_page_gives_sentences_facts_drawings_and_the_kit(region: str) -> None:
    html = draw_text(**({"region": region} if region else {}))
    assert html.count("data-copy") > 5
    assert "/figures/carte.png" in html
    assert "/kits/presse.zip" in html
    assert "&lt;iframe src=" in html  # the code to paste
    assert "queries/" not in html


def test_the_page_speaks_english() -> None:
    html = draw_text(lang="en")
    assert "Ready sentences" in html
    assert "Phrases prêtes" not in html


def test_the_page_says_when_there_is_nothing() -> None:
    assert "ne compte aucun" in draw_text(edition="2014", q="zzzzzz")
