"""The queries as they are run: their texts, written out for the choices among their parameters, and the values that are bound."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Protocol, runtime_checkable

import duckdb
from jinja2.meta import find_undeclared_variables

from campaign.store.plans import QUERIES, TEMPLATES, Plan, Planned, written

__all__ = ["QUERIES", "choices_of", "planned", "text_of"]


@runtime_checkable
class Bindable(Protocol):
    """A parameter that is a choice (campaign.filters.Filters)."""

    def plan(self) -> Planned:
        """Return how it reads the event file."""
        ...


def planned(text: str, params: Mapping[str, object], *, only_scans: bool = False) -> tuple[str, dict[str, object]]:
    """Return a query as SQL, and its bound parameters: tuples as lists, of choices the values that the SQL names.

    Raises duckdb.InvalidInputException for a choice that is not given. `only_scans` reads every count from the events, as the
    rollups must give it.
    """
    choices = {name: param.plan() for name, param in params.items() if isinstance(param, Bindable)}
    if missing := choices_of(text) - choices.keys():
        raise duckdb.InvalidInputException(f"a choice is missing: {', '.join(sorted(missing))}")
    plans = tuple((name, _plan(of, only_scans)) for name, of in choices.items())
    sql, wanted = _written(text, plans)
    values: dict[str, object] = {
        f"{name}_{key}": value
        for name, of in choices.items()
        for key, value in of.values.items()
        if f"{name}_{key}" in wanted
    }
    others = {name: param for name, param in params.items() if name not in choices}
    return sql, values | {name: list(of) if isinstance(of, tuple) else of for name, of in others.items()}


def _plan(of: Planned, only_scans: bool) -> Plan:
    return of.plan.scanned() if only_scans else of.plan


@lru_cache(maxsize=1024)
def _written(text: str, plans: tuple[tuple[str, Plan], ...]) -> tuple[str, frozenset[str]]:
    """Return the SQL, and the names of its parameters: DuckDB refuses a value that nothing reads."""
    sql = written(text, plans)
    return sql, _named(sql)


def _named(sql: str) -> frozenset[str]:
    return frozenset(name for statement in duckdb.extract_statements(sql) for name in statement.named_parameters)


@lru_cache
def text_of(name: str) -> str:
    """Return the text of `queries/<name>.sql`."""
    return (QUERIES / f"{name}.sql").read_text("utf-8")


@lru_cache
def choices_of(text: str) -> frozenset[str]:
    """Return the names of the choices that a query reads."""
    return frozenset(find_undeclared_variables(TEMPLATES.parse(text)))
