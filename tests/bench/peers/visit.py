"""A reader's tab of the Dash page: the same waiting as for ours, with what tells there that a page has settled."""

from typing import Final

from playwright.sync_api import BrowserContext
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from tests.bench import measure
from tests.browser.visit import QUIET_MS, Visit

# Counts the answers of callbacks, as tests/browser/visit.py counts Streamlit's messages.
WATCH: Final = """
(() => {
  const asked = window.fetch;
  window.fetch = async (...given) => {
    const answer = await asked(...given);
    if (String(given[0]).includes("_dash-update-component")) { window.campaignWatch.received += 1; }
    window.campaignWatch.changed = performance.now();
    return answer;
  };
})();
"""
SETTLED: Final = """
([before, quiet, drawings]) => window.campaignWatch && campaignWatch.received > before
  && document.title !== "Updating..."
  && document.querySelectorAll(".js-plotly-plot .main-svg:first-child").length >= drawings
  && performance.now() - campaignWatch.changed >= quiet
"""
DRAWINGS: Final = 5


class DashVisit(Visit):
    """A tab on the Dash page."""

    @classmethod
    def start(cls, context: BrowserContext, base: str) -> "DashVisit":
        """Open a new tab."""
        visit = super().start(context, base)
        visit.page.add_init_script(WATCH)
        assert isinstance(visit, DashVisit)
        return visit

    def settle(self, before: int = 0) -> None:
        """Wait until all five drawings are drawn after more than `before` answers."""
        try:
            self.page.wait_for_function(SETTLED, arg=[before, QUIET_MS, DRAWINGS])
        except PlaywrightTimeoutError as error:
            raise TimeoutError(f"{self.page.url} has not settled") from error


def load(context: BrowserContext, base: str) -> float:
    """Return the time that the page takes to load in a tab of its own."""
    visit = DashVisit.start(context, base)
    try:
        return measure.settled_ms(visit.open("/"))
    finally:
        visit.page.close()


def choose(context: BrowserContext, base: str, region: str) -> float:
    """Return the time that choosing a region takes, from the click that confirms it."""
    visit = DashVisit.start(context, base)
    try:
        visit.open("/")
        visit.rest(150)
        visit.page.click("#region")
        visit.page.keyboard.type(region)
        option = visit.page.get_by_role("option", name=region, exact=True)
        option.wait_for()
        visit.page.wait_for_timeout(200)
        return measure.acted(visit, option.click)
    finally:
        visit.page.close()
