"""Simplification of neighbouring areas as one coverage: they keep sharing their lines exactly."""

import math

import numpy as np
import shapely

from tools.geography.shapes import Geometry, Points

GRID = 1e-4  # precision of the files: 4 decimals of a degree, about 11 m
GAP, CRUMB = (
    5e-4,
    4e-5,
)  # square degrees: a closed gap of less than 4 km² (Llívia has 12.8), a crumb of 0.35

DEGREE_LON_M, DEGREE_LAT_M = 111320.0, 110574.0
MIDDLE_LAT = 46.226  # of metropolitan France
LENS_M, LENS = 40000.0, 2.5
PARIS = np.array([2.345 * DEGREE_LON_M * math.cos(math.radians(MIDDLE_LAT)), 48.857 * DEGREE_LAT_M])


def lens(xy: Points) -> Points:
    """Blow the surroundings of Paris up, so that they keep more points."""
    away = xy - PARIS
    distance = np.hypot(away[:, 0], away[:, 1])
    return PARIS + away * (1 + (LENS - 1) * np.exp(-((distance / LENS_M) ** 2)))[:, None]


def unlens(xy: Points) -> Points:
    """Undo `lens`, by bisection on the distance, along which it is monotone."""
    away = xy - PARIS
    distance = np.hypot(away[:, 0], away[:, 1])
    low, high = np.zeros_like(distance), distance.copy()
    for _ in range(60):
        middle = (low + high) / 2
        reached = middle * (1 + (LENS - 1) * np.exp(-((middle / LENS_M) ** 2)))
        low, high = np.where(reached < distance, middle, low), np.where(reached < distance, high, middle)
    middle = (low + high) / 2
    return PARIS + away * np.divide(middle, distance, out=np.ones_like(distance), where=distance > 0)[:, None]


def snap(shapes: list[Geometry]) -> list[Geometry]:
    """Return a coverage on the grid: its lines are noded there and its faces built anew."""
    lines = shapely.unary_union([shape.boundary for shape in shapes], grid_size=GRID)
    faces = list(shapely.get_parts(shapely.polygonize(shapely.get_parts(lines))))
    tree = shapely.STRtree(shapes)
    parts: list[list[Geometry]] = [[] for _ in shapes]
    for face in faces:
        owners = tree.query(face.representative_point(), predicate="within")
        if face.area < (CRUMB if len(owners) else GAP):  # goes to the neighbour with the longest border, if it has one
            edge = face.boundary.buffer(GRID / 2)
            best = max(
                ((shapes[k].difference(face).intersection(edge).area, k) for k in tree.query(face)), default=(0, None)
            )
            if best[0] > 0:
                owners = [best[1]]
        if len(owners):
            parts[int(owners[0])].append(face)
    return [shapely.transform(shapely.coverage_union_all(part), lambda xy: np.round(xy, 4)) for part in parts]


def simplify(
    shapes: list[Geometry], tolerance_m: float, islet_km2: float, *, with_lens: bool = False
) -> list[Geometry]:
    """Return a coverage in degrees, simplified in one pass that keeps its topology.

    It is snapped to the grid first, and only points of the grid are kept, so that no rounding comes after: what is
    valid in the scaled plane is valid in degrees. Exterior rings run clockwise, which plotly's geo subplot needs.
    """
    snapped = np.array([_without_islets(shape, islet_km2) for shape in snap(shapes)], dtype=object)
    middle = float(np.mean(shapely.total_bounds(snapped)[[1, 3]]))
    metres = np.array([DEGREE_LON_M * math.cos(math.radians(middle)), DEGREE_LAT_M])

    def forward(xy: Points) -> Points:
        return lens(xy * metres) if with_lens else xy * metres

    def backward(xy: Points) -> Points:
        return np.round((unlens(xy) if with_lens else xy) / metres, 4)

    simple = shapely.transform(shapely.coverage_simplify(shapely.transform(snapped, forward), tolerance_m), backward)
    if not (shapely.is_valid(simple).all() and shapely.coverage_is_valid(simple)):
        simple = snap(list(shapely.make_valid(simple)))  # the lens is not affine: mend the rare crossing edge
    out = []
    for shape in simple:
        parts = sorted(getattr(shape, "geoms", [shape]), key=lambda part: -part.area)
        whole = shapely.MultiPolygon(parts) if len(parts) > 1 else parts[0]
        out.append(shapely.orient_polygons(whole, exterior_cw=True))
    return out


def _without_islets(shape: Geometry, islet_km2: float) -> Geometry:
    parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
    return shapely.MultiPolygon([part for k, part in enumerate(parts) if k == 0 or part.area > islet_km2 * 1.2e-4])
