"""The queries as they are run: their texts, the shortest way that their parameters take, and how DuckDB takes these."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Protocol, runtime_checkable

import duckdb

from campaign.settings import ROOT

QUERIES = ROOT / "queries"


@runtime_checkable
class Bindable(Protocol):
    """A parameter that says how DuckDB takes it (campaign.filters.Filters)."""

    def as_value(self) -> duckdb.Value:
        """Return the typed DuckDB value."""
        ...

    def shortened(self) -> Mapping[str, str]:
        """Return what stands for a macro's call with this parameter: {p} is the parameter, {0} the argument after it."""
        ...


def bound(params: Mapping[str, object]) -> dict[str, object]:
    """Return parameters as DuckDB takes them: tuples as lists, filters as a typed struct."""
    return {
        key: value.as_value() if isinstance(value, Bindable) else list(value) if isinstance(value, tuple) else value
        for key, value in params.items()
    }


def planned(text: str, params: Mapping[str, object]) -> tuple[str, dict[str, object]]:
    """Return a query without the ways that its parameters do not take (half of the planning), and its bound parameters.

    A choice that nothing reads any more, as it filters nothing, is left out: DuckDB refuses what a query does not name.
    """
    ways = [
        (name, tuple(sorted(param.shortened().items())))
        for name, param in params.items()
        if isinstance(param, Bindable)
    ]
    short, unread = _planned(text, tuple(ways))
    return short, bound({name: param for name, param in params.items() if name not in unread})


@lru_cache(maxsize=1024)
def _planned(text: str, ways: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> tuple[str, frozenset[str]]:
    macros = {(name, macro): way for name, shortened in ways for macro, way in shortened}

    def shorter(call: re.Match[str]) -> str:
        way = macros.get((call["param"], call["macro"]))
        return way.format(*call["others"].split(", ")[1:], p=f"${call['param']}") if way else call.group()

    short = re.sub(r"(?P<macro>\w+)\(\$(?P<param>\w+)(?P<others>(?:, [\w.]+)*)\)", shorter, text)
    unread = _names(text) - _names(short)
    return short, frozenset(name for name, _shortened in ways if name in unread)


def _names(text: str) -> set[str]:
    return {name for statement in duckdb.extract_statements(text) for name in statement.named_parameters}


@lru_cache
def text_of(name: str) -> str:
    """Return the text of `queries/<name>.sql`."""
    return (QUERIES / f"{name}.sql").read_text("utf-8")
