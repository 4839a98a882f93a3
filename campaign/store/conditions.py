"""Conditions on events, as the registry of filters writes them and plans of queries read them."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Condition:
    """A condition on one event, in SQL over the columns of `events`.

    `{p}` stands before the name of each parameter (`$chosen_type_1` is written `${p}_type_1`) and `{t}` before each column, for
    queries that give the table an alias; `columns` are those that it reads: a rollup that holds them all can answer in the place
    of the events. `is_range`: it cuts days, which rollups by day do themselves.
    """

    sql: str
    columns: frozenset[str]
    parameters: tuple[tuple[str, Any], ...] = ()
    is_range: bool = False


def one_of(name: str, column: str, values: tuple[Any, ...]) -> Condition:
    """Return the condition that a column holds one of these values; each is a parameter, so that DuckDB sees constants."""
    parameters = tuple((f"{name}_{place}", value) for place, value in enumerate(values, start=1))
    names = ", ".join(f"${{p}}_{parameter}" for parameter, _value in parameters)
    sql = f"{{t}}{column} = {names}" if len(values) == 1 else f"{{t}}{column} in ({names})"
    return Condition(sql, frozenset({column}), parameters)


def any_of(name: str, column: str, values: tuple[Any, ...]) -> Condition:
    """Return the condition that a list column holds at least one of these values."""
    return Condition(f"list_has_any({{t}}{column}, ${{p}}_{name})", frozenset({column}), ((name, list(values)),))
