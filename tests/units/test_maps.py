"""Maps as pure functions: classes, drawings, places, decks."""

import json
import math
import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.charts import choropleth, deck_frame, deck_maps, in_html, map_places, maps, svg
from campaign.charts.sheet import bound
from campaign.charts.svg import Box
from campaign.core import language, palette
from campaign.core.settings import ROOT
from campaign.wording.numbers import missing

SVG = "{http://www.w3.org/2000/svg}"
NARROW_SPACE, NO_BREAK = "\u202f", "\u00a0"
BREAKS = [20.0, 50.0, 100.0, 200.0]


def drawn(values: dict[str, float], layer: maps.Layer = "region_2014", **options: object) -> str:
    """Return a map as it stands on a page, 640 units wide."""
    given: dict[str, object] = {"breaks": BREAKS, "listed": [], "heading": ""} | options
    box = svg.Box(0, 0, 640, choropleth.height(640, 15))
    return choropleth.choropleth(box, 15, values, layer=layer, **given)  # type: ignore[arg-type]


def element(inner: str) -> ElementTree.Element:
    return ElementTree.fromstring(f'<svg xmlns="{SVG[1:-1]}">{inner}</svg>')  # noqa: S314 - our own text


def fill_of(root: ElementTree.Element, shape: str) -> str:
    """Return the fill of a territory: the first copy of its outline."""
    return next(use.get("fill", "") for use in root.iter(f"{SVG}use") if use.get("href", "").endswith("#" + shape))


def marks(root: ElementTree.Element) -> dict[str, str]:
    """Return the marks of a map: what each says, by its key."""
    found = list(root.iter(f"{SVG}a"))
    assert len({each.get("data-mark") for each in found}) == len(found)
    return {each.get("data-mark", ""): each.findtext(f"{SVG}title", "") for each in found}


# Classes -------------------------------------------------------------------------------------------------------------


@given(st.lists(st.one_of(st.none(), st.integers(0, 5000)), max_size=200))
def test_breaks_are_few_rising_and_whole(values: list[int | None]) -> None:
    breaks = maps.class_breaks(values)
    assert len(breaks) <= maps.STEPS - 1
    assert all(low < high for low, high in pairwise(breaks))
    assert all(threshold.is_integer() for threshold in breaks)
    positive = [value for value in values if value]
    assert all(min(positive) < threshold <= max(positive) for threshold in breaks)


@given(st.lists(st.floats(0.001, 1e4), min_size=1, max_size=50))
def test_classes_cover_every_value(values: list[float]) -> None:
    breaks = maps.class_breaks(values)
    steps = {maps.step(value, breaks) for value in values}
    assert steps <= {1, 2, 3, 4, 5}
    assert maps.step(max(values), breaks) == len(breaks) + 1
    assert len(maps.class_labels(breaks, whole=False)) == len(breaks) + 1


def test_small_counts_make_no_class_of_one_or_two_numbers() -> None:
    breaks = maps.class_breaks([*([2.0] * 20), *([5.0] * 20), *([8.0] * 20), *([10.0] * 20), *([30.0] * 20)])
    from_four = [n for n in breaks if n >= 4]
    assert len(from_four) > 1
    assert all(after - before >= 3 for before, after in pairwise(from_four))


def test_breaks_of_many_values_make_five_classes_of_about_the_same_size() -> None:
    values = list(range(1, 301))
    breaks = maps.class_breaks(values)
    sizes = [sum(maps.step(value, breaks) == k for value in values) for k in range(1, 6)]
    assert len(breaks) == 4
    assert min(sizes) >= 30


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, None), (math.nan, None), (0, 0), (1, 1), (19, 1), (20, 2), (199, 4), (200, 5), (9999, 5)],
)
def test_zero_is_apart_and_missing_is_not_zero(value: float | None, expected: int | None) -> None:
    assert maps.step(value, BREAKS) == expected


