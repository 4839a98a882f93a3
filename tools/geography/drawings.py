"""SVG drawings of the territories, one symbol each, and where their labels stand.

Writes assets/regions_2014.svg, regions_2016.svg, departements.svg (paths to be used by `<use href="…#r53">`) and
assets/territories.json (frame, insets, label points), all in one frame 640 wide.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import shapely

from tools.geography.shapes import (
    ASSETS,
    DATA,
    Feature,
    Inset,
    Points,
    mercator,
    read_features,
    read_insets,
    write_json,
)

WIDTH = 640.0
MARGIN = 3.0
TOLERANCE = 1.25  # of the simplification, in units of the drawing: corners under about half a square unit go
FLAT = 2.2  # a label is about that much wider than high
SPECK = 0.7  # islets smaller than that many square units are left out, unless they are all there is

# The frame: the column of overseas insets in the west to the inset of Paris in the north-east, Corsica in the south.
WEST, SOUTH, EAST, NORTH = -8.5, 41.33, 10.2, 51.141

LAYERS = {"region_2014": "regions_2014", "region_2016": "regions_2016", "departement": "departements"}
OVERSEAS = {"01": "971", "02": "972", "03": "973", "04": "974", "06": "976"}


def frame() -> tuple[Callable[[Points], Points], float]:
    """Return the map from Web Mercator metres to units of the drawing, and the drawing's height."""
    low, high = mercator(np.array([[WEST, SOUTH], [EAST, NORTH]]))
    unit = (WIDTH - 2 * MARGIN) / (high[0] - low[0])
    height = round((high[1] - low[1]) * unit + 2 * MARGIN, 1)

    def place(xy: Points) -> Points:
        x, y = np.asarray(xy, float).reshape(-1, 2).T
        return np.column_stack([MARGIN + (x - low[0]) * unit, MARGIN + (high[1] - y) * unit])

    return place, height


def unplace() -> tuple[tuple[float, float], float]:
    """Return the Web Mercator metres of the drawing's north-west corner, and those of one unit."""
    place, _height = frame()
    (x0, y0), (x1, _y1) = place(np.array([[0.0, 0.0], [1e6, 0.0]]))
    unit_m = round(1e6 / (x1 - x0), 3)
    return (round(-x0 * unit_m, 1), round(y0 * unit_m, 1)), unit_m


def drawn(features: list[Feature], place: Callable[[Points], Points], inset: Inset | None) -> list[shapely.Geometry]:
    """Return the shapes in units of the drawing, simplified together so that neighbours keep one common line."""

    def move(lonlat: Points) -> Points:
        xy = mercator(lonlat)
        return place(inset.move(xy) if inset else xy)

    shapes = [shapely.transform(feature.shape, move) for feature in features]
    shapes = list(shapely.coverage_simplify(shapes, TOLERANCE))
    return [_without_specks(shape) for shape in shapes]


def _without_specks(shape: shapely.Geometry) -> shapely.Geometry:
    parts = sorted(getattr(shape, "geoms", [shape]), key=lambda part: -part.area)
    return shapely.MultiPolygon([part for k, part in enumerate(parts) if k == 0 or part.area > SPECK])


def path(lines: list[Points], *, close: bool, decimals: int = 1) -> str:
    """Return path data of lines, relative, with that many decimals."""
    data = []
    for line in lines:
        whole = np.round(np.asarray(line) * 10**decimals).astype(int)
        if close:
            whole = whole[:-1]
        steps = np.diff(whole, axis=0)
        steps = steps[np.any(steps != 0, axis=1)]
        start, rest = _pair(whole[0], decimals), _pairs(steps, decimals)
        data.append("M" + start + ("l" if len(steps) else "") + rest + ("z" if close else ""))
    return "".join(data)


def _pair(xy: Any, decimals: int) -> str:
    first, second = (_decimal(int(value), decimals) for value in xy)
    return first + (second if second.startswith("-") else " " + second)


def _pairs(steps: Any, decimals: int) -> str:
    text = ""
    for step in steps:
        pair = _pair(step, decimals)
        text += pair if not text or pair.startswith("-") else " " + pair
    return text


