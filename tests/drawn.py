"""What is written on a drawing and where: text boxes and bars read back from its SVG, in pixels of the picture."""

import math
import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple
from xml.etree import ElementTree

from campaign.charts import svg

NAMESPACE = "{http://www.w3.org/2000/svg}"
ASCENT, DESCENT = 0.70, 0.14  # of letters and figures, as parts of their size

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


class Text(NamedTuple):
    """A line of text with its edges, and the size of its letters."""

    words: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


class Bar(NamedTuple):
    """A filled rectangle with its edges."""

    left: float
    top: float
    right: float
    bottom: float
    fill: str


def elements(document: str) -> Iterator[tuple[ElementTree.Element, Matrix]]:
    """Yield every element with the transformation that it is under."""

    def inside(element: ElementTree.Element, outer: Matrix) -> Iterator[tuple[ElementTree.Element, Matrix]]:
        if element.tag in (f"{NAMESPACE}defs", f"{NAMESPACE}desc"):
            return
        matrix = _times(outer, _matrix(element.get("transform") or ""))
        yield element, matrix
        for child in element:
            yield from inside(child, matrix)

    return inside(ElementTree.fromstring(document), IDENTITY)  # noqa: S314  our own drawing


def texts(document: str) -> list[Text]:
    """Return the lines of text; the halos behind them are not read twice."""
    lines = []
    for element, matrix in elements(document):
        if element.tag != f"{NAMESPACE}text" or element.get("aria-hidden") or not (element.text or "").strip():
            continue
        words, size = str(element.text), float(element.get("font-size", "0"))
        wide = svg.measure(words, size, int(element.get("font-weight", "400")))
        x = float(element.get("x", "0")) - wide * {"middle": 0.5, "end": 1.0}.get(element.get("text-anchor", ""), 0.0)
        y = float(element.get("y", "0"))
        corners = [_at(matrix, u, v) for u in (x, x + wide) for v in (y - size * ASCENT, y + size * DESCENT)]
        lines.append(Text(words, *_edges(corners), size * math.hypot(matrix[0], matrix[1])))
    return lines


def bars(document: str) -> list[Bar]:
    """Return the filled rectangles."""
    rectangles = []
    for element, matrix in elements(document):
        if element.tag != f"{NAMESPACE}rect" or element.get("fill") in (None, "none", "transparent"):
            continue
        x, y, wide, high = (float(element.get(name, "0")) for name in ("x", "y", "width", "height"))
        corners = [_at(matrix, u, v) for u in (x, x + wide) for v in (y, y + high)]
        rectangles.append(Bar(*_edges(corners), str(element.get("fill"))))
    return rectangles


def size_of(document: str) -> tuple[float, float]:
    """Return the width and height of the picture."""
    root = ElementTree.fromstring(document)  # noqa: S314  our own drawing
    _x, _y, width, height = map(float, root.get("viewBox", f"0 0 {root.get('width')} {root.get('height')}").split())
    return width, height


def svgs(html: str) -> list[str]:
    """Return the drawings of a page, or of a part of one."""
    return re.findall(r"<svg [^>]*class=\"chart.*?</svg>", html, flags=re.DOTALL)


def overlap(one: Text | Bar, other: Text | Bar, slack: float = 0.5) -> bool:
    """Whether two boxes cover each other by more than `slack` pixels."""
    return (
        min(one.right, other.right) - max(one.left, other.left) > slack
        and min(one.bottom, other.bottom) - max(one.top, other.top) > slack
    )


def faults(document: str) -> list[str]:
    """Return what is wrong with the words of a picture: outside it, one over another, or too small to be read."""
    width, height = size_of(document)
    sentences, every = [], texts(document)
    for text in every:
        if text.left < -0.5 or text.top < -0.5 or text.right > width + 0.5 or text.bottom > height + 0.5:
            sentences.append(f"« {text.words} » leaves the picture")
    sentences += [
        f"« {one.words} » over « {other.words} »" for one, other in combinations(every, 2) if overlap(one, other)
    ]
    return sentences


def _edges(corners: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _times(outer: Matrix, inner: Matrix) -> Matrix:
    (a, b, _c, _d, _e, _f), (c, d) = outer, outer[2:4]
    p, q, r, s, u, v = inner
    return (a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, *_at(outer, u, v))


def _matrix(transform: str) -> Matrix:
    matrix = IDENTITY
    for kind, given in re.findall(r"(\w+)\(([^)]*)\)", transform):
        numbers = [float(number) for number in re.split(r"[ ,]+", given.strip())]
        if kind == "translate":
            matrix = _times(matrix, (1, 0, 0, 1, numbers[0], numbers[1]))
        elif kind == "scale":
            matrix = _times(matrix, (numbers[0], 0, 0, numbers[-1], 0, 0))
        elif kind == "rotate":
            turn = math.radians(numbers[0])
            matrix = _times(matrix, (math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn), 0, 0))
        else:
            raise ValueError(kind)
    return matrix
