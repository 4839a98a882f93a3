"""Heavy work: paid for by points, few at a time, made once for all who ask the same, and stopped when nobody waits for it.

It is done by processes beside the server (workers.py) wherever the server's own start has begun them.

An answer is written to a spool as fast as it can be made and read from there at each reader's own pace, so that a slow reader
holds a file and no place, thread or query.
"""

import asyncio
import math
import os
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from campaign.api import lanes, problems
from campaign.core import language, stopping
from campaign.core.language import say
from campaign.core.settings import settings
from campaign.web import memory, metrics, workers
from campaign.web.clients import share_of
from campaign.web.limit import TokenBuckets, cost
from campaign.web.pool import FullError, Pool
from campaign.web.workers import BrokenWorkError

PATIENCE_S: Final = 30.0  # in the queue
COME_BACK_S: Final = 10  # what a refused client is told
IN_MEMORY_BYTES: Final = 256 * 1024
PIECE_BYTES: Final = 64 * 1024
MOST_OPEN: Final = 128  # answers under way in all, those of slow readers included: as many spools
# What an answer depends on beside its address.
VARYING: Final = ("host", "if-none-match", "if-modified-since", "range", "accept-encoding")

Key = tuple[str | int, ...]


class Heavy:
    """Lets light requests through, and makes heavy ones within bounds."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._buckets = TokenBuckets()
        self._pool = Pool()
        self._open: Counter[str] = Counter()  # requests under way, by client
        self._under_way: dict[Key, _Work] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or let it through."""
        points = cost(scope["path"]) if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else 0.0
        if not points:
            await self._app(scope, receive, send)
            return
        client = share_of(scope)
        if self._open[client] >= settings().heavy_per_client:
            detail = say(
                "{most} demandes lourdes à la fois, au plus ; attendez leurs réponses.",
                most=settings().heavy_per_client,
            )
            await _refused(429, detail, COME_BACK_S)(scope, receive, send)
            return
        if self._open.total() >= MOST_OPEN:
            await _refused(503, say("Trop de travail à la fois ; revenez dans un instant."), COME_BACK_S)(
                scope, receive, send
            )
            return
        if wait := self._buckets.wait(client, points, settings().heavy_per_minute):
            seconds = math.ceil(wait)
            detail = say("Trop de fichiers demandés en peu de temps ; revenez dans {seconds} s.", seconds=seconds)
            await _refused(429, detail, seconds)(scope, receive, send)
            return
        self._open[client] += 1
        try:
            await self._read(self._work(scope, client), scope, receive, send)
        finally:
            self._open[client] -= 1
            self._open += Counter()  # without those that have none left

    def _work(self, scope: Scope, client: str) -> "_Work":
        """Return the work that makes this answer: what is under way already, or begun now."""
        key = key_of(scope)
        work = self._under_way.get(key)
        if work is None or work.stop.is_set:
            work = self._under_way[key] = _Work(self._app, self._pool, scope, client)
            work.task.add_done_callback(lambda _task: self._forget(key, work))
        return work

    def _forget(self, key: Key, work: "_Work") -> None:
        """Let nobody join work that has ended: what is asked from now on is asked of the file as it is then."""
        if self._under_way.get(key) is work:
            del self._under_way[key]

    async def _read(self, work: "_Work", scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer until it ends or its reader goes."""
        work.n_readers += 1
        watching = asyncio.create_task(_gone(receive))
        sending = asyncio.create_task(work.copy(scope, receive, send))
        try:
            await asyncio.wait({watching, sending}, return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                sending.result()
        finally:
            for task in (watching, sending):
                task.cancel()
            with suppress(asyncio.CancelledError):
                await watching
            work.leave()


class _Work:
    """One answer that is being made, for one reader or several."""

    def __init__(self, app: ASGIApp, pool: Pool, scope: Scope, client: str) -> None:
        self.stop = stopping.Stop()
        self.n_readers = 0
        self._app, self._pool, self._client = app, pool, client
        self._begun = False
        self._head: Message | None = None
        self._spool = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115  closed with its last reader
        self._n_bytes = 0
        self._moved = asyncio.Event()  # set, and replaced, whenever there is more
        self._left = asyncio.Event()
        self.task = asyncio.create_task(self._make(scope))

    def leave(self) -> None:
        """Count one reader out; with the last one the work ends."""
        self.n_readers -= 1
        if self.n_readers:
            return
        if self.task.done():
            self._spool.close()
            return
        self.stop.set()
        self._left.set()
        if not self._begun:
            self.task.cancel()

    async def copy(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer as far as it is made, then as it is made; raises what the work raised before its head."""
        while self._head is None and not self.task.done():
            await self._moved.wait()
        if self._head is None:
            refusal = self.task.result()
            if refusal is not None:
                await refusal(scope, receive, send)
            return
        await send({**self._head, "headers": list(self._head["headers"])})
        position = 0
        while True:
            is_last = self.task.done()
            while position < self._n_bytes:
                self._spool.seek(position)
                piece = self._spool.read(PIECE_BYTES)
                position += len(piece)
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            if is_last:
                break
            await self._moved.wait()
        self.task.result()  # an error cuts the answer short, and is logged as any other
        await send({"type": "http.response.body", "body": b""})

    async def _make(self, scope: Scope) -> Response | None:
        """Make the answer in a place of the pool; return why not, if there was none."""
        try:
            async with self._pool.place(self._client, PATIENCE_S):
                self._begun = True
                await self._run(scope)
        except FullError:
            return _refused(503, say("Trop de travail à la fois ; revenez dans un instant."), COME_BACK_S)
        except BrokenWorkError:
            metrics.BROKEN.inc()
            if self._head is not None:
                raise
            return problems.internal()
        except stopping.StoppedError:
            return None  # in the middle of an answer that nobody reads
        finally:
            memory.touched()
            if not self.n_readers:
                self._spool.close()
            asyncio.get_running_loop().call_soon(self._move)  # once the task is seen to be done
        return None

    async def _run(self, scope: Scope) -> None:
        """Make the answer in a worker process if it is one of our addresses, else in this process."""
        if workers.makes(scope["path"]):
            await workers.WORKERS.answer(scope, self._left, self._take)
            return
        with stopping.within(self.stop), lanes.heavy():
            await self._app(scope, self._receive, self._take)

    async def _receive(self) -> Message:
        """Tell the application that the reader has gone, once the last one has."""
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def _take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._head = message
        elif body := message.get("body", b""):
            if self.stop.is_set:
                return
            self._spool.seek(0, os.SEEK_END)
            self._spool.write(body)
            self._n_bytes += len(body)
        self._move()

    def _move(self) -> None:
        self._moved.set()
        self._moved = asyncio.Event()


def key_of(scope: Scope) -> Key:
    """Return what two requests share that get the same answer: the address, what it varies by, and the file as it is now."""
    headers = Headers(scope=scope)
    address = (scope["method"], scope["scheme"], scope["path"], scope["query_string"].decode("latin-1"))
    return (*address, *(headers.get(name, "") for name in VARYING), problems.language_of(scope), *_file())


def _file() -> Sequence[int]:
    try:
        stat = settings().db.stat()
    except OSError:  # a lake, or none
        return ()
    return (stat.st_ino, stat.st_mtime_ns, stat.st_size)


async def _gone(receive: Receive) -> None:
    """Wait until the reader has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _refused(status: int, detail: language.Message, seconds: int) -> Response:
    metrics.LIMITED.inc()
    return problems.problem(status, detail, headers={"Retry-After": str(seconds), "Access-Control-Allow-Origin": "*"})
