"""Workbooks of chambers, by hand and of OpenAgenda; the template that is given to them."""

import io
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from campaign.core.errors import IntakeError
from campaign.intake import template
from campaign.intake.spreadsheets import workbook
from campaign.intake.spreadsheets.mapping import load as load_mapping
from campaign.publish.importing import run_import
from tests.intake_files import Stage, write
from tests.records import rows_of

DAY = datetime(2014, 11, 5)  # noqa: DTZ001 - a spreadsheet's moment has no zone
HEADER = ["Titre", "Date", "Heure", "Ville", "Code postal"]


def workbook_of(folder: Path, sheets: dict[str, list[list[Any]]], name: str = "chambre.xlsx") -> Path:
    """Write a workbook; days and hours are cells of their kind, as in real ones."""
    path = folder / name
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(number, column, cell)
    book.close()
    return path


def test_a_sheet_made_by_hand(tmp_path: Path) -> None:
    rows = [
        ["Programme du Mois de l'ESS"],
        [],
        HEADER,
        ["Atelier", DAY, time(18, 30), "Rennes", 35000],
        [],
        ["Colloque", "mercredi 5 novembre 2014", "9h-17h", "Bourg-en-Bresse", 1000],
        ["Visite", DAY + timedelta(days=1, hours=14), None, "Brest", "29200"],
        ["Sans date", None, None, "Brest", "29200"],
        ["Nombre", 41948.75, None, "Brest", "29200"],
    ]
    stage = Stage(workbook_of(tmp_path, {"Feuil1": rows}))
    assert [(r["line"], r["title"], r["timings"][0]["begins"], r["postcode"]) for r in stage.records] == [
        (4, "Atelier", "2014-11-05T18:30", "35000"),
        (6, "Colloque", "2014-11-05T09:00", "1000"),
        (7, "Visite", "2014-11-06T14:00", "29200"),
        (9, "Nombre", "2014-11-05T18:00", "29200"),
    ]
    assert [(r["line"], r["reason"]) for r in stage.rejects] == [(8, "date_missing")]
    assert stage.staged.files[0].format == "xlsx"
    assert "en-tête ligne 3" in str(stage.staged.files[0].reading.why)


def test_each_sheet_with_a_header_is_a_table(tmp_path: Path) -> None:
    row = ["Atelier", DAY, None, "Rennes", "35000"]
    path = workbook_of(tmp_path, {"Novembre": [HEADER, row], "Notes": [["À faire"]], "Décembre": [HEADER, row, row]})
    stage = Stage(path)
    assert [(r["file"], r["line"]) for r in stage.records] == [
        ("chambre.xlsx[Novembre]", 2), ("chambre.xlsx[Décembre]", 2), ("chambre.xlsx[Décembre]", 3),
    ]  # fmt: skip
    sheets = workbook.sheets(path, path.name, load_mapping(write(tmp_path, "[columns]\n", "m.toml")))
    assert [*map(str, sheets.left)] == ["Notes (sans en-tête reconnu)"]


def test_merged_cells_say_the_same_on_each_row(tmp_path: Path) -> None:
    path = tmp_path / "fusion.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(1, 1, ["Titre", "Date", "Ville"])
    sheet.merge_range(2, 2, 3, 2, "05/11/2014")
    sheet.write_column(2, 1, ["A", "B", "C"])
    sheet.write_column(2, 3, ["Rennes", "Brest", "Lorient"])
    book.close()
    stage = Stage(path)
    assert [(r["title"], r["line"]) for r in stage.records] == [("A", 3), ("B", 4)]
    assert [r["reason"] for r in stage.rejects] == ["date_missing"]


@pytest.mark.in_turn
def test_an_export_of_openagenda_has_the_platform_s_identifiers(tmp_path: Path) -> None:
    header = ["Identifiant", "Titre - EN", "Titre - FR", "Permalien", "Horaires ISO", "Statut", "État", "Ville"]
    slots = "2014-11-18T18:00:00+01:00 -> 2014-11-18T20:00:00+01:00 | 2014-11-19T18:00:00+01:00 -> 2014-11-19T20:00:00+01:00"
    rows = [header, [4001, "Round table", "Table ronde", "https://exemple.fr/a", slots, "Publié", "Complet", "Rennes"],
            [4002, "Only English", None, None, slots, "Publié", "Programmé", "Rennes"]]  # fmt: skip
    path = workbook_of(tmp_path, {"events": rows}, "export-2014.xlsx")
    stage = Stage(path)
    first, second = stage.records
    assert (first["source_uid"], first["title"], first["status"], len(first["timings"])) == (
        "4001",
        "Table ronde",
        "full",
        2,
    )
    assert (second["title"], second["origin"]) == ("Only English", "openagenda")
    assert Stage(path, format="openagenda").staged.files[0].format == "xlsx"
    assert Stage(path, format="xlsx").staged.files[0].format == "xlsx"


