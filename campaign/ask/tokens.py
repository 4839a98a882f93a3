"""The words of a question: as they were written, and as they are compared (no case, accents or plural)."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

TOKEN: Final = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?(?!\w)|[^\W_]+")
WRITTEN_OUT: Final = {"st": "saint", "ste": "sainte"}


@dataclass(frozen=True)
class Token:
    """One word: `text` as written, `key` for names of places, `stem` for common words; where it stands in the question."""

    text: str
    key: str
    stem: str
    start: int
    end: int


def tokens(question: str) -> tuple[Token, ...]:
    """Return the words of a question."""
    return tuple(
        Token(match.group(), key(match.group()), stem(key(match.group())), match.start(), match.end())
        for match in TOKEN.finditer(question)
    )


def key(word: str) -> str:
    """Return one word as names of places are compared: "ÉTIENNE" is "etienne", "St" is "saint"."""
    plain = unicodedata.normalize("NFKD", word.lower().replace("œ", "oe").replace("æ", "ae"))
    folded = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return WRITTEN_OUT.get(folded, folded)


def stem(folded: str) -> str:
    """Return a folded word without the mark of its plural."""
    return folded[:-1] if len(folded) > 3 and folded[-1] in "sx" else folded


def phrase(words: str) -> tuple[str, ...]:
    """Return the stems of several words, as a dictionary holds them."""
    return tuple(token.stem for token in tokens(words))
