"""Controls that show a part of the address: what a reader picks is never lost, and never undone by a late answer.

Streamlit tells a control its new value through `st.session_state`. That message may meet a pick that is on its way: it
overwrites the pick in the browser, and on the server the value that the browser still showed reads as a pick. So a
control whose value or options change by anything but its own picks (Back, a link, another filter) is drawn under a new
key: a new element, with the value as its default. What comes in under any key is compared with what that key showed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import streamlit as st

from campaign.view.frame import choice

_STATE: Final = "campaign_controls"
# Streamlit keeps the options of every key that ever was, so keys are taken again, long after the browser dropped them.
N_KEYS: Final = 16


@dataclass
class _Control:
    """A control's latest key, what can be chosen there, what each key has shown, and what came in during this run.

    It `is_astray` when the browser shows a pick that no longer counts.
    """

    version: int
    options: object
    shown_values: dict[str, list[Any]] = field(default_factory=dict)
    came: tuple[str, Any] | None = None
    is_astray: bool = False
    is_drawn: bool = False


def bound(
    name: str,
    value: Any,
    act: Callable[[Any], None],
    *,
    options: object = None,
    means: Callable[[Any], Any] = lambda value: value,
    has_default: bool = True,
) -> dict[str, Any]:
    """Return the key and callback of the control `name`, which shows `value` and acts on what is picked.

    Give `value` as its default too, or say that it `has_default` not. `options` stands for what can be chosen: with others
    it is another control. Values that `means` makes equal are the same.
    """
    key = _latest(name, value, options, means, has_default)
    return {"key": key, "on_change": _picked, "args": (name, key, act)}


def _latest(name: str, value: Any, options: object, means: Callable[[Any], Any], has_default: bool) -> str:
    control = _controls().get(name)
    if control is None:
        control = _controls()[name] = _Control(0, options)
        control.shown_values[_key(name, 0)] = [value]
    latest = _key(name, control.version)
    is_own = control.came is not None and control.came[0] == latest
    there = control.came[1] if control.came and is_own else control.shown_values[latest][-1]
    if control.is_astray or control.options != options or (means(there) != means(value) and not is_own):
        control.version += 1
        control.options, control.is_astray, control.is_drawn = options, False, False
        latest = _key(name, control.version)
        control.shown_values[latest] = [value]
        if latest in st.session_state:
            del st.session_state[latest]
    elif means(there) != means(value):  # its own pick, written otherwise: "35000" as "Rennes (35000)"
        st.session_state[latest] = value
        control.shown_values[latest] = [there, value]
    if not has_default and (not control.is_drawn or latest not in st.session_state):
        st.session_state[latest] = value
    return latest


def _picked(name: str, key: str, act: Callable[[Any], None]) -> None:
    """Act on what was picked in a control (its `on_change`), unless the browser only repeats what it has shown."""
    control = _controls()[name]
    value, shown_values = st.session_state[key], control.shown_values.get(key, [])
    if value in shown_values[-1:]:
        return
    if choice.is_history():  # Back after a pick that had not been answered: the address says what is chosen
        control.came, control.is_astray = None, True
        return
    control.came = (key, value)
    if value in shown_values:  # it has not yet heard of the latest value, or was set back to the one before
        return
    control.shown_values[key] = [value]
    act(value)


def settle() -> None:
    """Note that a run has drawn its controls to the end."""
    for control in _controls().values():
        control.came, control.is_drawn = None, True


def _key(name: str, version: int) -> str:
    return f"{name}_{version % N_KEYS}" if version % N_KEYS else name


def _controls() -> dict[str, _Control]:
    if _STATE not in st.session_state:
        st.session_state[_STATE] = {}
    controls: dict[str, _Control] = st.session_state[_STATE]
    return controls
