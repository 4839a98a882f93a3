"""Names of organisers in a question: the whole name, its beginning where few have it, or the name without its legal form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from campaign import store
from campaign.ask.senses import Sense
from campaign.ask.tokens import Token, tokens
from campaign.filters import Filters

LONGEST: Final = 14  # words of a name
FEWEST: Final = 2  # words of a name that is recognised by its beginning or without its form: of one there are too many
MOST_NAMESAKES: Final = 3  # a beginning that more organisers share names none of them
JOINING: Final = frozenset(
    {"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "the", "of", "and"}
)
FORMS: Final = frozenset(
    {
        "association",
        "asso",
        "scop",
        "scic",
        "cooperative",
        "fondation",
        "mutuelle",
        "collectif",
        "union",
        "societe",
        "entreprise",
    }
)

Named = Literal["whole", "begun", "bare"]
Words = tuple[str, ...]


@dataclass(frozen=True)
class Organisers:
    """The codes of organisers by the words of their name: of the whole name, of its beginnings, of what follows its legal form."""

    whole: dict[Words, tuple[str, ...]]
    begun: dict[Words, tuple[str, ...]]
    bare: dict[Words, tuple[str, ...]]

    def at(self, words: Sequence[Token], start: int) -> tuple[int, tuple[Sense, ...], Named]:
        """Return how many words from `start` on name organisers, which ones, and how."""
        if words[start].key in JOINING:
            return 0, (), "whole"
        for end in range(min(len(words), start + LONGEST), start, -1):
            if words[end - 1].key in JOINING:
                continue
            name = _words(words[start:end])
            ways: tuple[tuple[Named, dict[Words, tuple[str, ...]]], ...] = (
                ("whole", self.whole), ("begun", self.begun), ("bare", self.bare),
            )  # fmt: skip
            for way, names in ways:
                if codes := names.get(name):
                    return end - start, tuple(Sense("filter", "organiser", code) for code in codes), way
        return 0, (), "whole"


def organisers() -> Organisers:
    """Return the organisers of the file that is being read."""
    return _organisers(store.reader().identity)


@store.cached_per_file(maxsize=4)
def _organisers(_file: store.Identity) -> Organisers:
    whole: dict[Words, dict[str, None]] = {}
    begun: dict[Words, dict[str, None]] = {}
    bare: dict[Words, dict[str, None]] = {}
    for code, name in _named():
        words = _words(tokens(name))
        whole.setdefault(words, {})[code] = None
        for n in range(FEWEST, len(words)):
            begun.setdefault(words[:n], {})[code] = None
        if words[:1] and words[0] in FORMS and len(words) > FEWEST:
            bare.setdefault(words[1:], {})[code] = None
    return Organisers(_few(whole), _few(begun), _few(bare))


def _named() -> Iterator[tuple[str, str]]:
    for row in store.query("organiser_names", chosen=Filters()).rows:
        yield row["organiser_id"], row["name"]


def _few(names: dict[Words, dict[str, None]]) -> dict[Words, tuple[str, ...]]:
    return {words: tuple(codes) for words, codes in names.items() if words and len(codes) <= MOST_NAMESAKES}


def _words(words: Sequence[Token]) -> Words:
    return tuple(word.stem for word in words if word.key not in JOINING)
