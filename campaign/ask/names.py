"""Names of places in a question: every commune by each name that it had, and those that are a slip of the keyboard away."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from campaign import store
from campaign.ask.tokens import Token

LONGEST: Final = 8  # words of a name
KNOWN_TOWN: Final = 2000  # inhabitants: of a smaller place a slip is not guessed
CITY: Final = 20_000  # and below this, only where it is written as a name
RANK: Final = re.compile(r"(\d{1,2})(?:er|e|eme|d|nd|st|th)?")


@dataclass(frozen=True)
class Named:
    """A place: `near_value` is what the filter `near` takes for it."""

    near_value: str
    name: str
    departement: str
    postcode: str
    population: int

    @property
    def in_words(self) -> str:
        """Return the place so that it can be told from its namesakes: "Saint-Denis (93200, Seine-Saint-Denis)"."""
        return f"{self.name} ({self.postcode}, {self.departement})"


@dataclass(frozen=True)
class Names:
    """Places by their key, the most populous of namesakes first; the towns whose names are forgiven a slip."""

    by_key: dict[str, tuple[Named, ...]]
    towns: tuple[str, ...]

    def at(self, words: Sequence[Token], start: int) -> tuple[int, tuple[Named, ...]]:
        """Return how many words from `start` on are the longest name of a place, and the places of that name."""
        for n in range(min(LONGEST, len(words) - start), 0, -1):
            name = " ".join(token.key for token in words[start : start + n])
            if places := self.by_key.get(name):
                after = words[start + n].key if start + n < len(words) else ""
                if part := self._arrondissement(name, after):
                    return n + 1, part
                return n, places
        return 0, ()

    def _arrondissement(self, city: str, after: str) -> tuple[Named, ...]:
        """Return the arrondissement of a city that the word after its name ranks."""
        if not (rank := RANK.fullmatch(after)):
            return ()
        n = int(rank[1])
        return self.by_key.get(f"{city} {n}{'er' if n == 1 else 'e'} arrondissement", ())

    def begun(self, name: str) -> tuple[Named, ...]:
        """Return the towns whose name begins with these words, the most populous first: "Cherbourg"."""
        places = [self.by_key[town][0] for town in self.towns if town.startswith(f"{name} ")]
        return tuple(sorted(places, key=lambda place: -place.population))

    def near(self, name: str, least: int = 0) -> tuple[Named, ...]:
        """Return the town of at least so many inhabitants whose name is a slip away; of several, the most populous."""
        matches = process.extract(name, self.towns, scorer=OSA.distance, score_cutoff=tolerance(name), limit=5)
        places = [self.by_key[town][0] for town, _distance, _at in matches if town[0] == name[0]]
        places = [place for place in places if place.population >= least]
        return (max(places, key=lambda place: place.population),) if places else ()


def tolerance(word: str) -> int:
    """Return how many letters of a word may be wrong."""
    return 0 if len(word) < 4 else 1 if len(word) < 12 else 2


def names() -> Names:
    """Return the names of the file that is being read."""
    return _names(store.reader().identity)


@store.cached_per_file(maxsize=4)
def _names(_file: store.Identity) -> Names:
    by_key: dict[str, list[Named]] = {}
    for row in store.query("place_names").rows:
        by_key.setdefault(row["key"], []).append(_named(row))
    towns = tuple(name for name, places in by_key.items() if len(name) >= 4 and places[0].population >= KNOWN_TOWN)
    return Names({name: tuple(places) for name, places in by_key.items()}, towns)


def _named(row: dict[str, Any]) -> Named:
    return Named(row["asked"], row["name"], row["departement"], row["postcode"] or "", row["population"] or 0)
