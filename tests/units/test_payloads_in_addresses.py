"""Whatever stands in an address or a header, the answer is one of ours: no error of the server, no trace, nothing that runs."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx
import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from streamlit import file_util

from campaign import web
from campaign.core.pages import PAGES
from campaign.core.settings import settings
from campaign.filters import names
from campaign.web.heading import heading
from campaign.web.shell import CONNECTION, rewritten
from campaign.web.signin import remembered
from tests.payloads import PAYLOADS, TRACES, dangers, svg_dangers
from tests.units.conftest import served

INLINE = "<script>\n      window.prerenderReady = false\n    </script>"
OWN = (
    "by",
    "limit",
    "after",
    "dialect",
    "size",
    "against",
    "within",
    "theme",
    "event",
    "lat",
    "lon",
    "page",
    "view",
    "layer",
)
PARAMETERS = (*names(), *OWN, "unknown", "__proto__", "edition[]", "")
QUICK = (
    "/api/v1/counts.json", "/api/v1/events.json", "/api/v1/events.csv", "/api/v1/events.geojson", "/api/v1/events.ics",
    "/api/v1/events.rss", "/api/v1/figures.json", "/badge/france.svg", "/badge/region/53.svg", "/near.json", "/ask.json",
    "/communes.json", "/alerts.atom",
    "/figures/carte.svg", "/figures/editions.csv", "/embed/regions", "/healthz", "/metrics",
)  # fmt: skip
SLOW = (
    "/api/v1/events.xlsx", "/api/v1/events.parquet", "/api/v1/findings.xlsx", "/figures/types.png", "/apercu/agenda.png",
    "/kits/presse.zip", "/programme.pdf", "/programme.txt", "/reports/bilan.docx", "/api/v1/events.duckdb",
)  # fmt: skip
NAMED = (
    "/figures/{}.svg", "/figures/carte.{}", "/embed/{}", "/embed/fonts/{}", "/badge/region/{}.svg", "/badge/{}", "/apercu/{}.png",
    "/api/v1/events/{}.ics", "/api/v1/events.{}", "/api/{}", "/assets/{}", "/kits/{}", "/reports/{}", "/reports/bilan.{}",
)  # fmt: skip
HEADERS = (
    "X-Request-ID", "Accept-Encoding", "If-None-Match", "If-Modified-Since", "Cookie", "Referer", "User-Agent", "Range",
    "X-Forwarded-For", "X-Forwarded-Proto", "Accept-Language", "X-Forwarded-Host",
)  # fmt: skip


@pytest.fixture(scope="module")
def everything() -> Iterator[str]:
    """Every address of ours behind all of our middleware, but for Streamlit's own."""
    with served(Starlette(routes=web.routes(), middleware=web.middleware()[:3])) as base_url:
        yield base_url


