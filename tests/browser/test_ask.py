"""The box at the head of a page: typed into, walked through with the keyboard, clicked, on a phone, on paper."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.test_accessibility import barriers
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser


def ask(visit: Visit, question: str) -> Visit:
    """Type a question and wait for its answers."""
    visit.page.get_by_role("combobox", name="Chercher ou demander").fill(question)
    visit.page.locator("#ask-answers [role=option]").first.wait_for()
    return visit


@pytest.mark.in_turn
def test_enter_opens_the_first_answer_without_a_new_load(visits: Visits) -> None:
    visit = visits().open("/methode")
    visit.evaluate("window.isSame = true")
    box = ask(visit, "Bretagne 2012").page.get_by_role("combobox", name="Chercher ou demander")
    assert "en Bretagne en 2012" in visit.page.locator("#ask-answers [role=option]").first.inner_text()
    visit.act(lambda: box.press("Enter"))
    visit.arrive("/regions?edition=2012&region=53")
    assert visit.evaluate("window.isSame")


@pytest.mark.in_turn
def test_enter_does_not_wait_for_the_list(visits: Visits) -> None:
    visit = visits().open("/")
    box = visit.page.get_by_role("combobox", name="Chercher ou demander")
    box.fill("rythme")
    visit.act(lambda: box.press("Enter"))
    visit.arrive("/rythme")


@pytest.mark.in_turn
def test_arrows_choose_and_escape_closes(visits: Visits) -> None:
    visit = ask(visits().open("/"), "ateliers à Lyon")
    box = visit.page.get_by_role("combobox", name="Chercher ou demander")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "ask-1")
    expect(visit.page.locator("#ask-answers [aria-selected=true]")).to_have_count(1)
    expect(visit.page.locator("#ask-answers [aria-selected=true]")).to_have_id("ask-1")
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(visit.page.locator("#ask-answers")).to_be_hidden()
    assert box.input_value() == "ateliers à Lyon"
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-expanded", "true")
    visit.act(lambda: box.press("Enter"))
    visit.arrive("/agenda?type=atelier&near=69123")


def test_the_open_list_has_no_barrier(visits: Visits) -> None:
    visit = ask(visits().open("/methode"), "ateliers à Lyon")
    visit.page.get_by_role("combobox", name="Chercher ou demander").press("ArrowDown")
    assert barriers(visit, ".ask") == []


@pytest.mark.in_turn
def test_a_click_leads_and_words_that_were_not_understood_are_told(visits: Visits) -> None:
    visit = ask(visits().open("/"), "conférance zzzz")
    note = visit.page.locator(".ask-note")
    expect(note).to_contain_text("« conférance » lu « conférence »")
    expect(note).to_contain_text("« zzzz »")
    visit.act(lambda: visit.page.locator("#ask-answers a").first.click())
    visit.arrive("/agenda?type=conference&q=zzzz")
    expect(visit.page.locator("#ask-answers")).to_be_hidden()


@pytest.mark.in_turn
def test_it_fits_on_a_phone_and_is_not_printed(visits: Visits) -> None:
    visit = ask(visits(viewport={"width": 360, "height": 740}).open("/"), "ateliers gratuits à Lyon samedi")
    assert visit.evaluate("document.documentElement.scrollWidth") <= 360
    box = visit.page.locator(".ask-found").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    visit.page.emulate_media(media="print")
    expect(visit.page.locator(".ask")).to_be_hidden()
