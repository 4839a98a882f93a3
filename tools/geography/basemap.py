"""The base map: MapLibre styles and the GeoJSON that they draw, all served from /assets.

    python -m tools.geography.basemap SRC

SRC holds world-atlas-2.0.2.tgz (Natural Earth, public domain). Writes assets/base/*.geojson and the styles
assets/base.json, base-2016.json, base-plain.json, each with its -dark copy: with the regions of 2014, with those of
2016, or with neither regions nor towns.
"""

import json
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet
import shapely

from tools.geography.drawings import LAYERS, OVERSEAS
from tools.geography.shapes import (
    ASSETS,
    ATTRIBUTION,
    DATA,
    EARTH_RADIUS_M,
    Feature,
    Geometry,
    Inset,
    mercator,
    read_features,
    read_insets,
    unmercator,
    write_features,
    write_json,
)

EUROPE = shapely.box(-25, 33, 35, 62)  # drawn finely; the rest of the world only says where overseas is
BORDER = 0.12  # degrees that neighbours reach under France, so that no sea shows between the two sources
FINE, COARSE = 0.02, 0.15

COLOURS = {
    "base": {
        "sea": "#EAF0F3", "land": "#F5F3EE", "neighbour": "#F0F1EF", "border": "#DFE2E1", "departement": "#D5D1C7",
        "region": "#A39E92", "coast": "#B9BEC0", "box": "#8A939C", "name": "#55606E",
    },
    "base-dark": {
        "sea": "#0D1116", "land": "#1F262F", "neighbour": "#141920", "border": "#1D232B", "departement": "#303843",
        "region": "#596473", "coast": "#3F4955", "box": "#7C8693", "name": "#A9B1BC",
    },
}  # fmt: skip

# Names of towns: from this zoom on, those of so many inhabitants and at least so many km from any other shown.
TIERS = [(3.5, 90_000, 95.0), (5.4, 20_000, 60.0), (6.6, 8_000, 27.0), (8.0, 3_000, 11.0), (9.4, 3_000, 6.0)]
OPENING_ZOOM = 4.7
# Of the first ones, those that a telephone's opening view names too; the others appear at a wider drawing's.
TELEPHONE = ("Paris", "Marseille", "Lyon", "Toulouse", "Nantes", "Bordeaux", "Lille")
WIDER_ZOOM = 4.3
LETTERS = "place-names"


def decoded(atlas: dict[str, Any], name: str) -> Iterator[tuple[str, Geometry]]:
    """Yield name and shape, in degrees, of a TopoJSON object's geometries."""
    scale, shift = np.array(atlas["transform"]["scale"]), np.array(atlas["transform"]["translate"])
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in atlas["arcs"]]

    def ring(indices: list[int]) -> np.ndarray:
        pieces = [arcs[k] if k >= 0 else arcs[~k][::-1] for k in indices]
        return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])

    for row in atlas["objects"][name]["geometries"]:
        polygons = row["arcs"] if row["type"] == "MultiPolygon" else [row["arcs"]]
        rings = [[ring(indices) for indices in polygon] for polygon in polygons]
        parts = [
            shapely.Polygon(outer, [hole for hole in holes if len(hole) > 3])
            for outer, *holes in rings
            if len(outer) > 3
        ]
        yield row.get("properties", {}).get("name", ""), shapely.union_all(shapely.make_valid(parts))


def neighbours(package: Path) -> list[Feature]:
    """Return the countries around: fine in Europe without France, coarse elsewhere."""
    with tarfile.open(package) as archive:
        fine, coarse = (
            json.loads(archive.extractfile(f"package/countries-{scale}.json").read())  # type: ignore[union-attr]
            for scale in ("10m", "110m")
        )
    europe = {name: shape.intersection(EUROPE) for name, shape in decoded(fine, "countries")}
    europe = {name: shape for name, shape in europe.items() if not shape.is_empty}
    france = europe.pop("France")
    features = []
    for name, shape in sorted(europe.items()):
        under = shape.buffer(BORDER).intersection(france) if shape.distance(france) < BORDER else shapely.Polygon()
        drawn = shapely.union_all([shape, under]).simplify(FINE)
        features.append(Feature(name, {}, polygons(drawn)))
    for name, shape in sorted(decoded(coarse, "countries")):
        drawn = shape.difference(EUROPE).simplify(COARSE)
        if not polygons(drawn).is_empty:
            features.append(Feature(f"{name} ", {}, polygons(drawn)))
    return features


