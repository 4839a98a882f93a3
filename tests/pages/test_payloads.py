"""Pages over a file whose every text is a payload, and under addresses that hold them: nothing runs, nothing breaks."""

from pathlib import Path

import pytest

from campaign.core.pages import PAGES
from campaign.core.settings import settings
from campaign.filters import names
from tests.pages.conftest import Draw, Drawn, draw_page
from tests.payloads import PAYLOADS, TRACES, dangers, hostile_records
from tests.records import build, rows_of

OWN = (
    "event",
    "page",
    "view",
    "layer",
    "kind",
    "sort",
    "place",
    "shortlist",
    "against",
    "within",
    "day",
    "family",
    "figure",
)


@pytest.fixture(scope="module")
def hostile_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "campaign.duckdb"
    build(path, list(hostile_records()), source=PAYLOADS["script"], licence=PAYLOADS["closing"])
    return path


@pytest.fixture
def draw_hostile(hostile_db: Path, monkeypatch: pytest.MonkeyPatch) -> Draw:
    monkeypatch.setattr(settings(), "db", hostile_db)
    return draw_page


def check(page: Drawn) -> None:
    assert page.answer
    assert not page.app.error
    assert dangers(page.html) == []
    assert not TRACES.search(page.html)
    # What Streamlit draws from Markdown is ours alone; its widgets show texts as they are.
    assert not [element.value for element in page.app.markdown if "](" in element.value and "<" not in element.value]


@pytest.mark.matrix(every=3)
@pytest.mark.parametrize("key", [entry.key for entry in PAGES])
def test_a_page_over_hostile_texts(draw_hostile: Draw, key: str) -> None:
    check(draw_hostile(key, edition="2014"))


@pytest.mark.parametrize("view", ["calendar", "map"])
def test_the_views_of_the_agenda(draw_hostile: Draw, view: str) -> None:
    check(draw_hostile("agenda", edition="2014", view=view))


@pytest.mark.matrix(every=3)
@pytest.mark.parametrize("name", PAYLOADS)
def test_the_page_of_a_hostile_event(draw_hostile: Draw, name: str) -> None:
    for (event_id,) in rows_of(
        settings().db,
        f"select event_id from events where source_uid like 'placed-{name}%' or source_uid like 'lost-{name}-%'",
    ):
        check(draw_hostile("agenda", event=event_id))


@pytest.mark.matrix(every=7)
@pytest.mark.parametrize("key", [entry.key for entry in PAGES])
@pytest.mark.parametrize("name", ["script", "path", "crlf", "null", "unbroken", "braces"])
def test_a_page_under_a_hostile_address(draw: Draw, key: str, name: str) -> None:
    payload = PAYLOADS[name][:2000]
    check(draw(key, **{each: payload for each in (*names(), *OWN) if each != "lang"}, lang="fr"))
