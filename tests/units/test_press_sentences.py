"""Sentences by rules, over every region, département and type of a small demonstration, and at the edges."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from campaign import store
from campaign.analysis.comparison import Change, Refusal
from campaign.analysis.figures import Figures, Ranking, gather, ranking
from campaign.core import language
from campaign.core.settings import settings
from campaign.filters import Filters, codes, parse
from campaign.statements import cite
from campaign.statements.sentences import ready
from campaign.wording import labels
from tests.kept import demonstration


@pytest.fixture(scope="module", autouse=True)
def small_demo() -> Iterator[None]:
    path = demonstration(2000)
    before = settings().db
    settings().db = path
    with store.snapshot():
        yield
    settings().db = before


@pytest.fixture(scope="module")
def bretagne() -> Figures:
    return gather(parse([("region", "53"), ("edition", "2014")]))


def write_sentences(figures: Figures) -> dict[str, str]:
    return {sentence.key: sentence.text for sentence in ready(figures)}


def total_of(chosen: Filters) -> int:
    return int(store.query("event_totals", **chosen.params()).one["total"])


@pytest.mark.rows(every=3)
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("nomenclature", ["2014", "2016"])
def test_every_region_says_its_total_where_it_is(nomenclature: str, lang: str) -> None:
    with language.use(lang):  # type: ignore[arg-type]
        for code in sorted(codes().regions[int(nomenclature)]):
            figures = gather(parse([("region", code), ("nomenclature", nomenclature), ("lang", lang)]))
            text = write_sentences(figures)["total"]
            assert text.startswith(labels.capitalised(figures.place.inside))
            assert figures.total == total_of(figures.chosen)
            if figures.total:
                assert re.search(rf"\b{figures.total}\b", text)
            assert (language.gettext("fichier de démonstration")) in text


def test_every_sentence_says_source_date_and_stage() -> None:
    for pairs in ([], [("departement", "35")], [("type", "atelier")], [("region", "11"), ("unit", "sessions")]):
        for sentence in ready(gather(parse(pairs))):
            if sentence.key != "published":
                assert "chiffre définitif" in sentence.text
                assert "données du" in sentence.text
            assert sentence.text.endswith(".")
            assert not re.search(r" [;:!?%»]", sentence.text)
            assert "{" not in sentence.text


def test_every_type_is_named_with_its_noun() -> None:
    for code in codes().types:
        figures = gather(parse([("type", code)]))
        assert labels.event_type(code, figures.total) in write_sentences(figures)["total"]


def test_a_rounded_figure_is_never_above_the_exact_one(bretagne: Figures) -> None:
    for n in (99, 100, 101, 1699, 1700, 1999, 12345):
        texts = write_sentences(replace(bretagne, total=n))
        if "headline" in texts:
            floor = int(re.sub(r"\D", "", texts["headline"].split("événements")[0]))
            assert floor < n
            assert re.sub(r"\D", "", texts["headline"].split(":")[1].split("exactement")[0]) == str(n)
    assert "headline" not in write_sentences(replace(bretagne, total=1700))


@pytest.mark.parametrize(("before", "now"), [(1, 2), (0, 5), (29, 60), (60, 29), (5, 0)])
def test_no_percentage_on_small_numbers(bretagne: Figures, before: int, now: int) -> None:
    assert "%" not in write_sentences(replace(bretagne, change=Change(now, before)))["change"]


def test_a_change_says_both_sides(bretagne: Figures) -> None:
    text = write_sentences(replace(bretagne, change=Change(67, 62)))["change"]
    assert "8,1\u00a0%" in text
    assert "de 62 à 67" in text
    assert "2013" in text
    assert "autant" in write_sentences(replace(bretagne, change=Change(67, 67)))["change"]


def test_zero_one_and_feminine_agree(bretagne: Figures) -> None:
    assert "aucun événement" in write_sentences(replace(bretagne, total=0))["total"]
    assert "1 événement (" in write_sentences(replace(bretagne, total=1))["total"].replace("\u202f", " ")
    talks = replace(bretagne, chosen=bretagne.chosen.replace(types=("conference",)), total=0)
    assert "aucune conférence" in write_sentences(talks)["total"]


def test_ties_are_said() -> None:
    assert ranking("b", {"a": 9, "b": 5, "c": 5, "d": 1}) == Ranking(2, 4, ("c",))
    figures = gather(parse([("region", "53")]))
    tied = replace(figures, ranking=Ranking(1, 27, ("82", "11")), total=10)
    names = ("Île-de-France", "Rhône-Alpes")
    assert "à égalité avec" in write_sentences(tied)["standing"]
    assert all(name in write_sentences(tied)["standing"] for name in names)


def test_the_first_edition_is_compared_with_nothing() -> None:
    first = codes().counted_editions[0]
    text = write_sentences(gather(parse([("edition", str(first))])))["change"]
    assert "pas de comparaison" in text
    assert f"{first} est la première édition" in text


def test_a_missing_edition_before_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("campaign.analysis.comparison.with_edition_before", lambda _chosen: Refusal("absent"))
    assert "l'édition 2011 n'est pas dans le fichier" in write_sentences(gather(parse([("edition", "2012")])))["change"]


@pytest.mark.in_turn
def test_a_day_before_later_registrations_is_provisional() -> None:
    early, latest = (gather(parse([("edition", "2014"), ("as_of", day)])) for day in ("2014-10-01", "2015-02-01"))
    assert (early.stage, latest.stage) == ("running", "final")
    assert "à ce jour" in write_sentences(early)["total"]


def test_places_are_said_together_where_all_are_alike(bretagne: Figures) -> None:
    alike = replace(bretagne, total=9, located=9, online=0, unlocated=0)
    assert "les 9 événements ont un lieu connu" in write_sentences(alike)["placement"]
    mixed = write_sentences(replace(bretagne, total=9, located=7, online=1, unlocated=1))["placement"]
    assert "sur 9 événements, 7 ont un lieu connu, 1 est en ligne et 1 est sans lieu connu" in mixed
    assert "placement" not in write_sentences(replace(bretagne, total=1, located=1))


def test_a_radius_is_a_place() -> None:
    near = gather(parse([("near", "35000"), ("radius_km", "30")]))
    assert near.total
    assert write_sentences(near)["total"].startswith("À moins de 30\u00a0km de Rennes, ")
    assert "France" not in write_sentences(near)["total"]


def test_a_published_figure_says_source_day_and_state() -> None:
    texts = [s.text for s in ready(gather(parse([("region", "41")]))) if s.key == "published"]
    assert any("87 événements" in text and "état non précisé" in text for text in texts)
    assert all("consulté le" in text and "L'Estrade\u00a0: " in text for text in texts)


@pytest.mark.parametrize("code", ["conference", "atelier", "cine-debat", "autre"])
def test_the_number_of_a_type_is_elided(bretagne: Figures, code: str) -> None:
    chosen = bretagne.chosen.replace(types=(code,))
    text = write_sentences(replace(bretagne, chosen=chosen, change=Change(50, 40)))["change"]
    assert ("le nombre d'a" in text) is code.startswith("a")
    assert ("le nombre de c" in text) is code.startswith("c")


def test_mayotte_had_no_chamber() -> None:
    assert "pas encore de chambre" in write_sentences(gather(parse([("region", "06")])))["total"]
    assert (
        "pas encore de chambre"
        not in write_sentences(gather(parse([("region", "06"), ("nomenclature", "2016")])))["total"]
    )


def test_a_citation_reopens_the_same_number(bretagne: Figures) -> None:
    citation = cite.citation(bretagne, "https://exemple.fr")
    pairs = [tuple(pair.split("=")) for pair in citation.address.split("?")[1].split("&")]
    assert ("region", "53") in pairs
    assert ("cite", str(bretagne.total)) in pairs
    assert total_of(parse(pairs, extra=("cite",))) == bretagne.total  # type: ignore[arg-type]
    assert citation.bibtex.count("{") == citation.bibtex.count("}")


def test_a_running_edition_is_compared_at_the_same_days_to_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "today", date(2014, 11, 3))
    figures = gather(parse([("edition", "2014")]))
    assert figures.stage == "running"
    assert figures.change == Change(
        total_of(figures.chosen.replace(as_of=date(2014, 11, 3))),
        total_of(parse([("edition", "2013"), ("as_of", "2013-11-03")])),
    )
    text = write_sentences(figures)
    assert "à ce jour" in text["total"]
    assert "2 jours après l'ouverture" in text["change"]
    assert "chiffre provisoire" in text["change"]


@pytest.mark.in_turn
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_departement_says_its_total_where_it_is(lang: str) -> None:
    with language.use(lang):  # type: ignore[arg-type]
        for code in sorted(codes().departements):
            figures = gather(parse([("departement", code), ("lang", lang)]))
            text = write_sentences(figures)["total"]
            assert text.startswith(labels.capitalised(figures.place.inside))
            assert str(figures.total) in text or figures.total == 0
            assert not re.search(r"\b(?:à le|de le|à les|de les|en le|dans Bretagne)\b", text)
