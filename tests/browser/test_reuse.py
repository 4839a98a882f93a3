"""What leaves the dashboard: frames and an archive that are read without a script, a server or another host."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, expect

from campaign.archive import site
from campaign.core.settings import settings
from tests.browser.conftest import Visits
from tests.browser.server import Server
from tests.browser.test_accessibility import DESK, TELEPHONE, barriers, is_every_way, lights
from tests.browser.visit import Visit
from tests.conftest import N_DEMO_EVENTS
from tests.kept import demonstration

pytestmark = pytest.mark.browser
WIDER = "() => document.documentElement.scrollWidth - innerWidth"


def read(visit: Visit, address: str, number: int) -> None:
    """Open a page that needs no script: nothing wider than the screen, no error, no barrier in one size and scheme or the other,
    by its number; in all of them with --every-case.
    """
    visit.page.goto(address)
    visit.rest()
    assert visit.errors == []
    for turn, size in enumerate((DESK, TELEPHONE)):
        visit.page.set_viewport_size(size)
        visit.until(lambda: visit.evaluate(WIDER) <= 0, True)
        if is_every_way() or turn == number % 2:
            for scheme, _ground in lights(number // 2, size):
                visit.page.emulate_media(color_scheme=scheme)
                assert barriers(visit) == [], f"{address} {scheme} {size}"
    visit.errors.clear()  # axe asks for the styles again, which a page read from a folder may not


FRAMES = ("/embed/carte", "/embed/editions?lang=en", "/embed/types?region=53")


@pytest.mark.parametrize("path", FRAMES)
def test_a_frame_is_readable_by_all(visit: Visit, server: Server, path: str) -> None:
    read(visit, server.address(path), FRAMES.index(path))
    assert {request.split("/")[2] for request in visit.requests} == {server.url.split("/")[2]}


@pytest.fixture
def other_site(tmp_path: Path) -> Iterator[str]:
    """Another site: the address of a folder that is served."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as site:
        thread = Thread(target=site.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{site.server_port}"
        site.shutdown()
        thread.join()


@pytest.mark.parametrize(("path", "is_shown"), [("/embed/carte", True), ("/agenda", False)])
def test_another_site_may_show_a_drawing_but_no_page(
    visits: Visits, server: Server, tmp_path: Path, other_site: str, path: str, is_shown: bool
) -> None:
    (tmp_path / "other.html").write_text(
        f'<link rel="icon" href="data:,"><iframe src="{server.address(path)}" title="Cadre"></iframe>'
    )
    visit = visits()
    visit.page.goto(f"{other_site}/other.html")
    visit.rest()
    visit.until(lambda: any("frame-ancestors" in error for error in visit.errors), not is_shown)
    visit.until(lambda: visit.page.frames[1].query_selector("figure svg") is not None, is_shown)
    visit.errors.clear()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings(), "db", demonstration(N_DEMO_EVENTS))
        path = tmp_path_factory.mktemp("archive") / "mois"
        site.write(2014, path)
        return path


@pytest.mark.thorough
def test_the_archive_opens_offline(browser: Browser, archive: Path) -> None:
    context = browser.new_context(locale="fr-FR", offline=True, java_script_enabled=True)
    visit = Visit.start(context, "")
    for number, name in enumerate(("index", "regions", "types", "jours", "agenda", "donnees", "sources")):
        read(visit, (archive / f"{name}.html").as_uri(), number)
    visit.page.goto((archive / "agenda.html").as_uri())
    visit.page.get_by_role("link", name="Bretagne").click()
    expect(visit.page.locator("h1").first).to_contain_text("Bretagne")
    read(visit, (archive / "agenda" / "region-53.html").as_uri(), 7)
    assert all(request.startswith("file:") for request in visit.requests)
    context.close()