def test_formats_that_are_not_asked_for_are_refused(tmp_path: Path) -> None:
    path = workbook_of(tmp_path, {"A": [HEADER, ["Atelier", "05/11/2014", None, "Rennes", "35000"]]})
    for wanted in ("csv", "ics", "openagenda", "opendatasoft"):
        with pytest.raises(IntakeError, match=wanted):
            Stage(path, format=wanted)


def test_a_sheet_that_holds_too_many_cells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        workbook, "_LARGEST_EXTENT", 10
    )  # larger ones end the process that reads (test_intake_apart.py)
    with pytest.raises(IntakeError, match="démesuré"):
        Stage(workbook_of(tmp_path, {"A": [HEADER, *[["Atelier"]] * 20]}))


def test_a_workbook_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    path = workbook_of(tmp_path, {"A": [HEADER]})
    with pytest.raises(IntakeError, match=r"zip|classeur"):
        Stage(write(tmp_path, path.read_bytes()[:2000], "coupe.xlsx"))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("word/document.xml", "")
    with pytest.raises(IntakeError, match="Word"):
        Stage(write(tmp_path, content.getvalue(), "lettre.docx"))


@pytest.mark.in_turn
def test_the_template_imports_without_a_finding_once_filled(tmp_path: Path) -> None:
    path = tmp_path / "modele.xlsx"
    template.write(path, 2014)
    empty, _staged = run_import(tmp_path / "vide.duckdb", [path], dry_run=True)
    assert empty.read == 0  # nothing is in it yet: its examples are not events
    book = openpyxl.load_workbook(path)
    sheet, given = book["Événements"], book["Exemples"]
    rows = [[cell.value for cell in row] for row in given.iter_rows(min_row=2)]
    columns = template.columns()
    types = columns[1].values
    rows += [
        [f"Événement de type {kind}", kind, date(2014, 11, 10 + n), time(10), None, time(12), "Mixte", "Salle", "1 rue X", "69001", "Lyon",
         *[None] * 8, status, "Publié", f"T{n}"]
        for n, (kind, status) in enumerate(zip(types, template.STATUSES * 2, strict=False))
    ]  # fmt: skip
    for number, row in enumerate(rows, start=2):
        assert len(row) == len(columns)
        for column, cell in enumerate(row, start=1):
            sheet.cell(number, column, cell)
    book.save(path)
    db = tmp_path / "campaign.duckdb"
    account, staged = run_import(db, [path])
    assert (account.read, account.new, account.rejected, account.warnings) == (len(rows), len(rows), 0, {})
    assert staged.left == []
    assert account.guessed == 0
    types_by_label = dict(rows_of(db, "select source_type_label, type from events"))
    labels = dict(rows_of(db, "select label_fr, type from event_types"))
    assert types_by_label == {label: labels[label] for label in types}
    places = dict(rows_of(db, "select source_uid, departement_code from events"))
    assert (places["2014-001"], places["2014-002"], places["2014-003"], places["T0"]) == ("35", "42", None, "69")
    again, _staged = run_import(db, [path])
    assert again.unchanged == len(rows)


def test_the_template_lists_what_it_allows(tmp_path: Path) -> None:
    path = tmp_path / "modele.xlsx"
    template.write(path)
    book = openpyxl.load_workbook(path)
    rules = {str(rule.sqref).split(":")[0]: rule for rule in book["Événements"].data_validations.dataValidation}
    assert rules["B2"].type == "list"
    assert [cell.value for cell in book["Listes"]["B"]][1:] == list(template.columns()[1].values)
    assert {rule.type for rule in rules.values()} >= {"list", "date", "time"}


