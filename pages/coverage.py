"""How many people have an event near, and where is there none?"""

import streamlit as st

from campaign import store
from campaign.analysis import vintage
from campaign.analysis.distincts import is_placed
from campaign.core.language import _
from campaign.view import coverage
from campaign.view.components import figures
from campaign.view.frame import choice
from campaign.wording import sentences

chosen = choice.current()
radius = int(choice.local("within") or coverage.DEFAULT)
events = chosen.replace(regions=(), departements=())

totals = store.query("event_totals", **events.params()).one

if is_placed(totals):
    reached = store.query("population_reached", chosen=events, within=chosen)
    communes = store.query("communes_reached", chosen=events, within=chosen)
    everywhere = store.query("population_reached", chosen=events, within=events)
    total = next(row for row in reached.rows if row["departement_code"] is None)

    figures.answer("coverage", coverage.sentence(chosen, total, radius), of=chosen)
    coverage.switches(chosen, radius)
    figures.cards(coverage.cards(chosen, total, reached))
    left, right = st.columns([11, 9], gap="large")
    with left:
        coverage.gaps(chosen, everywhere, radius)
        coverage.departements_without(chosen, reached)
        coverage.far_departements(reached, radius)
    with right:
        coverage.best(chosen, radius)
        coverage.towns(chosen, communes)
else:
    figures.answer("coverage", sentences.nothing_placed())
figures.note(
    _(
        "D'une commune à l'autre, en ligne droite entre leurs points (INSEE, IGN), îles et frontières comprises ; une commune qui a un "
        "événement est à 0 km. Événements situés seulement ; {population} (INSEE), de chaque commune. Un événement de la région "
        "voisine compte.",
        population=vintage.named(chosen),
    )
)
figures.source_line(chosen)
