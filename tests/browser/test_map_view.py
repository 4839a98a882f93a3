"""The whole country and its insets stand in the drawing, at any width, at opening and after a resize; a filter comes nearer."""

import json
from typing import Any

import pytest

from campaign.charts import map_places
from tests.browser.conftest import Visits
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser

WIDTHS = (360, 768, 1024, 1240, 1440)
LAYERS = ("points", "region", "departement")
TOWNS = {
    "Brest": (-4.486, 48.390),
    "Bastia": (9.450, 42.703),
    "Nice": (7.266, 43.703),
    "Strasbourg": (7.752, 48.573),
    "Dunkerque": (2.377, 51.034),
    "Perpignan": (2.895, 42.699),
}
OVERSEAS = ("971", "972", "973", "974", "976")

# Where places stand on the page, by the view that deck.gl draws (React's record of it), in Web Mercator of 512-pixel tiles; and
# the boxes of what may hide them. None while there is no drawing.
PROJECT = """
(places) => {
  const canvas = document.querySelector("#deckgl-overlay");
  if (!canvas) return null;
  let root = canvas[Object.keys(canvas).find((key) => key.startsWith("__reactFiber$"))];
  while (root.return) root = root.return;
  let view = null;
  for (const queue = [root.stateNode.current]; queue.length && !view;) {
    const fiber = queue.pop();
    const props = fiber.memoizedProps;
    if (props && props.onViewStateChange && props.viewState) view = props.viewState;
    for (const next of [fiber.sibling, fiber.child]) if (next) queue.push(next);
  }
  const box = (element) => { const r = element.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
  const frame = canvas.getBoundingClientRect();
  const world = 512 * 2 ** view.zoom;
  const at = ([lon, lat]) => [
    world * (lon / 360), world * (0.5 - Math.log(Math.tan(Math.PI / 4 + lat * Math.PI / 360)) / (2 * Math.PI))];
  const [x0, y0] = at([view.longitude, view.latitude]);
  const placed = Object.fromEntries(Object.entries(places).map(([name, place]) => {
    const [x, y] = at(place);
    return [name, [frame.left + frame.width / 2 + x - x0, frame.top + frame.height / 2 + y - y0]];
  }));
  return { placed, frame: box(canvas), zoom: view.zoom, width: innerWidth, height: innerHeight,
    controls: [...document.querySelectorAll(".mapboxgl-ctrl-group, .map-view button")].map(box) };
}
"""
OUTSIDE = f"""
([places, wanted]) => {{
  const seen = ({PROJECT})(places);
  if (!seen) return ["no drawing"];
  const [left, top, right, bottom] = seen.frame;
  return wanted.filter((name) => {{
    const [x, y] = seen.placed[name];
    return x < left || x > right || y < top || y > bottom;
  }});
}}
"""


def corners(code: str) -> dict[str, tuple[float, float]]:
    """Return the north-west and south-east corner of an inset's box, by name."""
    west, south, east, north = map_places.insets()[code]["box_lonlat"]
    return {f"{code} north-west": (west, north), f"{code} south-east": (east, south)}


PLACES = {**TOWNS, **{name: place for code in map_places.insets() for name, place in corners(code).items()}}


def seen(visit: Visit) -> dict[str, Any]:
    """Return the places in page coordinates, the drawing's box and its zoom."""
    found: dict[str, Any] = visit.evaluate(PROJECT, PLACES)
    return found


def outside(visit: Visit, names: list[str]) -> list[str]:
    """Return the places that stay out of the drawing for three seconds."""
    for _look in range(30):
        found: list[str] = visit.evaluate(OUTSIDE, [PLACES, names])
        if not found:
            break
        visit.page.wait_for_timeout(100)
    return found


