"""Every mark of a drawing tells what it stands for: under the mouse, with the keyboard, under a finger."""

import re

import pytest
from playwright.sync_api import Locator

from campaign.core.pages import by_key
from tests.browser.conftest import Visits
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser
CARD = ".mark-card"
SHOWN = ".chart:visible a"


def card_of(visit: Visit) -> list[str]:
    """Return the lines of the card in sight, none without one."""
    lines = visit.page.locator(f"{CARD}:visible > *")
    return [line.replace("\u202f", " ").replace("\u00a0", " ") for line in lines.all_inner_texts()]


def read_mark(mark: Locator, attribute: str = "aria-label") -> str:
    """Return what a mark says to a screen reader."""
    return str(mark.get_attribute(attribute)).replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.matrix(every=2)
@pytest.mark.parametrize("path", ["/comparer", "/calendrier", "/editions", "/regions", "/"])
def test_the_mouse_is_told_what_a_mark_says(visits: Visits, path: str) -> None:
    visit = visits().open(path)
    visit.still(visit.page.locator(SHOWN).nth(2)).hover(force=True)
    visit.page.locator(f"{CARD}:visible").first.wait_for()
    under = visit.page.locator(".chart a:hover")  # of marks in one place, the one on top
    name, *facts = card_of(visit)
    words = read_mark(under)
    assert words.startswith(name)
    assert all(fact in f"{words} · {read_mark(under, 'aria-description')}" for fact in facts)
    assert under.locator("title").count() == 0  # no bubble of the browser beside it
    visit.page.mouse.move(2, 2)
    visit.until(lambda: card_of(visit), [])


def test_the_card_of_a_region_says_share_and_rank(visits: Visits) -> None:
    visit = visits().open("/regions?edition=2014")
    visit.still(visit.page.locator(f"{SHOWN}[href*='region=53']").first).focus()
    visit.page.keyboard.press("ArrowRight")
    visit.page.keyboard.press("ArrowLeft")
    counts = visit.evaluate("fetch('/api/v1/counts.json?by=region&edition=2014').then((answer) => answer.json())")
    by_code = {row["region"]: row["count"] for row in counts["rows"] if row["region"]}
    rank = 1 + sum(n > by_code["53"] for n in by_code.values())
    visit.until(lambda: len(card_of(visit)), 6)
    name, count, share, place, rate, change = card_of(visit)
    assert (name, count, place) == ("Bretagne", f"{by_code['53']} événements", f"rang : {rank} sur 27")
    assert rate.endswith(" pour 100 000 habitants")
    assert change.endswith(" par rapport à 2013")
    assert share == f"{100 * by_code['53'] / counts['total']:.1f} % du total".replace(".", ",")


def test_the_keyboard_walks_through_the_marks_and_escape_closes(visits: Visits) -> None:
    visit = visits().open("/calendrier")
    marks = visit.page.locator(SHOWN)
    first = visit.page.locator(f"{SHOWN}[tabindex='0'], {SHOWN}[href]").first
    before = visit.evaluate("document.querySelectorAll('.chart a[tabindex=\"0\"]').length")
    first.focus()
    visit.page.keyboard.press("ArrowRight")
    here = visit.page.locator(".chart a:focus")
    visit.until(lambda: read_mark(here), read_mark(marks.nth(1)))
    visit.until(lambda: card_of(visit)[:1] != [] and card_of(visit)[0] in read_mark(here), True)
    assert visit.evaluate("document.querySelectorAll('.chart a[tabindex=\"0\"]').length") == before
    visit.page.keyboard.press("Escape")
    visit.until(lambda: card_of(visit), [])
    visit.page.keyboard.press("End")
    visit.until(lambda: read_mark(here), read_mark(marks.last))


def test_a_finger_is_told_first_and_led_on_the_second_time(visits: Visits) -> None:
    visit = visits(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True).open("/")
    mark = visit.still(visit.page.locator(f"{SHOWN}[href]").first)
    before, words, target = visit.shown_path, read_mark(mark), str(mark.get_attribute("href"))
    mark.tap(force=True)
    visit.page.locator(f"{CARD}:visible").first.wait_for()
    card = card_of(visit)
    assert card[0] in words
    assert card[-1] == "Voir"
    assert visit.shown_path == before
    box = visit.page.locator(CARD).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    visit.act(lambda: visit.page.locator(f"{CARD} a").tap())
    visit.until(lambda: visit.address.endswith(target), True)
    visit.until(lambda: card_of(visit), [])


MARKS = """
() => [...document.querySelectorAll("[data-testid='stMain'] .chart")]
  .filter((drawing) => drawing.getBoundingClientRect().width > 0)
  .map((drawing) => ({
    drawing: drawing.getAttribute("aria-label"),
    marks: [...drawing.querySelectorAll("a")].map((mark) => ({
      name: mark.getAttribute("aria-label") || "", href: mark.getAttribute("href") || "", facts: mark.dataset.facts || "",
    })),
  }))
"""
# Pages with drawings, beside their first view what else they draw.
DRAWN = {
    "overview": [""], "map": ["?layer=region", "?layer=departement"], "regions": ["", "?region=53"], "types": ["", "?type=cine-debat"],
    "editions": [""], "compare": ["", "?region=53"], "coverage": ["", "?region=53"], "organisers": ["", "?region=53"],
    "pace": [""], "calendar": [""],
}  # fmt: skip


@pytest.mark.matrix(every=3)
@pytest.mark.parametrize(("key", "query"), [(key, query) for key, queries in DRAWN.items() for query in queries])
def test_every_mark_of_every_drawing_says_what_it_is_and_leads_somewhere(visits: Visits, key: str, query: str) -> None:
    visit = visits().open(f"/{by_key(key).path}{query}")
    visit.rest()
    drawings = visit.evaluate(MARKS)
    for drawing in drawings:
        assert drawing["marks"], drawing["drawing"]
        for mark in drawing["marks"]:
            assert mark["name"], drawing["drawing"]
            assert mark["href"], f"{drawing['drawing']}: {mark['name']} leads nowhere"
            assert mark["facts"] or " : " in mark["name"].replace("\u00a0", " "), mark["name"]


ROUNDS = """
() => [...document.querySelectorAll(".cm-marker")].map((mark) => [
  mark.getAttribute("aria-label"), mark.dataset.card, mark.getAttribute("href"), mark.getAttribute("role"), mark.getAttribute("tabindex"),
])
"""


def test_every_round_of_the_map_says_what_it_is_and_parts_or_leads_to_its_events(visits: Visits) -> None:
    visit = visits().open("/carte?region=53")
    visit.page.locator(".cm-marker").first.wait_for()
    rounds = visit.evaluate(ROUNDS)
    assert len(rounds) > 10
    for name, card, href, role, order in rounds:
        assert re.search(r"\d", name), "how many events"
        assert card == name
        assert (role == "button" and order == "0") or href.startswith("/carte?"), name
