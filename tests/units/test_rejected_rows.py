"""Rejected rows that a person corrects, in place or in the workbook of them, and what an import will bring before it does."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from campaign import intake
from campaign.publish.account import Account
from campaign.publish.importing import rejected_of, run_import
from campaign.view.importing import rejected_rows
from campaign.wording import previews
from tests.intake_files import write
from tests.records import rows_of

TABLE = "titre;date;ville\nForum;05/11/2014;Rennes\nDébat;jeudi;Brest\nAtelier;;Vannes\nVisite;08/11/2014;Redon\n"
EVENTS = "select event_id, source, title, starts_at, commune, content_hash from events order by all"
GOOD = {3: ("Débat", "06/11/2014", "Brest"), 4: ("Atelier", "07/11/2014", "Vannes")}


def csv(folder: Path) -> Path:
    return write(folder, TABLE, "chambre.csv")


def xlsx(folder: Path) -> Path:
    book = Workbook()
    book.active.title = "Programme"
    for row in TABLE.splitlines():
        book.active.append([cell or None for cell in row.split(";")])
    other = book.create_sheet("Autres")
    other.append(["titre", "date", "ville"])
    other.append(["Fête", "09/11/2014", "Lorient"])
    other.append(["Bal", "?", "Lorient"])
    path = folder / "chambre.xlsx"
    book.save(path)
    return path


def imported(db: Path, path: Path, rows: rejected_rows.Rows | None = None) -> Account:
    of_tables = rejected_rows.applied({}, intake.Mapping(), rows or {})
    account, _ = run_import(db, [path], of_tables=of_tables, licence="Licence Ouverte 2.0")
    return account


@pytest.mark.matrix(every=2, first=1)
@pytest.mark.parametrize("file", [csv, xlsx])
def test_rows_corrected_in_place_and_in_the_workbook_are_the_same_events(
    tmp_path: Path, file: Callable[[Path], Path]
) -> None:
    path = file(tmp_path)
    in_place, in_workbook = tmp_path / "a.duckdb", tmp_path / "b.duckdb"
    before = imported(in_workbook, path)
    lines = rejected_rows.lines(before.rejects)
    tables = rejected_of([path], intake.Mapping(), {}, lines)
    n_rejected = sum(len(table.rows) for table in tables)
    assert n_rejected == before.rejected == len(before.rejects)
    # in place: the same file, with those rows as a person corrected them
    first = tables[0]
    edited = [{f"c{n}": cell for n, cell in enumerate(GOOD[line])} for line in first.rows]
    rows = {first.name: rejected_rows.corrected(first, edited)}
    account = imported(in_place, path, rows)
    assert (account.read, account.rejected) == (before.read, n_rejected - 2)
    # in the workbook: its rows alone, beside what came in before
    reasons = {(first.name, line): ("La date n'a pas pu être lue.", "Écrivez-la.") for line in first.rows}
    book = load_workbook(io.BytesIO(rejected_rows.rejected.as_workbook(tables, reasons)))
    assert book.worksheets[0]["D2"].value == "La date n'a pas pu être lue."
    for number, cells in enumerate(GOOD.values(), start=2):
        for index, cell in enumerate(cells, start=1):
            book.worksheets[0].cell(number, index).value = cell
    back = tmp_path / "retour" / rejected_rows.rejected.workbook_name(first.file)
    back.parent.mkdir()
    book.save(back)
    again = imported(in_workbook, back)
    assert (again.new, again.rejected) == (2, n_rejected - 2)
    assert rows_of(in_place, EVENTS) == rows_of(in_workbook, EVENTS)
    # and again: nothing changes
    assert imported(in_place, path, rows).unchanged == account.taken
    assert imported(in_workbook, back).unchanged == 2


def test_a_row_that_is_still_wrong_is_rejected_again(tmp_path: Path) -> None:
    path = csv(tmp_path)
    rows = {"chambre.csv": {3: ("Débat", "vendredi", "Brest")}}
    account = imported(tmp_path / "a.duckdb", path, rows)
    assert [(reject.line, reject.value) for reject in account.rejects] == [(3, "vendredi"), (4, None)]
    of_tables = rejected_rows.applied({}, intake.Mapping(), rows)
    (table,) = rejected_of([path], intake.Mapping(), of_tables, rejected_rows.lines(account.rejects))
    assert table.rows == {3: ("Débat", "vendredi", "Brest"), 4: ("Atelier", "", "Vannes")}


@pytest.mark.in_turn
def test_the_preview_is_what_is_published(tmp_path: Path) -> None:
    path = write(tmp_path, TABLE.replace("05/11/2014", "5 novembre 2014, 18h30 - 20h"), "chambre.csv")
    db = tmp_path / "a.duckdb"
    preview, _ = run_import(db, [path], licence="Licence Ouverte 2.0", dry_run=True)
    assert not db.exists()
    rows = [(e.line, e.title, previews.when(e), previews.where(e), e.kinds) for e in preview.preview]
    assert [(line, title, where, kinds) for line, title, _, where, kinds in rows] == [
        (2, "Forum", "Rennes (35) – à la commune", []),
        (5, "Visite", "Redon (35) – à la commune", []),
    ]
    assert "18 h 30" in rows[0][2].replace("\u202f", " ").replace("\xa0", " ")
    account = imported(db, path)
    assert account.preview == preview.preview
    assert rows_of(db, "select title, starts_at from events order by starts_at") == [
        (e.title, e.starts_at) for e in preview.preview
    ]


def test_the_preview_says_what_was_not_understood(tmp_path: Path) -> None:
    text = "Titre;Date;Horaires;Ville\nForum;05/11/2014;14h nocturne;Rennes\nDébat;06/11/2014 (mardi);aube;Nulle-Part\n"
    preview, _ = run_import(
        tmp_path / "a.duckdb", [write(tmp_path, text, "chambre.csv")], licence="Licence Ouverte 2.0", dry_run=True
    )
    hour = "Une heure n'a pas été comprise, en tout ou en partie"
    day = "Une partie de la date n'a pas été comprise, ou peut se lire autrement\u00a0: le reste est gardé"
    assert [previews.noticed(event) for event in preview.preview] == [
        f"{hour} (nocturne)",
        f"{day} (mardi) · {hour} (aube) · Sans lieu",
    ]


@pytest.mark.in_turn
def test_rows_of_a_grid_are_said_to_be_corrected_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "programme.csv"
    path.write_text("Titre;Date;Titre;Date\nForum;03/11/2014;Bal;\nDébat;04/11/2014;;\n", "utf-8")
    account = imported(tmp_path / "x.duckdb", path)
    assert [reject.reason for reject in account.rejects] == ["date_missing"]
    tables = rejected_of([path], intake.Mapping(), {}, rejected_rows.lines(account.rejects))
    assert not any(table.rows for table in tables)
    assert rejected_rows.not_here(tables, account.rejects) == [account.rejects[0].file]