BOMB = (
    "<!DOCTYPE sst [<!ENTITY a 'boum'><!ENTITY file SYSTEM 'file:///etc/passwd'>"
    + "".join(f"<!ENTITY {new} '{f'&{old};' * 10}'>" for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
FLAT = """<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="A">{}
</table:table></office:spreadsheet></office:body></office:document>"""


@pytest.mark.in_turn
def test_a_workbook_that_is_one_text(tmp_path: Path) -> None:
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in (["Titre", "Date", "Ville"], ["Forum", "03/11/2026", "Rennes"])
    )
    (tmp_path / "a.fods").write_text(FLAT.format(rows))
    assert Stage(tmp_path / "a.fods").record["city"] == "Rennes"
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:  # an archive that holds the same as it is
        for name, content in {
            "content.xml": FLAT.format(rows),
            "mimetype": MIMETYPE,
            "META-INF/manifest.xml": MANIFEST,
        }.items():
            archive.writestr(name, content)
    assert Stage(tmp_path / "a.ods").record["city"] == "Rennes"


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        ("Visite<text:line-break/>guidée", "Visite guidée"),
        ("Visite<text:tab/>guidée", "Visite guidée"),
        (
            "<text:span>Visite<text:line-break></text:line-break>guidée</text:span> du<text:s/>port",
            "Visite guidée du port",
        ),
    ],
)
@pytest.mark.parametrize("name", ["a.ods", "a.fods"])
def test_words_of_an_open_document_stay_apart(tmp_path: Path, name: str, cell: str, title: str) -> None:
    given = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'.format
    rows = (["Titre", "Date"], [cell, "05/11/2026"])
    text = FLAT.format("".join(f"<table:table-row>{''.join(map(given, row))}</table:table-row>" for row in rows))
    if name == "a.fods":
        (tmp_path / name).write_text(text)
    else:
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for part, content in (("mimetype", MIMETYPE), ("content.xml", text), ("META-INF/manifest.xml", MANIFEST)):
                archive.writestr(part, content)
    assert Stage(tmp_path / name).record["title"] == title


