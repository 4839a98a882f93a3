"""Which columns of a table a mapping means, by a header or by a number (1 is the first)."""

from collections.abc import Sequence

from campaign.core.errors import IntakeError
from campaign.core.language import say
from campaign.intake.fields.column_names import plain
from campaign.intake.request import Mapping


def wanted(mapping: Mapping) -> dict[str, list[str | int]]:
    """Return what the mapping gives for each field, as a list."""
    return {field: column if isinstance(column, list) else [column] for field, column in mapping.columns.items()}


def headers(mapping: Mapping) -> set[str]:
    """Return the headers that a mapping names, made comparable."""
    return {plain(column) for columns in wanted(mapping).values() for column in columns if isinstance(column, str)}


def is_among(index: int, name: str, given: Sequence[str | int]) -> bool:
    """Tell whether a column (from 0) of that name is among those that are given."""
    return any(index == column - 1 if isinstance(column, int) else plain(name) == plain(column) for column in given)


def of_field(field: str, column: str | int, names: Sequence[str], width: int, file: str) -> list[int]:
    """Return the columns (from 0) that are given for a field; raises IntakeError where the table has none such."""
    if isinstance(column, int):
        if column > width:
            raise IntakeError(
                say("{file} n'a que {width} colonnes.", file=file, width=width),
                say("Corrigez le numéro de colonne de : {field}.", field=field),
            )
        return [column - 1]
    indexes = [index for index, name in enumerate(names) if plain(name) == plain(column)]
    if not indexes:
        raise IntakeError(
            say("{file} n'a pas de colonne « {column} ».", file=file, column=column),
            say("Ses colonnes : {columns}.", columns=", ".join(filter(None, names))),
        )
    return indexes
