"""Search engines are told in their own formats what to leave and which pages there are."""

import xml.etree.ElementTree as ET
from urllib.robotparser import RobotFileParser

import httpx

from campaign.core.pages import PAGES
from campaign.web.robots import LEFT


def test_robots_are_told_in_plain_text(client: httpx.Client) -> None:
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    rules = RobotFileParser()
    rules.parse(answer.text.splitlines())
    base = str(client.base_url).rstrip("/")
    assert rules.site_maps() == [f"{base}/sitemap.xml"]
    assert [page.path for page in PAGES if not rules.can_fetch("*", f"{base}/{page.path}")] == []
    assert rules.can_fetch("*", f"{base}/apercu/carte.png")  # the picture of a shared link
    assert [path for path in LEFT if rules.can_fetch("*", f"{base}{path}x")] == []


def test_the_sitemap_names_every_page_in_each_language(client: httpx.Client) -> None:
    answer = client.get("/sitemap.xml")
    assert answer.headers["Content-Type"].startswith("application/xml")
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    addresses = [entry.findtext(f"{space}loc") for entry in ET.fromstring(answer.text)]  # noqa: S314  our own
    base = str(client.base_url).rstrip("/")
    assert addresses == [f"{base}/{page.path}{query}" for page in PAGES for query in ("", "?lang=en")]
