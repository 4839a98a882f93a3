"""A question asked within a choice: what it says takes the place of what the choice has of the same kind."""

from dataclasses import replace
from typing import Final

from campaign.ask.choice import Reading
from campaign.filters import Filters, all_filters

TERRITORY: Final = frozenset({"regions", "departements", "collectivities", "communes", "near"})
DAYS: Final = frozenset({"from_day", "to_day"})


def within(reading: Reading, present: Filters) -> Reading | None:
    """Return a question asked within a choice: what it says in the place of what the choice has of the same kind.

    None where that is no other choice: nothing is chosen, or the question says all of it anew.
    """
    fields = {each.field for each in all_filters() if each.name in reading.named}
    if fields & TERRITORY:
        fields |= TERRITORY | {"nomenclature", "radius_km"}
    if fields & DAYS:
        fields |= DAYS
    if fields & {"themes", "from_day", "to_day", "subcampaign"}:
        fields |= {"subcampaign"}
    in_same_language = present.replace(lang=reading.chosen.lang)
    merged = in_same_language.replace(**{field: getattr(reading.chosen, field) for field in sorted(fields)})
    return None if merged == reading.chosen else replace(reading, chosen=merged)
