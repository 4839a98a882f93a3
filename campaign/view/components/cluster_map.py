"""Places on the country's drawing: groups that part as one comes nearer, and the campaign day by day; drawn by the browser.

assets/cluster-map.js draws it as SVG from the JSON that is written here: no map server, no WebGL, usable with a keyboard.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from html import escape
from typing import Any, Final

import orjson

from campaign.charts import map_places
from campaign.charts.maps import FILES, RING, region_layer, territories
from campaign.charts.outlines import FINE, around, fine_outlines, outlines
from campaign.core.language import _, ngettext
from campaign.drawings.places import members
from campaign.filters import Filters, urls
from campaign.store import Answer
from campaign.view.components.place_map import drawn_at, in_drawing
from campaign.wording.dates import day_name
from campaign.wording.numbers import number

PLACE: Final = "__PLACE__"
MARGIN: Final = 0.08  # of a territory's width and height, beside it
NEARNESS: Final = {3.5: 1.0, 4.3: 1.9, 5.4: 3.4}  # zoom of the drawing, by the zoom that a town's name is made for


def html(
    chosen: Filters,
    places: list[dict[str, Any]],
    *,
    label: str,
    days: Answer | None = None,
    local: Mapping[str, str | None] | None = None,
    page: str = "agenda",
    selected: str | None = None,
) -> str:
    """Return the map of places (rows of event_places, or of départements whose `commune_code` is D and their code).

    A place leads to its events in the agenda, with the same filters and `local`; on the page of the map to those that are
    listed beside it. `selected` is the place whose events are. `days` are rows of place_days.
    """
    parameters = dict(local or {})
    table = territories()
    sorted_places = sorted(places, key=lambda row: -row["n_events"])
    index = {row["place"]: position for position, row in enumerate(sorted_places)}
    names = table["layers"]["departement"]["names"]
    template = (
        urls.link("map", chosen, **{**parameters, "place": PLACE})
        if page == "map"
        else urls.link("agenda", chosen.replace(communes=(PLACE,)), **parameters)
    )
    data = {
        "width": table["width"],
        "height": table["height"],
        "drawing": FILES["departement"],
        "fine": FINE,
        "lines": f"lines-{chosen.nomenclature}",
        "shapes": [f"d{code}" for code in names],
        "boxes": [
            {side: box[side] for side in ("x", "y", "width", "height")} | {"name": names[code], "factor": _factor(box)}
            for code, box in table["insets"].items()
            if code in names
        ],
        "href": template,
        "opening": opening(chosen),
        "towns": towns(),
        "selected": selected,
        "places": [_place(chosen, row, parameters, page) for row in sorted_places],
        "days": _days(days, index) if days is not None else None,
        "words": _words(),
    }
    json = escape(orjson.dumps(data).decode())
    return f'<div class="cluster-map" data-label="{escape(label)}" data-map="{json}"></div>'


def opening(chosen: Filters) -> list[float] | None:
    """Return x, y, width and height of what the map opens on, None for all of the drawing."""
    if not chosen.regions and not chosen.departements:
        return None
    if chosen.departements:
        paths = [outlines("departement")[f"d{code}"] for code in chosen.departements]
    else:
        paths = [outlines(region_layer(chosen.nomenclature))[f"r{code}"] for code in chosen.regions]
    # the finer outlines, which are drawn from near, reach beyond the others: woods of Paris, small islands
    fine = fine_outlines()
    box = around([*paths, *(fine[f"d{code}"] for code in members(chosen) if f"d{code}" in fine)])
    beside, above = MARGIN * box.width, MARGIN * box.height
    return [round(n, 2) for n in (box.x - beside, box.y - above, box.width + 2 * beside, box.height + 2 * above)]


@cache
def towns() -> list[list[Any]]:
    """Return x, y, name, and how near the map must be for the town to be named, the largest towns first."""
    return [
        [*(round(n, 1) for n in in_drawing(*town["at"])), town["text"], NEARNESS[town["zoom"]]]
        for town in map_places.towns()
        if town["zoom"] in NEARNESS
    ]


def _factor(box: Mapping[str, float]) -> str:
    """Return how much larger than the country an inset is drawn."""
    return f"×{number(box['factor'], 1 if box['factor'] >= 1 else 2)}"


def _place(chosen: Filters, row: Mapping[str, Any], local: Mapping[str, str | None], page: str) -> list[Any]:
    """Return x, y, number, name, and where it leads if that is not the template's: place and its code otherwise."""
    code = row["departement_code"]
    x, y = drawn_at(row["lon"], row["lat"], None if code in RING else code)
    place = str(row["place"])
    href = None
    if place.startswith("D"):
        href = urls.link(page, chosen.replace(departements=(place[1:],)), **local)
    elif "," in place:
        href = urls.link("map", chosen, **({**local, "place": place} if page == "map" else {"place": place}))
    return [round(x, 2), round(y, 2), row["n_events"], row["commune"] or _("Lieu hors des communes"), href, place]


def _days(answer: Answer, index: Mapping[str, int]) -> dict[str, Any]:
    """Return each day from the first to the last, and rows of place (-1: none), day, events, and those not seen before."""
    days: list[date] = answer.column("day")
    if not days:
        return {"labels": [], "totals": [], "rows": []}
    first = min(days)
    every = [first + timedelta(days=n) for n in range((max(days) - first).days + 1)]
    totals = [[0, 0] for _day in every]
    rows = []
    for place, day, n_events, n_first in answer.values:
        at = (day - first).days
        totals[at][0] += n_events
        totals[at][1] += n_first
        rows.append([index.get(place, -1), at, n_events, n_first])
    return {"labels": [day_name(day, with_weekday=True) for day in every], "totals": totals, "rows": rows}


def _words() -> dict[str, str]:
    return {
        "one": ngettext("événement", "événements", 1),
        "many": ngettext("événement", "événements", 2),
        "colon": _(" : "),
        "group": _(
            "{counted} dans {places} lieux autour de {name} ; agrandir",
            counted="{counted}",
            places="{places}",
            name="{name}",
        ),
        "nearer": _("Agrandir"),
        "farther": _("Réduire"),
        "whole": _("Toute la France"),
        "play": _("▶ Rejouer"),
        "pause": _("❚❚ Pause"),
        "before": _("Jour précédent"),
        "after": _("Jour suivant"),
        "day": _("Jour"),
        "cumulative": _("cumulé"),
        "until": _("Jusqu'au {day} : {counted}", day="{day}", counted="{counted}"),
        "on": _("Le {day} : {counted}", day="{day}", counted="{counted}"),
        "drawn": _(", dont {n} sur la carte", n="{n}"),
        "placed": _("{counted} sur la carte", counted="{counted}"),
    }
