"""The page before any script: language, title, Open Graph tags with the view's figure; static files; security headers."""

import base64
import gzip
import hashlib
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import brotli
import httpx
import pytest

from campaign.core.pages import paths
from campaign.core.settings import ROOT
from campaign.web.security import host_name

STARTS_WITHIN_S = 60


class Head(HTMLParser):
    """What a robot reads in a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lang: str | None = None
        self.title = ""
        self.meta: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.no_script = ""
        self._open = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._open = tag if tag in ("title", "noscript") else self._open
        if tag == "html":
            self.lang = given["lang"]
        elif tag == "meta":
            self.meta[given.get("property") or given.get("name", "")] = given.get("content", "")
        elif tag == "link":
            self.links[given["rel"] + given.get("hreflang", "")] = given["href"]

    def handle_endtag(self, tag: str) -> None:
        self._open = "" if tag == self._open else self._open

    def handle_data(self, data: str) -> None:
        if self._open == "title":
            self.title += data
        elif self._open == "noscript":
            self.no_script += data


@pytest.fixture(scope="module")
def dashboard(demo_db: Path) -> Iterator[str]:
    """Serve the whole application as `uvicorn dashboard:app` does; yield its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "dashboard:app", "--port", str(port), "--log-level", "warning"]
    environment = {**os.environ, "CAMPAIGN_DB": str(demo_db), "CAMPAIGN_HOSTS": "mois.example.org"}
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    base_url = f"http://localhost:{port}"
    try:
        _wait_for(base_url)
        yield base_url
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(base_url: str) -> None:
    until = time.monotonic() + STARTS_WITHIN_S
    while True:
        try:
            httpx.get(f"{base_url}/healthz").raise_for_status()
        except httpx.TransportError:
            assert time.monotonic() < until, "the server does not start"
            time.sleep(0.2)
        else:
            return


@pytest.fixture
def pages(dashboard: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=dashboard) as opened:
        yield opened


@pytest.mark.parametrize("path", sorted(paths()))
def test_every_page_says_what_it_is_in_both_languages(pages: httpx.Client, path: str) -> None:
    at = str(pages.base_url).rstrip("/")
    french = pages.get(f"/{path}")
    assert french.status_code == 200
    assert french.headers["content-type"].startswith("text/html")
    head = Head(french.text)
    assert head.lang == "fr"
    assert head.title.endswith("Mois de l'ESS")
    assert head.meta["og:locale"] == "fr_FR"
    assert head.meta["og:site_name"] == "Mois de l'ESS"
    assert "JavaScript" in head.no_script
    english = Head(pages.get(f"/{path}", params={"lang": "en"}).text)
    assert english.lang == "en"
    assert english.meta["og:locale"] == "en_GB"
    assert english.links["canonical"] == f"{at}/{path}?lang=en"
    assert english.links["alternatefr"] == f"{at}/{path}"


@pytest.mark.parametrize(
    "params", [{}, {"region": "53"}, {"edition": "all"}, {"edition": "2013", "type": "atelier"}, {"q": "introuvable"}]
)
def test_the_figure_of_the_view_stands_in_the_html(pages: httpx.Client, params: dict[str, str]) -> None:
    total = pages.get("/api/v1/counts.json", params=params).json()["total"]
    head = Head(pages.get("/regions", params=params).text)
    count = f"{total:,}".replace(",", "\u202f")
    assert re.match(rf"{count} événement", head.meta["og:title"])
    assert f"{count} événement" in head.meta["description"] == head.meta["og:description"]
    assert "démonstration" in head.meta["description"]
    assert head.links["canonical"] == head.meta["og:url"]
    assert head.links["canonical"] == str(pages.base_url.copy_merge_params(params).copy_with(path="/regions"))


@pytest.mark.parametrize("params", [{}, {"region": "53"}, {"edition": "2013", "lang": "en"}])
def test_the_preview_has_a_picture_of_the_view(pages: httpx.Client, params: dict[str, str]) -> None:
    head = Head(pages.get("/regions", params=params).text)
    picture = head.meta["og:image"]
    assert picture == head.meta["twitter:image"]
    assert picture.startswith(str(pages.base_url).rstrip("/"))
    assert httpx.URL(picture).params == httpx.QueryParams(params)
    answer = pages.get(picture)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert (head.meta["og:image:width"], head.meta["og:image:height"]) == ("1200", "630")
    assert head.meta["og:image:alt"]
    assert head.meta["twitter:card"] == "summary_large_image"
    assert head.meta["robots"] == "noindex"  # fictitious events


def test_an_event_is_described_for_machines_in_the_html_itself(pages: httpx.Client) -> None:
    event = pages.get("/api/v1/events.json", params={"limit": "1"}).json()["events"][0]
    answer = pages.get("/agenda", params={"event": event["event_id"]})
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', answer.text, re.DOTALL)
    assert len(scripts) == 1
    described = json.loads(scripts[0])
    assert (described["@type"], described["name"]) == ("Event", event["title"])
    assert datetime.fromisoformat(described["startDate"]) == datetime.fromisoformat(event["starts_at"])
    assert "ld+json" not in pages.get("/agenda").text
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    assert digest not in answer.headers["content-security-policy"]


