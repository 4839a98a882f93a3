"""Frames for other sites: a name, a table, no script; for every site, for those that the settings name, or for none."""

import re
from pathlib import Path

import httpx
import pytest
from markupsafe import escape

from campaign.core.settings import settings
from campaign.drawings import frames
from campaign.drawings.catalogue import DRAWINGS
from campaign.filters import Filters
from campaign.store.search import Search
from campaign.view.components import figures


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_drawing_has_a_frame_with_a_name_and_a_table(client: httpx.Client, name: str) -> None:
    answer = client.get(f"/embed/{name}", params={"edition": "2014"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    title = re.search(r"<title>(.+?)</title>", answer.text)
    assert title
    assert answer.text.count("<svg") == 2
    assert "<table>" in answer.text
    assert "<script" not in answer.text
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//(?!127\.0\.0\.1)", answer.text)
    ids = re.findall(r'\bid="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))
    for reference in re.findall(r"url\(#([^)]+)\)", answer.text):
        assert reference in ids
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_the_numbers_of_the_table_are_those_of_the_counts(client: httpx.Client) -> None:
    rows = client.get("/api/v1/counts.json", params={"edition": "2014", "by": "type"}).json()["rows"]
    html = client.get("/embed/types", params={"edition": "2014"}).text
    for row in rows:
        assert f'<th scope="row">{escape(row["label"])}</th><td>{row["count"]}</td>' in html


def test_any_site_may_show_a_drawing_and_none_a_page(client: httpx.Client) -> None:
    frame = client.get("/embed/carte").headers
    assert frame["content-security-policy"].endswith("frame-ancestors *")
    assert "x-frame-options" not in frame
    for path in (
        "/",
        "/agenda",
        "/healthz",
        "/api/v1/counts.json",
        "/badge/france.svg",
        "/embed/rien",
        "/figures/carte.svg",
    ):
        headers = client.get(path).headers
        assert headers["x-frame-options"] == "DENY", path
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path


@pytest.mark.parametrize("path", ["/embed/carte", "/api/v1/counts.json"])
def test_an_answer_that_is_unchanged_leaves_the_policy_of_the_one_that_was_kept(
    client: httpx.Client, path: str
) -> None:
    """A frame that a reader came back to was refused by the other site's page: what 304 says replaces what was kept."""
    answer = client.get(path)
    again = client.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert not {"content-security-policy", "x-frame-options"} & set(again.headers)
    assert again.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("listed", ["none", " NONE "])
def test_no_site_may_show_a_drawing_where_the_setting_says_none(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch, listed: str
) -> None:
    monkeypatch.setattr(settings(), "embed_hosts", listed)
    headers = client.get("/embed/carte").headers
    assert headers["content-security-policy"].endswith("frame-ancestors 'none'")
    assert headers["x-frame-options"] == "DENY"
    assert frames.hosts() == []


def test_a_list_that_names_no_host_lets_nobody_in(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "embed_hosts", "http://a/b ; 'none'")
    policy = client.get("/embed/carte").headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self'")


def test_only_named_hosts_may_show_a_frame(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "embed_hosts", "https://exemple.org, *.cress.example 'none' ; x;y http://a/b")
    policy = client.get("/embed/carte", params={"region": "53"}).headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self' https://exemple.org *.cress.example")
    assert client.get("/api/v1/counts.json").headers["x-frame-options"] == "DENY"


def test_wrong_names_filters_and_themes_are_refused(client: httpx.Client) -> None:
    assert client.get("/embed/rien").status_code == 404
    assert client.get("/embed/").status_code == 404
    assert client.get("/embed/carte/x").status_code == 404
    for query in ("region=99", "theme=nuit", "theme=dark&theme=light"):
        answer = client.get(f"/embed/carte?{query}")
        assert answer.status_code == 400, query
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_frame_can_be_dark_and_filtered_by_a_theme(client: httpx.Client) -> None:
    theme = client.get("/api/v1/counts.json", params={"by": "theme"}).json()["rows"][0]["theme"]
    html = client.get(f"/embed/types?theme=dark&theme={theme}").text
    assert 'data-theme="dark"' in html


def test_the_snippet_is_one_frame_with_its_title() -> None:
    code = frames.snippet(
        "carte",
        'Carte "de" <France>',
        Filters(editions=(2014,), q=Search("a&b", ("a&b",), ())),
        "https://mois.example.org",
    )
    assert code.startswith(
        '<iframe src="https://mois.example.org/embed/carte?edition=2014&amp;q=a%26b" title="Carte &#34;de'
    )
    assert code.count("<") == 2


def test_fonts_are_served_here(client: httpx.Client) -> None:
    for address in re.findall(r"url\((/embed/fonts/[^)]+)\)", client.get("/embed/carte").text):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("name", "option"),
    [
        ("rythme", ("align", "weekday")),
        ("ecart", ("against", "2012")),
        ("couverture-lieux", ("within", "5")),
        ("regions-editions", ("scale", "indexed")),
    ],
)
def test_a_frame_shows_a_drawing_with_its_options_and_leads_back_to_them(
    client: httpx.Client, name: str, option: tuple[str, str]
) -> None:
    assert name in DRAWINGS
    plain = client.get(f"/embed/{name}", params=[("edition", "2014")])
    answer = client.get(f"/embed/{name}", params=[("edition", "2014"), option])
    assert answer.status_code == 200
    assert answer.text != plain.text
    back = re.search(r'href="([^"]+)"[^>]*target="_blank"', answer.text) or re.search(
        r'target="_blank"[^>]*href="([^"]+)"', answer.text
    )
    assert back
    assert "=".join(option) in back[1]
    assert client.get(f"/embed/{name}", params=[("edition", "2014"), (option[0], "zzz")]).status_code == 400


def test_every_drawing_offers_its_frame(reading_demo: Path) -> None:
    chosen = Filters(editions=(2014,))
    html = figures.files_html("ecart", chosen, against=2012)
    assert "/embed/ecart?edition=2014&amp;against=2012" in html
