"""Without a nomenclature, the regions are those in force for the edition; a code of the other ones is told which it is."""

import csv
import itertools
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from campaign import filters, store
from campaign.analysis import comparison
from campaign.cli import app
from campaign.core import language
from campaign.core.errors import FilterError
from campaign.core.language import typeset
from campaign.core.nomenclatures import PERIODS, in_force
from campaign.core.settings import settings
from campaign.filters import Filters, lenient, parse
from campaign.press import kit as kits
from campaign.view.frame import chrome
from campaign.view.frame.choice import Choice
from tests import shaped


@pytest.fixture
def recent(recent_db: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Editions 2024 to 2026: all after the merger."""
    monkeypatch.setattr(settings(), "db", recent_db)
    monkeypatch.setattr(settings(), "today", shaped.TODAY)
    with store.snapshot():
        yield recent_db


def test_the_merger_falls_between_two_editions() -> None:
    assert [in_force([year]) for year in (2000, 2008, 2014, 2015, 2016, 2026)] == [2014] * 4 + [2016] * 2
    assert in_force([2017, 2013]) == 2016  # of several, the latest's


def test_periods_follow_each_other_without_a_gap() -> None:
    with PERIODS.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    days = [(date.fromisoformat(row["valid_from"]), row["valid_to"]) for row in rows]
    for (_first, last), (following, _last) in itertools.pairwise(days):
        assert (following - date.fromisoformat(last)).days == 1
    assert days[-1][1] == ""


@pytest.mark.usefixtures("recent")
def test_an_address_without_a_nomenclature_has_that_of_its_edition() -> None:
    assert parse([]).nomenclature == 2016
    assert parse([("edition", "all")]).nomenclature == 2016
    assert parse([("edition", "2015")]).nomenclature == 2014
    assert parse([("edition", "2015"), ("edition", "2017")]).nomenclature == 2016
    assert parse([("edition", "2026"), ("nomenclature", "2014")]).nomenclature == 2014
    assert Filters(editions=(2015,)).nomenclature == 2014
    assert Filters().nomenclature == 2016


@pytest.mark.usefixtures("reading_demo")
def test_the_demonstration_keeps_its_regions() -> None:
    assert parse([]).nomenclature == parse([("edition", "all")]).nomenclature == 2014
    assert parse([("edition", "2016")]).nomenclature == 2016


@pytest.mark.usefixtures("recent")
def test_equal_choices_are_equal_however_they_were_asked_for() -> None:
    for query in ([], [("edition", "all")], [("edition", "2014")], [("edition", "2014"), ("edition", "2026")]):
        plain = parse(query)
        spelt = parse([*query, ("nomenclature", str(plain.nomenclature))])
        assert plain == spelt
        assert hash(plain) == hash(spelt)
        assert plain.to_query() == spelt.to_query()
        other = parse([*query, ("nomenclature", str(4030 - plain.nomenclature))])
        assert other != plain
        assert ("nomenclature", str(other.nomenclature)) in other.to_query()


@pytest.mark.usefixtures("recent")
def test_an_address_gives_its_choice_again() -> None:
    for edition in ("2014", "2015", "2016", "2026", "all"):
        for nomenclature in ("2014", "2016"):
            chosen = parse([("edition", edition), ("nomenclature", nomenclature)])
            assert parse(chosen.to_query()) == chosen


@pytest.mark.usefixtures("recent")
def test_editions_are_compared_in_one_nomenclature() -> None:
    chosen = parse([("edition", "2016"), ("region", "76")])
    assert chosen.replace(editions=(2015,)).nomenclature == 2016
    assert chosen.replace(editions=()).nomenclature == 2016
    compared = comparison.compare(parse([("edition", "2025"), ("nomenclature", "2014")]), 2025, 2024)
    assert isinstance(compared, comparison.Comparison)
    assert compared.now.nomenclature == compared.before.nomenclature == 2014


@pytest.mark.usefixtures("recent")
def test_a_reader_who_changes_the_edition_gets_its_regions() -> None:
    assert parse([("edition", "2026")]).moved_to(2014).nomenclature == 2014
    assert parse([("edition", "2014")]).moved_to(2026).nomenclature == 2016
    assert parse([("edition", "2014"), ("region", "53")]).moved_to().nomenclature == 2016
    chosen = parse([("edition", "2026"), ("nomenclature", "2014")])  # by the reader
    assert chosen.moved_to(2025).nomenclature == 2014
    merged = parse([("edition", "2026"), ("region", "44")]).moved_to(2014)  # 2014 has no Grand Est
    assert (merged.nomenclature, merged.regions) == (2016, ("44",))


@pytest.mark.usefixtures("recent")
@pytest.mark.parametrize(
    ("query", "parts"),
    [
        (
            [("edition", "2014"), ("region", "44")],
            ("44 = Grand Est, découpage de 2016 (nomenclature=2016)", "42 = Alsace", "21 = Champagne-Ardenne"),
        ),
        (
            [("edition", "2026"), ("region", "42")],
            ("42 = Alsace, découpage de 2014 (nomenclature=2014)", "44 = Grand Est"),
        ),
        (
            [("region", "75"), ("nomenclature", "2014")],
            ("75 = Nouvelle-Aquitaine", "72 = Aquitaine", "54 = Poitou-Charentes"),
        ),
    ],
)
def test_a_code_of_the_other_nomenclature_names_the_right_one(
    query: list[tuple[str, str]], parts: tuple[str, ...]
) -> None:
    with pytest.raises(FilterError) as error:
        parse(query)
    assert error.value.parameter == "region"
    for words in parts:
        assert words in error.value.message
    with pytest.raises(FilterError) as unknown:
        parse([("region", "99")])
    assert unknown.value.message == typeset("« region » n'a pas de code « 99 ».")


@pytest.mark.usefixtures("recent")
@pytest.mark.parametrize(
    ("lang", "words"), [("fr", "42 = Alsace, découpage de 2014"), ("en", "42 = Alsace, a region of")]
)
def test_a_page_says_it_in_the_reader_s_language(lang: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chrome, "written_value", lambda name: {"region": "42"}[name])
    chosen, dropped = lenient([("edition", "2026"), ("region", "42"), ("lang", lang)])
    assert chosen.regions == ()
    with language.use(chosen.lang):
        assert words in chrome.chips("regions", Choice(chosen, tuple(dropped)))


def test_every_code_that_is_refused_by_one_nomenclature_is_named(
    demo_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "db", demo_db)
    regions = filters.codes().regions
    for edition, own, other in (("2014", 2014, 2016), ("2016", 2016, 2014)):
        lacking = regions[other] - regions[own]
        assert len(lacking) > 6
        for code in lacking:
            with pytest.raises(
                FilterError, match=f"{code} = .*découpage de {other} .* dans celui de {own}\u00a0: [0-9]"
            ):
                parse([("edition", edition), ("region", code)])


@pytest.mark.thorough
@pytest.mark.usefixtures("recent")
def test_a_kit_is_of_the_regions_in_force() -> None:
    assert kits.choice(2026, None, "44").nomenclature == 2016
    assert kits.choice(2014, None, "42").nomenclature == 2014
    places: list[str] = []

    def named(place: str) -> None:
        places.append(place)

    kits.all_kits(kits.choice(2026, None, None), "http://testserver", named)
    assert len(places) == 19
    assert "Grand Est" in places


@pytest.mark.thorough
def test_a_document_of_all_regions_counts_those_in_force(recent_db: Path, tmp_path: Path, demo_db: Path) -> None:
    run = CliRunner().invoke
    for db, n in ((recent_db, 19), (demo_db, 28)):
        out = tmp_path / str(n)
        assert run(app, ["bilan", "--region", "all", "--out", str(out), "--db", str(db)]).exit_code == 0
        assert len(list(out.glob("*.pdf"))) == n
    refused = run(app, ["bilan", "--region", "42", "--out", str(tmp_path / "x"), "--db", str(recent_db)])
    assert refused.exit_code == 2
    assert "44 = Grand Est" in " ".join(refused.stderr.split())


def test_addresses_say_which_regions_they_are_of(
    recent_db: Path, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/healthz").json()["nomenclature"] == 2014
    counted = client.get("/api/v1/counts.json", params={"by": "region", "edition": "2014"}).json()
    assert (counted["nomenclature"], counted["filters"]) == (2014, "édition 2014")
    monkeypatch.setattr(settings(), "db", recent_db)
    monkeypatch.setattr(settings(), "today", shaped.TODAY)
    assert client.get("/healthz").json()["nomenclature"] == 2016
    counted = client.get("/api/v1/counts.json", params={"by": "region", "region": "76", "type": "atelier"}).json()
    assert counted["nomenclature"] == 2016
    assert "Occitanie" in counted["filters"]
    assert "atelier" in counted["filters"]
    assert [row["label"] for row in counted["rows"]] == ["Occitanie"]
    english = client.get("/api/v1/counts.json", params={"region": "76", "lang": "en"}).json()
    assert "region: Occitanie" in english["filters"]
    refused = client.get("/api/v1/counts.json", params={"region": "73"})
    assert refused.status_code == 400
    assert refused.json()["parameter"] == "region"
    assert "76 = Occitanie" in refused.json()["detail"]
    assert client.get("/badge/region/76.svg").text.count("Occitanie") > 0
