"""Maps as pure functions: classes, drawings, places."""

import math
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.charts import choropleth, in_html, map_places, maps, svg
from campaign.charts.outlines import around, fine_outlines, outlines
from campaign.charts.sheet import bound
from campaign.core import language, palette
from campaign.filters import Filters
from campaign.view.components import cluster_map
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
    links = list(root.iter(f"{SVG}a"))
    assert len({each.get("data-mark") for each in links}) == len(links)
    return {each.get("data-mark", ""): each.findtext(f"{SVG}title", "") for each in links}


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


@given(st.lists(st.integers(1, 5000), min_size=1, max_size=200))
def test_counts_have_consecutive_steps_of_one_ladder(values: list[int]) -> None:
    ladder = [factor * 10**power for power in range(5) for factor in (1, 2, 5)]
    breaks = [int(threshold) for threshold in maps.class_breaks(values)]
    assert not breaks or breaks == [step for step in ladder if breaks[0] <= step <= breaks[-1]]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([*range(1, 40), 45, 60, 384], ["1", "2 à 4", "5 à 9", "10 à 19", "20 et plus"]),
        ([*range(5, 130, 5), 384], ["1 à 9", "10 à 19", "20 à 49", "50 à 99", "100 et plus"]),
        (
            [*range(5, 130, 6), 417],
            ["1 à 9", "10 à 19", "20 à 49", "50 à 99", "100 et plus"],
        ),  # another file of its size
        ([0.7, 1.3, 1.9, 2.4, 3.7, 4.1], ["moins de 1", "1 à 2", "2 à 3", "3 à 4", "4 et plus"]),
    ],
)
def test_a_legend_follows_the_size_of_a_file_only(values: list[float], expected: list[str]) -> None:
    is_whole = all(isinstance(value, int) for value in values)
    thresholds = maps.class_breaks(values)
    assert maps.class_labels(thresholds, whole=is_whole, decimals=0) == expected[-len(thresholds) - 1 :]


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
    html = in_html.led(f"<svg>{drawn({'53': 1}, mark_labels={'53': bad})}</svg>", {"53": '/?a=1&b="2'})
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


# Places --------------------------------------------------------------------------------------------------------------

RENNES = {"commune_code": "35238", "commune": "Rennes", "departement_code": "35", "lat": 48.11, "lon": -1.68}
PARIS = {"commune_code": "75056", "commune": "Paris", "departement_code": "75", "lat": 48.857, "lon": 2.32}
SAINT_DENIS = {
    "commune_code": "97411",
    "commune": "Saint-Denis",
    "departement_code": "974",
    "lat": -20.88,
    "lon": 55.45,
}


def test_events_are_gathered_by_place() -> None:
    nowhere = {"commune_code": None, "lat": 48.12341, "lon": -1.60001}
    unknown = {"commune_code": "35001", "lat": None, "lon": None}
    places = map_places.places([RENNES, PARIS, RENNES, nowhere, unknown, {**SAINT_DENIS, "n_events": 7}])
    assert [(place["place"], place["n"]) for place in places] == [
        ("97411", 7), ("35238", 2), ("48.123,-1.600", 1), ("75056", 1),
    ]  # fmt: skip
    assert sum(place["n"] for place in places) == 11
    assert (places[1]["lon"], places[1]["lat"]) == (-1.68, 48.11)


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


@pytest.mark.parametrize(
    ("chosen", "shapes"),
    [
        (Filters(nomenclature=2014, regions=("53",)), ("d22", "d29", "d35", "d56")),
        (Filters(nomenclature=2014, regions=("53", "42")), ("d29", "d67")),
        (Filters(nomenclature=2014, departements=("06",)), ("d06",)),
        (Filters(nomenclature=2014, departements=("75",)), ("d75",)),
        (Filters(nomenclature=2014, regions=("04",)), ("d974",)),
        (Filters(nomenclature=2016, regions=("76",)), ("d09", "d30", "d65")),
    ],
)
def test_the_map_opens_on_the_chosen_territories(chosen: Filters, shapes: tuple[str, ...], reading_demo: Path) -> None:
    x, y, width, height = cluster_map.opening(chosen) or ()
    box = around(drawn[shape] for drawn in (outlines("departement"), fine_outlines()) for shape in shapes)
    assert x <= box.x
    assert y <= box.y
    assert box.right <= x + width
    assert box.bottom <= y + height
    assert max(box.width / width, box.height / height) > 0.5


def test_the_whole_country_has_no_opening_of_its_own() -> None:
    assert cluster_map.opening(Filters()) is None


def test_few_towns_are_named_at_first() -> None:
    first = [name for *_at, name, nearness in cluster_map.towns() if nearness == 1]
    assert 5 <= len(first) <= 10
    assert {"Paris", "Marseille", "Lyon"} <= set(first)
