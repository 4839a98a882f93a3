"""Heads of requests: bounded in length, as nginx bounds them, and without cookies whose reading costs more than they are long.

Python reads a cookie in quotation marks in a time that grows with the square of its backslashes (before 3.11.10 and 3.12.6): 30 KB of them
take more than a second, in which nobody else is served. Neither our cookies nor Streamlit's have any, nor may any cookie (RFC 6265).
"""

from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from campaign.api import problems
from campaign.core.language import Message, say
from campaign.web.sessions import refuse_socket

ADDRESS_BYTES: Final = 8 * 1024
HEADERS_BYTES: Final = 32 * 1024

Header = tuple[bytes, bytes]


class Heads:
    """Refuses what is too long; passes everything else on without the cookies that nobody sets."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or let it through."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refused = _refused(scope)
        if refused is None:
            await self._app({**scope, "headers": without_bombs(scope["headers"])}, receive, send)
        elif scope["type"] == "websocket":
            await refuse_socket(scope, receive, send, *refused)
        else:
            await problems.problem(*refused, headers={"Connection": "close"})(scope, receive, send)


def _refused(scope: Scope) -> tuple[int, Message] | None:
    """Return a status and the reason for which a request is refused."""
    if len(scope["path"]) + len(scope["query_string"]) > ADDRESS_BYTES:
        return 414, say("L'adresse est trop longue : {most} Ko, au plus.", most=ADDRESS_BYTES // 1024)
    if sum(len(name) + len(value) for name, value in scope["headers"]) > HEADERS_BYTES:
        return 431, say("Les en-têtes sont trop longs : {most} Ko, au plus.", most=HEADERS_BYTES // 1024)
    return None


def without_bombs(headers: list[Header]) -> list[Header]:
    """Return headers whose cookies have no backslash: those that do are left out."""
    if not any(name == b"cookie" and b"\\" in value for name, value in headers):
        return headers
    return [(name, _harmless(value) if name == b"cookie" else value) for name, value in headers]


def _harmless(cookies: bytes) -> bytes:
    return b";".join(cookie for cookie in cookies.split(b";") if b"\\" not in cookie).strip()
