"""A number with its noun, and words in a row."""

from collections.abc import Iterable

from campaign.core.language import _, ngettext
from campaign.wording.numbers import number


def counted(n: int, singular: str, plural: str, /) -> str:
    """Return the number and the noun that agrees: "0 événement", "1 700 événements" ("0 events", "1,700 events").

    The two nouns are French messages: extraction reads them from the call (keyword `counted:2,3`).
    """
    return f"{number(n)} {ngettext(singular, plural, n)}"


def listed(words: Iterable[str]) -> str:
    """Return the words in a row: "a", "a et b", "a, b et c"."""
    *first, last = words
    return _("{first} et {last}", first=", ".join(first), last=last) if first else last


def clauses(parts: Iterable[str]) -> str:
    """Return clauses as one sentence, without its full stop: "a ; b ; c"."""
    first, *others = parts
    for other in others:
        first = _("{sentence} ; {more}", sentence=first, more=other)
    return first


def quoted(text: str) -> str:
    """Return the reader's own words between quotation marks: "« vélo »", "“vélo”"."""
    return _("« {text} »", text=text)


def with_stop(text: str) -> str:
    """Return a sentence with its full stop, if it has no other end."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
