"""Work that ends when nobody waits for it any more.

Who starts work for a reader runs it `within` a Stop; what takes long asks `check()` now and then, and a query lets itself be
interrupted. Outside of such a block nothing is ever stopped.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from campaign.core.errors import CampaignError


class StoppedError(CampaignError):
    """The work was stopped: its reader has gone."""

    def __init__(self) -> None:
        super().__init__("La demande a été abandonnée.")


class Stop:
    """Whether some work is to end, and what interrupts it where it cannot ask by itself."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_set = False
        self._interrupts: list[Callable[[], None]] = []

    @property
    def is_set(self) -> bool:
        """Whether the work is to end."""
        return self._is_set

    def set(self) -> None:
        """End the work, from any thread."""
        with self._lock:
            self._is_set = True
            for interrupt in self._interrupts:
                interrupt()

    @contextmanager
    def interrupting(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """Have `interrupt` called if the work is ended within the block; raises StoppedError if it was before."""
        with self._lock:
            if self._is_set:
                raise StoppedError
            self._interrupts.append(interrupt)
        try:
            yield
        finally:
            with self._lock:
                self._interrupts.remove(interrupt)


_current: ContextVar[Stop | None] = ContextVar("stop", default=None)


@contextmanager
def within(stop: Stop) -> Iterator[None]:
    """Run the block, and the threads that it starts, as work that `stop` ends."""
    token = _current.set(stop)
    try:
        yield
    finally:
        _current.reset(token)


def check() -> None:
    """Raise StoppedError if nobody waits for this work any more."""
    stop = _current.get()
    if stop is not None and stop.is_set:
        raise StoppedError


@contextmanager
def interruptible(interrupt: Callable[[], None]) -> Iterator[None]:
    """Run the block so that the end of this work calls `interrupt`."""
    stop = _current.get()
    if stop is None:
        yield
    else:
        with stop.interrupting(interrupt):
            yield
