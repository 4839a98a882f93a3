"""Who organises the events?"""

import streamlit as st

from campaign import store
from campaign.view import organisers
from campaign.view.components import figures
from campaign.view.frame import choice

chosen = choice.current()
history = chosen.replace(editions=(), from_day=None, to_day=None)

summary = store.query("organisers_summary", chosen=chosen, history=history).one
families = store.query("organisers_by_family", **chosen.params())
sizes = store.query("organisers_by_size", **chosen.params())
size = choice.local("size")
least, most = organisers.bounds(size)
largest = store.query("organisers_listed", chosen=chosen, history=history, least=least, most=most, n=organisers.MOST)

figures.answer("organisers", organisers.sentence(chosen, summary), organisers.filled(summary), of=chosen)
if summary["n_events"] == 0:
    figures.empty("organisers", chosen)
figures.cards(organisers.cards(chosen, summary))
left, right = st.columns(2, gap="large")
with left:
    organisers.families(chosen, families, summary)
with right:
    organisers.tail(chosen, sizes, size)
organisers.listed(chosen, largest, sizes, size)
figures.source_line(chosen)
