"""The agenda's other views: the month, and the map of the same result."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from campaign import store
from campaign.core.language import _
from campaign.view import event_map
from campaign.view.agenda import month as month_grid
from campaign.view.agenda.address_state import Agenda
from campaign.view.components import cluster_map
from campaign.view.frame import choice


def month(agenda: Agenda, total: int) -> None:
    """Draw the month that the address asks for."""
    st.html(month_grid.html(agenda, choice.local("month"), total))


def places(agenda: Agenda, totals: Mapping[str, Any]) -> None:
    """Draw the map of what is placed, and say what is not."""
    chosen = agenda.chosen.replace(unit="events")
    rows = event_map.drawable(store.query("event_places", chosen=chosen).rows)
    kept = {**agenda.kept(), "view": None}
    st.html(cluster_map.html(chosen, rows, label=_("Carte des événements de la liste"), local=kept))
    event_map.under(dict(totals))
