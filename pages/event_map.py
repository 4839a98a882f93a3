"""Where is it?"""

import streamlit as st

from campaign import store
from campaign.core.language import _
from campaign.view import event_map
from campaign.view.agenda import listing
from campaign.view.components import figures, lead
from campaign.view.frame import choice

chosen = choice.current()
layer = choice.local("layer") or "points"
measure = choice.local("measure") or "count"
events = chosen.replace(unit="events")

totals = store.query("event_totals", **events.params()).one
distincts = store.query("event_distincts", **chosen.params()).one
by_region = store.query("events_by_region", **events.params())
places = store.query("event_places", **chosen.params())
place = choice.local("place")
name = event_map.place_name(place, places)
parts = event_map.at_place(events, place) if name and place else [events]
since = event_map.listed_since(chosen, parts[0])
listed = store.query(
    "events_listed", chosen=parts[0], since=since, by_distance=False, limit=event_map.MOST_LISTED, offset=0
)

figures.answer(
    "map",
    lead.where(
        events,
        {row["region_code"]: row["count"] for row in by_region.rows if row["region_code"]},
        totals,
        covered=distincts["n_departements"],
    ),
    of=events,
    layer=choice.local("layer"),
    measure=choice.local("measure"),
)
if totals["total"] == 0:
    figures.empty("map", chosen)
event_map.switches(chosen, layer, measure)
left, right = st.columns([13, 7], gap="medium")
with left, st.container(key="map-first"):
    if layer == "points":
        event_map.points(chosen, places, place)
    elif layer == "days":
        event_map.day_by_day(chosen, places)
    elif layer == "density":
        event_map.density(places)
    else:
        event_map.areas(chosen, layer, measure)
    event_map.under(totals)
with right:
    figures.heading(name or (_("À venir") if since else _("Dans l'ordre des dates")))
    listing.listing(parts[0], listed)
    event_map.whole_list(parts)
figures.source_line(chosen)
