"""The reader's choice in a running page: read from the address, written back to it, kept over pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from campaign.filters import Filters, lenient, names, urls
from campaign.view.frame import parameters

_KEY = "campaign_choice"
_WRITTEN = "campaign_address_written"

Address = dict[str, list[str]]

# How a page shows its answer, and what a reader has put aside: kept when a filter changes.
KEPT = (
    "view",
    "sort",
    "shortlist",
    "layer",
    "measure",
    "against",
    "scale",
    "with",
    "align",
    "zoom",
    "alone",
    "within",
    "kind",
    "around",
)


@dataclass(frozen=True)
class Choice:
    """The filters of this run, the page's own parameters by name, and those of both whose value was not taken as it stood."""

    filters: Filters
    dropped: tuple[str, ...]
    local: Mapping[str, str | None] = field(default_factory=dict)
    local_dropped: tuple[parameters.Parameter, ...] = ()


@dataclass
class _Written:
    """An address on its way to the browser, and the ones that the browser may still show meanwhile."""

    address: Address
    before: list[Address]
    is_of_this_run: bool = True


def read(page: str) -> Choice:
    """Read the address as a page (its key) takes it, and remember the choice for this run; wrong values fall away."""
    given = _address()
    filters, dropped = _filters(given)
    declared = parameters.of(page)
    given_values = {name: given.get(name, []) for name in declared}
    local = {
        name: declared[name].taken(values[0], filters) if len(values) == 1 else None
        for name, values in given_values.items()
    }
    choice = Choice(
        filters,
        tuple(name for name in dropped if name in names()),
        local,
        tuple(declared[name] for name, values in given_values.items() if values and values != [local[name]]),
    )
    st.session_state[_KEY] = choice
    return choice


def state() -> Choice:
    """Return the choice of this run."""
    choice: Choice = st.session_state[_KEY]
    return choice


def current() -> Filters:
    """Return the filters of this run."""
    return state().filters


def latest() -> Filters:
    """Return the filters to change in a callback: those of the address that came with this pick, or is on its way."""
    return _filters(_address())[0]


def write(filters: Filters, /, **others: str | None) -> None:
    """Put a choice into the address; page-local parameters go, but for those of KEPT and of `others`."""
    given = _address()
    kept_parameters = {name: given[name] for name in KEPT if name in given and _still_fits(name, given[name], filters)}
    _put(_grouped(urls.pairs(filters)) | kept_parameters | {name: [value] for name, value in others.items() if value})


def _still_fits(name: str, values: list[str], filters: Filters) -> bool:
    """Return whether some page takes these values with the new choice: the edition of before is not compared with itself."""
    declared = [parameter for parameter in parameters.PARAMETERS if parameter.name == name]
    return any(parameter.taken(values[0], filters) is not None for parameter in declared)


def put(name: str, values: list[str]) -> None:
    """Give one filter these values in the address, as they are written there."""
    others = [pair for pair in latest().to_query() if pair[0] != name]
    write(lenient([*others, *((name, value) for value in values)])[0])


def write_local(**values: str | None) -> None:
    """Put page-local parameters into the address, or take them away."""
    other_parameters = {name: given for name, given in _address().items() if name not in values}
    _put(other_parameters | {name: [value] for name, value in values.items() if value})


def _address() -> Address:
    """Return the address: as the browser sent it, unless it had not yet heard of the one that was written last.

    Back, Forward and links say where the reader wants to be; whatever was on its way no longer counts, and is taken back.
    """
    address = {name: st.query_params.get_all(name) for name in st.query_params}
    written: _Written | None = st.session_state.get(_WRITTEN)
    if written is None:
        return address
    if address == written.address:
        if not written.is_of_this_run:  # it has arrived
            written.before.clear()
        return address
    if is_history():
        st.session_state[_WRITTEN] = None
        if written.before:
            _put_from([*written.before, written.address], address)
    elif address in written.before:
        written.is_of_this_run = True
        st.query_params.from_dict(written.address)
        return written.address
    return address


def is_history() -> bool:
    """Return whether the browser's history, or a link, asked for this run."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def settle() -> None:
    """Note that a run has come to its end."""
    written: _Written | None = st.session_state.get(_WRITTEN)
    if written is not None:
        written.is_of_this_run = False


def _put(address: Address) -> None:
    before = _address()
    written: _Written | None = st.session_state.get(_WRITTEN)
    _put_from([*(written.before if written else []), before], address)


def _put_from(before: list[Address], address: Address) -> None:
    st.session_state[_WRITTEN] = _Written(address, before)
    st.query_params.from_dict(address)


def _filters(given: Address) -> tuple[Filters, list[str]]:
    return lenient([(name, value) for name, values in given.items() for value in values])


def local(name: str) -> str | None:
    """Return what the page takes of one of its own parameters, None without one; KeyError if it declares none of that name."""
    return state().local[name]


def is_dropped(name: str) -> bool:
    """Whether the address gave one of the page's own parameters a value that was not taken."""
    return any(parameter.name == name for parameter in state().local_dropped)


def written_value(name: str) -> str:
    """Return what the address says of a shared filter, whether it makes sense or not; "" if nothing."""
    return str(st.query_params.get(name) or "")


def _grouped(pairs: list[tuple[str, str]]) -> Address:
    grouped: Address = {}
    for name, value in pairs:
        grouped.setdefault(name, []).append(value)
    return grouped
