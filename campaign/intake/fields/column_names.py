"""What columns are called: the field of each header, as `column_aliases.csv` and the campaign's own list say."""

import csv
import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from campaign.intake.fields import likeness
from campaign.profile.aliases import aliases
from campaign.profile.tables import AliasRow

ALIASES: Final = Path(__file__).with_name("column_aliases.csv")
LONGEST_HEADER: Final = 60
SURE: Final = 0.8

with ALIASES.open(encoding="utf-8", newline="") as _source:
    _TABLE: Final = {row["field"]: row["aliases"].split("|") for row in csv.DictReader(_source)}

FIELDS: Final = tuple(_TABLE)
UNUSED: Final = "unused"  # what a mapping calls columns that are no field, whatever their headers look like
# A row is a header if it names the title and one more of these, or several of them.
_TELLING: Final = {"title", "begins", "ends", "slots", "city", "venue", "organiser", "type", "description", "postcode"}

# Headers that only OpenAgenda's exports have together.
_OPENAGENDA: Final = {
    "identifiant", "permalien", "horaires iso", "resume horaires", "horaires detailles", "agenda d origine titre",
    "creation de la fiche", "derniere mise a jour",
}  # fmt: skip
_BRACKETS: Final = re.compile(r"\s*(?P<name>[^()\[\]]+?)[\s*:]*[(\[](?P<inside>[^()\[\]]*)[)\]]\s*")
_PLACES: Final = frozenset({"city", "postcode", "address", "departement", "region"})
# What « position.lat » and « place_lng » end with.
_SIDES: Final = {"lat": "lat", "latitude": "lat", "lng": "lon", "lon": "lon", "longitude": "lon"}
_YEARS: Final = re.compile(r"^(?:20\d\d\b\s*)+|(?:\s*\b20\d\d)+$")
_LANGUAGE: Final = re.compile(r"\s+-\s+([A-Za-z]{2})$")


@lru_cache(maxsize=4096)
def plain(header: str) -> str:
    """Return a header without case, accents, punctuation, a mark of language (« - FR ») or of obligation (« * »)."""
    text = unicodedata.normalize("NFKD", header.replace("œ", "oe").replace("’", "'").replace("°", " no "))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    text = re.sub(r"\s+-\s+fr$", "", text.strip())
    text = re.sub(
        r"\((?:obligatoire|facultatif|required|optional|si connu[es]*|jj/mm/aaaa|hh:mm|format[^)]*)\)", " ", text
    )
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())


@cache
def _aliases(own: tuple[AliasRow, ...]) -> dict[str, str]:
    """Return the field of each header: the campaign's own go before those that any file may have."""
    names = {plain(row.alias): row.field for row in own if row.field in FIELDS}
    for name, known in _TABLE.items():
        for alias in (name, *known):
            names.setdefault(plain(alias), name)
    return names


@cache
def _names(own: tuple[AliasRow, ...]) -> likeness.Names:
    return likeness.Names(_aliases(own))


def field_of(header: str) -> str | None:
    """Return the field that a header names, if it is known, with or without what it says in brackets."""
    named = _aliases(aliases())
    key = plain(header)
    return (
        named.get(key)
        or named.get(likeness.in_full(key))
        or named.get(" ".join(_YEARS.sub("", key).split()))  # « Dates 2026 »
        or (_of_brackets(header, named) if header.rstrip().endswith((")", "]")) else None)
        or (_SIDES.get(key.rsplit(" ", 1)[-1]) if " " in key and not likeness.is_of_a_body(header) else None)
    )


def _of_brackets(header: str, named: dict[str, str]) -> str | None:
    """Return the field of « Intitulé (80 signes) » or « Lieu (ville) »: the place that brackets name goes before « lieu »."""
    match = _BRACKETS.fullmatch(header)
    if match is None or likeness.says_other(match["inside"]):
        return None
    outside, inside = named.get(plain(match["name"])), named.get(plain(match["inside"]))
    return inside if outside == "venue" and inside in _PLACES else outside


@cache
def _close(header: str, own: tuple[AliasRow, ...]) -> str | None:
    """Return the field whose name a header nearly is."""
    if not header or len(header) > LONGEST_HEADER:
        return None
    likely = {name: score for name, (score, _alias) in likeness.by_name(header, _names(own)).items() if score >= SURE}
    return max(likely, key=lambda name: likely[name]) if likely else None


def recognised(cells: Sequence[str]) -> int:
    """Return how many different fields a row of cells names, 0 if it cannot be a header."""
    named = {
        name for cell in cells if (name := field_of(language_of(cell)[0]) or _close(language_of(cell)[0], aliases()))
    }
    telling = named & _TELLING
    if ("title" in named and len(telling) >= 2) or len(telling) >= 3:
        return len(named)
    return 0


def is_openagenda(names: Sequence[str]) -> bool:
    """Tell whether these headers are those of an OpenAgenda export, whose identifiers are the platform's."""
    return len(_OPENAGENDA & {plain(language_of(name)[0]) for name in names}) >= 3


def language_of(header: str) -> tuple[str, str]:
    """Return a header without its language, and the language: « Titre - EN » is the title in English."""
    match = _LANGUAGE.search(header.strip())
    return (header.strip()[: match.start()], match[1].lower()) if match else (header, "fr")


def known() -> likeness.Names:
    """Return the fields by the headers that are listed, made comparable."""
    return _names(aliases())
