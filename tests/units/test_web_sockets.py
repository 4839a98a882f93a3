"""No answer waits for the reader to acknowledge its first packet."""

import socket

from campaign.web.sockets import send_at_once


def test_connections_of_a_listening_socket_send_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        assert send_at_once() >= 1
        with socket.create_connection(listener.getsockname()), listener.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
