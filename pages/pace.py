"""Are we ahead or behind, and who has gone quiet?"""

from datetime import date

import streamlit as st

from campaign import store
from campaign.filters import Filters
from campaign.language import _
from campaign.steering import pace as steering
from campaign.view import choice, figures, pace, pace_tables

chosen = choice.current()
edition = pace.edition_of(chosen)
by_weekday = choice.local("align") == "weekday"
day = pace.day_of(chosen, edition)
to_go = (date(edition, 11, 1) - day).days
over = pace.is_over(day, edition)
all_editions = chosen.but(editions=())

registrations = store.query("registrations_by_day", **all_editions.params())
by_chamber = store.query(
    "pace_by_chamber",
    chosen=all_editions.but(regions=(), departements=()),
    edition=edition,
    day=day,
    by_weekday=by_weekday,
)
regions = store.query(
    "events_by_region",
    chosen=Filters(editions=(edition,), nomenclature=chosen.nomenclature, as_of=day),
    before=chosen,
)
changes = store.query("changes_by_region", **chosen.but(editions=(edition,)).params())
awaiting = store.query("awaiting_by_chamber", chosen=chosen, edition=edition)

curves = [c for c in steering.curves(registrations.rows, edition, by_weekday=by_weekday) if c.edition <= edition]
own = next((curve for curve in curves if curve.edition == edition), None)
past = pace.shapes(curves, edition, to_go)
dated = own is not None and own.has_pace
projection = pace.projection_of(own.known_at(to_go) if own else 0, past, over=over, dated=dated)
tested = pace.tested_on(past)

figures.answer("pace", pace.sentence(chosen, edition, day, own, past, to_go, projection))
pace.switches(chosen, edition, day, by_weekday=by_weekday)
figures.cards(pace.cards(own, past, to_go, projection, tested, over=over))
if own is None:
    figures.empty("pace", chosen)
if any(curve.has_pace for curve in curves):
    pace.drawing(chosen, curves, edition, day, to_go, projection)
pace.method()
left, right = st.columns([11, 9], gap="large")
with left:
    pace_tables.chambers(chosen, steering.chambers(by_chamber.rows, edition), to_go)
with right:
    pace_tables.target_progress(chosen, edition, regions, projection)
    pace_tables.waiting(chosen, edition, awaiting)
    pace_tables.brought(chosen, changes)
pace_tables.reports(chosen, edition)
figures.note(_("Le compte est celui des événements, quelle que soit l'unité choisie."))
figures.source_line(chosen)
