"""One address of the API as an ASGI application: methods, cross-origin reading, conditional requests, errors, threads.

A handler is an ordinary function of `ApiCall`; it runs in a worker thread, on one snapshot of the event file, so that an
answer never mixes two files and the event loop never waits for a query.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cached_property
from typing import Any, Final

import orjson
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from campaign import __version__, store
from campaign.api import lanes, problems
from campaign.api.lanes import Lane
from campaign.core import language
from campaign.core.errors import CampaignError, FilterError, LakeAwayError, StoreError
from campaign.core.language import say
from campaign.core.settings import settings
from campaign.filters import Filters, parse
from campaign.profile.version import profile_version

METHODS: Final = "GET, HEAD, OPTIONS"
CACHE_CONTROL: Final = "public, no-cache"
CORS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Content-Disposition, ETag, Last-Modified, Link, X-Demonstration, X-Licence, X-Source"
    ),
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since, Range, Content-Type",
    "Access-Control-Max-Age": "86400",
    "Allow": METHODS,
}
CODE_VERSION: Final = __version__

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ApiCall:
    """One request, as handlers see it."""

    request: Request

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of the address, in order, repeats included."""
        return list(self.request.query_params.multi_items())

    @property
    def path_params(self) -> dict[str, str]:
        """The parts of the path that the route names."""
        return self.request.path_params

    @property
    def is_head(self) -> bool:
        """Whether only the head of the answer is wanted."""
        return self.request.method == "HEAD"

    @cached_property
    def base_url(self) -> str:
        """The dashboard's absolute address without a final slash: CAMPAIGN_PUBLIC_URL, else this request's host."""
        return settings().public_url.rstrip("/") or f"{self.request.url.scheme}://{self.request.url.netloc}"

    def filters(self, *extra: str) -> Filters:
        """Return the shared filters of the address; raises FilterError. `extra` names this address's own parameters."""
        return self.filters_of(self.pairs, *extra)

    def filters_of(self, pairs: list[tuple[str, str]], *extra: str) -> Filters:
        """Return the filters of these parameters instead, and speak their language from here on; of refusals the request's."""
        language.use(problems.language_of(self.request.scope))
        chosen = parse(pairs, extra=extra)
        language.use(chosen.lang)
        return chosen


def refuse_others(call: ApiCall, known: Sequence[str] = ()) -> None:
    """Raise FilterError for a parameter that an address of few filters does not take; of `as_of` it says why."""
    for name, _value in call.pairs:
        if name == "as_of":
            raise FilterError(
                name, say("Cette adresse ne se lit pas à une date passée : elle décrit le fichier d'aujourd'hui.")
            )
        if name not in known:
            raise FilterError(name, say("Paramètre inconnu : « {name} ».", name=name))


Handler = Callable[[ApiCall], Response]


class Public:
    """An address that answers GET, HEAD and OPTIONS through a handler, and everything else with a problem document."""

    def __init__(
        self,
        handler: Handler,
        *,
        state: Callable[[], str] = lambda: "",
        modified: Callable[[], datetime | None] | None = None,
        lane: Lane = "light",
    ) -> None:
        """Take a handler, what changes with the answer beside the event file, and whose threads answer.

        `modified` gives the date of an answer that is not as old as the data.
        """
        self._handler = handler
        self._state = state
        self._modified = modified
        self._lane = lane
        self._guarded: ASGIApp = ServerErrorMiddleware(self._respond, handler=_internal)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await self._guarded(scope, receive, send)

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        match request.method:
            case "GET" | "HEAD":
                response = await self.read(request)
            case "OPTIONS":
                response = Response(status_code=204, headers=PREFLIGHT)
            case _:
                detail = say("Cette adresse se lit seulement : {methods}.", methods=METHODS)
                response = problems.problem(405, detail, headers={"Allow": METHODS})
        response.headers.update(CORS)
        if request.method == "HEAD":
            response = _head_of(response)
        await response(scope, receive, send)

    async def read(self, request: Request) -> Response:
        """Return the answer to a GET, made in a thread of the lane."""
        return await lanes.run(self._lane, self._answer, request)

    def _answer(self, request: Request) -> Response:
        call = ApiCall(request)
        try:
            with store.snapshot():
                return self._fresh(call)
        except CampaignError as error:
            if isinstance(error, StoreError) and not isinstance(error, LakeAwayError):  # which is logged once by itself
                logger.error("%s: %s", request.url.path, error.for_log)
            return problems.of_error(error)

    def _fresh(self, call: ApiCall) -> Response:
        status = store.query("file_status").one
        data_date: datetime | None = status["data_date"]
        last_modified = self._modified() if self._modified is not None else data_date
        headers = dated(call, status, self._state(), last_modified)
        if _names(call.request, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        response = self._handler(call)
        if response.status_code == 200:
            if call.request.headers.get("if-none-match", "").strip() == "*":  # any answer will do
                close(response)
                response = Response(status_code=304)
            response.headers.update(headers)
        return response


def json_response(content: Any, media_type: str = "application/json") -> Response:
    """Return a JSON answer; times are written as ISO 8601."""
    return Response(orjson.dumps(content), media_type=media_type)


def close(response: Response) -> None:
    """Release what a streamed answer holds, when nobody is going to read it."""
    chunks = getattr(response, "chunks", None)
    if chunks is not None:
        chunks.close()


class Streamed(StreamingResponse):
    """An answer written piece by piece from a generator, in a worker thread; `chunks.close()` frees its cursor."""

    def __init__(self, chunks: Iterator[bytes], media_type: str, headers: dict[str, str]) -> None:
        super().__init__(lanes.iterate(chunks), media_type=media_type, headers=headers)
        self.chunks = chunks


def dated(call: ApiCall, status: dict[str, Any], state: str, modified: datetime | None) -> dict[str, str]:
    """Return the headers that say of which file an answer is, whose `file_status` is given, and since when it is so."""
    headers = {"ETag": _etag(call, status, state), "Cache-Control": CACHE_CONTROL}
    if modified is not None:
        headers["Last-Modified"] = format_datetime(modified.astimezone(UTC), usegmt=True)
    return headers


def _etag(call: ApiCall, status: dict[str, Any], state: str) -> str:
    """Return what changes when the file, the campaign's folder, the day, the address, the host or the code does.

    It is weak, as answers may be compressed. The day: a programme leaves out past days, and a comparison is made at the same days
    to go.
    """
    file = [str(status["published_at"]), str(status["n_events"]), str(settings().current_day())]
    parts = [*file, profile_version(), state, str(call.request.url), call.base_url, CODE_VERSION]
    return f'W/"{hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()}"'


def _names(request: Request, etag: str) -> bool:
    """Tell whether a request names the answer that its client has: by this ETag alone.

    A date tells nothing: data that are put back as they were are older than what the client has, two publications may be of the
    same second, and what stands beside the file changes without it.
    """
    wanted = request.headers.get("if-none-match", "")
    return etag.removeprefix("W/") in [tag.strip().removeprefix("W/") for tag in wanted.split(",")]


def _head_of(response: Response) -> Response:
    close(response)
    head = Response(status_code=response.status_code)
    head.raw_headers = [pair for pair in response.raw_headers if pair[0] != b"transfer-encoding"]
    return head


async def _internal(request: Request, error: Exception) -> Response:
    logger.error("%s %s: %s", request.method, request.url.path, type(error).__name__, exc_info=error)
    response = problems.internal()
    response.headers.update(CORS)
    return response
