"""One count everywhere: card = list = located + online + unlocated = CSV = API, as read from the page."""

import csv
import io
import json
import random
import re
import urllib.request
from urllib.parse import urlencode

import pytest

from tests.browser.server import Server
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser
N_FILTERS = 5
SEED = 7
CHOICES: dict[str, list[str]] = {
    "edition": ["2010", "2011", "2012", "2013", "2014", "all"],
    "region": ["53", "11", "82", "93", "94", "04", "72"],
    "type": ["conference", "atelier", "cine-debat", "colloque"],
    "attendance_mode": ["on_site", "online"],
    "from": ["2012-11-01", "2014-11-10"],
    "q": ["coop", "atelier", "emploi", "coperative"],
    "free": ["true", "false"],
    "accessible": ["mi"],
    "audience": ["children", "adults"],
}


def random_filters() -> list[list[tuple[str, str]]]:
    """Return filters drawn at random, the same at every run; the first is none at all."""
    chance = random.Random(SEED)  # noqa: S311
    drawn: list[list[tuple[str, str]]] = [[]]
    while len(drawn) < N_FILTERS:
        names = chance.sample(sorted(CHOICES), k=chance.randint(1, 3))
        drawn.append([(name, chance.choice(CHOICES[name])) for name in names])
    return drawn


def integer(text: str) -> int:
    """Return the first number of a French text."""
    digits = re.search(r"\d{1,3}(?:[\u202f\u00a0 ]\d{3})*", text)
    assert digits is not None, text
    return int(re.sub(r"\D", "", digits.group()))


def fetched(server: Server, path: str) -> bytes:
    """Return what a public address answers."""
    with urllib.request.urlopen(server.address(path)) as answer:
        return bytes(answer.read())


@pytest.mark.matrix(every=6)
@pytest.mark.parametrize("chosen", random_filters(), ids=lambda pairs: urlencode(pairs) or "none")
def test_every_place_shows_the_same_count(visit: Visit, server: Server, chosen: list[tuple[str, str]]) -> None:
    query = urlencode(chosen)
    suffix = f"?{query}" if query else ""
    api = json.loads(fetched(server, f"/api/v1/counts.json?{query}&by=region"))
    total = api["total"]
    rows = list(csv.reader(io.StringIO(fetched(server, f"/api/v1/events.csv{suffix}").decode("utf-8-sig"))))
    assert len(rows) - 1 == total

    visit.open(f"/{suffix}")
    where = visit.text(".under")
    parts = [integer(match.group()) for match in re.finditer(r"[\d\u202f\u00a0]+ (situé|en ligne|sans lieu)", where)]
    if total:
        assert integer(visit.text(".card .value")) == total
        assert sum(parts) == total
        folded = visit.page.locator("table.figures tfoot .number").first.text_content()
        assert integer(folded or "") == total
    else:
        assert visit.page.locator(".empty").count() == 1

    visit.open(f"/agenda{suffix}")
    if total:
        assert integer(visit.answer) == total
        assert listed(visit, total) == total
    visit.open(f"/regions{suffix}")
    of_all = visit.page.locator("table.league tfoot .number").nth(1).text_content()  # folded on the page of one region
    assert integer(of_all or "") == (total if "region" not in dict(chosen) else everywhere(server, chosen))


def listed(visit: Visit, total: int) -> int:
    """Return how many events all pages of the list hold, having looked at its first and last."""
    n_first = visit.page.locator(".events li").count()
    if n_first == total:
        return n_first
    last = integer(visit.text(".pager").split("sur")[1])
    address = visit.shown_path
    visit.open(f"{address}{'&' if '?' in address else '?'}page={last}")
    return (last - 1) * n_first + visit.page.locator(".events li").count()


def everywhere(server: Server, chosen: list[tuple[str, str]]) -> int:
    """Return the count of the same choice in all regions."""
    others = [pair for pair in chosen if pair[0] != "region"]
    total: int = json.loads(fetched(server, f"/api/v1/counts.json?{urlencode(others)}"))["total"]
    return total
