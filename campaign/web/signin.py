"""Signing in with an OpenID Connect provider: Streamlit's settings, and the way back to the view that the reader left.

Streamlit sends everybody to the first page after sign-in. The address that was left is kept in a cookie meanwhile: a path of
ours only, so that nobody can be led elsewhere.
"""

import json
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from campaign.core import signed_out
from campaign.core.settings import settings

COOKIE: Final = "campaign_view"
SECONDS: Final = 600
OWN_PATH: Final = re.compile(
    r"/(?:(?![/\\])[!-\[\]-~]+)?"
)  # printable ASCII, as a header holds it, without a backslash
LEAVING: Final = ("/auth/login", "/auth/logout")
COMING_BACK: Final = "/oauth2callback"


def secrets() -> Mapping[str, Mapping[str, str]] | None:
    """Return what `st.login` reads, from the settings; None if nobody can sign in."""
    given = settings()
    if not given.has_signin:
        return None
    base_url = given.public_url.rstrip("/") or "http://localhost:{port}"
    return {
        "auth": {
            "redirect_uri": f"{base_url}{COMING_BACK}",
            "cookie_secret": given.signin_cookie_secret.get_secret_value(),
            "client_id": given.signin_client_id,
            "client_secret": given.signin_client_secret.get_secret_value(),
            "server_metadata_url": given.signin_provider,
        }
    }


class ReturnToView:
    """Remembers the view from which somebody goes to sign in or out, and brings them back to it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or let it through."""
        if scope["type"] != "http" or not settings().has_signin:
            await self._app(scope, receive, send)
            return
        path, headers = scope["path"], Headers(scope=scope)
        if path == LEAVING[1]:
            await run_in_threadpool(signed_out.end, claims_of(cookie_parser(headers.get("cookie", ""))))

        async def send_with_view(message: Message) -> None:
            if message["type"] == "http.response.start":
                response_headers = MutableHeaders(scope=message)
                if path in LEAVING and (view := left_view(headers)):
                    cookie = f"{COOKIE}={quote(view, safe='')}; Max-Age={SECONDS}; Path=/; HttpOnly; SameSite=Lax"
                    response_headers.append("set-cookie", cookie)
                elif is_way_home(message["status"], response_headers) and (view := remembered(headers)):
                    response_headers["location"] = view
                    response_headers.append("set-cookie", f"{COOKIE}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax")
            await send(message)

        await self._app(scope, receive, send_with_view)


def left_view(headers: Headers) -> str | None:
    """Return the path and query of the page of ours that the browser comes from."""
    parts = urlsplit(headers.get("referer", ""))
    if parts.netloc != headers.get("host", ""):
        return None
    view = parts.path + (f"?{parts.query}" if parts.query else "")
    return view if OWN_PATH.fullmatch(view) else None


def remembered(headers: Headers) -> str | None:
    """Return the view that the cookie holds, if it is a path of ours."""
    view = unquote(cookie_parser(headers.get("cookie", "")).get(COOKIE, ""))
    return view if OWN_PATH.fullmatch(view) else None


def is_way_home(status: int, headers: MutableHeaders) -> bool:
    """Whether an answer leads to the first page, where Streamlit sends everybody."""
    if status not in (302, 303, 307):
        return False
    parts = urlsplit(headers.get("location", ""))
    return parts.path in ("", "/") and not parts.query and not parts.fragment


def claims_of(cookies: dict[str, str]) -> dict[str, object]:
    """Return what Streamlit's signed cookie says of the person; nothing if there is none, or it was not signed here."""
    cookie = _get_signed_cookie_with_chunks(cookies, USER_COOKIE_NAME)
    claims = json.loads(cookie) if cookie else {}
    return claims if isinstance(claims, dict) else {}
