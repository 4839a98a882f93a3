"""Every page's own parameters: declared in one place, told when a value is not taken, and the only ones that links carry."""

import ast
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from campaign import store
from campaign.core.pages import PAGES
from campaign.core.settings import ROOT
from campaign.filters import names, parse
from campaign.view.frame import parameters
from campaign.view.frame.parameters import PARAMETERS, Parameter
from tests.pages.conftest import Draw, Drawn

by_parameter = pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda each: f"{each.page}-{each.name}")
NOT_TAKEN = "adresse demandait une valeur inconnue"
IN_OTHER_WORDS = {("agenda", "event"): "n'existe pas ou n'est plus publié"}
VIEW_OF = {"month": {"view": "calendar"}}  # what must be in sight for a value to matter

# Values beside nonsense that are nearly right, and are told as well.
NEARLY = {
    ("agenda", "page"): ("0", "-1", "007", "99999", "1.5", "²"),
    ("agenda", "month"): ("2014-13", "2014", "11-2014"),
    ("agenda", "shortlist"): ("0" * 16, "<svg>", "x,y"),
    ("coverage", "within"): ("7", "10 km", "010"),
    ("compare", "against"): ("2014", "1999", "٢٠١٣"),
    ("compare", "with"): ("999", "Bretagne"),
    ("map", "place"): ("99999", "50.850,4.350", "D35"),
    ("press", "cite"): ("-5", "1e3", "mille"),
    ("quality", "import"): ("0", "99999"),
    ("pace", "zoom"): ("20,-30", "5,5", "-30", "-30,1e2"),
    ("pace", "alone"): ("1999", "14"),
}


def right_values(parameter: Parameter) -> tuple[str, ...]:
    """Return values that a parameter takes on the demonstration file: all of a list, else one that the file holds."""
    if isinstance(parameter.takes, tuple):
        return parameter.takes
    chosen = parse([])
    listed = store.query("events_listed", chosen=chosen, since=None, by_distance=False, limit=2, offset=0)
    first, second = listed.column("event_id")
    held: dict[tuple[str, str], tuple[str, ...]] = {
        ("overview", "around"): ("all", "35238"),
        ("map", "place"): (store.query("event_places", chosen=chosen).column("place")[0],),
        ("agenda", "page"): ("1", "2"),
        ("agenda", "event"): (first,),
        ("agenda", "shortlist"): (first, f"{first},{second}"),
        ("agenda", "month"): ("2014-11",),
        ("press", "cite"): ("0", "1700"),
        ("compare", "against"): ("2013", "2008"),
        ("compare", "with"): ("53",),
        ("pace", "zoom"): ("-30,20", "-120,60"),
        ("pace", "alone"): ("2012", "2014"),
        ("quality", "kind"): ("unlocated",),
        ("quality", "import"): (str(store.query("imports").column("import_id")[0]),),
    }
    return held[parameter.page, parameter.name]


def is_told(page: Drawn, parameter: Parameter) -> bool:
    """Whether the page says that a value of this parameter was not taken."""
    if parameter.is_told:
        return IN_OTHER_WORDS[parameter.page, parameter.name] in unescape(page.text)
    notice = re.search(rf"{NOT_TAKEN} \((.*?)\)", unescape(page.text))
    return notice is not None and parameters.label(parameter) in notice.group(1)


@pytest.mark.matrix(every=3)
@by_parameter
def test_a_value_that_is_not_taken_is_told(draw: Draw, parameter: Parameter) -> None:
    for value in ("nonsense<b>", "", *NEARLY.get((parameter.page, parameter.name), ())):
        page = draw(parameter.page, **{parameter.name: value}, **VIEW_OF.get(parameter.name, {}))
        assert page.answer
        assert is_told(page, parameter), value
        assert "nonsense<b>" not in page.html


@pytest.mark.matrix(every=3)
@by_parameter
def test_two_values_are_told(draw: Draw, parameter: Parameter) -> None:
    value = right_values(parameter)[0]
    assert is_told(draw(parameter.page, **{parameter.name: [value, value]}), parameter)


@pytest.mark.matrix(every=3)
@by_parameter
def test_a_value_that_is_taken_is_not_told(draw: Draw, parameter: Parameter) -> None:
    for value in right_values(parameter):
        page = draw(parameter.page, **{parameter.name: value}, **VIEW_OF.get(parameter.name, {}))
        assert not is_told(page, parameter), value
        assert NOT_TAKEN not in page.text, value


def test_a_shortlist_keeps_what_exists_and_says_that_something_does_not(draw: Draw) -> None:
    parameter = parameters.of("agenda")["shortlist"]
    event_id = right_values(parameter)[0]
    page = draw("agenda", shortlist=f"{event_id},{'0' * 16}")
    assert is_told(page, parameter)
    assert "Ma sélection : 1 événement" in page.text


def test_a_page_beyond_the_last_is_the_last_one(draw: Draw) -> None:
    page = draw("agenda", page="99999")
    assert re.search(r"page (\d+) sur \1\b", page.text)


def test_filters_and_parameters_are_told_in_one_sentence(draw: Draw) -> None:
    page = draw("map", layer="x", region="999")
    assert page.text.count(NOT_TAKEN) == 1
    assert "(Région et Montrer)" in unescape(page.text)


def test_names_are_declared_once_and_are_no_filters() -> None:
    declared = [(each.page, each.name) for each in PARAMETERS]
    assert len(declared) == len(set(declared))
    assert {name for _page, name in declared}.isdisjoint(names())
    assert {page for page, _name in declared} <= {entry.key for entry in PAGES}


def calls_of(name: str) -> Iterator[tuple[Path, ast.Call]]:
    """Return the calls of a function, by its dotted name, in the project's code."""
    for folder in ("campaign", "pages"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
                    yield path, node


@pytest.mark.in_turn
def test_only_declared_parameters_are_read() -> None:
    read = [call.args[0] for _path, call in calls_of("choice.local")]
    names = {node.value for node in read if isinstance(node, ast.Constant)}
    assert len(read) > 10
    assert names == {each.name for each in PARAMETERS}
    assert {path.name for path, _call in calls_of("st.query_params.get")} == {"choice.py"}


STATES = [(entry.key, {}) for entry in PAGES] + [
    (each.page, {each.name: value}) for each in PARAMETERS if isinstance(each.takes, tuple) for value in each.takes
]


@pytest.mark.matrix(every=3)
@pytest.mark.parametrize(("key", "query"), STATES, ids=str)
def test_links_carry_only_what_their_page_takes(draw: Draw, key: str, query: dict[str, str]) -> None:
    page = draw(key, region="53", **query)
    of_path = {f"/{entry.path}": entry.key for entry in PAGES}
    seen = 0
    for href in re.findall(r'href="(/[^"]*)"', page.html):
        parts = urlsplit(unescape(href))
        if parts.path not in of_path:
            continue
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        declared = parameters.of(of_path[parts.path])
        shared = [(name, value) for name, value in pairs if name in names()]
        for name, value in pairs:
            if name not in names():
                assert declared[name].taken(value, parse(shared)) == value, href
                seen += 1
    assert seen or not query or key in ("coverage", "regions", "agenda")
