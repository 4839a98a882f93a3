"""Every request has an identifier, is counted and logged; `/metrics` tells the counts."""

import re
import time
from functools import lru_cache
from typing import Final
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from campaign.api import lanes, problems
from campaign.core.language import say
from campaign.core.pages import paths
from campaign.core.settings import settings
from campaign.web import journal, metrics
from campaign.web.clients import client_of, is_local

HEADER: Final = "x-request-id"
GONE: Final = 499  # as nginx counts who went before the answer began
GIVEN_ID: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")
# Ours and Streamlit's, told to this machine only: a proxy's client is another one, which the server is told of.
COUNTS: Final = frozenset({"/metrics", "/_stcore/metrics"})
FOLDERS: Final = frozenset({"_stcore", "static", "assets", "media", "component", "auth"})


class Observed:
    """Names, counts and logs requests on their way in and out."""

    def __init__(self, app: ASGIApp, routes: tuple[BaseRoute, ...] = ()) -> None:
        self._app = app
        self._route_of = lru_cache(maxsize=1024)(lambda path: route_of(path, routes))
        journal.start(settings().log)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or let it through."""
        if scope["type"] == "http":
            await self._request(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = time.perf_counter()
        given = Headers(scope=scope).get(HEADER, "")
        name = given if GIVEN_ID.fullmatch(given) else uuid4().hex
        token = journal.request_id.set(name)
        status = GONE

        async def send_named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                answered = MutableHeaders(scope=message)
                answered[HEADER] = name
                if status >= 400 and has_body(scope):
                    answered["Connection"] = "close"  # what was refused need not be received
            await send(message)

        try:
            await self._answer(scope, receive, send_named)
        except Exception:
            status = 500
            raise
        finally:
            seconds = time.perf_counter() - begun
            route = self._route_of(scope["path"])
            metrics.count(route, status, seconds)
            fields = {"method": scope["method"], "route": route, "status": status, "ms": round(seconds * 1000, 1)}
            journal.requests.info("request", extra={journal.FIELDS: fields})
            journal.request_id.reset(token)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        if path in COUNTS and not (settings().public_metrics or is_local(client_of(scope))):
            await problems.problem(404, say("Cette adresse n'est servie qu'à la machine elle-même."))(
                scope, receive, send
            )
            return
        if path == "/metrics":
            await (await _metrics())(scope, receive, send)
            return
        await self._app(scope, receive, send)


async def _metrics() -> Response:
    text = await lanes.run("health", metrics.text)
    return Response(text, media_type=metrics.MEDIA_TYPE, headers={"Cache-Control": "no-store"})


def has_body(scope: Scope) -> bool:
    """Tell whether a request brings a body."""
    headers = Headers(scope=scope)
    return headers.get("content-length", "0") != "0" or "transfer-encoding" in headers


def route_of(path: str, routes: tuple[BaseRoute, ...]) -> str:
    """Return the name under which a path is counted: few names, and nothing that a reader typed."""
    for route in routes:
        if isinstance(route, Route) and route.path_regex.match(path):
            return route.path
    stripped = path.strip("/")
    if stripped in paths() or path == "/metrics":
        return f"/{stripped}"
    folder = stripped.partition("/")[0]
    return f"/{folder}/" if folder in FOLDERS else "(other)"
