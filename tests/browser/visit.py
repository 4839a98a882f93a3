"""One tab of a reader: opens pages, waits until they have settled, and remembers what went wrong."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

PATIENCE_MS: Final = 60_000
QUIET_MS: Final = 150
LOOK_MS: Final = 50
ANSWERED_S: Final = 30.0

# Counts Streamlit's messages and notes the latest change of the document.
WATCH: Final = """
(() => {
  const watch = (window.campaignWatch = { received: 0, changed: performance.now() });
  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", () => { watch.received += 1; watch.changed = performance.now(); });
    }
  };
  new MutationObserver(() => { watch.changed = performance.now(); })
    .observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
})();
"""

# Settled: scripts loaded, connected, script ended, nothing stale, loading or fading, every drawing drawn, and quiet.
SETTLED: Final = """
([before, quiet]) => {
  const app = document.querySelector('[data-testid="stApp"]');
  const watch = window.campaignWatch;
  if (!app || !watch || watch.received <= before || document.readyState !== "complete") return false;
  return app.dataset.testScriptState === "notRunning"
    && app.dataset.testConnectionState === "CONNECTED"
    && document.querySelector("#answer, [data-testid='stAlert'], [data-testid='stException'], [data-testid='stMetric']")
    && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]')
    && [...document.querySelectorAll(".cluster-map, .curves")].every((e) => e.querySelector("svg"))
    && [...document.images].every((image) => image.complete || image.loading === "lazy")
    && document.getAnimations().every((each) => each.playState !== "running" || each.effect.getComputedTiming().endTime === Infinity)
    && performance.now() - watch.changed >= quiet;
}
"""

# Stands still for three frames: a page that scrolls moves what is about to be pointed at.
STILL: Final = """
async (element) => {
  for (let before = "", n = 0; n < 3; ) {
    await new Promise(requestAnimationFrame);
    const now = JSON.stringify(element.getBoundingClientRect());
    n = now === before ? n + 1 : 0;
    before = now;
  }
}
"""

# Streamlit's front end asks for its endpoints below the page's path first.
PROBE: Final = re.compile(r"/[^/]+/_stcore/(health|host-config)$")


@dataclass
class Visit:
    """A tab, the addresses that it asked for, and the errors that its console showed."""

    page: Page
    base: str
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    pending: list[Request] = field(default_factory=list)
    is_changed: bool = False

    @classmethod
    def start(cls, context: BrowserContext, base: str) -> "Visit":
        """Open a new tab."""
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.add_init_script(WATCH)
        return cls.on(page, base)

    @classmethod
    def on(cls, page: Page, base: str) -> "Visit":
        """Begin on a tab that `start` opened and that nobody looks at any more."""
        visit = cls(page, base)
        page.on("request", visit._note_request)
        page.on("requestfinished", visit._answered)
        page.on("requestfailed", visit._answered)
        page.on("console", visit._note_message)
        page.on("pageerror", visit._failed)
        return visit

    def leave(self) -> None:
        """Look no more; what the tab is asked and told from now on is somebody else's."""
        self.page.remove_listener("request", self._note_request)
        self.page.remove_listener("requestfinished", self._answered)
        self.page.remove_listener("requestfailed", self._answered)
        self.page.remove_listener("console", self._note_message)
        self.page.remove_listener("pageerror", self._failed)

    def change(self, script: str) -> None:
        """Run a script in each page before its own; the tab is not given to another test."""
        self.is_changed = True
        self.page.add_init_script(script)

    def open(self, path: str) -> "Visit":
        """Load a path of the site and wait until it has settled."""
        self.page.goto(f"{self.base}{path}", wait_until="commit")
        self.settle()
        return self

    def settle(self, before: int = 0) -> None:
        """Wait until the page has settled after more than `before` messages of the server."""
        try:
            self.page.wait_for_function(SETTLED, arg=[before, QUIET_MS], polling=LOOK_MS)
        except PlaywrightTimeoutError as error:
            raise TimeoutError(f"{self.page.url} has not settled: {self.page.inner_text('body')[:300]}") from error

    def rest(self, quiet_ms: int = 300) -> None:
        """Wait until nothing has been asked of any host for a moment."""
        latest, still = time.monotonic() + PATIENCE_MS / 1000, 0
        while still < quiet_ms:
            seen = len(self.requests)
            self.page.wait_for_timeout(50)
            still = 0 if self.pending or len(self.requests) > seen else still + 50
            if time.monotonic() > latest:
                raise TimeoutError(f"still asking for {[request.url for request in self.pending]}")

    def act(self, action: Callable[[], object]) -> None:
        """Do something that makes the page run again, and wait until it has settled."""
        before = int(self.page.evaluate("campaignWatch.received"))
        action()
        self.settle(before)

    def eventually(self, look: Callable[[], None]) -> None:
        """Look until what is seen holds: a gesture is answered a moment later; raises what the last look raised."""
        latest = time.monotonic() + ANSWERED_S
        while True:
            try:
                return look()
            except (AssertionError, PlaywrightError):  # nothing there to look at yet is not seen either
                if time.monotonic() > latest:
                    raise
            self.page.wait_for_timeout(LOOK_MS)

    def until(self, look: Callable[[], object], wanted: object) -> None:
        """Look until what is seen is what is wanted; raises AssertionError with both."""

        def compare() -> None:
            seen = look()
            assert seen == wanted, f"{seen!r} instead of {wanted!r}"

        self.eventually(compare)

    def arrive(self, path: str) -> None:
        """Wait until the address bar holds a path and query."""
        self.until(lambda: self.shown_path, path)

    def pick(self, label: str, option: str) -> None:
        """Choose an option of a list by its name, and wait for the answer. A run that ends meanwhile draws the list again, closed."""
        item = self.page.get_by_role("option", name=option, exact=True)
        choice = self.page.get_by_role("combobox", name=label, exact=True)
        for _attempt in range(5):
            self.settle()
            self.still(choice.first).click()
            try:
                item.wait_for(timeout=PATIENCE_MS / 10)
            except PlaywrightTimeoutError:
                self.page.keyboard.press("Escape")
            else:
                return self.act(item.click)
        raise AssertionError(f"{option} is not offered by {label}")

    def still(self, element: Locator) -> Locator:
        """Bring an element into sight, and return it once it stands still."""
        element.scroll_into_view_if_needed()
        element.evaluate(STILL)
        return element

    def back(self) -> None:
        """Press Back once."""
        self.act(lambda: self.page.evaluate("history.back()"))

    def text(self, selector: str) -> str:
        """Return the text of the first element."""
        return self.page.locator(selector).first.inner_text()

    @property
    def answer(self) -> str:
        """The page's answer, its title."""
        return self.text("h1.answer")

    @property
    def address(self) -> str:
        """The address bar as the page itself sees it; the browser tells `page.url` of a script's change only a moment later."""
        return str(self.page.evaluate("location.href"))

    @property
    def shown_path(self) -> str:
        """The path and query of the address bar."""
        parts = urlsplit(self.address)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def evaluate(self, script: str, arg: Any = None) -> Any:
        """Run JavaScript in the page."""
        return self.page.evaluate(script, arg)

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith(("data:", "blob:")):  # in the page itself; a worker's script never ends
            self.requests.append(request.url)
            self.pending.append(request)

    def _answered(self, request: Request) -> None:
        if request in self.pending:
            self.pending.remove(request)

    def _failed(self, error: PlaywrightError) -> None:
        self.errors.append(f"page error: {error}")

    def _note_message(self, message: ConsoleMessage) -> None:
        is_probe = PROBE.search(urlsplit(str(message.location.get("url", ""))).path)
        if message.type == "error" and not is_probe:
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")
