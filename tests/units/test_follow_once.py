"""Addresses that are imported once: a server on loopback stands for the platform, read by what reads followed sources."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from typer.testing import CliRunner

from campaign.cli import app
from campaign.core.errors import IntakeError
from campaign.core.settings import settings
from campaign.follow import fetcher, followed, once
from campaign.follow.followed import Followed
from tests.intake_files import event
from tests.records import rows_of
from tests.units.conftest import served

pytestmark = pytest.mark.rows(every=3)

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
        self.requests: list[dict[str, list[str]]] = []
        self.failures: list[int] = []

    def events(self, request: Request) -> Response:
        if self.failures:
            return PlainTextResponse("non", self.failures.pop(0))
        if "secret" not in (request.query_params.get("key"), request.headers.get("key")):
            return JSONResponse({"error": "clé"}, 403)
        self.requests.append({key: request.query_params.getlist(key) for key in request.query_params})
        after = request.query_params.getlist("after[]")
        size = int(request.query_params["size"])
        first = int(after[1]) if after else 0
        page = EVENTS[first : first + size]
        following: Any = ["x", str(first + size)]
        if request.url.path.startswith("/v3"):
            return JSONResponse({"data": page, "pagination": {"after": following}})
        return JSONResponse({"total": 7, "events": page, "after": following, "sort": "timings.asc"})

    def agenda(self, request: Request) -> Response:
        return JSONResponse(AGENDA)

    def again(self, request: Request) -> Response:
        return JSONResponse({"events": EVENTS[:1], "after": ["x", "1"]})


@pytest.fixture
def platform() -> Platform:
    return Platform()


@pytest.fixture
def address(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(fetcher, "FIRST_WAIT_S", 0.001)
    monkeypatch.setattr(fetcher, "RETRIES_S", 0.2)
    routes = [
        Route("/{version}/agendas/1/events", platform.events),
        Route("/{version}/agendas/1", platform.agenda),
        Route("/v2/agendas/2/events", platform.again),
        Route("/table.csv", lambda request: PlainTextResponse("titre;date\nA;2014-11-05\n")),
        Route("/ailleurs", lambda request: RedirectResponse("http://exemple.fr/")),
        Route("/dedans", lambda request: RedirectResponse("https://10.0.0.1/")),
    ]
    with served(Starlette(routes=routes)) as base:
        yield base


def import_(db: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["import", "--db", str(db), *words])
    return result.exit_code, result.output


@pytest.mark.parametrize("version", ["v2", "v3"])
def test_every_page_is_read_once(address: str, platform: Platform, version: str, tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    status, output = import_(db, f"{address}/{version}/agendas/1/events?key=secret&size=3")
    assert status == 0, output
    after = [request.get("after[]") for request in platform.requests]
    assert after[:3] == [None, ["x", "3"], ["x", "6"]]
    assert all(request["detailed"] == ["1"] for request in platform.requests)
    assert rows_of(db, "select count(*), min(type), max(type_is_guessed) from events") == [(7, "atelier", False)]
    host = address.partition("//")[2]
    assert rows_of(db, "select files from imports") == [([f"{host.partition(':')[0]}/{version}/agendas/1/events"],)]


def test_a_key_goes_with_the_request_and_is_kept_nowhere(
    address: str, platform: Platform, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "httpx")
    db = tmp_path / "campaign.duckdb"
    _status, output = import_(db, f"{address}/v2/agendas/1/events?key=secret&size=3")
    assert all("key" not in request for request in platform.requests)  # a header was enough
    stored = output + str(rows_of(db, "from imports")) + "".join(p.read_text("utf-8") for p in tmp_path.glob("*.jsonl"))
    assert "secret" not in stored
    assert "HTTP Request" in caplog.text
    assert "secret" not in "".join(r.getMessage() for r in caplog.records if r.name.startswith("httpx"))


def test_a_wrong_key_is_never_told(address: str, tmp_path: Path) -> None:
    with pytest.raises(IntakeError) as caught:
        once.fetch([f"{address}/v2/agendas/1/events?key=wrong-secret"], tmp_path)
    assert "403" in caught.value.message
    assert "wrong-secret" not in str(caught.value)


def test_a_server_that_fails_now_and_then_is_asked_again(
    address: str, platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform.failures = [503, 500]
    with monkeypatch.context() as patient:
        patient.setattr(fetcher, "RETRIES_S", 60)  # a busy machine answers late, and failing attempts count
        assert once.fetch([f"{address}/v2/agendas/1/events?key=secret"], tmp_path).files
    platform.failures = [500] * 1000
    (tmp_path / "again").mkdir()
    with pytest.raises(IntakeError, match="500"):
        once.fetch([f"{address}/v2/agendas/1/events?key=secret"], tmp_path / "again")


def test_pages_that_never_end_do(address: str, tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    import_(db, f"{address}/v2/agendas/2/events?size=1")
    assert rows_of(db, "select n_read from imports") == [(2,)]


def test_any_file_has_an_address_and_files_stay_as_they_are(address: str, tmp_path: Path) -> None:
    beside = tmp_path / "b.csv"
    beside.write_text("titre;date\nB;2014-11-06\n", "utf-8")
    db = tmp_path / "campaign.duckdb"
    status, output = import_(db, str(beside), f"{address}/table.csv")
    assert status == 0, output
    assert rows_of(db, "select files from imports") == [(["b.csv", "127.0.0.1/table.csv"],)]


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("http://exemple.fr/a.json", "https"), ("/ailleurs", "n'est pas publique"), ("/nulle-part.csv", "404"),
        ("/dedans", "n'est pas publique"), ("https://192.168.0.1/a.csv", "n'est pas publique"),
        ("https://127.0.0.1:9/a.csv", "ne répond pas"), ("https://u:p@exemple.fr/", "sans compte"),
        ("https://docs.google.com/spreadsheets/d/abc/edit", "Google Sheets"),
    ],
)  # fmt: skip
def test_addresses_that_cannot_be_read_say_why(address: str, place: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match=says):
        once.fetch([place if place.startswith("http") else address + place], tmp_path)


def test_the_address_of_a_sheet_names_its_export(tmp_path: Path) -> None:
    with pytest.raises(IntakeError) as caught:
        once.fetch(["https://docs.google.com/spreadsheets/d/1AbC/edit#gid=0"], tmp_path)
    assert "/spreadsheets/d/1AbC/export?format=csv&gid=0" in caught.value.remedy
    with pytest.raises(IntakeError) as followed_so:
        followed.check(Followed("Tableur", "https://docs.google.com/spreadsheets/d/1AbC/edit#gid=0", "LO"))
    assert followed_so.value.remedy == caught.value.remedy
    for export in ("1AbC/export?format=csv&gid=0", "e/2PACX-1v/pub?output=csv"):
        followed.check(Followed("Tableur", f"https://docs.google.com/spreadsheets/d/{export}", "LO"))


def test_what_an_address_gives_is_bounded(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "follow_mb", 0)
    with pytest.raises(IntakeError, match="0 Mo"):
        once.fetch([f"{address}/table.csv"], tmp_path)
