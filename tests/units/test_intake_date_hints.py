"""What stands around a table says of its dates what their cells do not, and nothing else is made up."""

from pathlib import Path

import pytest

from campaign.intake.dates.date_text import Hint
from campaign.intake.fields import date_fields, date_hints
from campaign.intake.request import Request
from tests.intake_files import Stage, write

pytestmark = pytest.mark.rows(every=3)


def begins(stage: Stage) -> list[list[str]]:
    return [[timing["begins"] for timing in record["timings"]] for record in stage.records]


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["05/11/2026", "06/11/2026"], "dmy"),
        (["05/11/2026", "25/11/2026"], "dmy"),
        (["11/05/2026", "11/25/2026"], "mdy"),
        (["25/11/2026", "11/25/2026"], ""),
        (["25/11/2026"] * 30 + ["11/25/2026"], "dmy"),
        (["2026-11-25"], "dmy"),
        # no number above twelve: weekdays say it, else what looks American is refused
        (["mardi 03/11/2026", "05/11/2026"], "dmy"),
        (["Tue 11/3/2026", "11/5/2026"], "mdy"),
        (["03/11/2026", "05/11/2026", "07/11/2026"], "dmy"),
        (["11/3/2026", "11/5/2026", "11/7/2026"], ""),
        (["11/3/2026 2:00 PM"], "mdy"),  # of the campaign in this order alone
        (["11/10/2026 2:00 PM"], ""),
        (["5/3/2026 2:00 PM"], ""),
        (["11/3/2026 2:00 PM", "5/11/2026 18:30"], "dmy"),
        (["11/3/2026", "11/5/2026"], "dmy"),
        # two digits of a year go first where the last numbers would be years far apart
        (["26-11-05", "26-11-14"], "ymd"),
        (["05-11-26", "05-12-26"], "dmy"),
        (["26-11-05"], "dmy"),
    ],
)
def test_the_order_is_that_of_the_column(texts: list[str], order: str) -> None:
    assert date_hints.order_of(texts) == order


def test_other_columns_decide_what_a_column_cannot_say(tmp_path: Path) -> None:
    table = "Titre;Date;Créé le\nA;11/3/2026;10/22/2026\nB;11/5/2026;10/20/2026\nC;11/7/2026;10/20/2026\n"
    assert begins(Stage(write(tmp_path, table))) == [["2026-11-03"], ["2026-11-05"], ["2026-11-07"]]
    undecided = Stage(write(tmp_path, table.replace("10/22", "10/12").replace("10/20", "10/11")))
    assert [reject["reason"] for reject in undecided.rejects] == ["date_unreadable"] * 3


def test_midnights_of_a_whole_column_are_days(tmp_path: Path) -> None:
    table = "Titre;Début;Fin\nA;2026-11-03 00:00:00;2026-11-03 00:00:00\nB;05/11/2026 00:00;07/11/2026 00:00\n"
    stage = Stage(write(tmp_path, table))
    assert [record["timings"] for record in stage.records] == [
        [{"begins": "2026-11-03", "ends": "2026-11-03"}],
        [{"begins": "2026-11-05", "ends": "2026-11-07"}],
    ]
    night = table.replace("05/11/2026 00:00", "05/11/2026 20:00")
    assert begins(Stage(write(tmp_path, night))) == [["2026-11-03"], ["2026-11-05T20:00"]]


def test_midnights_that_may_be_the_end_of_the_day_before_are_told(tmp_path: Path) -> None:
    table = "Titre;Début;Fin\nA;2026-11-03 00:00:00;2026-11-04 00:00:00\nB;2026-11-05 00:00:00;2026-11-07 00:00:00\n"
    stage = Stage(write(tmp_path, table))
    assert [record["timings"][0]["ends"] for record in stage.records] == ["2026-11-04", "2026-11-07"]
    assert [(row["kind"], row["detail"]) for row in stage.warnings] == [
        ("date_ambiguous", "2026-11-03 - 2026-11-04"),
        ("date_ambiguous", "2026-11-05 - 2026-11-07"),
    ]
    assert Stage(write(tmp_path, f"{table}C;2026-11-09 00:00:00;2026-11-09 00:00:00\n", "b.csv")).kinds == []


def test_an_american_column_is_read_as_one(tmp_path: Path) -> None:
    table = "Titre;Date;Créé le\nA;11/05/2026;10/02/2026\nB;11/25/2026 18:30;10/20/2026\n"
    stage = Stage(write(tmp_path, table))
    assert begins(stage) == [["2026-11-05"], ["2026-11-25T18:30"]]
    assert [record["created_at"] for record in stage.records] == ["2026-10-02", "2026-10-20"]


def test_a_column_that_contradicts_itself_is_read_where_it_can_be(tmp_path: Path) -> None:
    stage = Stage(write(tmp_path, "Titre;Date\nA;25/11/2026\nB;11/25/2026\nC;11/05/2026\nD;11/11/2026\n"))
    assert begins(stage) == [["2026-11-25"], ["2026-11-25"], ["2026-11-11"]]
    assert [(reject["value"], reject["reason"]) for reject in stage.rejects] == [("11/05/2026", "date_unreadable")]


