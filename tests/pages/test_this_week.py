"""The first page of a running edition: what happens this week near the reader, by what she chose or who she is."""

import html
import re
from datetime import date
from pathlib import Path

import pytest

from campaign import store
from campaign.core.settings import settings
from campaign.filters import Filters, parse
from campaign.view import this_week
from campaign.view.frame import own_region
from tests.pages.conftest import Drawn, draw_page, plain

MONDAY, SUNDAY = date(2014, 11, 17), date(2014, 11, 23)


@pytest.fixture(autouse=True)
def running(reading_demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "today", MONDAY)


def n_this_week(*pairs: tuple[str, str]) -> int:
    chosen = parse([("edition", "2014"), *pairs, ("from", MONDAY.isoformat()), ("to", SUNDAY.isoformat())])
    total: int = store.query("event_totals", chosen=chosen).one["total"]
    return total


def heading(page: Drawn) -> str:
    return next(
        words
        for words in re.findall(r"<h2[^>]*>(.*?)</h2>", plain(html.unescape(page.html)))
        if "d'ici dimanche" in words.replace("’", "'")
    )


def fields(page: Drawn) -> list[str]:
    return [field.label for field in page.app.text_input if "chez vous" in field.label]


def test_without_a_place_it_is_the_country_and_a_field_asks_for_one() -> None:
    page = draw_page("overview")
    assert heading(page).startswith(f"{n_this_week()} événements")
    assert fields(page) == ["Près de chez vous, cette semaine"]


def test_a_place_that_is_written_narrows_this_part_alone() -> None:
    before = draw_page("overview")
    page = before.app
    next(field for field in page.text_input if "chez vous" in field.label).set_value("Paris").run()
    assert not page.exception
    assert page.query_params["around"] in ("75056", ["75056"])
    assert "near" not in page.query_params
    narrowed = draw_page("overview", around="75056")
    assert heading(narrowed).startswith(f"{n_this_week(('near', '75056'))} événement")
    assert "20 km de Paris" in narrowed.text
    assert narrowed.answer == before.answer  # the page's own figures stay the country's


def test_a_place_that_was_chosen_before_is_remembered_until_it_is_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    app = draw_page("agenda", near="75056", radius_km="10").app
    assert app.session_state[this_week._CHOSEN][0].code == "75056"
    del app.query_params["near"], app.query_params["radius_km"]
    app.switch_page("overview.py").run()
    text = html.unescape(plain(" ".join(element.proto.body for element in app.get("html"))))
    assert "d'ici dimanche à moins de 10 km de Paris" in text
    assert "around=all" in text
    app.query_params["around"] = "all"
    app.run()
    text = html.unescape(plain(" ".join(element.proto.body for element in app.get("html"))))
    assert f"{n_this_week()} événements d'ici dimanche<" in text


def test_a_coordinator_sees_her_region_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_region, "claims", lambda: {"email": "marie@exemple.org", "email_verified": True})
    monkeypatch.setattr(settings(), "coordinators", "marie@exemple.org;11")
    page = draw_page("overview")
    assert "d'ici dimanche en Île-de-France" in heading(page)
    assert heading(page).startswith(f"{n_this_week(('region', '11'))} ")


def test_a_chosen_territory_says_where_and_asks_nothing() -> None:
    page = draw_page("overview", region="11")
    assert "en Île-de-France" in heading(page)
    assert fields(page) == []


def test_where_nothing_is_near_the_nearest_are_shown() -> None:
    nowhere = next(
        row["commune_code"]
        for row in store.query(
            "event_rows", chosen=Filters(editions=(2013,)), lang="fr", after_starts=None, after_id=None, limit=999
        ).rows
        if row["commune_code"] and not n_this_week(("near", row["commune_code"]))
    )
    page = draw_page("overview", around=nowhere)
    assert heading(page).startswith("Aucun événement d'ici dimanche à moins de 20")
    assert "Les plus proches" in page.text or "En France" in page.text


@pytest.mark.parametrize("around", ["zzzzz", "Saint-Denis"])
def test_a_place_that_is_none_is_told(around: str) -> None:
    page = draw_page("overview", around=around)
    assert "valeur inconnue (Près de chez vous)" in page.text
    assert heading(page).startswith(f"{n_this_week()} événements")
