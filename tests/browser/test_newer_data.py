"""A page that is open learns that newer data is published, and offers to reload; the view stays."""

from typing import Any

import pytest
from playwright.sync_api import Route

from tests.browser.conftest import Visits

pytestmark = pytest.mark.browser

VIEW = "/regions?region=53"
TWO_MINUTES_LATER = """
() => {
  const now = Date.now;
  Date.now = () => now() + 120000;
  document.dispatchEvent(new Event("visibilitychange"));
}
"""


def test_an_open_page_offers_newer_data_and_keeps_the_view(visits: Visits) -> None:
    visit = visits()
    known: dict[str, Any] = {
        "data_date": "2014-11-12T10:00:00+01:00",
        "events": 10,
        "editions": [2014],
        "is_demo": False,
    }
    urls: list[str] = []

    def answer(route: Route) -> None:
        urls.append(route.request.url)
        route.fulfill(json=known)

    visit.page.route("**/healthz", answer)
    with visit.page.expect_response("**/healthz"):
        visit.open(VIEW)
    offer = visit.page.locator(".newer")
    assert not offer.is_visible()
    visit.page.evaluate(TWO_MINUTES_LATER)  # nothing was published meanwhile
    visit.until(lambda: len(urls), 2)
    visit.rest()
    assert not offer.is_visible()
    known["events"] = 11
    visit.page.evaluate(TWO_MINUTES_LATER)
    offer.wait_for(state="visible")
    assert "Des données plus récentes sont publiées." in offer.inner_text().replace("\u00a0", " ")
    with visit.page.expect_navigation():
        visit.page.locator(".newer button").click()
    visit.settle()
    assert visit.shown_path == VIEW
    assert not visit.page.locator(".newer").is_visible()