def _decimal(value: int, decimals: int) -> str:
    text = f"{value / 10**decimals:.{decimals}f}".rstrip("0").removesuffix(".")
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def polygon_path(shape: shapely.Geometry, decimals: int = 1) -> str:
    """Return path data of a polygon's rings."""
    rings = [np.asarray(ring.coords) for part in shape.geoms for ring in (part.exterior, *part.interiors)]
    return path(rings, close=True, decimals=decimals)


def label(shape: shapely.Geometry) -> list[float]:
    """Return x, y and the half width of the widest label that fits in the shape there, in units of the drawing."""
    largest = max(shape.geoms, key=lambda part: part.area)
    stretched = shapely.transform(largest, lambda xy: xy * [1, FLAT])
    circle = shapely.maximum_inscribed_circle(stretched, 0.2)
    (x, y), _ = circle.coords
    return [round(x, 1), round(y / FLAT, 1), round(circle.length * 0.8, 1)]


def borders(shapes: list[shapely.Geometry], groups: list[str]) -> str:
    """Return path data of the lines between neighbours of different groups."""
    tree = shapely.STRtree(shapes)
    lines = []
    for k, shape in enumerate(shapes):
        for other in sorted(tree.query(shape)):
            if other > k and groups[other] != groups[k]:
                common = shapely.get_parts(shapely.intersection(shape.boundary, shapes[other].boundary))
                lines += [part for part in common if part.length]
    merged = shapely.line_merge(shapely.MultiLineString(lines))
    return path([np.asarray(line.coords) for line in getattr(merged, "geoms", [merged])], close=False)


def layer(name: str, insets: list[Inset]) -> tuple[str, dict[str, list[float]]]:
    """Return a layer's SVG and its labels: x, y, half width of the room, by code."""
    place, height = frame()
    features = read_features(DATA / f"{LAYERS[name]}.geojson")
    letter = "d" if name == "departement" else "r"
    code_of = {feature.id: OVERSEAS.get(feature.id, "") if letter == "r" else feature.id for feature in features}
    moved = {code: inset for inset in insets if inset.code != "IDF" for code in inset.departements}

    home = [feature for feature in features if code_of[feature.id] not in moved]
    shapes = dict(zip((letter + feature.id for feature in home), drawn(home, place, None), strict=True))
    for feature in features:
        if (inset := moved.get(code_of[feature.id])) is not None:
            shapes[letter + feature.id] = drawn([feature], place, inset)[0]

    lines = {}
    if name == "departement":
        ring = next(inset for inset in insets if inset.code == "IDF")
        around = [feature for feature in features if feature.id in ring.departements]
        shapes |= zip(("i" + feature.id for feature in around), drawn(around, place, ring), strict=True)
        metropolitan = [shapes["d" + feature.id] for feature in home]
        for year in ("2014", "2016"):
            groups = [feature.properties[f"region_{year}"] for feature in home]
            lines[f"lines-{year}"] = borders(metropolitan, groups)

    paths = [f'<path id="{key}" d="{polygon_path(shape)}"/>' for key, shape in sorted(shapes.items())]
    paths += [f'<path id="{key}" d="{data}"/>' for key, data in lines.items()]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}"><defs>\n'
        + "\n".join(paths)
        + "\n</defs></svg>\n"
    )
    return svg, {key: label(shape) for key, shape in sorted(shapes.items())}


def main() -> None:
    """Write the drawings and the table of their labels."""
    insets = read_insets()
    place, height = frame()
    corner, across = unplace()
    table: dict[str, Any] = {"width": WIDTH, "height": height, "unit_m": across}
    table |= {"west_m": corner[0], "north_m": corner[1], "insets": {}, "layers": {}}
    for inset in insets:
        (left, bottom), (right, top) = place(inset.frame())
        table["insets"][inset.code] = {
            "x": round(left, 1),
            "y": round(top, 1),
            "width": round(right - left, 1),
            "height": round(bottom - top, 1),
            "factor": inset.zoom,
        }
    for name, file in LAYERS.items():
        svg, labels = layer(name, insets)
        names = {feature.id: feature.properties["nom"] for feature in read_features(DATA / f"{file}.geojson")}
        (ASSETS / f"{file}.svg").write_text(svg, encoding="utf-8")
        table["layers"][name] = {"names": names, "labels": labels}
        print(file, len(svg.encode()))
    write_json(ASSETS / "territories.json", table)


if __name__ == "__main__":
    main()
