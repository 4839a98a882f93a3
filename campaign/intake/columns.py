"""Which column of a spreadsheet is which field: by header, as `column_aliases.csv` lists them, or by a mapping."""

import csv
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from campaign.errors import IntakeError
from campaign.intake.request import Mapping

ALIASES: Final = Path(__file__).with_name("column_aliases.csv")
SEARCHED_ROWS: Final = 40

with ALIASES.open(encoding="utf-8", newline="") as _source:
    _TABLE: Final = {row["field"]: row["aliases"].split("|") for row in csv.DictReader(_source)}

FIELDS: Final = tuple(_TABLE)
# A row is a header if it names the title and one more of these, or several of them.
_TELLING: Final = {"title", "begins", "ends", "slots", "city", "venue", "organiser", "type", "description", "postcode"}


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
def _aliases() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, aliases in _TABLE.items():
        for alias in (name, *aliases):
            found.setdefault(plain(alias), name)
    return found


def field_of(header: str) -> str | None:
    """Return the field that a header names, if it is known."""
    return _aliases().get(plain(header))


def recognised(cells: Sequence[str]) -> int:
    """Return how many different fields a row of cells names, 0 if it cannot be a header."""
    named = {name for cell in cells if (name := field_of(cell))}
    telling = named & _TELLING
    if ("title" in named and len(telling) >= 2) or len(telling) >= 3:
        return len(named)
    return 0


def find_header(rows: Sequence[Sequence[str]], mapping: Mapping, file: str) -> Header:
    """Return the header of a spreadsheet from its first records; raise IntakeError if there is none to be found."""
    named = {field: column for field, column in mapping.columns.items() if isinstance(column, str)}
    numbered = {field: column for field, column in mapping.columns.items() if isinstance(column, int)}
    row = _header_row(rows, named)
    if row < 0 and not numbered:
        raise IntakeError(
            f"{file} : aucune ligne d'en-tête reconnue parmi les {min(len(rows), SEARCHED_ROWS)} premières.",
            "Ajoutez une ligne de titres de colonnes (titre, date, ville…), ou donnez --mapping : un fichier TOML"
            ' [columns] title = "Nom de l\'action" ou, sans en-tête, title = 1, begins = 2.',
        )
    width = max((len(cells) for cells in rows), default=0)
    names = [cell.strip() for cell in rows[row]] if row >= 0 else [f"colonne {n}" for n in range(1, width + 1)]
    columns = {field: [column - 1] for field, column in numbered.items()}
    if too_far := [field for field, indexes in columns.items() if indexes[0] >= width]:
        raise IntakeError(
            f"{file} n'a que {width} colonnes.", f"Corrigez le numéro de colonne de : {', '.join(too_far)}."
        )
    for field, wanted in named.items():
        found = [index for index, name in enumerate(names) if plain(name) == plain(wanted)]
        if not found:
            raise IntakeError(
                f"{file} n'a pas de colonne « {wanted} ».", f"Ses colonnes : {', '.join(filter(None, names))}."
            )
        columns[field] = found
    mapped = {index for indexes in columns.values() for index in indexes}
    for index, name in enumerate(names if row >= 0 else []):
        guess = field_of(name)
        if guess and index not in mapped and guess not in mapping.columns:
            columns.setdefault(guess, []).append(index)
    return Header(row=row, columns=columns, names=names)


def _header_row(rows: Sequence[Sequence[str]], named: dict[str, str]) -> int:
    """Return the record with the most known headers; -1 if no record looks like a header."""
    wanted = {plain(column) for column in named.values()}
    scores = [len(wanted & {plain(cell) for cell in cells}) * 100 + recognised(cells) for cells in rows[:SEARCHED_ROWS]]
    best = max(scores, default=0)
    return scores.index(best) if best > 0 else -1
