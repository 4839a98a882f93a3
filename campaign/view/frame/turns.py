"""Turns of pages that are being drawn: few of one client at once.

All threads of Python share one processor's time: twenty pages that one client has drawn at once make every answer to the others
twenty times as late, and none of its own sooner. Who is alone at an address never waits.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

OF_ONE: Final = 2  # one that computes, and one that waits for the event file
PATIENCE_S: Final = 20.0  # then a page is drawn all the same: waiting for ever is no answer


class Turns:
    """Who draws now, by client."""

    def __init__(self, of_one: int = OF_ONE, patience_s: float = PATIENCE_S) -> None:
        self._of_one, self._patience_s = of_one, patience_s
        self._drawing: Counter[str] = Counter()
        self._changed = threading.Condition()

    @contextmanager
    def turn(self, client: str) -> Iterator[None]:
        """Wait for a turn of this client and hold it within the block."""
        with self._changed:
            self._changed.wait_for(lambda: self._drawing[client] < self._of_one, self._patience_s)
            self._drawing[client] += 1
        try:
            yield
        finally:
            with self._changed:
                self._drawing[client] -= 1
                self._drawing += Counter()  # without those that draw none
                self._changed.notify_all()


TURNS: Final = Turns()
