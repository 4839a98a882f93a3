"""Checks on dates: strays of another year, nights, sessions longer than a day, ends before beginnings; and registrations."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from campaign.publish.importing import run_import
from tests import shaped
from tests.intake_files import write
from tests.records import build, findings_of, record, rows_of

pytestmark = pytest.mark.in_turn


def table(folder: Path, dates: list[str], name: str = "chambre.csv") -> Path:
    """Write a table of events that have these dates, each its own identifier, at Rennes."""
    rows = [f"n{n};Forum des coopératives {n};{day};35000;Rennes" for n, day in enumerate(dates)]
    return write(folder, "\n".join(["Identifiant;Titre;Date;Code postal;Ville", *rows]) + "\n", name)


def days(year: int, n: int) -> list[str]:
    """Return this many days of a campaign, as French tables write them."""
    return [f"{date(year, 11, 1) + timedelta(days=number % 30):%d/%m/%Y}" for number in range(n)]


def counted(db: Path) -> dict[int, int]:
    """Return how many events count in each edition."""
    counting = "in_campaign and is_published and status <> 'cancelled' and not is_withheld"
    return dict(rows_of(db, f"select edition, count(*) from events where {counting} group by edition"))  # type: ignore[arg-type]


@pytest.mark.matrix(every=4, first=2)  # three of sixty-three
@pytest.mark.parametrize(("n_usual", "n_others"), [(5, 1), (60, 1), (60, 3), (200, 9)])
def test_a_few_dates_of_another_year_open_no_edition(tmp_path: Path, n_usual: int, n_others: int) -> None:
    db = tmp_path / "campaign.duckdb"
    file = table(tmp_path, days(2026, n_usual) + days(2025, n_others))
    account, _ = run_import(db, [file])
    assert account.read == account.new == n_usual + n_others
    assert counted(db) == {2026: n_usual}
    strays = {f"n{n}" for n in range(n_usual, n_usual + n_others)}
    assert {uid for uid, kinds in findings_of(db).items() if "outside_window" in kinds} == strays
    assert account.warnings["outside_window"] == n_others
    assert "outside_campaign" not in account.warnings
    again, _ = run_import(db, [file])
    assert (again.unchanged, again.warnings["outside_window"]) == (n_usual + n_others, n_others)


@pytest.mark.matrix(every=2)
@pytest.mark.parametrize(
    "years", [{2026: 60, 2025: 10}, {2026: 12, 2025: 2}, {2026: 4, 2025: 1}, {2025: 30, 2026: 31, 2024: 2}, {2026: 1}]
)
def test_editions_that_are_filled_are_no_fault(tmp_path: Path, years: dict[int, int]) -> None:
    db = tmp_path / "campaign.duckdb"
    run_import(db, [table(tmp_path, [day for year, n in years.items() for day in days(year, n)])])
    assert counted(db) == years


def test_years_are_those_of_one_file(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    run_import(db, [table(tmp_path, days(2026, 60), "a.csv"), table(tmp_path, days(2025, 1), "b.csv")])
    assert counted(db) == {2025: 1, 2026: 60}


def test_with_an_edition_nothing_is_left_out(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    run_import(db, [table(tmp_path, [*days(2026, 60), "14/11/2025"])], edition=2026)
    assert counted(db) == {2026: 61}
    assert findings_of(db)["n60"] >= {"outside_window"}


def test_an_event_that_counts_goes_on_counting(tmp_path: Path) -> None:
    """A later file in which its year is rare does not take it out of its edition."""
    db = tmp_path / "campaign.duckdb"
    run_import(db, [table(tmp_path, days(2025, 40))], source="Chambre")
    account, _ = run_import(db, [table(tmp_path, ["01/11/2025", *days(2026, 60)])], source="Chambre")
    assert counted(db)[2025] == 1  # of the others the identifiers are now those of events of 2026
    assert "outside_window" not in findings_of(db).get("n0", set())
    assert account.unchanged == 1


def test_the_registrations_of_recent_editions_are_those_of_the_file(recent_db: Path) -> None:
    """Each instant is as it was written, on the clock of Paris; none is the import's."""
    given = {row["Identifiant"]: row["Date de création"] for row in shaped.recent_rows(dated=True)}
    stored = dict(
        rows_of(
            recent_db,
            "select source_uid, strftime(timezone('Europe/Paris', created_at), '%d/%m/%Y %H:%M') from events",
        )
    )
    assert stored == given
    assert rows_of(recent_db, "select edition, count(*) from events where created_at_is_import group by edition") == []
    years = rows_of(recent_db, "select distinct edition, year(registered_on) from events order by edition")
    assert years == [(edition, edition) for edition in shaped.N_BY_EDITION]


