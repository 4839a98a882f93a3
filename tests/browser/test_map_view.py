"""The whole country and its insets stand in the drawing, at any width, at opening and after a resize; a filter comes nearer."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser

WIDTHS = (360, 768, 1240, 1440)
LAYERS = ("points", "days", "region", "departement")
OVERSEAS = ("971", "972", "973", "974", "976")

# The boxes of the drawing, of its insets, and of outlines at the ends of the country.
BOXES = """
() => {
  const drawing = [...document.querySelectorAll(".cm-drawing, .chart")].find((svg) => svg.checkVisibility() && svg.querySelector("use"));
  if (!drawing) return null;
  const box = (element) => { const r = element.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
  const uses = [...drawing.querySelectorAll("use")].filter((use) => /#[dri]\\w+$/.test(use.getAttribute("href")));
  return { frame: box(drawing), window: [innerWidth, innerHeight],
    insets: [...drawing.querySelectorAll("rect.cm-box, rect[fill=none]")].map(box),
    shapes: uses.map(box), buttons: [...document.querySelectorAll(".cm-zoom button")].map(box) };
}
"""


def faults(visit: Visit) -> list[str]:
    """Return what is wrong with a map of the whole country: territories out of sight, a drawing that is cut, a button on land."""
    now: dict[str, Any] | None = visit.evaluate(BOXES)
    if not now:
        return ["no drawing"]
    left, top, right, bottom = now["frame"]
    wide, high = now["window"]
    wrong = []
    if left < 0 or right > wide or bottom - top > high:
        wrong.append(f"the drawing is larger than the window: {now['frame']}")
    if right - left < 250:
        wrong.append(f"the drawing is small: {right - left:.0f}")
    if len(now["insets"]) < len(OVERSEAS):
        wrong.append(f"{len(now['insets'])} insets")
    if len(now["shapes"]) < 18:
        wrong.append(f"{len(now['shapes'])} territories")
    for kind in ("insets", "shapes"):
        outside = [
            box
            for box in now[kind]
            if box[0] < left - 1 or box[2] > right + 1 or box[1] < top - 1 or box[3] > bottom + 1
        ]
        if outside:
            wrong.append(f"{len(outside)} {kind} out of sight")
    west, east = min(box[0] for box in now["shapes"]), max(box[2] for box in now["shapes"])
    if east - west < 0.85 * min(right - left, 720):
        wrong.append(f"the country is small in its drawing: {east - west:.0f} of {right - left:.0f}")
    for button in now["buttons"]:
        if any(
            button[0] < box[2] and button[2] > box[0] and button[1] < box[3] and button[3] > box[1]
            for box in now["insets"]
        ):
            wrong.append("a button on an inset")
    return wrong


def assert_whole(visit: Visit, at: object) -> None:
    """Fail if anything stays wrong."""
    visit.until(lambda: (at, faults(visit)), (at, []))


def path_of(layer: str) -> str:
    return "/carte" if layer == "points" else f"/carte?layer={layer}"


@pytest.mark.matrix(every=5)  # each layer and each width
@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_country_and_its_insets_are_in_sight_at_opening(visits: Visits, width: int, layer: str) -> None:
    assert_whole(visits(viewport={"width": width, "height": 1000}).open(path_of(layer)), width)


@pytest.mark.matrix(every=2)
@pytest.mark.parametrize("layer", LAYERS)
def test_the_country_and_its_insets_are_in_sight_after_a_resize(visits: Visits, layer: str) -> None:
    visit = visits().open(path_of(layer))
    for width in (360, 1240, 768, 1440):
        visit.page.set_viewport_size({"width": width, "height": 1000})
        assert_whole(visit, width)


def test_land_and_points_are_one_drawing_without_a_large_script(visits: Visits) -> None:
    visit = visits().open("/carte")
    visit.rest()
    assert visit.evaluate("document.querySelector('.cm-drawing').querySelectorAll('.cm-area, .cm-marker').length") > 100
    assert [url for url in visit.requests if re.search(r"(?i)deck|mapbox|maplibre|plotly|geojson", url)] == []


def test_a_place_lists_its_events_and_the_view_stays(visits: Visits) -> None:
    visit = visits(viewport={"width": 1240, "height": 1000}).open("/carte")
    drawing = visit.page.locator(".cm-drawing")
    for _group in range(2):
        before = str(drawing.get_attribute("viewBox"))
        visit.page.locator(".cm-marker.many").first.click()
        expect(drawing).not_to_have_attribute("viewBox", before)
    view = str(drawing.get_attribute("viewBox"))
    place = visit.page.locator("a.cm-marker").first
    name = str(place.get_attribute("aria-label")).split("\u00a0: ")[0]
    visit.act(lambda: place.click())
    visit.until(lambda: "place=" in visit.address, True)
    expect(visit.page.locator("h2.part", has_text=name)).to_have_count(1)
    expect(drawing).to_have_attribute("viewBox", view)
    expect(visit.page.locator(".cm-marker[aria-current]")).to_have_count(1)


def test_a_place_tells_its_number_under_the_pointer(visits: Visits) -> None:
    visit = visits(viewport={"width": 1240, "height": 1000}).open("/carte?region=53")
    place = visit.page.locator("a.cm-marker").first
    visit.still(place).hover()
    visit.page.locator(".mark-card:visible").first.wait_for()
    lines = visit.page.locator(".mark-card:visible > *").all_inner_texts()
    assert str(place.get_attribute("aria-label")).startswith(lines[0])
    assert "événement" in lines[1]


@pytest.mark.matrix(every=2)
@pytest.mark.parametrize("measure", ["count", "per_100k"])
def test_a_region_leads_into_its_departements_and_they_tell_value_rate_and_rank(visits: Visits, measure: str) -> None:
    visit = visits(viewport={"width": 1240, "height": 1000}).open(f"/carte?layer=region&measure={measure}")
    mark = visit.page.locator(".chart:visible a[href*='region=53']")
    mark.focus()
    card = " ".join(visit.page.locator(".mark-card:visible > *").all_inner_texts()) or str(
        mark.get_attribute("data-facts")
    )
    assert "Bretagne" in str(mark.get_attribute("aria-label"))
    facts = re.sub(r"\s", " ", f"{card} {mark.get_attribute('data-facts')}")
    assert re.search(r"\d+ événements?\b", facts)
    assert "pour 100 000 habitants" in facts
    assert re.search(r"rang : \d+ sur 27", facts)
    visit.act(lambda: visit.page.keyboard.press("Enter"))
    visit.until(lambda: "region=53" in visit.address, True)
    links = visit.page.locator(".chart:visible a")
    href = "(links) => links.map((link) => link.getAttribute('href'))"
    codes = re.compile(r"departement=(\w+)")
    visit.until(lambda: {*codes.findall(" ".join(links.evaluate_all(href)))}, {"22", "29", "35", "56"})
    expect(links).to_have_count(4)
    visit.back()
    assert_whole(visit, "back")


DAYS_OUTLINES = """
(shapes) => {
  const drawing = document.querySelector(".cm-drawing");
  const box = (element) => { const r = element.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
  const every = [...drawing.querySelectorAll(".cm-area")];
  return { frame: box(drawing), shapes: Object.fromEntries(shapes.map((shape) =>
    [shape, box(every.find((use) => use.getAttribute("href").endsWith("#" + shape)))])) };
}
"""


def assert_on_territory(visit: Visit, shapes: tuple[str, ...], far: str, at: object) -> None:
    """Fail unless the map day by day holds the whole outlines of a territory, fills most of a side with them, and lacks another's."""
    visit.eventually(lambda: look_at_territory(visit, shapes, far, at))


def look_at_territory(visit: Visit, shapes: tuple[str, ...], far: str, at: object) -> None:
    outlines = visit.evaluate(DAYS_OUTLINES, [*shapes, far])
    left, top, right, bottom = outlines["frame"]
    lefts, tops, rights, bottoms = zip(*(outlines["shapes"][shape] for shape in shapes), strict=True)
    assert left <= min(lefts), at
    assert max(rights) <= right, at
    assert top <= min(tops), at
    assert max(bottoms) <= bottom, at
    filled = max((max(rights) - min(lefts)) / (right - left), (max(bottoms) - min(tops)) / (bottom - top))
    assert filled > 0.5, f"{at}: the territory fills {filled:.0%} of the drawing"
    away = outlines["shapes"][far]
    assert away[2] < left or away[0] > right or away[3] < top or away[1] > bottom, f"{at}: {far} is in sight"


@pytest.mark.matrix(every=8)  # each width
@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize(
    ("path", "shapes", "far"),
    [
        ("/carte?region=53", ("d22", "d29", "d35", "d56"), "d67"),
        ("/carte?layer=days&region=53", ("d22", "d29", "d35", "d56"), "d67"),
        ("/carte?layer=days&departement=29", ("d29",), "d67"),
        ("/carte?layer=days&departement=75", ("d75",), "d29"),
        ("/carte?layer=days&region=04", ("d974",), "d29"),
        ("/carte?layer=days&nomenclature=2016&region=76", ("d09", "d30", "d46", "d48", "d65", "d66"), "d06"),
        ("/agenda?view=map&departement=67", ("d67",), "d29"),
    ],
)
def test_the_map_day_by_day_opens_on_the_chosen_territory(
    visits: Visits, width: int, path: str, shapes: tuple[str, ...], far: str
) -> None:
    visit = visits(viewport={"width": width, "height": 1000}).open(path)
    for wide in (width, 800, width):
        visit.page.set_viewport_size({"width": wide, "height": 1000})
        assert_on_territory(visit, shapes, far, wide)


def look_at_all(visit: Visit) -> None:
    outlines = visit.evaluate(DAYS_OUTLINES, ["d29", "d67", "d974"])
    left, top, right, bottom = outlines["frame"]
    assert all(
        left <= x0 and x1 <= right and top <= y0 and y1 <= bottom for x0, y0, x1, y1 in outlines["shapes"].values()
    )


def test_the_map_day_by_day_stays_and_follows_the_filter(visits: Visits) -> None:
    visit = visits(viewport={"width": 1240, "height": 1000}).open("/carte?layer=days")
    visit.pick("Région", "Bretagne")
    assert_on_territory(visit, ("d22", "d29", "d35", "d56"), "d67", "Bretagne chosen")
    visit.act(lambda: visit.page.locator(".chip").first.click())
    visit.eventually(lambda: look_at_all(visit))


def test_the_map_day_by_day_shows_all_of_france_again_by_its_button(visits: Visits) -> None:
    visit = visits(viewport={"width": 1240, "height": 1000}).open("/carte?layer=days&region=53")
    assert_on_territory(visit, ("d22", "d29", "d35", "d56"), "d67", "opening")
    visit.page.locator(".cm-zoom button").last.click()
    visit.eventually(lambda: look_at_all(visit))


CUT_NAMES = """
() => {
  const rounds = [...document.querySelectorAll(".cm-marker circle")].map((round) => round.getBoundingClientRect());
  const names = [...document.querySelectorAll(".cm-towns text")];
  return { n: names.length, cut: names.filter((name) => {
    const box = name.getBoundingClientRect();
    return rounds.some((round) => {
      const x = round.left + round.width / 2, y = round.top + round.height / 2;
      const near = [Math.min(box.right, Math.max(box.left, x)), Math.min(box.bottom - 3, Math.max(box.top + 3, y))];
      return Math.hypot(near[0] - x, near[1] - y) < round.width / 2 - 1;
    });
  }).map((name) => name.textContent) };
}
"""


@pytest.mark.matrix(every=2)
@pytest.mark.parametrize("width", [360, 1440])
def test_no_round_lies_over_the_name_of_a_town(visits: Visits, width: int) -> None:
    visit = visits(viewport={"width": width, "height": 1000}).open("/carte?type=visite-entreprise")
    visit.page.locator(".cm-marker").first.wait_for()
    for _nearer in range(3):
        seen = visit.evaluate(CUT_NAMES)
        assert seen["cut"] == []
        before = visit.evaluate("document.querySelector('.cm-drawing').getAttribute('viewBox')")
        visit.page.locator(".cm-zoom button").first.click()
        visit.until(
            lambda before=before: (
                visit.evaluate("document.querySelector('.cm-drawing').getAttribute('viewBox')") != before
            ),
            True,
        )
    assert seen["n"] > 0
