"""Map: the places of events as circles whose area follows their number, overseas and around Paris enlarged."""

from collections.abc import Sequence
from math import sqrt
from typing import Any, Final

from campaign import store
from campaign.analysis.figures import Figures
from campaign.charts import map_places, maps, svg
from campaign.charts.choropleth import boxes_of_insets, words_of_insets
from campaign.charts.outlines import around, fine_outlines, outlines
from campaign.charts.svg import Box
from campaign.core.language import _, ngettext
from campaign.drawings.content import Content, subtitled
from campaign.drawings.places import members
from campaign.statements.parts import when
from campaign.wording.labels import capitalised, unit
from campaign.wording.numbers import number
from campaign.wording.territories import commune

MOST_NAMED: Final = 6
LARGEST: Final = 0.9  # radius of the place with the most events, in sizes of letters


def place_map(figures: Figures) -> Content:
    """Map of points, one per commune with located events."""
    chosen = figures.chosen.replace(unit="events")
    places = map_places.places(store.query("event_places", **chosen.params()).rows)
    for place in places:
        place["name"] = commune(place["name"]).name if place["name"] else None
    rows = [(place["place"], place["name"] or place["place"], place["n"]) for place in places]
    n = sum(place["n"] for place in places)
    values = {"place": capitalised(figures.place.inside), "when": when(figures)}
    n_communes = figures.n_communes or 0
    communes = ngettext("{n} commune", "{n} communes", n_communes, n=number(n_communes))
    title = _("{place} {when}, aucun événement situé.", **values)
    if n and (chosen.communes or not n_communes):
        title = ngettext(
            "{place} {when}, {n} événement est situé.",
            "{place} {when}, {n} événements sont situés.",
            n,
            n=number(n),
            **values,
        )
    elif n:
        title = ngettext(
            "{place} {when}, {n} événement est situé dans {communes}.",
            "{place} {when}, {n} événements sont situés dans {communes}.",
            n, n=number(n), communes=communes, **values,
        )  # fmt: skip
    inside = members(chosen)
    subtitle = _("{unit} situés, par commune ; la surface du rond suit leur nombre", unit=capitalised(unit("events")))

    def draw(box: Any, size: float) -> str:
        return drawn(box, size, places, inside, chosen.nomenclature)

    return Content(title, subtitled(figures, subtitle), rows, draw, unit=unit("events"))


def at(place: dict[str, Any], *, is_enlarged: bool) -> list[tuple[float, float]]:
    """Return where a place stands on the drawing: in its inset, but where the surroundings of Paris are drawn large anyway."""
    table = maps.territories()
    is_in_place = is_enlarged and place["departement"] in maps.RING
    inset = None if is_in_place else map_places.inset_of(place["departement"])
    spots = [] if inset else [(place["lon"], place["lat"])]
    if inset:
        spots.append(map_places.moved(place["lon"], place["lat"], inset))
    points = []
    for lon, lat in spots:
        x, y = map_places.mercator(lon, lat)
        points.append(((x - table["west_m"]) / table["unit_m"], (table["north_m"] - y) / table["unit_m"]))
    return points


def drawn(box: Box, size: float, places: list[dict[str, Any]], inside: tuple[str, ...], nomenclature: int) -> str:
    """Return outlines, circles, and the names of the first places."""
    view = Box(0, 0, 640, 488.8)
    enlarged = bool(inside)
    paths = fine_outlines() if enlarged else outlines("departement")
    if enlarged:
        shape = around([paths[f"d{code}"] for code in inside])
        pad = max(shape.width, shape.height) * 0.06
        view = Box(shape.x - pad, shape.y - pad, shape.width + 2 * pad, shape.height + 2 * pad)
    scale = min(box.width / view.width, box.height / view.height)
    left = box.x + (box.width - view.width * scale) / 2
    keys = [key for key in paths if key[0] in "di"] if not enlarged else [f"d{code}" for code in inside]
    areas = "".join(
        f'<path d="{paths[key]}" fill="{svg.GROUND}" stroke="{svg.LINE}" stroke-width="{0.7 / scale:.2f}"/>'
        for key in keys
    )
    if not enlarged:
        lines = f'fill="none" stroke="{svg.CONTEXT}" stroke-width="{1 / scale:.2f}"'
        areas += f'<path d="{paths[f"lines-{nomenclature}"]}" {lines}/>{boxes_of_insets("departement", scale, size)}'
    shift = f"translate({left:.2f} {box.y:.2f}) scale({scale:.4f}) translate({-view.x:.2f} {-view.y:.2f})"
    top = max((place["n"] for place in places), default=1)
    circles: list[str] = []
    texts: list[str] = []
    taken: list[Box] = []
    if not enlarged:
        taken = [
            Box(left + name.x * scale, box.y + name.y * scale, name.width * scale, name.height * scale)
            for _words, name in words_of_insets("departement", scale, size)
        ]
    spots: list[tuple[float, float, float, str]] = []
    for rank, place in enumerate(places):
        radius = max(size * LARGEST * sqrt(place["n"] / top), size * 0.16)
        for x, y in at(place, is_enlarged=bool(inside)):
            cx, cy = left + (x - view.x) * scale, box.y + (y - view.y) * scale
            if not (box.x - 1 <= cx <= box.right + 1 and box.y - 1 <= cy <= box.bottom + 1):
                continue
            rim = f'fill="{svg.ACCENT}" fill-opacity="0.75" stroke="{svg.PAPER}" stroke-width="0.8"'
            circles.append(f'<circle cx="{cx:.1f}" cy="{cy:.1f}" r="{radius:.1f}" {rim}/>')
            if rank < MOST_NAMED and place["name"]:
                spots.append((cx, cy, radius, f"{place['name']}{_(' : ')}{number(place['n'])}"))
    for cx, cy, radius, words in spots:
        label_box = _room(words, size * 0.9, (cx, cy, radius), box, taken)
        if label_box:
            taken.append(label_box)
            texts.append(
                svg.text(label_box.x, label_box.y + label_box.height * 0.8, words, size * 0.9, weight=600, halo=True)
            )
    return f'<g transform="{shift}">{areas}</g>{"".join(circles)}{"".join(texts)}'


def _room(words: str, letters: float, circle: tuple[float, float, float], box: Box, taken: Sequence[Box]) -> Box | None:
    """Return where the name of a circle stands: to its right, left, below or above; None where other names leave no room."""
    x, y, radius = circle
    width, height = svg.measure(words, letters, 600), letters
    gap = letters * 0.25
    tried = (
        Box(x + radius + gap, y - height / 2, width, height),
        Box(x - radius - gap - width, y - height / 2, width, height),
        Box(x - width / 2, y + radius + gap, width, height),
        Box(x - width / 2, y - radius - gap - height, width, height),
    )
    for spot in tried:
        is_inside = spot.x >= box.x and spot.right <= box.right and spot.y >= box.y and spot.bottom <= box.bottom
        if is_inside and not any(svg.overlap(spot, other, gap) for other in taken):
            return spot
    return None
