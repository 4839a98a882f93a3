"""A filter that is declared here, and nowhere else, is found everywhere on a running server: a declaration is all there is to add."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from campaign.filters.declaration import Filter, Widget
from campaign.filters.kinds import few
from tests.browser.conftest import Visits
from tests.browser.server import ROOT, Server, serving

pytestmark = pytest.mark.browser

STATUSES = {"scheduled": "Comme prévu", "postponed": "Reporté", "full": "Complet"}
OWN = Filter(
    name="standing",
    label="Tenue",
    help="Tenue de l'événement.",
    kind=few(tuple(STATUSES), STATUSES.__getitem__),
    column="status",
    clause="tenue : {values}",
    widget=Widget("multiselect", placeholder="Toutes les tenues", options=lambda chosen: STATUSES),
)
SCRIPT = """
import sys
sys.path.insert(0, {root!r})
from campaign.filters import register
from tests.browser.test_own_filter import OWN
register(OWN, before="from")
"""


@pytest.fixture(scope="module")
def own_server(event_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The dashboard with one filter more."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "pages").symlink_to(ROOT / "pages")
    script = folder / "dashboard.py"
    script.write_text(SCRIPT.format(root=str(ROOT)) + (ROOT / "dashboard.py").read_text("utf-8"), "utf-8")
    with serving(folder / "server.log", script=script, environment={"CAMPAIGN_DB": str(event_file)}) as server:
        yield server


def counted(server: Server, **query: str) -> int:
    answer = httpx.get(server.address("/api/v1/counts.json"), params=query).raise_for_status()
    return int(answer.json()["total"])


@pytest.mark.in_turn
def test_addresses_take_it_count_by_it_and_refuse_other_values(own_server: Server) -> None:
    parts = [counted(own_server, edition="2014", standing=status) for status in STATUSES]
    assert 0 < parts[1] < counted(own_server, edition="2014")
    assert counted(own_server, edition="2014", standing="postponed", region="11") <= parts[1]
    refused = httpx.get(own_server.address("/api/v1/counts.json"), params={"standing": "lost"})
    assert refused.status_code == 400
    assert refused.json()["parameter"] == "standing"


def test_the_description_and_the_pictures_name_it(own_server: Server) -> None:
    described = httpx.get(own_server.address("/api/v1/openapi.json")).json()["components"]["parameters"]["standing"]
    assert described["schema"]["items"]["enum"] == sorted(STATUSES)
    for address in ("/figures/regions.svg", "/figures/rythme.svg"):
        picture = httpx.get(own_server.address(address), params={"edition": "2014", "standing": "postponed"}).text
        assert "tenue" in picture
        assert "reporté" in picture


@pytest.mark.in_turn
def test_pages_offer_say_and_take_it_back(own_server: Server, visits: Visits) -> None:
    visit = visits(own_server).open("/presse?standing=postponed")
    chip = visit.page.locator(".chip", has_text="Reporté")
    assert chip.count() == 1
    total = counted(own_server, standing="postponed")
    assert f"compte {total} événement" in visit.text(".press-quote").replace("\u202f", " ")
    assert "tenue : reporté" in visit.text(".press-quote").replace("\u00a0", " ")
    sidebar = visit.page.locator('[data-testid="stSidebar"]')
    assert sidebar.get_by_text("Tenue", exact=True).is_visible()
    visit.act(chip.click)
    visit.until(lambda: "standing" in visit.address, False)


@pytest.mark.in_turn
def test_the_command_line_takes_it(event_file: Path, own_server: Server, tmp_path: Path) -> None:
    code = SCRIPT.format(root=str(ROOT)) + "from campaign.cli import app\napp()\n"
    out = tmp_path / "events.json"
    arguments = [
        "export",
        "--format",
        "json",
        "--edition",
        "2014",
        "--standing",
        "postponed",
        "--out",
        str(out),
        "--db",
        str(event_file),
    ]
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, cwd=tmp_path, capture_output=True)
    assert json.loads(out.read_text("utf-8"))["total"] == counted(own_server, edition="2014", standing="postponed")