def test_cells_of_an_open_document_that_span_rows(tmp_path: Path) -> None:
    spans = ('<table:table-cell table:number-rows-spanned="2" ', "<table:covered-table-cell/>")
    rows = [["Titre", "Date", "Ville"], ["Forum", "03/11/2026", "Rennes"], ["Bal", "04/11/2026", ""]]
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'.format
    text = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    text = text.replace(cell("Rennes"), cell("Rennes").replace("<table:table-cell ", spans[0])).replace(
        cell(""), spans[1]
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:  # not compressed
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", FLAT.format(text))
        archive.writestr(
            "META-INF/manifest.xml", '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        )
    assert [record["city"] for record in Stage(tmp_path / "a.ods").records] == ["Rennes", "Rennes"]


def test_the_year_stands_on_a_sheet_without_a_table(tmp_path: Path) -> None:
    sheets = {"Octobre": [["Jour", "Quoi", "Ville"], ["15", "Bal", "Rennes"]], "Lisez-moi": [["Programme 2026"]]}
    assert Stage(workbook_of(tmp_path, sheets)).record["timings"][0]["begins"] == "2026-10-15"


@pytest.mark.parametrize("entity", ["&i;", "&file;"])
def test_entities_of_a_workbook_are_not_expanded(tmp_path: Path, entity: str) -> None:
    plain = workbook_of(tmp_path, {"Feuil1": [HEADER, ["Atelier VICTIME", DAY, None, "Rennes", "35000"]]}, "plain.xlsx")
    hostile = tmp_path / "hostile.xlsx"
    with zipfile.ZipFile(plain) as given, zipfile.ZipFile(hostile, "w", zipfile.ZIP_DEFLATED) as target:
        for item in given.infolist():
            text = given.read(item)
            if item.filename == "xl/sharedStrings.xml":
                text = text.replace(b"<sst", BOMB.encode() + b"<sst").replace(b"VICTIME", entity.encode())
                assert entity.encode() in text
            target.writestr(item, text)
    try:
        titles = [record["title"] for record in Stage(hostile).records]
    except IntakeError as error:
        titles = [str(error)]
    assert not [title for title in titles if "root:" in title or "boum" in title or len(title) > 500]


def test_what_a_merged_cell_hides_is_not_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (("Titre", "Date", "Ville"), ("Rando", "14/11/2026", "Brest"), ("brouillon", "15/11/2026", "Brest")):
        sheet.append(row)
    sheet.merged_cells.add("A2:A3")  # as LibreOffice merges cells whose contents are to be kept
    book.save(tmp_path / "a.xlsx")
    record = Stage(tmp_path / "a.xlsx").record
    assert (record["title"], [t["begins"] for t in record["timings"]]) == ("Rando", ["2026-11-14", "2026-11-15"])


@pytest.mark.parametrize(
    ("below", "merged", "timings"),
    [
        (["", "", "2026-11-06", "10h"], "A", [["05T18:30", "06T10:00"]]),
        (["", "Rennes", "2026-11-06", "10h"], "A", [["05T18:30", "06T10:00"]]),
        (["", "", "2026-11-06", "10h"], "AB", [["05T18:30", "06T10:00"]]),
        (["", "Brest", "2026-11-06", "10h"], "A", [["05T18:30"], ["06T10:00"]]),  # elsewhere
        (["", "", "2026-11-05", "18h30"], "A", [["05T18:30"], ["05T18:30"]]),  # the same again
        (["Bal", "Rennes", "2026-11-06", "10h"], "", [["05T18:30"], ["06T10:00"]]),
        (["", "", "", "20h"], "AC", [["05T18:30", "05T20:00"]]),
    ],
)
def test_rows_below_one_merged_title_are_its_sessions(
    tmp_path: Path, below: list[str], merged: str, timings: list[list[str]]
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Titre", "Ville", "Date", "Heure"], ["Bal", "Rennes", "2026-11-05", "18h30"], below):
        sheet.append(row)
    sheet.append(["Foire", "Lille", "2026-11-07", "9h"])
    for column in merged:
        sheet.merge_cells(f"{column}2:{column}3")
    book.save(tmp_path / "a.xlsx")
    stage = Stage(tmp_path / "a.xlsx")
    assert [[t["begins"][8:] for t in row["timings"]] for row in stage.records] == [*timings, ["07T09:00"]]
    assert (stage.kinds, stage.records[-1]["line"]) == ([], 4)


PLACES = [
    ["Code", "Nom", "Adresse"],
    ["L1", "MJC", "2 rue Haute, 35000 Rennes"],
    ["L2", "Mairie", "1 place Basse, 29200 Brest"],
]


@pytest.mark.parametrize(
    ("events", "places", "located"),
    [
        (["Lieu", "L1", "L2", "L9"], PLACES, [("MJC", 1), ("Mairie", 2), ("L9", None)]),
        (["Lieu", "MJC", "Mairie", "Ailleurs"], PLACES, [("MJC", 1), ("Mairie", 2), ("Ailleurs", None)]),
        (["id_lieu", "l2", "L1"], PLACES, [("Mairie", 2), ("MJC", 1)]),
        (
            ["id_lieu", 2, 1],
            [["id", "nom", "adresse"], [1, *PLACES[1][1:]], [2, *PLACES[2][1:]]],
            [("Mairie", 2), ("MJC", 1)],
        ),
        # no reference to a place: an organiser of an address, a number of one's own
        (
            ["Structure", "MJC", "Mairie"],
            [["Structure", "Adresse"], *[row[1:] for row in PLACES[1:]]],
            [(None, None)] * 2,
        ),
        (["id", 1, 2], [["id", "Adresse"], [1, PLACES[1][2]], [2, PLACES[2][2]]], [(None, None)] * 2),
    ],
    ids=str,
)
def test_places_on_a_sheet_of_their_own(
    tmp_path: Path, events: list[Any], places: list[list[Any]], located: list[tuple[str | None, int | None]]
) -> None:
    table = [["Titre", "Date", events[0]], *[[f"Atelier {cell}", DAY, cell] for cell in events[1:]]]
    stage = Stage(workbook_of(tmp_path, {"Programme": table, "Lieux": places}))
    addresses = {None: None, 1: PLACES[1][2], 2: PLACES[2][2]}
    assert [record["venue"] for record in stage.records] == [venue for venue, _ in located]
    assert [record["address"] for record in stage.records if " " in (record["address"] or "")] == [
        addresses[place] for _, place in located if place
    ]
