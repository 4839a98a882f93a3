"""One client cannot take all sessions, connections and descriptors, and what was left is freed; a refusal says why before it upgrades."""

import asyncio
import json
import logging
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.types import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.frames import CloseCode
from websockets.http11 import Response
from websockets.sync.client import ClientConnection, connect

from campaign.core.settings import settings
from campaign.web import connections, journal, sessions
from tests.browser.server import Server, serving
from tests.units.conftest import eventually

ATTACKER, OTHER = "192.0.2.1", "192.0.2.2"


def descriptors(server: Server) -> int:
    return len(list(Path(f"/proc/{server.pid}/fd").iterdir()))


@pytest.fixture(scope="module")
def quick(demo_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose bounds are near and whose patience is short."""
    folder = tmp_path_factory.mktemp("quick")
    script = folder / "app.py"
    script.write_text(
        "from campaign.web import connections, sessions, starting\n"
        "connections.PATIENCE_S.update(head=1.0, frame=1.0)\n"
        "connections.LOOKED_EVERY_S = starting.LOOKED_EVERY_S = 0.1\n"
        "sessions.GRACE_S = 0.2\n"
        "import streamlit as st\n"
        "from campaign import web\n"
        f"app = st.App({str(Path('pages/frame.py').resolve())!r}, lifespan=starting.lifespan, routes=web.routes(), "
        "middleware=web.middleware())\n"
    )
    environment = {
        "CAMPAIGN_DB": str(demo_db),
        "CAMPAIGN_SOCKETS": "8",
        "CAMPAIGN_SOCKETS_PER_CLIENT": "5",
        "CAMPAIGN_CONNECTIONS": "40",
    }
    with serving(folder / "log", script=script, environment=environment) as server:
        yield server


def session(server: Server, client: str) -> ClientConnection:
    place = urlsplit(server.url).netloc
    return connect(
        f"ws://{place}/_stcore/stream", subprotocols=["streamlit"], origin=f"http://{place}",  # type: ignore[list-item,arg-type]
        additional_headers={"X-Forwarded-For": client},
    )  # fmt: skip


def test_sessions_are_bounded_and_those_left_are_freed(quick: Server) -> None:
    httpx.get(quick.address("/"))
    before = descriptors(quick)
    with ExitStack() as open_tabs:
        for client in [ATTACKER] * 5 + [OTHER] * 2:
            open_tabs.enter_context(session(quick, client))
        for _turn in range(20):
            refused = refusal(quick, ATTACKER)
            assert refused.status_code == 429
        assert refused.headers["Retry-After"] == "30"
        assert "5 onglets" in json.loads(refused.body or b"")["detail"]
        open_tabs.enter_context(session(quick, OTHER))
        full = refusal(quick, OTHER)
        assert full.status_code == 503
        assert "autant de lecteurs" in json.loads(full.body or b"")["detail"]
        assert descriptors(quick) > before + 3 * 8
        page = httpx.get(quick.address("/regions"), headers={"X-Forwarded-For": OTHER})
        assert page.status_code == 503
        assert page.headers["Retry-After"] == "30"
        assert "autant de lecteurs" in page.text
        assert httpx.get(quick.address("/healthz")).status_code == 200
    eventually(lambda: descriptors(quick) <= before + 4)
    with session(quick, ATTACKER):
        pass
    log = quick.log.read_text("utf-8")
    assert log.count("Sessions refusées") == 1  # of 21


def refusal(server: Server, client: str) -> Response:
    with pytest.raises(InvalidStatus) as refused, session(server, client):
        pass
    return refused.value.response


def test_half_heads_are_closed(quick: Server) -> None:
    parts = urlsplit(quick.url)
    assert parts.hostname
    assert parts.port
    half = [socket.create_connection((parts.hostname, parts.port)) for _turn in range(10)]
    for each in half:
        each.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A")
        each.settimeout(10)
    assert httpx.get(quick.address("/healthz")).status_code == 200
    begun = time.monotonic()
    for each in half:
        assert each.recv(100).startswith(b"HTTP/1.1 408 ")
        each.close()
    assert time.monotonic() - begun < 5


def test_a_kept_connection_that_sends_half_of_a_next_head_is_closed(quick: Server) -> None:
    parts = urlsplit(quick.url)
    with socket.create_connection((parts.hostname or "", parts.port or 0)) as opened:
        opened.settimeout(60)
        opened.sendall(b"GET /badge/france.svg HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert opened.recv(100_000).startswith(b"HTTP/1.1 200 ")
        opened.sendall(b"GET /bad")
        taken = b""
        while piece := opened.recv(100_000):
            taken += piece
        assert b"HTTP/1.1 408 " in taken


def test_connections_are_bounded_in_all(quick: Server) -> None:
    parts = urlsplit(quick.url)
    held = [socket.create_connection((parts.hostname or "", parts.port or 0)) for _turn in range(60)]
    answers = []
    for each in held:
        each.settimeout(10)
        answers.append(each.recv(12))
        each.close()
    assert answers.count(b"HTTP/1.1 503") >= 20
    assert answers.count(b"HTTP/1.1 408") <= 40
    assert set(answers) == {b"HTTP/1.1 503", b"HTTP/1.1 408"}


def test_unfinished_and_large_messages_end_the_session(quick: Server) -> None:
    eventually(lambda: is_free(quick))
    with session(quick, OTHER) as unfinished:
        with pytest.raises(ConnectionClosed):
            unfinished.send(in_parts())
        eventually(lambda: unfinished.close_code is not None)
    with session(quick, OTHER) as large:
        large.send(b"a" * (connections.MESSAGE_BYTES + 1))
        eventually(lambda: large.close_code == 1009)


def is_free(server: Server) -> bool:
    """Tell whether the connections of the test before have gone."""
    return descriptors(server) < 20


def in_parts() -> Iterator[bytes]:
    """Give a message whose end does not come in time."""
    for _turn in range(30):
        yield b"a"
        time.sleep(0.2)


def send_again(opened: ClientConnection, content: bytes, times: int) -> None:
    """Send the same message again and again."""
    for _turn in range(times):
        opened.send(content)


def flooded(server: Server, client: str, content: bytes) -> int | None:
    """Send without an end; return the code with which the session was closed, None where it came after the connection's end."""
    with session(server, client) as opened:
        with pytest.raises(ConnectionClosed) as closed:
            send_again(opened, content, 100 * connections.MESSAGES_PER_MINUTE)
        begun = time.perf_counter()
        assert httpx.get(server.address("/healthz"), timeout=30).status_code == 200
        assert time.perf_counter() - begun < 10
    return None if closed.value.rcvd is None else closed.value.rcvd.code


def test_a_session_that_sends_without_an_end_is_closed(quick: Server) -> None:
    """Each message is a run of the page: without a bound five sessions held everybody up for a minute, and took a gigabyte."""
    message = BackMsg()
    message.rerun_script.query_string = "q=1"
    content = message.SerializeToString()
    # what is still on its way when the server closes resets the connection, now and then before the code is read
    codes = (flooded(quick, f"192.0.2.{number}", content) for number in range(77, 97))
    assert next(code for code in codes if code is not None) == CloseCode.POLICY_VIOLATION
    with session(quick, "192.0.2.77") as opened:
        send_again(opened, content, 20)
        opened.recv(60)


def test_a_session_whose_head_cannot_be_read_is_told(quick: Server) -> None:
    place = urlsplit(quick.url)
    with socket.create_connection((str(place.hostname), int(place.port or 0)), timeout=60) as opened:
        opened.sendall(
            f"GET /_stcore/stream HTTP/1.1\r\nHost: {place.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nCookie: a={'b' * 20_000}\r\n\r\n".encode()
        )
        assert opened.recv(12) == b"HTTP/1.1 431"


def test_who_cannot_be_answered_before_the_upgrade_is_closed_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "sockets_per_client", 1)
    sent: list[Message] = []

    async def upgrade_twice() -> None:
        let_go = asyncio.Event()

        async def waits(_scope: Any, _receive: Any, _send: Any) -> None:
            await let_go.wait()

        async def receive() -> Message:
            return {"type": "websocket.connect"}

        async def send(message: Message) -> None:
            sent.append(message)

        guarded = sessions.Sessions(waits)
        scope = {"type": "websocket", "client": (ATTACKER, 1), "path": "/_stcore/stream"}
        first = asyncio.create_task(guarded(scope, receive, send))
        await asyncio.sleep(0)
        await guarded(scope, receive, send)
        let_go.set()
        await first

    asyncio.run(upgrade_twice())
    assert [(each["type"], each["code"]) for each in sent] == [("websocket.close", 1013)]
    assert "onglets" in sent[0]["reason"]


