"""What a mark's card says is a number of something: with its unit, in every drawing."""

import re
from html import unescape
from pathlib import Path

import pytest

from campaign import store
from campaign.core import language
from campaign.drawings.catalogue import DRAWINGS
from campaign.drawings.on_page import on_page
from campaign.filters import Filters
from campaign.view.compare import differences

MARK = re.compile(r'<a data-mark="([^"]*)"(?: data-facts="([^"]*)")?><title>([^<]*)</title>')
CHOSEN = Filters(editions=(2014,))


def cards(name: str) -> dict[str, str]:
    """Return what the card of each mark of a drawing says beside its name."""
    texts = {}
    for key, facts, words in MARK.findall(on_page(name, CHOSEN).html):
        _name, _colon, rest = unescape(words).partition(" : ")
        texts[key] = unescape(facts) or rest or unescape(words)
    return texts


@pytest.mark.rows(every=3)
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", DRAWINGS)
def test_no_card_is_a_bare_number(reading_demo: Path, name: str, lang: language.Language) -> None:
    with language.use(lang):
        texts = cards(name).values()
    assert [text for text in texts if not re.search(r"%|[^\W\d_]{2,}|n\.\s?c\.|n/a", text)] == []


def test_every_part_of_a_difference_answers_and_leads(reading_demo: Path) -> None:
    with language.use("fr"):
        parts = cards("ecart")
    change = store.query("change_by_part", chosen=CHOSEN, before=Filters(editions=(2013,)))
    assert set(parts) == {f"{row['dimension']} {row['part']}" for row in change.rows}
    assert set(parts) <= set(differences.leads(CHOSEN, 2013))
    new = next(row for row in change.rows if (row["dimension"], row["part"]) == ("organiser", "new"))
    assert re.sub(r"\s", " ", parts["organiser new"]) == (
        f"+{new['n_now']} événements · 0 événement en 2013 · {new['n_now']} événements en 2014"
    )
