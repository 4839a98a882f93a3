"""Where an event is, drawn: its département and the towns around, a ring for the place; SVG of our own, no map server."""

import math
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from campaign.language import _
from campaign.maps import FILES, RING, territories
from campaign.maps_places import inset_of, mercator, moved

WIDE_KM: Final = 110.0  # what the drawing shows, from west to east
HEIGHT: Final = 0.68  # of the width
PIXELS: Final = 380  # as wide as it is drawn, about
LETTERS: Final = 12  # pixels
MOST_TOWNS: Final = 6


@dataclass(frozen=True)
class Frame:
    """What part of the country's drawing is shown: left, top, width, height, and one pixel in its units."""

    x: float
    y: float
    width: float

    @property
    def height(self) -> float:
        """The height, in units of the drawing."""
        return self.width * HEIGHT

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
    x, y = mercator(lon, lat)
    table = territories()
    return (x - table["west_m"]) / table["unit_m"], (table["north_m"] - y) / table["unit_m"]


def frame_around(lon: float, lat: float, departement: str | None) -> Frame:
    """Return the part of the drawing around a point; of an inset all of it that fits."""
    x, y = drawn_at(lon, lat, departement)
    table = territories()
    box = table["insets"].get(inset_of(departement) or "")
    if box is not None:
        width = float(box["width"])
        return Frame(box["x"], box["y"] + (box["height"] - width * HEIGHT) / 2, width)
    width = WIDE_KM * 1000 / math.cos(math.radians(lat)) / table["unit_m"]
    return Frame(x - width / 2, y - width * HEIGHT / 2, width)


def shapes(departement: str | None) -> list[str]:
    """Return the shapes to draw, that of the département last, so that its line lies over its neighbours'."""
    if departement in RING:
        return [f"i{code}" for code in sorted(RING, key=lambda code: code == departement)]
    names = sorted(territories()["layers"]["departement"]["names"], key=lambda code: code == departement)
    return [f"d{code}" for code in names]


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
    taken = [(x, y)]
    texts = ""
    for town in towns:
        at = drawn_at(town["lon"], town["lat"], departement)
        near = any(abs(at[0] - a) < 70 * pixel and abs(at[1] - b) < 20 * pixel for a, b in taken[1:])
        if len(taken) > MOST_TOWNS or near or not frame.holds(*at) or math.dist(at, (x, y)) < 16 * pixel:
            continue
        taken.append(at)
        at_end = at[0] > frame.x + 0.72 * frame.width
        shift = -6 * pixel if at_end else 6 * pixel
        texts += (
            f'<circle cx="{at[0]:.2f}" cy="{at[1]:.2f}" r="{2 * pixel:.3f}" class="locator-town"/>'
            f'<text x="{at[0] + shift:.2f}" y="{at[1]:.2f}" dy=".35em" font-size="{LETTERS * pixel:.3f}" '
            f'stroke-width="{3 * pixel:.3f}" text-anchor="{"end" if at_end else "start"}">{escape(town["name"])}</text>'
        )
    exact = row["place_precision"] == "address"
    ring = f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{(7 if exact else 13) * pixel:.3f}" class="locator-{"point" if exact else "ring"}"/>'
    words = _("Carte : {place}", place=", ".join(part for part in (row["commune"], row["departement"]) if part))
    view = f"{frame.x:.2f} {frame.y:.2f} {frame.width:.2f} {frame.height:.2f}"
    return (
        f'<svg class="locator" viewBox="{view}" role="img" aria-label="{escape(words)}" '
        f'style="--pixel:{pixel:.4f}px" xmlns="http://www.w3.org/2000/svg">{areas}{texts}{ring}</svg>'
    )
