"""French first: no English is left where it can be named, and no French where English was asked."""

import re
from collections.abc import Callable
from functools import cache

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import expect

from campaign.core.pages import PAGES, PageEntry
from campaign.core.settings import ROOT
from tests.browser import words
from tests.browser.conftest import Drawn, Visits
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser
by_page = pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)

# What Streamlit 1.67 writes in English of its own accord.
ENGLISH = (
    "Choose an option", "Choose options", "Choose date", "Press Enter to apply", "Select all", "Select...", "Clear all",
    "Clear value", "Clear date", "No results", "Fullscreen", "Show password", "Running...", "Deploy", "Stop", "Rerun",
    "Settings", "Print", "Record a screencast", "Skip to main content", "Sidebar", "Collapse sidebar", "Expand sidebar",
    "Open", "Close", "Dismiss", "Empty", "Previous month", "Next month", "Zoom in", "Zoom out", "dd", "yyyy",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.",
)  # fmt: skip
ENGLISH_STARTS = ("day, ", "month, ", "year, ", "Remove ", "Choose date, ")

# Every text and label of the page, those of the event file's own titles apart.
TEXTS = """
() => {
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const kind = walker.currentNode.parentElement.tagName;
    if (!["SCRIPT", "STYLE", "NOSCRIPT"].includes(kind)) found.add(walker.currentNode.data.trim());
  }
  for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], [aria-valuetext], [alt]")) {
    for (const name of ["aria-label", "title", "placeholder", "aria-valuetext", "alt"]) found.add(element.getAttribute(name) || "");
  }
  found.delete("");
  return [...found];
}
"""


def english_of_streamlit(visit: Visit) -> list[str]:
    """Return the English texts of Streamlit's that the page shows or reads out."""
    texts = visit.evaluate(TEXTS)
    return [text for text in texts if text in ENGLISH or text.startswith(ENGLISH_STARTS)]


VIEWS = (
    "/carte?layer=region",
    "/carte?layer=days",
    "/agenda?view=calendar",
    "/agenda?view=map",
    "/presse?region=53",
    "/introuvable",
)


@pytest.mark.matrix(every=2)
@by_page
def test_no_english_is_left_in_french(drawn: Drawn, entry: PageEntry) -> None:
    look_for_english(drawn(f"/{entry.path}"))


@pytest.mark.matrix(every=3)
@pytest.mark.parametrize("path", VIEWS)
def test_no_english_is_left_in_other_views(visit: Visit, path: str) -> None:
    look_for_english(visit.open(path))


def look_for_english(visit: Visit) -> None:
    assert english_of_streamlit(visit) == []
    assert words.english(visit.page) == []


SIDE = "[data-testid='stSidebarHeader']"
STATES: dict[str, Callable[[Visit], object]] = {
    "list": lambda visit: visit.page.get_by_role("combobox", name="Région").click(),
    "several": lambda visit: visit.page.get_by_role("combobox", name="Type").click(),
    "nothing found": lambda visit: visit.page.get_by_role("combobox", name="Type").press_sequentially("zzz"),
    "calendar": lambda visit: visit.page.get_by_test_id("stDateInputCalendarButton").first.click(),
    "typing": lambda visit: visit.page.get_by_label("Recherche").press_sequentially("coop"),
    "folded": lambda visit: (visit.page.hover(SIDE), visit.page.get_by_label("Masquer les filtres").click()),
}


@pytest.mark.matrix(every=3)
@pytest.mark.parametrize("state", STATES)
def test_widgets_in_use_speak_french(visits: Visits, state: str) -> None:
    visit = visits()  # in a browser of its own: Streamlit keeps a folded sidebar folded from page to page
    visit.open("/methode?type=conference&from=2014-11-03")
    before = set(visit.evaluate(TEXTS))
    STATES[state](visit)

    def is_answered() -> None:
        assert set(visit.evaluate(TEXTS)) != before

    visit.eventually(is_answered)
    visit.rest()
    visit.until(lambda: english_of_streamlit(visit), [])
    visit.until(lambda: words.english(visit.page), [])


@pytest.mark.parametrize(("lang", "own", "day"), [("fr", "en-US", "lundi 3 novembre 2014"), ("en", "fr-FR", "Monday")])
def test_calendars_speak_the_language_of_the_page(visits: Visits, lang: str, own: str, day: str) -> None:
    visit = visits(locale=own).open(f"/methode?from=2014-11-03&lang={lang}")
    visit.page.get_by_test_id("stDateInputCalendarButton").first.click()
    visit.page.get_by_test_id("stDateInputCalendar").first.wait_for()
    labels = "[...document.querySelectorAll('[data-testid=stDateInputCalendar] [aria-label]')].map((e) => e.ariaLabel)"
    visit.until(lambda: any(day in label for label in visit.evaluate(labels)), True)
    visit.until(lambda: bool(words.english(visit.page)), lang == "en")


