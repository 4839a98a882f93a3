"""What a page shows leads on within the site: marks of drawings, cells of heat tables, chambers."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from campaign import filters
from campaign.analysis.figures import gather
from tests.pages.conftest import draw_page

SHAPES = re.compile(r'<svg [^>]*class="chart[^>]*>.*?</svg>', re.DOTALL)
PAGES_WITH_MARKS = ("overview", "regions", "types", "editions", "calendar", "compare", "coverage")


@pytest.mark.parametrize("key", PAGES_WITH_MARKS)
def test_marks_lead_to_views_of_this_site(reading_demo: Path, key: str) -> None:
    shapes = SHAPES.findall(draw_page(key, edition="2014").html)
    links = re.findall(r'<a href="([^"]*)"', "".join(shapes))
    assert links
    assert [link for link in links if not link.startswith("/")] == []


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
