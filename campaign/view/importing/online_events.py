"""Whose the online events of sent files are: the coordinator's own region, said and to be unticked."""

from dataclasses import replace

import streamlit as st

from campaign.core.language import _
from campaign.intake import Mapping
from campaign.store import catalog
from campaign.view.frame.literal import literal
from campaign.view.importing import access
from campaign.wording.territories import territory


def of_own_region(mapping: Mapping) -> Mapping:
    """Return a mapping by which online events are of the coordinator's region, unless it says otherwise or she unticks it."""
    person = access.person()
    names = catalog.labels("region_2016") | catalog.labels("region_2014")
    if person is None or person.region not in names or "chamber_region" in mapping.source:
        return mapping
    if not st.checkbox(literal(_label(person.region)), value=True, key="import_online"):
        return mapping
    return replace(mapping, source={**mapping.source, "chamber_region": person.region})


def _label(region: str) -> str:
    """Return what is ticked, the region with its « de » or « d' » in French."""
    nomenclature = 2016 if region in catalog.labels("region_2016") else 2014
    return _(
        "L'agenda est celui {of_region} : ses événements en ligne y sont rangés",
        of_region=territory(region, "region", nomenclature).of,
    )
