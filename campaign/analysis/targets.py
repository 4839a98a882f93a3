"""Targets that chambers set themselves, as a page compares them with what is registered."""

from campaign import store
from campaign.profile import filled
from campaign.profile.tables import COUNTRY, Target

__all__ = ["COUNTRY", "Target", "are_invented", "known"]


def known() -> tuple[Target, ...]:
    """Return the targets of the campaign's folder; while there is none and events are a demonstration's, invented ones."""
    return filled.targets(of_demo=are_invented())


def are_invented() -> bool:
    """Whether the targets shown are those that a demonstration invents."""
    return not filled.targets() and bool(store.query("file_status").one["is_demo"])
