"""Are we ahead or behind, and who has gone quiet?"""

import streamlit as st

from campaign import filters, store
from campaign.analysis import edition_dates, pace_chart
from campaign.analysis import pace as steering
from campaign.analysis.projection import back_test
from campaign.core.language import _
from campaign.filters import Filters
from campaign.view.components import figures, weekly_note
from campaign.view.frame import choice
from campaign.view.pace import curves, tables

chosen = choice.current()
by_weekday = choice.local("align") == "weekday"
chart = pace_chart.read(chosen, by_weekday=by_weekday)
edition, day, to_go = chart.edition, chart.day, chart.to_go
all_editions = chosen.replace(editions=())

by_chamber = store.query(
    "pace_by_chamber",
    chosen=all_editions.replace(regions=(), departements=()),
    edition=edition,
    day=day,
    by_weekday=by_weekday,
    **edition_dates.own_openings([*filters.codes().counted_editions, edition]),
)
regions = store.query(
    "events_by_region",
    chosen=Filters(editions=(edition,), nomenclature=chosen.nomenclature, as_of=day),
)
changes = store.query("changes_by_region", **chosen.replace(editions=(edition,)).params())
awaiting = store.query("awaiting_by_chamber", chosen=chosen, edition=edition)

figures.answer("pace", curves.sentence(chosen, chart), of=chosen.replace(as_of=None))  # the sentence is of a day
curves.switches(chosen, edition, day, by_weekday=by_weekday)
figures.cards(curves.cards(chart, back_test(chart.past)))
if chart.own is None:
    figures.empty("pace", chosen)
if chart.lines:
    curves.drawing(chosen, chart, by_weekday=by_weekday)
curves.method()
left, right = st.columns(2, gap="large")
with left:
    tables.chambers(chosen, steering.chambers(by_chamber.rows, edition), to_go)
with right:
    tables.reports(chosen, edition)
    tables.target_progress(chosen, edition, regions, chart.projection)
    tables.waiting(chosen, edition, awaiting)
with right if awaiting.is_empty else left:  # no column ends in white
    tables.brought(chosen, changes)
weekly_note.draw(chosen, edition)
if chosen.unit != "events":
    figures.note(_("Le compte est celui des événements, quelle que soit l'unité choisie."))
figures.source_line(chosen)
