"""Heavy work: few at a time, by turns, made once for all who ask the same, stopped when its readers have gone; health never waits."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Message, Receive, Scope, Send

from campaign import store
from campaign.api.answering import ApiCall, Public, Streamed
from campaign.api.health import health
from campaign.core import stopping
from campaign.core.settings import settings
from campaign.web import heavy
from campaign.web.clients import share_of
from campaign.web.heavy import Heavy
from campaign.web.pool import FullError, Pool
from tests.units.conftest import eventually, served

SLOW = "/figures/slow"  # its path makes it heavy


class Workshop:
    """Slow work on an address that counts as heavy: how much of it runs and ran, and what ends it."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.running = self.most = self.begun = self.stopped = 0
        self._lock = threading.Lock()

    def answer(self, call: ApiCall) -> Response:
        """Work until `go`, or until nobody waits any more."""
        with self._lock:
            self.begun += 1
            self.running += 1
            self.most = max(self.most, self.running)
        try:
            while not self.go.wait(0.005):
                stopping.check()
            return Response(call.request.url.query)
        except stopping.StoppedError:
            self.stopped += 1
            raise
        finally:
            with self._lock:
                self.running -= 1

    def stream(self, call: ApiCall) -> Response:
        """Give pieces for as long as somebody takes them: 20 MB at most."""
        self.begun += 1

        def pieces() -> Iterator[bytes]:
            try:
                for _turn in range(20):
                    yield b"x" * 1_000_000
                self.go.set()
            finally:
                self.stopped += 1

        return Streamed(pieces(), "text/plain", {})


@pytest.fixture
def shop() -> Workshop:
    return Workshop()


