"""The agenda on a telephone: the first result near the top, one chip for each choice, filters in a sheet, communes suggested."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.server import Server, serving
from tests.browser.test_agenda import IN_SEASON
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser
SIZE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def season(event_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    environment = {"CAMPAIGN_DB": str(event_file), "CAMPAIGN_TODAY": IN_SEASON}
    with serving(tmp_path_factory.mktemp("telephone") / "server.log", environment=environment) as found:
        yield found


@pytest.fixture
def visit(browser: Browser, season: Server) -> Iterator[Visit]:
    context = browser.new_context(
        locale="fr-FR",
        timezone_id="Europe/Paris",
        viewport=SIZE,
        has_touch=True,
        is_mobile=True,  # type: ignore[arg-type]
    )
    yield Visit.start(context, season.url)
    context.close()


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


def test_two_days_are_one_choice_and_the_place_shows_its_postcode(visit: Visit) -> None:
    visit.open("/agenda?near=42218&from=2014-11-08&to=2014-11-09")
    chips = [re.sub(r"\s", " ", words) for words in visit.page.locator(".chip").all_inner_texts()]
    assert [words.split(" ×")[0] for words in chips[:-1]] == [
        "du 8 au 9 novembre 2014",
        "à moins de 20 km de Saint-Étienne",
    ]
    assert visit.page.get_by_label("Autour de", exact=True).input_value() == "Saint-Étienne (42000)"
    visit.act(lambda: visit.page.locator(".chip").first.tap())
    assert visit.shown_path == "/agenda?near=42218"


def test_filters_stand_in_a_sheet_that_says_what_they_leave(visit: Visit) -> None:
    visit.open("/agenda?region=53")
    button = visit.page.get_by_role("button", name="Affiner")
    assert visit.page.locator(".facets:visible").count() == 0
    button.tap()
    assert button.get_attribute("aria-expanded") == "true"
    visit.page.locator(".facets summary", has_text="Type").tap()
    option = visit.page.locator(".facets a[data-facet='type']").first
    n = re.sub(r"\D", "", option.locator("b").inner_text())
    visit.act(option.tap)
    shut = visit.page.locator(".sheet-close:visible")
    assert re.sub(r"\D", "", shut.inner_text()) == n
    box = shut.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= SIZE["height"]
    shut.tap()
    assert visit.page.locator(".facets:visible").count() == 0
    assert re.sub(r"\D", "", visit.answer.split(" ")[0]) == n
    button.tap()
    visit.page.keyboard.press("Escape")
    assert visit.page.locator(".facets:visible").count() == 0


def test_communes_are_suggested_while_one_types(visit: Visit) -> None:
    visit.open("/agenda")
    field = visit.page.get_by_label("Autour de", exact=True)
    field.tap()
    assert field.get_attribute("list") == "places-suggested"  # from the start: the field's role must not change while one types
    visit.page.keyboard.type("saint-eti")
    visit.page.wait_for_function("() => document.querySelectorAll('#places-suggested option').length > 0")
    values = visit.evaluate("[...document.querySelectorAll('#places-suggested option')].map((option) => option.value)")
    assert any(value.startswith("Saint-Étienne") for value in values)
    assert all(re.search(r" \(\d{5}\)$", value) for value in values)
    field.fill(values[0])
    visit.act(lambda: visit.page.keyboard.press("Enter"))
    assert "near=" in visit.address


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
