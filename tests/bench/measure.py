"""What one reader waits for, in milliseconds: from the start of a load or an action to the last change of the page."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext

from tests.browser.visit import Visit

# The last change of the document, message of the server, or arrival of a file, since `start`.
LAST = """
(start) => {
  const files = performance.getEntriesByType("resource").map((entry) => entry.responseEnd);
  return Math.max(campaignWatch.changed, ...files) - start;
}
"""
OPTIONS: dict[str, Any] = {
    "locale": "fr-FR",
    "timezone_id": "Europe/Paris",
    "viewport": {"width": 1440, "height": 1000},
}


@dataclass
class Transfer:
    """Bytes that a page received: files as they went over the wire, and messages of the server."""

    files: float = 0
    messages: float = 0


def settled_ms(visit: Visit, start: float = 0) -> float:
    """Wait until all is drawn and return when it was; the quiet time that proves it is not counted."""
    visit.rest(150)
    return float(visit.evaluate(LAST, start))


def load(context: BrowserContext, base: str, path: str) -> float:
    """Return the time that a page takes to load in a tab of its own."""
    visit = Visit.start(context, base)
    try:
        return settled_ms(visit.open(path))
    finally:
        visit.page.close()


def cold(browser: Browser, base: str, path: str) -> tuple[float, Transfer]:
    """Return the time of a first visit, without any cache, and what it transfers."""
    context = browser.new_context(**OPTIONS)
    visit = Visit.start(context, base)
    transfer = Transfer()
    session = context.new_cdp_session(visit.page)
    session.send("Network.enable")

    def finished(event: dict[str, Any]) -> None:
        transfer.files += event["encodedDataLength"]

    def received(event: dict[str, Any]) -> None:
        transfer.messages += len(base64.b64decode(event["response"]["payloadData"] + "=="))

    session.on("Network.loadingFinished", finished)
    session.on("Network.webSocketFrameReceived", received)
    try:
        return settled_ms(visit.open(path)), transfer
    finally:
        context.close()


def acted(visit: Visit, action: Callable[[], object]) -> float:
    """Return the time from an action to its page."""
    before = int(visit.evaluate("campaignWatch.received"))
    start = float(visit.evaluate("performance.now()"))
    action()
    visit.settle(before)
    return settled_ms(visit, start)


def choose(visit: Visit, region: str) -> float:
    """Return the time that choosing a region in the list takes, from the key that confirms it."""
    box = visit.page.get_by_role("combobox", name="Région")
    box.click()
    box.fill(region)
    visit.page.get_by_role("option", name=region, exact=True).wait_for()
    return acted(visit, lambda: visit.page.keyboard.press("Enter"))


def follow(visit: Visit, selector: str) -> float:
    """Return the time that a link within the page takes: of the shapes of a drawing, the one in sight."""
    script = """(selector) => [...document.querySelectorAll(selector)].find((link) => link.getClientRects().length)
        .dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))"""
    return acted(visit, lambda: visit.evaluate(script, selector))
