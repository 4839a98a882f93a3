"""Three readers and what they came for, with the actions that each needs: presses, typed texts, and screens scrolled."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests import shaped
from tests.browser.conftest import Visits
from tests.browser.hand import Hand
from tests.browser.server import Server, serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The events of a workbook that was made by hand."""
    folder = tmp_path_factory.mktemp("workbook")
    environment = {"CAMPAIGN_DB": str(shaped.build_hand_made(folder))}
    with serving(folder / "server.log", environment=environment) as server:
        yield server


def report_actions(hand: Hand) -> None:
    """Print how many actions a task took (`-s` shows it), and hold them to five."""
    print(f"\n{hand.n_actions} actions")
    assert hand.n_actions <= 5


def begun(visits: Visits, server: Server, **options: object) -> Hand:
    return Hand(visits(server, **options).open("/"))


@pytest.mark.in_turn
def test_a_journalist_in_rennes_takes_a_sentence_and_its_picture(visits: Visits, season: Server) -> None:
    hand = begun(visits, season)
    page = hand.visit.page
    hand.press(page.get_by_role("link", name="Presse", exact=True))
    hand.press(page.get_by_role("combobox", name="Région"), is_answered=False)
    hand.press(page.get_by_role("option", name="Bretagne", exact=True))
    hand.visit.until(lambda: "region=53" in hand.visit.address, True)
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
    report_actions(hand)


@pytest.mark.thorough
def test_a_coordinator_of_occitanie_finds_her_pace_and_her_report(visits: Visits, workbook: Server) -> None:
    hand = begun(visits, workbook)
    page = hand.visit.page
    hand.type(page.locator(".ask input"), "rythme occitanie")
    hand.visit.until(lambda: hand.visit.address.partition("?")[0].endswith("/rythme"), True)
    expect(page.locator("h1.answer")).to_contain_text("en Occitanie")
    report = page.get_by_role("link", name="Bilan (PDF)")
    hand.see(report)
    assert "region=76" in str(report.get_attribute("href"))
    assert (
        hand.visit.evaluate("(path) => fetch(path).then((answer) => answer.status)", report.get_attribute("href"))
        == 200
    )
    hand.n_actions += 1
    report_actions(hand)


@pytest.mark.in_turn
def test_a_reader_in_saint_etienne_finds_saturday_s_events_on_a_telephone(visits: Visits, season: Server) -> None:
    hand = begun(visits, season, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = hand.visit.page
    hand.press(page.get_by_role("link", name="Trouver", exact=True))
    hand.type(page.get_by_label("Autour de", exact=True), "Saint-Étienne (42000)")
    hand.visit.until(lambda: "near=42000" in hand.visit.address, True)
    expect(page.get_by_label("Autour de", exact=True)).to_have_value("Saint-Étienne (42000)")
    hand.press(page.get_by_role("link", name="Samedi"))
    first = page.locator(".events li a").first
    box = first.bounding_box()
    assert box is not None
    assert box["y"] + page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") < 1.5 * 740
    title = first.inner_text()
    hand.press(first)
    hand.visit.until(lambda: hand.visit.answer, title)
    report_actions(hand)
