"""Threads that draw pages, begun without waiting for them.

Python's `Thread.start` waits until the thread runs. Streamlit begins each run of a page from the event loop, which then stood still until
the new thread had had its turn among those that compute: a tenth of a second and more when many pages are drawn, most of what held up
the answers to health (measured under `make siege`).
"""

import threading
from types import SimpleNamespace
from typing import Any

from streamlit.runtime.scriptrunner import script_runner


class _Unawaited(threading.Event):
    """Whether a thread runs, for which nobody waits."""

    def wait(self, timeout: float | None = None) -> bool:
        """Return at once."""
        return True


class UnawaitedThread(threading.Thread):
    """A thread whose start does not wait until it runs; it can be joined once it does."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._started = _Unawaited()


def begin_without_waiting() -> bool:
    """Have Streamlit begin its runs so; return whether it does (it names the class in a module of its own)."""
    if getattr(script_runner, "threading", None) is not threading:
        return False
    names = {**vars(threading), "Thread": UnawaitedThread}
    script_runner.threading = SimpleNamespace(**names)  # type: ignore[attr-defined,assignment]
    return True
