"""Every page runs, whatever the file and the address hold."""

import html
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from campaign.core import language
from campaign.core.pages import PAGES
from campaign.core.settings import settings
from campaign.filters import parse
from campaign.view.frame import chrome
from tests.pages.conftest import FRAME, Draw, draw_page, plain

KEYS = [entry.key for entry in PAGES]
EVENTFUL = [key for key in KEYS if key not in ("methods", "editions", "quality")]
by_page = pytest.mark.parametrize("key", KEYS)
BANNER = "Données de démonstration"


@by_page
def test_a_page_answers_in_a_sentence(draw: Draw, key: str) -> None:
    page = draw(key)
    assert len(page.answer) > 10
    assert BANNER in page.text
    assert not page.app.error
    assert "None" not in page.text
    assert "nan" not in page.text.split()
    assert "<tbody></tbody>" not in page.html, "a table that has no row says so in words"


@pytest.mark.matrix(every=7)
@by_page
@pytest.mark.parametrize(
    "query",
    [
        {"nomenclature": "2016"},
        {"edition": ["2012", "2013"]},
        {"edition": "all", "unit": "sessions"},
        {"region": "53", "type": "conference", "unit": "days"},
        {"lang": "en", "q": "atelier"},
        {"near": "35000", "radius_km": "50"},
        {"from": "2014-11-03", "to": "2014-11-30", "theme": "achetons-responsable"},
        {"as_of": "2014-10-15"},
    ],
    ids=lambda query: "&".join(query),
)
def test_a_page_takes_every_filter(draw: Draw, key: str, query: dict[str, str | list[str]]) -> None:
    page = draw(key, **query)
    assert page.answer
    assert "valeur inconnue" not in page.text
    params = {name: values if len(values) > 1 else values[0] for name, values in page.app.query_params.items()}
    assert {name: params.get(name) for name in query} == query
    pairs = [(name, value) for name, given in query.items() for value in ([given] if isinstance(given, str) else given)]
    chosen = parse(pairs)
    with language.use(chosen.lang):
        chips = [plain(words) for words, _rest in chrome.active(chosen)]
    assert chips or set(query) <= {"nomenclature", "edition", "as_of", "lang"}
    if key in EVENTFUL:
        assert [words for words in chips if words not in html.unescape(page.text)] == []


@pytest.mark.matrix(every=3)
@by_page
def test_wrong_values_fall_back_and_are_named(draw: Draw, key: str) -> None:
    page = draw(
        key,
        region="999",
        edition="<injected>",
        type="zzz",
        page="-1",
        event="x",
        kind="x",
        layer="x",
        sort="x",
        place="1",
    )
    assert page.answer
    assert "valeur inconnue" in page.text
    assert "<injected" not in page.html


@pytest.mark.matrix(every=3)
@by_page
def test_words_of_the_address_are_never_html(draw: Draw, key: str) -> None:
    assert "<injected" not in draw(key, q="<injected onload=alert(1)>").html


@pytest.mark.matrix(every=3)
@pytest.mark.parametrize("key", EVENTFUL)
def test_nothing_found_is_said(draw: Draw, key: str) -> None:
    page = draw(key, q="introuvablexyz", region="53")
    assert not page.app.error
    assert page.answer


@pytest.mark.matrix(every=3)
@by_page
def test_a_real_file_has_no_banner(draw_real: Draw, key: str) -> None:
    page = draw_real(key)
    assert page.answer
    assert BANNER not in page.text
    assert "fictifs" not in page.answer


def test_a_real_file_is_counted_as_the_definition_says(draw_real: Draw) -> None:
    assert draw_real("agenda", edition="2014").answer.startswith("6 événements")
    assert draw_real("agenda", edition="2013").answer.startswith("5 événements")
    assert draw_real("agenda", edition="all").answer.startswith("11 événements")


@pytest.mark.matrix(every=3)
@by_page
def test_a_file_without_counted_events_is_no_error(draw_uncounted: Draw, key: str) -> None:
    page = draw_uncounted(key)
    assert page.answer
    assert not page.app.error


def test_without_a_file_the_page_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "db", tmp_path / "none.duckdb")
    page = draw_page("overview")
    assert "campaign demo" in page.app.error[0].value


