"""The public addresses as an ASGI application of their own, and a file of few but awkward events."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb
import httpx
import pytest
import uvicorn
from starlette.applications import Starlette

from campaign import web
from campaign.core.settings import settings
from campaign.publish import pipeline
from campaign.publish.account import ImportOptions

NO_AUTHORITY: Final = ssl.SSLContext(
    ssl.PROTOCOL_TLS_CLIENT
)  # nothing here is HTTPS; to read all authorities takes 20 ms a client

# Titles that a spreadsheet would run, contacts in texts, several sessions; a cancelled, a postponed, an online event.
AWKWARD: tuple[dict[str, Any], ...] = (
    {
        "source_uid": "formula",
        "title": '=HYPERLINK("http://example.org";"a")',
        "venue": "+33 6 12 34 56 78",
        "organiser_labels": ["@ssociation ; « d'ici », & <là>"],
        "theme_labels": ["Consommer autrement", "Habiter"],
        "timings": [("2014-11-05T18:00:00", "2014-11-05T20:00:00"), ("2014-11-12T18:00:00", None)],
        "commune_code": "35238",
        "url": "mailto:quelquun@example.org",
    },
    {
        "source_uid": "contact",
        "title": "Appelez le 02 99 01 02 03 ou écrivez à Jean.Dupont@exemple.fr pour l'atelier",
        "venue": 'Salle\nà deux lignes, "la grande"',
        "timings": [("2014-11-06", "2014-11-07")],
        "commune_code": "75056",
        "url": "https://example.org/evenement?n=1&m=2",
    },
    {
        "source_uid": "cancelled",
        "title": "Ciné-débat qui n'aura pas lieu",
        "status": "cancelled",
        "timings": [("2014-11-08T20:00:00", "2014-11-08T22:00:00")],
        "commune_code": "97411",
    },
    {
        "source_uid": "postponed",
        "title": "Conférence remise à plus tard",
        "status": "postponed",
        "timings": [("2014-11-09T10:00:00", "2014-11-09T12:00:00")],
        "commune_code": "97411",
    },
    {
        "source_uid": "online",
        "title": "Webinaire",
        "attendance_mode": "online",
        "timings": [("2014-11-10T10:00:00", "2014-11-10T12:00:00")],
    },
    {
        "source_uid": "draft",
        "title": "Brouillon",
        "is_published": False,
        "timings": [("2014-11-10T10:00:00", "2014-11-10T12:00:00")],
        "commune_code": "35238",
    },
)


def stage_awkward(connection: duckdb.DuckDBPyConnection) -> None:
    for number, record in enumerate(AWKWARD, start=1):
        timings = [{"begins": begins, "ends": ends} for begins, ends in record["timings"]]
        row = {
            "record_id": number,
            "file": "essai.csv",
            "line": number,
            "is_published": True,
            "theme_labels": [],
            "keywords": [],
            "organiser_labels": [],
            "accessibility": [],
            "created_at": "2014-10-01T10:00:00+02:00",
            "updated_at": f"2014-10-0{number}T10:00:00+02:00",
            **record,
            "timings": timings,
        }
        columns = ", ".join(row)
        places = ", ".join("?" for _each in row)
        connection.execute(f"insert into staged_records ({columns}) values ({places})", list(row.values()))


@pytest.fixture(scope="session")
def awkward_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real import of six events, four of which count."""
    path = tmp_path_factory.mktemp("awkward") / "campaign.duckdb"
    options = ImportOptions(
        source="Essai", format="csv", files=("essai.csv",), edition=2014, licence="Licence Ouverte 2.0"
    )
    pipeline.run(path, [stage_awkward], options, fresh=True)
    return path


@pytest.fixture(scope="session")
def served_at() -> Iterator[str]:
    """Serve the public addresses on loopback, from a thread of this process."""
    application = Starlette(routes=web.routes(), middleware=[web.middleware()[0]])
    with served(application) as base_url:
        yield base_url


@contextmanager
def served(application: Starlette) -> Iterator[str]:
    """Serve an application on a free port; yield its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else each answer waits 40 ms for the reader
        server = uvicorn.Server(uvicorn.Config(application, log_config=None, lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def eventually(holds: Callable[[], bool], within_s: float = 60.0) -> None:
    """Wait until something holds; fail if it does not within that time."""
    latest = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < latest, "it never came true"
        time.sleep(0.01)


@pytest.fixture
def client(served_at: str, reading_demo: Path) -> Iterator[httpx.Client]:
    """The addresses over the demonstration file."""
    with httpx.Client(base_url=served_at, timeout=60, verify=NO_AUTHORITY) as opened:
        yield opened


@pytest.fixture
def awkward(served_at: str, awkward_db: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    """The addresses over the awkward events."""
    monkeypatch.setattr(settings(), "db", awkward_db)
    with httpx.Client(base_url=served_at, timeout=60, verify=NO_AUTHORITY) as opened:
        yield opened
