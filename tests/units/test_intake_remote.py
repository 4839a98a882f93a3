"""An agenda read from its address: a server on loopback stands for the platform."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from campaign.core.errors import IntakeError
from campaign.intake import remote
from campaign.publish.importing import run_import
from tests.intake_files import Stage, event
from tests.records import rows_of
from tests.units.conftest import served

EVENTS = [
    event(uid=number, title={"fr": f"Événement {number}"}, **{"types-d-evenement": [1]}) for number in range(1, 8)
]
AGENDA = {
    "uid": 1,
    "schema": {"fields": [{"field": "types-d-evenement", "options": [{"id": 1, "label": {"fr": "Atelier"}}]}]},
}


class Platform:
    """An agenda of seven events, in pages; it fails now and then."""

    def __init__(self) -> None:
        self.asked: list[dict[str, list[str]]] = []
        self.failures: list[int] = []

    def events(self, request: Request) -> Response:
        self.asked.append({key: request.query_params.getlist(key) for key in request.query_params})
        if self.failures:
            return PlainTextResponse("non", self.failures.pop(0))
        if request.query_params.get("key") != "secret":
            return JSONResponse({"error": "clé"}, 403)
        after = request.query_params.getlist("after[]")
        size = int(request.query_params["size"])
        first = int(after[1]) if after else 0
        page = EVENTS[first : first + size]
        return JSONResponse({"total": 7, "events": page, "after": ["x", str(first + size)], "sort": "timings.asc"})

    def agenda(self, request: Request) -> Response:
        return JSONResponse(AGENDA)

    def again(self, request: Request) -> Response:
        return JSONResponse({"events": EVENTS[:1], "after": ["x", "1"]})


@pytest.fixture
def platform() -> Platform:
    return Platform()


@pytest.fixture
def address(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(remote, "WAIT_SECONDS", 0)
    routes = [
        Route("/v2/agendas/1/events", platform.events),
        Route("/v2/agendas/1", platform.agenda),
        Route("/v2/agendas/2/events", platform.again),
        Route("/table.csv", lambda request: PlainTextResponse("titre;date\nA;2014-11-05\n")),
        Route("/ailleurs", lambda request: RedirectResponse("http://exemple.fr/")),
    ]
    with served(Starlette(routes=routes)) as base:
        yield base


def test_every_page_is_read_once(address: str, platform: Platform, tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    account, staged = run_import(db, [f"{address}/v2/agendas/1/events?key=secret&size=3"])
    assert (account.read, account.new) == (7, 7)
    assert [asked.get("after[]") for asked in platform.asked] == [None, ["x", "3"], ["x", "6"]]
    assert all(asked["detailed"] == ["1"] for asked in platform.asked)
    assert rows_of(db, "select distinct type, type_is_guessed from events") == [("atelier", False)]
    assert "secret" not in str(rows_of(db, "from imports")) + str(staged)


def test_the_key_is_never_told(address: str) -> None:
    with pytest.raises(IntakeError) as caught:
        Stage(f"{address}/v2/agendas/1/events?key=wrong-secret")
    assert "403" in caught.value.message
    assert "wrong-secret" not in str(caught.value)


def test_a_server_that_fails_now_and_then_is_asked_again(address: str, platform: Platform) -> None:
    platform.failures = [503, 429]
    assert len(Stage(f"{address}/v2/agendas/1/events?key=secret").records) == 7
    platform.failures = [500] * remote.ATTEMPTS
    with pytest.raises(IntakeError, match="500"):
        Stage(f"{address}/v2/agendas/1/events?key=secret")


def test_pages_that_never_end_do(address: str) -> None:
    assert len(Stage(f"{address}/v2/agendas/2/events?size=1").records) == 2


def test_any_file_has_an_address(address: str) -> None:
    stage = Stage(f"{address}/table.csv")
    assert (stage.record["title"], stage.record["file"]) == ("A", "127.0.0.1/table.csv")


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("http://exemple.fr/a.json", "https"), ("/ailleurs", "quitte https"), ("/nulle-part.csv", "404"),
        ("https://127.0.0.1:9/a.csv", "ne répond pas"),
    ],
)  # fmt: skip
def test_addresses_that_cannot_be_read_say_why(address: str, place: str, says: str) -> None:
    with pytest.raises(IntakeError, match=says):
        Stage(place if place.startswith("http") else address + place)