def polygons(shape: Geometry) -> Geometry:
    """Return the areas of a shape, without its lines and points, nor specks."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > 0.004]
    return shapely.MultiPolygon(parts)


def towns() -> list[Feature]:
    """Return the communes whose names are written, largest first, each with the zoom at which it appears."""
    columns = ["code", "nom", "type", "lat", "lon", "population"]
    rows = pyarrow.parquet.read_table(DATA / "communes_2014.parquet", columns=columns).to_pylist()
    rows = [row for row in rows if row["type"] == "commune" and row["population"]]
    rows.sort(key=lambda row: (-row["population"], row["code"]))
    lonlat = np.array([[row["lon"], row["lat"]] for row in rows], float)
    zoom_of: dict[int, float] = {}
    boxes: list[Geometry] = []
    for zoom, inhabitants, apart_km in TIERS:
        for k, row in enumerate(rows):
            if k in zoom_of or row["population"] < inhabitants:
                continue
            chosen = list(zoom_of)
            near = _km(lonlat[k], lonlat[chosen]) if chosen else np.array([np.inf])
            if near.min() < apart_km or set(row["nom"]) & set("œŒ"):
                continue
            if zoom == TIERS[0][0]:
                box = opening_label(row["nom"], lonlat[k])
                if any(box.intersects(other) for other in boxes):
                    continue
                boxes.append(box)
            zoom_of[k] = zoom if zoom != TIERS[0][0] or row["nom"] in TELEPHONE else WIDER_ZOOM
    return [
        Feature("", {"name": rows[k]["nom"], "zoom": zoom}, shapely.Point(*lonlat[k].round(3)))
        for k, zoom in zoom_of.items()
    ]


def opening_label(name: str, lonlat: np.ndarray) -> Geometry:
    """Return the box, in pixels of the opening view, of a name written to the right of its town."""
    pixel_m = 2 * np.pi * EARTH_RADIUS_M / 512 / 2**OPENING_ZOOM
    x, y = mercator(lonlat)[0] / pixel_m
    return shapely.box(x, y - 9, x + 12 + 6.2 * len(name), y + 9)


def _km(point: np.ndarray, others: np.ndarray) -> np.ndarray:
    shrink = np.cos(np.radians(point[1]))
    return 111.3 * np.hypot((others[:, 0] - point[0]) * shrink, others[:, 1] - point[1])


def inset_boxes() -> list[Feature]:
    """Return the insets' frames."""
    return [Feature(inset.code, {}, shapely.box(*inset.box)) for inset in read_insets()]


def inset_lines(year: str) -> list[Feature]:
    """Return the lines between regions of a nomenclature, and the coasts of the insets' territories."""
    regions = read_features(DATA / f"regions_{year}.geojson")
    outlines = [Feature(feature.id, {}, feature.shape.boundary) for feature in regions]
    moved = []
    for inset in read_insets():
        shapes = [f.shape for f in read_features(DATA / "departements.geojson") if f.id in inset.departements]
        moved.append(Feature(inset.code, {}, in_inset(shapely.union_all(shapes).boundary, inset)))
    return outlines + moved


def areas(layer: str) -> list[Feature]:
    """Return a layer's territories with those of its insets, as two features each; `index` is the rank of the code."""
    features = read_features(DATA / f"{LAYERS[layer]}.geojson")
    departements, insets = read_features(DATA / "departements.geojson"), read_insets()
    order = sorted(feature.id for feature in features)
    out = []
    for feature in features:
        properties = {"code": feature.id, "name": feature.properties["nom"], "index": order.index(feature.id)}
        out.append(Feature("", properties, feature.shape))
        at = feature.id if layer == "departement" else OVERSEAS.get(feature.id)
        out += [Feature("", properties, in_inset(feature.shape, inset)) for inset in insets if at in inset.departements]
        if layer != "departement" and feature.properties["nom"] == "Île-de-France":
            ring = shapely.union_all([small.shape for small in departements if small.id in insets[-1].departements])
            out.append(Feature("", properties, in_inset(ring, insets[-1])))
    return out


def in_inset(shape: Geometry, inset: Inset) -> Geometry:
    """Return a shape in degrees as an inset shows it, in degrees."""
    return shapely.transform(shape, lambda lonlat: unmercator(inset.move(mercator(lonlat))))


