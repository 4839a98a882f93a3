"""What the codes of the event file are called, in the reader's language."""

import unicodedata
from dataclasses import dataclass

from campaign import store
from campaign.core.language import current


@dataclass(frozen=True)
class Label:
    """A code's two names, and the codes above it (a département's regions of 2014 and 2016)."""

    code: str
    fr: str
    en: str
    parents: tuple[str, ...]

    @property
    def text(self) -> str:
        """The name in the reader's language."""
        return self.en if current() == "en" else self.fr


def labels(kind: str) -> dict[str, Label]:
    """Return the names of a kind (region_2014, region_2016, departement, type, theme, edition), by code, sorted by name."""
    return _labels(store.reader().identity)[kind]


def label(kind: str, code: str | None) -> str:
    """Return one name; the code itself where the file has no name for it."""
    known_label = labels(kind).get(code or "")
    return known_label.text if known_label else (code or "")


def alphabetical(name: str) -> str:
    """Return a name as it is sorted: « Île-de-France » among the I."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe"))
    return "".join(character for character in plain if not unicodedata.combining(character))


@store.cached_per_file(maxsize=4)
def _labels(_file: store.Identity) -> dict[str, dict[str, Label]]:
    kinds: dict[str, list[Label]] = {"theme": []}
    for kind, code, fr, en, parents in store.query("labels").values:
        kinds.setdefault(kind, []).append(Label(code, fr, en, tuple(parents)))
    return {
        kind: {entry.code: entry for entry in sorted(entries, key=lambda e: alphabetical(e.fr))}
        for kind, entries in kinds.items()
    }
