"""Turns of pages that are being drawn: few at once, fewer of one client.

All threads of Python share one processor's time: twenty pages drawn at once make each of them, and every other answer, twenty times
as late, and none of them sooner.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

AT_ONCE: Final = 4
OF_ONE: Final = 2
PATIENCE_S: Final = 20.0  # then a page is drawn all the same: waiting for ever is no answer


class Turns:
    """Who draws now, by client."""

    def __init__(self, at_once: int = AT_ONCE, of_one: int = OF_ONE, patience_s: float = PATIENCE_S) -> None:
        self._at_once, self._of_one, self._patience_s = at_once, of_one, patience_s
        self._drawing: Counter[str] = Counter()
        self._changed = threading.Condition()

    @contextmanager
    def turn(self, client: str) -> Iterator[None]:
        """Wait for a turn of this client and hold it within the block."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_free(client), self._patience_s)
            self._drawing[client] += 1
        try:
            yield
        finally:
            with self._changed:
                self._drawing[client] -= 1
                self._drawing += Counter()  # without those that draw none
                self._changed.notify_all()

    def _is_free(self, client: str) -> bool:
        return self._drawing.total() < self._at_once and self._drawing[client] < self._of_one


TURNS: Final = Turns()