@pytest.fixture
def asking(everything: str, reading_demo: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    monkeypatch.setattr(settings(), "heavy_per_minute", 0)
    with httpx.Client(base_url=everything, timeout=60) as client:
        yield client


def check(answer: httpx.Response, *, allowed: tuple[int, ...] = (200, 304, 400, 404)) -> None:
    """What no answer may be, whatever was asked."""
    address = f"{answer.request.url}"[:200]
    assert answer.status_code in allowed, (address, answer.status_code, answer.text[:200])
    assert "stolen" not in str(answer.headers), address
    assert "content-security-policy" in answer.headers or answer.headers["content-type"].startswith("text/"), address
    assert answer.headers["x-content-type-options"] == "nosniff"
    kind = answer.headers.get("content-type", "")
    if answer.status_code in (400, 404) and not kind.startswith("text/plain"):
        assert kind == "application/problem+json", address
        assert answer.json()["status"] == answer.status_code
        assert len(answer.content) < 100_000
    if kind.startswith(("text/", "application/json", "application/problem")):
        assert not TRACES.search(answer.text), address
    if kind.startswith("text/html"):
        assert dangers(answer.text) == [], address
    if kind.startswith("image/svg"):
        assert svg_dangers(answer.content) == [], address


def fits(value: str) -> str:
    return value[:2000]  # longer addresses are refused by the server before they reach us


@pytest.mark.matrix(every=3)
@pytest.mark.parametrize("name", PARAMETERS)
def test_every_parameter_takes_every_payload(asking: httpx.Client, name: str) -> None:
    for payload in PAYLOADS.values():
        check(asking.get(f"/api/v1/counts.json?{urlencode({name: fits(payload)})}"))


@pytest.mark.matrix(every=3, first=1)
@pytest.mark.parametrize("path", [*QUICK, *SLOW])
def test_every_address_takes_every_parameter(asking: httpx.Client, path: str) -> None:
    payloads = itertools.cycle(PAYLOADS.values())
    for name in PARAMETERS:
        if path not in SLOW or name != "q":
            check(asking.get(f"{path}?{urlencode({name: fits(next(payloads))})}"))


@pytest.mark.matrix(every=4, first=3)
@pytest.mark.parametrize("path", [*QUICK, "/programme.txt"])
def test_every_address_is_searched_for_every_payload(asking: httpx.Client, path: str) -> None:
    for payload in PAYLOADS.values():
        words = "".join(sign for sign in payload[:200] if sign.isprintable())
        check(asking.get(f"{path}?{urlencode({'edition': '2014', 'q': words})}"))


@pytest.mark.matrix(every=3)
@pytest.mark.parametrize("path", NAMED)
def test_every_name_within_an_address(asking: httpx.Client, path: str) -> None:
    for payload in PAYLOADS.values():
        check(asking.get(path.format(quote(fits(payload), safe=""))))
        check(asking.get(path.format(quote(fits(payload)))))


@pytest.mark.parametrize("name", HEADERS)
def test_every_header(asking: httpx.Client, name: str) -> None:
    for payload in PAYLOADS.values():
        value = "".join(sign for sign in fits(payload) if " " <= sign != "\x7f").encode()
        check(asking.get("/healthz", headers={name.encode(): value.strip()}))


@pytest.mark.parametrize(
    "raw",
    [
        b"/%00", b"/api/v1/%ff%fe", b"/%0d%0aSet-Cookie:stolen=1", b"/api/../../etc/passwd",
        b"//elsewhere.example/%2e%2e",
    ],
)  # fmt: skip
def test_addresses_that_are_none(asking: httpx.Client, raw: bytes) -> None:
    answer = asking.get(httpx.URL(str(asking.base_url)).copy_with(raw_path=raw))
    assert answer.status_code in (400, 404)
    assert not TRACES.search(answer.text)
    assert "stolen" not in str(answer.headers)


@pytest.mark.parametrize("name", ["q", "event", "lang", "edition", "region", "organiser", "unknown"])
def test_the_head_of_every_page(reading_demo: Path, name: str) -> None:
    shell = Path(file_util.get_static_dir(), "index.html").read_text("utf-8")
    for entry, payload in zip(itertools.cycle(PAGES), PAYLOADS.values(), strict=False):
        page = rewritten(shell, heading(entry.path, [(name, payload)], "https://example.org"))
        assert dangers(page, own_inline=(INLINE, CONNECTION)) == [], (entry.key, payload[:40])
        assert page.count("</head>") == page.count("</html>") == 1
        assert 'content="https://example.org/apercu/' in page


def test_a_view_is_come_back_to_only_if_it_is_ours() -> None:
    for payload in (
        *PAYLOADS.values(),
        "//elsewhere.example",
        "/\\elsewhere.example",
        "https://elsewhere.example",
        "/a\r\nb",
    ):
        for value in (quote(payload, safe=""), payload[:500]):
            view = remembered(Headers(raw=[(b"cookie", f"campaign_view={value}".encode())]))
            assert view is None or (view.startswith("/") and view[1:2] not in ("/", "\\") and "\n" not in view), payload
