"""Every block of every page, as of a day, is what the page showed that evening, or says that it is not."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any, Final

import pytest

from campaign.core.pages import PAGES
from campaign.core.settings import settings
from tests.dated import DAY, LATER, Dated
from tests.pages.conftest import Draw, Drawn, draw_page, plain

View = tuple[str, dict[str, str]]

SENTENCE: Final = "Cette partie n'est pas à cette date : elle décrit le fichier d'aujourd'hui."
HEADING: Final = re.compile(r'<h2 class="part">(.*?)</h2>')
# What is the reader's own day: when a citation was looked up, the last day that the field of the pace takes.
READERS_OWN: Final = re.compile(r"Consulté le [0-9er]+ \S+ \d{4}|urldate = \{[0-9-]+\}|max: \"[0-9-]+\"")

# Each page of the country and of a region, and the other views that some have.
VIEWS: Final[list[View]] = [
    *((entry.key, {"region": region} if region else {}) for entry in PAGES for region in ("", "53")),
    *((key, {"departement": "35"}) for key in ("overview", "press", "regions")),
    *(("map", {"layer": layer, "region": "53"}) for layer in ("region", "departement", "days")),
    *(("agenda", {"view": view}) for view in ("calendar", "map")),
    *(("quality", {"kind": kind}) for kind in ("unlocated", "duplicate")),
    ("compare", {"with": "53", "against": "2012"}),
    ("types", {"edition": "all"}),
    ("records", {"edition": "2013"}),
]

# The parts that describe the file of today, by page, and by the kind of finding that is unfolded.
NOT_DATED: Final = {
    "press": frozenset({"Dossier de presse"}),
    "pace": frozenset({"Bilan de fin de campagne"}),
    "quality": frozenset({"", "Ce qui a changé au dernier import, 10 octobre 2014 à 12 h"}),
    "data": frozenset({"Tout le fichier"}),
}
KINDS: Final = {
    "unlocated": frozenset({"Sans lieu"}),
    "duplicate": frozenset({"Doublon possible"}),
}

# Pages whose answer counts no events of a choice: editions and sources as such, findings, what is said once for all; and a
# comparison, of two editions each as of its own day.
UNDATED: Final = {"editions", "quality", "sources", "methods", "accessibility", "legal", "compare"}


def sections(drawn: Drawn) -> dict[str, str]:
    """Return what a page shows by heading: HTML, charts and components, in order; what stands before the first one under ""."""
    parts, heading = {"": ""}, ""
    for element in _elements(drawn.app._tree):
        text = plain(unescape(element.proto.body if hasattr(element.proto, "body") else str(element.proto)))
        if begins := HEADING.search(text):
            heading = plain(re.sub(r"<[^>]+>", " ", begins[1]))
            assert heading not in parts, f"two parts under « {heading} »"
            parts[heading] = ""
        parts[heading] += READERS_OWN.sub("", text) + "\n"
    return parts


def _elements(block: Any) -> Iterator[Any]:
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from _elements(child)
        elif getattr(child, "proto", None) is not None:
            yield child


def drawn_on(file: Path, today: date, view: View, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setattr(settings(), "db", file)
    monkeypatch.setattr(settings(), "today", today)
    return sections(draw_page(view[0], as_of=DAY.isoformat(), **{"edition": "2014"} | view[1]))


@pytest.mark.in_turn
def test_the_answer_of_each_page_that_counts_says_the_day(draw: Draw) -> None:
    day = "au 5 novembre 2014"
    answers = {entry.key: draw(entry.key, as_of="2014-11-05").answer for entry in PAGES}
    assert {key for key, answer in answers.items() if day not in answer} == UNDATED
    assert {key: answer for key, answer in answers.items() if answer.count(day) > 1} == {}
    assert "Les deux éditions, 4 jours après l'ouverture." in unescape(draw("compare", as_of="2014-11-05").text)


@pytest.mark.rows(every=6)
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: "-".join([view[0], *view[1].values()]))
def test_every_block_is_as_of_the_day_or_says_that_it_is_not(
    dated: Dated, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = drawn_on(dated.full, LATER, view, monkeypatch)
    then = drawn_on(dated.cut, DAY, view, monkeypatch)
    excused = {heading for heading, text in now.items() if SENTENCE in text}
    assert excused == NOT_DATED.get(view[0], frozenset()) | (KINDS.get(view[1].get("kind", ""), frozenset()))
    assert now.keys() - excused == then.keys() - excused
    for heading in now.keys() - excused:
        assert now[heading] == then[heading], heading


@pytest.mark.thorough
def test_the_two_files_differ_on_every_page(dated: Dated, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that shows the same of both files whatever the day would make the test above pass for nothing."""
    monkeypatch.setattr(settings(), "today", LATER)
    for entry in PAGES:
        contents = []
        for file in (dated.full, dated.cut):
            monkeypatch.setattr(settings(), "db", file)
            contents.append(sections(draw_page(entry.key, edition="2014")))
        assert contents[0] != contents[1], entry.key


@pytest.mark.in_turn
def test_nothing_says_that_a_part_is_of_today_where_no_day_is_asked(
    dated: Dated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "db", dated.full)
    for entry in PAGES:
        assert SENTENCE not in plain(unescape(draw_page(entry.key, edition="2014").html))
