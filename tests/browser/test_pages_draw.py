"""Every page draws: in its language, without an error, without asking any other host."""

import io
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import expect

from campaign.core.pages import PAGES, PageEntry
from campaign.wording import labels
from tests.browser.conftest import Drawn, Visits
from tests.browser.server import Server
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser
by_page = pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
FAILURES = "[data-testid='stException'], [data-testid='stAlert'], [data-testid='stDialog']"


def hosts(visit: Visit) -> set[str]:
    """Return the hosts that a page asked anything of."""
    return {urlsplit(address).netloc for address in visit.requests}


@by_page
def test_a_page_draws_without_error(drawn: Drawn, entry: PageEntry) -> None:
    visit = drawn(f"/{entry.path}")
    assert visit.page.locator(FAILURES).count() == 0
    assert visit.errors == []
    assert len(visit.answer) > 10


@by_page
def test_a_page_is_named_in_french(drawn: Drawn, entry: PageEntry) -> None:
    visit = drawn(f"/{entry.path}")
    assert visit.page.title() == f"{labels.page(entry.key)} · Mois de l'ESS"
    assert visit.evaluate("document.documentElement.lang") == "fr"
    assert visit.text(":is(.menu, .foot) a[aria-current]") == labels.page(entry.key)


@by_page
def test_a_page_asks_no_other_host(drawn: Drawn, server: Server, entry: PageEntry) -> None:
    assert hosts(drawn(f"/{entry.path}")) == {urlsplit(server.url).netloc}


@pytest.mark.matrix(every=2)
@pytest.mark.parametrize("layer", ["region", "departement"])
def test_the_layers_of_the_map_ask_no_other_host(visit: Visit, server: Server, layer: str) -> None:
    visit.open(f"/carte?layer={layer}")
    visit.rest()
    assert hosts(visit) == {urlsplit(server.url).netloc}
    assert visit.errors == []


@pytest.mark.matrix(every=3)
@pytest.mark.parametrize("path", ["/nimporte", "/regions/53", "/caf%C3%A9"])
def test_an_unknown_page_says_so_in_french(visit: Visit, path: str) -> None:
    visit.open(path)
    assert visit.answer == "Cette page n'existe pas."
    assert visit.page.locator("[data-testid='stDialog']").count() == 0
    assert visit.page.title() == "Page introuvable · Mois de l'ESS"
    visit.act(lambda: visit.page.locator(".menu a", has_text="Régions").click())
    visit.arrive("/regions")
    expect(visit.page.locator(":is(.menu, .foot) a[aria-current]").first).to_have_text("Régions")


@pytest.mark.in_turn
def test_one_event_has_a_page(visit: Visit) -> None:
    visit.open("/agenda")
    title = visit.text(".events .what a")
    visit.act(lambda: visit.page.locator(".events .what a").first.click())
    visit.until(lambda: visit.answer, title)
    visit.until(lambda: "event=" in visit.shown_path, True)
    visit.back()
    visit.until(lambda: visit.page.locator(".events li").count() > 10, True)


@pytest.mark.in_turn
def test_pictures_for_the_press_are_dark_on_a_dark_screen(visits: Visits) -> None:
    """Files stay as they are printed, on white."""
    visit = visits().open("/presse")
    lights = []
    for scheme in ("light", "dark"):
        visit.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        picture = visit.still(visit.page.locator(".press-drawing img").first)
        visit.until(lambda picture=picture: picture.evaluate("(each) => each.complete && each.naturalWidth > 0"), True)
        corner = Image.open(io.BytesIO(picture.screenshot())).convert("L").crop((4, 4, 12, 12))
        lights.append(sum(corner.get_flattened_data()) / 64)
    assert lights[0] > 240
    assert lights[1] < 40
