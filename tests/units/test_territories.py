"""Days of their own for territories of a campaign: which events count, and what is said of the edition there."""

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from campaign import store
from campaign.analysis import edition_dates, pace_chart, standing
from campaign.analysis.figures import gather
from campaign.core import language
from campaign.core.settings import settings
from campaign.filters import Filters, parse
from campaign.profile import profile
from campaign.statements.method import method
from tests.campaigns import OTHERS
from tests.pages.conftest import draw_page
from tests.records import build, record

NBSP = "\u00a0"
MAINLAND, OVERSEAS, CORSICA = "69123", "97411", "2A004"
IN_OCTOBER, IN_BETWEEN, IN_NOVEMBER = "2022-10-08", "2022-10-25", "2022-11-12"


@pytest.fixture
def science(monkeypatch: pytest.MonkeyPatch) -> None:
    next(each for each in OTHERS if each.key == "science").read(monkeypatch)


def in_campaign(db: Path) -> set[tuple[str, str]]:
    with duckdb.connect(str(db), read_only=True) as file:
        return set(
            file.execute(
                "select commune_code, first_day::varchar from events where in_campaign and edition = 2022"
            ).fetchall()
        )


@pytest.mark.in_turn
@pytest.mark.usefixtures("science")
def test_an_event_counts_on_the_days_of_its_territory(tmp_path: Path) -> None:
    db = tmp_path / "events.duckdb"
    rows = [
        record(f"{commune}-{day}", commune_code=commune, timings=[(f"{day}T10:00", f"{day}T12:00")])
        for commune in (MAINLAND, OVERSEAS, CORSICA)
        for day in (IN_OCTOBER, IN_BETWEEN, IN_NOVEMBER)
    ]
    build(db, rows)
    assert in_campaign(db) == {
        (MAINLAND, IN_OCTOBER),
        (OVERSEAS, IN_NOVEMBER),
        *((CORSICA, day) for day in (IN_OCTOBER, IN_BETWEEN, IN_NOVEMBER)),  # no source names its days
    }


def test_one_campaign_has_the_same_days_everywhere(tmp_path: Path) -> None:
    db = tmp_path / "events.duckdb"
    build(
        db,
        [record(code, commune_code=code, timings=[("2022-11-12", None)]) for code in (MAINLAND, OVERSEAS)],
    )
    assert in_campaign(db) == {(MAINLAND, IN_NOVEMBER), (OVERSEAS, IN_NOVEMBER)}


@pytest.mark.usefixtures("science")
def test_an_edition_goes_from_the_first_to_the_last_of_its_territories() -> None:
    whole = edition_dates.of(2022)
    assert whole.window == (date(2022, 10, 7), date(2022, 11, 27))
    assert whole.core == (date(2022, 10, 7), date(2022, 10, 17))
    assert (
        edition_dates.window(2022, "outre-mer")
        == edition_dates.core(2022, "outre-mer")
        == (date(2022, 11, 10), date(2022, 11, 27))
    )
    assert edition_dates.of(2022, "corse") == whole
    assert edition_dates.of(2024, "outre-mer") == edition_dates.of(2024)
    assert [profile().territory(code) for code in ("35", "2A", "974", "988", None)] == [
        "metropole", "corse", "outre-mer", "nouvelle-caledonie", None,
    ]  # fmt: skip
    assert profile().territory(None, is_abroad=True) == "international"


@pytest.mark.usefixtures("science")
def test_a_choice_has_the_days_of_its_territory() -> None:
    def of(*pairs: tuple[str, str]) -> str | None:
        return edition_dates.territory_of(parse([("edition", "2022"), *pairs]))

    assert [of(("region", "04")), of(("region", "53")), of(("departement", "2A")), of(("region", "94"))] == [
        "outre-mer", "metropole", "corse", "corse",
    ]  # fmt: skip
    assert (of(), of(("region", "04"), ("region", "53"))) == (None, None)
    assert standing.opening(2022, of(("region", "04"))) == date(2022, 11, 10)
    assert pace_chart.read(parse([("edition", "2022"), ("region", "04")])).day == date(2022, 11, 27)
    assert edition_dates.core_words(2022, "outre-mer") == "du 10 au 27 novembre"


@pytest.mark.usefixtures("science")
def test_pace_and_state_are_counted_to_a_territorys_own_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = tmp_path / "events.duckdb"
    rows = [
        record(
            f"{commune}-{day}",
            commune_code=commune,
            timings=[(f"{day}T10:00", None)],
            created_at=f"{registered}T08:00:00Z",
        )
        for commune, day, registered in (
            (OVERSEAS, "2019-11-12", "2019-11-01"),  # eight days before 9 November
            (OVERSEAS, "2022-11-12", "2022-11-02"),  # eight days before 10 November
            (MAINLAND, "2019-10-08", "2019-10-30"),
            (MAINLAND, "2022-10-08", "2022-10-01"),
        )
    ]
    build(db, rows)
    monkeypatch.setattr(settings(), "db", db)
    counts = {
        (row["region_codes"][0], row["edition"]): row["n_known"]
        for row in store.query(
            "pace_by_chamber", chosen=Filters(), edition=2022, day=date(2022, 11, 2), by_weekday=False,
            **edition_dates.own_openings([2019, 2022, 2022]),
        ).rows
        if row["n_total"]
    }  # fmt: skip
    assert counts == {("04", 2019): 1, ("04", 2022): 1, ("82", 2019): 1, ("82", 2022): 1}
    monkeypatch.setattr(settings(), "today", date(2022, 10, 25))
    assert standing.status(2022, None) == "running"
    assert standing.status_of(parse([("edition", "2022"), ("region", "04")])) == "upcoming"


@pytest.mark.usefixtures("science")
def test_documents_say_the_days_of_each_territory() -> None:
    words = " ".join(text for _style, text in method(gather(Filters(editions=(2022,))))).replace(NBSP, " ")
    assert "France métropolitaine : du 7 au 17 octobre 2022" in words
    assert "Outre-mer et étranger : du 10 au 27 novembre 2022" in words
    with language.use("en"):
        assert "Overseas France and abroad: " in edition_dates.days_by_territory(2022)
    assert edition_dates.days_by_territory(2024) == ""


def test_the_first_campaign_says_nothing_of_territories(reading_demo: Path) -> None:
    assert edition_dates.days_by_territory(2014) == ""
    assert edition_dates.territory_of(parse([("region", "53")])) is None
    assert settings().profile.name == "mois-ess"


@pytest.mark.usefixtures("science")
def test_a_renamed_a_themed_and_a_cancelled_edition_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert edition_dates.remark(1992).replace(NBSP, " ") == "sous le nom « La Science en fête »"
    assert edition_dates.remark(2024).replace(NBSP, " ") == "thème : Océan de savoirs"
    assert edition_dates.remark(2019) == edition_dates.remark(2016) == ""
    folder = tmp_path / "copy"
    shutil.copytree(settings().profile, folder)
    table = folder / "editions.csv"
    text = table.read_text("utf-8")
    table.write_text(
        text.replace("2024,,33,2024-10-04,2024-10-14,,,,", "2024,,33,2024-10-04,2024-10-14,,,cancelled,"), "utf-8"
    )
    monkeypatch.setattr(settings(), "profile", folder)
    assert edition_dates.remark(2024).startswith("édition annulée, thème")
    assert "Édition annulée" in draw_page("overview", edition="2024").text
    with language.use("en"):
        assert edition_dates.remark(2024).startswith("called off")
