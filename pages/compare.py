"""What changed, from one edition to another and from one region to another?"""

import streamlit as st

from campaign import store
from campaign.comparison import Comparison, Refusal
from campaign.language import _
from campaign.view import choice, compare, compare_regions, figures

chosen = choice.current()
edition = compare.edition_of(chosen)
view = chosen.but(editions=(edition,))
asked = choice.local("against")
verdict = compare.verdict(view, edition, asked)
against = compare.against(asked, edition)
scale = "indexed" if choice.local("scale") == "indexed" else "same"
everywhere = view.but(regions=(), departements=())

if against is None or verdict is None:
    figures.answer("compare", _("Une seule édition dans le fichier : rien à comparer d'une édition à l'autre."))
elif isinstance(verdict, Refusal):
    figures.answer("compare", compare.refused(edition, against, verdict))
    compare.switches(chosen, edition, against)
else:
    total = verdict.total()
    parts = store.query("change_by_part", chosen=verdict.now, before=verdict.before)
    by_region = compare.verdict(everywhere, edition, asked)
    figures.answer("compare", compare.sentence(view, total, parts, edition, against), compare.moment(verdict))
    compare.switches(chosen, edition, against)
    left, right = st.columns([9, 11], gap="large")
    with left:
        compare.explained(parts, total.difference, edition, against, figures.files_html("ecart", view, against=against))
    with right:
        if isinstance(by_region, Comparison):
            compare.gain_loss(view, by_region.regions(), edition, against)
        elif isinstance(by_region, Refusal):
            figures.note(compare.refused(edition, against, by_region))

other = choice.local("with")
sides = compare_regions.sides(view, other)
compare_regions.beside(
    chosen,
    [
        (
            words,
            store.query("event_totals", **side.params()).one,
            store.query("event_distincts", **side.params()).one,
            store.query("events_by_region", **side.but(regions=(), departements=()).params()),
            side,
        )
        for words, side in sides
    ],
    other,
)
compare_regions.multiples(chosen, edition, scale)
compare_regions.invariant(
    edition,
    [
        store.query("events_by_region", **one.params())
        for one in (compare_regions.plain(view, 2014), compare_regions.plain(view, 2016))
    ],
)
figures.source_line(view)
