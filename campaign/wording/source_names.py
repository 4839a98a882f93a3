"""The titles of sources as texts write them: « Bilan national (le réseau) », « La Gazette : troisième édition »."""

import re

from campaign.core.language import current, typeset


def title(given: str) -> str:
    """Return a title with the spaces of French in French."""
    return typeset(re.sub(r"(?<=\w): ", " : ", given)) if current() == "fr" else given


def title_within(given: str) -> str:
    """Return a title as it stands in parentheses: its own are brackets."""
    return title(given).replace("(", "[").replace(")", "]")


def publisher(given: str) -> str:
    """Return who published it, where the title begins with that; else the whole title, as it stands in parentheses."""
    return title_within(given.partition(": ")[0])
