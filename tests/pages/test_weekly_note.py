"""The note of the week on the pages of the pace and of quality: of the reader's region, unfolded on demand, to take away."""

from datetime import date
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from campaign.core.language import use
from campaign.core.pages import by_key
from campaign.core.settings import settings
from campaign.filters import parse
from campaign.report import digest
from campaign.view.components import weekly_note
from tests.pages.conftest import FRAME, plain


def opened(page: str, **query: str) -> tuple[AppTest, str]:
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app._page_hash = calc_hash(by_key(page).path)
    app.session_state[weekly_note.OPEN] = True
    app.run()
    assert not app.exception, app.exception[0].value
    return app, plain(unescape("\n".join(element.proto.body for element in app.get("html"))))


@pytest.mark.usefixtures("reading_demo")
@pytest.mark.parametrize("page", ["pace", "quality"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_note_is_that_of_the_command_for_the_readers_region(
    page: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "today", date(2014, 10, 20))
    app, html = opened(page, region="53", lang=lang)
    chosen = parse([("edition", "2014"), ("region", "53"), ("lang", lang)])
    with use(chosen.lang):
        note = digest.digest(chosen, digest.latest_day(chosen), "")
    assert plain(note.title) in html
    assert plain(note.opening) in html
    assert sum(len(part.lines) for part in note.parts) > 3
    for part in note.parts:
        for line in part.lines:
            assert plain(line.text) in html
    files = [button for button in app.get("download_button") if button.key in ("note_txt", "note_html")]
    assert len(files) == 2


@pytest.mark.usefixtures("reading_demo")
def test_a_folded_note_costs_no_query(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digest, "digest", None)
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    app._page_hash = calc_hash(by_key("quality").path)
    app.run()
    assert not app.exception
    assert any("La note de la semaine" in expander.label for expander in app.expander)


def test_a_note_holds_no_way_to_reach_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    item = {
        "title": "Écrire à jean@exemple.fr ou 02 99 01 02 03",
        "starts_at": None,
        "commune": "Rennes",
        "part": "new",
    }
    assert digest._words(item).startswith("Écrire à […] ou […]")
