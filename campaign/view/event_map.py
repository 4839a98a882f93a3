"""The parts of the page of the map: points or territories, and the list beside."""

from datetime import date
from html import escape
from typing import Any

import pydeck
import streamlit as st

from campaign import store
from campaign.analysis import moment, standing
from campaign.charts import deck_frame, deck_maps, map_places, maps
from campaign.core.language import _
from campaign.filters import MAX_IDS, Filters, urls
from campaign.store import Answer, catalog
from campaign.view.components import cluster_map, figures
from campaign.view.frame import choice, parameters
from campaign.wording import labels, sentences

MOST_PLACES = 3000  # beyond, places are drawn by département: a click goes into it
MOST_LISTED = 7
WIDE, NARROW = 640, 330  # pixels that the opening view must fit in; the drawing may be wider


def is_narrow() -> bool:
    """Return whether the reader's browser says that it is a telephone's."""
    return "Mobile" in (st.context.headers.get("User-Agent") or "")


def switches(chosen: Filters, layer: str, measure: str) -> None:
    """Draw the choice of layer, and of measure where territories are drawn."""
    names = {
        "points": _("Événements"),
        "days": _("Jour par jour"),
        "region": _("Régions"),
        "departement": _("Départements"),
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
    """Draw the places; a click on one lists its events beside."""
    rows = drawable(places.rows)
    deck = deck_maps.points_deck(
        rows,
        dark=_is_dark(),
        selected=selected,
        width=_width(),
        nomenclature=chosen.nomenclature,
        bounds=deck_frame.bounds_of(chosen),
    )
    _draw(chosen, deck, "map_points", _clicked_place, _("Carte des événements"))


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
    rows = drawable(places.rows)
    by_departement = len(places.rows) > MOST_PLACES
    days = store.query("place_days", chosen=chosen.replace(unit="events"), by_departement=by_departement)
    st.html(cluster_map.html(chosen, rows, label=_("Carte des événements, jour par jour"), days=days))


def areas(chosen: Filters, answer: Answer, history: Answer, layer: str, measure: str) -> None:
    """Draw the territories in the classes of all editions; a click filters by one."""
    code = "region_code" if layer == "region" else "departement_code"
    rows = [row for row in answer.rows if row[code] is not None]
    every = store.query(
        f"events_by_{layer}", **chosen.replace(editions=()).params()
    ).rows  # so that classes are those of all editions
    people = {row[code]: row["population"] for row in every}
    ever = [
        row["count"] if measure == "count" else 100_000 * row["count"] / people[row[code]]
        for row in history.rows
        if row[code] is not None
    ]
    breaks = maps.class_breaks(ever)
    picked = chosen.region if layer == "region" else chosen.departements[0] if len(chosen.departements) == 1 else None
    deck = deck_maps.choropleth_deck(
        rows,
        layer=maps.region_layer(chosen.nomenclature) if layer == "region" else "departement",
        value=measure,
        code=code,
        breaks=breaks,
        dark=_is_dark(),
        selected=picked,
        decimals=0 if measure == "count" else 1,
        width=_width(),
        bounds=deck_frame.bounds_of(chosen),
    )
    words = {"region": _("Carte des régions"), "departement": _("Carte des départements")}
    clicked = _clicked_region if layer == "region" else _clicked_departement
    _draw(chosen, deck, f"map_{layer}", clicked, words[layer])
    is_count = measure == "count"
    legend = maps.legend(breaks, whole=is_count, decimals=0 if is_count else 1, no_data=False)
    st.html(f'<div class="map">{legend}</div>')


def _draw(chosen: Filters, deck: pydeck.Deck, key: str, clicked: Any, words: str) -> None:
    """Draw a map; assets/map-view.js reads what stands after it and fits the view to the drawing's real size."""
    with st.container(key="event-map"):
        st.pydeck_chart(
            deck,
            key=key,
            on_select=lambda: clicked(key),
            selection_mode="single-object",
            height=deck_frame.drawing_height(_width()),
            alt=words,
        )
        whole = _("Toute la France")
        st.html(
            f'<div class="map-view" data-bounds="{_written(deck_frame.bounds_of(chosen))}"><button type="button"'
            f' data-whole="{_written(deck_frame.WHOLE)}" aria-label="{escape(whole)}" title="{escape(whole)}">⌂</button></div>'
        )


def _written(box: map_places.Box) -> str:
    return ",".join(f"{degrees:.4f}" for degrees in box)


def _picked(key: str) -> dict[str, Any] | None:
    objects = st.session_state[key]["selection"]["objects"]
    for found in objects.values():
        if found:
            picked: dict[str, Any] = found[0]
            return picked
    return None


def _clicked_place(key: str) -> None:
    picked = _picked(key)
    if picked is None:
        choice.write_local(place=None)
        return
    place = str(picked["place"])
    if place.startswith("D"):
        choice.write(choice.latest().replace(departements=(place[1:],)))
    else:
        choice.write_local(place=place)


def _clicked_region(key: str) -> None:
    picked = _picked(key)
    code = str(picked["properties"]["code"]) if picked else None
    _keep_layer(choice.latest().replace(regions=(code,) if code else (), departements=()), "region")


def _clicked_departement(key: str) -> None:
    picked = _picked(key)
    code = str(picked["properties"]["code"]) if picked else None
    _keep_layer(choice.latest().replace(departements=(code,) if code else ()), "departement")


def _keep_layer(filters: Filters, layer: str) -> None:
    choice.write(filters, layer=layer, measure=choice.local("measure"))


def file_of(chosen: Filters, layer: str, measure: str) -> tuple[str, Filters]:
    """Return the name of the drawing to take away that shows the same, and its choice."""
    if layer in ("points", "days"):
        return "carte-points", chosen
    wide = chosen.replace(regions=(), departements=())
    name = "carte" if layer == "region" else "carte-departements"
    return (name, wide) if measure == "count" else (f"{name}-taux", chosen)


def under(totals: dict[str, Any]) -> None:
    """Say under the map how many events it shows, and how many it cannot."""
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
    found = store.query("events_at_point", chosen=chosen, place=place).column("event_id")
    starts = range(0, len(found), MAX_IDS)
    return [chosen.replace(ids=tuple(found[start : start + MAX_IDS])) for start in starts]


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


def _is_dark() -> bool:
    return st.context.theme.type == "dark"


def _width() -> int:
    return NARROW if is_narrow() else WIDE