def test_class_labels_say_the_thresholds() -> None:
    assert maps.class_labels([20, 50, 1000]) == ["1 à 19", "20 à 49", "50 à 999", f"1{NARROW_SPACE}000 et plus"]
    assert maps.class_labels([2, 3, 5]) == ["1", "2", "3 à 4", "5 et plus"]
    assert maps.class_labels([0.5, 2], whole=False) == ["moins de 0,5", "0,5 à 2", "2 et plus"]
    assert maps.class_labels([]) == ["1 et plus"]


# Drawings ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("layer", "count"), [("region_2014", 27), ("region_2016", 18), ("departement", 101)])
def test_every_territory_is_drawn_without_data_too(layer: maps.Layer, count: int) -> None:
    root = element(drawn({}, layer))
    assert len(marks(root)) == len(set(marks(root).values())) == count
    copies = len(maps.RING) if layer == "departement" else 0
    fills = [use.get("fill") for use in root.iter(f"{SVG}use") if use.get("fill") not in ("none", "transparent")]
    assert fills == ["url(#nodata)"] * (count + copies)


def test_classes_zero_and_missing_are_told_apart() -> None:
    root = element(drawn({"53": 95, "24": 0}))
    assert fill_of(root, "r53") == svg.STEPS[3]
    assert fill_of(root, "r24") == svg.STEPS[0]
    assert fill_of(root, "r11") == "url(#nodata)"


def test_links_and_words_are_escaped() -> None:
    bad = '<script>"&</script>'
    html = in_html.led(f"<svg>{drawn({'53': 1}, said={'53': bad})}</svg>", {"53": '/?a=1&b="2'})
    assert "<script>" not in html
    links = [each for each in element(html).iter(f"{SVG}a") if each.get("href")]
    assert [(link.get("href"), link.get("target"), link.get("aria-label")) for link in links] == [
        ('/?a=1&b="2', "_self", bad)
    ]


def test_what_is_pointed_at_lies_over_all_fills_and_only_on_pages() -> None:
    html = drawn({"53": 95}, selected="53")
    overlay = html.index("data-overlay")
    assert html.index('data-mark="53"') > overlay
    assert set(re.findall(r'<use [^>]*fill="([^"]*)"', html[overlay:])) == {"transparent"}
    file = bound(f"<svg>{html}</svg>", palette.PRINT)
    assert "data-" not in file
    assert "transparent" not in file
    assert "<use" not in file
    assert "var(" not in file


def test_values_are_written_where_there_is_room_only() -> None:
    values = dict.fromkeys(maps.territories()["layers"]["departement"]["names"], 1234.0)
    texts = element(drawn(values, "departement")).iter(f"{SVG}text")
    written = [text for text in texts if text.text == f"1{NARROW_SPACE}234"]
    assert 20 < len(written) < 101
    table = maps.territories()["layers"]["departement"]["labels"]
    for text in written:
        place = f"{float(text.get('x', '0')):.1f}"
        rooms = [room for x, _y, room in table.values() if f"{x:.1f}" == place]
        assert svg.measure(text.text or "", float(text.get("font-size", "0")), 600) <= 2.3 * max(rooms)


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        ("region_2014", ["×2,2", "×3,1", "×0,42", "×2,9", "×4,2"]),
        ("departement", ["×2,2", "×3,1", "×0,42", "×2,9", "×4,2", "×4,9"]),
    ],
)
def test_insets_are_boxed_with_name_and_factor(layer: maps.Layer, expected: list[str]) -> None:
    root = element(drawn({}, layer))
    assert len([box for box in root.iter(f"{SVG}rect") if box.get("fill") == "none"]) == len(expected)
    texts = [text.text or "" for text in root.iter(f"{SVG}text") if text.get("aria-hidden") is None]
    assert [text for text in texts if text.startswith("×")] == expected
    assert ("Paris et petite couronne" in texts) == (layer == "departement")


def test_of_the_enlarged_ring_only_the_large_copy_is_a_mark() -> None:
    root = element(drawn({}, "departement"))
    pointed = {each.get("data-mark"): each[1].get("href", "") for each in root.iter(f"{SVG}a")}
    assert pointed["75"].endswith("#i75")
    assert pointed["35"].endswith("#d35")
    assert marks(root)["75"] == f"Paris{NO_BREAK}: {missing()}"


