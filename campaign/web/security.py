"""Who may ask, and what a page may do: the Host check, and security headers on every answer."""

import base64
import hashlib
import re
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from campaign.api import problems
from campaign.core.language import say
from campaign.core.settings import settings

ALWAYS_ALLOWED: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})

PORTS: Final = {"http": ":80", "https": ":443"}

# What reads only may be asked from any page: the API is open to other sites.
READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})

# Everything comes from this host alone, and of inline scripts only those that the page is served with. The exceptions are those
# that docs/security.md has measured: protobuf and deck.gl compile expressions, React and emotion set styles, deck.gl brings a
# worker and sprites of its own, icons are a font in a style sheet. Older browsers do not take 'self' for a websocket.
PAGE_POLICY: Final = (
    "default-src 'self'; script-src 'self'{inline} 'wasm-unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "worker-src 'self' blob:; connect-src 'self' ws://{host} wss://{host}; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)
DATA_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
INLINE_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
ENCRYPTED_ONLY: Final = "max-age=31536000"  # a year; of this host alone: others of its domain are not ours
HOST: Final = re.compile(r"[a-z0-9._:\[\]-]+")
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Security:
    """Refuses requests to a host that is not ours, and sets security headers on all answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or let it through."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        is_ours = is_allowed(host)
        is_from_us = is_own_origin(headers.get("origin"), host)
        if scope["type"] == "websocket":
            if is_ours and is_from_us:
                await self._app(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008})
            return

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                secure(MutableHeaders(scope=message), host if is_ours else "", is_unchanged=message["status"] == 304)
            await send(message)

        if is_ours and (is_from_us or scope["method"] in READING):
            await self._app(scope, receive, send_secured)
        elif is_ours:
            refusal = problems.problem(403, say("Une autre page que les nôtres ne peut rien envoyer ici."))
            await refusal(scope, receive, send_secured)
        else:
            refusal = problems.problem(400, say("Cet hôte n'est pas servi ici. Ajoutez-le à CAMPAIGN_HOSTS."))
            await refusal(scope, receive, send_secured)


def is_allowed(host: str) -> bool:
    """Return whether a Host header names this computer or a name of CAMPAIGN_HOSTS (with or without a port)."""
    name = host_name(host)
    return name in ALWAYS_ALLOWED or name in {host_name(each) for each in listed_hosts()}


def is_own_origin(origin: str | None, host: str) -> bool:
    """Return whether the page that asks is one of ours: of the host and port that were asked, or of the public address.

    A name of CAMPAIGN_HOSTS is ours too, where a proxy asks by another one. Another port of this computer is somebody else's.
    Programs, which send no origin, are nobody's page.
    """
    if origin is None:
        return True
    scheme, separator, place = origin.lower().partition("://")
    if not separator or scheme not in PORTS or not host_name(place):
        return False
    public = urlsplit(settings().public_url.lower())
    ours = {without_port(host.lower(), scheme), *(without_port(each, scheme) for each in listed_hosts())}
    ours |= {without_port(public.netloc, scheme)} if public.scheme == scheme else set()
    return without_port(place, scheme) in ours


def without_port(host: str, scheme: str) -> str:
    """Return a host without the port that its scheme has anyway."""
    return host.removesuffix(PORTS[scheme])


def listed_hosts() -> frozenset[str]:
    """Return the names of CAMPAIGN_HOSTS, in lower case."""
    return frozenset(each.strip().lower() for each in settings().hosts.split(",") if each.strip())


def host_name(host: str) -> str:
    """Return the name of `host[:port]` in lower case, an IPv6 address in its brackets; "" if it is not one."""
    host = host.strip().lower()
    if not HOST.fullmatch(host):
        return ""
    try:
        parts = urlsplit(f"//{host}")
        if parts.netloc != host or parts.username is not None or parts.hostname is None or (parts.port or 1) < 1:
            return ""
    except ValueError:
        return ""
    return f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname


def page_policy(host: str, html: str) -> str:
    """Return the Content-Security-Policy of a page: its own inline scripts are named by their hashes."""
    digests = (hashlib.sha256(script.encode()).digest() for script in INLINE_SCRIPT.findall(html))
    inline = "".join(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return PAGE_POLICY.format(host=host, inline=inline)


def encrypted_only(cookie: bytes) -> bytes:
    """Return a Set-Cookie header for encrypted connections only."""
    return cookie if b"; secure" in cookie.lower() else cookie + b"; Secure"


def secure(headers: MutableHeaders, host: str, *, is_unchanged: bool = False) -> None:
    """Set the security headers; a page's policy allows what Streamlit needs, that of data allows nothing.

    An answer that something is unchanged has no policy: it would take the place of the one that was kept with the content.
    """
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if settings().public_url.lower().startswith("https://"):
        headers.setdefault("Strict-Transport-Security", ENCRYPTED_ONLY)
        headers.raw[:] = [
            (name, encrypted_only(value) if name == b"set-cookie" else value) for name, value in headers.raw
        ]
    if is_unchanged:
        del headers["X-Frame-Options"], headers["Content-Security-Policy"]
        return
    kind = headers.get("content-type", "")
    if kind.startswith("text/html"):
        headers.setdefault("Content-Security-Policy", page_policy(host, ""))
    elif not kind.startswith(("text/javascript", "application/javascript", "text/css")):
        headers.setdefault("Content-Security-Policy", DATA_POLICY)
    if "frame-ancestors 'none'" not in headers.get("Content-Security-Policy", "frame-ancestors 'none'"):
        del headers["X-Frame-Options"]  # which knows no list of hosts
