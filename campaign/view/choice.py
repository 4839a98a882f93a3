"""The reader's choice in a running page: read from the address, written back to it, kept over pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from campaign import address
from campaign.filters import NAMES, Filters, lenient
from campaign.view import parameters

_KEY = "campaign_choice"

# How a page shows its answer, and what a reader has put aside: kept when a filter changes.
KEPT = ("view", "sort", "shortlist")


@dataclass(frozen=True)
class Choice:
    """The filters of this run, the page's own parameters by name, and those of both whose value was not taken as it stood."""

    filters: Filters
    dropped: tuple[str, ...]
    local: Mapping[str, str | None] = field(default_factory=dict)
    local_dropped: tuple[parameters.Parameter, ...] = ()


def read(page: str) -> Choice:
    """Read the address as a page (its key) takes it, and remember the choice for this run; wrong values fall away."""
    given = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    filters, dropped = lenient(given)
    declared = parameters.of(page)
    asked = {name: st.query_params.get_all(name) for name in declared}
    local = {
        name: declared[name].taken(values[0], filters) if len(values) == 1 else None for name, values in asked.items()
    }
    choice = Choice(
        filters,
        tuple(name for name in dropped if name in NAMES),
        local,
        tuple(declared[name] for name, values in asked.items() if values and values != [local[name]]),
    )
    st.session_state[_KEY] = choice
    return choice


def state() -> Choice:
    """Return the choice of this run."""
    found: Choice = st.session_state[_KEY]
    return found


def current() -> Filters:
    """Return the filters of this run."""
    return state().filters


def write(filters: Filters) -> None:
    """Put a choice into the address; page-local parameters go, but for those of KEPT."""
    kept = [(name, value) for name in KEPT if (value := state().local.get(name)) is not None]
    st.query_params.from_dict(_grouped(address.pairs(filters) + kept))


def local(name: str) -> str | None:
    """Return what the page takes of one of its own parameters, None without one; KeyError if it declares none of that name."""
    return state().local[name]


def is_dropped(name: str) -> bool:
    """Whether the address gave one of the page's own parameters a value that was not taken."""
    return any(parameter.name == name for parameter in state().local_dropped)


def asked(name: str) -> str:
    """Return what the address says of a shared filter, whether it makes sense or not; "" if nothing."""
    return str(st.query_params.get(name) or "")


def _grouped(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, value in pairs:
        grouped.setdefault(name, []).append(value)
    return grouped
