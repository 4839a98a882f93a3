"""A followed source leads to public addresses only: whatever its name resolves to, wherever it redirects."""

import logging
import socket
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import httpcore
import httpx
import pytest

from campaign.core.errors import IntakeError
from campaign.core.settings import settings
from campaign.follow import fetcher, followed, network
from campaign.follow.fetcher import Fetcher, open_cache
from campaign.follow.followed import Followed
from campaign.follow.problems import PassingError, SourceError
from tests.following import START, Following, begun
from tests.sources import Agenda, Sources, agenda_event, serving

KEY = "tres-secrete-1234"


@pytest.fixture(scope="module")
def server() -> Iterator[Sources]:
    with serving() as sources:
        yield sources


@pytest.fixture
def following(server: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Following:
    return begun(server, tmp_path, monkeypatch, first_wait_s=0.01, retries_s=0.5)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.1.2.3", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "2002:7f00:1::",
        "2002:0a00:0001::1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "fec0::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not network.is_public(ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"])
def test_public_addresses(address: str) -> None:
    assert network.is_public(ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/a", "ftp://example.org/a", "file:///etc/passwd", "https://a:b@example.org/", "http://127.0.0.1:1/a",
        "http://localhost:8000/a", "https://localhost/a", "http://[::1]:8000/",
    ],
)  # fmt: skip
def test_addresses_that_are_not_asked(url: str) -> None:
    assert not network.may_ask(httpx.URL(url), ("127.0.0.1", 8000))


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Let every lookup give these addresses, in turn; return the addresses that were connected to."""
    connected: list[str] = []
    left = list(answers)

    def looked_up(_host: str, port: int, **_given: Any) -> list[Any]:
        address = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def connect(_self: object, host: str, *_given: Any, **_named: Any) -> httpcore.NetworkStream:
        connected.append(host)
        raise httpcore.ConnectError("not here")

    monkeypatch.setattr(network.socket, "getaddrinfo", looked_up)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    return connected


def fetched(url: str, folder: Path) -> Any:
    cache = open_cache(folder / "cache")
    try:
        with Fetcher(httpx.URL(url), folder, cache) as opened:
            return opened.get(httpx.URL(url))
    finally:
        cache.close()


def test_a_name_of_a_private_network_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connected = resolving(monkeypatch, "10.1.2.3")
    with pytest.raises(SourceError) as raised:
        fetched("https://agenda.example.org/a.csv", tmp_path)
    assert raised.value.code == "address_refused"
    assert connected == []


def test_the_address_that_was_checked_is_the_one_connected_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetcher, "RETRIES_S", 0.0)
    connected = resolving(monkeypatch, "93.184.215.14", "127.0.0.1")  # another answer to the next question
    with pytest.raises(PassingError):
        fetched("https://agenda.example.org/a.csv", tmp_path)
    assert connected == ["93.184.215.14"]


def test_a_setting_allows_a_private_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetcher, "RETRIES_S", 0.0)
    monkeypatch.setattr(settings(), "follow_private", True)
    connected = resolving(monkeypatch, "10.1.2.3")
    with pytest.raises(PassingError):
        fetched("https://agenda.example.org/a.csv", tmp_path)
    assert connected == ["10.1.2.3"]


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:1/a",
        "http://localhost:{port}/files/a.csv",
        "https://10.0.0.1/a",
        "http://example.org/a",
        "file:///etc/hosts",
    ],
)
def test_a_redirection_leads_nowhere_else(server: Sources, tmp_path: Path, target: str) -> None:
    server.file("a.csv", "titre\n")
    port = server.address.rpartition(":")[2]
    with pytest.raises(SourceError) as raised:
        fetched(f"{server.address}/to/x?url={target.format(port=port)}", tmp_path)
    assert raised.value.code == "address_refused"


def test_a_redirection_on_the_same_host_is_followed_and_a_circle_is_left(server: Sources, tmp_path: Path) -> None:
    url = server.file("a.csv", "titre\nAtelier\n")
    assert fetched(f"{server.address}/to/x?url={url}", tmp_path).path.read_text() == "titre\nAtelier\n"
    with pytest.raises(SourceError) as raised:
        fetched(f"{server.address}/around", tmp_path)
    assert raised.value.code == "too_many_redirects"


def test_what_is_too_large_is_left(server: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "follow_mb", 1)
    url = server.file("large.csv", b"x" * (1 << 21))
    with pytest.raises(SourceError) as raised:
        fetched(url, tmp_path)
    assert raised.value.code == "too_large"


@pytest.mark.in_turn
def test_a_key_comes_from_the_environment_and_is_written_nowhere(
    following: Following, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(logging.getLogger("uvicorn.access"), "disabled", True)  # the source's own journal
    agenda = following.sources.agendas["88"] = Agenda(key=KEY)
    agenda.put(*(agenda_event(uid, START) for uid in range(1, 5)))
    following.follow("Agenda", following.sources.agenda("88"), key_env="ESSAI_KEY")
    assert following.one().status == "failed"
    assert following.state("Agenda").reason == "key_missing"
    monkeypatch.setenv("ESSAI_KEY", "clé")  # no header holds it
    assert following.one().status == "failed"
    assert following.state("Agenda").reason == "key_missing"
    monkeypatch.setenv("ESSAI_KEY", KEY)
    assert following.one("Agenda").new == 4
    monkeypatch.setenv("ESSAI_KEY", KEY + "-fausse")
    assert following.one("Agenda", is_full=True).status == "failed"
    assert any(KEY in seen for seen in following.sources.seen)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert KEY.encode() not in path.read_bytes(), path
    assert KEY not in caplog.text
    assert KEY not in repr(following.runs)


def test_a_key_is_not_sent_to_another_host() -> None:
    class Inner(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            return httpx.Response(403 if "key" in request.url.params else 200, headers=request.headers)

    keyed = fetcher._Keyed(Inner(), ("a.example", 443), {"key": KEY}, "key")
    assert keyed.handle_request(httpx.Request("GET", "https://a.example/")).headers["key"] == KEY
    assert "key" not in keyed.handle_request(httpx.Request("GET", "https://b.example/")).headers


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("https://b.example/new?size=3&{}", "https://b.example/new?size=3"),
        ("/new?{}#{}", "/new#part"),
        ("https://b.example:x/?{}", "https://b.example:x/"),
        ("/new?size=3", "/new?size=3"),
    ],
)
def test_a_redirect_that_repeats_the_question_holds_no_key(location: str, expected: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if "key" not in request.url.params:
            return httpx.Response(401)
        query = request.url.query.decode()
        echoed = {"link": f"</?{query}>; rel=next", "content-location": f"/?{query}", "x-question": query}
        return httpx.Response(302, headers={"location": location.format(query, "part"), "etag": '"a"', **echoed})

    keyed = fetcher._Keyed(httpx.MockTransport(answer), ("a.example", 443), {"key": f"{KEY} &+"}, "key")
    headers = keyed.handle_request(httpx.Request("GET", "https://a.example/")).headers
    assert headers == {"location": expected, "etag": '"a"'}


@pytest.mark.parametrize(
    ("url", "given"),
    [
        ("https://api.openagenda.com/v2/agendas/1/events?key=abc", {}),
        ("https://a:b@example.org/a.csv", {}),
        ("http://example.org/a.csv", {}),
        ("ftp://example.org/a.csv", {}),
        ("https://example.org/a.csv", {"every": "bientôt"}),
        ("https://example.org/a.csv", {"key_env": "pas un nom"}),
        ("https://example.org/a.csv", {"licence": " "}),
        ("https://example.org/a.csv", {"name": "é" * 101}),
    ],
)
def test_what_cannot_be_followed(following: Following, url: str, given: dict[str, str]) -> None:
    with pytest.raises(IntakeError, match="100 caractères" if "name" in given else None):
        followed.add(Followed(**{"name": "Source", "url": url, "licence": "Licence Ouverte 2.0"} | given))
    assert followed.load() == []


def test_the_file_of_sources_keeps_what_people_wrote(following: Following) -> None:
    settings().sources.write_text(
        '# À moi\n[[sources]]\nname = "Un"  # le premier\nurl = "https://example.org/un.csv"\nlicence = "Licence Ouverte 2.0"\n',
        "utf-8",
    )
    following.follow("Deux", "https://example.org/deux.ics", every="15m")
    followed.pause("Un", is_paused=True)
    text = settings().sources.read_text("utf-8")
    assert "# À moi" in text
    assert "# le premier" in text
    assert [(each.name, each.paused) for each in followed.load()] == [("Un", True), ("Deux", False)]
    followed.pause("Un", is_paused=False)
    followed.remove("Deux")
    assert [(each.name, each.paused) for each in followed.load()] == [("Un", False)]
    with pytest.raises(IntakeError, match="Trois"):
        followed.remove("Trois")
