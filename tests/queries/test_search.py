"""A search forgives case, accents and small typos, in every answer alike, and never loses what a plain reading finds."""

import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

from campaign import store
from campaign.core.settings import settings
from campaign.filters import Filters, parse
from campaign.store.search import read
from tests.records import rows_of
from tests.samples import examples

MOST_MEANT = 12
tries = trying(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def find_events(q: str) -> set[str]:
    """Return the events that a search finds in all editions."""
    chosen = Filters(q=read(q) if q else None)
    rows = store.query("event_rows", chosen=chosen, lang="fr", after_starts=None, after_id=None, limit=None)
    assert len(rows.values) == store.query("event_totals", chosen=chosen).one["total"]
    return set(rows.column("event_id"))


_words: dict[Path, list[tuple[str, str]]] = {}


def words_of(db: Path) -> list[tuple[str, str]]:
    """Return the known words of five letters or more, with how they are written."""
    if db not in _words:
        _words[db] = rows_of(
            db,
            "select word, spelling from search_words where regexp_full_match(word, '[a-z]{5,}') order by word",
        )
    return _words[db]


@st.composite
def slips(draw: st.DrawFn, word: str) -> str:
    """Draw a word with one letter missing, added, wrong, or two swapped."""
    place = draw(st.integers(0, len(word) - 2))
    letter = draw(st.sampled_from(string.ascii_lowercase))
    return draw(
        st.sampled_from(
            [
                word[:place] + word[place + 1 :],
                word[:place] + letter + word[place:],
                word[:place] + letter + word[place + 1 :],
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            ]
        )
    )


@pytest.mark.in_turn
@tries
@given(data=st.data())
def test_one_slip_in_a_word_still_finds_what_the_word_finds(
    demo_db: Path, monkeypatch: pytest.MonkeyPatch, data: st.DataObject
) -> None:
    monkeypatch.setattr(settings(), "db", demo_db)
    word, _spelling = data.draw(st.sampled_from(words_of(demo_db)))
    slip = data.draw(slips(word))
    assume(not any(slip in known for known, _ in rows_of(demo_db, "select word, 1 from search_words")))
    (misspelt,) = read(slip).misspelt
    assert {DamerauLevenshtein.distance(slip, each) for each in misspelt.meant} == {1}
    assert word in misspelt.meant or len(misspelt.meant) == MOST_MEANT  # as many are as near, and more frequent
    if word in misspelt.meant:
        assert find_events(word) <= find_events(slip)


@pytest.mark.in_turn
@tries
@given(data=st.data())
def test_case_and_accents_do_not_matter(demo_db: Path, monkeypatch: pytest.MonkeyPatch, data: st.DataObject) -> None:
    monkeypatch.setattr(settings(), "db", demo_db)
    word, spelling = data.draw(st.sampled_from(words_of(demo_db)))
    assert find_events(spelling.upper()) == find_events(spelling) == find_events(word)


@tries
@given(q=st.text(alphabet="aeiounrstlcdé '-%_", min_size=1, max_size=12))
def test_whatever_is_searched_is_answered_alike(demo_db: Path, monkeypatch: pytest.MonkeyPatch, q: str) -> None:
    monkeypatch.setattr(settings(), "db", demo_db)
    chosen = parse([("q", q), ("edition", "all")])
    if chosen.q:
        find_events(chosen.q.text)


@pytest.mark.parametrize(
    ("q", "meant"),
    [
        ("coperative", "coopérative"),
        ("mnotpellier", "montpellier"),
        ("solidere", "solidaire"),
    ],
)
def test_what_was_meant_is_said_as_it_is_written(reading_demo: Path, q: str, meant: str) -> None:
    assert read(q).misspelt[0].spelling == meant
    assert find_events(q) >= find_events(meant) > set()


def test_a_word_that_is_found_is_taken_literally(reading_demo: Path) -> None:
    assert read("atelier").misspelt == ()
    assert read("ateli").misspelt == ()  # still being typed
    assert read("zzzzqqq").misspelt == ()
    assert find_events("zzzzqqq") == set()


def test_hyphens_and_apostrophes_part_words(reading_demo: Path) -> None:
    assert find_events("saint-denis") == find_events("saint denis")
    assert "l" in read("l’Œuvre").words


@pytest.mark.in_turn
@tries
@given(data=st.data(), n_words=st.integers(1, 6), n_slips=st.integers(0, 4))
def test_any_number_of_words_and_slips_is_what_a_plain_reading_finds(
    demo_db: Path, monkeypatch: pytest.MonkeyPatch, data: st.DataObject, n_words: int, n_slips: int
) -> None:
    monkeypatch.setattr(settings(), "db", demo_db)
    everything = find_events("")
    texts = {
        event_id: text
        for event_id, text in rows_of(demo_db, "select event_id, search_text from events")
        if event_id in everything
    }
    text = data.draw(st.sampled_from(sorted(texts.values())))
    words = data.draw(st.lists(st.sampled_from(text.split()), min_size=n_words, max_size=n_words))
    known = [word for word, _spelling in words_of(demo_db)]
    slipped = [
        data.draw(slips(word))
        for word in data.draw(st.lists(st.sampled_from(known), min_size=n_slips, max_size=n_slips))
    ]
    query = read(" ".join(words + slipped))
    expected = {
        event_id
        for event_id, text in texts.items()
        if all(word in text for word in query.words)
        and all(any(word in text for word in misspelt.meant) for misspelt in query.misspelt)
    }
    assert find_events(" ".join(words + slipped)) == expected
