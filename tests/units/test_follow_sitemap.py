"""A sitemap that is followed: its pages' schema.org events come, change and go with their pages; other hosts are not asked."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.following import Following, begun
from tests.sources import Sources, serving


@pytest.fixture(scope="module")
def server() -> Iterator[Sources]:
    with serving() as sources:
        yield sources


@pytest.fixture
def following(server: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Following:
    return begun(server, tmp_path, monkeypatch, first_wait_s=0.01, retries_s=0.1)


def page(following: Following, number: int, title: str = "", *, more: str = "") -> str:
    event = {
        "@context": "https://schema.org", "@type": "Event", "name": title or f"Atelier {number}", "startDate": "2014-11-05T18:00",
        "location": {"@type": "Place", "name": "Salle", "address": {"postalCode": "35000", "addressLocality": "Rennes"}},
    }  # fmt: skip
    script = f'<script type="application/ld+json">{json.dumps(event)}</script>'
    html = f"<!DOCTYPE html><html><head>{script}{more}</head><body>Page</body></html>"
    return following.sources.file(f"p{number}.html", html, "text/html")


def sitemap(following: Following, *pages: str, name: str = "sitemap.xml", root: str = "urlset") -> str:
    listed = "".join(f"<url><loc>{address}</loc></url>" for address in pages)
    xml = f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</{root}>'
    return following.sources.file(name, xml, "application/xml")


@pytest.mark.in_turn
def test_the_events_of_its_pages_come_change_and_go(following: Following) -> None:
    broken = '<script type="application/ld+json">{broken</script>'
    pages = [page(following, number, more=broken) for number in range(12)]
    plain = following.sources.file("plain.html", "<html><body>Accueil</body></html>", "text/html")
    following.follow("Site", sitemap(following, *pages, plain, pages[0], "https://ailleurs.invalid/x"))
    assert following.one().new == 12
    assert set(following.titles()) == set(pages)
    assert following.rows("select format from imports") == [("sitemap",)]
    assert following.one().status == "unchanged"
    page(following, 3, "Un autre titre")
    assert following.one().updated == 1
    del following.sources.files["p5.html"]
    assert following.one("Site", is_full=True).withdrawn == 1
    assert "ailleurs.invalid" not in "".join(following.sources.seen)


@pytest.mark.in_turn
def test_a_list_of_sitemaps_is_read(following: Following) -> None:
    inner = [sitemap(following, page(following, n), name=f"s{n}.xml") for n in range(2)]
    following.follow("Site", sitemap(following, *inner, root="sitemapindex"))
    assert following.one().new == 2


@pytest.mark.in_turn
def test_a_sitemap_without_pages_any_more_is_held_and_a_failing_page_leaves_all(following: Following) -> None:
    pages = [page(following, number) for number in range(3)]
    following.follow("Site", sitemap(following, *pages))
    following.one()
    following.sources.faults["/files/p1.html"] = ["500"] * 99
    assert following.one().status == "failed"
    following.sources.faults.clear()
    sitemap(following)
    assert following.one("Site", is_full=True).status == "held"
    assert len(following.titles()) == 3


def test_entities_of_a_sitemap_are_not_resolved(following: Following, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", "utf-8")
    xml = f'<!DOCTYPE u [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><urlset><url><loc>{following.sources.address}/&x;</loc></url></urlset>'
    following.follow("Site", following.sources.file("sitemap.xml", xml, "application/xml"))
    following.one()
    assert "secret" not in "".join(path for path, _status in following.sources.requests)
