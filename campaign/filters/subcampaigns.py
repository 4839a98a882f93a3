"""A choice and the sub-campaigns of the profile: narrowed to one, named after one, counted in each."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from campaign import store
from campaign.profile.subcampaigns import Subcampaign, chosen

if TYPE_CHECKING:
    from campaign.filters import Filters


def within(one: Subcampaign, chosen: "Filters") -> "Filters":
    """Return a choice narrowed to this sub-campaign; its edition, days and themes replace those chosen."""
    return chosen.replace(
        editions=(one.edition,),
        themes=one.themes,
        from_day=one.from_day,
        to_day=one.to_day,
        subcampaign=one.code,
    )


def name_of(choice: "Filters") -> str:
    """Return the name of a choice's sub-campaign in its language; its code where the file has no longer a name for it."""
    one = chosen(choice.subcampaign, choice.edition)
    return one.label(choice.lang) if one else choice.subcampaign or ""


def counts(choice: "Filters", listed: Sequence[Subcampaign]) -> tuple[list[int], int]:
    """Return how many events each sub-campaign holds, and how many they hold together."""
    answer = store.query(
        "events_by_subcampaign",
        chosen=choice.replace(themes=(), from_day=None, to_day=None),
        first_days=tuple(one.from_day.isoformat() if one.from_day else "" for one in listed),
        last_days=tuple(one.to_day.isoformat() if one.to_day else "" for one in listed),
        themes=tuple("|".join(one.themes) for one in listed),
    )
    found = {row["place"]: row["count"] for row in answer.rows}
    return [found[place] for place in range(1, len(listed) + 1)], found[None]
