"""Three readers and what they came for, with the actions that each needs: presses, typed texts, and screens scrolled."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import shaped
from tests.browser.hand import Hand
from tests.browser.server import Server, serving
from tests.browser.test_agenda import IN_SEASON
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def season(event_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demonstration, on a Thursday of its last campaign."""
    environment = {"CAMPAIGN_DB": str(event_file), "CAMPAIGN_TODAY": IN_SEASON}
    with serving(tmp_path_factory.mktemp("tasks") / "server.log", environment=environment) as found:
        yield found


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The events of a workbook that was made by hand."""
    folder = tmp_path_factory.mktemp("workbook")
    environment = {"CAMPAIGN_DB": str(shaped.build_hand_made(folder))}
    with serving(folder / "server.log", environment=environment) as found:
        yield found


def told(hand: Hand) -> None:
    """Print how many actions a task took (`-s` shows it), and hold them to five."""
    print(f"\n{hand.n_actions} actions")
    assert hand.n_actions <= 5


def begun(browser: Browser, server: Server, *, width: int, height: int, is_telephone: bool = False) -> Hand:
    context = browser.new_context(
        locale="fr-FR",
        timezone_id="Europe/Paris",
        viewport={"width": width, "height": height},
        has_touch=is_telephone,
        is_mobile=is_telephone,
    )
    return Hand(Visit.start(context, server.url).open("/"))


def test_a_journalist_in_rennes_takes_a_sentence_and_its_picture(browser: Browser, season: Server) -> None:
    hand = begun(browser, season, width=1440, height=1000)
    page = hand.visit.page
    hand.press(page.get_by_role("link", name="Presse", exact=True))
    hand.press(page.get_by_role("combobox", name="Région"), is_answered=False)
    hand.press(page.get_by_role("option", name="Bretagne", exact=True))
    copy = page.get_by_role("button", name="Copier").first
    text = str(copy.get_attribute("data-copy"))
    assert "Bretagne" in text
    assert "fichier de démonstration" in text, "the copy says its source"
    hand.press(copy, is_answered=False)
    picture = page.locator(".press-drawing a", has_text="PNG A4").first
    hand.see(picture)
    with page.expect_download() as download:
        hand.press(picture, is_answered=False)
    assert download.value.suggested_filename.endswith(".png")
    told(hand)
    page.context.close()


def test_a_coordinator_of_occitanie_finds_her_pace_and_her_report(browser: Browser, workbook: Server) -> None:
    hand = begun(browser, workbook, width=1440, height=1000)
    page = hand.visit.page
    hand.type(page.locator(".ask input"), "rythme occitanie")
    assert "en Occitanie" in hand.visit.answer.replace("\u00a0", " ")
    assert hand.visit.address.partition("?")[0].endswith("/rythme")
    report = page.get_by_role("link", name="Bilan (PDF)")
    hand.see(report)
    assert "region=76" in str(report.get_attribute("href"))
    assert (
        hand.visit.evaluate("(path) => fetch(path).then((answer) => answer.status)", report.get_attribute("href"))
        == 200
    )
    hand.n_actions += 1
    told(hand)
    page.context.close()


def test_a_reader_in_saint_etienne_finds_saturday_s_events_on_a_telephone(browser: Browser, season: Server) -> None:
    hand = begun(browser, season, width=360, height=740, is_telephone=True)
    page = hand.visit.page
    hand.press(page.get_by_role("link", name="Trouver", exact=True))
    hand.type(page.get_by_label("Autour de", exact=True), "Saint-Étienne (42000)")
    assert "near=42000" in hand.visit.address
    assert page.get_by_label("Autour de", exact=True).input_value() == "Saint-Étienne (42000)"
    hand.press(page.get_by_role("link", name="Samedi"))
    first = page.locator(".events li a").first
    box = first.bounding_box()
    assert box is not None
    assert box["y"] + page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") < 1.5 * 740
    title = first.inner_text()
    hand.press(first)
    assert hand.visit.answer == title
    told(hand)
    page.context.close()
