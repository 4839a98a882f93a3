"""The agenda's other views: the month, and the map of the same result."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from campaign import store
from campaign.view import event_map
from campaign.view.agenda import month as month_grid
from campaign.view.agenda.address_state import Agenda
from campaign.view.frame import choice


def month(agenda: Agenda, total: int) -> None:
    """Draw the month that the address asks for."""
    st.html(month_grid.html(agenda, choice.local("month"), total))


def places(agenda: Agenda, totals: Mapping[str, Any]) -> None:
    """Draw the map of what is placed, and say what is not."""
    chosen = agenda.chosen.replace(unit="events")
    places = store.query("event_places", chosen=chosen).rows
    event_map.figure(chosen, places, local={**agenda.parameters(), "view": None})
    event_map.under(dict(totals))
