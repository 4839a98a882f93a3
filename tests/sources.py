"""A server on loopback that stands for the sources that are followed: agendas of OpenAgenda, data sets of Opendatasoft, plain files.

It speaks the protocols, not what our reader takes of them: pages by `after` as an array of the sort's values, events that vanish
when they are deleted, validators; and it fails on demand.
"""

import hashlib
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.units.conftest import served

Event = dict[str, Any]
LOGIN = "<!DOCTYPE html><html><head><title>Connexion</title></head><body><form>Mot de passe</form></body></html>"
COMMUNES = (("Rennes", "35000", "35238"), ("Lyon", "69001", "69381"), ("Brest", "29200", "29019"))


def agenda_event(uid: int, updated_at: datetime, **changes: Any) -> Event:
    """Return an event as the API gives it with `detailed=1`."""
    city, postcode, insee = COMMUNES[uid % len(COMMUNES)]
    day = 2 + uid % 27
    return {
        "uid": uid,
        "slug": f"evenement-{uid}",
        "title": {"fr": f"Atelier n° {uid}"},
        "description": {"fr": f"Un atelier sur l'économie sociale et solidaire, le {uid}e."},
        "timings": [{"begin": f"2014-11-{day:02}T18:00:00+01:00", "end": f"2014-11-{day:02}T20:00:00+01:00"}],
        "timezone": "Europe/Paris",
        "attendanceMode": 1,
        "status": 1,
        "state": 2,
        "location": {
            "uid": 1000 + uid % len(COMMUNES), "name": "Maison des associations", "address": "1 rue de la Paix", "city": city,
            "postalCode": postcode, "insee": insee, "countryCode": "FR",
        },
        "createdAt": "2014-09-01T08:00:00.000Z",
        "updatedAt": stamp(updated_at),
        **changes,
    }  # fmt: skip


def stamp(moment: datetime) -> str:
    """Return an instant as the API writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"


def record_of(event: Event) -> dict[str, Any]:
    """Return an event as Opendatasoft's data set of public agendas holds it."""
    location = event["location"]
    return {
        "uid": str(event["uid"]),
        "slug": event["slug"],
        "title_fr": event["title"]["fr"],
        "description_fr": event["description"]["fr"],
        "updatedat": event["updatedAt"].replace(".000Z", "+00:00"),
        "timings": json.dumps(event["timings"]),
        "firstdate_begin": event["timings"][0]["begin"],
        "firstdate_end": event["timings"][0]["end"],
        "location_name": location["name"],
        "location_address": location["address"],
        "location_city": location["city"],
        "location_postalcode": location["postalCode"],
        "location_insee": location["insee"],
        "location_countrycode": "FR",
        "attendancemode": json.dumps({"id": 1, "label": {"fr": "Sur place"}}),
        "status": json.dumps({"id": event["status"], "label": {"fr": "Programmé"}}),
    }


@dataclass
class Agenda:
    """An agenda: its events by identifier, and its own key where one is asked for."""

    uid: int = 77
    events: dict[int, Event] = field(default_factory=dict)
    key: str = ""

    def put(self, *events: Event) -> None:
        """Create or change events."""
        for event in events:
            self.events[event["uid"]] = event


