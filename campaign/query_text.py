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

    def sources(self) -> Mapping[str, str]:
        """Return which macro to read in place of another when it is called with this parameter."""
        ...


def bound(params: Mapping[str, object]) -> dict[str, object]:
    """Return parameters as DuckDB takes them: tuples as lists, filters as a typed struct."""
    return {
        key: value.as_value() if isinstance(value, Bindable) else list(value) if isinstance(value, tuple) else value
        for key, value in params.items()
    }


def planned(text: str, params: Mapping[str, object]) -> str:
    """Return a query that reads macros over counts in the one way that its parameters take: a third of the planning."""
    ways = [
        (name, tuple(sorted(param.sources().items()))) for name, param in params.items() if isinstance(param, Bindable)
    ]
    return _planned(text, tuple(ways))


@lru_cache(maxsize=1024)
def _planned(text: str, ways: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> str:
    macros = {(name, macro): way for name, sources in ways for macro, way in sources}

    def shorter(call: re.Match[str]) -> str:
        way = macros.get((call["param"], call["macro"]))
        return f"{way}(${call['param']})" if way else call.group()

    return re.sub(r"(?P<macro>\w+)\(\$(?P<param>\w+)\)", shorter, text)


@lru_cache
def text_of(name: str) -> str:
    """Return the text of `queries/<name>.sql`."""
    return (QUERIES / f"{name}.sql").read_text("utf-8")
