"""What words of a question may mean, and which words they are."""

from dataclasses import dataclass
from typing import Literal

from campaign.ask.days import Days
from campaign.ask.names import Named

Kind = Literal[
    "filter", "region", "departement", "place", "days", "radius", "edition", "all_editions", "current_edition",
    "page", "count", "chamber", "skip", "text",
]  # fmt: skip


@dataclass(frozen=True)
class Sense:
    """One thing that words may mean: a filter's value (`name`, `value`), a region's name, a page's key, days, a place, an intent."""

    kind: Kind
    name: str = ""
    value: str = ""
    days: Days | None = None
    place: Named | None = None
    n_namesakes: int = 0


@dataclass(frozen=True)
class Span:
    """Words of a question, from one place in it to another, and what they may mean, the likeliest first.

    `meant` is how words with a slip are written.
    """

    start: int
    end: int
    senses: tuple[Sense, ...]
    meant: str = ""
