"""The words of every page, in both languages: no path, no setting, no slip of the pen; adjectives agree with what is counted."""

import re
from pathlib import Path

import pytest

from campaign.core.pages import PAGES
from campaign.core.settings import settings
from tests.pages.conftest import Draw, draw_page

pytestmark = pytest.mark.rows(every=3)

KEYS = [entry.key for entry in PAGES if entry.key != "importing"]
# Choices that put other sentences on a page than the first sight of it.
CHOICES: tuple[dict[str, str | list[str]], ...] = (
    {},
    {"region": "53"},
    {"unit": "sessions", "region": "11"},
    {"unit": "days", "edition": "all"},
    {"departement": "01", "edition": "2013"},
    {"q": "introuvablexyz"},
)
SLIPS = {
    "a path of a file": re.compile(
        r"\b(?:queries|data|pages|campaign|docs|assets|deploy)/[\w./-]*\.\w+|\b\w+\.(?:sql|toml|py)\b"
    ),
    "a setting": re.compile(r"\bCAMPAIGN_\w+"),
    "two full stops": re.compile(r"(?<![./])\.\.(?![./])"),
    "a full stop after an abbreviation's": re.compile(r"n\. c\.\."),
    "two colons": re.compile(r": :"),
    "a space before a comma or full stop": re.compile(r"\w [,.](?:\s|$)"),
    "an empty place": re.compile(r"\{\w*\}|\(\s*\)|« »"),
    "None": re.compile(r"\bNone\b"),
}
ENGLISH = re.compile(
    r"\b(?:the|of|and|with|events?|which|from|this|that|are|is|not|by|sessions of|no data)\b", re.IGNORECASE
)
ADDRESS = re.compile(r"(?:https?:/)?/[\w./-]+(?:\?\S*)?$")
FRENCH = re.compile(
    r"\b(?:les|des|une|aux|dans|avec|pour|sont|événements?|qui|cette|ces|aucun|aucune)\b", re.IGNORECASE
)
MASCULINE = r"situés?|comptés?|annoncés?|inscrits?|prévus?|connus?|placés?|localisés?"
DISAGREEMENT = re.compile(
    rf"\b(?:sessions?)(?: :)? (?:[\d ]+ )?(?:{MASCULINE})\b|\baucun session|\bchacun des sessions", re.IGNORECASE
)


def sentences_of(html: str) -> list[str]:
    """Return the texts of a page, each element's by itself, styles and codes left out, with one kind of space."""
    html = re.sub(r"<(style|script|code|pre|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    html = re.sub(r"</?(?:b|strong|em|i|a|abbr|span|bdi)\b[^>]*>", "", html)
    texts = re.split(r"<[^>]+>|\n", html)
    return [" ".join(text.split()) for text in texts if text.strip() and not ADDRESS.match(text.strip())]


@pytest.mark.matrix(every=5)
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("key", KEYS)
def test_no_page_has_a_slip(reading_demo: Path, key: str, lang: str) -> None:
    for choice in CHOICES if lang == "fr" else CHOICES[:2]:
        html = draw_page(key, lang=lang, **choice).html
        texts = sentences_of(html)
        assert texts
        assert "n. c." not in html, "the abbreviation breaks over a line"
        slips = {f"{name}: {text}" for text in texts for name, pattern in SLIPS.items() if pattern.search(text)}
        assert slips == set(), choice


@pytest.mark.parametrize("key", KEYS)
def test_a_colon_has_its_space_in_french(draw: Draw, key: str) -> None:
    """In titles of sources too, which are given without."""
    assert [text for text in sentences_of(draw(key, edition="2014").html) if re.search(r"\w: ", text)] == []


@pytest.mark.parametrize("key", KEYS)
def test_a_page_speaks_one_language(draw: Draw, key: str) -> None:
    """Data and names of formats aside, no English word on a French page."""
    texts = sentences_of(draw(key).html)
    assert [text for text in texts if ENGLISH.search(text) and not FRENCH.search(text)] == []
    assert [text for text in texts if len(ENGLISH.findall(text)) > 1] == []


@pytest.mark.matrix(every=3)
@pytest.mark.parametrize("key", KEYS)
def test_adjectives_agree_with_sessions(draw: Draw, key: str) -> None:
    texts = sentences_of(draw(key, unit="sessions").html)
    assert [text for text in texts if DISAGREEMENT.search(text)] == []


def test_sessions_are_located_in_the_feminine(draw: Draw) -> None:
    assert re.search(r"sessions : [\d ]+ situées, ", draw("overview", unit="sessions").text)
    assert re.search(r"événements : [\d ]+ situés, ", draw("overview").text)


def test_nobody_is_asked_to_write_to_nobody(draw: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Écrivez à" not in draw("accessibility").text
    monkeypatch.setattr(settings(), "contact", "contact@exemple.org")
    assert "Écrivez à l'éditeur : contact@exemple.org." in draw("accessibility").text.replace("&#x27;", "'")


def test_the_patterns_see_what_they_name() -> None:
    """The slips that were on pages once."""
    assert [name for name, pattern in SLIPS.items() if not pattern.search(WRONG[name])] == []
    assert DISAGREEMENT.search("2 037 sessions : 1 920 situés")
    assert not DISAGREEMENT.search("2 037 sessions : 1 920 situées")


WRONG = {
    "a path of a file": "requête : queries/counts.sql",
    "a setting": "dans le réglage CAMPAIGN_EMBED_HOSTS.",
    "two full stops": "Écrivez à l'éditeur..",
    "a full stop after an abbreviation's": "Licence : n. c..",
    "two colons": "Source : : x",
    "a space before a comma or full stop": "En Bretagne , 3",
    "an empty place": "Source {name}",
    "None": "en None",
}
