"""Readers behind nginx who change their region again and again and come back when they are cut off, as browsers do."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

import httpx
from websockets.exceptions import WebSocketException

from tests import samples
from tests.load.reader import Reader, Run

REGIONS = ("Bretagne", "Alsace", "Corse", "Auvergne")
PATIENCE_S = 60.0
# A crowd that leaves a machine of two cores time for the nodes, or with --every-case one that does not: readers, and the
# seconds between two choices of a reader, and between two rounds of questions.
SIZE, PAUSE_S, ASKED_EVERY_S = (9, 0.3, 0.05) if samples.is_full else (6, 0.8, 0.3)
N_VIEWS = 2  # that each reader sees before and after an event: the first may have been on its way
Views = dict[str, str]  # the page's texts by the query of the address


async def expected(url: str) -> Views:
    """Return what each region's page says to somebody who is alone."""
    views = {}
    async with Reader(f"{url}/") as reader:
        await reader.open()
        for region in REGIONS:
            run = await reader.choose("Région", region)
            views[reader.query] = run.view
    return views


@dataclass
class Audience:
    """What a group of readers saw: every view with its query, who was cut off, what they saw on their return, errors."""

    url: str
    n_readers: int = SIZE
    names: list[str] = field(default_factory=list)
    views: list[tuple[str, str]] = field(default_factory=list)
    returns: list[tuple[str, str]] = field(default_factory=list)
    cut_off: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    n_views: Counter[str] = field(default_factory=Counter)
    is_over: bool = False

    async def while_reading(self, event: Callable[[], Awaitable[None]]) -> None:
        """Let everybody read before, during and after an event."""
        readers = [await self._coming() for _number in range(self.n_readers)]
        reading = [asyncio.create_task(self._read(*each)) for each in readers]
        asking = asyncio.create_task(self._ask())
        try:
            await self._all_have_read()
            await event()
            await self._all_have_read()
        finally:
            self.is_over = True
            ended = await asyncio.gather(*reading, asking, return_exceptions=True)
            # also after a failure: a connection that is left open fails whichever test runs when it is collected
            for reader, _name in readers:
                with suppress(OSError, WebSocketException):
                    await reader.close()
            for failure in ended:
                if isinstance(failure, BaseException):
                    raise failure

    async def _all_have_read(self) -> None:
        """Wait until each reader has seen some more views."""
        before = self.n_views.copy()
        async with asyncio.timeout(PATIENCE_S):
            while any(self.n_views[name] < before[name] + N_VIEWS for name in self.names):
                await asyncio.sleep(0.05)

    async def _coming(self) -> tuple[Reader, str]:
        async with httpx.AsyncClient(base_url=self.url, timeout=PATIENCE_S) as client:
            name = (await client.get("/")).cookies["campaign_node"]
        self.names.append(name)
        reader = Reader(f"{self.url}/", cookie=f"campaign_node={name}")
        await reader.connect()
        await reader.open()
        return reader, name

    async def _read(self, reader: Reader, name: str) -> None:
        number = int(name[:4], 16)
        while not self.is_over:
            number += 1
            try:
                run = await reader.choose("Région", REGIONS[number % len(REGIONS)])
            except (OSError, WebSocketException):
                self.cut_off[name] += 1
                run = await self._back(reader)
                self.returns.append((reader.query, run.view))
            self.errors += run.errors
            self.views.append((reader.query, run.view))
            self.n_views[name] += 1
            await asyncio.sleep(PAUSE_S)

    async def _back(self, reader: Reader) -> Run:
        """Connect again with the view that the address holds."""
        latest = time.monotonic() + PATIENCE_S
        while True:
            try:
                await reader.connect()
                return await reader.open()
            except (OSError, WebSocketException):
                if time.monotonic() > latest:
                    raise
                await asyncio.sleep(0.2)

    async def _ask(self) -> None:
        """Ask for the shell, counts and health meanwhile, without a cookie: all nodes in turn."""
        async with httpx.AsyncClient(base_url=self.url, timeout=PATIENCE_S) as client:
            while not self.is_over:
                for path in ("/?region=53", "/api/v1/counts.json?by=region", "/healthz"):
                    client.cookies.clear()
                    answer = await client.get(path)
                    self.statuses[answer.status_code] += 1
                    if path.startswith("/api"):
                        counts = answer.json()
                        if sum(row["count"] for row in counts["rows"]) != counts["total"]:
                            self.errors.append(f"rows do not sum to the total: {counts}")
                await asyncio.sleep(ASKED_EVERY_S)
