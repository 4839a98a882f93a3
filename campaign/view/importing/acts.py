"""What a coordinator did on this page, noted with their account: the one place that is told of every act."""

import logging
from typing import Literal

from campaign.view.importing.access import Person

logger = logging.getLogger(__name__)

Act = Literal["follow", "pause", "resume", "try", "sync", "let_through"]


def note(person: Person, act: Act, source: str) -> None:
    """Note an act on a followed source; those that import also stand in the history, under the same account."""
    logger.info("%s: %s %r", person.author, act, source)
