"""What all addresses share: methods, cross-origin reading, conditional requests, problems, one snapshot."""

import re
from pathlib import Path

import httpx
import pytest

from campaign import store
from campaign.api import health
from campaign.core.settings import settings
from campaign.filters import codes

ADDRESSES = (
    "/healthz",
    "/api/v1/events.json?region=53",
    "/api/v1/events.csv?region=53",
    "/api/v1/events.xlsx?region=53",
    "/api/v1/events.geojson?region=53",
    "/api/v1/events.parquet?region=53",
    "/api/v1/events.ics?region=53",
    "/api/v1/events.rss?region=53",
    "/api/v1/counts.json?by=region",
    "/api/v1/figures.json",
    "/api/v1/openapi.json",
    "/badge/france.svg",
    "/badge/region/53.svg",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_can_be_revalidated_and_read_from_elsewhere(client: httpx.Client, address: str) -> None:
    first = client.get(address)
    assert first.status_code == 200
    assert first.headers["access-control-allow-origin"] == "*"
    assert first.headers["x-content-type-options"] == "nosniff"
    assert first.headers["last-modified"] == client.get("/healthz").headers["last-modified"]
    again = client.get(address, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get(address, headers={"If-None-Match": "*"}).status_code == 304
    for since in (first.headers["last-modified"], "Fri, 01 Jan 2100 00:00:00 GMT", "hier"):
        assert client.get(address, headers={"If-Modified-Since": since}).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_has_the_headers_of_get_and_no_body(client: httpx.Client, address: str) -> None:
    got, head = client.get(address), client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("etag", "content-type", "last-modified"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_preflight_is_answered_and_other_methods_are_refused(client: httpx.Client, address: str) -> None:
    preflight = client.options(address)
    assert preflight.status_code == 204
    assert "GET" in preflight.headers["access-control-allow-methods"]
    refused = client.post(address)
    assert refused.status_code == 405
    assert refused.headers["allow"] == "GET, HEAD, OPTIONS"
    assert refused.headers["content-type"] == "application/problem+json"


def test_the_etag_follows_the_address(client: httpx.Client) -> None:
    etags = {client.get(address).headers["etag"] for address in ADDRESSES}
    assert len(etags) == len(ADDRESSES)


@pytest.mark.parametrize(
    "address",
    [
        "/api",
        "/api/",
        "/api/v1",
        "/api/v1/events",
        "/api/v1/events/unknown.json",
        "/api/v2/events.json",
        "/badge",
        "/badge/",
        "/badge/region/99.svg",
        "/badge/region/21.svg?nomenclature=2016",
        "/badge/departement/35.svg",
    ],
)
def test_an_unknown_address_is_a_problem_of_its_own(client: httpx.Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert set(body) == {"type", "title", "status", "detail"}
    assert body["status"] == 404
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/api/v1/events.json?regions=53", "regions"),
        ("/api/v1/events.json?region=99", "region"),
        ("/api/v1/events.json?region=24&nomenclature=2015", "nomenclature"),
        ("/api/v1/events.json?region=21&nomenclature=2016", "region"),
        ("/api/v1/events.json?edition=1999", "edition"),
        ("/api/v1/events.json?edition=all&edition=2014", "edition"),
        ("/api/v1/events.json?from=2014-13-01", "from"),
        ("/api/v1/events.json?from=2014-W45-1", "from"),
        ("/api/v1/events.json?from=2014-11-05&to=2014-11-04", "to"),
        ("/api/v1/events.json?limit=0", "limit"),
        ("/api/v1/events.json?limit=1001", "limit"),
        ("/api/v1/events.json?limit=", "limit"),
        ("/api/v1/events.json?limit=1&limit=2", "limit"),
        ("/api/v1/events.json?after=abc", "after"),
        ("/api/v1/events.json?by=region", "by"),
        ("/api/v1/events.json?dialect=fr", "dialect"),
        ("/api/v1/events.csv?dialect=en", "dialect"),
        ("/api/v1/events.csv?limit=10", "limit"),
        ("/api/v1/events.ics?type=concert", "type"),
        ("/api/v1/counts.json?by=commune", "by"),
        ("/api/v1/counts.json?by=", "by"),
        ("/api/v1/counts.json?unit=people", "unit"),
        ("/api/v1/counts.json?near=00000", "near"),
        ("/api/v1/counts.json?radius_km=201", "radius_km"),
        ("/api/v1/counts.json?radius_km=1_0", "radius_km"),
        ("/api/v1/counts.json?commune=00000", "commune"),
        ("/api/v1/counts.json?organiser=nobody", "organiser"),
        ("/api/v1/counts.json?q=%00", "q"),
        ("/api/v1/figures.json?type=atelier", "type"),
        ("/badge/france.svg?region=53", "region"),
    ],
)
def test_a_wrong_parameter_is_named(client: httpx.Client, address: str, parameter: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (body["status"], body["parameter"]) == (400, parameter)
    assert body["detail"].endswith(".")


@pytest.mark.parametrize(
    ("address", "accepted", "title", "language"),
    [
        ("/api/v1/nothing", "", "Adresse inconnue", "fr"),
        ("/api/v1/nothing", "en;q=0, de", "Adresse inconnue", "fr"),
        ("/api/v1/nothing?lang=en", "fr", "Unknown address", "en"),
        ("/badge/region/99.svg", "de, en-GB;q=0.8, fr;q=0.4", "Unknown address", "en"),
        ("/api/v1/counts.json?lang=en&by=humeur", "", "Parameter refused", "en"),
        (
            "/api/v1/counts.json?region=44&nomenclature=2014&edition=2014",
            "en;q=x, en;q=0.1, fr",
            "Paramètre refusé",
            "fr",
        ),
        ("/api/v1/events.json?lang=fr&limit=0", "en", "Paramètre refusé", "fr"),
    ],
)
def test_what_is_wrong_is_said_in_the_language_that_is_asked_for(
    client: httpx.Client, address: str, accepted: str, title: str, language: str
) -> None:
    answer = client.get(address, headers={"Accept-Language": accepted})
    assert (answer.json()["title"], answer.headers["content-language"]) == (title, language)
    assert language == "en" or re.search("«|découpage", answer.json()["detail"])
    assert language == "fr" or "«" not in answer.json()["detail"]


def test_health_says_what_the_file_is(client: httpx.Client) -> None:
    body = client.get("/healthz?probe=1").json()
    assert body["status"] == "ok"
    assert body["editions"] == list(range(2008, 2015))
    assert (body["current"], body["events"], body["is_demo"]) == (2014, 2000, True)
    assert body["data_date"].startswith("2015-01-13T")


def test_a_missing_file_is_said_without_a_trace(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings(), "db", tmp_path / "none.duckdb")
    for address in ADDRESSES:
        answer = client.get(address)
        assert answer.status_code == 503
        assert answer.headers["content-type"] == "application/problem+json"
        assert str(tmp_path) not in answer.text


def test_an_unforeseen_error_is_logged_and_not_shown(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(name: str, **params: object) -> store.Answer:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(health.store, "query", broken)
    answer = client.get("/healthz")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text
    assert "ZeroDivisionError" in caplog.text


def test_a_foreign_host_is_refused(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for host in ("example.org", "localhost.example.org", "127.0.0.1.example.org", "localhost@example.org", ""):
        assert client.get("/healthz", headers={"Host": host}).status_code == 400, host
    for host in ("localhost:8501", "127.0.0.1", "[::1]:8501", "LOCALHOST"):
        assert client.get("/healthz", headers={"Host": host}).status_code == 200, host
    monkeypatch.setattr(settings(), "hosts", "mois.example.org, autre.example.org:8443")
    for host in ("mois.example.org", "mois.example.org:443", "autre.example.org"):
        assert client.get("/healthz", headers={"Host": host}).status_code == 200, host
    assert client.get("/healthz", headers={"Host": "example.org"}).status_code == 400


@pytest.mark.parametrize("nomenclature", [2014, 2016])
def test_every_region_of_either_nomenclature_has_a_badge(client: httpx.Client, nomenclature: int) -> None:
    known = codes().regions
    assert len(known[nomenclature]) > 17
    for code in sorted(known[nomenclature]):
        explicit = client.get(f"/badge/region/{code}.svg", params={"nomenclature": str(nomenclature)})
        plain = client.get(f"/badge/region/{code}.svg")
        assert (explicit.status_code, plain.status_code) == (200, 200), code
        if code not in known[2014] or nomenclature == 2014:  # where both have the code, the default one is meant
            assert plain.text == explicit.text, code


def test_a_badge_names_the_region_of_its_code(client: httpx.Client) -> None:
    assert "Normandie" in client.get("/badge/region/28.svg").text
    assert "Hauts-de-France" in client.get("/badge/region/32.svg").text
    assert client.get("/badge/region/28.svg?nomenclature=2014").status_code == 404
    assert client.get("/badge/region/26.svg?nomenclature=2016").status_code == 404
