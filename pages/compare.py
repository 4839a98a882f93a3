"""What changed, from one edition to another and from one region to another?"""

import streamlit as st

from campaign import store
from campaign.analysis.comparison import Comparison, Refusal
from campaign.analysis.figures import everywhere
from campaign.core.language import _
from campaign.view.compare import differences, side_by_side
from campaign.view.components import figures
from campaign.view.frame import choice

chosen = choice.current()
edition = differences.edition_of(chosen)
view = chosen.replace(editions=(edition,))
requested_edition = choice.local("against")
verdict = differences.verdict(view, edition, requested_edition)
against = differences.against(requested_edition, edition)

if against is None or verdict is None:
    figures.answer("compare", _("Une seule édition dans le fichier : rien à comparer d'une édition à l'autre."))
elif isinstance(verdict, Refusal):
    figures.answer("compare", differences.refused(edition, against, verdict))
    differences.switches(chosen, edition, against)
else:
    total = verdict.total()
    parts = store.query("change_by_part", chosen=verdict.now, before=verdict.before)
    by_region = differences.verdict(everywhere(view), edition, requested_edition)
    sentence = differences.sentence(view, total, parts, edition, against)
    # either edition is as of a day of its own, which the moment says
    figures.answer("compare", sentence, differences.moment(verdict), of=view.replace(as_of=None))
    differences.switches(chosen, edition, against)
    left, right = st.columns([9, 11], gap="large")
    with left:
        differences.explained(view, parts, edition, against)
    with right:
        if isinstance(by_region, Comparison):
            differences.gain_loss(view, against)
        elif isinstance(by_region, Refusal):
            figures.note(differences.refused(edition, against, by_region))

other = choice.local("with")
sides = side_by_side.sides(view, other)
side_by_side.beside(
    chosen,
    [
        (
            words,
            store.query("event_totals", **side.params()).one,
            store.query("event_distincts", **side.params()).one,
            store.query("events_by_region", **side.replace(regions=(), departements=()).params()),
            side,
        )
        for words, side in sides
    ],
    other,
)
side_by_side.multiples(chosen, edition, choice.local("scale"))
side_by_side.invariant(
    edition,
    [
        store.query("events_by_region", **one.params())
        for one in (side_by_side.plain(view, 2014), side_by_side.plain(view, 2016))
    ],
)
figures.source_line(view)
