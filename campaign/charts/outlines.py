"""Outlines of territories, read once from the files that the pages show."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from campaign.charts.maps import FILES, Layer
from campaign.charts.svg import Box
from campaign.core.settings import ROOT

NAMESPACE: Final = "{http://www.w3.org/2000/svg}"
FINE: Final = "/assets/departements-fine.svg"
USE: Final = re.compile(r'<use href="/(assets/[\w-]+\.svg)#([\w-]+)"')
TOKEN: Final = re.compile(r"[MmLlHhVvZz]|-?(?:\d+\.?\d*|\.\d+)")


@cache
def outlines(layer: Layer) -> dict[str, str]:
    """Return the outlines (path data) of a layer by identifier: `r53`, `d35`, `i75`, `lines-2014`."""
    return _paths(ROOT / FILES[layer].lstrip("/"))


@cache
def fine_outlines() -> dict[str, str]:
    """Return finer outlines of the départements (`d35`), in the same frame: for one region or département drawn large."""
    return _paths(ROOT / FINE.lstrip("/"))


@cache
def _paths(file: Path) -> dict[str, str]:
    root = ElementTree.parse(file).getroot()  # noqa: S314  our own file
    return {str(path.get("id")): str(path.get("d")) for path in root.iter(f"{NAMESPACE}path") if path.get("id")}


def use(file: str, key: str, attributes: str) -> str:
    """Return an outline of a file of /assets, which a page's browser keeps; `inlined` writes it into a file."""
    return f'<use href="{file}#{key}" {attributes}/>'


def inlined(document: str) -> str:
    """Return a drawing with its outlines in itself."""
    return USE.sub(lambda match: f'<path d="{_paths(ROOT / match[1])[match[2]]}"', document)


@cache
def frame(path: str) -> tuple[float, float, float, float]:
    """Return the least and greatest x and y of path data made of M, L, H, V and Z, relative or not."""
    xs: list[float] = []
    ys: list[float] = []
    x = y = 0.0
    command = "M"
    tokens = TOKEN.findall(path)
    k = 0
    start = (0.0, 0.0)
    while k < len(tokens):
        if tokens[k].isalpha():
            command = tokens[k]
            k += 1
            if command in "Zz":
                x, y = start
                continue
        absolute = command.isupper()
        match command.upper():
            case "H":
                x = float(tokens[k]) + (0 if absolute else x)
                k += 1
            case "V":
                y = float(tokens[k]) + (0 if absolute else y)
                k += 1
            case _:
                x = float(tokens[k]) + (0 if absolute else x)
                y = float(tokens[k + 1]) + (0 if absolute else y)
                k += 2
                if command in "Mm":
                    start = (x, y)
                    command = "L" if absolute else "l"
        xs.append(x)
        ys.append(y)
    return min(xs), max(xs), min(ys), max(ys)


def around(paths: Iterable[str]) -> Box:
    """Return the box that holds several outlines."""
    frames = [frame(path) for path in paths]
    left, top = min(f[0] for f in frames), min(f[2] for f in frames)
    return Box(left, top, max(f[1] for f in frames) - left, max(f[3] for f in frames) - top)
