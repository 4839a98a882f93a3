"""What changed, from one edition to another and from one region to another?"""

import streamlit as st

from campaign import store
from campaign.language import _
from campaign.view import choice, compare, compare_regions, figures

chosen = choice.current()
edition = compare.edition_of(chosen)
view = chosen.but(editions=(edition,))
now = compare.now_of(view, edition)
against = compare.against(choice.local("against"), edition)
before = compare.before_of(now, edition, against) if against else None
scale = "indexed" if choice.local("scale") == "indexed" else "same"
everywhere = now.but(regions=(), departements=())

course = store.query("events_by_region_and_edition", **everywhere.but(editions=(), unit="events").params())

if before and against:
    totals = store.query("event_totals", **now.params()).one
    totals_before = store.query("event_totals", **before.params()).one
    parts = store.query("change_by_part", chosen=now, before=before)
    regions = store.query(
        "events_by_region",
        chosen=everywhere.but(unit="events"),
        before=before.but(regions=(), departements=(), unit="events"),
    )
    figures.answer(
        "compare",
        compare.sentence(now, totals, totals_before, parts, edition, against),
        compare.moment(before, against),
    )
    compare.switches(chosen, edition, against)
    left, right = st.columns([9, 11], gap="large")
    with left:
        compare.explained(
            parts,
            totals["n_events"] - totals_before["n_events"],
            edition,
            against,
            figures.files_html("ecart", view, against=against),
        )
    with right:
        compare.gain_loss(view, regions, edition, against)
else:
    figures.answer("compare", _("Une seule édition dans le fichier : rien à comparer d'une édition à l'autre."))

other = choice.local("with")
sides = compare_regions.sides(now, other)
compare_regions.beside(
    chosen,
    [
        (
            words,
            store.query("event_totals", **side.params()).one,
            store.query("event_distincts", **side.params()).one,
            store.query("events_by_region", chosen=side.but(regions=(), departements=()), before=side),
            side,
        )
        for words, side in sides
    ],
    other,
)
compare_regions.multiples(chosen, course, edition, scale)
compare_regions.invariant(
    edition,
    [
        store.query("events_by_region", chosen=one, before=one)
        for one in (compare_regions.plain(now, 2014), compare_regions.plain(now, 2016))
    ],
)
figures.source_line(view)
