"""What connections wait for, and when they are closed for it; what a body or a handful of messages takes of memory and time."""

import asyncio
import socket
from types import SimpleNamespace
from typing import Any
from weakref import WeakKeyDictionary

import pytest
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from campaign.web import connections, frames


class Transport:
    """What is done to a connection."""

    def __init__(self) -> None:
        self.written = b""
        self.is_closed = self.is_aborted = False

    def write(self, content: bytes) -> None:
        """Keep what is written."""
        self.written += content

    def close(self) -> None:
        """Note it."""
        self.is_closed = True

    def abort(self) -> None:
        """Note it."""
        self.is_aborted = True

    def is_closing(self) -> bool:
        """Tell whether it was closed."""
        return self.is_closed


class Connection(SimpleNamespace):
    """A connection that can be known by itself, as uvicorn's are."""

    __hash__ = object.__hash__  # type: ignore[assignment]


def http(*, keeps: bool = False, is_paused: bool = False, cycle: Any = None) -> Connection:
    """Return a connection of a reader: at rest (`keeps`), not taking the answer (`is_paused`), or in a request (`cycle`)."""
    timeout = object() if keeps else None
    return Connection(
        transport=Transport(),
        flow=SimpleNamespace(write_paused=is_paused),
        cycle=cycle,
        timeout_keep_alive_task=timeout,
    )


def session(*, is_writable: bool = True, parts: list[bytes] | None = None) -> Any:
    """Return a session's connection: not taking messages, or in the middle of sending one."""
    connection = WebSocketsSansIOProtocol.__new__(WebSocketsSansIOProtocol)
    connection.writable = asyncio.Event()
    if is_writable:
        connection.writable.set()
    connection.frames = parts or []  # type: ignore[assignment]
    connection.transport = Transport()  # type: ignore[assignment]
    return connection


def test_what_a_connection_waits_for() -> None:
    answering = SimpleNamespace(response_complete=False, more_body=False)
    receiving = SimpleNamespace(response_complete=False, more_body=True)
    answered = SimpleNamespace(response_complete=True, more_body=False)
    assert connections.waits_for(http()) == "head"
    assert connections.waits_for(http(keeps=True)) is None  # at rest, which has a bound of its own
    assert connections.waits_for(http(cycle=answered)) == "head"
    assert connections.waits_for(http(cycle=answered, keeps=True)) is None
    assert connections.waits_for(http(cycle=answering)) is None  # it is our turn
    assert connections.waits_for(http(cycle=receiving)) == "body"
    assert connections.waits_for(http(cycle=answering, is_paused=True)) == "answer"
    assert connections.waits_for(session()) is None
    assert connections.waits_for(session(parts=[b"half"])) == "frame"
    assert connections.waits_for(session(is_writable=False, parts=[b"half"])) == "answer"


def test_each_is_closed_after_its_time_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    answering = SimpleNamespace(response_complete=False, more_body=False)
    half, slow, receiving = http(), http(cycle=answering, is_paused=True), session(parts=[b"half"])
    monkeypatch.setattr(connections, "_open", {half, slow, receiving, http(keeps=True)})
    since: WeakKeyDictionary[Any, tuple[str, float]] = WeakKeyDictionary()
    of = connections.PATIENCE_S

    def close(seconds: float) -> int:
        return connections.close_idle(since, 1000 + seconds)

    assert of["head"] < of["frame"] < of["answer"]
    assert close(0) == 0
    assert close(of["head"] - 0.1) == 0
    assert close(of["head"]) == 1
    assert half.transport.written.startswith(b"HTTP/1.1 408 ")
    assert half.transport.is_closed
    connections._open.remove(half)  # type: ignore[attr-defined]
    assert close(of["frame"]) == 1
    assert receiving.transport.is_aborted
    connections._open.remove(receiving)  # type: ignore[attr-defined]
    assert close(of["answer"] - 0.1) == 0
    assert close(of["answer"]) == 1
    assert slow.transport.is_aborted


def test_who_moves_on_in_between_has_the_whole_time_again(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = http(cycle=SimpleNamespace(response_complete=False, more_body=False), is_paused=True)
    monkeypatch.setattr(connections, "_open", {reader})
    since: WeakKeyDictionary[Any, tuple[str, float]] = WeakKeyDictionary()
    assert connections.close_idle(since, 0) == 0
    reader.flow.write_paused = False
    assert connections.close_idle(since, connections.PATIENCE_S["answer"] - 1) == 0
    reader.flow.write_paused = True
    assert connections.close_idle(since, connections.PATIENCE_S["answer"]) == 0
    assert connections.close_idle(since, 2 * connections.PATIENCE_S["answer"]) == 1


def test_a_session_that_was_closed_reads_nothing_more() -> None:
    taken: list[int] = []

    class Protocol:
        def __init__(self) -> None:
            self.transport = Transport()
            self.conn = SimpleNamespace(handshake_exc=None)
            self.handshake_initiated = True

        def data_received(self, data: bytes) -> None:
            taken.append(len(data))
            if len(taken) == 2:
                self.transport.close()

    connections._read_in_slices(Protocol)
    Protocol().data_received(b"a" * (10 * connections.SLICE_BYTES))
    assert taken == [connections.SLICE_BYTES] * 2


def test_a_worker_makes_no_more_of_a_body_than_is_read() -> None:
    """Else a reader who takes nothing has the worker hold the whole answer."""

    async def write() -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            _reader, writer = await asyncio.open_unix_connection(sock=ours)
            writing = asyncio.create_task(frames.write_body(writer, b"a" * 50_000_000))
            await asyncio.sleep(0.05)
            assert not writing.done()
            assert writer.transport.get_write_buffer_size() < 1_000_000
            writing.cancel()
            writer.transport.abort()
            await asyncio.sleep(0)

    asyncio.run(write())
