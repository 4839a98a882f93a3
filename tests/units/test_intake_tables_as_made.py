"""Tables as people make them: rows that are no events say what they are, and what they say of others is kept."""

import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import nsdecls
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from campaign.core.errors import IntakeError
from campaign.intake.fields import clock_columns, settling_hours
from campaign.intake.fields.flags import flag_of
from tests.intake_files import Stage, write

pytestmark = [pytest.mark.rows(every=3), pytest.mark.in_turn]

HEADER = ["Titre", "Date", "Commune"]


def workbook(folder: Path, fill: Callable[[Workbook], None]) -> Path:
    book = Workbook()
    fill(book)
    path = folder / "tableau.xlsx"
    book.save(path)
    return path


def sheet(*rows: list[Any]) -> Callable[[Workbook], None]:
    def fill(book: Workbook) -> None:
        for row in rows:
            book.active.append(row)

    return fill


def list_warnings(stage: Stage) -> list[tuple[str, str | None]]:
    return [(row["kind"], row["detail"]) for row in stage.warnings]


def summary(stage: Stage, *names: str) -> list[tuple[Any, ...]]:
    return [
        (row["title"], *(" ".join(t["begins"] for t in row["timings"]) if n == "begins" else row[n] for n in names))
        for row in stage.records
    ]


def test_repeated_headers_totals_and_notes_are_left_and_told(tmp_path: Path) -> None:
    rows = sheet(
        [*HEADER, "Participants"],
        ["80 signes", "jj/mm/aaaa", "en toutes lettres", "obligatoire"],
        ["Ex : Portes ouvertes", "01/11/2026", "Paris", 12],
        ["Forum", "03/11/2026", "Rennes", 30],
        ["TITRE", "DATE", "COMMUNE", "PARTICIPANTS"],
        ["Débat", "04/11/2026", "Brest", 20],
        ["Total", None, None, 50],
        ["* dates susceptibles de changer"],
        ["Source : la chambre, le 12/10/2026"],
    )
    stage = Stage(workbook(tmp_path, rows))
    assert summary(stage, "city") == [("Forum", "Rennes"), ("Débat", "Brest")]
    assert stage.rejects == []
    assert list_warnings(stage) == [("rows_left", "2, 3, 5, 7, 8, 9")]


def test_notes_in_the_column_of_dates_are_left(tmp_path: Path) -> None:
    stage = Stage(
        write(
            tmp_path,
            "Date;Titre;Ville\n03/11/2026;Forum;Rennes\n(04/11/2026);(Bal);(Brest)\nTotal 2026;1;\nSource : CRESS, 12/10/2026;;\n",
        )
    )
    assert (summary(stage, "city"), stage.rejects) == ([("Forum", "Rennes"), ("(Bal)", "(Brest)")], [])


@pytest.mark.parametrize(
    ("mark", "above"), [("~", ""), ("^", ""), (" ~ ", ""), ("#", ""), ("|", "# Agenda\n\n"), (" | ", "# Agenda\n\n")]
)
def test_cells_between_other_marks(tmp_path: Path, mark: str, above: str) -> None:
    rule = mark.join(["---"] * 3) + "\n" if above else ""
    rows = "".join(mark.join(row) + "\n" for row in (["Bal", "03/11/2026", "Rennes"], ["Foire", "04/11/2026", "Brest"]))
    stage = Stage(write(tmp_path, above + mark.join(["Nom", "Date", "Ville"]) + "\n" + rule + rows, "a.md"))
    assert (summary(stage, "city"), stage.rejects) == ([("Bal", "Rennes"), ("Foire", "Brest")], [])


def test_a_row_of_a_title_alone_is_an_event_without_a_date(tmp_path: Path) -> None:
    stage = Stage(
        write(
            tmp_path, "Titre;Date;Ville\nForum;03/11/2026;Rennes\nTotal recall, le débat;04/11/2026;Brest\nVisite;;\n"
        )
    )
    assert [row["title"] for row in stage.records] == ["Forum", "Total recall, le débat"]
    assert [(row["line"], row["reason"]) for row in stage.rejects] == [(4, "date_missing")]


def test_headings_give_what_the_table_has_no_column_for(tmp_path: Path) -> None:
    rows = sheet(
        ["Ille-et-Vilaine"],
        HEADER,
        ["Forum", "03/11/2026", "Saint-Germain"],
        ["MORBIHAN (56)"],
        ["Débat", "04/11/2026", "Vannes"],
    )
    stage = Stage(workbook(tmp_path, rows))
    assert summary(stage, "departement_label") == [("Forum", "Ille-et-Vilaine"), ("Débat", "MORBIHAN (56)")]
    of_days = sheet(
        ["Heure", "Titre", "Commune"], ["Mardi 3 novembre 2026"], ["14h", "Forum", "Rennes"], ["18h", "Débat", "Rennes"],
        ["Mercredi 4 novembre 2026"], ["10h", "Atelier", "Brest"],
    )  # fmt: skip
    stage = Stage(workbook(tmp_path, of_days))
    assert summary(stage, "begins") == [
        ("Forum", "2026-11-03T14:00"),
        ("Débat", "2026-11-03T18:00"),
        ("Atelier", "2026-11-04T10:00"),
    ]


def test_several_tables_on_a_sheet_in_another_order(tmp_path: Path) -> None:
    rows = sheet(
        HEADER,
        ["Forum", "03/11/2026", "Rennes"],
        [],
        ["Date", "Commune", "Intitulé", "Tarif"],
        ["05/11/2026", "Vannes", "Atelier", "5 €"],
    )
    stage = Stage(workbook(tmp_path, rows))
    assert summary(stage, "begins", "city") == [("Forum", "2026-11-03", "Rennes"), ("Atelier", "2026-11-05", "Vannes")]
    assert list_warnings(stage) == [("rows_left", "4")]
    assert [row["conditions"] for row in stage.records] == [None, "5 €"]


