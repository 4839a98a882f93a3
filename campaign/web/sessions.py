"""Readers' sessions: bounded per client and in all, refused before they begin with words and a time to come back, freed once left.

A session is a websocket with an event loop of its own: four descriptors. Streamlit keeps those of sessions that were left, up to
128 of them and for as long as nobody else comes.
"""

import resource
from collections import Counter
from pathlib import Path
from typing import Final

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime

from campaign.api import problems
from campaign.core.html import templates
from campaign.core.language import Message, say, use
from campaign.core.pages import paths
from campaign.core.settings import settings
from campaign.web import journal, memory, metrics
from campaign.web.clients import share_of

TEMPLATES: Final = templates(Path(__file__).parent / "templates")
DESCRIPTORS: Final = 4  # of one session
RESERVED: Final = 256  # descriptors for everything else
GRACE_S: Final = 40.0  # a browser that lost its connection finds its session again so long
COME_BACK_S: Final = 30
SAID_EVERY_S: Final = 60.0


class Sessions:
    """Counts websockets, and refuses those that are too many."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._open: Counter[str] = Counter()
        self._refusals = journal.Seldom(SAID_EVERY_S)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a session begin, or say why not; its page would only wait for it, and says so instead."""
        if scope["type"] != "websocket":
            refused = self._refused(share_of(scope)) if is_page(scope) else None
            await (_instead(*refused) if refused else self._app)(scope, receive, send)
            return
        client = share_of(scope)
        if (refused := self._refused(client)) is not None:
            metrics.LIMITED.inc()
            self._refusals.warning("Sessions refusées : %s", refused[1])
            await refuse_socket(scope, receive, send, *refused)
            return
        self._open[client] += 1
        try:
            with metrics.SESSIONS.track_inprogress():
                await self._app(scope, receive, send)
        finally:
            self._open[client] -= 1
            self._open += Counter()  # without those that have none left

    def _refused(self, client: str) -> tuple[int, Message] | None:
        """Return a status and the reason for which one more session is refused."""
        of_one = settings().sockets_per_client
        if of_one and self._open[client] >= of_one:
            return 429, say(
                "{most} onglets ouverts à la fois depuis une même adresse, au plus ; fermez-en.", most=of_one
            )
        if self._open.total() >= most_sessions():
            return 503, say("Le tableau de bord a autant de lecteurs qu'il peut en servir ; revenez dans un moment.")
        return None


def most_sessions() -> int:
    """Return how many sessions may be open: those of the settings, fewer where the system gives too few descriptors."""
    limit, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if limit == resource.RLIM_INFINITY:
        return settings().sockets
    return min(settings().sockets, max(1, (limit - RESERVED) // DESCRIPTORS))


def raise_descriptors() -> int:
    """Take as many descriptors as the system lets this process have; return how many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0] if hard != soft else soft


def is_page(scope: Scope) -> bool:
    """Tell whether a browser asks for a page, which needs a session."""
    return scope["type"] == "http" and scope["method"] == "GET" and scope["path"].strip("/") in paths()


def _instead(status: int, reason: Message) -> Response:
    """Return what stands in a page's place."""
    html = TEMPLATES.get_template("full.html").render(reason=reason, seconds=COME_BACK_S)
    headers = {"Retry-After": str(COME_BACK_S), "Cache-Control": "no-store"}
    return Response(html, status, media_type="text/html", headers=headers)


async def refuse_socket(scope: Scope, receive: Receive, send: Send, status: int, reason: Message) -> None:
    """Answer before the upgrade where the server can, else close with « try again later »."""
    await receive()
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": 1013, "reason": str(reason)[:120]})
        return
    with use(problems.language_of(scope)):
        response = problems.problem(status, reason, headers={"Retry-After": str(COME_BACK_S)})
    await send({"type": "websocket.http.response.start", "status": status, "headers": response.raw_headers})
    await send({"type": "websocket.http.response.body", "body": response.body})


def close_left(left: dict[str, float], now: float) -> dict[str, float]:
    """Close sessions that were left for longer than GRACE_S; `left` says since when they are, and is returned as it is now."""
    if not runtime.exists():
        return {}
    manager = runtime.get_instance()._session_mgr
    stored = [each.session.id for each in manager._session_storage.list()]  # type: ignore[attr-defined]
    gone = {session: left.get(session, now) for session in stored}
    for session, since in list(gone.items()):
        if now - since >= GRACE_S:
            manager.close_session(session)
            memory.left()
            del gone[session]
    return gone