def test_the_reader_s_choice_is_marked_in_shapes_that_have_links() -> None:
    html = in_html.led(f'<svg role="img">{drawn({"53": 95})}</svg>', {"53": "/regions", "24": "/x"}, "53")
    links = element(html).iter(f"{SVG}a")
    assert [each.get("href") for each in links if each.get("aria-current")] == ["/regions"]
    assert 'role="group"' in html
    assert "50 à 99" in html


def test_drawing_speaks_the_reader_s_language_and_is_small() -> None:
    values = dict.fromkeys(maps.territories()["layers"]["departement"]["names"], 1700.0)
    with language.use("en"):
        html = drawn(values, "departement")
    assert "1,700" in html
    assert "20 to 49" in html
    assert len(html.encode()) < 45_000


# Decks ---------------------------------------------------------------------------------------------------------------

RENNES = {"commune_code": "35238", "commune": "Rennes", "departement_code": "35", "lat": 48.11, "lon": -1.68}
PARIS = {"commune_code": "75056", "commune": "Paris", "departement_code": "75", "lat": 48.857, "lon": 2.32}
SAINT_DENIS = {
    "commune_code": "97411",
    "commune": "Saint-Denis",
    "departement_code": "974",
    "lat": -20.88,
    "lon": 55.45,
}


def layer_of(deck: object, name: str) -> dict[str, object]:
    layers = json.loads(deck.to_json())["layers"]  # type: ignore[attr-defined]
    return next(layer for layer in layers if layer["id"] == name)


def test_events_are_gathered_by_place() -> None:
    nowhere = {"commune_code": None, "lat": 48.12341, "lon": -1.60001}
    unknown = {"commune_code": "35001", "lat": None, "lon": None}
    found = map_places.places([RENNES, PARIS, RENNES, nowhere, unknown, {**SAINT_DENIS, "n_events": 7}])
    assert [(place["place"], place["n"]) for place in found] == [
        ("97411", 7), ("35238", 2), ("48.123,-1.600", 1), ("75056", 1),
    ]  # fmt: skip
    assert sum(place["n"] for place in found) == 11
    assert (found[1]["lon"], found[1]["lat"]) == (-1.68, 48.11)


@pytest.mark.parametrize(
    ("place", "inset"), [(SAINT_DENIS, "974"), (PARIS, "IDF"), (RENNES, None), ({"departement_code": None}, None)]
)
def test_inset_of_a_departement(place: dict[str, object], inset: str | None) -> None:
    departement = place["departement_code"]
    assert map_places.inset_of(departement if isinstance(departement, str) else None) == inset


@pytest.mark.parametrize(("place", "inset"), [(SAINT_DENIS, "974"), (PARIS, "IDF")])
def test_insets_draw_places_in_their_box(place: dict[str, float], inset: str) -> None:
    lon, lat = map_places.moved(place["lon"], place["lat"], inset)
    west, south, east, north = map_places.insets()[inset]["box_lonlat"]
    assert west < lon < east
    assert south < lat < north


@given(st.floats(-179, 179), st.floats(-80, 80))
def test_mercator_there_and_back(lon: float, lat: float) -> None:
    there = map_places.unmercator(*map_places.mercator(lon, lat))
    assert there == pytest.approx((lon, lat), abs=1e-9)


def test_overseas_is_drawn_at_home_and_in_its_inset() -> None:
    deck = deck_maps.points_deck([RENNES, PARIS, SAINT_DENIS, SAINT_DENIS], dark=False, selected="97411")
    home, copies = layer_of(deck, "places")["data"], layer_of(deck, "inset-places")["data"]
    assert [row["place"] for row in home] == ["97411", "35238", "75056"]  # type: ignore[attr-defined]
    assert [row["place"] for row in copies] == ["97411", "75056"]  # type: ignore[attr-defined]
    assert home[0]["words"] == f"Saint-Denis{NO_BREAK}: 2 événements"  # type: ignore[index]
    assert len(layer_of(deck, "chosen")["data"]) == 2  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("dark", "nomenclature", "style"),
    [(False, 2014, "base"), (True, 2014, "base-dark"), (False, 2016, "base-2016"), (True, 2016, "base-2016-dark")],
)
def test_points_stand_on_our_own_base_map(dark: bool, nomenclature: int, style: str) -> None:
    deck = deck_maps.points_deck([RENNES], dark=dark, nomenclature=nomenclature)  # type: ignore[arg-type]
    text = deck.to_json()
    assert json.loads(text)["mapStyle"] == f"/assets/{style}.json"
    assert "http" not in text


