"""The agenda on a telephone: the first result near the top, one chip for each choice, filters in a sheet, communes suggested."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.server import Server
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser
SIZE = {"width": 360, "height": 740}


@pytest.fixture
def visit(visits: Visits, season: Server) -> Visit:
    return visits(season, viewport=SIZE, has_touch=True, is_mobile=True)


@pytest.mark.matrix(every=2)
@pytest.mark.parametrize(
    "query",
    ["near=42218", "near=42218&from=2014-11-08&to=2014-11-09", "near=35000&type=atelier", "region=53&q=velo"],
)
def test_the_first_result_is_within_a_screen_and_a_half(visit: Visit, query: str) -> None:
    visit.open(f"/agenda?{query}")
    box = visit.page.locator(".events li").first.bounding_box()
    assert box is not None
    assert box["y"] < 1.5 * SIZE["height"]
    assert visit.evaluate("document.documentElement.scrollWidth") <= SIZE["width"]


@pytest.mark.in_turn
def test_two_days_are_one_choice_and_the_place_shows_its_postcode(visit: Visit) -> None:
    visit.open("/agenda?near=42218&from=2014-11-08&to=2014-11-09")
    chips = [re.sub(r"\s", " ", words) for words in visit.page.locator(".chip").all_inner_texts()]
    assert [words.split(" ×")[0] for words in chips[:-1]] == [
        "du 8 au 9 novembre 2014",
        "à moins de 20 km de Saint-Étienne",
    ]
    assert visit.page.get_by_label("Autour de", exact=True).input_value() == "Saint-Étienne (42000)"
    visit.act(lambda: visit.page.locator(".chip").first.tap())
    visit.arrive("/agenda?near=42218")


@pytest.mark.in_turn
def test_filters_stand_in_a_sheet_that_says_what_they_leave(visit: Visit) -> None:
    visit.open("/agenda?region=53")
    button = visit.page.get_by_role("button", name="Affiner")
    assert visit.page.locator(".facets:visible").count() == 0
    button.tap()
    expect(button).to_have_attribute("aria-expanded", "true")
    visit.page.locator(".facets summary", has_text="Type").tap()
    option = visit.page.locator(".facets a[data-facet='type']").first
    n = re.sub(r"\D", "", option.locator("b").inner_text())
    visit.act(option.tap)
    shut = visit.page.locator(".sheet-close:visible")
    visit.until(lambda: re.sub(r"\D", "", shut.inner_text()), n)
    box = shut.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= SIZE["height"]
    shut.tap()
    facets = visit.page.locator(".facets:visible")
    expect(facets).to_have_count(0)
    assert re.sub(r"\D", "", visit.answer.split(" ")[0]) == n
    button.tap()
    expect(facets).not_to_have_count(0)
    visit.page.keyboard.press("Escape")
    expect(facets).to_have_count(0)


def test_communes_are_suggested_while_one_types(visit: Visit) -> None:
    visit.open("/agenda")
    field = visit.page.get_by_label("Autour de", exact=True)
    field.tap()
    expect(field).to_have_attribute(
        "list", "places-suggested"
    )  # from the start: the field's role must not change while one types
    visit.page.keyboard.type("saint-eti")
    suggested = "[...document.querySelectorAll('#places-suggested option')].map((option) => option.value)"
    visit.until(lambda: any(value.startswith("Saint-Étienne") for value in visit.evaluate(suggested)), True)
    values = visit.evaluate(suggested)
    assert all(re.search(r" \(\d{5}\)$", value) for value in values)
    field.fill(values[0])
    visit.act(lambda: visit.page.keyboard.press("Enter"))
    visit.until(lambda: "near=" in visit.address, True)


def test_programme_and_calendar_of_the_choice_stand_beside_the_list(visit: Visit) -> None:
    visit.open("/agenda?region=53")
    links = visit.page.locator(".tools .taken a")
    assert [str(link.get_attribute("href")).split("?")[0] for link in links.all()] == [
        "/programme.pdf",
        "/api/v1/events.ics",
    ]
    list_box, box = visit.page.locator(".events").first.bounding_box(), links.first.bounding_box()
    assert list_box is not None
    assert box is not None
    assert 0 < list_box["y"] - box["y"] < 200


def test_the_filters_of_any_page_say_what_they_leave_and_lead_to_it(visit: Visit) -> None:
    visit.open("/types")
    visit.page.get_by_test_id("stExpandSidebarButton").tap()
    leave = visit.page.locator(".leave-filters:visible")
    expect(leave).to_have_text(re.compile(r"^Voir 1\s700 événements$"))
    visit.pick("Région", "Bretagne")
    n = visit.evaluate("fetch('/api/v1/counts.json?edition=2014&region=53').then((answer) => answer.json())")["total"]
    expect(leave).to_have_text(f"Voir {n} événements")
    box = visit.still(leave).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= SIZE["height"]
    leave.tap()
    expect(visit.page.locator(".leave-filters")).not_to_be_in_viewport()
    expect(visit.page.get_by_test_id("stExpandSidebarButton")).to_be_visible()
    visit.arrive("/types?region=53")
