"""Tables that are turned, forms, calendars of a month, tables under one another whose columns differ."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from campaign.core.errors import IntakeError
from campaign.intake.spreadsheets import grids
from tests.intake_files import Stage, write

pytestmark = [pytest.mark.rows(every=3), pytest.mark.in_turn]


def read(folder: Path, text: str) -> list[tuple[str, str, str | None, str | None]]:
    stage = Stage(write(folder, text))
    assert stage.rejects == []
    return [(r["title"], r["timings"][0]["begins"], r["timings"][0]["ends"], r["city"]) for r in stage.records]


def test_a_table_whose_names_stand_in_the_first_column(tmp_path: Path) -> None:
    text = "Programme 2026;;\nTitre;Café;Thé\nDate;3/11/2026;4/11/2026\nHeure;18h;\nVille;Rennes;Brest\nPublic;;tous\n"
    assert read(tmp_path, text) == [
        ("Café", "2026-11-03T18:00", None, "Rennes"),
        ("Thé", "2026-11-04", None, "Brest"),
    ]


def test_two_lines_of_an_event_are_one(tmp_path: Path) -> None:
    text = "Date;Titre;Ville\n3/11/2026;Café;Rennes\n18h30;pour tous;\n4/11/2026;Thé;Brest\n9h-12h;;\n5/11/2026;Pain;Lille\n"
    assert read(tmp_path, text) == [
        ("Café", "2026-11-03T18:30", None, "Rennes"),
        ("Thé", "2026-11-04T09:00", "2026-11-04T12:00", "Brest"),
        ("Pain", "2026-11-05", None, "Lille"),
    ]
    assert Stage(tmp_path / "events.csv").records[0]["description"] == "pour tous"


def test_hours_below_one_day_are_not_taken_for_a_second_line(tmp_path: Path) -> None:
    text = "Date;Titre;Ville\n3/11/2026;Café;Rennes\n18h30;Goûter;Rennes\n4/11/2026;Thé;Brest\n5/11/2026;Pain;Lille\n"
    stage = Stage(write(tmp_path, text))
    assert [r["title"] for r in stage.records] == ["Café", "Thé", "Pain"]
    assert "18h30" in str(stage.rejects)


def test_weekdays_below_a_week(tmp_path: Path) -> None:
    text = "Semaine 45 : du 2 au 8 novembre 2026;;\nJour;Titre;Ville\nMardi;Café;Rennes\nDu 9 au 15 novembre 2026;;\nLundi;Thé;Brest\n"
    assert read(tmp_path, text) == [("Café", "2026-11-03", None, "Rennes"), ("Thé", "2026-11-09", None, "Brest")]


def test_weekdays_below_several_weeks_have_no_day(tmp_path: Path) -> None:
    text = (
        "Du 2 au 8 novembre 2026;;\nJour;Titre;Ville\nMardi;Café;Rennes\nDu 9 au 29 novembre 2026;;\nLundi;Thé;Brest\n"
    )
    stage = Stage(write(tmp_path, text))
    assert [(r["title"], r["timings"][0]["begins"]) for r in stage.records if r["timings"]] == [("Café", "2026-11-03")]
    assert "Lundi" in str(stage.rejects)


def test_forms_one_under_the_other(tmp_path: Path) -> None:
    text = "Titre :;Café\nDate :;3/11/2026\nVille :;Rennes\n;\nTITRE;Thé\nDate;4/11/2026\nLieu;Salle\nVille;Brest\n"
    assert read(tmp_path, text) == [("Café", "2026-11-03", None, "Rennes"), ("Thé", "2026-11-04", None, "Brest")]


def test_a_column_of_which_few_cells_are_names_of_fields_is_no_form(tmp_path: Path) -> None:
    programme = "".join(f"Consigne numéro {n};texte {n}\n" for n in range(8))
    with pytest.raises(IntakeError):
        Stage(write(tmp_path, f"Titre;Café\nDate;3/11/2026\nVille;Rennes\n{programme}"))


def test_a_form_on_each_sheet(tmp_path: Path) -> None:
    book = Workbook()
    for number, (title, town) in enumerate((("Café", "Rennes"), ("Thé", "Brest"))):
        page = book.active if number == 0 else book.create_sheet()
        page.title = f"Fiche {number + 1}"
        for row in (
            ["Fiche de l'événement"],
            ["Titre :", title],
            ["Date : 3 novembre 2026"],
            ["Heure", "18h30"],
            ["Ville", town],
        ):
            page.append(row)
    book.save(tmp_path / "fiches.xlsx")
    stage = Stage(tmp_path / "fiches.xlsx")
    assert [(r["title"], r["timings"][0]["begins"], r["city"]) for r in stage.records] == [
        ("Café", "2026-11-03T18:30", "Rennes"),
        ("Thé", "2026-11-03T18:30", "Brest"),
    ]


def test_names_of_fields_beside_a_table_explain_it(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["Titre", "Date", "Ville"], ["Café", "3/11/2026", "Rennes"]):
        book.active.append(row)
    for row in (["Titre", "Le nom"], ["Date", "par exemple 05/11/2026"], ["Ville", "sans CEDEX"]):
        (book["Consignes"] if "Consignes" in book.sheetnames else book.create_sheet("Consignes")).append(row)
    book.save(tmp_path / "a.xlsx")
    stage = Stage(tmp_path / "a.xlsx")
    assert [row["title"] for row in stage.records] == ["Café"]
    assert stage.rejects == []


def test_a_second_value_beside_a_form_is_no_event_in_silence(tmp_path: Path) -> None:
    stage = Stage(write(tmp_path, "Titre;Café;\nDate;3/11/2026;4/11/2026\nVille;Rennes;\n"))
    assert [r["title"] for r in stage.records] == ["Café"]
    assert [r["reason"] for r in stage.rejects] == ["title_missing"]


def test_a_table_with_a_header_is_not_turned() -> None:
    rows = [
        ["Titre", "Date", "Ville"],
        ["Date", "3/11/2026", "Rennes"],
        ["Ville", "4/11/2026", "Brest"],
        ["Lieu", "5/11/2026", "Lille"],
    ]
    assert grids.unfolded(rows) == rows
    of_moments = [
        ["Summary", "Location", "Start Time", "End Time"],
        ["Café", "Rennes", "2026-11-04", "2026-11-05"],
        ["Thé", "Brest", "2026-11-06 18:30:00", ""],
    ]
    assert grids.unfolded(of_moments) == of_moments


MONTH = """Novembre 2026;;;;;;
Lundi;Mardi;Mercredi;Jeudi;Vendredi;Samedi;Dimanche
26;27;28;29;30;31;1
;;Conseil;;;;
2;3;4;5;6;7;8
;"Ciné 20h
Rennes";;;"Atelier
Débat à 18h30";;
9;10;11;12;13;14;15
16;17;18;"19
Forum 9h-17h";20;21;22
23;24;25;26;27;28;29
30;1;2;3;4;5;6
Bilan;Fête;;;;;
"""


def test_a_calendar_of_a_month(tmp_path: Path) -> None:
    assert read(tmp_path, MONTH) == [
        ("Conseil", "2026-10-28", None, None),
        ("Ciné", "2026-11-03T20:00", None, "Rennes"),
        ("Atelier", "2026-11-06", None, None),
        ("Débat", "2026-11-06T18:30", None, None),
        ("Forum", "2026-11-19T09:00", "2026-11-19T17:00", None),
        ("Bilan", "2026-11-30", None, None),
        ("Fête", "2026-12-01", None, None),
    ]


def test_months_one_under_the_other(tmp_path: Path) -> None:
    days = "lun.;mar.;mer.;jeu.;ven.;sam.;dim."
    text = f"Octobre 2026;;;;;;\n{days}\n26;27 Café;28;29;30;31;\nNovembre 2026;;;;;;\n{days}\n;;;;;;1 Thé\n2;3;4;5;6 Pain;7;8\n"
    assert [row[:2] for row in read(tmp_path, text)] == [
        ("Café", "2026-10-27"),
        ("Thé", "2026-11-01"),
        ("Pain", "2026-11-06"),
    ]


def test_a_calendar_whose_days_are_not_those_of_its_year_is_told(tmp_path: Path) -> None:
    stage = Stage(write(tmp_path, MONTH.replace("2026", "2027")))
    assert {row["kind"] for row in stage.warnings} == {"date_ambiguous"}
    assert len(stage.warnings) == len(stage.records)


def test_a_calendar_that_cannot_be_read_for_sure_is_refused_by_its_name(tmp_path: Path) -> None:
    text = "Novembre 2026;;;;;;;\nSalle;Lun.;Mar.;Mer.;Jeu.;Ven.;Sam.;Dim.\n;2;3;4;5;6;7;8\nA;;Ciné;;;;;\nB;;Atelier;;;;;\n"
    with pytest.raises(IntakeError, match="grille de semaines"):
        Stage(write(tmp_path, text))


def test_a_second_table_keeps_the_columns_that_only_it_has(tmp_path: Path) -> None:
    text = (
        "Titre;Date;Ville\nCafé;3/11/2026;Rennes\n;;\nTitre;Du;Au;Ville;Organisateur\nSalon;5/11/2026;7/11/2026;Brest;La halle\n"
        "Titre;Date;Ville\nThé;8/11/2026;Lille\n"
    )
    stage = Stage(write(tmp_path, text))
    assert [
        (r["title"], r["timings"][0]["begins"], r["timings"][0]["ends"], r["city"], r["organiser_labels"])
        for r in stage.records
    ] == [
        ("Café", "2026-11-03", None, "Rennes", []),
        ("Salon", "2026-11-05", "2026-11-07", "Brest", ["La halle"]),
        ("Thé", "2026-11-08", None, "Lille", []),
    ]
    assert set(stage.kinds) == {"rows_left"}
    assert stage.staged.files[0].reading.columns["ends"] == ["Au"]


def test_a_later_table_under_headings_keeps_its_columns(tmp_path: Path) -> None:
    text = "Titre;Date\nRennes;\nCafé;3/11/2026\nTitre;Du;Au\nSalon;5/11/2026;7/11/2026\nBrest;;\nForum;8/11/2026;9/11/2026\n"
    assert read(tmp_path, text) == [
        ("Café", "2026-11-03", None, "Rennes"),
        ("Salon", "2026-11-05", "2026-11-07", "Rennes"),
        ("Forum", "2026-11-08", "2026-11-09", "Brest"),
    ]


def sessions(folder: Path, text: str) -> list[list[str]]:
    stage = Stage(write(folder, text))
    assert stage.rejects == []
    return [[f"{t['begins']} {t['ends'] or ''}".strip() for t in row["timings"]] for row in stage.records]


@pytest.mark.parametrize(
    ("header", "cells", "read"),
    [
        ("Date 1;Date 2;Date 3", "3/11/2026;10/11/2026;", ["2026-11-03", "2026-11-10"]),
        ("Date;Date 2;Heure", "3/11/2026;10/11/2026;18h", ["2026-11-03T18:00", "2026-11-10T18:00"]),
        ("Date n°1;Date n°2", "3/11/2026;10/11/2026", ["2026-11-03", "2026-11-10"]),
        ("Séance 1;Séance 2", "3/11/2026 18h;10/11/2026 19h", ["2026-11-03T18:00", "2026-11-10T19:00"]),
        (
            "Séance 1 : date;Séance 1 : heure;Séance 2 : date;Séance 2 : heure",
            "3/11/2026;18h;10/11/2026;9h",
            ["2026-11-03T18:00", "2026-11-10T09:00"],
        ),
        ("Date;start;stop", "3/11/2026;18.30;20.00", ["2026-11-03T18:30 2026-11-03T20:00"]),
        ("Date;Autre date", "3/11/2026;10/11/2026", ["2026-11-03", "2026-11-10"]),
        (
            "Date 1;Heure 1;Date 2;Heure 2",
            "3/11/2026;18h;10/11/2026;9h-12h",
            ["2026-11-03T18:00", "2026-11-10T09:00 2026-11-10T12:00"],
        ),
        (
            "Date début 1;Date fin 1;Date début 2;Date fin 2",
            "3/11/2026;4/11/2026;10/11/2026;",
            ["2026-11-03 2026-11-04", "2026-11-10"],
        ),
        (
            "Date 1;Heure de début 1;Heure de fin 1;Date 2;Heure de début 2;Heure de fin 2",
            "3/11/2026;18h;20h;10/11/2026;9h;12h",
            ["2026-11-03T18:00 2026-11-03T20:00", "2026-11-10T09:00 2026-11-10T12:00"],
        ),
    ],
)
def test_columns_that_count_their_sessions(tmp_path: Path, header: str, cells: str, read: list[str]) -> None:
    assert sessions(tmp_path, f"Titre;Ville;{header}\nCafé;Rennes;{cells}\n") == [read]


def test_a_new_date_is_no_second_session(tmp_path: Path) -> None:
    text = "Titre;Ville;Date;Nouvelle date\nCafé;Rennes;3/11/2026;10/11/2026\nThé;Brest;4/11/2026;12/11/2026\n"
    stage = Stage(write(tmp_path, text))
    assert [len(row["timings"]) for row in stage.records] == [1, 1]
    assert stage.kinds == ["date_ambiguous", "date_ambiguous"]


@pytest.mark.parametrize("column", ["Jour", "Jours"])
def test_weekdays_beside_a_first_and_a_last_day(tmp_path: Path, column: str) -> None:
    text = f"Titre;Ville;{column};Du;Au;Horaires\nCafé;Rennes;mardi;3/11/2026;17/11/2026;18h-20h\n"
    assert sessions(tmp_path, text) == [[f"2026-11-{day:02}T18:00 2026-11-{day:02}T20:00" for day in (3, 10, 17)]]


def test_the_weekday_of_the_first_of_a_few_days_is_no_week(tmp_path: Path) -> None:
    text = "Titre;Ville;Jour;Du;Au\nCafé;Rennes;mardi;3/11/2026;5/11/2026\n"
    assert sessions(tmp_path, text) == [["2026-11-03 2026-11-05"]]


def test_a_frequency_is_told(tmp_path: Path) -> None:
    text = "Titre;Ville;Date;Fréquence\nCafé;Rennes;3/11/2026;tous les mardis\nThé;Brest;4/11/2026;ponctuel\n"
    stage = Stage(write(tmp_path, text))
    assert [(row["kind"], row["detail"]) for row in stage.warnings] == [("date_ambiguous", "tous les mardis")]


def test_remarks_say_that_an_event_is_cancelled_or_postponed(tmp_path: Path) -> None:
    text = "Titre;Ville;Date;Remarques\nA;Rennes;3/11/2026;ANNULÉ\nB;Rennes;3/11/2026;reporté au 10\nC;Rennes;3/11/2026;prévoir\n"
    assert [row["status"] for row in Stage(write(tmp_path, text)).records] == ["cancelled", "postponed", None]


@pytest.mark.parametrize(
    "title", ["REPORTÉ - Forum", "Forum (reporté)", "[Reportée] Visite", "Forum - REPORTÉ AU 10/11"]
)
def test_a_title_that_says_postponed(tmp_path: Path, title: str) -> None:
    stage = Stage(write(tmp_path, f"Titre;Ville;Date\n{title};Rennes;3/11/2026\nLe report des voix;Rennes;3/11/2026\n"))
    assert [row["status"] for row in stage.records] == ["postponed", None]
    assert stage.kinds == ["postponed_in_title"]


def test_what_is_an_organisations_own_is_not_the_events(tmp_path: Path) -> None:
    text = (
        "Titre;Date;Organisateur;Adresse organisateur;CP organisateur;Ville organisateur\n"
        "A;3/11/2026;Halle;2 rue B;75011;Paris\nB;3/11/2026;Halle;2 rue B;75011;Paris\n"
    )
    for row in Stage(write(tmp_path, text)).records:
        assert (row["organiser_labels"], row["city"], row["postcode"], row["address"]) == (["Halle"], None, None, None)


def test_towns_in_several_columns_choose_none(tmp_path: Path) -> None:
    stage = Stage(write(tmp_path, "Titre;Commune 1;Commune 2;Date\nA;Rennes;Brest;3/11/2026\nB;Rennes;;3/11/2026\n"))
    assert sorted(str(stage.records[0]["city"]).split(" / ")) == ["Brest", "Rennes"]
    assert stage.records[1]["city"] == "Rennes"


def test_lost_characters_are_told(tmp_path: Path) -> None:
    stage = Stage(write(tmp_path, "Titre;Ville;Date\nCaf\ufffd;Rennes;3/11/2026\nThé;Rennes;3/11/2026\n"))
    assert stage.kinds == ["characters_lost"]


def test_forms_that_say_from_when_to_when(tmp_path: Path) -> None:
    forms = "\n\n".join(
        f"De : {begins}\nÀ : {ends}\nTitre : {title}\nDescription :\nLieu : Rennes\nJournée entière : {is_whole}"
        for title, begins, ends, is_whole in (
            ("Bal", "05/11/2026 18:00", "05/11/2026 20:00", "Non"),
            ("Foire", "06/11/2026 00:00", "06/11/2026 00:00", "Oui"),
        )
    )
    stage = Stage(write(tmp_path, forms, "agenda.txt"))
    assert [(row["title"], row["timings"][0]["begins"]) for row in stage.records] == [
        ("Bal", "2026-11-05T18:00"),
        ("Foire", "2026-11-06"),
    ]


@pytest.mark.parametrize(
    ("header", "towns"),
    [
        ("Organisateur;Ville;Titre;Date;Lieu;Ville", ["Rennes", "Brest"]),
        ("Titre;Ville;Date;Horaire;Organisateur;Ville", ["Paris", "Lyon"]),
        ("Titre;Ville;Date;Horaire;Tarif;Ville", ["Paris / Rennes", "Brest / Lyon"]),
    ],
)
def test_the_town_of_an_organiser_is_not_the_events(tmp_path: Path, header: str, towns: list[str]) -> None:
    rows = {
        "Organisateur": ("Le Relais", "Le Fil"), "Titre": ("Bal", "Loto"), "Date": ("05/11/2026", "06/11/2026"),
        "Lieu": ("Halle", "Salle"), "Horaire": ("18h", "14h"), "Tarif": ("3 €", "5 €"),
    }  # fmt: skip
    lines = [header]
    for number, (first, second) in enumerate((("Paris", "Rennes"), ("Lyon", "Brest"))):
        own = iter((first, second))
        lines.append(";".join(next(own) if name == "Ville" else rows[name][number] for name in header.split(";")))
    stage = Stage(write(tmp_path, "\n".join(lines) + "\n"))
    assert [row["city"] for row in stage.records] == towns


def test_objects_in_cells_of_places(tmp_path: Path) -> None:
    text = (
        "Liste;;;\n"
        "titre;date;lieu;notes\n"
        """Semis;2026-11-12;"{""nom"": ""Serre"", ""code_postal"": ""37000"", ""ville"": ""Tours""}";"{a}"\n"""
        """Bal;2026-11-13;"{'nom': 'Halle', 'adresse': '1 quai Sud', 'ville': 'Nantes', 'latitude': 47.2173, 'longitude': -1.5534}";\n"""
        "Forum;2026-11-14;Salle verte;\n"
        'Visite;2026-11-15;"{""nom"": ""Serre""";\n'
    )
    stage = Stage(write(tmp_path, text))
    assert [(row["title"], row["venue"], row["postcode"], row["city"], row["lat"]) for row in stage.records] == [
        ("Semis", "Serre", "37000", "Tours", None),
        ("Bal", "Halle", None, "Nantes", 47.2173),
        ("Forum", "Salle verte", None, None, None),
        ("Visite", '{"nom": "Serre"', None, None, None),
    ]
    assert [row["line"] for row in stage.records] == [3, 4, 5, 6]