def style(colours: dict[str, str], year: str | None) -> dict[str, Any]:
    """Return a MapLibre style with the regions of a year, or without regions and towns if none is given."""

    def source(name: str) -> dict[str, str]:
        return {"type": "geojson", "data": f"/assets/base/{name}.geojson"}

    def fill(name: str, source_name: str, colour: str) -> dict[str, Any]:
        return {"id": name, "type": "fill", "source": source_name, "paint": {"fill-color": colours[colour]}}

    def line(name: str, source_name: str, colour: str, low: float, high: float) -> dict[str, Any]:
        width = ["interpolate", ["linear"], ["zoom"], 4, low, 10, high]
        paint = {"line-color": colours[colour], "line-width": width}
        return {"id": name, "type": "line", "source": source_name, "layout": {"line-join": "round"}, "paint": paint}

    names = {
        "id": "towns",
        "type": "symbol",
        "source": "towns",
        "filter": [">=", ["zoom"], ["get", "zoom"]],
        "layout": {
            "text-field": ["get", "name"],
            "text-font": [LETTERS],
            "text-size": ["interpolate", ["linear"], ["zoom"], 4, 12, 10, 14],
            "text-variable-anchor": ["left", "right", "top", "bottom"],
            "text-radial-offset": 0.7,
            "text-justify": "auto",
            "text-padding": 4,
        },
        "paint": {
            "text-color": colours["name"],
            "text-halo-color": colours["land"],
            "text-halo-width": 1.4,
            # The very first are written by the map of points, over its circles: here they only keep their place.
            "text-opacity": ["case", ["==", ["get", "zoom"], TIERS[0][0]], 0, 1],
        },
    }
    over = [line("regions", "regions", "region", 0.8, 2.0), names] if year else []
    sources = {name: source(name) for name in ("neighbours", "france", "insets", "boxes")}
    if year:
        sources |= {"towns": source("towns"), "regions": source(f"regions_{year}")}
    return {
        "version": 8,
        "name": "Mois de l'ESS",
        "glyphs": "/assets/glyphs/{fontstack}/{range}.pbf",
        "sources": sources,
        "layers": [
            {"id": "sea", "type": "background", "paint": {"background-color": colours["sea"]}},
            fill("neighbours", "neighbours", "neighbour"),
            line("borders", "neighbours", "border", 0.6, 1.2),
            fill("land", "france", "land"),
            fill("boxes", "boxes", "sea"),
            fill("insets", "insets", "land"),
            line("departements", "france", "departement", 0.4, 1.0),
            line("inset-departements", "insets", "departement", 0.4, 1.0),
            line("frames", "boxes", "box", 0.8, 0.8),
            *over,
        ],
    }


def main() -> None:
    """Write the sources and the styles."""
    base = ASSETS / "base"
    package = sorted(Path(sys.argv[1]).glob("world-atlas-*.tgz"))[-1]
    write_features(base / "neighbours.geojson", neighbours(package), digits=3, attribution="Natural Earth")
    bare = [Feature(f.id, {}, f.shape) for f in read_features(DATA / "departements.geojson")]
    write_features(base / "france.geojson", bare, attribution=ATTRIBUTION)
    insets = [
        Feature(f.id, {}, f.shape)
        for f in read_features(DATA / "departements_encarts.geojson")
        if "inset" in f.properties
    ]
    write_features(base / "insets.geojson", insets, digits=5, attribution=ATTRIBUTION)
    write_features(base / "boxes.geojson", inset_boxes())
    write_features(base / "towns.geojson", towns(), attribution="INSEE")
    for year in ("2014", "2016"):
        write_features(base / f"regions_{year}.geojson", inset_lines(year), attribution=ATTRIBUTION)
    for layer in LAYERS:
        write_features(base / f"{layer}_areas.geojson", areas(layer), attribution=ATTRIBUTION)
    for name, colours in COLOURS.items():
        suffix = name.removeprefix("base")
        write_json(ASSETS / f"base{suffix}.json", style(colours, "2014"))
        write_json(ASSETS / f"base-2016{suffix}.json", style(colours, "2016"))
        write_json(ASSETS / f"base-plain{suffix}.json", style(colours, None))
    for path in sorted(base.iterdir()):
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
