"""On which days does it happen, and where do events get in each other's way?"""

import streamlit as st

from campaign import store
from campaign.core.language import _
from campaign.view import days_compared, heat_calendar
from campaign.view.components import figures
from campaign.view.frame import choice

chosen = choice.current()
edition = heat_calendar.edition_of(chosen)
of_edition = chosen.replace(editions=(edition,))

days = store.query("events_by_day", **of_edition.params())
town_days = store.query("town_days", chosen=of_edition, minimum=heat_calendar.CLASH)

figures.answer("calendar", heat_calendar.sentence(of_edition, days, edition), of=of_edition)
beside = choice.local("beside")
heat_calendar.switches(chosen)
days_compared.switch(chosen, beside)
if days.is_empty:
    figures.empty("calendar", chosen)
figures.cards(heat_calendar.cards(of_edition, days, edition))
heat_calendar.drawing(of_edition, days)
if beside == days_compared.EDITIONS:
    days_compared.drawing(chosen, edition)
left, right = st.columns(2, gap="large")
with left:
    heat_calendar.busiest(of_edition, days)
with right:
    heat_calendar.clashes(of_edition, town_days)
figures.note(_("Un événement sur plusieurs jours est compté à chacun d'eux : la somme des jours dépasse le total."))
figures.source_line(of_edition)
