"""One event file and two servers for all tests of this folder, whatever the number of workers; a browser for each worker."""

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, expect, sync_playwright
from xdist.scheduler import LoadScopeScheduling

from campaign.core.pages import PAGES
from tests.browser import chromium
from tests.browser.server import Server, ended, launched, serving, started
from tests.browser.visit import PATIENCE_MS, Visit
from tests.kept import demonstration

Visits = Callable[..., Visit]
Contexts = Callable[..., BrowserContext]
Drawn = Callable[[str], Visit]
DESK: Final[dict[str, Any]] = {"locale": "fr-FR", "timezone_id": "Europe/Paris"}
DESK_SIZE: Final[ViewportSize] = {"width": 1440, "height": 1000}
IN_SEASON: Final = "2014-11-06"
# What the servers that all workers ask are told beside the event file.
SERVERS: Final[dict[str, dict[str, str]]] = {"server": {}, "season": {"CAMPAIGN_TODAY": IN_SEASON}}
SHARED: Final = pytest.StashKey[dict[str, Server]]()
expect.set_options(timeout=PATIENCE_MS)
OWN_SERVERS: Final = {"test_crowd.py", "test_tasks.py", "test_importing.py", "test_own_filter.py", "test_payloads.py"}


def pytest_configure_node(node: Any) -> None:
    """Start the servers that all workers ask, before the first of them."""
    config: pytest.Config = node.config
    if SHARED not in config.stash:
        stack = ExitStack()
        config.add_cleanup(stack.close)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="campaign-server-")))
        config.stash[SHARED] = {}
        for name, environment in SERVERS.items():
            config.stash[SHARED][name], process = launched(
                folder / f"{name}.log", environment={"CAMPAIGN_DB": str(demonstration()), **environment}
            )
            stack.callback(ended, process)
    node.workerinput["servers"] = {name: (each.url, str(each.log)) for name, each in config.stash[SHARED].items()}


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
    loaded = re.fullmatch(r"test_\w+\[(.*)\]", test)
    return loaded[1] if loaded and loaded[1] in {entry.key for entry in PAGES} else nodeid


@pytest.fixture(scope="package")
def event_file() -> Path:
    """The demonstration file as `make run` writes it."""
    return demonstration()


@contextmanager
def shared(request: pytest.FixtureRequest, name: str, folder: Path) -> Iterator[Server]:
    """Give one of the servers of all workers, or start it for this process if it is alone."""
    running = getattr(request.config, "workerinput", {}).get("servers", {}).get(name)
    if running:
        url, log = running
        yield started(Server(url, None, Path(log)))
    else:
        environment = {"CAMPAIGN_DB": str(demonstration()), **SERVERS[name]}
        with serving(folder / "server.log", environment=environment) as own_server:
            yield own_server


@pytest.fixture(scope="package")
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real server over the demonstration."""
    with shared(request, "server", tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(scope="package")
def season(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demonstration, on a Thursday of its last campaign."""
    with shared(request, "season", tmp_path_factory.mktemp("season")) as running:
        yield running


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    chromium.executable()
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium for contexts that keep nothing."""
    chrome = chromium.launch(playwright)
    yield chrome
    chrome.close()


@pytest.fixture(scope="package")
def contexts(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Contexts]:
    """Browsers by their options, kept from test to test with what they have fetched and compiled."""
    opened: dict[str, BrowserContext] = {}

    def give(**options: Any) -> BrowserContext:
        key = repr(sorted(options.items()))
        if key not in opened:
            folder = tmp_path_factory.mktemp("chromium")
            opened[key] = chromium.launch_kept(playwright, folder, **options)
        return opened[key]

    yield give
    for context in opened.values():
        context.close()


@dataclass
class Tabs:
    """Tabs by their browser, used again and again: a page in a tab that has shown the site takes half of what it takes in a new one."""

    contexts: Contexts
    free: dict[BrowserContext, list[Page]] = field(default_factory=dict)

    def take(self, base: str, **options: Any) -> Visit:
        """Return a blank tab, of a browser with those options of a Playwright context, in which nobody has left anything."""
        context = self.contexts(**DESK | options)
        free = self.free.setdefault(context, [])
        visit = Visit.on(free.pop(), base) if free else Visit.start(context, base)
        forget(visit)
        visit.page.set_viewport_size(DESK_SIZE)
        return visit

    def give_back(self, visit: Visit) -> None:
        """Make a tab as if nobody had used it, or close it where that cannot be."""
        page = visit.page
        visit.leave()
        if visit.is_changed or not page.url.startswith("http"):
            page.close()
            return
        page.unroute_all()
        page.evaluate("sessionStorage.clear()")
        page.emulate_media(media="screen", color_scheme="light", reduced_motion="no-preference")
        page.mouse.move(-10, -10)
        page.goto("about:blank")
        self.free[page.context].append(page)


@pytest.fixture(scope="package")
def tabs(contexts: Contexts) -> Tabs:
    """The tabs of this process."""
    return Tabs(contexts)


@pytest.fixture
def visits(tabs: Tabs, server: Server) -> Iterator[Visits]:
    """Tabs of readers who come for the first time, to our server or another: `start(server, **options)`.

    The options are those of a Playwright context. A browser is given again to a later test as a new reader's: without cookies,
    storage, permissions, or what another test did to it. Sizes, permissions, places and wishes of stillness are no other browser.
    """
    opened: list[Visit] = []

    def start(at: Server = server, **options: Any) -> Visit:
        size = options.pop("viewport", DESK_SIZE)
        permissions = options.pop("permissions", None)
        place = options.pop("geolocation", None)
        motion = options.pop("reduced_motion", None)
        visit = tabs.take(at.url, **options)
        opened.append(visit)
        visit.page.set_viewport_size(size)
        if permissions is not None:
            visit.page.context.grant_permissions(permissions, origin=at.url)
        if place:
            visit.page.context.set_geolocation(place)
        if motion:
            visit.page.emulate_media(reduced_motion=motion)
        return visit

    yield start
    for visit in opened:
        visit.page.context.clear_permissions()
        visit.page.context.set_geolocation(None)
        tabs.give_back(visit)


def forget(visit: Visit) -> None:
    """Remove what pages have stored in the browser."""
    context = visit.page.context
    context.clear_cookies()
    session = context.new_cdp_session(visit.page)
    session.send("Storage.clearDataForOrigin", {"origin": visit.base, "storageTypes": "local_storage,indexeddb"})
    session.detach()


@pytest.fixture
def visit(visits: Visits) -> Visit:
    """A new tab of a French reader's browser at a desk."""
    return visits()


@pytest.fixture
def today(visits: Visits, season: Server) -> Visit:
    """Such a tab on a day of the campaign."""
    return visits(season)


@pytest.fixture(scope="package")
def drawn(tabs: Tabs, server: Server) -> Drawn:
    """A page by its path, loaded once for all the tests that only look at it and follow one another; one in each language."""
    loaded: dict[str, tuple[str, Visit]] = {}

    def load(path: str) -> Visit:
        lang = "en" if "lang=en" in path else "fr"
        before, visit = loaded.get(lang, ("", None))
        if visit is None or before != path:
            if visit is not None:
                tabs.give_back(visit)
                del loaded[lang]
            visit = tabs.take(server.url)
            visit.open(path).rest()
            loaded[lang] = (path, visit)
        return visit

    return load
