"""In a real browser: whatever an agenda's texts and an address hold, no script of theirs runs and no other host is asked."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from campaign.archive import site
from campaign.core.settings import settings
from tests import samples
from tests.browser.conftest import Visits
from tests.browser.server import Server, serving
from tests.browser.visit import Visit
from tests.payloads import PAYLOADS, hostile_records
from tests.records import build, rows_of

pytestmark = pytest.mark.browser
SHOWING = (
    "/agenda?edition=2014", "/agenda?edition=2014&view=map", "/agenda?edition=2014&view=calendar", "/carte?edition=2014", "/qualite",
    "/organisateurs?edition=2014",
)  # fmt: skip
ELEMENTS = "script:not([src]), img[onerror], svg[onload], [onmouseover], [onfocus]"


@pytest.fixture(scope="module")
def hostile_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "campaign.duckdb"
    build(path, list(hostile_records()), source=PAYLOADS["script"], licence=PAYLOADS["closing"])
    return path


@pytest.fixture(scope="module")
def hostile(hostile_db: Path) -> Iterator[Server]:
    with serving(hostile_db.with_name("server.log"), environment={"CAMPAIGN_DB": str(hostile_db)}) as server:
        yield server


@pytest.fixture
def tab(visits: Visits, hostile: Server) -> tuple[Visit, list[str]]:
    """A tab, and what ran in it that should not: dialogs, refused scripts."""
    visit, ran = visits(hostile), list[str]()
    visit.is_changed = True
    visit.page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    return visit, ran


def check(visit: Visit, ran: list[str], host: str) -> None:
    visit.rest()
    visit.page.wait_for_timeout(200)
    assert ran == []
    assert not [error for error in visit.errors if "Content Security Policy" in error]  # refused is not good enough
    assert {urlsplit(address).netloc for address in visit.requests} <= {host}
    elements = visit.page.locator("main, [data-testid='stMain']").locator(ELEMENTS)
    assert elements.count() == 0


@pytest.mark.matrix(every=6)  # the list
@pytest.mark.parametrize("path", SHOWING)
def test_pages_that_show_an_agenda_s_texts(tab: tuple[Visit, list[str]], hostile: Server, path: str) -> None:
    visit, ran = tab
    visit.open(path)
    check(visit, ran, urlsplit(hostile.url).netloc)
    for place in visit.page.locator(".cluster-map a, .cluster-map [tabindex='0'], .events .what a").all()[:3]:
        place.hover(force=True)
    check(visit, ran, urlsplit(hostile.url).netloc)


def test_the_pages_of_hostile_events(tab: tuple[Visit, list[str]], hostile: Server, hostile_db: Path) -> None:
    visit, ran = tab
    names = ("script", "closing", "attribute", "link", "markdown")
    for name in names if samples.is_full else names[::3]:
        [(event_id,)] = rows_of(hostile_db, f"select event_id from events where source_uid = 'placed-{name}'")
        visit.open(f"/agenda?event={event_id}")
        assert visit.answer.strip()
        check(visit, ran, urlsplit(hostile.url).netloc)
        hrefs = visit.evaluate("[...document.querySelectorAll('a[href]')].map((link) => link.protocol)")
        assert {"http:"} <= set(hrefs) <= {"http:", "https:", "mailto:"}


def test_hostile_addresses(tab: tuple[Visit, list[str]], hostile: Server) -> None:
    visit, ran = tab
    for path, name in (("", "script"), ("agenda", "closing"), ("carte", "script")):
        names = ("q", "region", "event", "theme", "organiser", "near", "layer")
        visit.open(f"/{path}?{urlencode(dict.fromkeys(names, PAYLOADS[name][:190]))}")
        check(visit, ran, urlsplit(hostile.url).netloc)


def test_the_archive_of_a_hostile_file(
    tab: tuple[Visit, list[str]], hostile_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "db", hostile_db)
    site.write(2014, tmp_path / "archive")
    visit, ran = tab
    for path in [tmp_path / "archive" / "index.html", *sorted((tmp_path / "archive" / "agenda").glob("*.html"))]:
        visit.page.goto(path.as_uri())
        visit.page.wait_for_timeout(100)
        assert ran == []
        assert visit.page.locator(ELEMENTS).count() == 0
        assert not [address for address in visit.requests if not address.startswith("file:")]
