"""Durations as people write them: 15m, 1h, 24h, 7d."""

import re
from typing import Final

from campaign.core.errors import IntakeError
from campaign.core.language import say

SECONDS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400, "j": 86400}
SHORTEST_S: Final = 1


def seconds(text: str) -> int:
    """Return a duration in seconds; raises IntakeError for what is none."""
    match = re.fullmatch(r"(\d{1,6})\s*([smhdj])", text.strip().lower())
    length = int(match.group(1)) * SECONDS[match.group(2)] if match else 0
    if length < SHORTEST_S:
        raise IntakeError(
            say("« {text} » n'est pas une durée.", text=text), say("Écrivez par exemple 15m, 1h, 24h ou 7d.")
        )
    return length
