"""Two thousand events at one point, and one whose texts hold HTML."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import Visits
from tests.browser.server import Server, serving
from tests.browser.test_agenda import query
from tests.browser.test_counts import integer
from tests.records import build, events_of, record

pytestmark = [pytest.mark.browser, pytest.mark.thorough]
CROWD = 2000


@pytest.fixture(scope="module")
def crowd_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two thousand events at one point, and one whose texts hold HTML."""
    path = tmp_path_factory.mktemp("crowd") / "campaign.duckdb"
    crowd = [record(f"crowd-{n}", commune_code="35238", lat=48.111, lon=-1.678) for n in range(CROWD)]
    evil = "<img src=x onerror='window.ran = 1'><script>window.ran = 1</script><b>gras</b>"
    build(path, [*crowd, record("evil", title=evil, description=evil, conditions=evil, organiser_labels=[evil],
                                venue=evil, commune_code="29019", lat=48.39, lon=-4.486)])  # fmt: skip
    return path


@pytest.fixture(scope="module")
def crowd(crowd_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """That file, served."""
    environment = {"CAMPAIGN_DB": str(crowd_db), "CAMPAIGN_TODAY": "2014-11-01"}
    with serving(tmp_path_factory.mktemp("crowded") / "server.log", environment=environment) as server:
        yield server


def test_two_thousand_events_at_one_point_can_all_be_reached(visits: Visits, crowd: Server) -> None:
    visit = visits(crowd).open("/carte?layer=days")
    marker = visit.page.locator(f"a.cm-marker[data-n='{CROWD}']")
    assert "Rennes" in str(marker.get_attribute("aria-label"))
    marker.focus()
    visit.act(lambda: visit.page.keyboard.press("Enter"))
    visit.until(lambda: query(visit), {"commune": ["35238"]})
    assert integer(visit.answer) == CROWD
    last = integer(visit.text(".pager").split("sur")[1])
    seen: set[str] = set()
    for page in (1, 2, last):
        visit.open(f"/agenda?commune=35238&page={page}")
        links = visit.page.locator(".events .what > a:first-child")
        seen |= {str(href) for href in links.evaluate_all("(links) => links.map((link) => link.href)")}
    assert (last - 1) * 50 < CROWD <= last * 50
    assert len(seen) == 150


def test_html_of_a_source_never_runs(visits: Visits, crowd: Server, crowd_db: Path) -> None:
    visit = visits(crowd)
    visit.is_changed = True
    visit.page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    event_id = events_of(crowd_db, "event_id")["evil"]
    for path in (f"/agenda?event={event_id}", "/agenda?commune=29019", "/agenda?view=calendar&commune=29019",
                 "/agenda?view=map&q=gras", "/carte?layer=days"):  # fmt: skip
        visit.open(path)
        visit.rest()
        assert visit.evaluate("window.ran") is None, path
        assert visit.page.locator("img[src='x']").count() == 0, path
    assert visit.errors == []
