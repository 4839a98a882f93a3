"""Health is answered by the event loop itself from what was prepared; few connections are taken at a time, each counted once."""

import asyncio
import socket
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response

from campaign.api import health, lanes
from campaign.core.settings import settings
from campaign.web import connections


def request(**headers: str) -> Request:
    """Return a probe's request."""
    given = [
        (b"host", b"localhost"),
        *((name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()),
    ]
    return Request(
        {
            "type": "http", "method": "GET", "scheme": "http", "path": "/healthz", "query_string": b"", "headers": given,
            "server": ("localhost", 80),
        }
    )  # fmt: skip


def no_thread(*_given: object, **_named: object) -> Response:
    raise AssertionError("a thread was asked")


def test_the_prepared_answer_needs_no_thread_and_is_that_of_a_thread(
    reading_demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = health.Health()
    threaded = asyncio.run(address.read(request()))
    address._prepared = address.prepare()
    monkeypatch.setattr(lanes, "run", no_thread)
    answer = asyncio.run(address.read(request()))
    assert (answer.status_code, answer.body) == (200, threaded.body)
    assert {name: threaded.headers[name] for name in answer.headers} == dict(answer.headers)


def test_a_comparison_is_made_by_a_thread(reading_demo: Path) -> None:
    address = health.Health()
    address._prepared = address.prepare()
    etag = asyncio.run(address.read(request())).headers["etag"]
    assert asyncio.run(address.read(request(if_none_match=etag))).status_code == 304


@pytest.mark.parametrize("change", ["replaced", "gone", "old"])
def test_a_prepared_answer_is_of_the_file_as_it_is_now(
    change: str, reading_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = health.Health()
    address._prepared = address.prepare()
    assert address._prepared is not None
    assert address._prepared.is_of_now()
    if change == "old":
        monkeypatch.setattr(health, "LASTS_S", 0.0)
    else:
        other = tmp_path / "campaign.duckdb"
        if change == "replaced":
            other.write_bytes(b"not a database")
        monkeypatch.setattr(settings(), "db", other)
        assert address.prepare() is None
    assert not address._prepared.is_of_now()
    expected = 200 if change == "old" else 503
    assert asyncio.run(address.read(request())).status_code == expected


def test_it_is_prepared_again_and_again(reading_demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "PREPARED_EVERY_S", 0.01)
    address = health.Health()

    async def run() -> list[float]:
        task = asyncio.create_task(address.watch())
        times = []
        for _turn in range(2):
            await asyncio.sleep(0.3)
            assert address._prepared is not None
            times.append(address._prepared.made_at)
        task.cancel()
        return times

    first, second = asyncio.run(run())
    assert second > first


def test_an_event_loop_takes_few_connections_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two handfuls of a crowd that comes at once, what came before is answered."""
    monkeypatch.setattr(connections, "ACCEPTED_AT_ONCE", 4)
    n, turns = 60, Counter[int]()

    async def serve(listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        connections.accept_few(loop)
        connections.accept_few(loop)  # once, however often it is asked
        turn = 0

        def count() -> None:
            nonlocal turn
            turn += 1
            loop.call_soon(count)

        class Counting(asyncio.Protocol):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                turns[turn] += 1
                assert isinstance(transport, asyncio.Transport)
                transport.abort()

        loop.call_soon(count)
        server = await loop.create_server(Counting, sock=listener, backlog=2048)
        while turns.total() < n:
            await asyncio.sleep(0)
        server.close()
        await asyncio.sleep(0.05)  # the transports' own ends

    with socket.create_server(("127.0.0.1", 0), backlog=n) as listener:
        crowd = [socket.create_connection(listener.getsockname()) for _each in range(n)]
        asyncio.run(asyncio.wait_for(serve(listener), 20))
        for each in crowd:
            each.close()
    assert turns.total() == n
    assert max(turns.values()) <= 4


def test_a_client_s_connections_are_counted_until_they_are_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "_n_of", Counter[str]())
    opened: set[Any] = set()
    written: list[bytes] = []
    transport = SimpleNamespace(write=written.append, close=lambda: None)
    config = SimpleNamespace(forwarded_allow_ips="127.0.0.1")
    monkeypatch.setattr(settings(), "connections", 8)  # two of one client
    crowd = [
        SimpleNamespace(connections=opened, client=("192.0.2.1", number), config=config, transport=transport)
        for number in range(3)
    ]
    for each in crowd:
        opened.add(id(each))
        connections._set_up(each)  # type: ignore[arg-type]
    assert len(written) == 1
    assert connections._n_of == {"192.0.2.1": 3}
    for each in crowd:
        connections._lost(each)
    assert not connections._n_of
