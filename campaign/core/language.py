"""The reader's language, and the texts in it.

Messages are written in French in the code, with ordinary spaces: `_` sets the no-break spaces that French asks for.
Their English stands in `campaign/locale/en/LC_MESSAGES/campaign.po`, compiled in memory at first use.
The language belongs to the current context (thread or task): a Streamlit fragment or a worker thread that runs apart
from the frame must call `use` again. A cached text must have `current()` in its key.
"""

import gettext as standard_gettext
import io
import re
from collections.abc import Mapping, Sequence
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self

Language = Literal["fr", "en"]

LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")
NO_BREAK: Final = "\u00a0"
THIN_NO_BREAK: Final = "\u202f"
NOT_KNOWN: Final = f"n.{NO_BREAK}c."  # « non communiqué », on one line
CATALOGUES: Final = Path(__file__).parents[1] / "locale"
_PLACE: Final = re.compile(r"\{(\w+)\}")

_language: ContextVar[Language] = ContextVar("campaign_language", default="fr")


class use:  # noqa: N801 - reads as a verb, alone or after `with`
    """Set the language of the current context; as a context manager, give the former one back at the end."""

    def __init__(self, language: Language) -> None:
        self._token: Token[Language] = _language.set(known(language))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _language.reset(self._token)


def known(value: str | None) -> Language:
    """Return the language of that code ("fr", "en", "en-GB"), French if there is none."""
    return "en" if value is not None and re.match(r"en\b", value.lower().replace("_", "-")) else "fr"


def current() -> Language:
    """Return the language of the current context."""
    return _language.get()


def mark(message: str) -> str:
    """Mark a message of a table for translation, and return it as it is: `_` translates it when it is shown."""
    return message


def gettext(message: str, /, **values: object) -> str:
    """Return the message in the current language, its `{name}` places filled with `values`, if any are given."""
    template = _template(message, current())
    return filled(template, values) if values else template


def ngettext(singular: str, plural: str, n: float, /, **values: object) -> str:
    """Return the form that agrees with n in the current language, its `{name}` places filled with `values`.

    In French 0, 1 and 1,5 are singular; in English only 1 is.
    """
    if current() == "fr":
        template = _template(singular if abs(n) < 2 else plural, "fr")
    else:
        template = unbroken(catalogue("en").ngettext(singular, plural, 1 if abs(n) == 1 else 2))
    return filled(template, values) if values else template


@dataclass(frozen=True)
class Message:
    """A text that is put into words where it is read, in the reader's language: its French, and what fills its `{name}` places.

    It is what is said of a file before it is known who reads it. A value may be a message itself.
    """

    text: str
    values: "Mapping[str, str | int | Message]" = field(default_factory=dict)

    def __str__(self) -> str:
        # a message may come from a process that reads strangers' files: its places are filled, and no format of theirs is obeyed
        return _PLACE.sub(lambda place: str(self.values.get(place[1], place[0])), gettext(self.text))


def say(text: str, /, **values: object) -> Message:
    """Return a message in French, to be put into the reader's language; values of other kinds are told as texts."""
    return Message(
        text, {name: value if isinstance(value, str | int | Message) else str(value) for name, value in values.items()}
    )


def join(separator: str, messages: "Sequence[str | Message]") -> Message:
    """Return messages one after the other, as one."""
    values = {f"part_{number}": each for number, each in enumerate(messages)}
    return Message(separator.join(f"{{{name}}}" for name in values), values)


def message_of(given: object) -> str | Message:
    """Return a message as it came from another process, where it was written as JSON."""
    if not isinstance(given, Mapping):
        return str(given)
    values = given.get("values")
    return Message(
        str(given.get("text")),
        {str(name): message_of(value) for name, value in values.items()} if isinstance(values, Mapping) else {},
    )


@lru_cache(maxsize=4096)  # there are some 3,000 messages
def _template(message: str, language: Language) -> str:
    """Return a message in a language, its places not filled yet."""
    return typeset(message) if language == "fr" else unbroken(catalogue(language).gettext(message))


_ = gettext


def filled(template: str, values: Mapping[str, object]) -> str:
    """Return the text with its places filled; what ends with the point of an abbreviation takes no full stop besides."""
    return template.format(**values).replace(f"{NOT_KNOWN}.", NOT_KNOWN)


def typeset(text: str) -> str:
    """Return the French text with its no-break spaces: U+202F before ; ! ?, U+00A0 before : % € », after « and in « n. c. »."""
    text = re.sub(r" (?=[;!?])", THIN_NO_BREAK, text)
    text = re.sub(r" (?=[:%€»])", NO_BREAK, text)
    return unbroken(text.replace("« ", f"«{NO_BREAK}").replace("n. c.", NOT_KNOWN))


def unbroken(text: str) -> str:
    """Return the text with a number and its unit, and both ends of an arrow, on one line."""
    return text.replace(" km", f"{NO_BREAK}km").replace(" → ", f"{NO_BREAK}→{NO_BREAK}")


@cache
def catalogue(language: Language) -> standard_gettext.GNUTranslations:
    """Return the compiled catalogue of a language other than French, from its .po file."""
    from babel.messages.mofile import (
        write_mo,  # which take longer to load than a process that reads files takes to begin
    )
    from babel.messages.pofile import read_po

    with (CATALOGUES / language / "LC_MESSAGES" / "campaign.po").open("rb") as source:
        messages = read_po(source, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return standard_gettext.GNUTranslations(compiled)
