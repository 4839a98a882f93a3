"""The place that the filter `near` names: a postcode, or the code or name of a commune in any year since 2008."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from campaign import store
from campaign.core.errors import FilterError
from campaign.core.language import say

NAME: Final = 2  # how places_named says that it is the very name; below, that it is the postcode or the code
BEGINNING: Final = 4  # that it begins a name
MOST_GUESSES: Final = 12
LONGEST: Final = 100


def rows_named(text: str) -> list[dict[str, Any]]:
    """Return the rows of places_named for what a reader wrote, the likeliest first."""
    return store.query("places_named", text=text[:LONGEST], limit=MOST_GUESSES).rows


@dataclass(frozen=True)
class Spans:
    """When a commune's code is in force, each time from a day until before another, and the commune that stands for it today."""

    code_now: str
    in_force: tuple[tuple[date, date], ...]

    @property
    def is_always_in_force(self) -> bool:
        """Whether it is in force on every day."""
        return self.in_force == ((date.min, date.max),)


def spans_of(code: str) -> Spans:
    """Return when a code is in force; raises StoreError through the reader, KeyError for a code that no commune has had."""
    rows = store.query("commune_periods", code=code).rows
    if not rows:
        raise KeyError(code)
    spans: list[tuple[date, date]] = []
    for row in rows:
        if row["is_in_force"]:
            begins, ends = row["valid_from"], row["valid_to"] or date.max
            if spans and spans[-1][1] == begins:  # under another name
                begins = spans.pop()[0]
            spans.append((begins, ends))
    return Spans(rows[-1]["held_code"], tuple(spans))


def in_words(row: dict[str, Any]) -> str:
    """Return a place so that it can be told from its namesakes: "Saint-Denis (93200, Seine-Saint-Denis)"."""
    now = f", aujourd'hui {row['name_now']}" if row["name_now"] not in (None, row["name"]) else ""
    return f"{row['name']}{now} ({row['postcode']}, {row['departement']})"


def begun(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the place whose name only begins as was written, where all such names are one town's: « Cherbourg »; else none."""
    beginnings = [row for row in rows if row["fit"] == BEGINNING]
    towns = {(row["name_now"], row["departement"]) for row in beginnings}
    return sorted(beginnings, key=lambda row: row["asked"] != row["commune_code"])[:1] if len(towns) == 1 else []


def resolve(name: str, value: str) -> tuple[str, dict[str, Any]]:
    """Return what an address holds for this place, and a row with its name, lat, lon.

    Of several communes under one postcode it is the most populous. Raises FilterError for what is no place, and for a name that
    several places have: the message names them all, the most populous first.
    """
    by_code = store.query("place_of_code", code=value)
    if not by_code.is_empty:
        return value, by_code.one
    guesses = rows_named(value)
    meant = [row for row in guesses if row["fit"] <= NAME]
    if not meant:
        meant = begun(guesses)
    if not meant:
        raise FilterError(
            name, say("« {value} » n'est ni un code postal, ni le code ou le nom d'une commune.", value=value)
        )
    if len(meant) > 1:
        listed = " ; ".join(f"{row['asked']} pour {in_words(row)}" for row in meant)
        raise FilterError(
            name,
            say(
                "« {value} » est le nom de plusieurs communes. Donnez le code de l'une : {listed}.",
                value=value,
                listed=listed,
            ),
        )
    return meant[0]["asked"], meant[0]
