"""Where do events take place, region by region?"""

import streamlit as st

from campaign import address, store
from campaign.comparison import with_edition_before
from campaign.distincts import known
from campaign.language import _
from campaign.view import choice, declared, figures, overview, regions

chosen = choice.current()
everywhere = chosen.but(regions=(), departements=())
comparison = with_edition_before(chosen)
before = comparison.before if comparison else chosen
sort = choice.local("sort") or "count"

totals = store.query("event_totals", **chosen.params()).one
totals_before = store.query("event_totals", **before.params()).one if comparison else None
distincts = known(totals, store.query("event_distincts", **chosen.params()).one)
league = store.query("events_by_region", chosen=everywhere, before=before.but(regions=(), departements=()))
editions = store.query("events_by_region_and_edition", **everywhere.but(editions=()).params())

figures.answer(
    "regions",
    regions.sentence(chosen, totals, league, distincts["n_departements"]),
    overview.details(chosen, totals),
)
if chosen.region:
    types = store.query("events_by_type", chosen=chosen, before=before)
    departements = store.query("events_by_departement", **chosen.params())
    figures.cards(regions.profile_cards(chosen, comparison, league, totals, distincts, totals_before))
    left, right = st.columns(2, gap="large")
    with left:
        overview.types(chosen, types, comparison)
        regions.published_for(chosen)
    with right:
        regions.departements(chosen, departements)
        regions.ranked_map(chosen, league, editions, "count")
    figures.heading(_("Toutes les régions"))

figures.switch(
    _("Classer par"),
    [
        (_("Nombre"), address.link("regions", chosen), sort == "count"),
        (_("Pour 100 000 habitants"), address.link("regions", chosen, sort="per_100k"), sort == "per_100k"),
    ],
)
if chosen.region:
    regions.league(everywhere, league, editions, comparison, sort)
else:
    left, right = st.columns([13, 7], gap="large")
    with left:
        regions.league(chosen, league, editions, comparison, sort)
    with right:
        regions.ranked_map(chosen, league, editions, sort if sort in regions.SORTS else "count")
figures.note(
    _(
        "Populations de 2016 ou 2017 (INSEE). 27 régions en 2014, dont Mayotte qui n'avait pas encore de chambre ; "
        "26 chambres régionales ; 18 régions depuis 2016. Le total est le même dans les deux découpages."
    )
)
declared.beside(chosen)
figures.source_line(
    chosen,
    exports=[
        (_("Comptes par région (JSON)"), address.api("/api/v1/counts.json", everywhere, by="region")),
        *(figures.programme_links(chosen) if chosen.region or chosen.departements else ()),
    ],
)