def test_a_map_in_use_speaks_french(visits: Visits) -> None:
    visit = visits().open("/carte")
    visit.page.locator(".cm-marker.many").first.click()
    visit.still(visit.page.locator(".cm-marker").first).hover()
    visit.until(lambda: words.english(visit.page), [])
    visit.page.locator("figure [data-share]").first.click()
    visit.page.locator("dialog.share[open]").wait_for()
    visit.until(lambda: words.english(visit.page), [])
    visit.page.keyboard.press("Escape")
    visit.page.locator("figure [data-enlarge]").first.click()
    visit.page.wait_for_function("() => document.fullscreenElement")
    visit.until(lambda: words.english(visit.page), [])


def plain(text: str) -> str:
    """Return a text with one kind of space and of apostrophe."""
    return re.sub(r"\s+", " ", text.replace("’", "'"))


@cache
def french_sentences() -> list[tuple[str, re.Pattern[str]]]:
    """Return the French messages that are sentences, as patterns, each with its longest part; their gaps may hold anything.

    Shorter ones ("Dossier de presse") stand in the titles of sources, which are quoted as they are.
    """
    with (ROOT / "campaign/locale/en/LC_MESSAGES/campaign.po").open("rb") as file:
        pairs = [(message.id, message.string) for message in read_po(file) if message.id]
    sentences = []
    for given, translated in pairs:
        french, english = (text if isinstance(text, str) else text[0] for text in (given, translated))
        words = re.findall(r"[a-zà-ÿ]{2,}", re.sub(r"\{\w+\}", "", french.lower()))
        if french != english and (len(words) > 4 or (len(words) > 2 and french.endswith("."))):
            parts = re.split(r"\{\w+\}", plain(french).replace(" ;", ";").replace(" :", ":"))
            sentences.append((max(parts, key=len), re.compile(".{1,60}".join(re.escape(part) for part in parts))))
    return sentences


@pytest.mark.matrix(every=2, first=1)  # those whose barriers are looked for in English (test_accessibility.py)
@by_page
def test_english_is_english(drawn: Drawn, entry: PageEntry) -> None:
    visit = drawn(f"/{entry.path}?lang=en")
    assert visit.evaluate("document.documentElement.lang") == "en"
    assert visit.text(".switch") == "Français"
    texts = [plain(text).replace(" ;", ";").replace(" :", ":") for text in visit.evaluate(TEXTS)]
    patterns = french_sentences()
    assert len(patterns) > 100
    assert [text for text in texts if any(part in text and pattern.search(text) for part, pattern in patterns)] == []
    assert words.french(visit.page) == []
    assert words.english(visit.page) != []


@pytest.mark.in_turn
def test_the_language_switch_keeps_the_view_and_changes_widgets(visit: Visit) -> None:
    visit.open("/regions?edition=2013&region=53")
    visit.act(lambda: visit.page.get_by_text("Plus de filtres").click())
    expect(visit.page.get_by_label("Choisir une date")).to_have_count(2)
    visit.act(lambda: visit.page.locator(".switch").click())
    visit.arrive("/regions?edition=2013&region=53&lang=en")
    visit.until(lambda: visit.evaluate("document.documentElement.lang"), "en")
    visit.until(lambda: visit.page.title().startswith("Regions"), True)
    expect(visit.page.get_by_label("Choose date")).to_have_count(2)
    visit.act(lambda: visit.page.locator(".switch").click())
    visit.arrive("/regions?edition=2013&region=53")
    visit.until(lambda: visit.evaluate("document.documentElement.lang"), "fr")
    visit.until(lambda: english_of_streamlit(visit), [])


@pytest.mark.in_turn
def test_letters_alone_do_nothing_to_the_page(visit: Visit) -> None:
    visit.open("/")
    before = visit.evaluate("campaignWatch.received")
    visit.page.locator("h1.answer").click()
    for key in ("r", "c"):
        visit.page.keyboard.press(key)
    visit.page.wait_for_timeout(500)
    assert visit.evaluate("campaignWatch.received") == before
    assert visit.page.locator("[data-testid='stDialog']").count() == 0
