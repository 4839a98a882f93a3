"""Columns that are called titles and hold something else: how a person is addressed, the kind of the event beside its name."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from campaign.intake.fields import guessing, named_types
from campaign.intake.fields.column_names import plain

_SURE: Final = re.compile(r"\b(?:titres?|title|intitules?|noms?|name|libelles?)\b")
_CIVILITY: Final = re.compile(
    r"(?:m|mr|mme|mlle|monsieur|madame|mademoiselle|dr|docteur|pr|mx|mrs|ms)(?: (?:et|ou) (?:m|mme|mlle))?"
)


def settle(
    columns: dict[str, list[int]], names: Sequence[str], cells: dict[int, list[str]], wanted: dict[str, list[str | int]]
) -> set[int]:
    """Leave titles that are « Mme » or « M. », take those that are kinds of events for these where another column has the titles.

    Returns the columns that are left.
    """
    titles = columns.get("title", [])
    persons = [index for index in titles if _are_all(cells.get(index, []), _is_civility)]
    kinds = [
        index
        for index in titles
        if index not in persons
        and not _SURE.search(plain(names[index]))
        and _are_all(cells.get(index, []), named_types.is_label)
    ]
    others = [index for index in titles if index not in (*persons, *kinds)]
    if "title" in wanted or not (persons or (kinds and others)):
        return set()
    columns["title"] = others or kinds
    if not columns["title"]:
        del columns["title"]
    if others and kinds and "type" not in {*columns, *wanted}:
        columns["type"] = kinds
    return {*persons, *(kinds if others and columns.get("type") != kinds else ())}


def _are_all(values: Sequence[str], is_one: Callable[[str], bool]) -> bool:
    return len(values) >= guessing.FEWEST and all(map(is_one, values))


def _is_civility(text: str) -> bool:
    return bool(_CIVILITY.fullmatch(plain(text)))
