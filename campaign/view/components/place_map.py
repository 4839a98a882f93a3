"""Where an event is, drawn: its département and the towns around, a ring for the place; SVG of our own, no map server."""

import math
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from campaign.charts.map_places import inset_of, mercator, moved
from campaign.charts.maps import FILES, RING, territories
from campaign.core.language import _

WIDE_KM: Final = 110.0  # what the drawing shows, from west to east
HEIGHT: Final = 0.68  # of the width
PIXELS: Final = 380  # as wide as it is drawn, about
LETTERS: Final = 12  # pixels
LETTER: Final = 0.52  # width of a letter, as a part of its size
MOST_TOWNS: Final = 6


@dataclass(frozen=True)
class Frame:
    """What part of the country's drawing is shown: left, top, width, height, and one pixel in its units."""

    x: float
    y: float
    width: float
    height: float

    @property
    def pixel(self) -> float:
        """One pixel, in units of the drawing."""
        return self.width / PIXELS

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is shown, not too near the edge."""
        return (
            self.x + 0.03 * self.width < x < self.x + 0.97 * self.width
            and self.y + 0.06 * self.width < y < self.y + self.height - 0.04 * self.width
        )


def drawn_at(lon: float, lat: float, departement: str | None) -> tuple[float, float]:
    """Return where the country's drawing has a point: overseas and the surroundings of Paris in their insets."""
    inset = inset_of(departement)
    if inset is not None:
        lon, lat = moved(lon, lat, inset)
    return in_drawing(lon, lat)


def in_drawing(lon: float, lat: float) -> tuple[float, float]:
    """Return degrees in units of the country's drawing, from its north-west."""
    x, y = mercator(lon, lat)
    table = territories()
    return (x - table["west_m"]) / table["unit_m"], (table["north_m"] - y) / table["unit_m"]


def frame_around(lon: float, lat: float, departement: str | None) -> Frame:
    """Return the part of the drawing around a point; of an inset all of it that fits."""
    x, y = drawn_at(lon, lat, departement)
    table = territories()
    box = table["insets"].get(inset_of(departement) or "")
    if box is not None:
        return Frame(box["x"], box["y"], box["width"], box["height"])
    width = WIDE_KM * 1000 / math.cos(math.radians(lat)) / table["unit_m"]
    return Frame(x - width / 2, y - width * HEIGHT / 2, width, width * HEIGHT)


def shapes(departement: str | None) -> list[str]:
    """Return the shapes to draw, that of the département last, so that its line lies over its neighbours'."""
    if departement in RING:
        return [f"i{code}" for code in sorted(RING, key=lambda code: code == departement)]
    names = sorted(territories()["layers"]["departement"]["names"], key=lambda code: code == departement)
    return [f"d{code}" for code in names]


Box = tuple[float, float, float, float]


def _label(name: str, at: tuple[float, float], frame: Frame) -> Box:
    """Return the room of a town's dot and name: left, top, right, bottom; near the right edge the name stands before it."""
    pixel = frame.pixel
    length = (8 + LETTER * LETTERS * len(name)) * pixel
    at_end = at[0] + length > frame.x + frame.width
    left = at[0] - length if at_end else at[0] - 3 * pixel
    return left, at[1] - 8 * pixel, left + length + 3 * pixel, at[1] + 8 * pixel


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def svg(row: dict[str, Any], towns: list[dict[str, Any]]) -> str:
    """Return the drawing of an event's place; `towns` are rows of towns_around, the largest first."""
    departement = row["departement_code"]
    frame = frame_around(row["lon"], row["lat"], departement)
    x, y = drawn_at(row["lon"], row["lat"], departement)
    areas = "".join(
        f'<use href="{FILES["departement"]}#{shape}" class="locator-area{" here" if shape[1:] == departement else ""}"/>'
        for shape in shapes(departement)
    )
    pixel = frame.pixel
    room = 12 * pixel
    taken = [(x - room, y - room, x + room, y + room)]
    texts = ""
    for town in towns:
        at = drawn_at(town["lon"], town["lat"], departement)
        label = _label(town["name"], at, frame)
        if len(taken) > MOST_TOWNS or not frame.holds(*at) or any(_overlap(label, other) for other in taken):
            continue
        taken.append(label)
        at_end = label[0] < at[0] - 4 * pixel
        texts += (
            f'<circle cx="{at[0]:.2f}" cy="{at[1]:.2f}" r="{2 * pixel:.3f}" class="locator-town"/>'
            f'<text x="{at[0] + (-6 if at_end else 6) * pixel:.2f}" y="{at[1]:.2f}" dy=".35em" '
            f'font-size="{LETTERS * pixel:.3f}" stroke-width="{3 * pixel:.3f}" '
            f'text-anchor="{"end" if at_end else "start"}">{escape(town["name"])}</text>'
        )
    exact = row["place_precision"] == "address"
    ring = f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{(7 if exact else 13) * pixel:.3f}" class="locator-{"point" if exact else "ring"}"/>'
    words = _("Carte : {place}", place=", ".join(part for part in (row["commune"], row["departement"]) if part))
    view = f"{frame.x:.2f} {frame.y:.2f} {frame.width:.2f} {frame.height:.2f}"
    return (
        f'<svg class="locator" viewBox="{view}" role="img" aria-label="{escape(words)}" '
        f'style="--pixel:{pixel:.4f}px" xmlns="http://www.w3.org/2000/svg">{areas}{texts}{ring}</svg>'
    )
