"""Processes beside the server that make heavy answers: its event loop and its pages share the interpreter with none of them.

They are copies of a template (worker.py). What a worker does with a request's bytes ends with it: one that fails, takes too much
memory or does not stop brings down nothing else, and what it took goes back to the system when it ends.
"""

import asyncio
import json
import logging
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.routing import BaseRoute, Route
from starlette.types import Scope, Send

from campaign.api.health import HEALTH
from campaign.core import stopping
from campaign.filters import is_extended
from campaign.web import frames, processes, worker
from campaign.web.beside import going_on

IDLE_S: Final = 30.0  # then a worker ends; another is a copy of the template within hundredths of a second
# The template imports for some seconds what the server has just imported: the first pages come first, unless it is wanted sooner.
BEGUN_AFTER_S: Final = 20.0
HERE: Final = ("/api/v1/events.duckdb",)  # made once per published file, by DuckDB alone
_ROOT: Final = Path(__file__).resolve().parents[2]
# At a lower priority from the first import on: pages and health come first.
_BEGIN: Final = (
    "import os, sys; os.nice(10); sys.path.insert(0, sys.argv[1]); "
    "from campaign.web import worker; worker.serve(int(sys.argv[2]), sys.argv[3])"
)

logger = logging.getLogger(__name__)


class BrokenWorkError(Exception):
    """A worker that failed, or ended, before its answer did."""


@dataclass
class _Worker:
    reader: StreamReader
    writer: StreamWriter
    since: float = 0.0  # when it last had something to do

    async def stop_once(self, left: asyncio.Event) -> None:
        """Have the work stopped once its last reader has gone."""
        await left.wait()
        frames.write(self.writer, frames.STOP)


class Workers:
    """The template and the workers of one server. Used from one event loop only, so that nothing here is locked."""

    def __init__(self) -> None:
        self._idle: list[_Worker] = []  # the one that was used last comes last
        self._template: subprocess.Popen[bytes] | None = None
        self._wanted: socket.socket | None = None
        self._folder = ""  # what workers write by the way: one that is ended by the system leaves it behind

    async def begin_later(self, after_s: float = BEGUN_AFTER_S) -> None:
        """Start the template after so many seconds, if no answer wanted it before."""
        await asyncio.sleep(after_s)
        if self._template is None:
            self.begin()

    def begin(self) -> None:
        """Start the template, or again if it has ended."""
        self.end()
        ours, its = socket.socketpair()
        self._folder = tempfile.mkdtemp(prefix="campaign-heavy-")
        self._template = subprocess.Popen(  # noqa: S603  our own interpreter and module
            [sys.executable, "-P", "-c", _BEGIN, str(_ROOT), str(its.fileno()), self._folder],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(its.fileno(),),
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "TMPDIR": self._folder},
            start_new_session=True,  # an interrupt of the terminal is for the server alone
        )
        its.close()
        self._wanted = ours

    def end(self) -> None:
        """End the template and the workers: each sees the end of its connection."""
        while self._idle:
            self._idle.pop().writer.close()
        if self._wanted is not None:
            self._wanted.close()
            self._wanted = None
        if self._template is not None:
            self._template.kill()
            self._template.wait()
            self._template = None
            shutil.rmtree(self._folder, ignore_errors=True)

    def numbers(self) -> list[int]:
        """Return the template and the workers, as the system numbers processes."""
        return [] if self._template is None else processes.of_session(self._template.pid)

    async def answer(self, scope: Scope, left: asyncio.Event, take: Send) -> None:
        """Have a request answered, the messages of the answer given to `take`, until `left` is set.

        Raises BrokenWorkError if the answer does not come to its end, StoppedError if that is because its readers have left.
        """
        chosen = self._resting() or await self._new()
        leaving = asyncio.create_task(chosen.stop_once(left))
        is_free = False
        try:
            frames.write(chosen.writer, frames.ASK, worker.request_of(scope))
            end = await _copy(chosen.reader, take)
            is_free = end is not None and not end["is_last"]
        finally:
            leaving.cancel()
            if is_free:
                chosen.since = time.monotonic()
                self._idle.append(chosen)
            else:
                chosen.writer.close()
        if left.is_set():
            raise stopping.StoppedError
        if end is None or not end["is_whole"]:
            if end is None:
                logger.error("Un processus de travail lourd s'est arrêté pendant une réponse.")
            raise BrokenWorkError

    def _resting(self) -> _Worker | None:
        """Return a worker that has nothing to do, without those that the system has ended meanwhile; None where there is none."""
        while self._idle:
            chosen = self._idle.pop()
            if not chosen.reader.at_eof():
                return chosen
            chosen.writer.close()
        return None

    async def _new(self) -> _Worker:
        """Return a copy of the template."""
        if self._template is None or self._template.poll() is not None or self._wanted is None:
            self.begin()
        assert self._wanted is not None  # noqa: S101  it was just begun
        ours, its = socket.socketpair()
        with its:
            socket.send_fds(self._wanted, [b"1"], [its.fileno()])
        return _Worker(*await asyncio.open_unix_connection(sock=ours))

    def tidy(self, now: float) -> None:
        """End workers that have had nothing to do for IDLE_S."""
        while self._idle and now - self._idle[0].since >= IDLE_S:
            self._idle.pop(0).writer.close()


async def _copy(reader: StreamReader, take: Send) -> dict[str, bool] | None:
    """Give the messages of an answer on; return how it ended, None if it did not."""
    while (frame := await frames.read(reader)) is not None:
        kind, content = frame
        if kind == frames.END:
            return dict(json.loads(content))
        if kind == frames.HEAD:
            await take(worker.head_from(content))
        else:
            await take({"type": "http.response.body", "body": content, "more_body": True})
    return None


WORKERS: Final = Workers()
_pattern: re.Pattern[str] | None = None  # of the addresses that workers answer, while they run


@asynccontextmanager
async def running(routes: Sequence[BaseRoute]) -> AsyncIterator[None]:
    """Have heavy answers of these routes made by workers within the block; else by threads of this process."""
    global _pattern  # of one process
    ours = [route.path_regex.pattern for route in routes if isinstance(route, Route)]
    _pattern = re.compile("|".join(f"(?:{_unnamed(each)})" for each in ours))
    try:
        async with going_on(WORKERS.begin_later()):
            yield
    finally:
        _pattern = None
        WORKERS.end()


def _unnamed(pattern: str) -> str:
    """Return a pattern whose groups have no names, which may be in one pattern once only."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


def makes(path: str) -> bool:
    """Whether workers answer this address: they run, and what they would read is what this process reads.

    Where the published file cannot be read, this process still has the last good one, which a new worker has not; and filters that
    the script of this process has declared are its own.
    """
    is_ours = _pattern is not None and path not in HERE and _pattern.match(path) is not None
    return is_ours and HEALTH.is_well() and not is_extended()
