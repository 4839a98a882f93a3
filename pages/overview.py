"""How is the campaign doing?"""

import streamlit as st

from campaign import store
from campaign.analysis.comparison import with_edition_before
from campaign.analysis.distincts import known
from campaign.core.language import _
from campaign.view import overview, this_week
from campaign.view.components import declared, figures, lead
from campaign.view.frame import choice

chosen = choice.current()
verdict = with_edition_before(chosen)

totals = store.query("event_totals", **chosen.params()).one
distincts = known(totals, store.query("event_distincts", **chosen.params()).one)
types = store.query("events_by_type", **chosen.params())

figures.answer("overview", lead.sentence(chosen, totals), lead.details(chosen, totals), of=chosen)
if totals["n_events"] == 0:
    figures.empty("overview", chosen)
figures.cards(overview.cards(chosen, verdict, totals, distincts))
this_week.draw(chosen)
overview.course(chosen)

left, right = st.columns([11, 9], gap="large")
with left:
    overview.regions(chosen)
with right:
    overview.types(chosen, types, verdict)
declared.beside(chosen)
figures.source_line(chosen, exports=[(_("Tous les chiffres publiés (JSON)"), "/api/v1/figures.json")])
