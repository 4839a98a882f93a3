"""The years that drawings show follow from the editions: the file's, and those of published figures; breaks are marked alike."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

import pytest

from campaign import store
from campaign.analysis import edition_dates, editions, official, standing
from campaign.analysis.figures import gather
from campaign.charts import in_html
from campaign.charts.sheet import SIZES, render
from campaign.core.settings import settings
from campaign.drawings.catalogue import drawing
from campaign.filters import parse
from tests import shaped
from tests.drawn import svgs, texts


@pytest.fixture
def reading_recent(recent_db: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(settings(), "db", recent_db)
    monkeypatch.setattr(settings(), "today", shaped.TODAY)
    with store.snapshot():
        yield


def holding(monkeypatch: pytest.MonkeyPatch, *years: int) -> None:
    monkeypatch.setattr(editions, "codes", lambda: SimpleNamespace(counted_editions=years))


@pytest.mark.usefixtures("reading_recent")
def test_years_follow_from_the_file() -> None:
    assert list(editions.of_file()) == [2024, 2025, 2026]
    assert list(editions.beside_published()) == list(range(2008, 2027))


@pytest.mark.usefixtures("reading_recent")
def test_years_between_have_a_slot_and_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    holding(monkeypatch, 2014, 2017)
    assert list(editions.of_file()) == [2014, 2015, 2016, 2017]
    assert editions.counted({2014: 5}, None) == {2014: 5, 2017: 0}
    holding(monkeypatch)
    assert list(editions.of_file()) == list(range(2008, 2027))


@pytest.mark.usefixtures("reading_recent")
def test_the_last_edition_is_that_of_the_file_of_a_published_figure_or_of_today(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    holding(monkeypatch, 2014)
    assert editions.beside_published()[-1] == 2026  # begun on shaped.TODAY
    monkeypatch.setattr(settings(), "today", date(2015, 3, 1))
    assert editions.beside_published()[-1] == 2023  # the last published number
    monkeypatch.setattr(official, "figures", tuple)
    assert editions.beside_published() == range(2008, 2015)
    holding(monkeypatch, 2031)
    assert editions.beside_published() == range(2008, 2032)


@pytest.mark.usefixtures("reading_recent")
def test_editions_of_which_nothing_was_published_are_told_once_they_are_over() -> None:
    assert editions.unpublished() == (
        "2021, 2024, 2025\u00a0: aucun chiffre publié à notre connaissance pour l'ensemble du pays."
    )  # of 2008 the number of regions is known


@pytest.mark.usefixtures("reading_recent")
def test_days_and_numbers_are_those_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [edition_dates.number_of(year) for year in (2007, 2008, 2014, 2026)] == [None, 1, 7, 19]
    assert edition_dates.window(2014) == (date(2014, 10, 1), date(2014, 12, 31))
    assert (edition_dates.core_words(2014), edition_dates.within_core(2014)) == ("novembre", "en novembre")
    moved = edition_dates.of(2014)._replace(
        number=None, core_starts_on=date(2014, 10, 7), core_ends_on=date(2014, 10, 11), starts_on=date(2014, 9, 20)
    )
    monkeypatch.setattr(edition_dates, "_held", lambda _reader: {2014: moved})
    assert edition_dates.rank(2014) == "n.\u00a0c."
    assert edition_dates.core_words(2014) == edition_dates.within_core(2014) == "du 7 au 11 octobre"
    assert standing.opening(2014) == date(2014, 10, 7)
    assert [edition_dates.in_core(date(2014, 10, day), 2014) for day in (6, 7, 11, 12)] == [False, True, True, False]
    monkeypatch.setattr(settings(), "today", date(2014, 9, 25))
    assert standing.status(2014, None) == "running"
    assert edition_dates.running() == 2014


@pytest.mark.usefixtures("reading_recent")
def test_pictures_over_editions_show_the_years_of_the_file() -> None:
    for query in ([("edition", "2026")], [("edition", "2026"), ("region", "53"), ("nomenclature", "2016")]):
        figures = gather(parse(query))
        for name in ("types-editions", "regions-editions", *(("editions",) if len(query) > 1 else ())):
            words = {text.words for text in texts(render(drawing(name, figures), SIZES["a4"]))}
            years = {int(each) for each in words if each.isdigit() and 2000 < int(each) < 2100}
            assert {2024, 2026} <= years <= {2024, 2025, 2026}, name
    words = {
        text.words for text in texts(render(drawing("editions", gather(parse([("edition", "2026")]))), SIZES["a4"]))
    }
    assert {"2008", "2026"} <= words


# Breaks ----------------------------------------------------------------------------------------------------------------


def figure(year: int, qualifier: str, stage: str) -> official.Figure:
    return official.Figure(
        year, "events", 1000, qualifier, stage, True, "country", "FR", "France", None, None, "Bilan", None, None, None
    )


def test_figures_stop_being_exact_where_a_rounded_or_announced_one_follows() -> None:
    exact, about, announced = (("exact", "final"), ("about", "final"), ("exact", "announced"))
    kinds = {2008: about, 2009: exact, 2010: exact, 2011: None, 2012: announced, 2013: exact, 2014: about}
    heads = {year: figure(year, *kind) if kind else None for year, kind in kinds.items()}
    assert editions.softenings(heads) == [2010, 2013]
    assert editions.softenings(dict.fromkeys(range(2008, 2015))) == []


def test_the_break_is_marked_on_the_page_as_in_files(reading_demo: object) -> None:
    years = editions.beside_published()
    breaks = editions.softenings(editions.headlines(years))
    assert breaks == [2012, 2019]
    words = [editions.softening_words(year) for year in breaks]
    figures = gather(parse([("edition", "2014")]))
    for name in ("editions", "chiffres-publies"):
        shapes = svgs(in_html.on_page(drawing(name, figures)))
        for document in (*(render(drawing(name, figures), sheet) for sheet in SIZES.values()), *shapes):
            assert document.count('stroke-dasharray="5 4"') == 2, name
        for document in (*(render(drawing(name, figures), sheet) for sheet in SIZES.values()), *shapes[:2]):
            assert {text.words for text in texts(document)} & set(words), name


def test_a_change_of_definition_is_said_once_for_all() -> None:
    assert "organisateurs principaux" in editions.redefinition("organisers", 2011)
    assert editions.redefinition("organisers", 2012) == editions.redefinition("events", 2011) == ""


def test_an_edition_that_the_file_did_not_hold_yet_is_missing_and_not_0(reading_demo: object) -> None:
    before = date(2012, 12, 31)
    assert editions.held(None) == tuple(range(2008, 2015))
    assert max(editions.held(before)) == 2012
    assert 2013 not in editions.counted({2012: 4}, before)
