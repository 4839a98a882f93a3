"""Which column of a spreadsheet is which field: by header, as `column_aliases.csv` lists them, or by a mapping."""

import csv
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from campaign.core.errors import IntakeError
from campaign.intake.request import Mapping
from campaign.profile.aliases import aliases
from campaign.profile.tables import AliasRow

ALIASES: Final = Path(__file__).with_name("column_aliases.csv")
SEARCHED_ROWS: Final = 40

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
_LANGUAGE: Final = re.compile(r"\s+-\s+([A-Za-z]{2})$")
_JOINED: Final = {
    "description",
    "long_description",
    "conditions",
    "keywords",
    "themes",
    "partners",
}  # of all their columns


@dataclass(frozen=True)
class Header:
    """The record that is the header (from 0; -1 if there is none), and the columns (from 0) of each field."""

    row: int
    columns: dict[str, list[int]]
    names: list[str]

    @property
    def unused(self) -> list[str]:
        """Headers that are no field."""
        used = {index for indexes in self.columns.values() for index in indexes}
        return [name for index, name in enumerate(self.names) if index not in used and name]


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
    found = {plain(row.alias): row.field for row in own if row.field in FIELDS}
    for name, known in _TABLE.items():
        for alias in (name, *known):
            found.setdefault(plain(alias), name)
    return found


def field_of(header: str) -> str | None:
    """Return the field that a header names, if it is known."""
    return _aliases(aliases()).get(plain(header))


def recognised(cells: Sequence[str]) -> int:
    """Return how many different fields a row of cells names, 0 if it cannot be a header."""
    named = {name for cell in cells if (name := field_of(language_of(cell)[0]))}
    telling = named & _TELLING
    if ("title" in named and len(telling) >= 2) or len(telling) >= 3:
        return len(named)
    return 0


def has_header(rows: Sequence[Sequence[str]], mapping: Mapping) -> bool:
    """Tell whether a table can be read: a row of it is a header, or the mapping needs none."""
    by_number = any(isinstance(column, int) for columns in _wanted(mapping).values() for column in columns)
    return by_number or _header_row(rows, mapped_headers(mapping)) >= 0


def mapped_headers(mapping: Mapping) -> set[str]:
    """Return the headers that a mapping names, made comparable."""
    return {plain(column) for columns in _wanted(mapping).values() for column in columns if isinstance(column, str)}


def is_openagenda(names: Sequence[str]) -> bool:
    """Tell whether these headers are those of an OpenAgenda export, whose identifiers are the platform's."""
    return len(_OPENAGENDA & {plain(language_of(name)[0]) for name in names}) >= 3


def language_of(header: str) -> tuple[str, str]:
    """Return a header without its language, and the language: « Titre - EN » is the title in English."""
    match = _LANGUAGE.search(header.strip())
    return (header.strip()[: match.start()], match[1].lower()) if match else (header, "fr")


def find_header(rows: Sequence[Sequence[str]], mapping: Mapping, file: str) -> Header:
    """Return the header of a spreadsheet from its first records; raise IntakeError if there is none to be found.

    What the mapping says goes first. Where a field has columns in several languages, French comes before the others, which
    stand in for it where it is empty.
    """
    wanted = _wanted(mapping)
    unused = wanted.pop(UNUSED, [])
    row = _header_row(rows, mapped_headers(mapping))
    if row < 0 and not any(isinstance(column, int) for given in wanted.values() for column in given):
        raise IntakeError(
            f"{file} : aucune ligne d'en-tête reconnue parmi les {min(len(rows), SEARCHED_ROWS)} premières.",
            "Ajoutez une ligne de titres de colonnes (titre, date, ville…), ou donnez --mapping : un fichier TOML"
            ' [columns] title = "Nom de l\'action" ou, sans en-tête, title = 1, begins = 2.',
        )
    width = max((len(cells) for cells in rows), default=0)
    names = [cell.strip() for cell in rows[row]] if row >= 0 else [f"colonne {n}" for n in range(1, width + 1)]
    columns: dict[str, list[int]] = {}
    for field, given in wanted.items():
        for column in given:
            columns.setdefault(field, []).extend(_mapped(field, column, names, width, file))
    mapped = {index for indexes in columns.values() for index in indexes}
    mapped |= {index for index, name in enumerate(names) if _is_among(index, name, unused)}
    foreign: list[tuple[str, int]] = []
    for index, name in enumerate(names if row >= 0 else []):
        bare, language = language_of(name)
        guess = field_of(name) or field_of(bare)
        if not guess or index in mapped or guess in wanted:
            continue
        if language == "fr" or field_of(name):
            columns.setdefault(guess, []).append(index)
        else:
            foreign.append((guess, index))
    for guess, index in foreign:
        if guess not in columns or guess not in _JOINED:
            columns.setdefault(guess, []).append(index)
    return Header(row=row, columns=columns, names=names)


def _wanted(mapping: Mapping) -> dict[str, list[str | int]]:
    return {field: column if isinstance(column, list) else [column] for field, column in mapping.columns.items()}


def _is_among(index: int, name: str, given: Sequence[str | int]) -> bool:
    return any(index == column - 1 if isinstance(column, int) else plain(name) == plain(column) for column in given)


def _mapped(field: str, column: str | int, names: Sequence[str], width: int, file: str) -> list[int]:
    """Return the columns (from 0) that a mapping means by a header or a number."""
    if isinstance(column, int):
        if column > width:
            raise IntakeError(f"{file} n'a que {width} colonnes.", f"Corrigez le numéro de colonne de : {field}.")
        return [column - 1]
    found = [index for index, name in enumerate(names) if plain(name) == plain(column)]
    if not found:
        raise IntakeError(
            f"{file} n'a pas de colonne « {column} ».", f"Ses colonnes : {', '.join(filter(None, names))}."
        )
    return found


def _header_row(rows: Sequence[Sequence[str]], wanted: set[str]) -> int:
    """Return the record with the most known headers; -1 if no record looks like a header."""
    scores = [len(wanted & {plain(cell) for cell in cells}) * 100 + recognised(cells) for cells in rows[:SEARCHED_ROWS]]
    best = max(scores, default=0)
    return scores.index(best) if best > 0 else -1
