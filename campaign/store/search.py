"""What a search asks for: words that must all be there, and for a word found nowhere those that it may have meant.

Case and accents do not matter. The same for pages, addresses and exports, because the filters carry what is returned here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from campaign import store


@dataclass(frozen=True)
class Misspelt:
    """A word that no event has, the known words nearest to it, and how the likeliest is written."""

    word: str
    meant: tuple[str, ...]
    spelling: str


@dataclass(frozen=True)
class Search:
    """A search as it was written, its words that are taken literally, and the misspelt ones."""

    text: str
    words: tuple[str, ...]
    misspelt: tuple[Misspelt, ...]


def read(text: str) -> Search:
    """Return the words of a search, as the event file that is being read knows them."""
    rows = store.query("search_terms", text=text).values
    return Search(
        text=text,
        words=tuple(word for word, meant, _spelling in rows if not meant),
        misspelt=tuple(Misspelt(word, tuple(meant), spelling) for word, meant, spelling in rows if meant),
    )


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression that finds any of these words."""
    return "|".join(re.escape(word) for word in words)
