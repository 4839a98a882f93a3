"""Requests are named, counted, logged without what is nobody's business, and heavy ones limited; other pages cannot write."""

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.middleware import Middleware

from campaign import web
from campaign.core.settings import ROOT, settings
from campaign.web import journal
from campaign.web.heavy import Heavy
from campaign.web.limit import TokenBuckets, cost
from campaign.web.observed import Observed, route_of
from campaign.web.security import is_own_origin
from tests.units.conftest import eventually, served

NAMES = {
    "campaign_requests_total", "campaign_request_seconds_bucket", "campaign_request_seconds_sum",
    "campaign_request_seconds_count", "campaign_open_sessions", "campaign_limited_total", "campaign_queries_total",
    "campaign_cached_answers_total", "campaign_cached_answers", "campaign_file_ok", "campaign_file_age_seconds",
    "campaign_file_bytes", "campaign_memory_bytes", "campaign_heavy_broken_total",
}  # fmt: skip


def samples(text: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Return what Prometheus reads, by name and labels."""
    families = text_string_to_metric_families(text)
    return {(each.name, tuple(sorted(each.labels.items()))): each.value for of in families for each in of.samples}


@pytest.fixture
def observed(reading_demo: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    monkeypatch.setattr(settings(), "log", "requests")
    routes = tuple(web.routes())
    around = [web.middleware()[0], Middleware(Observed, routes=routes), Middleware(Heavy)]
    application = Starlette(routes=list(routes), middleware=around)
    with served(application) as address, httpx.Client(base_url=address) as client:
        yield client


def test_a_request_keeps_its_name_or_is_given_one(observed: httpx.Client) -> None:
    assert observed.get("/healthz", headers={"X-Request-ID": "probe-12345"}).headers["X-Request-ID"] == "probe-12345"
    given = observed.get("/healthz", headers={"X-Request-ID": 'a"}{"b":1'}).headers["X-Request-ID"]
    assert len(given) == 32
    assert observed.get("/healthz").headers["X-Request-ID"] != given


def test_the_log_is_json_without_what_was_asked_for(observed: httpx.Client, capsys: pytest.CaptureFixture[str]) -> None:
    handler = next(
        each for each in logging.getLogger("campaign").handlers if isinstance(each.formatter, journal.JsonLines)
    )
    lines: list[str] = []
    handler.emit = lambda record: lines.append(handler.format(record))  # type: ignore[method-assign]
    try:
        observed.get("/api/v1/counts.json?q=jean.dupont%40exemple.fr", headers={"X-Request-ID": "search-0001"})
        observed.get("/jean.dupont@exemple.fr")
        eventually(lambda: len(lines) == 2)  # a line follows its answer
    finally:
        del handler.emit
    entries = [json.loads(line) for line in lines]
    assert [(each["route"], each["status"]) for each in entries] == [("/api/v1/counts.json", 200), ("(other)", 404)]
    assert entries[0]["request_id"] == "search-0001"
    assert "dupont" not in "".join(lines)
    assert "127.0.0.1" not in "".join(lines)


def test_metrics_count_and_are_for_this_machine(observed: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = samples(observed.get("/metrics").text)
    observed.get("/badge/france.svg")
    answer = observed.get("/metrics")
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    after = samples(answer.text)
    badge = (("route", "/badge/france.svg"), ("status", "200"))
    assert after["campaign_requests_total", badge] == before.get(("campaign_requests_total", badge), 0) + 1
    buckets = {dict(labels)["le"] for name, labels in after if name == "campaign_request_seconds_bucket"}
    assert buckets == {"0.005", "0.025", "0.1", "0.25", "1.0", "2.5", "10.0", "+Inf"}
    assert {name for name, _labels in after} == NAMES
    assert after["campaign_file_ok", ()] == 1
    assert after["campaign_memory_bytes", ()] > 10_000_000
    answers = ("campaign_queries_total", ()), ("campaign_cached_answers_total", ())
    assert sum(after[each] for each in answers) > sum(before[each] for each in answers)
    documented = (ROOT / "docs/operations.md").read_text("utf-8")
    metrics = re.findall(r"^# TYPE (\w+)", answer.text, re.MULTILINE)
    assert [name for name in metrics if f"`{name}`" not in documented] == []
    outside = {"X-Forwarded-For": "192.0.2.7"}  # uvicorn believes the proxy of this machine
    assert observed.get("/metrics", headers=outside).status_code == 404
    monkeypatch.setattr(settings(), "public_metrics", True)
    assert observed.get("/metrics", headers=outside).status_code == 200


def test_heavy_addresses_are_limited_per_client(observed: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "heavy_per_minute", 15)
    first, second = {"X-Forwarded-For": "192.0.2.1"}, {"X-Forwarded-For": "192.0.2.2"}
    address = "/api/v1/events.csv?edition=2014&region=53"
    assert [observed.get(address, headers=first).status_code for _turn in range(4)] == [200, 200, 200, 429]
    refused = observed.get(address, headers=first)
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert 0 < int(refused.headers["Retry-After"]) <= 20
    assert observed.get(address, headers=second).status_code == 200
    assert observed.get("/badge/france.svg", headers=first).status_code == 200


def test_a_purse_fills_again() -> None:
    now = [0.0]
    purses = TokenBuckets(lambda: now[0])
    assert purses.wait("a", 60, 60) == 0
    assert purses.wait("a", 5, 60) == 5
    now[0] = 5.0
    assert purses.wait("a", 5, 60) == 0
    assert purses.wait("a", 1, 0) == 0  # no limit
    now[0] = 600.0
    assert purses.wait("a", 1000, 60) == 0  # dearer than a purse holds: once a minute


@pytest.mark.parametrize(
    ("path", "points"),
    [
        ("/kits/presse.zip", 15), ("/programme.pdf", 15), ("/reports/bilan.docx", 15), ("/api/v1/events.xlsx", 20),
        ("/figures/carte.png", 3), ("/figures/carte.svg", 3), ("/embed/carte", 3), ("/apercu/carte.png", 3),
        ("/api/v1/events.csv", 5), ("/api/v1/events.json", 1), ("/healthz", 0), ("/badge/france.svg", 0),
        ("/embed/fonts/a.woff2", 0), ("/api/v1/openapi.json", 0),
    ],
)  # fmt: skip
def test_what_is_heavy(path: str, points: int) -> None:
    assert cost(path) == points


def test_few_names_of_routes() -> None:
    routes = tuple(web.routes())
    names = {route_of(f"/{path}", routes) for path in ("a", "b/c", "../etc/passwd", "wp-login.php")}
    assert names == {"(other)"}
    assert route_of("/agenda", routes) == "/agenda"
    assert route_of("/static/js/index.abc.js", routes) == "/static/"


@pytest.mark.parametrize(
    ("origin", "is_ours"),
    [
        (None, True), ("http://localhost:8501", True), ("HTTP://LOCALHOST:8501", True), ("https://localhost:8501", True),
        ("http://localhost", False), ("http://localhost:8502", False), ("https://127.0.0.1", False), ("null", False),
        ("", False), ("https://elsewhere.example", False), ("https://localhost.elsewhere.example", False),
        ("file://localhost:8501", False), ("https://localhost:8501@elsewhere.example", False),
        ("https://mois.example.org", True), ("https://mois.example.org:443", True), ("http://mois.example.org", False),
        ("https://mois.example.org:8443", False), ("https://autre.example.org", True), ("http://autre.example.org:80", True),
        ("https://autre.example.org:8443", False),
    ],
)  # fmt: skip
def test_origins(origin: str | None, is_ours: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "public_url", "https://mois.example.org/")
    monkeypatch.setattr(settings(), "hosts", "autre.example.org")
    assert is_own_origin(origin, "localhost:8501") is is_ours


def test_the_browser_is_told_to_stay_encrypted_where_the_public_address_is(
    observed: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Strict-Transport-Security" not in observed.get("/healthz").headers
    monkeypatch.setattr(settings(), "public_url", "https://mois.example.org")
    for path in ("/healthz", "/robots.txt", "/assets/campaign.css", "/nothing"):
        assert observed.get(path).headers["Strict-Transport-Security"] == "max-age=31536000", path


@pytest.mark.parametrize("path", ["/metrics", "/_stcore/metrics"])
def test_counts_are_for_this_machine(observed: httpx.Client, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = {"X-Forwarded-For": "192.0.2.7"}
    refused = observed.get(path, headers=outside)
    assert refused.status_code == 404
    assert "la machine elle-même" in refused.json()["detail"]
    assert "la machine elle-même" not in observed.get(path).text
    monkeypatch.setattr(settings(), "public_metrics", True)
    assert "la machine elle-même" not in observed.get(path, headers=outside).text


def test_another_sites_page_can_read_and_not_write(observed: httpx.Client) -> None:
    other = {"Origin": "https://elsewhere.example"}
    assert observed.get("/healthz", headers=other).status_code == 200
    refused = observed.post("/healthz", headers=other)
    assert refused.status_code == 403
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert observed.post("/healthz", headers={"Origin": str(observed.base_url)}).status_code == 405
