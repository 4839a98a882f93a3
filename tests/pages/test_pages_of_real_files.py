"""Every page on files of the shapes that people really have: it is drawn, answers, and says nothing that is not known."""

import re
from pathlib import Path

import pytest

from campaign.core.pages import PAGES
from campaign.core.settings import settings
from campaign.publish.importing import run_import
from tests.pages.conftest import draw_page, plain
from tests.shaped import TODAY, write_csv

pytestmark = pytest.mark.rows(every=3)

TODAYS = {"hand_made_db": None, "recent_db": TODAY}


@pytest.fixture(params=TODAYS)
def reading(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "db", request.getfixturevalue(request.param))
    monkeypatch.setattr(settings(), "today", TODAYS[request.param])


@pytest.mark.matrix(every=5)
@pytest.mark.parametrize("query", [{}, {"region": "53", "lang": "en"}], ids=["france", "bretagne"])
@pytest.mark.parametrize("key", [entry.key for entry in PAGES])
def test_a_page_is_drawn_and_answers(reading: None, key: str, query: dict[str, str]) -> None:
    page = draw_page(key, **query)
    assert not page.app.error
    assert len(page.answer) > 10
    assert len(page.text) > 100
    assert "None" not in page.text
    assert "nan" not in page.text.split()


@pytest.mark.parametrize("key", ["coverage", "overview", "regions", "organisers", "compare", "records", "quality"])
def test_no_remark_is_a_long_list(reading: None, key: str) -> None:
    remarks = [plain(text) for text in re.findall(r'<p class="under">(.*?)</p>', draw_page(key).html)]
    assert [text for text in remarks if len(text) > 500 or text.count(",") > 15] == []


def test_coverage_lists_what_has_no_event_by_region(reading: None) -> None:
    folded = re.search(
        r'<details class="remark"><summary>(.*?)</summary><dl class="lines">(.*?)</dl>', draw_page("coverage").html
    )
    assert folded
    n = int(re.match(r"\d+", folded[1])[0])  # type: ignore[index]
    names = [name for names in re.findall(r"<dd>(.*?)</dd>", folded[2]) for name in names.split(", ")]
    assert len(names) == n > 80
    assert "Aquitaine" in folded[2]


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read forty events of which only title and day are known."""
    rows = [{"Titre": f"Rencontre {n}", "Date": f"{n % 28 + 1:02}/11/2014"} for n in range(40)]
    db = tmp_path / "bare.duckdb"
    run_import(db, [write_csv(tmp_path / "bare.csv", rows)], licence="Licence Ouverte 2.0")
    monkeypatch.setattr(settings(), "db", db)


@pytest.mark.in_turn
@pytest.mark.parametrize("key", ["overview", "regions", "press"])
def test_a_card_of_what_no_event_says_is_not_zero(bare: None, key: str) -> None:
    text = draw_page(key, **({"region": "53"} if key == "regions" else {})).text
    expected = "organisateur 0" if key == "regions" else "organisateurs n. c."
    assert expected in text, text[:2000]
    if key != "regions":
        assert "communes n. c." in text
        assert "0 sur 101" not in text


def test_coverage_is_not_known_without_places(bare: None) -> None:
    page = draw_page("coverage")
    assert "n. c." in page.answer
    assert "0 %" not in page.text