def faults(visit: Visit) -> list[str]:
    """Return what is wrong with a map of the whole country: places out of sight, a drawing that is cut, a button on an inset."""
    if found := visit.evaluate(OUTSIDE, [PLACES, list(PLACES)]):
        return [f"{name} is out of sight" for name in found]
    now = seen(visit)
    left, top, right, bottom = now["frame"]
    wrong = []
    if left < 0 or right > now["width"] or bottom - top > now["height"]:
        wrong.append("the drawing is larger than the window")
    if right - left < 250 or (bottom - top) < 0.8 * min(right - left, 700):
        wrong.append(f"the drawing is small: {right - left:.0f} × {bottom - top:.0f}")
    west, _north = now["placed"]["971 north-west"]
    east, _south = now["placed"]["IDF south-east"]
    if east - west < 0.9 * min(right - left, (bottom - top) / 0.86):
        wrong.append("the country is small in its drawing")
    for code in map_places.insets():
        (x0, y0), (x1, y1) = (now["placed"][name] for name in corners(code))
        if any(box[0] < x1 and box[2] > x0 and box[1] < y1 and box[3] > y0 for box in now["controls"]):
            wrong.append(f"a button on {code}")
    for name in TOWNS:
        x, y = now["placed"][name]
        if any(box[0] - 5 < x < box[2] + 5 and box[1] - 5 < y < box[3] + 5 for box in now["controls"]):
            wrong.append(f"a button on {name}")
    return wrong


def assert_whole(visit: Visit, at: object) -> None:
    """Fail if anything stays wrong for three seconds."""
    for _look in range(30):
        found = faults(visit)
        if not found:
            return
        visit.page.wait_for_timeout(100)
    raise AssertionError(f"{at}: {found}")


@pytest.mark.matrix(every=2)
@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_country_and_its_insets_are_in_sight_at_opening(visits: Visits, width: int, layer: str) -> None:
    visit = visits(viewport={"width": width, "height": 1000})
    visit.open("/carte" if layer == "points" else f"/carte?layer={layer}")
    assert_whole(visit, width)


@pytest.mark.matrix(every=2)
@pytest.mark.parametrize("layer", LAYERS)
def test_the_country_and_its_insets_are_in_sight_after_a_resize(visits: Visits, layer: str) -> None:
    visit = visits().open("/carte" if layer == "points" else f"/carte?layer={layer}")
    for scheme, widths in (("light", (360, 1240, 768)), ("dark", (1440, 360, 1024))):
        visit.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for width in widths:
            visit.page.set_viewport_size({"width": width, "height": 1000})
            visit.settle()
            assert_whole(visit, (scheme, width))


def test_a_telephone_sees_the_country_upright_and_lying(visits: Visits) -> None:
    agent = "Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile"
    visit = visits(viewport={"width": 360, "height": 740}, user_agent=agent).open("/carte")
    assert_whole(visit, "upright")
    visit.page.set_viewport_size({"width": 740, "height": 360})
    assert outside(visit, list(PLACES)) == []


@pytest.mark.matrix(every=5)
@pytest.mark.parametrize("width", [360, 1240])
@pytest.mark.parametrize(
    ("query", "inside", "far"),
    [
        ("region=53", ["Brest"], ["Nice", "Strasbourg"]),
        ("layer=region&region=53", ["Brest"], ["Nice", "Strasbourg"]),
        ("layer=departement&departement=06", ["Nice"], ["Brest", "Perpignan"]),
        ("departement=67", ["Strasbourg"], ["Brest", "Dunkerque"]),
        ("region=53&region=42", ["Brest", "Strasbourg"], ["Bastia", "971 north-west"]),
        ("region=04", list(corners("974")), ["Brest", "971 north-west"]),
        ("layer=region&region=01", list(corners("971")), ["Brest", "974 south-east"]),
        ("nomenclature=2016&region=76", ["Perpignan"], ["Brest", "Nice"]),
    ],
)
def test_a_territory_fills_the_drawing(
    visits: Visits, width: int, query: str, inside: list[str], far: list[str]
) -> None:
    visit = visits(viewport={"width": width, "height": 1000}).open(f"/carte?{query}")
    for wide in (width, 800, width):
        visit.page.set_viewport_size({"width": wide, "height": 1000})
        assert outside(visit, inside) == [], wide
        assert sorted(outside(visit, far)) == sorted(far), wide


def test_the_map_follows_the_filter_and_the_button_for_all_of_france(visits: Visits) -> None:
    visit = visits(viewport={"width": 1240, "height": 1000}).open("/carte")
    assert_whole(visit, "opening")
    visit.page.get_by_role("combobox", name="Région").click()
    visit.act(lambda: visit.page.get_by_role("option", name="Bretagne", exact=True).click())
    visit.page.wait_for_timeout(1000)
    assert visit.evaluate(OUTSIDE, [PLACES, ["Brest", "Nice"]]) == ["Nice"]
    visit.page.locator(".map-view button").click()
    assert_whole(visit, "all of France")
    visit.act(lambda: visit.page.locator(".chip").first.click())
    assert_whole(visit, "the filter taken back")