INSTANTS = {
    "25/10/2026 10:56": "2026-10-25 10:56",
    "25/10/2026 10:56:30": "2026-10-25 10:56",
    "5/7/2026 9h05": "2026-07-05 09:05",
    "25-10-2026 10:56": "2026-10-25 10:56",
    "2026-10-25 10:56:00": "2026-10-25 10:56",
    "2026-10-25T08:56:00Z": "2026-10-25 09:56",
    "2026-07-05T08:56:00+00:00": "2026-07-05 10:56",
    "dimanche 25 octobre 2026 à 10h56": "2026-10-25 10:56",
    "25/10/2026": "2026-10-25 00:00",
    "46320,4555556": "2026-10-25 10:56",
}


@pytest.mark.parametrize("column", ["Date de création", "Dernière mise à jour"])
def test_an_instant_of_registration_is_read_in_every_spelling(tmp_path: Path, column: str) -> None:
    """Whatever stands beside it: one file for all. tests/units/test_intake_dates.py reads each alone."""
    db = tmp_path / "campaign.duckdb"
    rows = "".join(f"{written};Forum;05/11/2026;{written}\n" for written in INSTANTS)
    account, _ = run_import(db, [write(tmp_path, f"Identifiant;Titre;Date;{column}\n{rows}")])
    name = "created_at" if "création" in column else "updated_at"
    read = f"select source_uid, strftime(timezone('Europe/Paris', {name}), '%Y-%m-%d %H:%M') from events"
    assert dict(rows_of(db, read)) == INSTANTS
    assert "value_not_understood" not in account.warnings


SESSIONS = (
    ("2014-11-05T20:00", "2014-11-06T01:30", set()),
    ("2014-11-05T00:30", "2014-11-05T02:00", set()),
    ("2014-11-05T03:00", "2014-11-05T05:00", {"begins_at_night"}),
    ("2014-11-05T01:00", None, {"begins_at_night"}),
    ("2014-11-05T05:59", None, {"begins_at_night"}),
    ("2014-11-05T06:00", None, set()),
    ("2014-11-05T04:30:00Z", None, {"begins_at_night"}),
    ("2014-11-05T05:30:00Z", None, set()),
    ("2014-11-05T18:00", "2014-11-06T18:00", set()),
    ("2014-11-05T18:00", "2014-11-06T18:01", {"longer_than_a_day"}),
    ("2014-11-05T18:00", "2014-11-07", {"longer_than_a_day"}),
    ("2014-11-05", "2014-11-08", set()),
    ("2014-11-05", None, set()),
)


@pytest.fixture(scope="module")
def findings_by_session(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The findings on an event of each of these sessions; one import of all."""
    db = tmp_path_factory.mktemp("sessions") / "campaign.duckdb"
    build(
        db,
        [
            record(f"{begins} {ends}", title=f"Bal n° {n}", timings=[(begins, ends)], city="Rennes", postcode="35000")
            for n, (begins, ends, _kinds) in enumerate(SESSIONS)
        ],
    )
    return findings_of(db)


@pytest.mark.parametrize(("begins", "ends", "kinds"), SESSIONS)
def test_nights_and_long_sessions_are_told(
    findings_by_session: dict[str, set[str]], begins: str, ends: str | None, kinds: set[str]
) -> None:
    assert findings_by_session.get(f"{begins} {ends}", set()) == kinds


def test_the_night_is_that_of_the_place(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    at = [("2014-11-05T06:30:00Z", None)]  # 2:30 at Pointe-à-Pitre, 7:30 at Rennes
    places = {"here": ("Rennes", "35000"), "there": ("Pointe-à-Pitre", "97110")}
    build(db, [record(uid, timings=at, city=city, postcode=code) for uid, (city, code) in places.items()])
    assert {uid for uid, kinds in findings_of(db).items() if "begins_at_night" in kinds} == {"there"}


def test_an_end_before_its_beginning_is_told(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    hours = ("20h;18h", "20 h à 18 h;", "20:00;18:00")
    rows = "".join(f"Forum {number};05/11/2026;{each}\n" for number, each in enumerate(hours))
    account, _ = run_import(db, [write(tmp_path, f"Titre;Date;Heure de début;Heure de fin\n{rows}")])
    assert account.warnings["end_before_start"] == len(hours)
    assert rows_of(db, "select ends_at from sessions") == [(None,)] * len(hours)


def test_an_evening_that_ends_after_midnight_is_right(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    account, _ = run_import(
        db, [write(tmp_path, "Titre;Date;Horaires;Code postal;Ville\nBal;05/11/2026;20h–01h30;35000;Rennes\n")]
    )
    assert rows_of(db, "select ends_at - begins_at from sessions") == [(timedelta(hours=5, minutes=30),)]
    assert not {"end_before_start", "begins_at_night", "longer_than_a_day"} & set(account.warnings)


def test_three_days_of_a_list_are_three_sessions(tmp_path: Path) -> None:
    db = tmp_path / "campaign.duckdb"
    run_import(db, [write(tmp_path, "Titre;Date\nAtelier;les mardis 3, 10 et 17 novembre 2026\n")])
    assert rows_of(db, "select day(begins_on), day(ends_on) from sessions order by 1") == [(3, 3), (10, 10), (17, 17)]