@pytest.mark.parametrize(
    ("name", "above", "edition", "year", "source"),
    [
        ("programme.csv", "", 2026, "2026", "l'édition demandée"),
        ("programme-2026.csv", "", None, "2026", "le nom du fichier"),
        ("export-2025.csv", "", 2026, "2026", "l'édition demandée"),
        ("programme.csv", "Programme de novembre 2026;\n", None, "2026", "une ligne au-dessus"),
        ("programme-2025-2026.csv", "", None, None, ""),
        ("programme.csv", "", None, None, ""),
    ],
)
def test_a_day_without_a_year_has_that_of_the_table(
    tmp_path: Path, name: str, above: str, edition: int | None, year: str | None, source: str
) -> None:
    table = f"{above}Titre;Date\nA;mardi 3 novembre\nB;jeudi 3 novembre à 18h\n"
    stage = Stage(write(tmp_path, table, name), edition=edition)
    if year is None:
        assert [reject["reason"] for reject in stage.rejects] == ["date_unreadable"] * 2
        return
    assert begins(stage) == [[f"{year}-11-03"], [f"{year}-11-03T18:00"]]
    assert [(w["record_id"], w["kind"], w["detail"]) for w in stage.warnings] == [(2, "date_ambiguous", "jeudi")]
    assert source in str(stage.staged.files[0].reading.why)


@pytest.mark.parametrize(
    ("name", "expected"), [("mois_novembre-2026.csv", ["2026-11-03"]), ("export novembre 2026.csv", [])]
)
def test_the_name_of_a_file_says_the_month(tmp_path: Path, name: str, expected: list[str]) -> None:
    assert [day for days in begins(Stage(write(tmp_path, "Titre;Date\nA;Mardi 3\n", name))) for day in days] == expected


def test_a_year_of_the_cell_goes_before_all_others(tmp_path: Path) -> None:
    stage = Stage(write(tmp_path, "Titre;Date\nA;3 novembre 2024\n", "agenda-2025.csv"), edition=2026)
    assert begins(stage) == [["2024-11-03"]]
    assert "année" not in str(stage.staged.files[0].reading.why)


def test_the_sheet_says_the_month() -> None:
    around, source = date_hints.of_table(Request(path=Path("a.xlsx"), scratch=Path(), sheet="Novembre 2026"))
    assert (around, source) == (Hint(year=2026, month=11), "année {n} d'après le nom de la feuille")
    assert date_fields.span(None, "10 au 12", around=around) == ([("2026-11-10", "2026-11-12")], [])


def test_a_year_of_two_digits_in_its_own_column(tmp_path: Path) -> None:
    stage = Stage(write(tmp_path, "Titre;Jour;Mois;Année\nA;5;11;2026\nB;6;nov.;26\nC;7;11;'26\n"))
    assert begins(stage) == [["2026-11-05"], ["2026-11-06"], ["2026-11-07"]]
    assert stage.warnings == []


@pytest.mark.parametrize(
    ("name", "edition", "month_and_year"),
    [
        ("Nov 26", None, (11, 2026)),
        ("déc. 26", 2026, (12, 2026)),
        ("Novembre_26", 2026, (11, 2026)),
        ("Nov 14", 2026, (None, None)),  # a day, most likely
        ("Nov 05", None, (None, None)),
        ("Feuil26", None, (None, None)),
    ],
)
def test_a_sheet_named_by_month_and_two_digits(
    name: str, edition: int | None, month_and_year: tuple[int | None, int | None]
) -> None:
    assert date_hints.of_sheet(name, edition) == month_and_year


def test_month_and_days_in_two_columns(tmp_path: Path) -> None:
    table = "Titre;Mois;Dates\nA;Novembre 2026;10 au 12\nB;;3, 5 et 7\nC;décembre 2026;\nD;bientôt;5 novembre 2026\n"
    stage = Stage(write(tmp_path, table))
    assert begins(stage) == [["2026-11-10"], ["2026-11-03", "2026-11-05", "2026-11-07"], ["2026-11-05"]]
    assert [(reject["line"], reject["reason"]) for reject in stage.rejects] == [(4, "date_unreadable")]
    assert [(w["kind"], w["detail"]) for w in stage.warnings] == [("value_not_understood", "month: bientôt")]


def test_a_day_alone_in_the_column_of_ends_has_no_hour(tmp_path: Path) -> None:
    table = (
        "Titre;Début;Fin\nA;2026-11-05 18:30;2026-11-05\nB;05/11/2026 18h30;05/11/2026\nC;05/11/2026 18h30;07/11/2026\n"
    )
    stage = Stage(write(tmp_path, table))
    whole = [[(t["begins"], t["ends"]) for t in record["timings"]] for record in stage.records]
    assert whole[:2] == [[("2026-11-05T18:30", None)]] * 2
    assert whole[2] == [("2026-11-05T18:30", None), ("2026-11-06", "2026-11-07")]
    assert stage.kinds == ["end_unreadable"]


def test_prose_does_not_beat_a_date(tmp_path: Path) -> None:
    table = (
        "Titre;Date;date_debut;date_fin\nA;Du 9 au 13 novembre;09/11/2026;13/11/2026\nB;le 12;10/11/2026;10/11/2026\n"
    )
    stage = Stage(write(tmp_path, table))
    assert begins(stage) == [["2026-11-09"], ["2026-11-10"]]
    assert [(w["record_id"], w["kind"], w["detail"]) for w in stage.warnings] == [(2, "date_ambiguous", "le 12")]


def test_two_columns_may_hold_one_date() -> None:
    assert date_fields.span(None, f"Jeudi{date_fields.CELL}5 novembre 2026") == ([("2026-11-05", None)], [])
    assert date_fields.span(None, f"Mardi{date_fields.CELL}5 novembre 2026")[1]


def test_hours_beside_a_range_of_days_are_told() -> None:
    sessions, notes = date_fields.span(None, "8 - 9 novembre 2026", "10h - 18h")
    assert sessions == [(f"2026-11-0{n}T10:00", f"2026-11-0{n}T18:00") for n in (8, 9)]
    assert [kind for kind, _ in notes] == ["date_ambiguous"]
