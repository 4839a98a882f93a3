"""Connections: bounded in number, and closed when nothing comes of them: half a head, a body that stops, an answer nobody reads.

uvicorn has none of these bounds, and Streamlit makes its configuration, so that the class of its connections is extended in place.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence, Set
from functools import cache
from typing import Any, Final
from weakref import WeakKeyDictionary

from uvicorn.middleware.proxy_headers import _TrustedHosts
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode

from campaign.core.settings import settings
from campaign.web import journal
from campaign.web.limit import TokenBuckets

# How long each may take, in seconds.
PATIENCE_S: Final = {"head": 10.0, "body": 600.0, "answer": 60.0, "frame": 20.0}
LOOKED_EVERY_S: Final = 1.0
MESSAGE_BYTES: Final = 1_000_000  # what a browser sends of a page's controls; Streamlit would take 200 MB
MESSAGES_PER_MINUTE: Final = 300  # of one session, and as many at once: a browser sends one for each gesture
SLICE_BYTES: Final = (
    4096  # of what a session sends; asyncio gives up to 256 KB at a time, which may be tens of thousands of messages
)
OF_ONE: Final = 4  # a quarter of all connections may be one client's
# asyncio takes as many waiting connections at a time as may wait, 2,048, and answers nobody meanwhile.
ACCEPTED_AT_ONCE: Final = 16
CLOSED_EVERY_S: Final = 60.0
REFUSAL: Final = b"HTTP/1.1 %d %s\r\ncontent-length: 0\r\nretry-after: 10\r\nconnection: close\r\n\r\n"

_open: Set[Any] = frozenset()  # the server's own set of connections, once there was one
_n_of: Counter[str] = Counter()  # open connections by client
_closed = journal.Seldom(CLOSED_EVERY_S)


def bound() -> None:
    """Have connections counted as they are made and lost, few taken at a time, and messages of sessions kept small."""
    _extend(H11Protocol, "connection_made", _set_up)
    _extend(H11Protocol, "connection_lost", _lost)
    _extend(WebSocketsSansIOProtocol, "connection_made", _upgraded)
    _extend(WebSocketsSansIOProtocol, "connection_lost", _lost)
    _read_in_slices(WebSocketsSansIOProtocol)
    accept_few(asyncio.get_running_loop())


def _extend(protocol: Any, name: str, also: Callable[[Any], None]) -> None:
    """Have a method of a class of connections do one thing more, once however often this is called."""
    method = getattr(protocol, name)
    if getattr(method, "is_bound", False):
        return

    def extended(self: Any, given: object) -> None:
        method(self, given)
        also(self)

    extended.is_bound = True  # type: ignore[attr-defined]
    setattr(protocol, name, extended)


def _read_in_slices(protocol: Any) -> None:
    """Have sessions stop reading once they are closed, in the middle of what has come, and answer a head that they cannot read."""
    method = protocol.data_received
    if getattr(method, "is_bound", False):
        return

    def data_received(self: Any, data: bytes) -> None:
        for start in range(0, len(data), SLICE_BYTES):
            if self.transport.is_closing():
                return
            method(self, data[start : start + SLICE_BYTES])
        if self.conn.handshake_exc is not None and not self.handshake_initiated:  # else it would wait without an end
            self.transport.write(REFUSAL % (431, b"Request Header Fields Too Large"))
            self.transport.close()

    data_received.is_bound = True  # type: ignore[attr-defined]
    protocol.data_received = data_received


def accept_few(loop: Any) -> None:
    """Have an event loop take few connections at a time from a listening socket that is served from now on.

    Those that wait stay in the system's queue; what was taken before is answered in between. Other loops than asyncio's own
    stay as they are.
    """
    accept = getattr(loop, "_accept_connection", None)
    if accept is None or getattr(accept, "is_bound", False):
        return

    def few(
        factory: object, listener: object, tls: object = None, server: object = None, most: int = 100, *rest: object
    ) -> None:
        accept(factory, listener, tls, server, min(most, ACCEPTED_AT_ONCE), *rest)

    few.is_bound = True  # type: ignore[attr-defined]
    loop._accept_connection = few


def _set_up(connection: H11Protocol) -> None:
    global _open  # the server is made by Streamlit, and tells of itself only here
    _open = connection.connections
    most = settings().connections
    client = _host_of(connection)
    _n_of[client] += 1
    is_proxy = client in _trusted(str(connection.config.forwarded_allow_ips))
    of_one = most if is_proxy else max(1, most // OF_ONE)
    if len(_open) > most or _n_of[client] > of_one:
        _closed.warning("Connexions refusées : %s ouvertes", len(_open))
        connection.transport.write(REFUSAL % (503, b"Service Unavailable"))
        connection.transport.close()


@cache
def _trusted(listed: str) -> _TrustedHosts:
    """Return the proxies that the server believes: their connections are those of everybody behind them."""
    return _TrustedHosts(listed)


def _lost(connection: Any) -> None:
    client = _host_of(connection)
    _n_of[client] -= 1
    if _n_of[client] <= 0:
        del _n_of[client]


def _host_of(connection: Any) -> str:
    return str(connection.client[0]) if connection.client else ""


def _upgraded(connection: WebSocketsSansIOProtocol) -> None:
    connection.conn.max_message_size = MESSAGE_BYTES
    received, purse = connection.conn.events_received, TokenBuckets()

    def events_received() -> Sequence[Any]:
        events = received()
        if not purse.wait("", len(events), MESSAGES_PER_MINUTE):
            return events
        _closed.warning("Sessions fermées : trop de messages")
        connection.conn.fail(CloseCode.POLICY_VIOLATION)
        connection.transport.write(b"".join(connection.conn.data_to_send()))
        connection.transport.close()
        return ()

    connection.conn.events_received = events_received  # type: ignore[method-assign,assignment]


def waits_for(connection: Any) -> str | None:
    """Return what a connection waits for from its client; None for nothing that is bounded here."""
    if isinstance(connection, WebSocketsSansIOProtocol):
        if not connection.writable.is_set():
            return "answer"
        return "frame" if connection.frames else None
    if connection.flow.write_paused:
        return "answer"
    cycle = connection.cycle
    if cycle is None or cycle.response_complete:
        return "head" if connection.timeout_keep_alive_task is None else None
    return "body" if cycle.more_body else None


def close_idle(since: WeakKeyDictionary[Any, tuple[str, float]], now: float) -> int:
    """Close the connections that have waited too long for one thing; `since` is kept from one look to the next."""
    n = 0
    for connection in list(_open):
        what = waits_for(connection)
        if what is None:
            since.pop(connection, None)
            continue
        known = since.get(connection)
        if known is None or known[0] != what:
            since[connection] = (what, now)
        elif now - known[1] >= PATIENCE_S[what]:
            _closed.warning("Connexions fermées, faute de suite : %s", what)
            if what == "head":
                connection.transport.write(REFUSAL % (408, b"Request Timeout"))
                connection.transport.close()
            else:
                connection.transport.abort()
            n += 1
    return n


async def watch() -> None:
    """Close what nothing comes of, from time to time, without an end."""
    since: WeakKeyDictionary[Any, tuple[str, float]] = WeakKeyDictionary()
    while True:
        await asyncio.sleep(LOOKED_EVERY_S)
        close_idle(since, time.monotonic())
