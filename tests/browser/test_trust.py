"""What other sites' pages cannot do to a real server."""

import base64
import http.client
import os
from urllib.parse import urlsplit

import pytest

from tests.browser.server import Server

SOCKET = "/_stcore/stream"


def handshake(server: Server, **headers: str) -> int:
    """Ask for a session as a browser's page does; return the status (101: the session is there)."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=10)
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
        **headers,
    }
    connection.request("GET", SOCKET, headers=upgrade)
    try:
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize("origin", ["https://ailleurs.example", "null", "http://127.0.0.1.ailleurs.example", "file://"])
def test_a_session_is_not_given_to_another_site_s_page(server: Server, origin: str) -> None:
    assert handshake(server, Origin=origin) == 403


def test_a_session_is_not_given_under_another_name(server: Server) -> None:
    assert handshake(server, Host="ailleurs.example", Origin="http://ailleurs.example") == 403


def test_our_own_pages_get_a_session(server: Server) -> None:
    assert handshake(server, Origin=server.url) == 101
