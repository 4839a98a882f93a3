"""The steering queries on a file that can be counted on fingers, and what must hold for any choice."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from campaign import store
from campaign.analysis import pace
from campaign.analysis.edition_dates import own_openings
from campaign.core.settings import settings
from campaign.filters import Filters
from campaign.publish import pipeline
from campaign.publish.account import ImportOptions

# edition, registered, session day, commune, lead organiser, partner, published: Rennes 35238, Brest 29019, Quimper 29232,
# Paris 13e 75113 (of 75056). In 2013 Brest is the busy one, in 2014 Rennes; Quimper has none.
EVENTS: tuple[tuple[int, str, str, str, str | None, str | None, bool], ...] = (
    (2013, "2013-10-02", "2013-11-04", "29019", "Alpha", None, True),
    (2013, "2013-10-10", "2013-11-04", "29019", "Beta", None, True),
    (2013, "2013-10-31", "2013-11-05", "75113", None, None, True),
    (2014, "2014-10-02", "2014-11-07", "35238", "Alpha", "Beta", True),
    (2014, "2014-10-20", "2014-11-08", "35238", "Alpha", None, True),
    (2014, "2014-10-20", "2014-11-08", "35238", "Gamma", None, True),
    (2014, "2014-11-03", "2014-11-10", "29019", None, None, True),
    (2014, "2014-10-05", "2014-11-12", "35238", "Delta", None, False),
    (2014, "2014-10-12", "2014-11-12", "35238", "Delta", None, False),
)


def stage(events: tuple[tuple[int, str, str, str, str | None, str | None, bool], ...]) -> Callable[..., None]:
    """Return what fills the staging table with these events, one session each from 18 h to 20 h."""

    def fill(connection: duckdb.DuckDBPyConnection) -> None:
        for number, (_year, registered, day, commune, lead, partner, published) in enumerate(events, start=1):
            row: dict[str, Any] = {
                "record_id": number,
                "file": "doigts.csv",
                "line": number,
                "source_uid": f"{registered}-{day}-{commune}-{lead}",
                "is_published": published,
                "title": f"Rencontre {number}",
                "theme_labels": [],
                "keywords": [],
                "accessibility": [],
                "organiser_labels": [name for name in (lead, partner) if name],
                "timings": [{"begins": f"{day}T18:00:00", "ends": f"{day}T20:00:00"}],
                "commune_code": commune,
                "created_at": f"{registered}T12:00:00+02:00",
                "updated_at": f"{registered}T12:00:00+02:00",
            }
            columns, places = ", ".join(row), ", ".join("?" for _each in row)
            connection.execute(
                f"insert into staged_records ({columns}) values ({places})",
                list(row.values()),
            )

    return fill


def build(path: Path, events: tuple[tuple[int, str, str, str, str | None, str | None, bool], ...]) -> Path:
    options = ImportOptions(source="Doigts", format="csv", files=("doigts.csv",), licence="Licence Ouverte 2.0")
    pipeline.run(path, [stage(events)], options, fresh=True)
    return path


@pytest.fixture(scope="session")
def fingers_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("fingers") / "campaign.duckdb", EVENTS)


@pytest.fixture
def fingers(fingers_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "db", fingers_db)
    return


NOW, BEFORE, ALL = Filters(editions=(2014,)), Filters(editions=(2013,)), Filters()


@pytest.mark.usefixtures("fingers")
class TestOnFingers:
    def test_registrations(self) -> None:
        rows = store.query("registrations_by_day", chosen=ALL).rows
        days = [(row["edition"], row["day"].isoformat(), row["n_events"], row["n_so_far"]) for row in rows]
        assert days == [
            (2013, "2013-10-02", 1, 1),
            (2013, "2013-10-10", 1, 2),
            (2013, "2013-10-31", 1, 3),
            (2014, "2014-10-02", 1, 1),
            (2014, "2014-10-20", 2, 3),
            (2014, "2014-11-03", 1, 4),
        ]
        assert all(row["n_import_dated"] == 0 for row in rows)

    @pytest.mark.parametrize(
        ("day", "by_weekday", "known"),
        [
            (date(2014, 10, 20), False, {2013: 2, 2014: 3}),
            (date(2014, 10, 9), False, {2013: 1, 2014: 1}),
            # By weekday the opening of 2013 (a Friday) is Saturday 2 November: 9 October 2014 faces 10 October 2013.
            (date(2014, 10, 9), True, {2013: 2, 2014: 1}),
        ],
    )
    def test_pace_by_chamber(self, day: date, by_weekday: bool, known: dict[int, int]) -> None:
        rows = store.query(
            "pace_by_chamber", chosen=ALL, edition=2014, day=day, by_weekday=by_weekday, **own_openings(())
        ).rows
        assert len({row["chamber_id"] for row in rows} - {None}) == 26
        assert {row["name"] for row in rows if row["chamber_id"] is None} == {"Mayotte"}
        sums = {year: sum(row["n_known"] for row in rows if row["edition"] == year) for year in (2013, 2014)}
        assert sums == known
        brittany = {row["edition"]: row["n_total"] for row in rows if row["region_codes"] == ["53"]}
        assert brittany == {2013: 2, 2014: 4}

    def test_an_own_opening_faces_the_nearest_same_weekday_before_it_too(self) -> None:
        # Saturday 1 November 2014 faces, of an opening on Sunday 3 November 2013, Saturday the 2nd: 8 October the 9th.
        own = {"own_editions": (2013,), "own_regions": ("53",), "own_openings": (date(2013, 11, 3),)}
        rows = store.query(
            "pace_by_chamber", chosen=ALL, edition=2014, day=date(2014, 10, 8), by_weekday=True, **own
        ).rows
        (brittany,) = (row for row in rows if row["region_codes"] == ["53"] and row["edition"] == 2013)
        assert (brittany["n_known"], brittany["n_total"]) == (1, 2)

    def test_awaiting_and_changes(self) -> None:
        (row,) = store.query("awaiting_by_chamber", chosen=NOW, edition=2014).rows
        assert (row["n_events"], row["oldest_on"]) == (2, date(2014, 10, 5))
        (changed,) = store.query("changes_by_region", chosen=NOW).rows
        assert (changed["region_code"], changed["n_new"], changed["n_changed"]) == ("53", 4, 0)

    def test_change_explained(self) -> None:
        rows = store.query("change_by_part", chosen=NOW, before=BEFORE).rows
        parts = {(r["dimension"], r["part"]): (r["n_names"], r["n_now"], r["n_before"], r["difference"]) for r in rows}
        assert parts["organiser", "same"] == (1, 2, 1, 1)  # Alpha
        assert parts["organiser", "new"] == (1, 1, 0, 1)  # Gamma
        assert parts["organiser", "lost"] == (1, 0, 1, -1)  # Beta leads none in 2014
        assert parts["organiser", "unknown"] == (0, 1, 1, 0)
        assert parts["commune", "same"] == (1, 1, 2, -1)  # Brest
        assert parts["commune", "new"] == (1, 3, 0, 3)  # Rennes
        assert parts["commune", "lost"] == (1, 0, 1, -1)  # Paris

    def test_organisers(self) -> None:
        one = store.query("organisers_summary", chosen=NOW, history=ALL).one
        assert one == {
            "n_events": 4, "n_named": 3, "n_organisers": 2, "n_returning": 1, "n_once": 1, "n_top_ten": 3, "n_shared": 1,
            "n_with_family": one["n_with_family"],
        }  # fmt: skip
        sizes = store.query("organisers_by_size", chosen=NOW).rows
        assert [(r["least"], r["n_organisers"], r["n_events"]) for r in sizes] == [(1, 1, 1), (2, 1, 2)]
        listed = store.query("organisers_listed", chosen=NOW, history=ALL, least=1, most=None, n=10).rows
        assert [(r["name"], r["n_events"], r["n_communes"], r["first_edition"]) for r in listed] == [
            ("Alpha", 2, 1, 2013),
            ("Gamma", 1, 1, 2014),
        ]

    def test_records(self) -> None:
        days = {row["edition"]: row for row in store.query("record_days", chosen=ALL).rows}
        assert (days[2014]["day"], days[2014]["n_events"], days[2014]["n_days"]) == (date(2014, 11, 8), 2, 3)
        assert (days[2013]["day"], days[2013]["n_events"], days[2013]["n_events_total"]) == (date(2013, 11, 4), 2, 3)
        runs = {row["edition"]: row for row in store.query("record_streaks", chosen=ALL).rows}
        assert (runs[2014]["n_days"], runs[2014]["first_day"], runs[2014]["last_day"]) == (
            2,
            date(2014, 11, 7),
            date(2014, 11, 8),
        )
        assert runs[2014]["n_without_sunday"] == 3  # Friday 7, Saturday 8, Monday 10
        (first,) = store.query("first_time_communes", chosen=NOW, history=ALL).rows
        assert (first["name"], first["n_events"], first["n_first_time"], first["n_communes"]) == ("Rennes", 3, 1, 2)

    def test_town_days(self) -> None:
        (row,) = store.query("town_days", chosen=NOW, minimum=2).rows
        assert (row["name"], row["day"], row["n_events"], row["n_organisers"]) == ("Rennes", date(2014, 11, 8), 2, 2)
        assert row["usual"] == 1.5

    def test_coverage(self) -> None:
        rows = {row["commune_code"]: row for row in store.query("communes_reached", chosen=NOW, within=NOW).rows}
        assert (rows["35238"]["km"], rows["35238"]["n_events"]) == (0, 3)
        assert rows["29232"]["km"] is None  # Quimper: Brest is 52 km away
        assert 0 < rows["35047"]["km"] < 10  # Bruz, beside Rennes
        # Paris as one commune holds the event of its 13th arrondissement.
        paris = store.query("communes_reached", chosen=BEFORE, within=Filters(departements=("75",))).rows
        assert [(row["commune_code"], row["km"], row["n_events"]) for row in paris] == [("75056", 0, 1)]


@pytest.mark.usefixtures("fingers")
def test_as_of_a_day_equals_a_file_cut_at_that_day(
    fingers_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = date(2014, 10, 20)
    as_of_day = store.query("registrations_by_day", chosen=Filters(as_of=day)).rows
    whole = pace.curves(store.query("registrations_by_day", chosen=ALL).rows, 2014, by_weekday=False)
    cut = build(tmp_path / "cut.duckdb", tuple(event for event in EVENTS if event[1] <= day.isoformat()))
    monkeypatch.setattr(settings(), "db", cut)
    rows = store.query("registrations_by_day", chosen=ALL).rows
    assert rows == as_of_day
    (now,) = [curve for curve in pace.curves(rows, 2014, by_weekday=False) if curve.edition == 2014]
    assert now.total == next(c for c in whole if c.edition == 2014).known_at((date(2014, 11, 1) - day).days) == 3
