"""The pages that steer a campaign open on a coordinator's own region, which the list of coordinators gives.

It is put into the address, once in a session, where the address names no place: the address stays the view, and a coordinator who
takes the region away sees the country.
"""

from typing import Any, Final

import streamlit as st

from campaign.core.coordinators import region_of
from campaign.core.nomenclatures import NOMENCLATURES
from campaign.core.settings import settings
from campaign.filters import Filters, codes
from campaign.view.frame import choice

PAGES: Final = ("import", "quality", "pace")
PLACES: Final = ("regions", "departements", "collectivities", "communes", "near", "as_of")
_GIVEN: Final = "own_region_given"


def open_on(page: str) -> None:
    """Put the coordinator's region into the address of one of these pages, if none of its filters says a place."""
    if page not in PAGES or st.session_state.get(_GIVEN) or choice.is_history():
        return
    region = region_of(claims())
    if region is None:
        return
    st.session_state[_GIVEN] = True
    chosen = choice.current()
    if any(getattr(chosen, field) for field in PLACES):
        return
    if (opened := of_region(chosen, region)) is not None:
        choice.write(opened)
        choice.read(page)


def of_region(chosen: Filters, region: str) -> Filters | None:
    """Return a choice of a region, in the nomenclature that has it; None if neither has."""
    for nomenclature in (chosen.nomenclature, *NOMENCLATURES):
        if region in codes().regions[nomenclature]:
            in_nomenclature = (
                chosen if nomenclature == chosen.nomenclature else chosen.replace(nomenclature=nomenclature)
            )
            return in_nomenclature.replace(regions=(region,))
    return None


def claims() -> dict[str, Any]:
    """Return what the provider says of who is signed in; nothing of anybody else."""
    claims = dict(st.user.to_dict()) if settings().has_signin else {}
    return claims if claims.get("is_logged_in") else {}
