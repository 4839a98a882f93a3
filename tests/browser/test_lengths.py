"""Pages stay short: the four that once were a third longer, and what makes any page long without saying more."""

import pytest

from tests.browser.conftest import Visits
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser
# Two thirds of their heights in the first stage, in pixels, at 1440 and at 360 wide, on the demonstration.
MOST = {
    "/types": (2811, 3335),
    "/regions?region=53": (1923, 2995),
    "/rythme": (2407, 3566),
    "/records": (996, 1603),
}
HEIGHT = "document.querySelector('[data-testid=stMain]').scrollHeight"
# Where columns stand below one another, the room between two of them.
GAPS = """
() => [...document.querySelectorAll('[data-testid=stHorizontalBlock]')].flatMap((block) => {
  const boxes = [...block.children].map((column) => column.getBoundingClientRect());
  return boxes.slice(1).map((box, at) => box.top - boxes[at].bottom);
})
"""


def at(visits: Visits, width: int, path: str) -> Visit:
    visit = visits(viewport={"width": width, "height": 900}).open(path)
    visit.rest()
    return visit


@pytest.mark.matrix(every=3)  # each width
@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("path", MOST)
def test_a_page_is_a_third_shorter_than_it_was(visits: Visits, path: str, width: int) -> None:
    assert at(visits, width, path).evaluate(HEIGHT) <= MOST[path][width == 360]


def test_columns_below_one_another_leave_no_white_between_them(visits: Visits) -> None:
    gaps = at(visits, 360, "/types").evaluate(GAPS)
    assert gaps
    assert max(gaps) < 20, gaps


@pytest.mark.in_turn
def test_a_row_of_what_was_published_is_as_high_as_its_figures_in_sight(visits: Visits) -> None:
    """An edition with one figure makes a low row, whatever other editions have."""
    rows = at(visits, 1440, "/editions").page.locator("table.sourced tbody tr:visible")
    heights = {row.locator("div").count(): row.bounding_box()["height"] for row in rows.all()}  # type: ignore[index]
    assert min(heights) <= 1
    assert heights[min(heights)] < 90, heights


@pytest.mark.in_turn
def test_the_masthead_of_a_telephone_is_beside_the_button_of_the_filters(visits: Visits) -> None:
    visit = at(visits, 360, "/records")
    brand = visit.page.locator(".brand a").bounding_box()
    unfold = visit.page.locator("[data-testid='stExpandSidebarButton']").bounding_box()
    assert brand is not None
    assert unfold is not None
    assert unfold["x"] + unfold["width"] <= brand["x"] + 1
    assert abs(brand["y"] - unfold["y"]) < 20
    visit.act(lambda: visit.page.locator(".switch").click())  # nothing lies over it
    assert "lang=en" in visit.shown_path