def test_no_page_is_longer_than_the_house_allows() -> None:
    for script in Path("pages").glob("*.py"):
        assert len(script.read_text("utf-8").splitlines()) <= 110, script


@pytest.mark.parametrize(
    ("lang", "sentence"), [("fr", "Cette page n'a pas pu être dessinée."), ("en", "This page could not be drawn.")]
)
def test_a_fault_of_ours_is_said_in_the_readers_language_and_raised(
    draw: Draw, monkeypatch: pytest.MonkeyPatch, lang: str, sentence: str
) -> None:
    def fail(*_given: object) -> None:
        raise RuntimeError("secret of the machine")

    monkeypatch.setattr(chrome, "foot", fail)
    app = AppTest.from_file(str(FRAME), default_timeout=30)
    app.query_params["lang"] = lang
    app.run()
    (error,) = app.error
    assert re.sub(r"\s", " ", error.value).startswith(sentence)
    assert len(app.exception) == 1  # hidden by campaign.css, and logged by Streamlit
    assert "secret" not in error.value + app.exception[0].value


@pytest.mark.parametrize("query", [{"departement": "69"}, {"region": ["82", "53"]}], ids=["departement", "two regions"])
def test_the_answer_on_regions_is_of_the_chosen_territory(draw: Draw, query: dict[str, str | list[str]]) -> None:
    assert draw("regions", edition="2012", **query).answer == draw("overview", edition="2012", **query).answer


PLACES = [
    {"region": "53"},
    {"region": ["82", "53"]},
    {"departement": "69"},
    {"commune": "35238"},
    {"near": "35000"},
    {"collectivity": "NC"},
]
NARROWED = [*PLACES, {"type": "atelier"}, {"from": "2014-11-12", "to": "2014-11-12"}]
# What a choice says already: where all is, the one type there is, the one day there is; and a noun with « 0 ».
REPEATED = {
    "place": r"Tout se passe|sur 101|(?<!\d)1 sur 1(?!\d)",
    "type": r"Un seul type|(?<!\d)1 sur 1(?!\d)",
    "day": r"jours? le plus chargé|100 % du total",
}
ZERO = r"(?<![\d,. ])0 (?!%|sur |à |km)[a-zé]+"


@pytest.mark.matrix(every=5)
@pytest.mark.parametrize("query", NARROWED, ids=lambda query: "-".join(map(str, query.values())))
@pytest.mark.parametrize("key", [entry.key for entry in PAGES if entry.door in ("find", "understand", "follow")])
def test_nothing_repeats_what_the_choice_says(draw: Draw, key: str, query: dict[str, str | list[str]]) -> None:
    page = draw(key, edition="2014", **query)
    kind = "type" if "type" in query else "day" if "from" in query else "place"
    findings = [
        page.answer,
        *(plain(html.unescape(text)) for text in re.findall(r"<figcaption><strong>(.*?)</strong>", page.html)),
    ]
    cards = [plain(text) for text in re.findall(r'<dd class="value">(?:<a[^>]*>)?(.*?)<', page.html)]
    assert [text for text in findings if re.search(REPEATED[kind], text)] == []
    assert [text for text in cards if text in ("1 sur 101", "1 sur 1")] == []
    assert [text for text in findings if re.search(ZERO, text)] == []


def test_coverage_near_a_town_is_that_of_the_country_and_says_so(draw: Draw) -> None:
    country = draw("coverage", edition="2014")
    for query in ({"commune": "35238"}, {"near": "35000"}):
        page = draw("coverage", edition="2014", **query)
        assert page.answer == country.answer
        assert "Sans tenir compte de ce choix : " in page.text
        assert "à moins de 10 km" in page.answer


@pytest.mark.parametrize(("key", "says_how"), [("overview", True), ("agenda", False), ("press", False)])
def test_the_demonstration_says_what_it_is_and_first_how_to_import(
    reading_demo: Path, key: str, says_how: bool
) -> None:
    banner = re.search(r'<p class="banner"[^>]*>(.*?)</p>', draw_page(key).html)
    assert banner
    assert "événements fictifs" in banner[1]
    assert ("campaign import" in banner[1]) == says_how
