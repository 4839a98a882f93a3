"""The reader's choice in a running page: read from the address, written back to it, kept over pages."""

from dataclasses import dataclass

import streamlit as st

from campaign import address
from campaign.filters import Filters, lenient, names

_KEY = "campaign_choice"

# How a page shows its answer, and what a reader has put aside: kept when a filter changes.
KEPT = ("view", "sort", "shortlist")


@dataclass(frozen=True)
class Choice:
    """The filters of this run, and the names of parameters whose value made no sense and was dropped."""

    filters: Filters
    dropped: tuple[str, ...]


def read() -> Choice:
    """Read the address (wrong values fall away) and remember the choice for the pages of this run."""
    given = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    filters, dropped = lenient(given)
    choice = Choice(filters, tuple(name for name in dropped if name in names()))
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
    kept = [(name, value) for name in KEPT if (value := local(name)) is not None]
    st.query_params.from_dict(_grouped(address.pairs(filters) + kept))


def local(name: str) -> str | None:
    """Return a page-local parameter of the address (`event`, `page`), or None."""
    value: str | None = st.query_params.get(name)
    return value


def _grouped(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, value in pairs:
        grouped.setdefault(name, []).append(value)
    return grouped
