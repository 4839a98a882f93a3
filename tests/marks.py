"""The marks of a drawing, read back out of its SVG or HTML: bars, words, circles, lines, with where they stand."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser

SVG = "http://www.w3.org/2000/svg"


@dataclass(frozen=True)
class Bar:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: str

    @property
    def middle(self) -> float:
        """Its middle across."""
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width


@dataclass(frozen=True)
class Words:
    """A text: where it begins, is centred or ends (`anchor`), and its baseline."""

    x: float
    y: float
    text: str
    anchor: str


@dataclass(frozen=True)
class Marks:
    """What a drawing holds, in the order in which it is drawn."""

    bars: list[Bar]
    words: list[Words]
    circles: list[tuple[float, float, str]]
    paths: list[tuple[str, str, str]]

    def named(self, text: str) -> Words:
        """Return the only text of these words."""
        matching = [words for words in self.words if words.text == text]
        assert len(matching) == 1, f"{text}: {len(matching)} times among {[w.text for w in self.words]}"
        return matching[0]

    def filled(self, *fills: str) -> list[Bar]:
        """Return the bars of these colours."""
        return [bar for bar in self.bars if bar.fill in fills]


def plain(text: str) -> str:
    """Return a text with one kind of space."""
    return re.sub(r"\s+", " ", text).strip()


def of_svg(drawn: str) -> Marks:
    """Return the marks of a drawing, or of a part of one, without those of patterns."""
    root = ET.fromstring(drawn if drawn.lstrip().startswith("<svg") else f'<svg xmlns="{SVG}">{drawn}</svg>')  # noqa: S314  ours
    patterns = {id(inner) for pattern in root.iter(f"{{{SVG}}}pattern") for inner in pattern.iter()}
    parents = {inner: outer for outer in root.iter() for inner in outer}
    marks = Marks([], [], [], [])
    for node in root.iter():
        if id(node) in patterns:
            continue
        kind, get = node.tag.rpartition("}")[2], node.get
        if kind == "rect" and get("fill") not in ("none", "transparent"):
            place = [float(get(name, "0")) for name in ("x", "y", "width", "height")]
            marks.bars.append(Bar(*place, get("fill", "")))
        elif kind == "text" and get("aria-hidden") is None:  # the rim under a text is the same text
            text, (dx, dy) = plain("".join(node.itertext())), _moved(parents.get(node))
            marks.words.append(
                Words(float(get("x", "0")) + dx, float(get("y", "0")) + dy, text, get("text-anchor", "start"))
            )
        elif kind == "circle":
            marks.circles.append((float(get("cx", "0")), float(get("cy", "0")), get("fill", "")))
        elif kind == "path":
            marks.paths.append((get("d", ""), get("fill", ""), get("stroke", "")))
    return marks


def _moved(group: ET.Element | None) -> tuple[float, float]:
    """Return how far a group moves what is in it: words that run upwards stand in one of their own."""
    shift = re.match(r"translate\((\S+) (\S+)\) rotate", (group.get("transform") or "") if group is not None else "")
    return (float(shift[1]), float(shift[2])) if shift else (0.0, 0.0)


def stairs(path: str) -> list[tuple[float, float]]:
    """Return the points of a staircase "M1 2H3V4H5V6"."""
    start = re.match(r"M([\d.]+) ([\d.]+)", path)
    assert start is not None
    points = [(float(start[1]), float(start[2]))]
    for across, up in re.findall(r"H([\d.]+)V([\d.]+)", path):
        points.append((float(across), float(up)))
    return points


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}, []))

    def handle_data(self, data: str) -> None:
        if self.elements:
            self.elements[-1][2].append(data)


def elements(html: str, tag: str, css: str | None = None) -> list[tuple[dict[str, str], str]]:
    """Return the elements of a tag (and class) in order: attributes, and the text that follows until the next tag."""
    reader = _Elements()
    reader.feed(html)
    return [
        (attributes, plain("".join(text)))
        for name, attributes, text in reader.elements
        if name == tag and (css is None or css in attributes.get("class", "").split())
    ]


def number_in(style: str, name: str) -> float:
    """Return a number of a style: `height:12.3%`, `--part:0.5`."""
    match = re.search(rf"{re.escape(name)}:\s*([\d.]+)", style)
    assert match is not None, style
    return float(match[1])


def in_proportion(lengths: Iterable[float], values: Iterable[float], tolerance: float = 0.02) -> bool:
    """Tell whether lengths are proportional to values: one scale, zero at zero (within a share of the longest, or a pixel)."""
    pairs = list(zip(lengths, values, strict=True))
    longest, largest = max(length for length, _v in pairs), max(value for _l, value in pairs)
    if largest == 0:
        return longest <= 1
    return all(abs(length - longest * value / largest) <= max(longest * tolerance, 1) for length, value in pairs)
