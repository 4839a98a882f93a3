"""Usable with a keyboard, a screen reader, at 360 px, in the dark and on paper."""

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from campaign.core.pages import PAGES, PageEntry
from tests import samples
from tests.browser.conftest import DESK_SIZE, Drawn
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser
by_page = pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
SMALLEST = {"width": 320, "height": 640}  # what reflow (1.4.10) is asked for
DESK, TELEPHONE = {"width": 1440, "height": 1000}, {"width": 360, "height": 740}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
RUN_AXE = "([context, options]) => axe.run(context ?? document, options).then((results) => results.violations)"
GROUND = "(wanted) => getComputedStyle(document.querySelector('.stApp')).backgroundColor === wanted"
LIGHT, DARK = "rgb(255, 255, 255)", "rgb(18, 22, 29)"
BOTH = DAY, NIGHT = (("light", LIGHT), ("dark", DARK))
EVERY = 4  # days in which each page is tried
Way = tuple[str, dict[str, int], tuple[str, str]]
PAIRS: tuple[Way, ...] = (
    ("fr", DESK, DAY), ("en", TELEPHONE, DAY), ("fr", TELEPHONE, NIGHT), ("en", DESK, NIGHT),
)  # fmt: skip
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
  sheet.isWider = true;
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


def barriers(visit: Visit, context: str | None = None) -> list[str]:
    """Return what axe finds on a page, or in a part of it: rule, element, explanation."""
    if not visit.evaluate("'axe' in window"):
        visit.evaluate(AXE_SCRIPT)
    return [
        f"{violation['id']} ({violation['impact']}): {node['html'][:200]} {node['failureSummary'][:200]}"
        for violation in visit.evaluate(RUN_AXE, [context, RULES])
        for node in violation["nodes"]
    ]


def lights(number: int, size: dict[str, int]) -> tuple[tuple[str, str], ...]:
    """Return by which light the page of a number is tried in a size, and its ground: the other one in the other size, and the
    other way round for the next number; all with --every-case.
    """
    if is_every_way():
        return BOTH
    return BOTH[(number + (size == DESK)) % 2 :][:1]


def is_every_way() -> bool:
    return samples.is_full or os.environ.get("AXE_MATRIX") == "all"


def ways(entry: PageEntry) -> tuple[Way, ...]:
    """Return in which languages, sizes and lights a page is tried: one of four that hold each pair of them, or all eight with
    --every-case or AXE_MATRIX=all.
    """
    if is_every_way():
        return tuple(itertools.product(("fr", "en"), (DESK, TELEPHONE), BOTH))
    return (PAIRS[PAGES.index(entry) // EVERY % len(PAIRS)],)


@contextmanager
def restored(visit: Visit) -> Iterator[Visit]:
    """Give a page that other tests look at, and put its size, light and spacing back."""
    try:
        yield visit
    finally:
        visit.evaluate("document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => !sheet.isWider)")
        visit.page.emulate_media(color_scheme="light")
        visit.page.set_viewport_size(DESK_SIZE)
        visit.page.wait_for_function(GROUND, arg=LIGHT)
        visit.settle()


@pytest.mark.rows(every=EVERY)
@by_page
def test_no_barrier_at_a_desk_and_on_a_telephone_by_day_and_by_night(drawn: Drawn, entry: PageEntry) -> None:
    for lang, size, (scheme, ground) in ways(entry):
        with restored(drawn(f"/{entry.path}" if lang == "fr" else f"/{entry.path}?lang={lang}")) as visit:
            visit.page.set_viewport_size(size)
            visit.page.emulate_media(color_scheme=scheme)
            visit.page.wait_for_function(GROUND, arg=ground)
            visit.settle()
            assert barriers(visit) == [], f"{lang}, {scheme}, {size}"
            for each in (DESK, TELEPHONE) if is_every_way() else (size,):
                visit.page.set_viewport_size(each)
                visit.until(lambda visit=visit: visit.evaluate(WIDER) <= 0, True)  # type: ignore[misc]
            visit.page.set_viewport_size(SMALLEST)
            visit.evaluate(WIDER_SPACING)
            visit.until(lambda visit=visit: visit.evaluate(WIDER) <= 0, True)  # type: ignore[misc]
            # curves are drawn anew a moment after the width has changed
            visit.until(lambda visit=visit: visit.evaluate(CUT), [])  # type: ignore[misc]


def test_a_day_has_each_pair_of_language_size_and_light_and_three_days_each_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(samples, "is_full", False)
    monkeypatch.delenv("AXE_MATRIX", raising=False)
    days = [PAGES[turn::EVERY] for turn in range(EVERY)]
    assert {entry.key for day in days for entry in day} == {entry.key for entry in PAGES}
    for day in days:
        tried = [(lang, size["width"], light[0]) for entry in day for lang, size, light in ways(entry)]
        assert len(tried) == len(day)
        for first, second in itertools.combinations(range(3), 2):
            assert len({(way[first], way[second]) for way in tried}) == 4
    monkeypatch.setattr(samples, "is_full", True)
    assert {len(set(map(str, ways(entry)))) for entry in PAGES} == {8}


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
    visit.until(lambda: visit.evaluate("document.activeElement.id"), "answer")


@pytest.mark.in_turn
def test_the_menu_works_with_the_keyboard(visit: Visit) -> None:
    visit.open("/")
    visit.page.locator(".skip").focus()
    tab_to(visit, "Régions")
    visit.act(lambda: visit.page.keyboard.press("Enter"))
    visit.arrive("/regions")


@pytest.mark.in_turn
def test_a_chip_is_removed_with_the_keyboard(visit: Visit) -> None:
    visit.open("/?region=53")
    visit.page.locator("#answer").focus()
    tab_to(visit, "Bretagne", 3)
    visit.act(lambda: visit.page.keyboard.press("Enter"))
    visit.arrive("/")


@pytest.mark.in_turn
def test_a_region_of_the_map_is_chosen_with_the_keyboard(visit: Visit) -> None:
    visit.open("/")
    visit.page.locator(".chart [data-overlay] a[href]:visible").first.focus()
    tab_to(visit, "Bretagne")
    outline = "parseFloat(getComputedStyle(document.activeElement).strokeWidth) > 3"
    visit.until(lambda: visit.evaluate(outline), True)
    visit.act(lambda: visit.page.keyboard.press("Enter"))
    visit.until(lambda: "region=53" in visit.shown_path, True)


def test_paper_shows_the_answer_without_the_chrome(visit: Visit) -> None:
    visit.open("/?region=53")
    visit.page.emulate_media(media="print")
    for hidden in ("[data-testid='stSidebar']", "[data-testid='stHeader']", ".menu", ".switch", ".chips"):
        expect(visit.page.locator(hidden).first).to_be_hidden()
    for visible in (".banner", "h1.answer", "dl.cards", "svg.chart:visible", "table.figures", ".source", ".foot"):
        expect(visit.page.locator(visible).first).to_be_visible()
    left = "document.querySelector('[data-testid=stMain]').getBoundingClientRect().left"
    visit.until(lambda: visit.evaluate(left), 0)
    assert len(visit.page.pdf()) > 10_000
