"""What the public reaches can write nothing; the page of imports is another process's, behind the same nginx; units as they are told."""

import configparser
import re
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from tests.browser.server import ROOT
from tests.deploy.nodes import LEFT_ALONE, SITE, Cluster

UNITS = ROOT / "deploy" / "systemd"
SERVICES = sorted(path.name for path in UNITS.glob("*.service"))
PUBLIC, WRITING = "campaign@.service", {"campaign-import.service", "campaign-sync.service", "campaign-digest.service"}
MOST_EXPOSED = 20  # tenths, of systemd-analyze's own scale: below 2.0


class Desk(BaseHTTPRequestHandler):
    """Stands for the process that publishes: says that it is asked."""

    def do_GET(self) -> None:  # the name that the library wants
        body = f"desk {self.path}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *given: object) -> None:
        """Say nothing."""


def test_the_page_of_imports_is_the_writing_process_s(behind_nginx: Cluster) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", behind_nginx.desk), Desk)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with httpx.Client(base_url=behind_nginx.url, timeout=60) as client:
            assert not client.get("/").text.startswith("desk")
            assert client.get("/import?region=53").text == "desk /import?region=53"
            for path in ("/_stcore/health", "/_stcore/upload_file/a/b", "/oauth2callback?code=x", "/", "/media/x"):
                assert client.get(path).text == f"desk {path}"
            assert not client.get("/assets/campaign.css").text.startswith("desk")  # files are the same everywhere
            assert client.get("/auth/logout").text == "desk /auth/logout"
            assert not client.get("/").text.startswith("desk")
        assert not httpx.get(f"{behind_nginx.url}/").text.startswith("desk")  # another reader
        assert not httpx.get(f"{behind_nginx.url}/", headers={"Cookie": "campaign_desk=2"}).text.startswith("desk")
    finally:
        server.shutdown()
        server.server_close()


def test_readers_of_the_writing_process_see_pages_while_it_is_away(behind_nginx: Cluster) -> None:
    with httpx.Client(base_url=behind_nginx.url, timeout=60) as client:
        client.cookies.set("campaign_desk", "1")
        answers = [client.get("/") for _request in range(3)]
    assert {answer.status_code for answer in answers} == {200}


def test_a_restart_waits_longer_than_nginx_leaves_a_node_alone() -> None:
    """tests/deploy/test_nginx.py waits less, of both."""
    timeouts = {int(each) for each in re.findall(r"fail_timeout=(\d+)s;", SITE.read_text("utf-8"))}
    pause = re.search(r"CAMPAIGN_PAUSE:-(\d+)", (ROOT / "deploy" / "rolling-restart").read_text("utf-8"))
    assert pause is not None
    assert {f"fail_timeout={each}s" for each in timeouts} == {LEFT_ALONE}
    assert max(timeouts) < int(pause[1])


def test_every_session_follows_its_cookie() -> None:
    """A location that asked the public processes alone would lose a coordinator's session, or upload."""
    places = re.findall(r"^    location ([^{\n]+) \{(.*?)\n    \}", SITE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    upstreams = {name: re.findall(r"proxy_pass http://(\S+);", body) for name, body in places}
    assert upstreams["= /import"] == ["campaign_import"]
    assert {name for name, pools in upstreams.items() if pools == ["campaign"]} == {"~ ^/(static|assets)/"}
    sessions = {"/", "/_stcore/", "/media/", "= /_stcore/stream"}
    assert all(upstreams[name] == ["$campaign_pool"] for name in sessions)


def unit(name: str) -> dict[str, list[str]]:
    """Return the settings of a unit's service, each with its values in order."""
    values: dict[str, list[str]] = {}
    section = ""
    for line in (UNITS / name).read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line
        elif section == "[Service]" and "=" in line and not line.startswith("#"):
            key, _equals, value = line.partition("=")
            values.setdefault(key, []).append(value)
    return values


def test_only_the_writing_units_may_write_the_event_file() -> None:
    for name in SERVICES:
        given = unit(name)
        is_writing = "/srv/campaign" in " ".join(given.get("ReadWritePaths", []))
        assert is_writing == (name in WRITING), name
        assert given["ProtectSystem"] == ["strict"]
        assert is_writing or "/srv/campaign" in " ".join(given["ReadOnlyPaths"])
    public = unit(PUBLIC)
    assert public["DynamicUser"] == ["yes"]
    assert public["IPAddressDeny"] == ["any"]
    assert "/etc/campaign/import" not in " ".join(
        public["EnvironmentFile"]
    )  # who cannot sign anybody in takes no upload


@pytest.fixture(scope="module")
def units(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The units, with programs of this checkout in the place of those of /opt/campaign, which verification looks for."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is needed: on Debian or Ubuntu, apt-get install systemd")
    folder = tmp_path_factory.mktemp("units")
    program = Path(sys.executable).with_name("campaign")
    for path in UNITS.iterdir():
        text = path.read_text("utf-8").replace("/opt/campaign/.venv/bin/campaign", str(program))
        (folder / path.name).write_text(text, "utf-8")
    shutil.copy(folder / PUBLIC, folder / "campaign@8501.service")
    return folder


@pytest.mark.parametrize("name", [*(each for each in SERVICES if each != PUBLIC), "campaign@8501.service"])
def test_systemd_finds_nothing_wrong_with_a_unit(units: Path, name: str) -> None:
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(units / name)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (verified.returncode, verified.stderr) == (0, "")
    measured = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED}", "--no-pager", str(units / name)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert measured.returncode == 0, measured.stdout[-400:]


@pytest.mark.parametrize("name", sorted(path.name for path in UNITS.glob("*.timer")))
def test_a_timer_rings_for_a_service_that_is_there(units: Path, name: str) -> None:
    parser = configparser.ConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(units / name, encoding="utf-8")
    assert (units / name.replace(".timer", ".service")).exists()
    rung = subprocess.run(
        ["systemd-analyze", "calendar", parser["Timer"]["OnCalendar"]], capture_output=True, check=False
    )
    assert rung.returncode == 0
