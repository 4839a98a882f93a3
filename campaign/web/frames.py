"""What the server and a worker send each other over a socket: one letter, the length, the content."""

import struct
from asyncio import IncompleteReadError, StreamReader, StreamWriter
from typing import Final

ASK: Final = b"A"  # a request, as JSON
STOP: Final = b"S"  # nobody waits for the answer any more
HEAD: Final = b"H"  # status and headers, as JSON
BODY: Final = b"B"
END: Final = b"E"  # how it ended, as JSON

PIECE_BYTES: Final = 64 * 1024  # of a body: no step of the other side's event loop takes long
_PREFIX: Final = struct.Struct("!cI")


async def read(reader: StreamReader) -> tuple[bytes, bytes] | None:
    """Return the next letter and content; None once the other side is gone."""
    try:
        kind, length = _PREFIX.unpack(await reader.readexactly(_PREFIX.size))
        return kind, await reader.readexactly(length)
    except (IncompleteReadError, ConnectionError):
        return None


def write(writer: StreamWriter, kind: bytes, content: bytes = b"") -> None:
    """Write one frame."""
    writer.write(_PREFIX.pack(kind, len(content)))
    writer.write(content)


async def write_body(writer: StreamWriter, body: bytes) -> None:
    """Write a body as frames of PIECE_BYTES at most, as fast as they are read."""
    for start in range(0, len(body), PIECE_BYTES):
        write(writer, BODY, body[start : start + PIECE_BYTES])
        await writer.drain()
