"""Themes are a filter like the others, and a table whose total counts each event once."""

from pathlib import Path

import pytest

from campaign.settings import settings
from tests.pages.conftest import draw_page
from tests.records import build, record


@pytest.fixture
def themed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "themes.duckdb"
    build(
        path,
        [
            record("a", theme_labels=["Semaine partenaire", "Culture"]),
            record("b", theme_labels=["Culture"]),
            record("c"),
        ],
    )
    monkeypatch.setattr(settings(), "db", path)


@pytest.mark.usefixtures("themed")
def test_the_table_says_that_its_sum_exceeds_the_total() -> None:
    text = draw_page("types").text
    assert "leur somme (4) dépasse le total (3)" in text
    assert "Total, chacun compté une fois 3" in text
    assert "Sans thème 1" in text


@pytest.mark.usefixtures("themed")
def test_a_theme_chosen_in_the_sidebar_stands_in_the_address_and_filters() -> None:
    app = draw_page("types").app
    app.sidebar.multiselect(key="filter_theme").select("semaine-partenaire").run()
    assert dict(app.query_params) == {"theme": "semaine-partenaire"}
    text = draw_page("types", theme="semaine-partenaire").text
    assert "leur somme (2) dépasse le total (1)" in text
    assert "Semaine partenaire 1" in text
