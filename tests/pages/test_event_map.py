"""Every event at one place is reached from the map, however many there are."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from campaign.core.settings import settings
from campaign.filters import MAX_IDS
from tests.pages.conftest import draw_page
from tests.records import build, record

ABROAD = {"city": "Bruxelles", "postcode": "1000", "country_code": "BE", "lat": 50.85, "lon": 4.35}


@pytest.fixture
def crowded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "crowded.duckdb"
    build(path, [record(f"e{number}", **ABROAD) for number in range(2 * MAX_IDS + 1)] + [record("elsewhere")])
    monkeypatch.setattr(settings(), "db", path)


def listed(html: str) -> list[list[str]]:
    """Return the events of each link to the agenda that names events."""
    links = [urlsplit(unescape(href)) for href in re.findall(r'href="(/agenda[^"]*)"', html)]
    return [ids for link in links if (ids := parse_qs(link.query).get("id"))]


@pytest.mark.in_turn
@pytest.mark.usefixtures("crowded")
def test_more_events_at_a_point_abroad_than_an_address_holds() -> None:
    drawn = draw_page("map", place="50.850,4.350")
    assert "Toute la liste : 1 à 200 · 201 à 400 · 401" in drawn.text
    assert len({event for ids in listed(drawn.html) for event in ids}) == 2 * MAX_IDS + 1
