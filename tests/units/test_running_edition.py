"""What a running edition's home says first: what happens now, never what is not known."""

from datetime import date
from pathlib import Path

import pytest

from campaign.core import language
from campaign.core.settings import settings
from campaign.filters import Filters
from campaign.store import query
from campaign.view.components import lead
from campaign.wording import sentences
from tests.shaped import TODAY


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def on(recent_db: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(settings(), "db", recent_db)
    monkeypatch.setattr(settings(), "today", TODAY)
    return monkeypatch


def answer(chosen: Filters) -> str:
    return plain(lead.sentence(chosen, query("event_totals", **chosen.params()).one))


def test_it_begins_with_today(on: pytest.MonkeyPatch) -> None:
    chosen = Filters(editions=(2026,))
    today = query("event_totals", chosen=chosen.replace(from_day=TODAY, to_day=TODAY)).one["total"]
    coming = query("event_totals", chosen=chosen.replace(from_day=date(2026, 11, 27))).one["total"]
    assert answer(chosen).startswith(
        f"{today} événements aujourd'hui, {coming} à venir ; 255 pour 2026, 19e édition, dans"
    )
    assert "n. c." not in answer(chosen)
    assert "Aucun chiffre publié pour 2026 (n. c.)." in plain(
        lead.details(chosen, query("event_totals", **chosen.params()).one)
    )
    with language.use("en"):
        assert " today, " in answer(chosen)
    assert "aujourd'hui en Bretagne" in answer(chosen.replace(regions=("53",)))


def test_an_edition_to_come_begins_with_its_events(on: pytest.MonkeyPatch) -> None:
    on.setattr(settings(), "today", date(2026, 9, 15))
    assert answer(Filters(editions=(2026,))).startswith("255 événements pour 2026, 19e édition, dans le fichier")


def test_a_finished_edition_says_what_is_not_known(on: pytest.MonkeyPatch) -> None:
    sentence = answer(Filters(editions=(2025,)))
    assert sentence.startswith("294 événements pour 2025, 18e édition, dans le fichier")
    assert sentence.endswith(" ; aucun chiffre publié (n. c.).")


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        (sentences.Now(0, 12), "Aucun événement aujourd'hui, 12 à venir ; 40 pour 2026,"),
        (sentences.Now(1, 0), "1 événement aujourd'hui, plus aucun ensuite ; 40 pour 2026,"),
        (sentences.Now(0, 0), "40 événements pour 2026,"),
    ],
)
def test_numbers_agree(now: sentences.Now, begins: str) -> None:
    assert plain(sentences.overview(2026, 19, 40, "running", now=now)).startswith(begins)
