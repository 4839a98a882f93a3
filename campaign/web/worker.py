"""A process that makes heavy answers, and the one that it is a copy of.

The first, the template, has imported everything and waits; it copies itself (fork) for each worker that is wanted, within hundredths of
a second and with what was imported in common. A worker answers one request at a time, by the same routes as the server, and keeps
what it has read in memory for the next. Both end when the server does.
"""

import asyncio
import gc
import json
import logging
import os
import resource
import shutil
import signal
import socket
import sys
import tempfile
from asyncio import StreamWriter
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final, NoReturn

from starlette.routing import Router
from starlette.types import ASGIApp, Message

from campaign.api import lanes
from campaign.core import stopping
from campaign.core.settings import settings
from campaign.web import frames, journal, memory, processes

LATIN: Final = "latin-1"
STOPPED_WITHIN_S: Final = 10  # work that does not see that it is to end is ended by the system
KEPT_MB: Final = 400  # of its own: a worker that holds more is its last
MEGABYTE: Final = 1 << 20
CHOSEN_FIRST: Final = "500"  # of -1000 to 1000: where memory is out, the system ends a worker and not the server

logger = logging.getLogger(__name__)


def serve(control: int, folder: str) -> None:
    """Be the template: copy this process for each socket that comes over `control`, until that is closed; then remove its folder."""
    from campaign import web  # this module is a part of it

    memory.keep_little()
    journal.start(settings().log)
    app = Router(routes=web.routes())
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system forgets workers that have ended
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=control) as wanted:
        while True:
            word, given, _flags, _address = socket.recv_fds(wanted, 1, 1)
            if not word:  # the server has gone, however it did
                shutil.rmtree(folder, ignore_errors=True)
                return
            if os.fork() == 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                wanted.close()
                _work(app, given[0])
            os.close(given[0])


def _work(app: ASGIApp, channel: int) -> NoReturn:
    """Be a worker, and end this process."""
    tempfile.tempdir = tempfile.mkdtemp(prefix="campaign-worker-")  # all that is written by the way goes with it
    try:
        bound()
        with socket.socket(fileno=channel) as connection:
            asyncio.run(Worker(app).serve(connection))
    finally:
        leave()


def leave() -> NoReturn:
    """End this process at once, whatever its threads do."""
    if tempfile.tempdir is not None:
        shutil.rmtree(tempfile.tempdir, ignore_errors=True)
    sys.stderr.flush()
    os._exit(0)


def bound() -> None:
    """Let this process take no more than CAMPAIGN_HEAVY_MB beside what the template has."""
    with suppress(OSError):  # not Linux, or not allowed
        Path("/proc/self/oom_score_adj").write_text(CHOSEN_FIRST, "ascii")
    n_bytes = processes.kilobytes("VmData") * 1024 + settings().heavy_mb * MEGABYTE
    resource.setrlimit(resource.RLIMIT_DATA, (n_bytes, n_bytes))


class Worker:
    """Answers requests that come over a socket, one after the other."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._stop = stopping.Stop()
        self._left = asyncio.Event()
        self._work: asyncio.Task[None] | None = None

    async def serve(self, connection: socket.socket) -> NoReturn:
        """Answer until the server closes the connection; work that is under way then ends with this process."""
        reader, writer = await asyncio.open_unix_connection(sock=connection)
        with closing(writer):
            while (frame := await frames.read(reader)) is not None:
                kind, content = frame
                if kind == frames.ASK:
                    self._stop, self._left = stopping.Stop(), asyncio.Event()
                    self._work = asyncio.create_task(self._answer(json.loads(content), writer))
                elif self._work is not None and not self._work.done():  # else it crossed the end of its work
                    self._stop.set()
                    self._left.set()
                    signal.alarm(STOPPED_WITHIN_S)
            leave()

    async def _answer(self, given: dict[str, Any], writer: StreamWriter) -> None:
        journal.request_id.set(given["request_id"])
        work = asyncio.create_task(self._run(scope_of(given["scope"]), writer))
        await asyncio.wait({work})
        error = work.exception()
        if error is not None and not isinstance(error, stopping.StoppedError):
            logger.error("Travail lourd sans fin : %s", type(error).__name__, exc_info=error)
        memory.touched()
        memory.give_back()
        is_last = processes.own_mb() > KEPT_MB
        signal.alarm(0)
        frames.write(writer, frames.END, json.dumps({"is_whole": error is None, "is_last": is_last}).encode())

    async def _run(self, scope: dict[str, Any], writer: StreamWriter) -> None:
        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                frames.write(writer, frames.HEAD, head_of(message))
            elif not self._stop.is_set:
                await frames.write_body(writer, message.get("body", b""))

        with stopping.within(self._stop), lanes.heavy():
            await self._app(scope, self._receive, send)

    async def _receive(self) -> Message:
        """Tell the application that the reader has gone, once the server says so."""
        await self._left.wait()
        return {"type": "http.disconnect"}


def head_of(message: Message) -> bytes:
    """Return the head of an answer as JSON."""
    headers = [[name.decode(LATIN), value.decode(LATIN)] for name, value in message["headers"]]
    return json.dumps({"status": message["status"], "headers": headers}).encode()


def head_from(content: bytes) -> Message:
    """Return the head of an answer as a message."""
    given = json.loads(content)
    headers = [(name.encode(LATIN), value.encode(LATIN)) for name, value in given["headers"]]
    return {"type": "http.response.start", "status": given["status"], "headers": headers}


def request_of(scope: Any) -> bytes:
    """Return what of a request makes its answer, as JSON."""
    texts = {name: scope[name] for name in ("type", "http_version", "method", "scheme", "path", "client", "server")}
    query = scope["query_string"].decode(LATIN)
    headers = [[name.decode(LATIN), value.decode(LATIN)] for name, value in scope["headers"]]
    given = {**texts, "root_path": scope.get("root_path", ""), "query_string": query, "headers": headers}
    return json.dumps({"request_id": journal.request_id.get(), "scope": given}).encode()


def scope_of(given: dict[str, Any]) -> dict[str, Any]:
    """Return a request as applications take it."""
    return {
        **given,
        "raw_path": given["path"].encode(),
        "query_string": given["query_string"].encode(LATIN),
        "headers": [(name.encode(LATIN), value.encode(LATIN)) for name, value in given["headers"]],
    }
