"""A mail server on loopback, with or without TLS, that keeps what it takes and refuses whom it is told to; and one for webhooks."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

REFUSED, LATER, CLOSING = "550 no such user", "451 try again later", "421 too many messages in this connection"
BROKEN = "the connection breaks"


@dataclass
class Letters:
    """What was taken, and what recipients are answered instead of being taken."""

    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    logins: list[tuple[str, str]] = field(default_factory=list)
    was_encrypted: list[bool] = field(default_factory=list)
    port: int = 0
    per_connection: int | None = None  # messages after which a connection is closed

    def authenticate(self, _server: Any, session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"mot-de-passe", handled=False)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        session.n_messages = getattr(session, "n_messages", 0) + 1
        if self.per_connection is not None and session.n_messages > self.per_connection:
            return CLOSING
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.answers:
            if self.answers[address] == BROKEN:
                server.transport.abort()
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.was_encrypted.append(server.transport.get_extra_info("ssl_object") is not None)
        for address in envelope.rcpt_tos:
            message = message_from_bytes(envelope.content, policy=default)
            assert isinstance(message, EmailMessage)
            self.taken.append((address, message))
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """Return the messages that somebody received."""
        return [message for to, message in self.taken if to == address]


@contextmanager
def receiving(tls: str, authority: trustme.CA | None = None, *, with_account: bool = False) -> Iterator[Letters]:
    """Receive mail until the block ends; `tls` as in the settings, an account with `starttls` only."""
    letters = Letters()
    context = None
    if authority is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost").configure_cert(context)
    options: dict[str, Any] = {}
    if tls == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
    if with_account:
        options |= {"authenticator": letters.authenticate, "auth_required": True}
    with socket.create_server(("127.0.0.1", 0)) as free:
        letters.port = free.getsockname()[1]
    controller = Controller(
        letters,
        hostname="127.0.0.1",
        port=letters.port,
        ssl_context=context if tls == "tls" else None,
        **options,
    )
    controller.start()
    try:
        yield letters
    finally:
        controller.stop()


def plain_of(message: EmailMessage) -> str:
    """Return a message's text."""
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def html_of(message: EmailMessage) -> str:
    """Return a message's HTML."""
    part = message.get_body(("html",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


@dataclass
class Hook:
    """What a webhook received, and the statuses that it answers next; 200 after them."""

    bodies: list[tuple[bytes, dict[str, str]]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    def app(self) -> Starlette:
        """Return the server."""

        async def answer(request: Request) -> Response:
            self.bodies.append((await request.body(), dict(request.headers)))
            status = self.statuses.pop(0) if self.statuses else 200
            return Response(status_code=status, headers={"location": "/ailleurs"} if status == 302 else None)

        return Starlette(routes=[Route("/{path:path}", answer, methods=["POST", "GET"])])
