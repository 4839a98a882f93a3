"""The pages that steer a campaign: what they say, and what their own controls write into the address."""

import re
from datetime import date
from html import unescape

import pytest

from campaign import store
from campaign.core.settings import settings
from campaign.filters import Filters
from tests.pages.conftest import Draw, Drawn


def words(drawn: Drawn) -> str:
    """Return all words of a page, as a reader sees them."""
    return unescape(drawn.text)


@pytest.fixture
def in_october(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be a day on which the edition of 2014 has not begun."""
    monkeypatch.setattr(settings(), "today", date(2014, 10, 20))


@pytest.mark.in_turn
@pytest.mark.usefixtures("in_october")
def test_any_day_of_the_pace_can_be_picked(draw: Draw) -> None:
    app = draw("pace", align="weekday", region="53").app
    app.date_input(key="pace_day").set_value(date(2014, 10, 3)).run()
    assert dict(app.query_params) == {"align": "weekday", "region": "53", "as_of": "2014-10-03"}
    known = store.query("event_totals", chosen=Filters(editions=(2014,), as_of=date(2014, 10, 3))).one["total"]
    assert draw("pace", as_of="2014-10-03").answer.startswith(f"{known} événements enregistrés au 3 octobre 2014")
    app.date_input(key="pace_day").set_value(None).run()
    assert dict(app.query_params) == {"align": "weekday", "region": "53"}


@pytest.mark.usefixtures("in_october")
def test_targets_are_those_of_all_events_whatever_is_filtered(draw: Draw) -> None:
    counted = store.query("event_totals", chosen=Filters(editions=(2014,), as_of=date(2014, 10, 20))).one["total"]
    whole = re.search(r"France : (\d+) % de l'objectif de 1 800", words(draw("pace")))
    assert whole
    assert int(whole.group(1)) == round(100 * counted / 1800)
    filtered = words(draw("pace", type="atelier"))
    assert whole.group() in filtered
    assert "L'objectif est" in words(draw("pace"))
    assert "L'objectif est" not in filtered  # the projection there is of workshops only
    assert "Bretagne : " in words(draw("pace", region="53"))


def test_what_waits_is_that_of_the_territory(draw: Draw) -> None:
    waiting = {
        region: sum(store.query("awaiting_by_chamber", chosen=one, edition=2014).column("n_events"))
        for region, one in (("", Filters()), ("11", Filters(regions=("11",))))
    }
    assert 0 < waiting["11"] < waiting[""]
    assert re.search(
        rf"\b{waiting['11']} événements? attend(ent)? d'être publiés? en Île-de-France",
        words(draw("pace", region="11")),
    )


def test_a_changed_filter_keeps_what_the_page_compares(draw: Draw) -> None:
    app = draw("compare", against="2012", scale="indexed", **{"with": "11"}).app
    app.selectbox(key="filter_region").select("53").run()
    assert dict(app.query_params) == {"region": "53", "against": "2012", "scale": "indexed", "with": "11"}
    app.selectbox(key="filter_edition").select("2012").run()  # which is compared with itself no more
    assert dict(app.query_params) == {"edition": "2012", "region": "53", "scale": "indexed", "with": "11"}


def test_the_region_beside_stands_in_the_address(draw: Draw) -> None:
    app = draw("compare", region="53", against="2012").app
    app.selectbox(key="compare_with").select("11").run()
    assert dict(app.query_params) == {"region": "53", "against": "2012", "with": "11"}
    assert "Bretagne, Île-de-France et France, côte à côte" in words(draw("compare", region="53", **{"with": "11"}))
    assert "Bretagne et France, côte à côte" in words(draw("compare", region="53", **{"with": "53"}))


@pytest.mark.parametrize(
    "choice", [{}, {"region": "11"}, {"type": "atelier"}, {"nomenclature": "2016", "region": "84"}]
)
def test_each_sharing_of_the_difference_ends_with_its_sum(draw: Draw, choice: dict[str, str]) -> None:
    drawn = draw("compare", **choice)
    difference = re.search(
        r"^(?P<change>[+−]?\d+) événements? .*\((?P<before>\d+) → (?P<now>\d+)\)", drawn.answer.replace(" ", " ")
    )
    assert difference
    sums = re.findall(r"Somme (\d+) (\d+) ([+−]?\d+)", words(drawn))
    assert sums == [(difference["before"], difference["now"], difference["change"])] * 3


def test_the_empty_case_offers_a_search_once_in_guillemets(draw: Draw) -> None:
    text = words(draw("pace", q="zzzz"))
    assert "sans « zzzz »" in text
    assert "Chambre (CRESS) Enregistrés" not in text


def test_a_finished_edition_has_no_last_seven_days(draw: Draw) -> None:
    assert "sept derniers jours" not in draw("pace", edition="2014").text
    assert "sept derniers jours" in draw("pace", edition="2014", as_of="2014-10-20").text