def test_fewer_sessions_where_descriptors_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "sockets", 400)
    monkeypatch.setattr("resource.getrlimit", lambda _kind: (1024, 1024))
    assert sessions.most_sessions() == 192
    monkeypatch.setattr("resource.getrlimit", lambda _kind: (65_536, 65_536))
    assert sessions.most_sessions() == 400


def test_what_is_logged_over_and_over_is_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(journal, "time", SimpleNamespace(monotonic=lambda: now[0]))
    logger = logging.Logger("a library")
    written: list[str] = []
    handler = logging.Handler()
    monkeypatch.setattr(handler, "emit", lambda record: written.append(record.getMessage()))
    logger.addHandler(handler)
    logger.addFilter(journal.Once())

    def fail(times: int) -> None:
        for n in range(times):
            logger.error("too many open files %s", n)

    fail(1000)
    logger.error("something else")
    now[0] = 200.0
    fail(3)
    assert written == ["too many open files 0", "something else", "too many open files 0 (and 999 times more since)"]


def test_what_is_refused_is_not_received(quick: Server) -> None:
    parts = urlsplit(quick.url)
    with socket.create_connection((parts.hostname or "", parts.port or 0)) as opened:
        opened.settimeout(60)
        head = f"PUT /_stcore/upload_file/a/b HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Length: 50000000\r\n\r\n"
        opened.sendall(head.encode() + b"a" * 1000)
        taken = b""
        while piece := opened.recv(10_000):
            taken += piece
        assert taken.startswith(b"HTTP/1.1 404 ")
        assert b"connection: close" in taken.lower()


def test_the_server_answers_at_once_on_a_connection_that_is_kept(quick: Server) -> None:
    taken = []
    with httpx.Client(base_url=quick.url) as client:
        for _turn in range(30):
            begun = time.perf_counter()
            assert client.get("/healthz").status_code == 200
            taken.append(time.perf_counter() - begun)
    assert min(taken[-10:]) < 0.03  # an acknowledgement that is put off takes 0.04 s, every time