@pytest.fixture
def address(shop: Workshop, reading_demo: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(settings(), "heavy_per_minute", 0)
    routes: list[BaseRoute] = [
        Route(SLOW, Public(shop.answer)),
        Route("/figures/stream", Public(shop.stream)),
        Route("/healthz", Public(health, lane="health")),
    ]
    with served(Starlette(routes=routes, middleware=[Middleware(Heavy)])) as url:
        yield url
        shop.go.set()


Get = Callable[..., httpx.Response]


@pytest.fixture
def get(address: str) -> Iterator[Get]:
    with httpx.Client(base_url=address, timeout=30) as client:  # making one takes longer than its requests
        yield lambda path, of="192.0.2.1": client.get(path, headers={"X-Forwarded-For": of})


def test_one_client_leaves_a_place_and_health_does_not_wait(get: Get, shop: Workshop) -> None:
    with ThreadPoolExecutor(20) as threads:
        first = [threads.submit(get, f"{SLOW}?n={n}") for n in range(12)]
        eventually(lambda: sum(each.done() for each in first) == 4)  # eight at once; the others are refused
        assert {each.result().status_code for each in first if each.done()} == {429}
        assert all(int(each.result().headers["Retry-After"]) > 0 for each in first if each.done())
        eventually(lambda: shop.running == 1)
        time.sleep(0.1)
        assert shop.running == 1
        second = threads.submit(get, f"{SLOW}?n=other", "192.0.2.2")
        eventually(lambda: shop.running == 2)
        begun = time.perf_counter()
        assert get("/healthz").status_code == 200
        assert time.perf_counter() - begun < 10  # what is heavy goes on until it is told to end
        shop.go.set()
        assert second.result().status_code == 200
        assert sorted(each.result().status_code for each in first) == [200] * 8 + [429] * 4
    assert shop.most == 2


def test_a_full_queue_is_said(get: Get, shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "heavy_waiting", 1)
    with ThreadPoolExecutor(20) as threads:
        pending = [threads.submit(get, f"{SLOW}?n={n}", f"192.0.2.{n}") for n in range(5)]
        eventually(lambda: sum(each.done() for each in pending) == 2)
        refused = [each.result() for each in pending if each.done()]
        assert {each.status_code for each in refused} == {503}
        assert all(int(each.headers["Retry-After"]) > 0 for each in refused)
        shop.go.set()
    assert sorted(each.result().status_code for each in pending) == [200, 200, 200, 503, 503]


def test_who_waits_too_long_is_told(get: Get, shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heavy, "PATIENCE_S", 0.2)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(get, f"{SLOW}?n=1")
        eventually(lambda: shop.running == 1)
        assert get(f"{SLOW}?n=2").status_code == 503
        shop.go.set()
        assert first.result().status_code == 200
    assert get(f"{SLOW}?n=2").status_code == 200


def test_the_same_is_made_once_for_all_who_ask(get: Get, shop: Workshop) -> None:
    with ThreadPoolExecutor(20) as threads:
        pending: list[Future[httpx.Response]] = [
            threads.submit(get, f"{SLOW}?n=1", f"192.0.2.{n % 4}") for n in range(20)
        ]
        eventually(lambda: shop.running == 1)
        time.sleep(0.2)
        shop.go.set()
        assert {each.result().text for each in pending} == {"n=1"}
    assert shop.begun == 1
    assert get(f"{SLOW}?n=1").text == "n=1"
    assert shop.begun == 2  # what was made is not kept here: the next one asks of the file as it is then


def leave(base: str, path: str) -> socket.socket:
    """Ask as a browser does, and return the connection."""
    host, port = base.removeprefix("http://").split(":")
    opened = socket.create_connection((host, int(port)))
    opened.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
    return opened


def test_work_stops_or_is_never_begun_when_its_reader_has_gone(address: str, get: Get, shop: Workshop) -> None:
    first, second = leave(address, f"{SLOW}?n=1"), leave(address, f"{SLOW}?n=2")
    eventually(lambda: shop.running == 1)
    second.close()
    time.sleep(0.1)
    first.close()
    eventually(lambda: shop.stopped == 1 and shop.running == 0)
    assert shop.begun == 1
    shop.go.set()
    assert get(f"{SLOW}?n=3").status_code == 200


def test_work_goes_on_for_the_others_who_wait(address: str, shop: Workshop) -> None:
    first, second = leave(address, f"{SLOW}?n=1"), leave(address, f"{SLOW}?n=1")
    eventually(lambda: shop.running == 1)
    time.sleep(0.1)
    first.close()
    time.sleep(0.1)
    shop.go.set()
    assert second.recv(15) == b"HTTP/1.1 200 OK"
    second.close()
    assert (shop.begun, shop.stopped) == (1, 0)


def test_a_slow_reader_holds_no_place(address: str, get: Get, shop: Workshop) -> None:
    slow = leave(address, "/figures/stream")
    assert shop.go.wait(10)  # all of it was made though nobody has read it
    assert get(f"{SLOW}?n=1").status_code == 200
    taken = 0
    while taken < 20_000_000:
        taken += len(slow.recv(1_000_000))
    slow.close()


def test_heads_and_what_has_not_changed_are_answered_as_they_were(address: str, shop: Workshop) -> None:
    shop.go.set()
    with httpx.Client(base_url=address, timeout=30) as client:
        whole = client.get(f"{SLOW}?n=1")
        head = client.head(f"{SLOW}?n=1")
        assert (head.status_code, head.content, head.headers["Content-Length"]) == (200, b"", "3")
        assert client.get(f"{SLOW}?n=1", headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304
        assert client.post(f"{SLOW}?n=1").status_code == 405


def test_a_query_is_interrupted(reading_demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stop = stopping.Stop()
    ended: list[BaseException] = []
    monkeypatch.setattr(
        "campaign.store.event_file.planned",
        lambda *_given: ("select count(*) from range(100000000) a, range(1000) b where a.range * b.range % 7 = 3", {}),
    )

    def ask() -> None:
        try:
            with stopping.within(stop):
                store.query("event_totals", n=1)
        except stopping.StoppedError as error:
            ended.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    time.sleep(0.5)
    assert thread.is_alive()
    stop.set()
    thread.join(10)
    assert not thread.is_alive()
    assert len(ended) == 1
    with stopping.within(stop), pytest.raises(stopping.StoppedError):
        store.query("event_totals", n=2)  # and no other is begun


def test_places_are_given_by_turns() -> None:
    order: list[str] = []

    async def work(pool: Pool, client: str, name: str) -> None:
        async with pool.place(client, 5):
            order.append(name)
            await asyncio.sleep(0.01)

    async def all_of_it() -> None:
        pool = Pool()
        mine = [work(pool, "a", f"a{n}") for n in range(3)]
        await asyncio.gather(*mine, work(pool, "b", "b0"), work(pool, "c", "c0"))
        with pytest.raises(FullError):
            async with pool.place("a", 5), pool.place("a", 0.01):
                pass
        async with pool.place("a", 1), pool.place("b", 1):  # nothing was lost by it
            pass

    asyncio.run(all_of_it())
    assert order[:2] == ["a0", "b0"]
    assert order.index("c0") < order.index("a2")


def test_a_place_goes_to_who_has_fewest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "heavy_at_once", 3)
    order: list[str] = []

    async def work(pool: Pool, client: str, go: asyncio.Event) -> None:
        async with pool.place(client, 20):
            order.append(client)
            await go.wait()

    async def all_of_it() -> None:
        pool, end, first = Pool(), asyncio.Event(), asyncio.Event()
        working = [asyncio.create_task(work(pool, *each)) for each in (("a", end), ("c", end), ("c", first))]
        await asyncio.sleep(0)
        waiting = [asyncio.create_task(work(pool, client, end)) for client in ("a", "b")]
        await asyncio.sleep(0)
        first.set()
        while len(order) < 4:
            await asyncio.sleep(0)
        end.set()
        await asyncio.gather(*working, *waiting)

    asyncio.run(asyncio.wait_for(all_of_it(), 20))
    assert order == ["a", "c", "c", "b", "a"]


def test_a_place_given_to_who_leaves_at_that_moment_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "heavy_at_once", 1)

    async def leave(pool: Pool) -> None:
        async with pool.place("b", 20):
            raise AssertionError

    async def all_of_it() -> None:
        pool = Pool()
        async with pool.place("a", 20):
            leaving = asyncio.create_task(leave(pool))
            await asyncio.sleep(0)
        leaving.cancel()  # it was given the place, and does not know yet
        with pytest.raises(asyncio.CancelledError):
            await leaving
        async with pool.place("c", 0.01):
            pass

    asyncio.run(all_of_it())


def test_who_asks_for_work_that_is_just_stopping_has_it_begun_again() -> None:
    begun: list[asyncio.Event] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        go = asyncio.Event()
        begun.append(go)
        await go.wait()  # as work that does not see at once that it is to stop
        await Response("made")(scope, receive, send)

    async def ask(guarded: Heavy, gone: asyncio.Event) -> list[Message]:
        sent: list[Message] = []

        async def receive() -> Message:
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "GET", "scheme": "http", "path": SLOW, "query_string": b"", "headers": []}
        await guarded(scope | {"client": ("192.0.2.1", 1)}, receive, send)
        return sent

    async def all_of_it() -> list[Message]:
        guarded, gone = Heavy(app), asyncio.Event()
        first = asyncio.create_task(ask(guarded, gone))
        while not begun:
            await asyncio.sleep(0)
        gone.set()
        await first
        second = asyncio.create_task(ask(guarded, asyncio.Event()))
        for _turn in range(20):  # it asks while the first has not ended
            await asyncio.sleep(0)
        begun[0].set()
        while len(begun) < 2 and not second.done():
            await asyncio.sleep(0)
        begun[-1].set()
        return await second

    sent = asyncio.run(asyncio.wait_for(all_of_it(), 20))
    assert sent[0]["status"] == 200
    assert b"".join(each.get("body", b"") for each in sent[1:]) == b"made"
    assert len(begun) == 2


