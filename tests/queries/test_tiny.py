"""Answers that can be counted on fingers: the records are those of conftest.py."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from campaign.core.settings import settings
from campaign.filters import Filters, codes, parse
from campaign.store import query
from tests.records import build, record

pytestmark = pytest.mark.usefixtures("reading_tiny")


def totals(*pairs: tuple[str, str]) -> tuple[int, int, int, int]:
    """Return total, located, online and unlocated of an address of 2014."""
    one = query("event_totals", chosen=parse([("edition", "2014"), *pairs])).one
    return one["total"], one["located"], one["online"], one["unlocated"]


def listed(*pairs: tuple[str, str]) -> int:
    """Return how many events the list of an address of 2014 holds."""
    chosen = parse([("edition", "2014"), *pairs])
    return len(query("event_rows", chosen=chosen, lang="fr", after_starts=None, after_id=None, limit=None).values)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ((), (20, 13, 2, 5)),
        ((("region", "53"),), (4, 4, 0, 0)),
        ((("region", "82"),), (3, 2, 0, 1)),
        ((("region", "42"),), (2, 1, 0, 1)),
        ((("region", "44"), ("nomenclature", "2016")), (3, 1, 0, 2)),
        ((("departement", "69"),), (3, 2, 0, 1)),
        ((("type", "atelier"),), (1, 1, 0, 0)),
        ((("theme", "culture"),), (2, 2, 0, 0)),
        ((("theme", "culture"), ("theme", "sport")), (2, 2, 0, 0)),
        ((("attendance_mode", "online"),), (2, 0, 2, 0)),
        ((("attendance_mode", "mixed"),), (2, 1, 0, 1)),
        ((("commune", "75056"),), (2, 2, 0, 0)),
        ((("commune", "75111"),), (1, 1, 0, 0)),
        ((("organiser", "alpha"),), (3, 2, 1, 0)),
        ((("from", "2014-11-05"), ("to", "2014-11-06")), (3, 3, 0, 0)),
        ((("from", "2014-11-08"), ("to", "2014-11-08")), (3, 3, 0, 0)),
        ((("from", "2014-11-26"),), (1, 1, 0, 0)),
        ((("to", "2014-10-31"),), (1, 1, 0, 0)),
        ((("from", "2014-11-09"), ("to", "2014-11-09"), ("departement", "974")), (1, 1, 0, 0)),
        ((("from", "2014-11-05"), ("to", "2014-11-05"), ("theme", "sport")), (1, 1, 0, 0)),
        ((("near", "35000"),), (4, 4, 0, 0)),
        ((("as_of", "2014-10-15"),), (19, 12, 2, 5)),
        ((("q", "oeuvre"),), (1, 1, 0, 0)),
        ((("q", "ÉTÉ l'Œuvre"),), (1, 1, 0, 0)),
        ((("q", "%"),), (1, 1, 0, 0)),
        ((("q", "_"),), (0, 0, 0, 0)),
        ((("q", ""),), (20, 13, 2, 5)),
    ],
)
def test_totals(pairs: tuple[tuple[str, str], ...], expected: tuple[int, int, int, int]) -> None:
    assert totals(*pairs) == expected
    assert listed(*pairs) == expected[0]


@pytest.mark.parametrize(("unit", "expected"), [("events", 20), ("sessions", 20), ("days", 50)])
def test_units(unit: str, expected: int) -> None:
    assert totals(("unit", unit))[0] == expected


@pytest.mark.parametrize(("unit", "expected"), [("events", 3), ("sessions", 4), ("days", 5)])
def test_units_cut_to_days(unit: str, expected: int) -> None:
    assert totals(("from", "2014-11-05"), ("to", "2014-11-06"), ("unit", unit))[0] == expected


@pytest.mark.parametrize("unit", ["events", "sessions"])
@pytest.mark.parametrize(
    ("part", "column"), [("region", "region_code"), ("departement", "departement_code"), ("type", "type")]
)
def test_the_course_over_editions_is_what_each_of_them_has(part: str, column: str, unit: str) -> None:
    course = query(f"events_by_{part}_and_edition", **Filters(unit=unit).params()).rows
    each = {
        (row[column], edition): row["count"]
        for edition in (2013, 2014)
        for row in query(f"events_by_{part}", **Filters(editions=(edition,), unit=unit).params()).rows
        if row["count"]
    }
    assert {(row[column], row["edition"]): row["count"] for row in course} == each


def test_editions() -> None:
    rows = query("events_by_edition", chosen=Filters()).rows
    assert [(row["edition"], row["number"], row["count"]) for row in rows] == [(2013, 6, 3), (2014, 7, 20)]


@pytest.mark.parametrize(
    ("nomenclature", "expected"),
    [
        ("2014", {"53": 4, "82": 3, "11": 2, "42": 2, "04": 1, "52": 1, None: 7}),
        ("2016", {"53": 4, "84": 3, "11": 2, "44": 3, "04": 1, "52": 1, None: 6}),
    ],
)
def test_regions(nomenclature: str, expected: dict[str | None, int]) -> None:
    chosen = parse([("edition", "2014"), ("nomenclature", nomenclature)])
    rows = query("events_by_region", chosen=chosen).rows
    assert {row["region_code"]: row["count"] for row in rows if row["count"]} == expected
    assert len(rows) == (27 if nomenclature == "2014" else 18) + 1


def test_departements() -> None:
    rows = query("events_by_departement", chosen=parse([("edition", "2014")])).rows
    counts = {row["departement_code"]: row["count"] for row in rows if row["count"]}
    assert counts == {"35": 4, "69": 3, "75": 2, "67": 1, "974": 1, "44": 1, None: 8}
    assert len(rows) == 102


def test_types_and_themes() -> None:
    chosen = parse([("edition", "2014")])
    types = query("events_by_type", chosen=chosen).rows
    assert {row["type"]: row["count"] for row in types if row["count"]} == {"conference": 19, "atelier": 1}
    assert {row["type"] for row in types} == codes().types  # those without an event as well
    assert [row["type"] for row in types[:2]] == ["conference", "atelier"]
    labels = query("type_labels", chosen=Filters()).rows  # over both editions
    assert {(row["source_type_label"], row["type"]): row["count"] for row in labels} == {
        ("Conférence", "conference"): 22, ("Atelier", "atelier"): 1,
    }  # fmt: skip
    assert labels[0]["count"] == 22  # the most frequent first
    themes = query("events_by_theme", chosen=chosen).rows
    assert {row["theme"]: row["count"] for row in themes} == {"culture": 2, "sport": 1, None: 18}


def test_themes_within_days() -> None:
    chosen = parse([("edition", "2014"), ("from", "2014-11-06"), ("to", "2014-11-06")])
    assert {row["theme"]: row["count"] for row in query("events_by_theme", chosen=chosen).rows} == {
        "culture": 1, "sport": 1, None: 1,
    }  # fmt: skip


def test_days() -> None:
    rows = {row["day"]: row["count"] for row in query("events_by_day", chosen=parse([("edition", "2014")])).rows}
    assert rows[date(2014, 11, 5)] == 3
    assert rows[date(2014, 11, 6)] == 2
    assert rows[date(2014, 11, 8)] == 3
    assert rows[date(2014, 11, 9)] == 2
    assert rows[date(2014, 10, 15)] == 1
    assert sum(rows.values()) == 50
    assert len(rows) == 31


def test_distincts() -> None:
    assert query("event_distincts", chosen=parse([("edition", "2014")])).one == {
        "n_organisers": 3, "n_with_organiser": 5, "n_communes": 6, "n_departements": 6,
    }  # fmt: skip
    assert query("event_distincts", chosen=parse([("edition", "2014"), ("region", "53")])).one == {
        "n_organisers": 1, "n_with_organiser": 2, "n_communes": 1, "n_departements": 1,
    }  # fmt: skip


def test_the_file_says_what_it_is() -> None:
    status = query("file_status").one
    assert (status["is_demo"], status["n_events"], status["editions"]) == (False, 23, [2013, 2014])
    assert status["data_date"].isoformat() == "2014-09-20T10:00:00+00:00"
    assert query("current_edition").one == {"edition": 2014}


def test_findings() -> None:
    counts = {row["kind"]: row["count"] for row in query("findings_by_kind", chosen=Filters()).rows}
    assert counts == {
        "unlocated": 5, "coordinates_swapped": 1, "outside_101": 1, "outside_france": 1, "outside_campaign": 1, "unpublished": 1,
        "undated": 1, "month_long": 1,
    }  # fmt: skip


def test_an_event_and_its_sessions(reading_tiny: Path) -> None:
    chosen = parse([("edition", "2014"), ("theme", "sport")])
    (row,) = query("event_rows", chosen=chosen, lang="fr", after_starts=None, after_id=None, limit=5).rows
    assert (row["starts_at"], row["ends_at"]) == ("2014-11-05T10:00:00+01:00", "2014-11-06T11:00:00+01:00")
    assert row["themes"] == ["culture", "sport"]
    assert len(query("event_sessions", chosen=Filters(), event_id=row["event_id"]).values) == 2
    assert query("event", chosen=Filters(), event_id=row["event_id"]).one["theme_labels"] == ["Culture", "Sport"]


def test_an_unpublished_event_has_no_page(reading_tiny: Path) -> None:
    from tests.records import events_of

    ids = events_of(reading_tiny, "event_id")
    assert query("event", chosen=Filters(), event_id=ids["5"]).is_empty
    assert query("event", chosen=Filters(), event_id=ids["4"]).one["status"] == "cancelled"


def test_pages_of_rows_follow_one_another() -> None:
    chosen = parse([("edition", "2014")])
    seen: list[str] = []
    after: dict[str, object] = {"after_starts": None, "after_id": None}
    while rows := query("event_rows", chosen=chosen, lang="fr", limit=3, **after).rows:
        seen += [row["event_id"] for row in rows]
        after = {"after_starts": rows[-1]["starts_instant"], "after_id": rows[-1]["event_id"]}
    whole = query("event_rows", chosen=chosen, lang="fr", limit=None, after_starts=None, after_id=None)
    assert seen == whole.column("event_id")
    assert len(seen) == len(set(seen)) == 20


def test_the_days_of_the_replay_add_up_to_what_is_dated() -> None:
    chosen = parse([("edition", "2014")])
    dated = query("agenda_dated", chosen=chosen).one["n_dated"]
    for by_departement in (False, True):
        rows = query("place_days", chosen=chosen, by_departement=by_departement).rows
        assert sum(row["n_first"] for row in rows) == dated == 19
        placed = sum(row["n_first"] for row in rows if row["place"] is not None)
        assert placed == query("event_totals", chosen=chosen).one["located"] - 1  # one of them has no date
        days = {row["day"]: row["count"] for row in query("events_by_day", chosen=chosen).rows}
        assert {day: sum(row["n_events"] for row in rows if row["day"] == day) for day in days} == days


def test_a_point_outside_the_communes_has_its_events() -> None:
    chosen = parse([("edition", "2014")])
    outside = [row for row in query("event_places", chosen=chosen).rows if row["commune_code"] is None]
    for row in outside:
        events = query("events_at_point", chosen=chosen, place=row["place"])
        assert len(events.values) == row["n_events"] == 1
    assert "50.850,4.350" in {row["place"] for row in outside}


def test_events_to_come_are_listed_first_by_their_next_day() -> None:
    since = date(2014, 11, 6)
    rows = query(
        "events_listed", chosen=parse([("edition", "2014")]), since=since, by_distance=False, limit=None, offset=0
    ).rows
    titles = [row["title"] for row in rows]
    assert len(titles) == 20
    assert titles[:2] == ["2", "Exposition d'été à l’Œuvre"] or titles[:2] == ["Exposition d'été à l’Œuvre", "2"]
    upcoming = [row for row in rows if not row["is_past"] and row["starts_at"]]
    assert {row["title"] for row in rows if row["is_past"]} == {"Forum", "20"}
    assert titles[-1] == "25"  # undated
    assert len(upcoming) == 17
    two = next(row for row in rows if row["title"] == "2")
    assert two["next_at"].date() == since


def test_events_that_nobody_may_see_are_unknown(tiny_db: Path) -> None:
    with duckdb.connect(str(tiny_db), read_only=True) as connection:
        ids = dict(connection.execute("select source_uid, event_id from events").fetchall())
    not_published, of_march, cancelled, none = ids["5"], ids["21"], ids["4"], "0" * 16
    wanted = (ids["1"], cancelled, not_published, of_march, none)
    assert set(query("unknown_event_ids", ids=wanted).column("event_id")) == {not_published, of_march, none}


def test_examples_stand_for_a_place_and_name_who_organises() -> None:
    rows = query("report_examples", chosen=parse([("edition", "2014")])).rows
    examples = {row["territory"]: (row["title"], row["organiser"], row["n_sessions"]) for row in rows}
    assert examples == {
        "Bretagne": (examples["Bretagne"][0], "ALPHA", 2),
        "Île-de-France": (examples["Île-de-France"][0], "Gamma", 1),
        "Rhône-Alpes": ("100 % solidaire", "Beta", 1),
    }
    assert list(examples) == ["Bretagne", "Île-de-France", "Rhône-Alpes"]


def test_an_example_of_a_region_needs_no_departement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "db", tmp_path / "campaign.duckdb")
    build(settings().db, [record("a", region_label="Alsace", organiser_labels=["Gamma"])])
    assert query("report_examples", chosen=parse([("edition", "2014")])).column("territory") == ["Alsace"]
