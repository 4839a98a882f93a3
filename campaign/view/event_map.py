"""The parts of the page of the map: points or territories, and the list beside."""

from datetime import date
from html import escape
from typing import Any

import streamlit as st

from campaign import store
from campaign.analysis import moment, standing
from campaign.analysis.figures import gather
from campaign.charts import density as density_map
from campaign.core.language import _
from campaign.drawings import catalogue
from campaign.filters import MAX_IDS, Filters, codes, urls
from campaign.store import Answer, catalog
from campaign.view.components import cluster_map, drawn, figures
from campaign.view.frame import parameters
from campaign.wording import labels, sentences

MOST_PLACES = 3000  # beyond, places are drawn by département: a click goes into it
MOST_LISTED = 7
DENSITY_WIDTH = 620  # pixels that its map is made for; assets/campaign.css draws it at half that size on a telephone


def switches(chosen: Filters, layer: str, measure: str) -> None:
    """Draw the choice of layer, and of measure where territories are drawn."""
    names = {
        "points": _("Événements"),
        "days": _("Jour par jour"),
        "region": _("Régions"),
        "departement": _("Départements"),
        "density": _("Densité"),
    }
    figures.switch(
        _("Montrer"),
        [
            (names[key], urls.link("map", chosen, layer=key if key != "points" else None), key == layer)
            for key in parameters.LAYERS
        ],
    )
    if layer in ("region", "departement"):
        words = {"count": _("Nombre"), "per_100k": _("Pour 100 000 habitants")}
        figures.switch(
            _("Mesure"),
            [
                (words[key], urls.link("map", chosen, layer=layer, measure=key), key == measure)
                for key in parameters.MEASURES
            ],
        )


def points(chosen: Filters, places: Answer, selected: str | None) -> None:
    """Draw the places in groups; one of them lists its events beside."""
    figure(chosen, places.rows, page="map", selected=selected)


def figure(
    chosen: Filters,
    places: list[dict[str, Any]],
    *,
    days: Answer | None = None,
    local: dict[str, str | None] | None = None,
    page: str = "agenda",
    selected: str | None = None,
) -> None:
    """Draw the one map of places: that of the page of the map and of the agenda."""
    counted = chosen.replace(unit="events")
    drawn_as_file = catalogue.drawing("carte-points", gather(counted))
    inner = cluster_map.html(
        chosen, drawable(places), label=drawn_as_file.title, days=days, local=local, page=page, selected=selected
    )
    figures.drawing(
        drawn_as_file.title,
        drawn_as_file.subtitle,
        inner,
        files=figures.files_html("carte-points", counted, is_enlarged=True),
        name="carte-points",
    )


def drawable(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the places, or of very many the départements."""
    return _by_departement(rows) if len(rows) > MOST_PLACES else rows


def _by_departement(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one place per département, at the mean of its places, for files of very many events."""
    names = catalog.labels("departement")
    grouped: dict[str, dict[str, Any]] = {}
    for row in rows:
        code = row["departement_code"]
        if code is None:
            continue
        sums = grouped.setdefault(
            code,
            {
                "place": f"D{code}",
                "commune_code": f"D{code}",
                "commune": names[code].text,
                "departement_code": code,
                "lat": 0.0,
                "lon": 0.0,
                "n_events": 0,
            },
        )
        sums["lat"] += row["lat"] * row["n_events"]
        sums["lon"] += row["lon"] * row["n_events"]
        sums["n_events"] += row["n_events"]
    for sums in grouped.values():
        sums["lat"] /= sums["n_events"]
        sums["lon"] /= sums["n_events"]
    return [*grouped.values(), *(row for row in rows if row["departement_code"] is None)]


def day_by_day(chosen: Filters, places: Answer) -> None:
    """Draw the places in groups, and the campaign day by day."""
    by_departement = len(places.rows) > MOST_PLACES
    days = store.query("place_days", chosen=chosen.replace(unit="events"), by_departement=by_departement)
    figure(chosen, places.rows, days=days)


def areas(chosen: Filters, layer: str, measure: str) -> None:
    """Draw the territories: all of them, or the départements of the chosen ones drawn large; one leads into itself."""
    is_rate = measure == "per_100k"
    local = {"measure": measure if is_rate else None}
    is_near = bool(chosen.regions or chosen.departements)
    if layer == "region" and not is_near:
        hrefs = {
            code: urls.link("map", chosen.replace(regions=(code,)), layer="region", **local)
            for code in codes().regions[chosen.nomenclature]
        }
    else:
        hrefs = {
            code: urls.link("map", chosen.replace(departements=(code,)), layer="departement", **local)
            for code in catalog.labels("departement")
        }
    name = "carte" if layer == "region" or is_near else "carte-departements"
    drawn.drawing(f"{name}-taux" if is_rate else name, chosen, hrefs=hrefs)


def density(places: Answer) -> None:
    """Draw how close together events are; WebGL, which only this layer loads."""
    words = _("Où les événements se concentrent : plus c'est soutenu, plus il y en a les uns près des autres.")
    with st.container(key="density"):
        st.pydeck_chart(
            density_map.density_deck(places.rows, dark=st.context.theme.type == "dark", width=DENSITY_WIDTH),
            key="map_density",
            height=density_map.height_of(DENSITY_WIDTH),
            alt=words,
        )
    figures.note(words)


def under(totals: dict[str, Any]) -> None:
    """Say under the map how many events it shows, where there are some that it cannot."""
    if not totals["online"] + totals["unlocated"]:
        return
    figures.note(
        _(
            "{placed}. Les événements en ligne et sans lieu ne sont pas sur la carte ; ils sont dans la liste et dans les totaux.",
            placed=labels.capitalised(sentences.placement(totals["located"], totals["online"], totals["unlocated"])),
        )
    )


def place_name(place: str | None, places: Answer) -> str | None:
    """Return the name of the chosen place if it is on the map."""
    for row in places.rows:
        if row["place"] == place:
            return str(row["commune"] or place)
    return None


def at_place(chosen: Filters, place: str) -> list[Filters]:
    """Return the choice cut to a place of the map: a commune; or a point outside of them, by its events in parts."""
    if "," not in place:
        return [chosen.replace(communes=(place,))]
    event_ids = store.query("events_at_point", chosen=chosen, place=place).column("event_id")
    starts = range(0, len(event_ids), MAX_IDS)
    return [chosen.replace(ids=tuple(event_ids[start : start + MAX_IDS])) for start in starts]


def listed_since(chosen: Filters, listed: Filters) -> date | None:
    """Return the day of a running edition from which the list goes on, where something is still to come; else None."""
    today = moment.day_of(chosen)
    if chosen.edition is None or chosen.from_day or chosen.to_day or standing.status_of(chosen) != "running":
        return None
    coming = store.query("event_totals", **listed.replace(from_day=today).params()).one["n_events"]
    return today if coming else None


def whole_list(parts: list[Filters]) -> None:
    """Link to the agenda with all listed events, by as many links as an address can carry."""
    if len(parts) == 1:
        st.html(f"<p>{urls.anchor(urls.link('agenda', parts[0]), _('Toute la liste'))}</p>")
        return
    starts = range(1, len(parts) * MAX_IDS, MAX_IDS)
    ends = [start + len(part.ids) - 1 for start, part in zip(starts, parts, strict=True)]
    ranges = [
        urls.anchor(
            urls.link("agenda", part), _("{first} à {last}", first=start, last=end) if end > start else str(end)
        )
        for start, end, part in zip(starts, ends, parts, strict=True)
    ]
    st.html(f"<p>{escape(_('Toute la liste'))} : {' · '.join(ranges)}</p>")
