"""A column of lengths gives ends, or is told: it is never left out in silence."""

from datetime import timedelta
from pathlib import Path

import pytest

from campaign.intake.dates import lengths
from campaign.intake.fields import columns
from tests.intake_files import Stage, write

pytestmark = pytest.mark.rows(every=3)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1h30", 90), ("1 h 30", 90), ("1h30min", 90), ("90 min", 90), ("90 mn", 90), ("90", 90), ("2", 120), ("2 heures", 120),
        ("une heure", 60), ("1,5 h", 90), ("1.5", 90), ("01:30", 90), ("1:30:00", 90), ("30'", 30), ("PT1H30M", 90), ("PT45M", 45),
        ("T1H30M", 90), ("PT90M", 90), ("P3D", 4320), ("P1W", 10080), ("P2DT0H", 2880), ("P1DT2H", 1560),
        ("PT", None), ("P", None), ("P1T2H", None),
        ("1h et demie", 90), ("une heure et demie", 90), ("½ heure", 30), ("une demi-heure", 30), ("45 minutes", 45),
        ("Durée : 2h", 120), ("trois quarts d'heure", 45), ("2 jours", 2880), ("1 journée", 1440),
        ("deux jours", 2880), ("une semaine", 10080), ("cinq heures", 300), ("une demi-journée", None),
        ("12", None), ("2h à 3h", None), ("2h30 avec entracte", None), ("0.0625", None), ("libre", None), ("", None),
    ],
)  # fmt: skip
def test_reads_lengths(text: str, minutes: int | None) -> None:
    assert lengths.parse(text)[0] == (None if minutes is None else timedelta(minutes=minutes))


def rows(folder: Path, header: str, *cells: str) -> list[tuple[str, str | None, list[str]]]:
    """Return begin, end and findings of each row of a table with these columns behind the title."""
    lines = [f"Titre;Ville;{header}", *(f"Forum {number};Rennes (35);{each}" for number, each in enumerate(cells))]
    stage = Stage(write(folder, "\n".join(lines) + "\n"))
    assert stage.rejects == []
    findings = {row["record_id"]: [] for row in stage.records}
    for row in stage.warnings:
        findings[row["record_id"]].append(f"{row['kind']} {row['detail']}")
    timings = [(row["record_id"], row["timings"][0]) for row in stage.records]
    return [(each["begins"], each["ends"], findings[number]) for number, each in timings]


def test_an_end_comes_from_a_length(tmp_path: Path) -> None:
    spans = rows(
        tmp_path, "Date;Heure;Durée", "3/11/2026;18h;1h30", "3/11/2026;23h;2h", "3/11/2026;;2 jours", "3/11/2026;9h;",
        "3/11/2026;18h;5400", "3/11/2026;18h;5400000", "3/11/2026;18h;5000",
    )  # fmt: skip
    programs = spans[4:]  # seconds, thousandths, neither
    assert [end for _, end, _ in programs] == ["2026-11-03T19:30", "2026-11-03T19:30", None]
    assert [findings for _, _, findings in programs] == [[], [], ["value_not_understood duration: 5000"]]
    assert spans[:4] == [
        ("2026-11-03T18:00", "2026-11-03T19:30", []),
        ("2026-11-03T23:00", "2026-11-04T01:00", []),
        ("2026-11-03", "2026-11-04", []),
        ("2026-11-03T09:00", None, []),
    ]


def test_days_of_iso_8601(tmp_path: Path) -> None:
    assert rows(tmp_path, "Date;Heure;Durée", "3/11/2026;;P3D", "3/11/2026;18h;P1DT2H", "3/11/2026;18h;26h") == [
        ("2026-11-03", "2026-11-05", []),
        ("2026-11-03T18:00", "2026-11-04T20:00", []),
        ("2026-11-03T18:00", None, ["value_not_understood duration: 26h"]),
    ]


