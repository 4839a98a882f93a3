"""A choice and the sub-campaigns of the profile: narrowed to one, named after one, counted in each."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from campaign import store
from campaign.core.errors import CampaignError
from campaign.profile import filled
from campaign.profile.tables import Subcampaign

if TYPE_CHECKING:
    from campaign.filters import Filters

Chips = list[tuple[str, "Filters"]]


def known() -> Sequence[Subcampaign]:
    """Return the sub-campaigns of the file; while it is empty and events are a demonstration's, invented ones."""
    own = filled.subcampaigns()
    return own if own or not store.query("file_status").one["is_demo"] else filled.subcampaigns(of_demo=True)


def offered() -> Sequence[Subcampaign]:
    """Return the known sub-campaigns, none where the file cannot be read: the page of types says why."""
    try:
        return known()
    except CampaignError:
        return ()


def chosen(code: str | None, edition: int | None) -> Subcampaign | None:
    """Return the sub-campaign of this code and edition, None if there is none."""
    return next((one for one in offered() if (one.code, one.edition) == (code, edition)), None)


def within(one: Subcampaign, chosen: "Filters") -> "Filters":
    """Return a choice narrowed to this sub-campaign; its edition, days and themes replace those chosen."""
    return chosen.moved_to(one.edition).replace(
        themes=one.themes,
        from_day=one.from_day,
        to_day=one.to_day,
        subcampaign=one.code,
    )


def name_of(choice: "Filters") -> str:
    """Return the name of a choice's sub-campaign in its language; its code where the file has no longer a name for it."""
    one = chosen(choice.subcampaign, choice.edition)
    return one.label(choice.lang) if one else choice.subcampaign or ""


def is_without_subcampaign(choice: "Filters") -> bool:
    """Whether a choice has its themes and days by itself, not those of a sub-campaign."""
    return not choice.subcampaign


def chips_unless_subcampaign(chips: Callable[["Filters"], Chips]) -> Callable[["Filters"], Chips]:
    """Return the chips of a filter, none while a sub-campaign stands for it."""
    return lambda choice: [] if choice.subcampaign else chips(choice)


def counts(choice: "Filters", listed: Sequence[Subcampaign]) -> tuple[list[int], int]:
    """Return how many events each sub-campaign holds, and how many they hold together."""
    answer = store.query(
        "events_by_subcampaign",
        chosen=choice.replace(themes=(), from_day=None, to_day=None),
        first_days=tuple(one.from_day.isoformat() if one.from_day else "" for one in listed),
        last_days=tuple(one.to_day.isoformat() if one.to_day else "" for one in listed),
        themes=tuple("|".join(one.themes) for one in listed),
    )
    counts_by_position = {row["place"]: row["count"] for row in answer.rows}
    return [counts_by_position[place] for place in range(1, len(listed) + 1)], counts_by_position[None]
