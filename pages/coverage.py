"""How many people have an event near, and where is there none?"""

import streamlit as st

from campaign import store
from campaign.analysis import vintage
from campaign.analysis.distincts import is_placed
from campaign.analysis.figures import everywhere
from campaign.core.language import _
from campaign.statements.scope import left_aside
from campaign.view import coverage
from campaign.view.components import figures
from campaign.view.frame import choice
from campaign.wording import sentences
from campaign.wording.labels import capitalised

chosen = choice.current()
radius = int(choice.local("within") or coverage.DEFAULT)
events = everywhere(chosen)  # those of the region beside are near too
of_whom = chosen.replace(communes=(), near=None)

totals = store.query("event_totals", **events.params()).one

if is_placed(totals):
    reached = store.query("population_reached", chosen=events, within=of_whom)
    communes = store.query("communes_reached", chosen=events, within=of_whom)
    everywhere = store.query("population_reached", chosen=events, within=events)
    total = next(row for row in reached.rows if row["departement_code"] is None)

    aside = left_aside(chosen, of_whom)
    figures.answer(
        "coverage", coverage.sentence(of_whom, total, radius), f"{capitalised(aside)}." if aside else "", of=of_whom
    )
    coverage.switches(chosen, radius)
    figures.cards(coverage.cards(total, reached))
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
