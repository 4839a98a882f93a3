"""Answers that are sent at once.

A server's socket that Streamlit binds lacks TCP_NODELAY, which asyncio sets only on sockets made with the number of TCP: the second
packet of an answer then waits until the reader has acknowledged the first, 40 ms on a connection that is kept open.
"""

import os
import socket
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

OPEN_FILES: Final = Path("/proc/self/fd")


def send_at_once() -> int:
    """Set TCP_NODELAY on each socket on which this process listens; return how many. Connections inherit it (Linux)."""
    n = 0
    numbers = [int(path.name) for path in OPEN_FILES.iterdir()] if OPEN_FILES.is_dir() else []
    for number in numbers:
        with suppress(OSError):  # closed meanwhile: the folder itself is one of them
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                n += _set(number)
    return n


def _set(number: int) -> bool:
    with socket.socket(fileno=os.dup(number)) as open_socket:
        is_listening = open_socket.family in (socket.AF_INET, socket.AF_INET6) and bool(
            open_socket.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
        )
        if is_listening:
            open_socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return is_listening