def test_answers_under_way_are_bounded_in_all(
    address: str, get: Get, shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heavy, "MOST_OPEN", 2)
    monkeypatch.setattr(settings(), "heavy_at_once", 5)  # a third would be begun
    with ThreadPoolExecutor(2) as threads:
        held = [threads.submit(get, f"{SLOW}?n={n}", f"192.0.{n}.1") for n in range(2)]
        eventually(lambda: shop.begun == 2)
        refused = get(f"{SLOW}?n=3", "192.0.3.1")
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "10")
        shop.go.set()
        assert [each.result().status_code for each in held] == [200, 200]


def test_what_two_requests_must_share_to_share_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published = tmp_path / "campaign.duckdb"
    published.write_bytes(b"one")
    monkeypatch.setattr(settings(), "db", published)

    def key(query: bytes = b"a=1", **headers: str) -> heavy.Key:
        given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "http", "method": "GET", "scheme": "http", "path": SLOW, "query_string": query}
        return heavy.key_of(scope | {"headers": given})

    assert key(user_agent="one") == key(user_agent="another")
    assert key() != key(b"a=2")
    for name in ("host", "range", "accept_encoding", "if_none_match", "if_modified_since"):
        assert key(**{name: "one"}) != key(**{name: "another"}), name
    before = key()
    published.write_bytes(b"another")
    assert key() != before


@pytest.mark.parametrize(
    ("address", "share"),
    [
        ("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"), ("", ""), ("socket", "socket"),
    ],
)  # fmt: skip
def test_shares_are_of_networks(address: str, share: str) -> None:
    assert share_of({"type": "http", "client": (address, 1)}) == share