@pytest.mark.in_turn
def test_the_header_gives_the_unit(tmp_path: Path) -> None:
    assert [end for _, end, _ in rows(tmp_path, "Date;Heure;Durée (min)", "3/11/2026;18h;5", "3/11/2026;18h;120")] == [
        "2026-11-03T18:05",
        "2026-11-03T20:00",
    ]
    assert (
        rows(tmp_path, "Date;Durée en heures", "2026-11-03T18:00;1,5", "2026-11-03T18:00;12")[1][1]
        == "2026-11-04T06:00"
    )
    assert rows(tmp_path, "Date;Heure;Minutes", "3/11/2026;18h30;90", "3/11/2026;10h;45")[0][1] == "2026-11-03T20:00"


def test_minutes_beside_whole_hours_are_those_of_the_hour(tmp_path: Path) -> None:
    spans = rows(tmp_path, "Date;Heure;Minutes", "3/11/2026;18;30", "3/11/2026;10;0")
    assert [(begins, ends) for begins, ends, _ in spans] == [("2026-11-03T18:30", None), ("2026-11-03T10:00", None)]


@pytest.mark.parametrize(
    ("cells", "end"),
    [
        ("3/11/2026 18:00;3/11/2026 20:00;3h", "2026-11-03T20:00"),  # another end than the column of ends
        ("3/11/2026;;2h", None),  # nothing says when it begins
        ("3/11/2026 18:00;;2 jours", None),
        ("3/11/2026 18:00;;longue", None),
        ("3/11/2026 18:00;;30h", None),  # no event lasts so long at a stretch
        ("3/11/2026 18:00;;2h à 3h", None),
    ],
)
def test_a_length_that_is_not_used_is_told(tmp_path: Path, cells: str, end: str | None) -> None:
    (row,) = rows(tmp_path, "Début;Fin;Durée", cells)
    assert row[1] == end
    assert [note.split(" ")[0] for note in row[2]] == ["value_not_understood"]
    assert "duration" in row[2][0]


def test_days_and_weeks_in_words(tmp_path: Path) -> None:
    assert rows(
        tmp_path, "Début;Fin;Durée", "3/11/2026 9h;;une journée", "3/11/2026 9h;;1 jour", "3/11/2026;4/11/2026;une journée",
        "3/11/2026;;deux jours", "3/11/2026;;1 semaine", "3/11/2026 9h;;48 h", "3/11/2026;;48 h",
    ) == [
        ("2026-11-03T09:00", None, []),  # it lasted until 9 on the next day
        ("2026-11-03T09:00", None, []),
        ("2026-11-03", "2026-11-04", ["value_not_understood duration: une journée"]),
        ("2026-11-03", "2026-11-04", []),
        ("2026-11-03", "2026-11-09", []),
        ("2026-11-03T09:00", "2026-11-05T09:00", []),
        ("2026-11-03", None, ["value_not_understood duration: 48 h"]),  # from when on?
    ]  # fmt: skip


def test_a_length_that_is_about_is_taken_and_told(tmp_path: Path) -> None:
    assert rows(tmp_path, "Date;Durée", "3/11/2026 18h;environ 2h") == [
        ("2026-11-03T18:00", "2026-11-03T20:00", ["end_unreadable environ 2h"])
    ]


@pytest.mark.parametrize("text", ["n. c.", "-", "toute la journée", "variable"])
def test_words_for_nothing_are_not_told(tmp_path: Path, text: str) -> None:
    assert rows(tmp_path, "Date;Durée", f"3/11/2026;{text}") == [("2026-11-03", None, [])]


def test_a_column_of_lengths_is_found_by_its_contents_too() -> None:
    table = [["Titre", "Date", "Durée prévue"], ["a", "3/11/2026", "1h30"], ["b", "4/11/2026", "45 min"]]
    assert columns.find_header(table, columns.Mapping(), "a.csv").columns["duration"] == [2]
