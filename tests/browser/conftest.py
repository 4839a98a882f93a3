"""One server, one event file and one browser for all tests of this folder."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from campaign import demo
from tests.browser import chromium
from tests.browser.server import Server, serving
from tests.browser.visit import Visit

Visits = Callable[..., Visit]
Drawn = Callable[[str], Visit]


@pytest.fixture(scope="package")
def event_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration file as `make run` writes it."""
    path = tmp_path_factory.mktemp("browser") / "campaign.duckdb"
    demo.write(path)
    return path


@pytest.fixture(scope="package")
def server(event_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real server over it."""
    with serving(
        tmp_path_factory.mktemp("server") / "server.log", environment={"CAMPAIGN_DB": str(event_file)}
    ) as found:
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
