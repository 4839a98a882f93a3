"""Each drawing is shared and enlarged where it stands: its address, its picture, its frame; full screen."""

import pytest
from playwright.sync_api import expect

from campaign.drawings import frames
from campaign.filters import Filters
from tests.browser.conftest import Visits
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser
DIALOG = "dialog.share[open]"
KINDS = {"a chart": "/editions", "curves": "/rythme", "a map of territories": "/regions", "small multiples": "/types"}


def opened(visit: Visit) -> str:
    """Open the dialog of the first drawing of the page with the keyboard; return its name."""
    button = visit.page.locator("figure [data-share]").first
    name = str(button.get_attribute("data-anchor"))
    button.focus()
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector(DIALOG)
    return name


@pytest.mark.matrix(every=2)
@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_a_drawing_gives_its_address_picture_and_frame(visits: Visits, path: str) -> None:
    visit = visits().open(path)
    anchor = opened(visit)
    name = anchor.removeprefix("dessin-")
    address = visit.page.locator(f"{DIALOG} input").input_value()
    assert address == f"{visit.base}{path}?edition=2014#{anchor}"
    pictures = visit.page.locator(f"{DIALOG} .share-files a")
    assert str(pictures.first.get_attribute("href")).startswith(f"/figures/{name}.png?edition=2014")
    title = visit.text(f"{DIALOG} .share-title")
    code = visit.page.locator(f"{DIALOG} textarea").input_value()
    assert code == frames.snippet(name, title, Filters(editions=(2014,)), visit.base)
    answered = visit.evaluate("(path) => fetch(path).then((answer) => answer.status)", f"/embed/{name}?edition=2014")
    assert answered == 200
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator(DIALOG)).to_have_count(0)
    visit.until(lambda: visit.evaluate("document.activeElement.dataset.anchor"), anchor)
    visit.open(address.removeprefix(visit.base))
    visit.page.wait_for_function(
        "(id) => Math.abs(document.getElementById(id).getBoundingClientRect().top) < 400", arg=anchor
    )
    assert visit.errors == []


@pytest.mark.matrix(every=2, first=1)  # the other kinds
@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_a_drawing_fills_the_screen_and_goes_back(visits: Visits, path: str) -> None:
    visit = visits().open(path)
    button = visit.page.locator("figure [data-enlarge]").first
    button.click()
    visit.page.wait_for_function("() => document.fullscreenElement?.matches('figure')")
    expect(button).to_have_text("Réduire")

    def is_whole() -> None:
        box = visit.page.locator("figure:fullscreen :is(.chart, .curves-drawing):visible").first.bounding_box()
        assert box is not None
        assert box["width"] > 700
        assert box["y"] + box["height"] <= 1000, "the whole drawing is in sight"

    visit.eventually(is_whole)
    button.click()
    visit.page.wait_for_function("() => !document.fullscreenElement")
    expect(button).to_have_text("Agrandir")


def test_a_mark_tells_in_full_screen_too(visits: Visits) -> None:
    visit = visits().open("/editions")
    visit.page.locator("figure [data-enlarge]").first.click()
    visit.page.wait_for_function("() => document.fullscreenElement")
    visit.still(visit.page.locator("figure:fullscreen .chart:visible a").nth(2)).hover(force=True)
    expect(visit.page.locator("figure:fullscreen .mark-card:visible")).to_have_count(1)


def test_a_telephone_without_full_screen_shows_the_drawing_over_the_page(visits: Visits) -> None:
    visit = visits(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    visit.change("delete Element.prototype.requestFullscreen")
    visit.open("/editions")
    button = visit.page.locator("figure [data-enlarge]").first
    button.scroll_into_view_if_needed()
    button.tap()
    whole = {"x": 0, "y": 0, "width": 360, "height": 740}
    visit.until(lambda: visit.page.locator("figure.enlarged").bounding_box(), whole)
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("figure.enlarged")).to_have_count(0)


@pytest.mark.in_turn
def test_a_telephone_opens_a_dialog_that_fits(visits: Visits) -> None:
    visit = visits(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True).open("/regions?lang=en")
    button = visit.page.locator("figure [data-share]").first
    button.scroll_into_view_if_needed()
    button.tap()
    visit.page.locator(DIALOG).wait_for()
    box = visit.page.locator(DIALOG).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert visit.text(f"{DIALOG} h2") == "Share this drawing"
    visit.page.get_by_role("button", name="Close", exact=True).tap()
    expect(visit.page.locator(DIALOG)).to_have_count(0)


def test_paper_has_no_buttons(visits: Visits) -> None:
    visit = visits().open("/regions")
    visit.page.emulate_media(media="print")
    expect(visit.page.locator(".drawing-tools:visible")).to_have_count(0)
