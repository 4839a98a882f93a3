"""What a page shows leads on within the site: marks of drawings, cells of heat tables, chambers."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from campaign import filters, store
from campaign.analysis.figures import gather
from campaign.core.pages import PAGES, PageEntry
from campaign.view import organisers
from campaign.view.frame.parameters import ORGANISER_SIZES
from campaign.wording import labels
from tests.pages.conftest import draw_page, plain

SHAPES = re.compile(r'<svg [^>]*class="chart[^>]*>.*?</svg>', re.DOTALL)
PAGES_WITH_MARKS = ("overview", "regions", "types", "editions", "calendar", "compare", "coverage", "organisers")
NOWHERE = re.compile(r'<a data-mark="[^"]*"[^>]* role="img"[^>]*aria-label="([^"]*)"')


@pytest.mark.parametrize("key", PAGES_WITH_MARKS)
def test_marks_lead_to_views_of_this_site(reading_demo: Path, key: str) -> None:
    shapes = SHAPES.findall(draw_page(key, edition="2014").html)
    links = re.findall(r'<a href="([^"]*)"', "".join(shapes))
    assert links
    assert [link for link in links if not link.startswith("/")] == []


@pytest.mark.matrix(every=2)
@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_no_mark_of_any_page_leads_nowhere(reading_demo: Path, entry: PageEntry) -> None:
    for query in ({"edition": "2014"}, {"edition": "2014", "region": "53"}, {"edition": "all"}):
        assert NOWHERE.findall("".join(SHAPES.findall(draw_page(entry.key, **query).html))) == [], query


def test_a_bar_of_families_leads_to_the_events_that_it_counts(reading_demo: Path) -> None:
    shapes = SHAPES.findall(draw_page("organisers", edition="2014").html)
    marks = re.findall(r'<a href="(/agenda[^"]*)"[^>]*aria-label="([^"]*)\s: ([^"]*)"', shapes[0])
    assert len(marks) > 2
    for href, family, words in marks:
        chosen = filters.parse(parse_qsl(urlsplit(unescape(href)).query))
        assert len(chosen.organiser_families) == 1
        assert gather(chosen).total == int(re.sub(r"\s", "", words)), family


def test_a_bar_of_sizes_leads_to_the_organisers_that_it_counts(reading_demo: Path) -> None:
    sizes = store.query("organisers_by_size", **filters.Filters(editions=(2014,)).params())
    assert {row["least"]: row["most"] for row in sizes.rows}.items() <= dict(
        map(organisers.bounds, ORGANISER_SIZES[1:])
    ).items()
    shapes = "".join(SHAPES.findall(draw_page("organisers", edition="2014").html))
    for row in sizes.rows:
        assert re.search(rf'href="/organisateurs\?[^"]*\bsize={row["least"]}"', shapes)
    some = next(row for row in reversed(sizes.rows) if 1 < row["n_organisers"] <= organisers.MOST)
    heading = f"{some['n_organisers']} organisateurs : {labels.number_of_events(some['least'], some['most'])} chacun"
    page = draw_page("organisers", edition="2014", size=str(some["least"]))
    assert plain(heading) in page.text
    listed = re.findall(r'<th scope="row"[^>]*>', page.html[page.html.index("Tous les organisateurs") :])
    assert len(listed) == some["n_organisers"]


def test_a_cell_of_the_heat_table_leads_to_the_events_it_counts(reading_demo: Path) -> None:
    page = draw_page("types", edition="2014").html
    cells = re.findall(r'<td class="number h\d"><span><a href="([^"]*)"[^>]*>([^<]*)</a>', page)
    assert len(cells) > 50
    for href, words in cells[::17]:
        chosen = filters.parse(parse_qsl(urlsplit(unescape(href)).query))
        assert urlsplit(unescape(href)).path == "/agenda"
        assert gather(chosen).total == int(words), href


def test_a_chamber_of_the_table_leads_to_its_own_pace(reading_demo: Path) -> None:
    page = draw_page("pace", edition="2014", as_of="2014-10-20").html
    table = page[page.index("et leur propre rythme") :].split("</table>")[0]
    names = re.findall(r'<th scope="row"[^>]*>(?:<a href="([^"]*)"[^>]*>)?([^<]+)', table)
    assert len(names) > 20
    assert [name for href, name in names if not href.startswith("/rythme?")] == []
    own = next(unescape(href) for href, name in names if name == "Bretagne")
    assert ("region", "53") in parse_qsl(urlsplit(own).query)


def test_one_family_is_not_said_to_be_all_of_itself(reading_demo: Path) -> None:
    page = draw_page("organisers", edition="2014", organiser_family="mutuelle").text
    assert "Une seule famille : Mutuelle" in page
    assert "Famille connue de" not in page
