"""The towns that maps name: data/geo/towns.json.

    python -m tools.geography.towns

The largest first, each with the zoom of a web map at which it appears.
"""

import numpy as np
import pyarrow.parquet
import shapely

from tools.geography.shapes import DATA, EARTH_RADIUS_M, Geometry, mercator, write_json

# From this zoom on, those of so many inhabitants and at least so many km from any other shown.
TIERS = [(3.5, 90_000, 95.0), (5.4, 20_000, 60.0)]
OPENING_ZOOM = 4.7
# Of the first ones, those that a telephone's opening view names too; the others appear at a wider drawing's.
TELEPHONE = ("Paris", "Marseille", "Lyon", "Toulouse", "Nantes", "Bordeaux", "Lille")
WIDER_ZOOM = 4.3


def towns() -> list[tuple[float, float, str, float]]:
    """Return longitude, latitude, name and zoom of the communes whose names are written."""
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
            if near.min() < apart_km:
                continue
            if zoom == TIERS[0][0]:
                box = opening_label(row["nom"], lonlat[k])
                if any(box.intersects(other) for other in boxes):
                    continue
                boxes.append(box)
            zoom_of[k] = zoom if zoom != TIERS[0][0] or row["nom"] in TELEPHONE else WIDER_ZOOM
    return [(*(round(float(n), 3) for n in lonlat[k]), rows[k]["nom"], zoom) for k, zoom in zoom_of.items()]


def opening_label(name: str, lonlat: np.ndarray) -> Geometry:
    """Return the box, in pixels of the opening view, of a name written to the right of its town."""
    pixel_m = 2 * np.pi * EARTH_RADIUS_M / 512 / 2**OPENING_ZOOM
    x, y = mercator(lonlat)[0] / pixel_m
    return shapely.box(x, y - 9, x + 12 + 6.2 * len(name), y + 9)


def _km(point: np.ndarray, others: np.ndarray) -> np.ndarray:
    shrink = np.cos(np.radians(point[1]))
    return 111.3 * np.hypot((others[:, 0] - point[0]) * shrink, others[:, 1] - point[1])


def main() -> None:
    """Write the file."""
    write_json(DATA / "towns.json", towns())


if __name__ == "__main__":
    main()