@dataclass
class Sources:
    """All that the server gives, what it was asked, and the faults that it is to have next, by path."""

    agendas: dict[str, Agenda] = field(default_factory=dict)
    files: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)
    requests: list[tuple[str, int]] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    address: str = ""
    hang_s: float = 20.0
    page_size: int = 300
    without_instants: bool = False  # data sets that do not say when a record was modified

    def agenda(self, name: str) -> str:
        """Return the address of an agenda's events."""
        return f"{self.address}/v2/agendas/{name}/events"

    def dataset(self, name: str, what: str = "records") -> str:
        """Return the address of an agenda's records as a data set."""
        return f"{self.address}/api/explore/v2.1/catalog/datasets/{name}/{what}"

    def file(self, name: str, content: str | bytes | None = None, kind: str = "text/csv") -> str:
        """Put a file on the server, if its content is given; return its address."""
        if content is not None:
            self.files[name] = (content.encode() if isinstance(content, str) else content, kind)
        return f"{self.address}/files/{name}"

    def statuses(self, part: str = "") -> Counter[int]:
        """Return how many answers of each status were given under a path, and forget them."""
        counts = Counter(status for path, status in self.requests if part in path)
        self.requests.clear()
        return counts

    def app(self) -> Starlette:
        """Return the server."""
        routes = [
            Route("/around", self._answering(lambda _request: RedirectResponse("/around", 302))),
            Route("/v2/agendas/{name}/events", self._answering(self._events)),
            Route("/v2/agendas/{name}", self._answering(self._described)),
            Route("/api/explore/v2.1/catalog/datasets/{name}/records", self._answering(self._records)),
            Route("/api/explore/v2.1/catalog/datasets/{name}/exports/json", self._answering(self._export)),
            Route("/files/{name}", self._answering(self._file)),
            Route(
                "/to/{target:path}", self._answering(lambda request: RedirectResponse(request.query_params["url"], 302))
            ),
        ]
        return Starlette(routes=routes)

    def _answering(self, handler: Callable[[Request], Response]) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            self.seen.append(f"{request.url} {dict(request.headers)}")
            waiting = self.faults.get(request.url.path) or self.faults.get("*") or []
            response = self._failing(waiting.pop(0), handler, request) if waiting else handler(request)
            self.requests.append((request.url.path, response.status_code))
            return response

        return answer

    def _failing(self, fault: str, handler: Callable[[Request], Response], request: Request) -> Response:
        if fault == "ok":
            return handler(request)
        if fault == "hang":
            time.sleep(self.hang_s)
            return PlainTextResponse("tard", 504)
        if fault == "login":
            return HTMLResponse(LOGIN)
        if fault == "half":
            whole = handler(request)
            body = bytes(whole.body)
            return Response(
                body[: len(body) // 2],
                headers={"etag": whole.headers.get("etag", '"x"')},
                media_type="application/json",
            )
        status, _colon, wait = fault.partition(":")
        return PlainTextResponse("non", int(status), headers={"retry-after": wait} if wait else None)

    def _events(self, request: Request) -> Response:
        agenda = self.agendas[request.path_params["name"]]
        query = request.query_params
        if agenda.key and agenda.key not in (request.headers.get("key"), query.get("key")):
            return JSONResponse({"success": False, "message": "key is missing or unknown"}, 403)
        unknown = {re.sub(r"\[.*", "", name) for name in query} - {
            "detailed",
            "size",
            "sort",
            "after",
            "updatedAt",
            "key",
            "timings",
        }
        if unknown or query.get("detailed") != "1":
            return JSONResponse({"success": False, "errors": sorted(unknown)}, 400)
        size = min(int(query.get("size", 20)), self.page_size)
        events = sorted(agenda.events.values(), key=_by_update if query.get("sort") == "updatedAt.asc" else _by_timing)
        key = _by_update if query.get("sort") == "updatedAt.asc" else _by_timing
        if since := query.get("updatedAt[gte]"):
            events = [
                event for event in events if datetime.fromisoformat(event["updatedAt"]) >= datetime.fromisoformat(since)
            ]
        total = len(events)
        after = query.getlist("after[]")
        if after:
            events = [event for event in events if key(event) > (int(after[0]), int(after[1]))]
        page = events[:size]
        following = [*map(str, key(page[-1]))] if page else None
        return _validated(request, {"success": True, "total": total, "events": page, "after": following, "sort": None})

    def _described(self, request: Request) -> Response:
        agenda = self.agendas[request.path_params["name"]]
        if agenda.key and agenda.key not in (request.headers.get("key"), request.query_params.get("key")):
            return JSONResponse({"success": False}, 403)
        return _validated(request, {"uid": agenda.uid, "title": "Agenda", "schema": {"fields": []}})

    def _selected(self, request: Request) -> list[dict[str, Any]]:
        records = [record_of(event) for event in self.agendas[request.path_params["name"]].events.values()]
        if self.without_instants:
            assert "where" not in request.query_params, "no such field"
            records = [{key: value for key, value in record.items() if key != "updatedat"} for record in records]
        if where := request.query_params.get("where"):
            condition = re.fullmatch(r"updatedat >= date'([^']+)'", where)
            assert condition, where
            since = datetime.fromisoformat(condition.group(1))
            records = [record for record in records if datetime.fromisoformat(record["updatedat"]) >= since]
        return records

    def _records(self, request: Request) -> Response:
        records = self._selected(request)
        limit, offset = int(request.query_params.get("limit", 10)), int(request.query_params.get("offset", 0))
        if limit > 100 or limit + offset > 10_000:
            return JSONResponse({"error_code": "InvalidRESTParameterError"}, 400)
        return _validated(request, {"total_count": len(records), "results": records[offset : offset + limit]})

    def _export(self, request: Request) -> Response:
        return _validated(request, self._selected(request))

    def _file(self, request: Request) -> Response:
        if request.path_params["name"] not in self.files:
            return PlainTextResponse("rien", 404)
        content, kind = self.files[request.path_params["name"]]
        return _conditional(request, content, kind)


def _by_update(event: Event) -> tuple[int, int]:
    return int(datetime.fromisoformat(event["updatedAt"]).timestamp() * 1000), int(event["uid"])


def _by_timing(event: Event) -> tuple[int, int]:
    return int(datetime.fromisoformat(event["timings"][0]["begin"]).timestamp() * 1000), int(event["uid"])


def _validated(request: Request, document: Any) -> Response:
    return _conditional(request, json.dumps(document).encode(), "application/json")


def _conditional(request: Request, content: bytes, kind: str) -> Response:
    tag = f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"'
    headers = {
        "etag": tag,
        "last-modified": format_datetime(datetime(2026, 9, 1).astimezone() + timedelta(seconds=len(content))),
    }
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=kind, headers=headers)


@contextmanager
def serving() -> Iterator[Sources]:
    """Serve sources until the block ends."""
    sources = Sources()
    with served(sources.app()) as address:
        sources.address = address
        yield sources
