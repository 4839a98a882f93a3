"""One event file and one server for all tests of this folder, whatever the number of workers; a browser for each worker."""

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from xdist.scheduler import LoadScopeScheduling

from campaign.core.pages import PAGES
from tests.browser import chromium
from tests.browser.server import Server, ended, launched, serving, started
from tests.browser.visit import Visit
from tests.kept import demonstration

Visits = Callable[..., Visit]
Contexts = Callable[..., BrowserContext]
Drawn = Callable[[str], Visit]
DESK: Final[dict[str, Any]] = {
    "locale": "fr-FR",
    "timezone_id": "Europe/Paris",
    "viewport": {"width": 1440, "height": 1000},
}
SHARED: Final = pytest.StashKey[Server]()
OWN_SERVERS: Final = {
    "test_agenda.py",
    "test_agenda_on_a_telephone.py",
    "test_tasks.py",
    "test_importing.py",
    "test_own_filter.py",
    "test_payloads.py",
}


def pytest_configure_node(node: Any) -> None:
    """Start the server that all workers ask, before the first of them."""
    config: pytest.Config = node.config
    if SHARED not in config.stash:
        stack = ExitStack()
        config.add_cleanup(stack.close)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="campaign-server-")))
        environment = {"CAMPAIGN_DB": str(demonstration())}
        config.stash[SHARED], process = launched(folder / "server.log", environment=environment)
        stack.callback(ended, process)
    node.workerinput["server"] = (config.stash[SHARED].url, str(config.stash[SHARED].log))


class Together(LoadScopeScheduling):
    """Gives to one worker what looks at one page loaded once, and files that start servers of their own; all else one by one."""

    def _split_scope(self, nodeid: str) -> str:
        return together(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling | None:
    """Give work out as `Together` says with `--dist loadscope`."""
    return Together(config, log) if config.getvalue("dist") == "loadscope" else None


def together(nodeid: str) -> str:
    """Return the name of the group of a test, which is its own if it has no other."""
    path, _colons, test = nodeid.partition("::")
    file = path.rpartition("/")[2]
    if file in OWN_SERVERS:
        return file
    loaded = re.fullmatch(r"(?:test_a_page_\w+|test_no_english_is_left_in_french)\[(.*)\]", test)
    if not loaded:
        return nodeid
    return next((f"/{entry.path}" for entry in PAGES if entry.key == loaded[1]), loaded[1])


@pytest.fixture(scope="package")
def event_file() -> Path:
    """The demonstration file as `make run` writes it."""
    return demonstration()


@pytest.fixture(scope="package")
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real server over it: the one of all workers, or of this process if it is alone."""
    shared = getattr(request.config, "workerinput", {}).get("server")
    if shared:
        url, log = shared
        yield started(Server(url, None, Path(log)))
    else:
        environment = {"CAMPAIGN_DB": str(demonstration())}
        with serving(tmp_path_factory.mktemp("server") / "server.log", environment=environment) as found:
            yield found


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium."""
    chromium.executable()
    with sync_playwright() as playwright:
        found = chromium.launch(playwright)
        yield found
        found.close()


@pytest.fixture(scope="package")
def french(browser: Browser) -> Iterator[BrowserContext]:
    """A French reader's browser at a desk, whose cache is kept from test to test."""
    context = browser.new_context(**DESK)
    yield context
    context.close()


@pytest.fixture
def visit(french: BrowserContext, server: Server) -> Iterator[Visit]:
    """A new tab of that browser."""
    found = Visit.start(french, server.url)
    yield found
    found.page.close()


@pytest.fixture(scope="package")
def drawn(french: BrowserContext, server: Server) -> Drawn:
    """A page by its path, loaded once for all the tests that only look at it."""

    @cache
    def load(path: str) -> Visit:
        found = Visit.start(french, server.url).open(path)
        found.rest()
        return found

    return load


@pytest.fixture(scope="package")
def contexts(browser: Browser, server: Server) -> Iterator[Contexts]:
    """Browsers by their options and number, kept for their caches: the scripts of a page are compiled once.

    Each is given as a new reader's: without cookies, storage, or what another test did to it.
    """
    kept: dict[tuple[str, int], BrowserContext] = {}

    def give(number: int = 0, **options: Any) -> BrowserContext:
        key = (repr(sorted(options.items())), number)
        if key not in kept:
            kept[key] = browser.new_context(**options)
        context = kept[key]
        context.clear_cookies()
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Storage.clearDataForOrigin", {"origin": server.url, "storageTypes": "local_storage,indexeddb"})
        page.close()
        return context

    yield give
    for context in kept.values():
        context.close()


@pytest.fixture
def visits(contexts: Contexts, server: Server) -> Iterator[Visits]:
    """New tabs in browsers of their own, with the options of a Playwright context."""
    opened: list[Visit] = []

    def start(**options: Any) -> Visit:
        opened.append(Visit.start(contexts(len(opened), **DESK | options), server.url))
        return opened[-1]

    yield start
    for visit in opened:
        visit.page.context.unroute_all()
        for page in visit.page.context.pages:
            page.close()
