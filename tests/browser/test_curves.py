"""The curves of the pace: all editions compared on a day, a period drawn larger, an edition alone; kept in the address."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser
SVG = ".curves-drawing"
CARD = ".curves-card:visible"


def at(visit: Visit, part: float) -> tuple[float, float]:
    """Return a point of the drawing, at a part of its width, in the middle of its height."""
    visit.page.locator(SVG).scroll_into_view_if_needed()
    box = visit.page.locator(SVG).bounding_box()
    assert box is not None
    return box["x"] + box["width"] * part, box["y"] + box["height"] / 2


def card(visit: Visit) -> list[str]:
    """Return the lines of the card in sight."""
    return [re.sub(r"\s", " ", line) for line in visit.page.locator(f"{CARD} > *").all_inner_texts()]


def editions(visit: Visit) -> set[str]:
    """Return the editions that are drawn."""
    return set(visit.evaluate(f"[...document.querySelectorAll('{SVG} .curve')].map((path) => path.dataset.edition)"))


def test_the_pointer_compares_all_editions_on_its_day(visits: Visits) -> None:
    visit = visits().open("/rythme")
    visit.page.mouse.move(*at(visit, 0.5))
    visit.page.locator(CARD).wait_for()
    day, *rows = card(visit)
    to_go = int(day.removeprefix("J − "))
    known = {row.split(" : ")[0]: int(row.split(" : ")[1].replace(" ", "")) for row in rows}
    assert set(known) == editions(visit) == {str(year) for year in range(2008, 2015)}
    table = visit.evaluate(
        "[...document.querySelectorAll('figure details table tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    heads = visit.evaluate(
        "[...document.querySelectorAll('figure details table thead th')].map((cell) => cell.textContent)"
    )
    rows_by_day = {cells[0]: dict(zip(heads[1:], cells[1:], strict=True)) for cells in table}
    below = rows_by_day[f"J − {-(-to_go // 10) * 10}"]
    above = rows_by_day[f"J − {to_go // 10 * 10}"]
    whole = {year: (int(re.sub(r"\s", "", below[year])), int(re.sub(r"\s", "", above[year]))) for year in known}
    assert all(low <= known[year] <= high for year, (low, high) in whole.items())
    visit.page.mouse.move(2, 2)
    visit.until(lambda: card(visit), [])


@pytest.mark.in_turn
def test_a_pull_draws_a_period_larger_and_a_double_click_all_again(visits: Visits) -> None:
    visit = visits().open("/rythme")
    left, right = at(visit, 0.4), at(visit, 0.7)
    visit.page.mouse.move(*left)
    visit.page.mouse.down()
    visit.page.mouse.move(right[0] - 20, right[1])
    visit.page.mouse.move(*right)
    visit.page.mouse.up()
    visit.page.wait_for_function("() => /zoom=-?\\d+%2C-?\\d+/.test(location.search)")
    zoom = re.search(r"zoom=(-?\d+)%2C(-?\d+)", visit.address)
    assert zoom is not None
    first, last = int(zoom[1]), int(zoom[2])
    assert -60 < first < -20 < last < 30
    expect(visit.page.locator(SVG)).to_have_attribute("aria-valuemin", str(first))
    visit.open(visit.shown_path)
    expect(visit.page.locator(SVG)).to_have_attribute("aria-valuemax", str(last))
    assert visit.page.locator(".dropped").count() == 0
    visit.page.mouse.dblclick(*at(visit, 0.5))
    expect(visit.page.locator(SVG)).to_have_attribute("aria-valuemin", "-120")
    visit.until(lambda: "zoom" in visit.address, False)


@pytest.mark.in_turn
def test_the_legend_shows_an_edition_alone_beside_the_chosen_one(visits: Visits) -> None:
    visit = visits().open("/rythme")
    button = visit.page.locator(".curves-legend button", has_text="2012")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    visit.until(lambda: editions(visit), {"2012", "2014"})
    visit.arrive("/rythme?alone=2012")
    visit.act(lambda: visit.page.get_by_role("link", name="par le jour de la semaine").click())
    visit.until(lambda: editions(visit), {"2012", "2014"})  # a change of the view keeps what was chosen
    visit.page.get_by_role("button", name="Tout revoir").click()
    visit.until(lambda: len(editions(visit)), 7)


def test_keys_walk_through_the_days_and_draw_periods(visits: Visits) -> None:
    visit = visits().open("/rythme")
    svg = visit.page.locator(SVG)
    visit.page.locator(".curves-legend button").last.focus()
    visit.page.keyboard.press("Tab")
    before = int(str(svg.get_attribute("aria-valuenow")))
    visit.page.keyboard.press("ArrowLeft")
    expect(svg).to_have_attribute("aria-valuenow", str(before - 1))
    assert card(visit)[0] in re.sub(r"\s", " ", str(svg.get_attribute("aria-valuetext")))
    visit.page.keyboard.press("+")
    visit.until(lambda: int(str(svg.get_attribute("aria-valuemin"))) > -120, True)
    visit.page.keyboard.press("Escape")
    visit.until(lambda: card(visit), [])
    visit.page.keyboard.press("0")
    expect(svg).to_have_attribute("aria-valuemin", "-120")


@pytest.mark.in_turn
def test_a_finger_compares_and_the_page_still_scrolls(visits: Visits) -> None:
    visit = visits(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True).open("/rythme")
    visit.page.touchscreen.tap(*at(visit, 0.6))
    visit.until(lambda: len(card(visit)), 8)
    box = visit.page.locator(CARD).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert visit.evaluate(f"getComputedStyle(document.querySelector('{SVG}')).touchAction") == "pan-y"


def test_an_address_that_names_no_period_is_told(visits: Visits) -> None:
    visit = visits().open("/rythme?zoom=20,-30&alone=1999")
    assert "Période en vue" in visit.text(".dropped")
    assert "Édition seule" in visit.text(".dropped")
    assert len(editions(visit)) == 7
