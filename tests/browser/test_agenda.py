"""What the public does: finds an event with the keyboard alone, by typing, by place, on a map, day by day."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.server import Server
from tests.browser.test_accessibility import DESK, GROUND, TELEPHONE, WIDER, barriers, focused, lights, tab_to
from tests.browser.test_counts import integer
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser


def query(visit: Visit) -> dict[str, list[str]]:
    """Return the parameters in the address bar."""
    return parse_qs(urlsplit(visit.address).query)


@pytest.mark.in_turn
def test_an_event_near_35000_this_weekend_is_put_into_a_calendar_with_the_keyboard_alone(today: Visit) -> None:
    today.open("/agenda")
    keyboard = today.page.keyboard
    tab_to(today, "Aller au contenu")
    keyboard.press("Enter")
    tab_to(today, "Autour de")
    keyboard.type("35000")
    today.act(lambda: keyboard.press("Enter"))
    today.until(lambda: query(today), {"near": ["35000"]})
    assert "à moins de 20 km de Rennes" in today.answer.replace("\u00a0", " ").replace("\u202f", " ")
    tab_to(today, "Ce week-end")
    today.act(lambda: keyboard.press("Enter"))
    today.until(lambda: query(today), {"near": ["35000"], "from": ["2014-11-08"], "to": ["2014-11-09"]})
    n = integer(today.answer)
    assert n > 0
    expect(today.page.locator(".events li")).to_have_count(n)
    title = today.text(".events .what a")
    tab_to(today, title)
    today.act(lambda: keyboard.press("Enter"))
    today.until(lambda: today.answer, title)
    tab_to(today, "Ajouter à mon agenda")
    with today.page.expect_download() as download:
        keyboard.press("Enter")
    content = Path(download.value.path()).read_text("utf-8").replace("\r\n ", "")
    assert "BEGIN:VEVENT" in content
    assert "DTSTART" in content
    assert title.replace(",", "\\,").replace(";", "\\;") in content


@pytest.mark.in_turn
def test_the_search_answers_while_one_types_and_is_one_step_of_history(today: Visit) -> None:
    today.open("/agenda?region=11")
    before = (today.shown_path, today.answer)
    field = today.page.get_by_role("searchbox", name="Recherche")
    field.click()
    for part in ("coope", "rative"):
        answer = today.answer
        field.press_sequentially(part, delay=20)
        today.page.wait_for_function("(old) => document.querySelector('h1.answer').innerText !== old", arg=answer)
        today.settle()
    today.until(lambda: query(today), {"region": ["11"], "q": ["cooperative"]})
    today.settle()
    assert focused(today) == "Recherche"
    today.back()
    today.until(lambda: (today.shown_path, today.answer, field.input_value()), (*before, ""))


@pytest.mark.in_turn
def test_facets_narrow_the_list_to_the_number_that_they_say(today: Visit) -> None:
    today.open("/agenda")
    today.page.locator(".facets summary", has_text="Prix").click()
    link = today.page.locator(".facets [data-facet='free'][data-code='true']")
    count = integer(link.locator("b").inner_text())
    today.act(link.click)
    today.until(lambda: (integer(today.answer), query(today)), (count, {"free": ["true"]}))


def test_the_three_views_hold_the_same_count(today: Visit) -> None:
    today.open("/agenda?type=atelier&region=53")
    total = integer(today.answer)
    placed = today.text(".under")
    located = total if "tous dans un lieu connu" in placed else integer(placed)
    today.act(lambda: today.page.locator(".switches a", has_text="Calendrier").click())
    today.page.locator("table.month").wait_for()
    assert integer(today.answer) == total
    today.act(lambda: today.page.locator(".switches a", has_text="Carte").click())
    today.until(lambda: query(today)["view"], ["map"])
    today.until(lambda: drawn(today), located)
    assert integer(today.answer) == total


def drawn(visit: Visit) -> int:
    """Return how many events the markers of a map hold."""
    return sum(int(n) for n in visit.evaluate("[...document.querySelectorAll('.cm-marker')].map((e) => e.dataset.n)"))


@pytest.mark.in_turn
def test_the_browsers_position_becomes_a_commune(visits: Visits, season: Server) -> None:
    visit = visits(season, geolocation={"latitude": 48.1123456, "longitude": -1.6789012}, permissions=["geolocation"])
    visit.open("/agenda")
    visit.act(lambda: visit.page.get_by_role("button", name="Autour de ma position").click())
    visit.until(lambda: query(visit), {"near": ["35238"]})
    lookups = [address for address in visit.requests if "near.json" in address]
    assert [parse_qs(urlsplit(address).query) for address in lookups] == [{"lat": ["48.11"], "lon": ["-1.68"]}]
    assert not any("48.112" in address for address in visit.requests)


def test_a_position_that_is_refused_is_said(visits: Visits, season: Server) -> None:
    visit = visits(season, permissions=[])
    # a prompt that nobody answers stays open without a window: the browser's refusal is given in its place
    visit.change("navigator.geolocation.getCurrentPosition = (_found, refused) => refused({code: 1})")
    visit.open("/agenda")
    visit.page.get_by_role("button", name="Autour de ma position").click()
    visit.page.wait_for_function("document.querySelector('.locate-said').textContent.includes('code postal')")
    assert query(visit) == {}


@pytest.mark.in_turn
def test_a_place_that_is_none_gets_an_answer(today: Visit) -> None:
    today.open("/agenda")
    field = today.page.get_by_label("Autour de", exact=True)
    field.fill("99999")
    today.act(lambda: field.press("Enter"))
    expect(today.page.locator(".place-unknown")).to_contain_text("Aucune commune ni aucun code postal")
    assert query(today) == {}


def day(page: Page) -> str:
    """Return what the replay says."""
    return page.locator(".cm-said").inner_text()


@pytest.mark.in_turn
def test_the_campaign_is_replayed_day_by_day(today: Visit) -> None:
    today.open("/carte?layer=days")
    whole = integer(day(today.page).split(":")[1])
    placed = drawn(today)
    assert whole >= placed > 0
    assert integer(day(today.page).split("dont")[1]) == placed
    assert today.page.locator(".cm-box-name").all_text_contents() == [
        "Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte"
    ]  # fmt: skip
    slider = today.page.get_by_role("slider", name="Jour")
    slider.focus()
    today.page.keyboard.press("Home")
    today.until(lambda: drawn(today) < placed / 10, True)
    first = day(today.page)
    assert "octobre" in first
    today.page.keyboard.press("ArrowRight")
    today.until(lambda: day(today.page) != first, True)
    first = day(today.page)
    today.page.get_by_role("button", name=re.compile("Rejouer")).click()
    today.page.wait_for_function("(old) => document.querySelector('.cm-said').textContent !== old", arg=first)
    today.page.get_by_role("button", name=re.compile("Pause")).click()
    still = day(today.page)
    today.page.wait_for_timeout(1300)
    assert day(today.page) == still
    today.page.get_by_role("checkbox", name="cumulé").uncheck()
    today.until(lambda: day(today.page).startswith("Le "), True)
    today.page.keyboard.press("Tab")
    assert today.errors == []


def test_nothing_moves_by_itself_for_those_who_ask_for_stillness(visits: Visits, season: Server) -> None:
    visit = visits(season, reduced_motion="reduce")
    visit.open("/carte?layer=days")
    assert not visit.page.get_by_role("button", name=re.compile("Rejouer")).is_visible()
    before = day(visit.page)
    visit.page.get_by_role("button", name="Jour précédent").click()
    visit.until(lambda: day(visit.page) != before, True)


def test_groups_part_as_one_comes_nearer(today: Visit) -> None:
    today.open("/agenda?view=map")
    total = drawn(today)
    group = today.page.locator(".cm-marker.many").first
    n = int(str(group.get_attribute("data-n")))
    group.focus()
    today.page.keyboard.press("Enter")

    def is_parted() -> None:
        parts = [int(x) for x in today.page.locator(".cm-marker").evaluate_all("(all) => all.map((e) => e.dataset.n)")]
        assert len(parts) > 1
        assert max(parts) < n

    today.eventually(is_parted)
    today.page.locator(".cm-drawing").focus()
    today.page.keyboard.press("0")
    today.until(lambda: drawn(today), total)


STATES = ("/agenda?near=69123&sort=distance&q=coperative", "/agenda?near=99999", "/agenda?view=calendar", "/agenda?view=map",
          "/carte?layer=days")  # fmt: skip


@pytest.mark.matrix(every=3)
@pytest.mark.parametrize("path", [*STATES, "event"])
def test_no_barrier_in_any_state(today: Visit, path: str) -> None:
    if path == "event":
        today.open("/agenda?near=35000")
        today.act(lambda: today.page.locator(".events .what a").first.click())
    else:
        today.open(path)
    for size in (DESK, TELEPHONE):
        today.page.set_viewport_size(size)  # type: ignore[arg-type]
        for scheme, ground in lights(len(path), size):
            today.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            today.page.wait_for_function(GROUND, arg=ground)
            today.settle()
            if path == STATES[0]:
                sheet = today.page.locator(".sheet-open")
                if sheet.is_visible() and sheet.get_attribute("aria-expanded") == "false":
                    sheet.click()
                today.page.locator(".facets summary").first.click()
            assert barriers(today) == [], f"{scheme}, {size}"
        today.until(lambda: today.evaluate(WIDER) <= 0, True)
    today.rest()
    assert {urlsplit(address).netloc for address in today.requests} == {urlsplit(today.base).netloc}
