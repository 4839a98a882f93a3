"""Usable with a keyboard, a screen reader, at 360 px, in the dark and on paper."""

import os
from contextlib import suppress

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from campaign.core.pages import PAGES, PageEntry
from tests import samples
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser
by_page = pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
SMALLEST = {"width": 320, "height": 640}  # what reflow (1.4.10) is asked for
DESK, TELEPHONE = {"width": 1440, "height": 1000}, {"width": 360, "height": 740}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
GROUND = "(wanted) => getComputedStyle(document.querySelector('.stApp')).backgroundColor === wanted"
LIGHT, DARK = "rgb(255, 255, 255)", "rgb(18, 22, 29)"
BOTH = (("light", LIGHT), ("dark", DARK))
WIDER = """
() => {
  const main = document.querySelector('[data-testid="stMain"]');
  return Math.max(main.scrollWidth - main.clientWidth, document.documentElement.scrollWidth - innerWidth);
}
"""

# Text spacing (1.4.12): what a reader may set.
WIDER_SPACING = """
() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* {line-height:1.5 !important; letter-spacing:.12em !important; word-spacing:.16em !important}"
    + " p {margin-bottom:2em !important}");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
"""
# Texts that are cut off where nothing scrolls; those for screen readers alone are cut on purpose.
CUT = """
() => [...document.querySelectorAll('[data-testid="stMain"] *')].filter((element) => {
  const { overflowX, overflowY } = getComputedStyle(element);
  return (overflowX === "hidden" || overflowY === "hidden") && element.textContent.trim() && !element.closest("svg")
    && element.clientHeight > 4 && element.clientWidth > 4
    && (element.scrollWidth > element.clientWidth + 2 || element.scrollHeight > element.clientHeight + 2);
}).map((element) => [
  element.clientWidth, element.scrollWidth, element.clientHeight, element.scrollHeight, element.outerHTML.slice(0, 160)
].join(" "))
"""


def barriers(visit: Visit) -> list[str]:
    """Return what axe finds: rule, element, explanation."""
    found = Axe().run(visit.page, options=RULES).response["violations"]
    return [
        f"{violation['id']} ({violation['impact']}): {node['html'][:200]} {node['failureSummary'][:200]}"
        for violation in found
        for node in violation["nodes"]
    ]


def languages(entry: PageEntry) -> tuple[str, ...]:
    """Return the languages in which a page is tried: every other one in each, all in both with --every-case or AXE_MATRIX=all."""
    if samples.is_full or os.environ.get("AXE_MATRIX") == "all":
        return ("fr", "en")
    return ("fr", "en")[PAGES.index(entry) % 2 :][:1]


def lights(number: int, size: dict[str, int]) -> tuple[tuple[str, str], ...]:
    """Return by which light the page of a number is tried in a size, and its ground: the other one in the other size, and the
    other way round for the next number; all with --every-case.
    """
    if samples.is_full or os.environ.get("AXE_MATRIX") == "all":
        return BOTH
    return BOTH[(number + (size == DESK)) % 2 :][:1]


def schemes(entry: PageEntry, size: dict[str, int]) -> tuple[tuple[str, str], ...]:
    """Return by which light one of our pages is tried in a size: each language has both."""
    return lights(PAGES.index(entry) // 2, size)


@pytest.mark.matrix(every=3)
@by_page
def test_no_barrier_at_a_desk_and_on_a_telephone_by_day_and_by_night(visit: Visit, entry: PageEntry) -> None:
    for lang in languages(entry):
        visit.open(f"/{entry.path}?lang={lang}")
        for size in (DESK, TELEPHONE):
            visit.page.set_viewport_size(size)
            for scheme, ground in schemes(entry, size):
                visit.page.emulate_media(color_scheme=scheme)
                visit.page.wait_for_function(GROUND, arg=ground)
                visit.settle()
                assert barriers(visit) == [], f"{lang}, {scheme}, {size}"
            assert visit.evaluate(WIDER) <= 0, (lang, size)
    visit.page.set_viewport_size(SMALLEST)
    visit.evaluate(WIDER_SPACING)
    visit.settle()
    assert visit.evaluate(WIDER) <= 0
    with suppress(PlaywrightTimeoutError):  # curves are drawn anew a moment after the width has changed
        visit.page.wait_for_function(f"({CUT.strip()})().length === 0", timeout=10_000)
    assert visit.evaluate(CUT) == []


def test_a_sample_has_each_page_by_day_and_by_night_and_all_four_on_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "is_full", False)
    monkeypatch.delenv("AXE_MATRIX", raising=False)
    for entry in PAGES:
        assert {scheme for size in (DESK, TELEPHONE) for scheme, _ground in schemes(entry, size)} == {"light", "dark"}
    combined = {(languages(entry)[0], schemes(entry, DESK)[0][0]) for entry in PAGES}
    assert len(combined) == 4


def focused(visit: Visit) -> str:
    """Return the text or name of what has the focus."""
    return str(
        visit.evaluate(
            "(document.activeElement.getAttribute('aria-label') || document.activeElement.textContent || '').trim()"
        )
    )


def tab_to(visit: Visit, name: str, most: int = 60) -> None:
    """Press Tab until something of that name has the focus."""
    for _press in range(most):
        visit.page.keyboard.press("Tab")
        if focused(visit).startswith(name):
            return
    raise AssertionError(f"{name} was not reached in {most} presses")


def test_the_skip_link_leads_to_the_answer(visit: Visit) -> None:
    visit.open("/")
    visit.page.locator(".skip").focus()
    assert visit.page.locator(".skip").is_visible()
    visit.page.keyboard.press("Enter")
    assert visit.evaluate("document.activeElement.id") == "answer"


def test_the_menu_works_with_the_keyboard(visit: Visit) -> None:
    visit.open("/")
    visit.page.locator(".skip").focus()
    tab_to(visit, "Régions")
    visit.act(lambda: visit.page.keyboard.press("Enter"))
    assert visit.shown_path == "/regions"


def test_a_chip_is_removed_with_the_keyboard(visit: Visit) -> None:
    visit.open("/?region=53")
    visit.page.locator("#answer").focus()
    tab_to(visit, "Bretagne", 3)
    visit.act(lambda: visit.page.keyboard.press("Enter"))
    assert visit.shown_path == "/"


def test_a_region_of_the_map_is_chosen_with_the_keyboard(visit: Visit) -> None:
    visit.open("/")
    visit.page.locator(".chart [data-overlay] a[href]:visible").first.focus()
    tab_to(visit, "Bretagne")
    outline = visit.evaluate("getComputedStyle(document.activeElement).strokeWidth")
    assert float(outline.removesuffix("px")) > 3
    visit.act(lambda: visit.page.keyboard.press("Enter"))
    assert "region=53" in visit.shown_path


def test_paper_shows_the_answer_without_the_chrome(visit: Visit) -> None:
    visit.open("/?region=53")
    visit.page.emulate_media(media="print")
    for hidden in ("[data-testid='stSidebar']", "[data-testid='stHeader']", ".menu", ".switch", ".chips"):
        assert not visit.page.locator(hidden).first.is_visible(), hidden
    for shown in (".banner", "h1.answer", "dl.cards", "svg.chart:visible", "table.figures", ".source", ".foot"):
        assert visit.page.locator(shown).first.is_visible(), shown
    assert visit.evaluate("document.querySelector('[data-testid=stMain]').getBoundingClientRect().left") == 0
    assert len(visit.page.pdf()) > 10_000
