"""What is asked of a writer."""

from dataclasses import dataclass

from campaign.analysis.about import About
from campaign.filters import Filters


@dataclass(frozen=True)
class Export:
    """One export: which events, what the file says of itself, the dashboard's address for links (no final slash).

    `event_id` narrows a calendar to one event.
    """

    chosen: Filters
    about: About
    base_url: str
    dialect: str | None = None
    limit: int | None = None
    event_id: str | None = None

    def event_url(self, event_id: str) -> str:
        """Return the address of an event's own page."""
        return f"{self.base_url}/agenda?event={event_id}"
