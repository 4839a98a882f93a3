"""Themes are a filter like the others, and a table whose total counts each event once."""

import re
from datetime import date
from pathlib import Path

import pytest

from campaign.core.settings import settings
from tests.pages.conftest import Draw, draw_page
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


@pytest.mark.in_turn
@pytest.mark.usefixtures("themed")
def test_the_table_says_that_its_sum_exceeds_the_total() -> None:
    text = draw_page("types").text
    assert "leur somme (4) dépasse le total (3)" in text
    assert "Total, chacun compté une fois 3" in text
    assert "Sans thème 1" in text


@pytest.mark.usefixtures("themed")
def test_a_theme_chosen_in_the_sidebar_stands_in_the_address_and_filters() -> None:
    app = draw_page("types", unfolded=True).app
    app.sidebar.multiselect(key="filter_theme").select("semaine-partenaire").run()
    assert dict(app.query_params) == {"theme": "semaine-partenaire"}
    text = draw_page("types", theme="semaine-partenaire").text
    assert "leur somme (2) dépasse le total (1)" in text
    assert "Semaine partenaire 1" in text


@pytest.mark.in_turn
def test_a_subcampaign_is_a_filter_of_its_own(draw: Draw) -> None:
    app = draw("types", unfolded=True).app
    app.sidebar.selectbox(key="filter_subcampaign").select("semaine-de-l-epargne-solidaire").run()
    assert dict(app.query_params) == {"subcampaign": "semaine-de-l-epargne-solidaire"}
    drawn = draw("agenda", subcampaign="semaine-de-l-epargne-solidaire", region="53")
    chips = re.findall(r'<a class="chip"[^>]*>([^<]+)<', drawn.html)
    assert chips == ["Bretagne", "Semaine de l'épargne solidaire".replace("'", "&#x27;")]
    # The same one of another edition; none where that edition has none, and its days go with it.
    app = draw("types", subcampaign="semaine-de-l-epargne-solidaire").app
    app.sidebar.selectbox(key="filter_edition").select("2013").run()
    assert dict(app.query_params) == {"edition": "2013", "subcampaign": "semaine-de-l-epargne-solidaire"}
    app.sidebar.selectbox(key="filter_edition").select("2010").run()
    assert dict(app.query_params) == {"edition": "2010"}
    # Another day or theme than its own: no longer that sub-campaign, and the address says what is chosen instead.
    app = draw("types", subcampaign="semaine-de-l-epargne-solidaire").app
    app.sidebar.date_input(key="filter_to").set_value(date(2014, 11, 5)).run()
    assert dict(app.query_params) == {"theme": "epargnons-solidaire", "from": "2014-11-03", "to": "2014-11-05"}
    app = draw("types", subcampaign="semaine-de-l-epargne-solidaire", unit="days").app
    app.sidebar.selectbox(key="filter_subcampaign").select("").run()
    assert dict(app.query_params) == {"unit": "days"}


def test_an_unreadable_file_of_subcampaigns_is_said_and_takes_nothing_down(draw: Draw, own_profile: Path) -> None:
    (own_profile / "subcampaigns.csv").write_text("edition;nom\n", "utf-8")
    assert "les colonnes attendues sont edition, label_fr" in draw("types").text
    assert "valeur inconnue (Temps fort)" in draw("overview", subcampaign="semaine-de-l-epargne-solidaire").text