def test_a_view_that_the_reader_has_moved_is_left_alone(visits: Visits) -> None:
    visit = visits(viewport={"width": 1240, "height": 1000}).open("/carte")
    assert_whole(visit, "opening")
    zoom = seen(visit)["zoom"]
    visit.page.get_by_title("Agrandir").click()
    visit.page.wait_for_timeout(800)
    nearer = seen(visit)["zoom"]
    assert nearer > zoom + 0.5
    visit.page.set_viewport_size({"width": 1024, "height": 1000})
    visit.page.wait_for_timeout(800)
    assert seen(visit)["zoom"] == pytest.approx(nearer, abs=0.01)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_map_day_by_day_holds_its_insets(visits: Visits, width: int) -> None:
    visit = visits(viewport={"width": width, "height": 1000}).open("/carte?layer=days")
    boxes = json.loads(
        str(
            visit.evaluate(
                "JSON.stringify([...document.querySelectorAll('.cm-drawing, .cm-box')].map((e) => e.getBoundingClientRect()))"
            )
        )
    )
    frame, insets = boxes[0], boxes[1:]
    assert len(insets) == len(OVERSEAS)
    assert frame["left"] >= 0
    assert frame["right"] <= width
    assert all(frame["left"] <= box["left"] and box["right"] <= frame["right"] for box in insets)
    assert all(frame["top"] <= box["top"] and box["bottom"] <= frame["bottom"] for box in insets)


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
    visit.page.wait_for_timeout(300)
    found = visit.evaluate(DAYS_OUTLINES, [*shapes, far])
    left, top, right, bottom = found["frame"]
    lefts, tops, rights, bottoms = zip(*(found["shapes"][shape] for shape in shapes), strict=True)
    assert left <= min(lefts), at
    assert max(rights) <= right, at
    assert top <= min(tops), at
    assert max(bottoms) <= bottom, at
    filled = max((max(rights) - min(lefts)) / (right - left), (max(bottoms) - min(tops)) / (bottom - top))
    assert filled > 0.5, f"{at}: the territory fills {filled:.0%} of the drawing"
    away = found["shapes"][far]
    assert away[2] < left or away[0] > right or away[3] < top or away[1] > bottom, f"{at}: {far} is in sight"


@pytest.mark.matrix(every=4)
@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize(
    ("path", "shapes", "far"),
    [
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


def test_the_map_day_by_day_stays_and_follows_the_filter(visits: Visits) -> None:
    visit = visits(viewport={"width": 1240, "height": 1000}).open("/carte?layer=days")
    visit.page.get_by_role("combobox", name="Région").click()
    visit.act(lambda: visit.page.get_by_role("option", name="Bretagne", exact=True).click())
    assert_on_territory(visit, ("d22", "d29", "d35", "d56"), "d67", "Bretagne chosen")
    visit.act(lambda: visit.page.locator(".chip").first.click())
    visit.page.wait_for_timeout(300)
    found = visit.evaluate(DAYS_OUTLINES, ["d29", "d67", "d974"])
    left, top, right, bottom = found["frame"]
    assert all(left <= x0 and x1 <= right and top <= y0 and y1 <= bottom for x0, y0, x1, y1 in found["shapes"].values())


def test_the_map_day_by_day_shows_all_of_france_again_by_its_button(visits: Visits) -> None:
    visit = visits(viewport={"width": 1240, "height": 1000}).open("/carte?layer=days&region=53")
    assert_on_territory(visit, ("d22", "d29", "d35", "d56"), "d67", "opening")
    visit.page.locator(".cm-zoom button").last.click()
    found = visit.evaluate(DAYS_OUTLINES, ["d29", "d67", "d974"])
    left, top, right, bottom = found["frame"]
    assert all(left <= x0 and x1 <= right and top <= y0 and y1 <= bottom for x0, y0, x1, y1 in found["shapes"].values())
