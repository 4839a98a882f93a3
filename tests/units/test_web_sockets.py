"""No answer waits for the reader to acknowledge its first packet."""

import socket
import time
from pathlib import Path

import httpx

from campaign.web.sockets import send_at_once
from tests.browser.server import serving


def test_connections_of_a_listening_socket_send_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        assert send_at_once() >= 1
        with socket.create_connection(listener.getsockname()), listener.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_the_server_answers_at_once_on_a_connection_that_is_kept(demo_db: Path, tmp_path: Path) -> None:
    taken = []
    with (
        serving(tmp_path / "server.log", environment={"CAMPAIGN_DB": str(demo_db)}) as server,
        httpx.Client(base_url=server.url) as client,
    ):
        for _turn in range(30):
            begun = time.perf_counter()
            assert client.get("/healthz").status_code == 200
            taken.append(time.perf_counter() - begun)
    assert min(taken[-10:]) < 0.03  # an acknowledgement that is put off takes 0.04 s, every time