def test_the_name_of_a_sheet_is_a_place(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        book.active.title = "35"
        book.create_sheet("Côtes-d'Armor (22)")
        for each, city in zip(book.worksheets, ("Saint-Germain", None), strict=True):
            each.append(HEADER)
            each.append(["Forum", "03/11/2026", city])

    stage = Stage(workbook(tmp_path, fill))
    assert [(row["city"], row["departement_label"]) for row in stage.records] == [("Saint-Germain", "35"), (None, "22")]

    def towns(book: Workbook) -> None:
        book.active.title = "Rennes"
        book.create_sheet("Bilan")
        for each in book.worksheets:
            each.append(["Titre", "Date", "Lieu"])
            each.append(["Forum", "03/11/2026", "MJC"])

    stage = Stage(workbook(tmp_path, towns))
    assert [(row["venue"], row["city"]) for row in stage.records] == [("MJC", "Rennes"), ("MJC", None)]


def test_hidden_rows_are_told(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet(HEADER, ["Forum", "03/11/2026", "Rennes"], ["Débat", "04/11/2026", "Rennes"])(book)
        book.active.row_dimensions[3].hidden = True

    stage = Stage(workbook(tmp_path, fill))
    assert [(row["record_id"], row["kind"]) for row in stage.warnings] == [(2, "row_hidden")]


@pytest.mark.parametrize(("n_struck", "status"), [(3, "cancelled"), (1, None)])
def test_rows_that_are_struck_through_are_cancelled(tmp_path: Path, n_struck: int, status: str | None) -> None:
    def fill(book: Workbook) -> None:
        sheet(HEADER, ["Forum", "03/11/2026", "Rennes"], ["Débat", "04/11/2026", "Rennes"])(book)
        for cell in book.active[3][:n_struck]:
            cell.font = Font(strike=True)
        book.active.row_dimensions[3].hidden = True

    stage = Stage(workbook(tmp_path, fill))
    assert [row["status"] for row in stage.records] == [None, status]
    assert [(row["record_id"], row["kind"]) for row in stage.warnings] == [
        (2, "row_hidden"),
        *([(2, "row_struck")] if status else []),
    ]


@pytest.mark.parametrize("mark", ["id.", "Idem", "« id. »", "″", '"', "''", "//", '-"-'])
def test_marks_that_mean_the_same_as_above(tmp_path: Path, mark: str) -> None:
    rows = sheet(HEADER, ["Forum", "03/11/2026", "Rennes"], ["Débat", mark, mark], ["Atelier", "04/11/2026", mark])
    stage = Stage(workbook(tmp_path, rows))
    assert summary(stage, "begins", "city") == [
        ("Forum", "2026-11-03", "Rennes"),
        ("Débat", "2026-11-03", "Rennes"),
        ("Atelier", "2026-11-04", "Rennes"),
    ]


def test_blanks_mean_the_same_only_under_a_merged_cell(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet(
            ["Commune", "Date", "Titre"],
            ["Rennes", "03/11/2026", "A"],
            [None, "04/11/2026", "B"],
            [None, "05/11/2026", "C"],
        )(book)
        book.active.merge_cells("A2:A3")

    assert summary(Stage(workbook(tmp_path, fill)), "city") == [("A", "Rennes"), ("B", "Rennes"), ("C", None)]


def test_numbers_of_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904
        sheet(HEADER, ["Forum", date(2026, 11, 3), "Rennes"], ["Débat", 44868, "Rennes"])(book)

    assert summary(Stage(workbook(tmp_path, fill)), "begins") == [("Forum", "2026-11-03"), ("Débat", "2026-11-04")]
    plain = workbook(tmp_path, sheet(HEADER, ["Forum", 46329, "Rennes"]))
    assert summary(Stage(plain), "begins") == [("Forum", "2026-11-03")]


def test_two_columns_of_hours_without_a_known_name(tmp_path: Path) -> None:
    table = "Titre;Du;Au;De;À;Ville\nForum;03/11/2026;05/11/2026;14h;18h;Rennes\nDébat;04/11/2026;04/11/2026;18;minuit;Brest\n"
    stage = Stage(write(tmp_path, table))
    assert [row["timings"] for row in stage.records] == [
        [{"begins": f"2026-11-0{n}T14:00", "ends": f"2026-11-0{n}T18:00"} for n in (3, 4, 5)],
        [{"begins": "2026-11-04T18:00", "ends": "2026-11-05T00:00"}],
    ]


def test_lines_pasted_from_another_encoding(tmp_path: Path) -> None:
    content = "Titre;Date;Ville\nCafé;03/11/2026;Rennes\n".encode() + "Débat;04/11/2026;Bégard\n".encode("cp1252")
    stage = Stage(write(tmp_path, content))
    assert summary(stage, "city") == [("Café", "Rennes"), ("Débat", "Bégard")]
    assert list_warnings(stage) == [("encoding_repaired", "1")]


def test_columns_of_dates_are_no_status(tmp_path: Path) -> None:
    table = (
        "titre;date de publication;date;ville;statut\nA;01/09/2026;03/11/2026;Rennes;à confirmer\n"
        "B ANNULÉ;02/09/2026;04/11/2026;Brest;\n"
    )
    stage = Stage(write(tmp_path, table))
    assert [row["status"] for row in stage.records] == [None, "cancelled"]
    assert ("value_not_understood", "status: à confirmer") in list_warnings(stage)
    assert not any("state" in (detail or "") for _, detail in list_warnings(stage))


def test_a_grid_of_days(tmp_path: Path) -> None:
    rows = sheet(
        ["Programme 2026"], ["Commune", "lundi 2 novembre", "mardi 3 novembre"], ["Rennes", "Forum 14h", "Débat 18h-20h\nBal"],
        ["Brest", None, "Atelier"],
    )  # fmt: skip
    stage = Stage(workbook(tmp_path, rows))
    assert summary(stage, "begins", "city") == [
        ("Forum", "2026-11-02T14:00", "Rennes"),
        ("Débat", "2026-11-03T18:00", "Rennes"),
        ("Bal", "2026-11-03", "Rennes"),
        ("Atelier", "2026-11-03", "Brest"),
    ]
    assert [row["line"] for row in stage.records] == [3, 3, 3, 4]
    crosses = "Titre;Ville;03/11/2026;04/11/2026\nForum;Rennes;x;\nDébat;Brest;;18h\n"
    assert summary(Stage(write(tmp_path, crosses)), "begins") == [
        ("Forum", "2026-11-03"),
        ("Débat", "2026-11-04T18:00"),
    ]


@pytest.mark.parametrize(
    ("head", "rows", "field", "events"),
    [
        (["", "lundi 2 novembre 2026", "mardi 3 novembre 2026"], [["Rennes", "Forum", ""], ["Brest", "", "Bal 20h"]], "city",
         [("Forum", "02", "Rennes"), ("Bal", "03T20:00", "Brest")]),
        (["", "Rennes", "Brest"], [["2 novembre 2026", "Forum", ""], ["mardi 3 novembre 2026", "", "Bal 20h"]], "city",
         [("Forum", "02", "Rennes"), ("Bal", "03T20:00", "Brest")]),
        (["Date", "Ille-et-Vilaine", "Finistère (29)"], [["2/11/2026", "Forum", "Bal"], ["3/11/2026", "", "Foire"]], "departement_label",
         [("Forum", "02", "35"), ("Bal", "02", "29"), ("Foire", "03", "29")]),
        (["", "CRESS Bretagne", "CRESS Occitanie"], [["2/11/2026", "Forum", ""], ["3/11/2026", "", "Bal"]], "region_label",
         [("Forum", "02", "Bretagne"), ("Bal", "03", "Occitanie")]),
        (["", "2/11/2026", "3/11/2026"], [["CRESS A", '"Forum\n18h30-20h\nRennes"', ""], ["CRESS B", "", '"Bal\nBrest"']], "city",
         [("Forum", "02T18:30", "Rennes"), ("Bal", "03", "Brest")]),
        (["Structure", "Événement 1 : titre", "Événement 1 : date", "Ville 1", "Événement 2 : titre", "Événement 2 : date", "Ville 2"],
         [["Scop", "Forum", "2/11/2026", "Rennes", "Bal", "3/11/2026", "Brest"], ["Asso", "Foire", "3/11/2026", "Lille"]], "city",
         [("Forum", "02", "Rennes"), ("Bal", "03", "Brest"), ("Foire", "03", "Lille")]),
    ],
    ids=["towns down", "towns across", "départements across", "chambers across", "several lines", "several events a row"],
)  # fmt: skip
def test_grids_of_days_and_places(
    tmp_path: Path, head: list[str], rows: list[list[str]], field: str, events: list[tuple[str, ...]]
) -> None:
    stage = Stage(write(tmp_path, "".join(";".join(row) + "\n" for row in (head, *rows))))
    assert (summary(stage, "begins", field), stage.rejects) == (
        [(title, f"2026-11-{begins}", place) for title, begins, place in events],
        [],
    )


def test_a_grid_of_months(tmp_path: Path) -> None:
    rows = sheet(
        ["Structure", "Commune", "Octobre 2026", "Novembre 2026"], ["Le Relais", "Rennes", "Portes ouvertes le 30", "Forum le 3"],
        ["Scop X", "Brest", None, "Atelier le 12 à 14h"],
    )  # fmt: skip
    assert summary(Stage(workbook(tmp_path, rows)), "begins") == [
        ("Portes ouvertes", "2026-10-30"),
        ("Forum", "2026-11-03"),
        ("Atelier", "2026-11-12T14:00"),
    ]


def test_two_columns_of_dates_are_no_grid(tmp_path: Path) -> None:
    stage = Stage(
        write(tmp_path, "Titre;Du;Au;Ville\nForum;03/11/2026;05/11/2026;Rennes\nBal;04/11/2026;06/11/2026;Brest\n")
    )
    assert [len(row["timings"]) for row in stage.records] == [1, 1]


def test_a_header_of_two_rows_names_columns_with_both(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet(
            ["Événement", None, "Date", None, "Lieu", None], ["Titre", "Type", "Début", "Fin", "Nom", "Commune"],
            ["Forum", "Conférence", "03/11/2026 14:00", "03/11/2026 16:00", "MJC", "Rennes"],
        )(book)  # fmt: skip
        for cells in ("A1:B1", "C1:D1", "E1:F1"):
            book.active.merge_cells(cells)

    record = Stage(workbook(tmp_path, fill)).record
    assert (record["title"], record["venue"], record["city"]) == ("Forum", "MJC", "Rennes")
    assert record["timings"] == [{"begins": "2026-11-03T14:00", "ends": "2026-11-03T16:00"}]


def test_columns_of_yes_and_no(tmp_path: Path) -> None:
    table = (
        "Titre;Date;Ville;En ligne ?;Annulé;Est-ce gratuit ?\nA;03/11/2026;Rennes;non;FAUX;oui\nB;04/11/2026;;oui;;non\n"
        "C;05/11/2026;Rennes;;x;1\nD;06/11/2026;Rennes;VRAI;non;\nE;07/11/2026;Rennes;hybride;peut-être;\n"
    )
    stage = Stage(write(tmp_path, table))
    events = [(row["title"], row["attendance_mode"], row["status"], row["conditions"]) for row in stage.records]
    assert events == [
        ("A", None, None, "gratuit"),
        ("B", "online", None, "payant"),
        ("C", None, "cancelled", "gratuit"),
        ("D", "mixed", None, None),
        ("E", "mixed", None, None),
    ]
    assert list_warnings(stage) == [("value_not_understood", "status: peut-être")]


@pytest.mark.parametrize(
    ("question", "flag"),
    [
        ("L'événement est-il gratuit ?", ("conditions", "gratuit")),
        ("Votre action est-elle annulée ?", ("status", "annulé")),
        ("L'événement a-t-il lieu en ligne ?", ("attendance_mode", "en ligne")),
        ("Is it online?", ("attendance_mode", "en ligne")),
        ("Le lieu est-il accessible aux personnes à mobilité réduite ?", ("accessibility", "PMR")),
        ("Autorisez-vous la publication ?", ("state", "publié")),
        ("J'accepte que mon événement soit diffusé sur le site", ("state", "publié")),
        ("Accord pour la mise en ligne", ("state", "publié")),
        ("Acceptez-vous la publication de vos coordonnées ?", None),
        ("J'autorise la diffusion de photos", None),
        ("Souhaitez-vous recevoir la lettre ?", None),
        ("Inscription obligatoire ?", None),
    ],
)
def test_questions_of_yes_and_no(question: str, flag: tuple[str, str] | None) -> None:
    assert flag_of(question, ["Oui", "Non", "Oui"]) == flag


def test_what_nobody_agreed_to_publish_is_not_published(tmp_path: Path) -> None:
    rows = "".join(f"A{n};03/11/2026;{word}\n" for n, word in enumerate(("Oui", "Non", "Oui")))
    stage = Stage(write(tmp_path, f"Titre;Date;Autorisez-vous la publication ?\n{rows}"))
    assert [row["is_published"] for row in stage.records] == [True, False, True]


@pytest.mark.parametrize(
    ("head", "rejects"), [("N°;Titre", []), (";Titre", []), ("1;Titre", []), ("Département;Titre", ["title_missing"])]
)
def test_rows_that_were_only_numbered_are_none(tmp_path: Path, head: str, rejects: list[str]) -> None:
    stage = Stage(write(tmp_path, f"{head};Date\n35;Forum;03/11/2026\n29;;\n22;Bal;04/11/2026\n"))
    assert [row["title"] for row in stage.records] == ["Forum", "Bal"]
    assert [row["reason"] for row in stage.rejects] == rejects


@pytest.mark.parametrize(
    ("cells", "sessions", "finding"),
    [
        (
            "03/11/2026;05/11/2026;10:00;18:00",
            [f"{day:02}T10:00/{day:02}T18:00" for day in (3, 4, 5)],
            ["date_ambiguous"],
        ),
        ("03/11/2026;04/11/2026;20h;2h", ["03T20:00/04T02:00"], []),
        ("03/11/2026;05/11/2026;18h;16h", ["03T18:00/05T16:00"], []),
        ("03/11/2026;03/11/2026;10h;18h", ["03T10:00/03T18:00"], []),
    ],
)
def test_hours_beside_several_days_are_of_each(
    tmp_path: Path, cells: str, sessions: list[str], finding: list[str]
) -> None:
    head = "Titre;Date de début;Date de fin;Heure de début;Heure de fin"
    stage = Stage(write(tmp_path, f"{head}\nForum;{cells}\nBal;09/11/2026;09/11/2026;9h;10h\n"))
    assert [f"{t['begins'][8:]}/{t['ends'][8:]}" for t in stage.records[0]["timings"]] == sessions
    assert [kind for kind in stage.kinds if kind != "type_unknown"] == finding


@pytest.mark.parametrize(
    ("begins", "ends", "span", "finding"),
    [
        ("12/11/2026 00:00", "", ("2026-11-12", None), ["hour_unreadable"]),
        ("12/11/2026 00:00:00", "12/11/2026 00:00:00", ("2026-11-12", None), []),
        ("12/11/2026 00:00", "14/11/2026 00:00", ("2026-11-12", "2026-11-13"), ["date_ambiguous"]),
        ("12/11/2026 00:00", "12/11/2026 02:00", ("2026-11-12T00:00", "2026-11-12T02:00"), []),
        ("12/11/2026 minuit", "", ("2026-11-12T00:00", None), ["date_ambiguous"]),
    ],
)
def test_midnights_among_hours_are_days(
    tmp_path: Path, begins: str, ends: str, span: tuple[str, str | None], finding: list[str]
) -> None:
    stage = Stage(write(tmp_path, f"Titre;Début;Fin\nForum;{begins};{ends}\nBal;13/11/2026 18:30;13/11/2026 20:00\n"))
    assert [(t["begins"], t["ends"]) for t in stage.records[0]["timings"]] == [span]
    assert [kind for kind in stage.kinds if kind != "type_unknown"] == finding


def test_what_is_struck_out_in_a_page_no_longer_holds(tmp_path: Path) -> None:
    rows = (
        "<tr><td>Forum<td><s>3 novembre 2026</s> 4 novembre 2026<td><del>18h30</del> 19h30<td>Rennes</tr>"
        "<tr><td>Bal<td>5 novembre 2026<td>20h<td><span style='text-decoration: line-through'>Nantes</span> Brest</tr>"
    )
    page = f"<html><body><table><tr><th>Titre<th>Date<th>Heure<th>Ville</tr>{rows}</table></body></html>"
    stage = Stage(write(tmp_path, page, "a.html"))
    assert summary(stage, "begins", "city") == [
        ("Forum", "2026-11-04T19:30", "Rennes"),
        ("Bal", "2026-11-05T20:00", "Brest"),
    ]


def test_words_that_are_struck_out_within_a_cell_of_a_workbook_no_longer_hold(tmp_path: Path) -> None:
    def struck(*texts: str) -> CellRichText:
        return CellRichText(
            TextBlock(InlineFont(strike=True), texts[0]), *(TextBlock(InlineFont(), text) for text in texts[1:])
        )

    rows = sheet(
        ["Titre", "Date", "Heure", "Ville"],
        [
            "Forum",
            struck("5 novembre 2026", " 6 novembre 2026"),
            struck("18h30", " 19h30"),
            struck("Nantes", " Angers"),
        ],
        [struck("Bal"), "07/11/2026", "20h", "Brest"],
    )
    for path in (workbook(tmp_path, rows), shared(workbook(tmp_path, rows))):
        assert summary(Stage(path), "begins", "city") == [
            ("Forum", "2026-11-06T19:30", "Angers"), ("Bal", "2026-11-07T20:00", "Brest"),
        ]  # fmt: skip


def shared(path: Path) -> Path:
    """Return a workbook with its texts in a part of their own, as Excel writes them; openpyxl puts them into their cells."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    texts: list[str] = []

    def moved(cell: re.Match[str]) -> str:
        texts.append(f"<si>{cell[2]}</si>")
        return f"<c{cell[1].replace('inlineStr', 's')}><v>{len(texts) - 1}</v></c>"

    name = next(each for each in parts if each.startswith("xl/worksheets/sheet"))
    parts[name] = re.sub(r'<c([^>]*t="inlineStr"[^>]*)><is>(.*?)</is></c>', moved, parts[name])
    space = "http://schemas.openxmlformats.org"
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{space}/spreadsheetml/2006/main">{"".join(texts)}</sst>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    types, relations = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
    parts[types] = parts[types].replace(
        "</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    )
    relation = f'<Relationship Id="rId99" Type="{space}/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>'
    parts[relations] = parts[relations].replace("</Relationships>", f"{relation}</Relationships>")
    copy = path.with_name("commun.xlsx")
    with zipfile.ZipFile(copy, "w") as target:
        for each, text in parts.items():
            target.writestr(each, text)
    return copy


def test_a_row_that_is_struck_out_in_a_page_or_a_document_is_called_off(tmp_path: Path) -> None:
    cells = [("Titre", "Date", "Ville"), ("Forum", "03/11/2026", "Rennes"), ("Bal", "04/11/2026", "Brest")]
    mark = {"Forum": "<s>{}</s>", "Bal": "{} <s>!</s>"}
    rows = "".join(
        "<tr>" + "".join(f"<td>{mark.get(row[0], '{}').format(text)}" for text in row) + "</tr>" for row in cells
    )
    document = docx.Document()
    table = document.add_table(3, 3)
    for row, texts in zip(table.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            run = cell.paragraphs[0].add_run(text)
            run.font.strike = texts[0] == "Forum"
            cell.paragraphs[0].add_run(" !" if texts[0] == "Bal" else "").font.strike = True
    document.save(str(tmp_path / "a.docx"))
    for path in (write(tmp_path, f"<html><body><table>{rows}</table></body></html>", "a.html"), tmp_path / "a.docx"):
        assert [(row["title"], row["status"], row["city"]) for row in Stage(path).records] == [
            ("Forum", "cancelled", "Rennes"),
            ("Bal", None, "Brest"),
        ]


@pytest.mark.parametrize(
    "table",
    [
        "Titre;Nom;Prénom;Intitulé;Date\nMme;Petit;Léa;Forum;03/11/2026\nM.;Martin;Paul;Bal;04/11/2026\n",
        "Manifestation;Intitulé;Date\nConférence;Forum;03/11/2026\nAtelier;Bal;04/11/2026\n",
        "Intitulé;Événement;Date\nForum;Conférence;03/11/2026\nBal;Atelier;04/11/2026\n",
    ],
)
def test_titles_are_what_they_hold(tmp_path: Path, table: str) -> None:
    stage = Stage(write(tmp_path, table))
    assert [row["title"] for row in stage.records] == ["Forum", "Bal"]
    assert [row["type_label"] for row in stage.records] == (
        ["Conférence", "Atelier"] if "Mme" not in table else [None, None]
    )


def test_kinds_alone_stay_titles(tmp_path: Path) -> None:
    stage = Stage(write(tmp_path, "Titre;Date\nConférence;03/11/2026\nAtelier;04/11/2026\n"))
    assert [row["title"] for row in stage.records] == ["Conférence", "Atelier"]


@pytest.mark.parametrize(
    ("header", "codes", "field"),
    [
        ("Code INSEE", ("35000", "29200", "13100"), "postcode"),
        ("Code INSEE", ("35238", "29019", "13001"), "commune_code"),
        ("Code postal", ("35238", "29019", "13001"), "commune_code"),
        ("Code postal", ("35000", "29200", "13100"), "postcode"),
        ("Code postal", ("75011", "75012", "75018"), "postcode"),
        ("Code INSEE", ("99999", "99998", "99997"), "commune_code"),
    ],
)
def test_codes_are_what_they_hold(tmp_path: Path, header: str, codes: tuple[str, ...], field: str) -> None:
    rows = "".join(f"A{n};03/11/2026;{code}\n" for n, code in enumerate(codes))
    stage = Stage(write(tmp_path, f"Titre;Date;{header}\n{rows}"))
    assert [row[field] for row in stage.records] == list(codes)


def test_who_an_event_is_carried_by(tmp_path: Path) -> None:
    rows = "Forum;Café 1901;03/11/2026\nBal;Le 18h30;04/11/2026\n"
    for header in ("Porté par", "Proposé par"):
        stage = Stage(write(tmp_path, f"Titre;{header};Date\n{rows}"))
        assert [row["organiser_labels"] for row in stage.records] == [["Café 1901"], ["Le 18h30"]]


def test_hours_before_the_titles_of_a_cell_are_events_of_their_own(tmp_path: Path) -> None:
    rows = sheet(
        ["Date", "Programme", "Ville"],
        ["03/11/2026", "18h30 : Forum", "Rennes"],
        ["04/11/2026", "10h : Atelier\navec la ressourcerie\n20h-22h – Bal", "Brest"],
    )
    stage = Stage(workbook(tmp_path, rows))
    assert summary(stage, "begins", "city") == [
        ("Forum", "2026-11-03T18:30", "Rennes"),
        ("Atelier avec la ressourcerie", "2026-11-04T10:00", "Brest"),
        ("Bal", "2026-11-04T20:00", "Brest"),
    ]
    alone = sheet(
        ["Date", "Titre", "Ville"], ["03/11/2026", "18h30", "Rennes"], ["04/11/2026", "Le 20h : débat", "Brest"]
    )
    assert summary(Stage(workbook(tmp_path, alone))) == [("18h30",), ("Le 20h : débat",)]


def test_rows_of_a_document_that_begin_behind_the_first_column(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 4)
    cells = [
        ("N°", "Date", "Titre", "Ville"),
        ("1", "03/11/2026", "Forum", "Rennes"),
        ("", "04/11/2026", "Bal", "Brest"),
    ]
    for row, texts in zip(table.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    row = table.rows[2]._tr
    row.remove(row.tc_lst[0])
    row.get_or_add_trPr().append(docx.oxml.parse_xml(f'<w:gridBefore {nsdecls("w")} w:val="1"/>'))
    document.save(str(tmp_path / "a.docx"))
    stage = Stage(tmp_path / "a.docx")
    assert summary(stage, "begins", "city") == [("Forum", "2026-11-03", "Rennes"), ("Bal", "2026-11-04", "Brest")]


@pytest.mark.parametrize(
    ("table", "sessions"),
    [
        ("Titre;dates;enddates;times;endtimes\nForum;2026-11-03;0000-00-00;18:30:00;00:00:00\nBal;2026-11-04;0000-00-00;10:00:00;12:00:00\n",
         ["03T18:30/", "04T10:00/04T12:00"]),
        ("Titre;Date;Heure début;Heure fin\nForum;03/11/2026 00:00:00;30/12/1899 18:30:00;30/12/1899 20:30:00\n"
         "Bal;04/11/2026 00:00:00;30/12/1899 10:00:00;\n", ["03T18:30/03T20:30", "04T10:00/"]),
        ("Titre;Date;Ouverture des portes;Début;Fin\nForum;03/11/2026;19:30;20:30;\nBal;04/11/2026;18:00;18:30;20:30\n",
         ["03T20:30/", "04T18:30/04T20:30"]),
        ("Titre;Dates;;Horaires;\n;du;au;de;à\nForum;03/11/2026;03/11/2026;18h30;20h30\nBal;04/11/2026;;10h;12h\n",
         ["03T18:30/03T20:30", "04T10:00/04T12:00"]),
    ],
    ids=["zero dates", "hours of 1899", "doors", "two rows"],
)  # fmt: skip
def test_hours_as_programs_and_people_write_them(tmp_path: Path, table: str, sessions: list[str]) -> None:
    stage = Stage(write(tmp_path, table))
    timings = [t for row in stage.records for t in row["timings"]]
    assert [f"{t['begins'][8:16]}/{(t['ends'] or '')[8:16]}" for t in timings] == sessions
    assert stage.kinds == []


def test_the_fields_of_a_database(tmp_path: Path) -> None:
    table = "ID_EVT;LIB_EVT;DT_DEB;HR_DEB;DT_FIN;HR_FIN;CD_POST;LIB_COM;LIB_ORG\n"
    rows = "1021;Forum;20261103;1830;20261103;2000;35000;RENNES;Optima\n1022;Bal;20261104;900;20261104;1200;29200;BREST;Roue\n"
    records = Stage(write(tmp_path, table + rows)).records
    assert [(row["title"], row["city"], row["organiser_labels"], row["timings"][0]) for row in records] == [
        ("Forum", "RENNES", ["Optima"], {"begins": "2026-11-03T18:30", "ends": "2026-11-03T20:00"}),
        ("Bal", "BREST", ["Roue"], {"begins": "2026-11-04T09:00", "ends": "2026-11-04T12:00"}),
    ]


def test_addresses_under_a_header_that_says_nothing(tmp_path: Path) -> None:
    rows = "Forum;4 rue du 11 novembre 1918, 35000 Rennes;03/11/2026\nBal;place du 8 mai 1945, 29200 Brest;04/11/2026\n"
    stage = Stage(write(tmp_path, f"Action;Rendez-vous;Jour\n{rows}"))
    assert summary(stage, "begins", "address") == [
        ("Forum", "2026-11-03", "4 rue du 11 novembre 1918, 35000 Rennes"), ("Bal", "2026-11-04", "place du 8 mai 1945, 29200 Brest"),
    ]  # fmt: skip


def test_a_workbook_whose_rows_stand_in_one_column(tmp_path: Path) -> None:
    rows = sheet(["Titre;Date;Heure;Ville"], ['"Forum ; débat";03/11/2026;18h;Rennes'], ["Bal;04/11/2026;20h;Brest"])
    assert summary(Stage(workbook(tmp_path, rows)), "begins", "city") == [
        ("Forum ; débat", "2026-11-03T18:00", "Rennes"), ("Bal", "2026-11-04T20:00", "Brest"),
    ]  # fmt: skip


def test_a_timetable_of_pairs(tmp_path: Path) -> None:
    slots = "2026-11-03T18:30:00 2026-11-03T20:00:00;2026-11-05T10:00:00 2026-11-05T12:00:00"
    table = f'title,date_start,date_end,timetable\nForum,2026-11-03,2026-11-05,"{slots}"\nBal,2026-11-04,2026-11-04,\n'
    assert [
        [(t["begins"][5:16], (t["ends"] or "")[5:16]) for t in row["timings"]]
        for row in Stage(write(tmp_path, table)).records
    ] == [
        [("11-03T18:30", "11-03T20:00"), ("11-05T10:00", "11-05T12:00")],
        [("11-04", "11-04")],
    ]


def test_tables_side_by_side_are_one(tmp_path: Path) -> None:
    rows = sheet(
        ["Rennes", None, None, None, "Brest"],
        ["Titre", "Date", "Heure", None, "Titre", "Date", "Heure"],
        ["Forum", "03/11/2026", "14h", None, "Débat", "04/11/2026", "18h"],
        ["Atelier", "05/11/2026", "10h"],
    )
    stage = Stage(workbook(tmp_path, rows))
    assert summary(stage, "begins", "city") == [
        ("Forum", "2026-11-03T14:00", "Rennes"),
        ("Débat", "2026-11-04T18:00", "Brest"),
        ("Atelier", "2026-11-05T10:00", "Rennes"),
    ]
    assert stage.rejects == []


def test_a_header_of_two_rows_without_merged_cells(tmp_path: Path) -> None:
    rows = sheet(
        ["Action", "Dates", None, "Horaires", None, "Commune"],
        [None, "Début", "Fin", "Début", "Fin", None],
        ["Forum", "03/11/2026", "03/11/2026", "14:00", "16:00", "Rennes"],
        ["Photos", "04/11/2026", "06/11/2026", "10:00", "18:00", "Brest"],
    )
    stage = Stage(workbook(tmp_path, rows))
    assert stage.rejects == []
    ends = [[t["ends"] for t in row["timings"]] for row in stage.records]
    assert summary(stage, "city") == [("Forum", "Rennes"), ("Photos", "Brest")]
    assert ends[0] == ["2026-11-03T16:00"]
    assert ends[1][-1].startswith("2026-11-06")


@pytest.mark.parametrize(
    "header",
    ["", "Blabla;Machin;Truc;Chose\n", ";Date;;Commune\n"],
    ids=["without a header", "with a header that says nothing", "with a header that names the half of them"],
)
def test_contents_alone_say_what_the_columns_are(tmp_path: Path, header: str) -> None:
    rows = (
        "Forum des métiers;03/11/2026;14h;Rennes\nBal folk;04/11/2026;21h;Brest\nVisite du phare;05/11/2026;10h;Brest\n"
    )
    stage = Stage(write(tmp_path, header + rows))
    assert stage.rejects == []
    assert summary(stage, "begins", "city") == [
        ("Forum des métiers", "2026-11-03T14:00", "Rennes"),
        ("Bal folk", "2026-11-04T21:00", "Brest"),
        ("Visite du phare", "2026-11-05T10:00", "Brest"),
    ]


def test_postcodes_and_answers_of_a_poll_are_no_events_of_a_grid(tmp_path: Path) -> None:
    for poll in ("", ";lundi 2 novembre 2026;mardi 3 novembre 2026\n;14h;16h\nLéa;Oui;Non\nJo;Oui;Oui\n"):
        with pytest.raises(IntakeError):
            Stage(write(tmp_path, poll or "a;03/11/2026;35000\nb;04/11/2026;29200\n"))


def test_yes_and_no_are_no_titles(tmp_path: Path) -> None:
    table = "Subject,Start Date,All Day Event,Location\nForum,03/11/2026,False,Rennes\nDébat,04/11/2026,True,Brest\n"
    stage = Stage(write(tmp_path, table))
    assert summary(stage, "city") == [("Forum", "Rennes"), ("Débat", "Brest")]


def test_a_second_table_with_a_first_and_a_last_day(tmp_path: Path) -> None:
    rows = sheet(
        ["Titre", "Date", "Ville"], ["Forum", "03/11/2026", "Rennes"], [],
        ["Titre", "Du", "Au", "Ville"], ["Photos", "04/11/2026", "20/11/2026", "Brest"],
    )  # fmt: skip
    stage = Stage(workbook(tmp_path, rows))
    assert summary(stage, "begins", "city") == [("Forum", "2026-11-03", "Rennes"), ("Photos", "2026-11-04", "Brest")]
    assert [row["timings"][0]["ends"] for row in stage.records] == [None, "2026-11-20"]
    assert list_warnings(stage) == [("rows_left", "4")]


# As written; venue, whether it stays as the address, town, country.
PLACES = [
    ("Maison des associations, 6 rue Haute, 35000 Rennes", "Maison des associations", True, None, None),
    ("12 rue du Four, 35000 Rennes", None, True, None, None),
    ("Salle des fêtes - Brest (29)", "Salle des fêtes", True, "Brest (29)", None),
    ("Saint-Brieuc, France", "Saint-Brieuc", True, "Saint-Brieuc", "FR"),
    ("Vannes", "Vannes", False, "Vannes", None),
    ("Le Port", "Le Port", False, None, None),
    ("Salle polyvalente", "Salle polyvalente", False, None, None),
    ("École de musique", "École de musique", False, None, None),
    ("Le Relais - Château-Thierry", "Le Relais", True, "Château-Thierry", None),
    ("Brest, Finistère", "Brest", True, "Brest", None),
    ("Théâtre de la Ville - L'Atelier", "Théâtre de la Ville - L'Atelier", False, None, None),
    ("Le Néant, compagnie", "Le Néant, compagnie", False, None, None),
    ("Halle, Genève, Suisse", "Halle", True, "Genève", "CH"),
    ("Salle A, 2e étage, Lorient", "Salle A", True, "Lorient", None),
    ("Salle des fêtes (Rennes)", "Salle des fêtes", True, "Rennes", None),
    ("Maison Bleue (Rennes, 35)", "Maison Bleue", True, "Rennes (35)", None),
    ("Maison Bleue (Bâtiment B)", "Maison Bleue (Bâtiment B)", False, None, None),
    ("Rennes - Maison Bleue", "Maison Bleue", True, "Rennes", None),
    ("À Quimper (29), place Saint-Corentin", "place Saint-Corentin", True, "Quimper (29)", None),
    ("Mairie de Lille", "Mairie de Lille", False, "Lille", None),
    ("RENNES CEDEX 7", "RENNES CEDEX 7", True, "RENNES", None),
    ("Médiathèque municipale de Fougères", "Médiathèque municipale de Fougères", False, "Fougères", None),
    ("Mairie du Mans", "Mairie du Mans", False, "Le Mans", None),
    ("Le Mans, salle des concerts", "salle des concerts", True, "Le Mans", None),
    ("La Rochelle", "La Rochelle", False, "La Rochelle", None),
    ("Le Havre - Le Volcan", "Le Havre", True, "Le Havre, Le Volcan", None),
    ("Saint Brieuc - Yffiniac", "Saint Brieuc", True, "Saint Brieuc, Yffiniac", None),
    ("Salle des fêtes, Nantes - Rezé", "Salle des fêtes", True, "Nantes, Rezé", None),
    ("Agen, Agen", "Agen", True, "Agen", None),
    ("Cinéma Arvor à Rennes", "Cinéma Arvor à Rennes", False, "Rennes", None),
    ("Lycée Victor Hugo de Poitiers", "Lycée Victor Hugo de Poitiers", False, "Poitiers", None),
    ("Collège Honoré de Balzac", "Collège Honoré de Balzac", False, None, None),
    ("Université de Poitiers - Amphi B", "Amphi B", True, "Poitiers", None),
]


def test_a_place_that_is_one_text(tmp_path: Path) -> None:
    lines = "".join(f'Forum;03/11/2026;"{written}"\n' for written, *_rest in PLACES)
    stage = Stage(write(tmp_path, f"Titre;Date;Lieu\n{lines}"))
    for (written, venue, stays, city, country), record in zip(PLACES, stage.records, strict=True):
        place = (record["venue"], record["address"], record["city"], record["country_code"])
        assert place == (venue, written if stays else None, city, country), written


def test_an_address_holds_its_town_where_no_column_does(tmp_path: Path) -> None:
    towns = {
        "3 place de Paris, Tours": "Tours", "1 rue Haute, Bâtiment B": None, "Kerveguen": None, "Rennes": "Rennes",
        "Saint-Brieuc": "Saint-Brieuc", "Gimont (32)": "Gimont (32)", "Lyon 3ème": "Lyon 3ème", "Bâtiment B (12)": None,
        "Paris 11e arr.": "Paris 11e arr.", "Paris 11e étage": None,
        "Guéret": "Guéret", "La Couronne": None, "Bellevue": None, "Saint-Roch": None,
    }  # fmt: skip
    lines = "".join(f'Forum;03/11/2026;"{address}"\n' for address in towns)
    assert [row["city"] for row in Stage(write(tmp_path, f"Titre;Date;Adresse\n{lines}")).records] == list(
        towns.values()
    )


def test_a_word_for_a_month_beside_a_day_makes_no_grid(tmp_path: Path) -> None:
    rows = "".join(f"{title};05/11/2026;18h;Rennes\n" for title in ("Un", "Deux", "Sept", "Huit"))
    assert [row["title"] for row in Stage(write(tmp_path, f"Nom;Date;Horaire;Ville\n{rows}")).records][2:] == [
        "Sept",
        "Huit",
    ]


def test_prices_without_a_currency_are_euros(tmp_path: Path) -> None:
    table = (
        "Titre;Date;Prix min;Prix max\nA;03/11/2026;0;0\nB;04/11/2026;5;12,50\nC;05/11/2026;;8\nD;06/11/2026;libre;\n"
    )
    stage = Stage(write(tmp_path, table))
    assert [row["conditions"] for row in stage.records] == ["0 €", "de 5 € à 12,50 €", "8 €", "libre"]


@pytest.mark.parametrize(
    ("table", "begins", "ends"),
    [
        ("Titre;Début (GMT);Fin (GMT)\nForum;2026-11-03 17:30:00;2026-11-03 19:00:00\n", "2026-11-03T17:30:00Z", "2026-11-03T19:00:00Z"),
        ("Titre;Start (UTC);Ville\nForum;2026-11-03T17:30;Brest\n", "2026-11-03T17:30:00Z", None),
        ("Titre;Date;Heure (UTC);Fin (UTC)\nForum;03/11/2026;17h30;19:00\n", "2026-11-03T17:30:00+00:00", "2026-11-03T19:00:00Z"),
        ("Titre;EventStartDate;EventStartDateUTC\nForum;2026-11-03 18:30:00;2026-11-03 17:30:00\n", "2026-11-03T18:30:00", None),
        ("Titre;Début (GMT+1)\nForum;2026-11-03 18:30:00\n", "2026-11-03T18:30:00", None),
        ("Titre;Date (UTC)\nForum;03/11/2026\n", "2026-11-03", None),
    ],
)  # fmt: skip
def test_hours_that_a_header_says_to_be_of_greenwich(tmp_path: Path, table: str, begins: str, ends: str | None) -> None:
    stage = Stage(write(tmp_path, table))
    (timing,) = stage.records[0]["timings"]
    assert (timing["begins"], timing["ends"]) == (begins, ends)
    assert stage.kinds == []


def test_types_that_are_ticked(tmp_path: Path) -> None:
    table = "Titre;Date;Conférence;Ateliers;Exposition\nForum;03/11/2026;x;;\nBal;04/11/2026;x;X;non\nTri;05/11/2026;;;oui\n"
    stage = Stage(write(tmp_path, table))
    assert summary(stage, "type_label") == [
        ("Forum", "Conférence"),
        ("Bal", "Conférence, Ateliers"),
        ("Tri", "Exposition"),
    ]
    assert stage.kinds == []
    alone = Stage(write(tmp_path, "Titre;Date;Atelier;Ville\nForum;03/11/2026;Reliure;Brest\nBal;04/11/2026;;Brest\n"))
    assert all(row["type_label"] is None for row in alone.records)


@pytest.mark.parametrize("header", ["Représentations", "Programmation"])
def test_dates_in_prose_are_no_description(tmp_path: Path, header: str) -> None:
    cells = ("Du 5 au 6 novembre 2026 à 20h30, dimanche 8 à 16h", "Sam. 14 (15h et 18h) et dim. 15 novembre 2026")
    rows = "".join(f"Pièce {n};{cell};Rennes\n" for n, cell in enumerate(cells))
    stage = Stage(write(tmp_path, f"Titre;{header};Ville\n{rows}"))
    assert [len(row["timings"]) for row in stage.records] == [3, 3]


@pytest.mark.parametrize("header", ["Jour;Fin", "Début;Fin"])
def test_days_beside_dates_are_no_hours(tmp_path: Path, header: str) -> None:
    stage = Stage(write(tmp_path, f"Titre;Date;{header}\nForum;03/11/2026;3;4\nBal;04/11/2026;4;5\n"))
    assert [t["begins"] for row in stage.records for t in row["timings"]] == ["2026-11-03", "2026-11-04"]


@pytest.mark.parametrize(
    ("table", "begins", "ends"),
    [
        ("Titre;Date;Début;Fin\nForum;03/11/2026;14:00;16:00\nBal;04/11/2026;21h;2h\n", "03T14:00 04T21:00", "03T16:00 05T02:00"),
        ("Titre;Date;Début;Fin\nForum;03/11/2026;1400;1600\nBal;04/11/2026;930;12\n", "03T14:00 04T09:30", "03T16:00 04T12:00"),
        ("Titre;Date;Début;Fin\nForum;03/11/2026;14.00;16.0\nBal;04/11/2026;21.3;23.45\n", "03T14:00 04T21:30", "03T16:00 04T23:45"),
        ("Objet;Début;Début;Fin;Fin\nForum;03/11/2026;14:00;03/11/2026;16:00\nBal;04/11/2026;21:00;05/11/2026;02:00\n",
         "03T14:00 04T21:00", "03T16:00 05T02:00"),
        ("Action;Horaires\nForum;03/11/2026 de 14h à 16h\nBal;4 novembre 2026 21h - 2h\n", "03T14:00 04T21:00", "03T16:00 05T02:00"),
        ("Action;Calendrier;;\nNom;Date;de;à\nForum;03/11/2026;14h;16h\nBal;04/11/2026;21h;2h\n", "03T14:00 04T21:00", "03T16:00 05T02:00"),
        ("Titre;Jour;Départ;Retour\nForum;03/11/2026;03/11/2026 14:00;03/11/2026 16:00\nBal;04/11/2026;21:00;02:00\n",
         "03T14:00 04T21:00", "03T16:00 05T02:00"),
        ("Titre;Jour;Départ;Retour\nForum;03/11/2026;03/11/2026 14:00;03/11/2026 16:00\nBal;04/11/2026;04/11/2026 21:00;05/11/2026 02:00\n",
         "03T14:00 04T21:00", "03T16:00 05T02:00"),
        ("Objet;Début le;Début à;Fin le;Fin à;Organisateur de la réunion\nForum;03/11/2026;14:00:00;03/11/2026;16:00:00;Léa Martin\n"
         "Bal;04/11/2026;21:00:00;05/11/2026;02:00:00;Léa Martin\n", "03T14:00 04T21:00", "03T16:00 05T02:00"),
        ("Nom;Date;Heure\nForum;03/11/2026;14h-16h\nBal;04/11/2026;21h-2h\n", "03T14:00 04T21:00", "03T16:00 05T02:00"),
    ],
    ids=["hours under Début and Fin", "hours in figures", "hours behind a point", "the same names twice",
         "dates under Horaires", "two hours under a heading", "hours, some with their day", "hours with their day",
         "Outlook's own", "Nom alone"],
)  # fmt: skip
def test_columns_of_days_and_of_hours(tmp_path: Path, table: str, begins: str, ends: str) -> None:
    stage = Stage(write(tmp_path, table))
    assert [row["title"] for row in stage.records] == ["Forum", "Bal"]
    timings = [t for row in stage.records for t in row["timings"]]
    assert " ".join(t["begins"][8:] for t in timings) == begins
    assert " ".join(t["ends"][8:] for t in timings) == ends
    assert [row["organiser_labels"] for row in stage.records] == [[], []]
    assert stage.kinds == []


def test_names_of_persons_are_no_titles(tmp_path: Path) -> None:
    with pytest.raises(IntakeError):
        Stage(write(tmp_path, "Nom;Prénom;Date\nMartin;Léa;03/11/2026\nPetit;Jo;04/11/2026\n"))


def test_midnight_in_a_column_of_hours_is_no_hour(tmp_path: Path) -> None:
    stage = Stage(
        write(tmp_path, "Titre;Date;Heure\nForum;03/11/2026;00:00\nBal;04/11/2026;21:00\nVeillée;05/11/2026;minuit\n")
    )
    assert summary(stage, "begins") == [
        ("Forum", "2026-11-03"),
        ("Bal", "2026-11-04T21:00"),
        ("Veillée", "2026-11-05T00:00"),
    ]
    assert list_warnings(stage) == [("hour_unreadable", "00:00"), ("hour_unreadable", "minuit")]


def test_cells_between_apostrophes(tmp_path: Path) -> None:
    stage = Stage(write(tmp_path, "'Titre';'Date';'Ville'\n'Forum';'03/11/2026';'Rennes'\n"))
    assert summary(stage, "begins", "city") == [("Forum", "2026-11-03", "Rennes")]


def test_postcodes_as_programs_and_people_write_them(tmp_path: Path) -> None:
    codes = [
        "35000",
        "35.000",
        "35,000",
        "35 000",
        "F-35000",
        "35000.0",
        "CP 35000",
        "35-000",
        "1.000",
        "35XXX",
        "B-1000",
        "35000 / 35200",
    ]
    text = "Titre;Date;Ville;Code postal\n" + "".join(f"Forum {code};03/11/2026;Rennes;{code}\n" for code in codes)
    stage = Stage(write(tmp_path, text))
    assert [record["postcode"] for record in stage.records] == [*["35000"] * 8, "1000", *codes[-3:]]


@pytest.mark.parametrize("words", ["", "Zoom "])
def test_a_link_as_the_place_is_online(tmp_path: Path, words: str) -> None:
    record = Stage(write(tmp_path, f"Titre;Date;Lieu\nForum;03/11/2026;{words}https://visio.example.org/a\n")).record
    assert (record["attendance_mode"], record["city"]) == ("online", None)


def test_a_week_whose_month_stands_above_it(tmp_path: Path) -> None:
    rows = sheet(
        ["Semaine du 2 au 6 novembre 2026"],
        [None, "Lundi 2", "Mardi 3", "Mercredi 4"],
        ["9h-12h", "Forum", None, "Visite de la ferme"],
        ["14h", None, "Débat", None],
    )
    stage = Stage(workbook(tmp_path, rows))
    assert summary(stage, "begins") == [
        ("Forum", "2026-11-02T09:00"),
        ("Visite de la ferme", "2026-11-04T09:00"),
        ("Débat", "2026-11-03T14:00"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Titre;Date;Ville;Code postal\nBal;05/11/2026;35000;Rennes\nForum;05/11/2026;29200;Brest\n", ["35000", "29200"]),
        ("Titre;Date;Lieu;Lieu\nBal;05/11/2026;Halles;Rennes\nForum;05/11/2026;Port;Brest\n", [None, None]),
        ("Titre;Date;Budget;Ville\nBal;05/11/2026;29200;Rennes\nForum;05/11/2026;35000;Brest\n", [None, None]),
        ("start;titre;date_evt;ville;_submission_time\n1/9/2026;Bal;05/11/2026;Rennes;1/9/2026\n"
         "1/9/2026;Forum;05/11/2026;Brest;1/9/2026\n", [None, None]),
        (";Date;CP;Ville;;\nBal du port;05/11/2026;35000;Rennes;;\nForum été;05/11/2026;29200;Brest\n", ["35000", "29200"]),
        ("| Titre | Date | Ville |\n|---|:-:|-:|\n| [Bal](https://exemple.org) | **05/11/2026** | [Rennes](r) |\n"
         "| Forum | 05/11/2026 | __Brest__ |\n", [None, None]),
    ],
    ids=["under each other's header", "two of places", "of amounts", "of a form", "without a name", "in Markdown"],
)  # fmt: skip
def test_columns_that_are_called_otherwise(tmp_path: Path, text: str, expected: list[str | None]) -> None:
    stage = Stage(write(tmp_path, text))
    assert summary(stage, "begins", "city", "postcode") == [
        (*titles, "2026-11-05", town, postcode)
        for titles, town, postcode in zip(
            ([row["title"]] for row in stage.records), ("Rennes", "Brest"), expected, strict=True
        )
    ]
    assert [row["title"][:3] for row in stage.records] == ["Bal", "For"]
    assert set(stage.kinds) <= {"rows_left"}


def test_metres_of_public_maps_are_degrees(tmp_path: Path) -> None:
    text = "Titre;Date;X;Y\nBal;05/11/2026;352107,4;6789966,5\nForum;05/11/2026;6836262;146633\nFoire;05/11/2026;0;0\n"
    points = [(row["lat"], row["lon"]) for row in Stage(write(tmp_path, text)).records]
    assert points == [pytest.approx(point, abs=0.01) for point in ((48.117, -1.678), (48.39, -4.486), (0, 0))]


@pytest.mark.parametrize(
    ("rows", "uids", "n_sessions"),
    [
        ("7;Bal;05/11/2026\n7;Bal;12/11/2026\n8;Forum;05/11/2026\n", ["7", "7", "8"], [2, 2, 1]),
        ("7;Bal;05/11/2026\n7;Forum;12/11/2026\n8;Foire;05/11/2026\n", [None, None, "8"], [1, 1, 1]),
        ("7;Bal;05/11/2026\n7;Grand bal;05/11/2026\n8;Foire;05/11/2026\n", ["7", "7", "8"], [1, 1, 1]),
    ],
    ids=["sessions", "several events", "versions"],
)
def test_an_identifier_that_comes_back(tmp_path: Path, rows: str, uids: list[str], n_sessions: list[int]) -> None:
    stage = Stage(write(tmp_path, f"UID;Titre;Date\n{rows}"))
    assert [row["source_uid"] for row in stage.records] == uids
    assert [len(row["timings"]) for row in stage.records] == n_sessions
    assert stage.kinds == ["uid_repeated"] * uids.count(None)


def test_hours_of_two_columns_are_of_one_day_where_both_are_called_after_its_parts() -> None:
    assert clock_columns.are_parts_of_day(["Matin", "Horaires après-midi"])
    assert not clock_columns.are_parts_of_day(["Heure", "Matin"])  # the first that is filled is taken


@pytest.mark.parametrize(
    ("header", "cell", "begins"),
    [
        ("Dates 2026", "05/11 18h30\n12/11 18h30", "2026-11-05T18:30 2026-11-12T18:30"),
        ("Jour (novembre 2026)", "jeudi 5", "2026-11-05"),
        ("Dates 2025-2026", "05/11", ""),
    ],
)
def test_the_year_of_a_header(tmp_path: Path, header: str, cell: str, begins: str) -> None:
    rows = sheet(["Titre", header, "Ville"], ["Bal", cell, "Rennes"], ["Foire", cell, "Brest"])
    assert summary(Stage(workbook(tmp_path, rows)), "begins") == (
        [("Bal", begins), ("Foire", begins)] if begins else []
    )


@pytest.mark.parametrize(
    "cell", ["POINT (-1.67 48.11)", "SRID=4326;POINT(-1.67 48.11)", '{"type": "Point", "coordinates": [-1.67, 48.11]}']
)
def test_a_column_of_geometries(tmp_path: Path, cell: str) -> None:
    rows = sheet(["nom", "geometry", "date_debut"], ["Bal", cell, "2026-11-05"], ["Foire", "POINT EMPTY", "2026-11-06"])
    stage = Stage(workbook(tmp_path, rows))
    assert [(row["lat"], row["lon"]) for row in stage.records] == [(48.11, -1.67), (None, None)]


def test_private_events_are_not_published(tmp_path: Path) -> None:
    stage = Stage(write(tmp_path, "Subject,Start Date,Private\nBal,2026-11-05,False\nBureau,2026-11-06,True\n"))
    assert [(row["title"], row["is_published"]) for row in stage.records] == [("Bal", True), ("Bureau", False)]


def test_the_end_of_a_database_is_no_session(tmp_path: Path) -> None:
    table = (
        "Name,Event Formatted Start Date and Time,Event Formatted End Date and Time\nBal,2026-11-05 14:00:00,\\N\n"
        "Nuit,2026-11-07 20:00:00,2026-11-08 01:00:00\nFoire,2026-11-09 20:00:00,\\N\n"
    )
    stage = Stage(write(tmp_path, table))
    assert [[(t["begins"], t["ends"]) for t in row["timings"]] for row in stage.records] == [
        [("2026-11-05T14:00:00", None)],
        [("2026-11-07T20:00:00", "2026-11-08T01:00:00")],
        [("2026-11-09T20:00:00", None)],
    ]


@pytest.mark.parametrize(
    ("cell", "begins", "ends"),
    [
        ("{'start': '2026-11-05T18:30', 'end': '2026-11-05T20:00'}", "2026-11-05T18:30", "2026-11-05T20:00"),
        ('{"start": "2026-11-06", "end": null}', "2026-11-06", None),
        ("[{'start_date': '2026-11-06T10:00', 'end_date': None}]", "2026-11-06T10:00", None),
    ],
)
def test_objects_in_cells_of_dates(tmp_path: Path, cell: str, begins: str, ends: str | None) -> None:
    stage = Stage(
        workbook(tmp_path, sheet(["Titre", "Date", "Ville"], ["Bal", cell, "Rennes"], ["Foire", cell, "Brest"]))
    )
    assert [row["timings"] for row in stage.records] == [[{"begins": begins, "ends": ends}]] * 2
    assert stage.kinds == []


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Annulé le", "cancelled"),
        ("Date d'annulation", "cancelled"),
        ("Cancelled at", "cancelled"),
        ("Validé le", None),
        ("Relu le", None),
    ],
)
def test_a_date_of_cancellation_cancels(tmp_path: Path, header: str, expected: str | None) -> None:
    table = f"Titre;Date;Ville;{header}\nBal;05/11/2026;Rennes;\nLoto;06/11/2026;Brest;28/10/2026\n"
    stage = Stage(write(tmp_path, table))
    assert [row["status"] for row in stage.records] == [None, expected]
    assert stage.kinds == []


@pytest.mark.parametrize(
    ("header", "second", "begins"),
    [
        ("Date (mm/jj/aaaa)", "11/06/2026", ["2026-11-05", "2026-11-06"]),
        ("Date (MM/DD/YYYY)", "11/06/2026", ["2026-11-05", "2026-11-06"]),
        ("Date (jj/mm/aaaa)", "11/06/2026", ["2026-05-11", "2026-06-11"]),
        ("Date (mm/jj/aaaa)", "13/06/2026", ["2026-05-11", "2026-06-13"]),
    ],
)
def test_a_header_says_which_number_is_the_month(tmp_path: Path, header: str, second: str, begins: list[str]) -> None:
    stage = Stage(write(tmp_path, f"Titre,{header},Ville\nBal,11/05/2026,Rennes\nLoto,{second},Brest\n"))
    assert [row["timings"][0]["begins"] for row in stage.records] == begins


def test_years_of_a_beginning_and_an_end_are_no_hours_where_nothing_is_a_date() -> None:
    columns = {"begins": [0], "ends": [1]}
    settling_hours.part_hours(columns, {0: ["2013", "2014"], 1: ["2014", "2015"]}, {})
    assert columns == {"begins": [0], "ends": [1]}


@pytest.mark.parametrize(
    ("rows", "begins", "ends", "kinds"),
    [
        (("05/11/2026;9h;05/11/2026;17h", "07/11/2026;20h;08/11/2026;16h"), "2026-11-05T09:00", "2026-11-05T17:00", []),
        (("05/11/2026;9h;12/11/2026;9h",), "2026-11-05T09:00", None, ["date_ambiguous"]),  # two sessions, perhaps
        (("05/11/2026;9h;04/11/2026;17h",), "2026-11-05T09:00", None, ["date_ambiguous", "hour_unreadable"]),
    ],
)
def test_a_date_and_an_hour_that_come_again(
    tmp_path: Path, rows: tuple[str, ...], begins: str, ends: str | None, kinds: list[str]
) -> None:
    lines = "".join(f"Bal;{row};Rennes\n" for row in rows)
    stage = Stage(write(tmp_path, f"Titre;Date;Heure;Date;Heure;Ville\n{lines}"))
    assert (stage.records[0]["timings"], sorted(set(stage.kinds))) == ([{"begins": begins, "ends": ends}], kinds)


def test_an_hour_that_comes_again_and_is_another_is_told(tmp_path: Path) -> None:
    stage = Stage(
        write(tmp_path, "Titre;Date;Heure;Ville;Heure\nBal;05/11/2026;9h;Rennes;9h\nJeu;05/11/2026;9h;Rennes;17h\n")
    )
    assert [(row["record_id"], row["kind"]) for row in stage.warnings] == [(2, "hour_unreadable")]


PROGRAMME = "Heure;Atelier;Salle\n9h;Accueil;Hall\n9h30-10h30;Plénière;Salle 2\n"


@pytest.mark.parametrize(
    ("above", "begins", "town"),
    [
        ("Journée de l'ESS – jeudi 12 novembre 2026 – Rennes;;", "2026-11-12T09:00", "Rennes"),
        ("Forum;;\nJeudi 12 novembre 2026 de 9h à 18h, Brest;;", "2026-11-12T09:00", "Brest"),
        ("Forum du 12/11/2026;;", "2026-11-12T09:00", None),
    ],
)
def test_the_day_of_a_programme_stands_above_its_hours(
    tmp_path: Path, above: str, begins: str, town: str | None
) -> None:
    stage = Stage(write(tmp_path, f"{above}\n{PROGRAMME}"))
    assert summary(stage, "city") == [("Accueil", town), ("Plénière", town)]
    assert [row["timings"][0]["begins"] for row in stage.records] == [begins, begins.replace("9:00", "9:30")]
    assert (stage.rejects, stage.kinds) == ([], [])


@pytest.mark.parametrize(
    "above",
    [
        "Forum les 12 et 13 novembre 2026;;",
        "Mardi 12 novembre 2026;;",  # a Thursday
        "Mis à jour le 12 novembre 2026;;",
        "12/11/2026;;\n13/11/2026;;",
    ],
)
def test_a_title_that_gives_no_sure_day_gives_none(tmp_path: Path, above: str) -> None:
    with pytest.raises(IntakeError):
        Stage(write(tmp_path, f"{above}\n{PROGRAMME}"))


@pytest.mark.parametrize("name", ["Projet", "Project", "Thème"])
def test_names_of_what_takes_place_are_titles_where_nothing_else_is(tmp_path: Path, name: str) -> None:
    stage = Stage(
        write(tmp_path, f"{name};Date;Ville\nBal;05/11/2026;Rennes\nJeu;06/11/2026;Do.\nTour;06/11/2026;ditto\n")
    )
    assert summary(stage, "city") == [("Bal", "Rennes"), ("Jeu", "Rennes"), ("Tour", "Rennes")]


def test_columns_that_say_whom_a_place_welcomes_are_read_together(tmp_path: Path) -> None:
    table = (
        "Titre;Date;Accessibilité;PMR;LSF;Ville\nBal;05/11/2026;aveugles;oui;non;Rennes\nJeu;06/11/2026;;non;x;Brest\n"
    )
    stage = Stage(write(tmp_path, table))
    assert [row["accessibility"] for row in stage.records] == [["vi", "mi"], ["hi"]]
    assert stage.kinds == []


@pytest.mark.parametrize(
    ("header", "titles"),
    [
        ("what;label", ["Bal des voisins", "Jeu de piste", "Tour à vélo"]),
        ("Événement;Nom", ["Bal des voisins", "Jeu de piste", "Tour à vélo"]),
        ("Événement;Projet", ["BAL", "JEU", "TOUR"]),  # which may be a larger undertaking
        ("Événement;Prénom Nom", ["BAL", "JEU", "TOUR"]),
    ],
)
def test_codes_are_no_titles_beside_a_column_of_names(tmp_path: Path, header: str, titles: list[str]) -> None:
    lines = ("BAL;Bal des voisins", "JEU;Jeu de piste", "TOUR;Tour à vélo")
    table = f"{header};Date;Ville\n" + "".join(f"{line};0{day}/11/2026;Rennes\n" for day, line in enumerate(lines, 5))
    assert [row["title"] for row in Stage(write(tmp_path, table)).records] == titles


@pytest.mark.parametrize(
    ("rows", "towns"),
    [
        (["Rennes", "a", "b", "Brest", "c"], ["Rennes", "Rennes", "Brest"]),
        (["RENNES (35)", "a", "b: Vannes", "Ville de Brest :", "c"], ["RENNES (35)", "Vannes", "Ville de Brest :"]),
        (
            ["Rennes", "a", "Paris", "b", "* sous réserve", "c"],
            ["Rennes", "Paris", "Paris"],
        ),  # a département's name too
        (["a", "Rennes", "b", "c"], [None, "Rennes", "Rennes"]),
        (["Rennes", "a: Vannes", "b: Vannes", "c"], ["Vannes", "Vannes", None]),  # a town of every event's own
        (["Rennes", "a", "Trifouilly", "b", "c"], [None, None, None]),  # perhaps a place too, which is not known
    ],
    ids=str,
)
def test_a_town_above_its_events_is_theirs_where_they_have_none(
    tmp_path: Path, rows: list[str], towns: list[str | None]
) -> None:
    table: list[list[Any]] = [["Ville", "Titre", "Date"]]
    for text in rows:
        title, _, town = text.partition(": ")
        is_event = title in "abc"
        table.append([town, f"Atelier {title}", "03/11/2026"] if is_event else [text, None, None])
    stage = Stage(workbook(tmp_path, sheet(*table)))
    assert [record["city"] for record in stage.records] == towns
    table = [[row[1], row[2], row[0]] if row[1] else [row[0]] for row in table]  # in the column of titles
    assert [record["city"] for record in Stage(workbook(tmp_path, sheet(*table))).records] == towns


def test_a_departement_above_its_events_is_theirs_where_they_have_none(tmp_path: Path) -> None:
    rows = sheet(
        ["Date", "Titre", "Département", "Commune"],
        ["Ille-et-Vilaine"],
        ["05/11/2026", "Forum", None, "Rennes"],
        ["06/11/2026", "Foire"],
        ["Finistère"],
        ["07/11/2026", "Fête", None, "Brest"],
    )
    stage = Stage(workbook(tmp_path, rows))
    assert summary(stage, "departement_label") == [
        ("Forum", "Ille-et-Vilaine"),
        ("Foire", "Ille-et-Vilaine"),
        ("Fête", "Finistère"),
    ]