def test_area_of_a_circle_goes_with_the_number() -> None:
    assert deck_maps.radius(400, 400) == 22
    assert deck_maps.radius(100, 400) == 11
    assert deck_maps.radius(1, 400) == 3
    assert deck_maps.radius(400, 400, narrow=True) < 14


@pytest.mark.parametrize("width", [328, 600, 800, 1000, 1300])
def test_opening_view_holds_every_inset(width: int) -> None:
    height = deck_frame.drawing_height(width)
    view = deck_frame.opening_view(width, height)
    pixel = 2 * math.pi * map_places.EARTH_RADIUS_M / 512 / 2**view.zoom
    x0, y0 = map_places.mercator(view.longitude, view.latitude)
    for row in map_places.insets().values():
        west, south, east, north = row["box_lonlat"]
        for lon, lat in ((west, south), (east, north)):
            x, y = map_places.mercator(lon, lat)
            assert abs(x - x0) / pixel <= width / 2
            assert abs(y - y0) / pixel <= height / 2


@pytest.mark.parametrize(("layer", "count"), [("region_2014", 27), ("region_2016", 18), ("departement", 101)])
def test_every_territory_has_a_box_in_the_opening_view(layer: maps.Layer, count: int) -> None:
    boxes = map_places.boxes(layer)
    assert boxes.keys() == maps.territories()["layers"][layer]["names"].keys()
    assert len(boxes) == count
    west, south, east, north = deck_frame.WHOLE
    assert all(west <= box[0] < box[2] <= east and south <= box[1] < box[3] <= north for box in boxes.values())


def test_boxes_stand_where_the_reader_looks() -> None:
    boxes = map_places.boxes("departement")
    assert boxes["974"] == tuple(map_places.insets()["974"]["box_lonlat"])
    assert boxes["75"] == pytest.approx(
        (2.22, 48.82, 2.47, 48.90), abs=0.01
    )  # at its true place, not in the ring's inset
    assert deck_frame.around([]) == deck_frame.WHOLE
    west, south, east, north = deck_frame.around([boxes["29"], boxes["67"]])
    assert west < boxes["29"][0] < boxes["67"][2] < east
    assert south < boxes["29"][1] < boxes["67"][3] < north


def test_stylesheet_and_frame_agree_on_the_shape_of_maps() -> None:
    css = (ROOT / "assets" / "map.css").read_text(encoding="utf-8")
    assert f"aspect-ratio: 1 / {deck_frame.SHAPE}; max-height: {deck_frame.HIGHEST}px" in css
    assert f"min(100%, {deck_frame.HIGHEST / deck_frame.SHAPE:.0f}px)" in css


def at_pixels(width: int, lon: float, lat: float) -> tuple[float, float]:
    """Return where the opening view of a drawing that wide has a place, from its north-west."""
    height = deck_frame.drawing_height(width)
    view = deck_frame.opening_view(width, height)
    pixel = 2 * math.pi * map_places.EARTH_RADIUS_M / 512 / 2**view.zoom
    x0, y0 = map_places.mercator(view.longitude, view.latitude)
    x, y = map_places.mercator(lon, lat)
    return width / 2 + (x - x0) / pixel, height / 2 - (y - y0) / pixel


def test_names_of_towns_stand_apart_on_a_telephone() -> None:
    boxes = []
    for town in layer_of(deck_maps.points_deck([RENNES], dark=False), "towns")["data"]:  # type: ignore[attr-defined]
        x, y = at_pixels(328, *town["at"])
        boxes.append(Box(x, y - 8, 12 + svg.measure(town["text"], 11, 600), 16))
    assert all(box.x >= 0 and box.right <= 328 for box in boxes)
    assert not [(one, other) for one, other in combinations(boxes, 2) if svg.overlap(one, other)]