def test_wrong_values_are_dropped_and_nothing_is_injected(pages: httpx.Client) -> None:
    script = '"><script>alert(1)</script>'
    answer = pages.get(
        "/regions", params={"edition": "1999", "region": script, "lang": script, "q": script, "x": script}
    )
    assert answer.status_code == 200
    assert script not in answer.text
    assert "<script>alert" not in answer.text
    assert "1999" not in Head(answer.text).links["canonical"]


def test_an_event_has_its_own_title(pages: httpx.Client) -> None:
    event = pages.get("/api/v1/events.json", params={"limit": "1"}).json()["events"][0]
    head = Head(pages.get("/agenda", params={"event": event["event_id"]}).text)
    assert head.meta["og:title"] == event["title"]
    assert event["type_label"] in head.meta["description"]
    assert Head(pages.get("/agenda", params={"event": "none"}).text).meta["og:title"][0].isdigit()


@pytest.mark.parametrize("path", ["/nimporte", "/carte/nimporte", "/a/b/c", "/Carte", "/.env"])
def test_an_unknown_page_is_not_found_in_french(pages: httpx.Client, path: str) -> None:
    answer = pages.get(path)
    assert answer.status_code == 404
    assert Head(answer.text).title == "Page introuvable · Mois de l'ESS"
    assert "./static" not in answer.text


def test_pages_answer_head_and_are_never_stale(pages: httpx.Client) -> None:
    got, head = pages.get("/carte"), pages.head("/carte")
    assert (head.status_code, head.content) == (200, b"")
    assert got.headers["cache-control"] == "no-cache"
    assert "etag" not in got.headers
    again = pages.get("/carte", headers={"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"})
    assert again.status_code == 200


def test_a_page_runs_no_inline_script_but_its_own(pages: httpx.Client) -> None:
    answer = pages.get("/")
    policy = answer.headers["content-security-policy"]
    assert "'unsafe-eval'" not in policy
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe-inline" not in scripts
    inline = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    assert inline
    for script in inline:
        assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in scripts
    assert "frame-ancestors 'none'" in policy
    assert "http:" not in policy
    assert answer.headers["permissions-policy"].startswith("geolocation=(self)")
    assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"


def test_streamlit_scripts_come_compressed_and_immutable(pages: httpx.Client) -> None:
    page = pages.get("/").text
    script = re.search(r'src="(/static/js/index[^"]+)"', page)
    assert script
    plain = pages.get(script[1], headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    for encoding, decompress in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        with pages.stream("GET", script[1], headers={"Accept-Encoding": encoding}) as answer:
            raw = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == encoding
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-type"].startswith("text/javascript")
        assert decompress(raw) == plain.content
        assert len(raw) < len(plain.content) / 3
    part = pages.get(script[1], headers={"Range": "bytes=0-9"})
    assert (part.status_code, part.content) == (206, plain.content[:10])


def test_our_files_are_revalidated_or_versioned(pages: httpx.Client) -> None:
    linked = Head(pages.get("/").text).links["stylesheet"]
    assert linked.startswith("/assets/campaign.css?v=")
    versioned = pages.get(linked)
    assert versioned.headers["cache-control"] == "public, max-age=31536000, immutable"
    plain = pages.get("/assets/campaign.css")
    assert plain.headers["cache-control"] == "public, no-cache"
    again = pages.get("/assets/campaign.css", headers={"If-None-Match": plain.headers["etag"]})
    assert again.status_code == 304
    assert pages.get("/favicon.ico").headers["content-type"] == "image/png"


@pytest.mark.parametrize("path", ["/assets/none.css", "/assets/", "/assets/%2e%2e/pyproject.toml", "/static/none.js"])
def test_no_other_file_is_given(pages: httpx.Client, path: str) -> None:
    assert pages.get(path).status_code in (400, 404)


def test_a_foreign_host_gets_no_page(dashboard: str) -> None:
    assert httpx.get(f"{dashboard}/", headers={"Host": "example.org"}).status_code == 400
    page = httpx.get(f"{dashboard}/carte", headers={"Host": "mois.example.org"})
    assert Head(page.text).links["canonical"] == "http://mois.example.org/carte"


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("localhost:8501", "localhost"),
        ("[::1]:8501", "[::1]"),
        ("[::1]", "[::1]"),
        ("MOIS.example.org", "mois.example.org"),
        ("", ""),
        ("a b", ""),
        ("a@localhost", ""),
        ("localhost/x", ""),
        ("localhost:port", ""),
        ("[::1", ""),
    ],
)
def test_the_name_of_a_host(host: str, name: str) -> None:
    assert host_name(host) == name
