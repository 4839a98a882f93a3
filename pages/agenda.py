"""What takes place, where and when?"""

import streamlit as st

from campaign import store
from campaign.core.language import _
from campaign.view.agenda import address_state, event_page, listing, search_form, views
from campaign.view.components import figures
from campaign.view.frame import choice, parameters

chosen = choice.current()
state = address_state.read(chosen)
event_id = choice.local("event")

if event_id:
    event = store.query("event", chosen=chosen, event_id=event_id)
    figures.answer("agenda", event.one["title"], **state.parameters())
    event_page.draw(state, event.one, store.query("event_sessions", chosen=chosen, event_id=event_id))
else:
    events = chosen.replace(unit="events")
    totals = store.query("event_totals", **events.params()).one
    figures.answer(
        "agenda",
        search_form.answer(chosen, totals["total"]),
        " · ".join(
            sentence
            for sentence in (
                search_form.held(totals["located"], totals["online"], totals["unlocated"]),
                search_form.understood(chosen),
                _("L'événement demandé n'existe pas ou n'est plus publié ; voici la liste.")
                if choice.is_dropped("event")
                else "",
            )
            if sentence
        ),
        of=events,
        **state.parameters(),
    )
    search_form.fields(state)
    st.html(search_form.above(state, totals["total"]))
    if totals["total"] == 0:
        figures.empty("agenda", chosen, **state.parameters())
    elif state.view == "calendar":
        views.month(state, totals["total"])
    elif state.view == "map":
        views.places(state, totals)
    else:
        page = int(choice.local("page") or 1)
        listed = store.query(
            "events_listed",
            chosen=events,
            since=state.since,
            by_distance=state.is_by_distance,
            limit=parameters.PER_PAGE,
            offset=(page - 1) * parameters.PER_PAGE,
        )
        listing.listing(chosen, listed, state)
        listing.pager(state, page, totals["total"])
    figures.source_line(events, exports=figures.programme_links(events))
