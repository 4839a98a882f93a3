"""Which kinds of events?"""

import streamlit as st

from campaign import store
from campaign.analysis.comparison import with_edition_before
from campaign.core.language import _
from campaign.filters import Filters, urls
from campaign.view.components import figures, lead
from campaign.view.event_types import parts, themes
from campaign.view.frame import choice
from campaign.wording import sentences

chosen = choice.current()
verdict = with_edition_before(chosen)

totals = store.query("event_totals", **chosen.params()).one
by_type = store.query("events_by_type", **chosen.params())
by_region = store.query("events_by_region_and_type", **chosen.params())
by_theme = store.query("events_by_theme", **chosen.params())
source_labels = store.query("type_labels", chosen=Filters(as_of=chosen.as_of))

figures.answer(
    "types",
    lead.sentence(chosen, totals)
    if len(chosen.types) == 1
    else sentences.types({row["type"]: row["count"] for row in by_type.rows}, totals["total"], unit=chosen.unit),
    lead.details(chosen, totals),
    of=chosen,
)
if totals["total"] == 0:
    figures.empty("types", chosen)
left, right = st.columns([4, 5], gap="large")
with left:
    parts.table(chosen, by_type, verdict)
with right:
    parts.course(chosen)
parts.matrix(chosen, by_region)
left, right = st.columns([11, 9], gap="large")
with left:
    themes.table(chosen, by_theme, totals["total"])
with right:
    themes.subcampaigns(chosen)
with st.expander(_("Des libellés des sources aux types")):
    parts.correspondence(source_labels)
figures.source_line(
    chosen,
    exports=[(_("Comptes par région et type (JSON)"), urls.api("/api/v1/counts.json", chosen, by="type"))],
)
