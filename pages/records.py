"""What were the records?"""

import streamlit as st

from campaign import store
from campaign.view import heat_calendar, records
from campaign.view.components import figures
from campaign.view.frame import choice

chosen = choice.current()
edition = heat_calendar.edition_of(chosen)
now = chosen.replace(editions=(edition,), unit="events", from_day=None, to_day=None)
history = now.replace(editions=())

days = store.query("record_days", **history.params())
streaks = store.query("record_streaks", **history.params())
firsts = store.query("first_time_communes", chosen=now, history=history)

figures.answer("records", records.sentence(chosen, days), records.scope(chosen, days), of=history)
if days.is_empty:
    figures.empty("records", chosen)
figures.cards(records.cards(now, days, streaks, firsts, edition))
left, right = st.columns(2, gap="large")
with left:
    records.by_edition(now, days, streaks, edition)
with right:
    records.first_time(now, firsts, edition)
figures.source_line(now)
