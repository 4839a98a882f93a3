"""`/healthz`: whether the event file can be read, and how fresh it is."""

from starlette.responses import Response

from campaign import store
from campaign.api.answering import ApiCall, json_response
from campaign.core.settings import PARIS
from campaign.filters.known import nomenclature_of
from campaign.follow import statuses
from campaign.profile import profile


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
