"""Places for heavy work: few at a time, at most one fewer for a single client, and a queue that is bounded and served by turns.

Used from one event loop only, so that nothing here is locked.
"""

import asyncio
import itertools
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from campaign.core.settings import settings


class FullError(Exception):
    """No place, and none to wait for one."""


@dataclass(order=True)
class _Waiting:
    number: int
    client: str = field(compare=False)
    place: asyncio.Future[None] = field(compare=False)


class Pool:
    """Who works now, and who waits for it."""

    def __init__(self) -> None:
        self._running: Counter[str] = Counter()
        self._waiting: list[_Waiting] = []
        self._numbers = itertools.count()

    @asynccontextmanager
    async def place(self, client: str, patience_s: float) -> AsyncIterator[None]:
        """Wait for a place and hold it within the block.

        Raises FullError if as many wait as may, or once the patience is over.
        """
        await self._take(client, patience_s)
        try:
            yield
        finally:
            self._give_back(client)

    async def _take(self, client: str, patience_s: float) -> None:
        mine = _Waiting(next(self._numbers), client, asyncio.get_running_loop().create_future())
        self._waiting.append(mine)
        self._serve()
        if mine.place.done():
            return
        if len(self._waiting) > settings().heavy_waiting:
            self._waiting.remove(mine)
            raise FullError
        try:
            async with asyncio.timeout(patience_s):
                await mine.place
        except (TimeoutError, asyncio.CancelledError) as error:
            if mine in self._waiting:
                self._waiting.remove(mine)
            else:  # it was given at the very moment
                self._give_back(client)
            if isinstance(error, TimeoutError):
                raise FullError from error
            raise

    def _give_back(self, client: str) -> None:
        self._running[client] -= 1
        self._running += Counter()  # without those that are back to none
        self._serve()

    def _serve(self) -> None:
        """Give what places there are: first to who works on least, then to who came first."""
        at_once = settings().heavy_at_once
        of_one = max(1, at_once - 1)
        while self._running.total() < at_once:
            able = [
                each for each in self._waiting if self._running[each.client] < of_one and not each.place.cancelled()
            ]
            if not able:
                return
            chosen = min(able, key=lambda each: (self._running[each.client], each.number))
            self._waiting.remove(chosen)
            self._running[chosen.client] += 1
            chosen.place.set_result(None)
