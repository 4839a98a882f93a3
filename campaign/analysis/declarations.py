"""Counts that chambers declare beside the event file, in declarations.csv of the campaign's folder.

They are shown beside the counts of the file, and never added to them.
"""

from campaign.filters import Filters
from campaign.profile import filled
from campaign.profile.tables import COUNTRY, Declaration
from campaign.store import catalog


def territory(declared: Declaration) -> str:
    """Return the region's name, or France."""
    if declared.region_code == COUNTRY:
        return "France"
    return catalog.label(f"region_{declared.nomenclature}", declared.region_code)


def beside(chosen: Filters) -> list[Declaration]:
    """Return what was declared for the editions and the territory of the choice, in its nomenclature.

    Nothing stands beside a choice that narrows events otherwise (type, dates, search…): a declaration has no such parts.
    """
    plain = Filters(
        editions=chosen.editions, nomenclature=chosen.nomenclature, regions=chosen.regions, lang=chosen.lang
    )
    if chosen != plain:
        return []
    return [
        declared
        for declared in filled.declarations()
        if (not chosen.editions or declared.edition in chosen.editions)
        and (declared.region_code == COUNTRY or declared.nomenclature == chosen.nomenclature)
        and (not chosen.regions or declared.region_code in chosen.regions)
    ]
