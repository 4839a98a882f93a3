"""Where do events take place, region by region?"""

import streamlit as st

from campaign import store
from campaign.analysis.comparison import with_edition_before
from campaign.analysis.distincts import known
from campaign.core.language import _
from campaign.filters import urls
from campaign.view import overview
from campaign.view.components import declared, figures, lead
from campaign.view.frame import choice
from campaign.view.regions import league, profile

chosen = choice.current()
everywhere = chosen.replace(regions=(), departements=())
verdict = with_edition_before(everywhere)
sort = choice.local("sort") or "count"

totals = store.query("event_totals", **chosen.params()).one
distincts = known(totals, store.query("event_distincts", **chosen.params()).one)
counts = store.query("events_by_region", **everywhere.params())
editions = store.query("events_by_region_and_edition", **everywhere.replace(editions=()).params())

figures.answer(
    "regions",
    league.sentence(chosen, totals, counts, distincts["n_departements"]),
    lead.details(chosen, totals),
    of=chosen,
)
if chosen.region:
    own = with_edition_before(chosen)
    types = store.query("events_by_type", **chosen.params())
    departements = store.query("events_by_departement", **chosen.params())
    figures.cards(profile.cards(chosen, own, counts, totals, distincts))
    left, right = st.columns(2, gap="large")
    with left:
        overview.types(chosen, types, own)
        profile.published_for(chosen)
    with right:
        profile.own_map(chosen)
        profile.departements(chosen, departements)
    with figures.unfolding(_("Toutes les régions"), is_open=choice.local("sort") is not None):
        league.ranking(chosen, sort)
        league.table(everywhere, counts, editions, verdict, sort, chosen.region)
        league.of_rates(chosen)
else:
    league.ranking(chosen, sort)
    left, right = st.columns([13, 7], gap="large")
    with left:
        league.table(chosen, counts, editions, verdict, sort)
    with right, st.container(key="beside-table"):
        league.ranked_map(chosen, sort)
    league.of_rates(chosen)
declared.beside(chosen)
figures.source_line(
    chosen,
    exports=[
        (_("Comptes par région (JSON)"), urls.api("/api/v1/counts.json", everywhere, by="region")),
        *(figures.programme_links(chosen) if chosen.region or chosen.departements else ()),
    ],
)
