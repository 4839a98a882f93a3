"""Files are taken from coordinators who are signed in, within bounds, and let go when their session has ended.

Streamlit itself takes them from anybody who has a session, as many as they send, and keeps those of sessions that left.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime

from campaign.api import problems
from campaign.core import uploaded_files
from campaign.core.coordinators import is_coordinator
from campaign.core.language import say
from campaign.core.settings import settings
from campaign.intake.uploads import MEGABYTE, MOST_FILES
from campaign.web import sessions

PREFIX: Final = "/_stcore/upload_file"
ADDRESS: Final = re.compile(rf"{PREFIX}/([^/]+)/([^/]+)")
AROUND: Final = MEGABYTE  # the form around a file, and columns kept from an earlier import
AT_ONCE: Final = 4  # as many full imports at once in all
GRACE_S: Final = sessions.GRACE_S  # a browser that lost its connection finds its files again as long as its session


class Uploads:
    """Refuses what Streamlit would take: nobody's files, too many, too large, or of a length that is not told."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._coming: dict[str, int] = defaultdict(int)  # bytes that are on their way, by session

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or let it through."""
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX) or scope["method"] == "OPTIONS":
            await self._app(scope, receive, send)
            return
        match = ADDRESS.fullmatch(scope["path"])
        session = match[1] if match else ""
        length = Headers(scope=scope).get("content-length", "")
        refusal = self._refused(session, length, is_sending=scope["method"] == "PUT")
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        n_bytes = int(length or 0)
        self._coming[session] += n_bytes
        try:
            await self._app(scope, receive, send)
        finally:
            self._coming[session] -= n_bytes
            if not self._coming[session]:
                del self._coming[session]

    def _refused(self, session: str, length: str, *, is_sending: bool) -> Response | None:
        if not settings().has_signin or not session:
            return problems.problem(404, say("On n'envoie pas de fichier ici."))
        if not is_coordinator(user_of(session)):
            return problems.problem(403, say("Seul un coordinateur connecté envoie des fichiers."))
        if not is_sending:
            return None
        if not length.isdigit():
            return problems.problem(411, say("La longueur de l'envoi n'est pas dite."))
        sizes = uploaded_files.held()
        own, everything = sizes.get(session, []), sum(map(sum, sizes.values())) + sum(self._coming.values())
        most = settings().upload_mb * MEGABYTE + AROUND
        if len(own) > MOST_FILES or sum(own) + self._coming.get(session, 0) + int(length) > most:
            detail = say(
                "{most_files} fichiers et {most} Mo au plus à la fois : retirez-en, ou publiez d'abord.",
                most_files=MOST_FILES,
                most=settings().upload_mb,
            )
            return problems.problem(413, detail)
        if everything + int(length) > AT_ONCE * most:
            headers = {"Retry-After": f"{GRACE_S:.0f}"}
            return problems.problem(
                503, say("Trop d'envois en même temps. Réessayez dans une minute."), headers=headers
            )
        return None


def user_of(session: str) -> Mapping[str, object]:
    """Return what the provider says of the person of an open session; nothing where there is none."""
    if not runtime.exists():
        return {}
    info = runtime.get_instance()._session_mgr.get_active_session_info(session)
    return dict(info.session._user_info) if info is not None else {}


def free_left(left: dict[str, float], now: float) -> dict[str, float]:
    """Let go the files of sessions that ended; `left` says since when they are gone, and is returned as it is now."""
    gone = {session: left.get(session, now) for session in uploaded_files.held() if not _is_open(session)}
    for session, since in gone.items():
        if now - since >= GRACE_S:
            uploaded_files.free(session)
    return gone


def _is_open(session: str) -> bool:
    return runtime.exists() and runtime.get_instance().is_active_session(session)