@pytest.mark.parametrize("layer", ["region_2014", "region_2016", "departement"])
def test_values_of_territories_stand_apart_at_any_width(layer: maps.Layer) -> None:
    rows = [{"code": code, "n": 118} for code in maps.territories()["layers"][layer]["names"]]
    deck = deck_maps.choropleth_deck(rows, layer=layer, value="n", breaks=[1], dark=False)
    values = layer_of(deck, "values")
    assert (values["sizeUnits"], values["sizeMaxPixels"]) == ("common", 12)
    for width in (328, 660, 1000):
        zoom = deck_frame.opening_view(width, deck_frame.drawing_height(width)).zoom
        boxes = []
        for text in values["data"]:  # type: ignore[attr-defined]
            size = min(text["size"] * 2**zoom, 12)
            x, y = at_pixels(width, *text["at"])
            wide = svg.measure(text["text"], size, 600)
            boxes.append(Box(x - wide / 2, y - size * 0.36, wide, size * 0.72))  # as high as figures are
        assert not [(one, other) for one, other in combinations(boxes, 2) if svg.overlap(one, other)], width


@pytest.mark.parametrize("width", [328, 640])
def test_a_circle_is_never_cut_by_the_name_of_its_inset(width: int) -> None:
    deck = deck_maps.points_deck([SAINT_DENIS], dark=False, width=width)
    order = [layer["id"] for layer in json.loads(deck.to_json())["layers"]]
    assert order.index("inset-names") < order.index("inset-places")
    factors = layer_of(deck, "inset-factors")["data"]
    assert len(factors) == (0 if width == 328 else len(map_places.insets()))  # type: ignore[arg-type]


def test_a_town_is_named_beside_its_own_circle() -> None:
    lille = {
        "commune_code": "59350",
        "commune": "Lille",
        "departement_code": "59",
        "lat": 50.63,
        "lon": 3.06,
        "n_events": 40,
    }
    deck = deck_maps.points_deck([lille], dark=False, width=640)
    (circle,) = layer_of(deck, "places")["data"]  # type: ignore[misc]
    offsets = {town["text"]: town["offset"][0] for town in layer_of(deck, "towns")["data"]}  # type: ignore[attr-defined]
    assert offsets.pop("Lille") > circle["r"]
    assert set(offsets.values()) == {8}


def test_choropleth_deck_sends_colours_only() -> None:
    rows = [{"code": "53", "n_events": 95}, {"code": "24", "n_events": 0}]
    deck = deck_maps.choropleth_deck(
        rows, layer="region_2014", value="n_events", breaks=BREAKS, dark=False, selected="53"
    )
    areas, values = layer_of(deck, "territories"), layer_of(deck, "values")["data"]
    assert areas["data"] == "/assets/base/region_2014_areas.geojson"
    order = sorted(maps.territories()["layers"]["region_2014"]["names"])
    colours = json.loads(str(areas["getFillColor"]).removeprefix("@@=(").removesuffix(")[properties.index]"))
    assert colours[order.index("53")][:3] == palette.of(palette.LIGHT).steps[3]
    assert colours[order.index("24")][:3] == palette.of(palette.LIGHT).steps[0]
    assert colours[order.index("11")][:3] == palette.of(palette.LIGHT).nodata
    assert [row["text"] for row in values].count("95") == 1  # type: ignore[attr-defined]
    assert len(deck.to_json()) < 12_000


@pytest.mark.parametrize(("layer", "count"), [("region_2014", 27), ("region_2016", 18), ("departement", 101)])
def test_values_stand_in_the_insets(layer: maps.Layer, count: int) -> None:
    names = maps.territories()["layers"][layer]["names"]
    found = {territory: deck_maps.anchors(layer, territory) for territory in names}
    assert all(len(places) == 1 for places in found.values())
    assert len(found) == count
    lon, lat, _room = found["974" if layer == "departement" else "04"][0]
    west, south, east, north = map_places.insets()["974"]["box_lonlat"]
    assert west < lon < east
    assert south < lat < north
