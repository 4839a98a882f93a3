"""The address is the view: filters stand in it, survive the menu, can be taken back and shared."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser


def query(visit: Visit) -> dict[str, list[str]]:
    """Return the parameters in the address bar."""
    return parse_qs(urlsplit(visit.address).query)


def read_figures(visit: Visit) -> tuple[str, str, str, str]:
    """Return answer, cards, table and map of the overview."""
    return (
        visit.answer,
        visit.text("dl.cards"),
        str(visit.evaluate("document.querySelector('table.figures tbody').textContent")),
        str(visit.evaluate("document.querySelectorAll('.chart.middle [data-overlay] a[aria-current]').length")),
    )


def test_a_region_changes_answer_cards_table_and_map(visit: Visit) -> None:
    visit.open("/")
    before = read_figures(visit)
    visit.pick("Région", "Bretagne")
    visit.until(lambda: query(visit), {"region": ["53"]})
    visit.until(
        lambda: [old == new for old, new in zip(before, read_figures(visit), strict=True)], [False] * len(before)
    )
    assert "Bretagne" in visit.answer
    assert visit.text(".chip").startswith("Bretagne")


@pytest.mark.in_turn
def test_filters_stand_as_codes_and_survive_the_menu(visit: Visit) -> None:
    address = "edition=2013&region=53&type=conference&from=2013-11-01&lang=fr"
    visit.open(f"/?{address}")
    chosen = {"edition": ["2013"], "region": ["53"], "type": ["conference"], "from": ["2013-11-01"]}
    for name, path in (("Régions", "/regions"), ("Types", "/types"), ("Trouver", "/agenda"), ("Comprendre", "/")):
        visit.act(lambda name=name: visit.page.locator(".menu a:visible", has_text=name).click())  # type: ignore[misc]
        visit.until(lambda: (urlsplit(visit.address).path, query(visit)), (path, chosen))
    assert visit.text("dl.cards .value") == number_on(visit, "/agenda")


def number_on(visit: Visit, path: str) -> str:
    """Return the total that the agenda announces, as written."""
    visit.act(lambda: visit.page.locator(".card .value a").first.click())
    digits = re.search(r"\d[\d\u202f ]*", visit.answer)
    assert digits is not None
    return digits.group().strip()


@pytest.mark.in_turn
def test_a_shared_address_shows_the_same_to_somebody_else(visit: Visit, visits: Visits) -> None:
    visit.open("/")
    visit.pick("Région", "Bretagne")
    visit.pick("Édition", "2013 (6e édition)")
    visit.until(lambda: query(visit), {"edition": ["2013"], "region": ["53"]})
    other = visits().open(visit.shown_path)
    other.until(lambda: read_figures(other), read_figures(visit))
    assert other.shown_path == visit.shown_path


WAYS: dict[str, Callable[[Visit], object]] = {
    "menu": lambda visit: visit.act(lambda: visit.page.locator(".menu a", has_text="Types").click()),
    "filter": lambda visit: visit.pick("Région", "Corse"),
    "segment": lambda visit: visit.act(lambda: visit.page.get_by_text("Depuis 2016").click()),
    "map": lambda visit: visit.act(
        lambda: visit.page.locator("[data-overlay] a[href*='region=53']:visible").first.click(force=True)
    ),
    "card": lambda visit: visit.act(lambda: visit.page.locator(".card .value a").first.click()),
}


@pytest.mark.matrix(every=3)
@pytest.mark.parametrize("way", WAYS)
def test_one_back_returns_to_the_view_before(visit: Visit, way: str) -> None:
    visit.open("/?edition=2012")
    before = (visit.shown_path, visit.page.title(), read_figures(visit))
    WAYS[way](visit)
    visit.until(lambda: visit.shown_path == before[0], False)
    visit.back()
    visit.until(lambda: (visit.shown_path, visit.page.title(), read_figures(visit)), before)


@pytest.mark.in_turn
def test_a_filter_taken_back_is_taken_back_in_the_sidebar(visit: Visit) -> None:
    visit.open("/")
    visit.pick("Région", "Corse")
    region = visit.page.get_by_role("combobox", name="Région")
    expect(region).to_have_value("Corse")
    visit.back()
    expect(region).to_have_value("Toute la France")


@pytest.mark.in_turn
def test_chips_take_filters_away(visit: Visit) -> None:
    visit.open("/regions?edition=2013&region=53&type=atelier")
    expect(visit.page.locator(".chip")).to_have_count(3)
    visit.act(lambda: visit.page.locator(".chip", has_text="Bretagne").click())
    visit.until(lambda: query(visit), {"edition": ["2013"], "type": ["atelier"]})
    visit.open("/regions?edition=2013&region=53&type=atelier")
    visit.act(lambda: visit.page.get_by_role("link", name="Tout effacer").click())
    visit.until(lambda: query(visit), {"edition": ["2013"]})


@pytest.mark.matrix(every=3)
@pytest.mark.parametrize(
    ("address", "fallback", "label"),
    [
        ("region=999&edition=2013", "2013", "région"),
        ("edition=1999", "2014", "édition"),
        ("edition=<script>alert(1)</script>&region=53", "Bretagne", "édition"),
        ("type=zzz&region=94", "Corse", "type"),
        ("from=hier", "2014", "du"),
        ("near=00000", "2014", "autour"),
    ],
)
def test_a_bad_value_falls_back_and_is_said(visit: Visit, address: str, fallback: str, label: str) -> None:
    visit.open(f"/?{address}")
    assert fallback in visit.answer
    message = visit.text(".dropped").lower()
    assert "valeur inconnue" in message
    assert label in message
    assert visit.errors == []


@pytest.mark.in_turn
def test_an_empty_result_says_which_filter_to_loosen(visit: Visit) -> None:
    visit.open("/?region=53&q=introuvablexyz")
    assert "Aucun événement ne correspond" in visit.text(".empty")
    visit.act(lambda: visit.page.locator(".empty a", has_text="introuvablexyz").click())
    visit.until(lambda: query(visit), {"region": ["53"]})