@pytest.mark.parametrize("before", ["", "\n", "\nProgramme;;;\n\n", "\n\n;;;\n"])
def test_objects_in_cells_behind_empty_lines(tmp_path: Path, before: str) -> None:
    text = before + "titre;date;lieu;notes\n" + """Semis;2026-11-12;"{'nom': 'Serre', 'ville': 'Tours'}";\n"""
    stage = Stage(write(tmp_path, text + "\nBal;2026-11-13;Halle;{1, 2}\n"))
    assert [(row["title"], row["venue"], row["city"]) for row in stage.records] == [
        ("Semis", "Serre", "Tours"),
        ("Bal", "Halle", None),
    ]


def test_an_open_quote_beside_objects_is_told(tmp_path: Path) -> None:
    """The rows behind it are not taken for one cell because another column holds objects."""
    rows = [f"""Semis {n};2026-11-1{n};{{'nom': 'Serre', 'ville': 'Tours'}};\n""" for n in range(6)]
    rows[2] = rows[2].replace("Semis 2", '"Semis 2')
    plain = [row.replace("{'nom': 'Serre', 'ville': 'Tours'}", "Serre, Tours") for row in rows]
    head = "titre;date;lieu;notes\n"
    stages = [Stage(write(tmp_path, head + "".join(given), f"{k}.csv")) for k, given in enumerate((rows, plain))]
    rejects = [[(row["line"], row["reason"]) for row in stage.rejects] for stage in stages]
    assert rejects[0] == rejects[1]
    assert len(stages[0].records) == len(stages[1].records)


@pytest.mark.parametrize(
    "header",
    [
        "Séance 1 date;Séance 1 heure;Séance 1 ville;Séance 2 date;Séance 2 heure;Séance 2 ville",
        "Date 1;Heure 1;Ville 1;Date 2;Heure 2;Ville 2",
    ],
)
def test_sessions_with_places_in_numbered_columns(tmp_path: Path, header: str) -> None:
    rows = (
        "Forum;5/11/2026;18h;Rennes;6/11/2026;20h;Brest\nAtelier;7/11/2026;14h;Nantes;;;\n"
        "Ciné;8/11/2026;10h;Lille;8/11/2026;14h;Lille\n"
    )
    stage = Stage(write(tmp_path, f"Titre;{header}\n{rows}"))
    assert [(r["title"], r["city"], [t["begins"][8:] for t in r["timings"]]) for r in stage.records] == [
        ("Forum", "Rennes", ["05T18:00"]),
        ("Forum", "Brest", ["06T20:00"]),
        ("Atelier", "Nantes", ["07T14:00"]),
        ("Ciné", "Lille", ["08T10:00", "08T14:00"]),
    ]
    assert (stage.kinds, stage.rejects) == ([], [])
