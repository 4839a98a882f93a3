"""`/healthz`: whether the event file can be read, and how fresh it is.

While the server runs, the answer is prepared every second by a thread of its own, and given by the event loop itself: a thread
that is asked for it would wait for its turn among those that compute, and a probe would take that for ill health.
"""

import asyncio
import time
from dataclasses import dataclass
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from campaign import store
from campaign.api import lanes
from campaign.api.answering import ApiCall, Public, dated, json_response
from campaign.core.errors import CampaignError, StoreError
from campaign.core.settings import PARIS, is_lake, settings
from campaign.filters.known import nomenclature_of
from campaign.follow import statuses
from campaign.profile import profile

PREPARED_EVERY_S: Final = 1.0
LASTS_S: Final = 5.0  # a prepared answer that was not renewed for so long is none: then a thread is asked
COMPARED: Final = "if-none-match"  # who sends it asks for a comparison


def state() -> str:
    """Return what changes when the followed sources were read, or are late, for caches."""
    return repr([(each.name, each.status, each.last_success, each.is_stale) for each in statuses.statuses()])


def health(call: ApiCall) -> Response:
    """Return `{status, data_date, editions, current, nomenclature, events, is_demo, profile, sources, stale}`, whatever parameters a probe
    adds.

    503 when the file as published cannot be read, even while the last good one is still served.
    """
    store.refuse_stale()
    status = store.query("file_status").one
    sources = statuses.statuses()
    current = store.query("current_edition").one["edition"]
    return json_response(
        {
            "status": "ok",
            "data_date": status["data_date"],
            "editions": status["editions"],
            "current": current,
            "nomenclature": nomenclature_of((current,) if current else ()),
            "events": status["n_events"],
            "is_demo": status["is_demo"],
            "profile": profile().id,
            "sources": [
                {
                    "name": each.name,
                    "status": each.status,
                    "last_success": each.last_success.astimezone(PARIS) if each.last_success else None,
                }
                for each in sources
            ],
            "stale": statuses.is_stale(sources),
        }
    )


@dataclass(frozen=True)
class Prepared:
    """An answer that was made beforehand: of which file, and when."""

    file: store.Identity | None
    made_at: float
    status: dict[str, Any]
    state: str
    body: bytes

    def is_of_now(self) -> bool:
        """Whether the file is the same, by its name and times alone, and somebody still prepares answers."""
        return time.monotonic() - self.made_at < LASTS_S and self.file == _identity()


class Health(Public):
    """The address of health: the prepared answer where there is one for the file as it is now, else one that is made for the request."""

    def __init__(self) -> None:
        super().__init__(health, state=state, lane="health")
        self._prepared: Prepared | None = None

    def is_well(self) -> bool:
        """Whether the file as it is now was found to be good when an answer was last prepared; told without reading it."""
        return self._prepared is not None and self._prepared.file == _identity()

    async def read(self, request: Request) -> Response:
        """Return the answer to a GET."""
        prepared = self._prepared
        if prepared is None or COMPARED in request.headers or not prepared.is_of_now():
            return await super().read(request)
        headers = dated(ApiCall(request), prepared.status, prepared.state, prepared.status["data_date"])
        return Response(prepared.body, headers=headers, media_type="application/json")

    async def watch(self) -> None:
        """Prepare the answer again and again, without an end."""
        while True:
            self._prepared = await lanes.run("health", self.prepare)
            await asyncio.sleep(PREPARED_EVERY_S)

    def prepare(self) -> Prepared | None:
        """Return the answer of now; None where it is an error, which is then made, and logged, for who asks."""
        request = Request({"type": "http", "method": "GET", "path": "/healthz", "query_string": b"", "headers": []})
        try:
            file, made_at = _identity(), time.monotonic()
            with store.snapshot():
                known = state()
                body = bytes(health(ApiCall(request)).body)
                return Prepared(file, made_at, store.query("file_status").one, known, body)
        except CampaignError:
            return None


def _identity() -> store.Identity | None:
    """Return which file is published; None for a lake, which is not asked at every probe, and where there is none."""
    db = settings().db
    try:
        return None if is_lake(db) else store.identity_of(db)
    except StoreError:
        return None


HEALTH: Final = Health()
