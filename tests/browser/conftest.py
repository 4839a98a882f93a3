"""One event file and one server for all tests of this folder, whatever the number of workers; a browser for each worker."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from campaign.core.pages import PageEntry
from tests.browser import chromium
from tests.browser.server import Server, ended, launched, serving, started
from tests.browser.visit import Visit
from tests.kept import demonstration

Visits = Callable[..., Visit]
Drawn = Callable[[str], Visit]
SHARED: Final = pytest.StashKey[Server]()
OWN_SERVERS: Final = {"season", "crowd", "guarded", "own_server", "hostile", "archive"}


@pytest.hookimpl(optionalhook=True)
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep those together (`--dist loadgroup`) that look at one page loaded once, or ask a server of their own."""
    for item in items:
        if isinstance(item, pytest.Function) and Path(__file__).parent in item.path.parents:
            group = _group(item)
            if group:
                item.add_marker(pytest.mark.xdist_group(group))


def _group(item: pytest.Function) -> str | None:
    own = sorted(OWN_SERVERS.intersection(item.fixturenames))
    if own:
        return own[0]
    if "drawn" in item.fixturenames:
        given = item.callspec.params
        entry = given.get("entry")
        return f"/{entry.path}" if isinstance(entry, PageEntry) else str(given["path"])
    return None


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
    context = browser.new_context(locale="fr-FR", timezone_id="Europe/Paris", viewport={"width": 1440, "height": 1000})
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


@pytest.fixture
def visits(browser: Browser, server: Server) -> Iterator[Visits]:
    """New tabs in browsers of their own, with the options of a Playwright context."""
    contexts: list[BrowserContext] = []

    def start(**options: Any) -> Visit:
        given = {
            "locale": "fr-FR",
            "timezone_id": "Europe/Paris",
            "viewport": {"width": 1440, "height": 1000},
            **options,
        }
        contexts.append(browser.new_context(**given))
        return Visit.start(contexts[-1], server.url)

    yield start
    for context in contexts:
        context.close()
