"""Files are taken from coordinators who are signed in, within bounds; a sign-in that was ended is believed nowhere."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from websockets.sync.client import ClientConnection, connect

from campaign.core import signed_out, uploaded_files
from campaign.core.coordinators import is_coordinator
from campaign.core.settings import settings
from campaign.web import uploading
from campaign.web.security import encrypted_only
from tests.browser.server import Server, serving
from tests.units.conftest import served

COOKIE_KEY = "une-phrase-de-plus-de-trente-deux-signes"
MARIE = {"iss": "https://id.example.org", "sub": "marie", "email": "marie@exemple.org", "email_verified": True}


def cookie(server: Server, **claims: object) -> str:
    """Return the cookie that Streamlit gives after a sign-in."""
    parts = urlsplit(server.url)
    payload = {**claims, "origin": f"http://{parts.netloc}", "is_logged_in": True, "provider": "default"}
    signed = create_signed_value(COOKIE_KEY, "_streamlit_user", json.dumps(payload)).decode()
    return f"_streamlit_user={signed}"


class Tab:
    """A session on the page of imports."""

    def __init__(self, socket: ClientConnection, server: Server, given: str, token: str) -> None:
        self.given, self.token = given, token
        self.server = server
        ask = BackMsg()
        ask.rerun_script.page_name = "import"
        socket.send(ask.SerializeToString())
        self.session, self.text = "", ""
        while True:
            message = ForwardMsg.FromString(socket.recv(60))  # type: ignore[arg-type]
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.session = message.new_session.initialize.session_id
            elif kind == "delta":
                self.text += message.delta.new_element.html.body
            elif kind == "script_finished":
                break

    def send(self, name: str, n_bytes: int) -> httpx.Response:
        """Send a file as the browser does."""
        headers = {"X-Xsrftoken": self.token, "Cookie": self.given}
        files = {name: (name, b"a" * n_bytes, "text/csv")}
        address = f"{self.server.url}/_stcore/upload_file/{self.session}/{name}"
        return httpx.put(address, files=files, headers=headers, timeout=60)


@pytest.fixture(scope="module")
def guarded(demo_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("guarded")
    environment = {
        "CAMPAIGN_DB": str(shutil.copyfile(demo_db, folder / "campaign.duckdb")),
        "CAMPAIGN_SIGNIN_PROVIDER": "http://127.0.0.1:9/.well-known/openid-configuration",
        "CAMPAIGN_SIGNIN_CLIENT_ID": "tableau-de-bord",
        "CAMPAIGN_SIGNIN_CLIENT_SECRET": "secret-du-client",
        "CAMPAIGN_SIGNIN_COOKIE_SECRET": COOKIE_KEY,
        "CAMPAIGN_COORDINATORS": "marie@exemple.org",
        "CAMPAIGN_UPLOAD_MB": "1",
    }
    with serving(folder / "log", environment=environment) as server:
        base = server.url.replace("127.0.0.1", "localhost")
        yield Server(base, server.process, server.log)


Opening = Callable[..., Tab]


@pytest.fixture
def opened(guarded: Server) -> Iterator[Opening]:
    """Open sessions with a cookie or none, until the test ends."""
    place = urlsplit(guarded.url).netloc
    with ExitStack() as stack:

        def open_tab(given: str = "") -> Tab:
            token = httpx.get(f"{guarded.url}/_stcore/health").cookies["_streamlit_xsrf"]
            given = "; ".join(filter(None, (f"_streamlit_xsrf={token}", given)))
            connecting = connect(
                f"ws://{place}/_stcore/stream", subprotocols=["streamlit", token], origin=f"http://{place}",  # type: ignore[list-item,arg-type]
                additional_headers={"Cookie": given}, max_size=None, open_timeout=60,
            )  # fmt: skip
            return Tab(stack.enter_context(connecting), guarded, given, token)

        yield open_tab


def test_only_a_coordinator_s_session_sends_files(guarded: Server, opened: Opening) -> None:
    stranger = opened()
    assert "demande de se connecter" in stranger.text
    refused = stranger.send("a.csv", 10)
    assert refused.status_code == 403
    assert refused.headers["Content-Type"] == "application/problem+json"
    eve = opened(cookie(guarded, **MARIE | {"email": "eve@exemple.org"}, iat=1))
    assert eve.send("a.csv", 10).status_code == 403
    stranger.session = "nobody"
    assert stranger.send("a.csv", 10).status_code == 403


def test_what_a_session_sends_is_bounded(guarded: Server, opened: Opening) -> None:
    marie = opened(cookie(guarded, **MARIE, iat=2))
    assert "Envoyez des fichiers" in marie.text
    megabyte = 1_000_000
    assert [marie.send(f"{n}.csv", megabyte).status_code for n in range(3)] == [204, 204, 413]
    with httpx.Client(base_url=guarded.url) as client:
        endless = client.put(f"/_stcore/upload_file/{marie.session}/x", content=iter([b"a"]))
    assert endless.status_code == 411


def test_a_sign_in_that_was_ended_is_over_everywhere(guarded: Server, opened: Opening) -> None:
    given, other = (cookie(guarded, **MARIE, iat=iat) for iat in (3, 4))
    tab = opened(given)
    assert tab.send("a.csv", 10).status_code == 204
    left = httpx.get(f"{guarded.url}/auth/logout", headers={"Cookie": f"{given}; campaign_view=%2F%3F%2F%E2%82%AC"})
    assert left.status_code == 302
    assert tab.send("b.csv", 10).status_code == 403
    assert "demande de se connecter" in opened(given).text
    assert "Envoyez des fichiers" in opened(other).text
    assert "Traceback" not in guarded.log.read_text("utf-8")


def test_without_sign_in_nothing_is_taken() -> None:
    async def take(_request: object) -> Response:
        return Response("taken")

    routes = [Route("/_stcore/upload_file/{session}/{file}", take, methods=["PUT", "DELETE"])]
    with (
        served(Starlette(routes=routes, middleware=[Middleware(uploading.Uploads)])) as address,
        httpx.Client(base_url=address) as client,
    ):
        assert client.put("/_stcore/upload_file/a/b", content=b"a").status_code == 404
        assert client.delete("/_stcore/upload_file/a/b").status_code == 404


def test_all_sessions_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(settings()), "has_signin", True)
    monkeypatch.setattr(uploading, "is_coordinator", lambda _claims: True)
    full = (settings().upload_mb + 1) << 20
    monkeypatch.setattr(uploaded_files, "held", lambda: {name: [full] for name in "abcd"})
    uploads = uploading.Uploads(lambda *_given: None)  # type: ignore[arg-type,return-value]
    refused = uploads._refused("e", "1", is_sending=True)
    assert refused is not None
    assert (refused.status_code, "Retry-After" in refused.headers) == (503, True)
    monkeypatch.setattr(uploaded_files, "held", lambda: {name: [full] for name in "abc"})
    assert uploads._refused("e", "1", is_sending=True) is None
    uploads._coming["f"] = full
    assert uploads._refused("e", "1", is_sending=True) is not None


def test_what_is_on_its_way_counts_for_a_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(settings()), "has_signin", True)
    monkeypatch.setattr(uploading, "is_coordinator", lambda _claims: True)
    monkeypatch.setattr(uploaded_files, "held", lambda: {"a": [1]})
    uploads = uploading.Uploads(lambda *_given: None)  # type: ignore[arg-type,return-value]
    half = str(settings().upload_mb * 600_000)
    assert uploads._refused("a", half, is_sending=True) is None
    uploads._coming["a"] = int(half)
    refused = uploads._refused("a", half, is_sending=True)
    assert refused is not None
    assert refused.status_code == 413
    assert uploads._refused("b", half, is_sending=True) is None


def test_files_of_sessions_that_left_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    freed: list[str] = []
    monkeypatch.setattr(uploaded_files, "held", lambda: {"open": [1], "left": [1]})
    monkeypatch.setattr(uploading, "_is_open", lambda session: session == "open")
    monkeypatch.setattr(uploaded_files, "free", freed.append)
    left = uploading.free_left({}, 100.0)
    assert (left, freed) == ({"left": 100.0}, [])
    assert uploading.free_left(left, 100.0 + uploading.GRACE_S) == {"left": 100.0}
    assert freed == ["left"]


def test_the_list_of_ended_sign_ins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "db", tmp_path / "campaign.duckdb")
    monkeypatch.setattr(settings(), "coordinators", "marie@exemple.org")
    monkeypatch.setattr(signed_out, "_here", set())
    (tmp_path / "campaign.duckdb.signed-out").write_text("old 1000\n", "utf-8")
    first, second = MARIE | {"iat": 1, "nonce": "a"}, MARIE | {"iat": 2, "nonce": "b"}
    signed_out.end(first)
    signed_out._here.clear()  # as another process sees it
    assert (is_coordinator(first), is_coordinator(second)) == (False, True)
    assert "old" not in signed_out.place().read_text("utf-8")
    assert "marie" not in signed_out.place().read_text("utf-8")
    signed_out.end(MARIE)  # nothing tells this sign-in from the next one
    assert is_coordinator(MARIE)


def test_cookies_are_for_encrypted_connections() -> None:
    assert encrypted_only(b"a=b; Path=/") == b"a=b; Path=/; Secure"
    assert encrypted_only(b"a=b; secure; Path=/") == b"a=b; secure; Path=/"
