"""One table that holds every fault: each row is taken or rejected, and each fault is told, with field, value and remedy."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from campaign.publish.importing import run_import
from tests.intake_files import FILES
from tests.records import events_of, findings_of

TABLE = FILES / "tous_les_defauts.csv"

# By identifier: what is told of the row.
TOLD: dict[str, set[str]] = {
    "6": {"end_before_start"},
    "7": {"end_unreadable"},
    "8": {"wrong_offset"},
    "9": {"outside_campaign"},
    "10": {"unpublished"},
    "11": {"cancelled_in_title"},
    "12": {"type_unknown"},
    "13": {"coordinates_swapped"},
    "14": {"coordinates_unusable"},
    "15": {"coordinates_unusable", "unlocated"},
    "16": {"coordinates_unreadable"},
    "17": {"outside_france"},
    "18": {"outside_101", "unlocated"},
    "19": {"place_conflict"},
    "20": {"place_conflict"},
    "21": {"commune_unrecognised"},
    "22": {"unlocated"},
    "27": {"personal_data_removed"},
    "28": {"link_dropped"},
    "29": {"extra_cells"},
    "30": {"missing_cells"},
    "31": {"repeated_in_import"},
}
REJECTED = {5: "title_missing", 6: "date_unreadable", 7: "date_missing", 8: "date_unreadable"}
PLACES = {
    "1": ("35", "address"), "13": ("35", "address"), "14": ("35", "commune"), "15": (None, "unknown"), "17": (None, "address"),
    "18": (None, "unknown"), "19": ("35", "commune"), "20": ("35", "commune"), "21": ("35", "commune"), "22": (None, "unknown"),
    "23": ("01", "commune"), "24": ("75", "commune"), "25": ("75", "commune"), "26": ("42", "commune"), "33": (None, "online"),
}  # fmt: skip


@pytest.fixture(scope="module")
def first_import(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any, list[dict[str, str]]]:
    folder = tmp_path_factory.mktemp("faults")
    db, report = folder / "campaign.duckdb", folder / "report.csv"
    account, _staged = run_import(db, [TABLE], report=report)
    rows = list(csv.DictReader(io.StringIO(report.read_text("utf-8-sig")), delimiter=";"))
    return db, account, rows


def test_every_row_is_accounted_for(first_import: tuple[Path, Any, list[dict[str, str]]]) -> None:
    _db, account, _rows = first_import
    assert (account.read, account.new, account.unchanged, account.rejected) == (34, 29, 1, 4)
    assert {reject.line: reject.reason for reject in account.rejects} == REJECTED


def test_every_fault_is_told(first_import: tuple[Path, Any, list[dict[str, str]]]) -> None:
    db, account, _rows = first_import
    assert findings_of(db) == {uid: kinds for uid, kinds in TOLD.items() if uid != "31"} | {
        "31": {"repeated_in_import"}
    }
    assert set(account.warnings) == set().union(*TOLD.values())


def test_every_place_is_where_it_is(first_import: tuple[Path, Any, list[dict[str, str]]]) -> None:
    places = events_of(first_import[0], "departement_code", "place_precision")
    assert {uid: places[uid] for uid in PLACES} == PLACES


def test_the_report_says_line_field_value_reason_and_remedy(
    first_import: tuple[Path, Any, list[dict[str, str]]],
) -> None:
    _db, account, rows = first_import
    assert list(rows[0]) == ["fichier", "ligne", "nature", "champ", "valeur", "motif", "explication", "remède"]
    assert {int(row["ligne"]): row["motif"] for row in rows if row["nature"] == "rejet"} == REJECTED
    findings = [row for row in rows if row["nature"] == "constat"]
    assert len(findings) == sum(account.warnings.values())
    assert all(row["explication"] and row["remède"] and row["ligne"] and row["fichier"] == TABLE.name for row in rows)
    by_kind = {row["motif"]: row for row in findings}
    assert by_kind["place_conflict"]["champ"] == "lieu"
    assert "35000 Rennes" in by_kind["place_conflict"]["valeur"]
    assert by_kind["coordinates_swapped"]["valeur"] == "[-1.6778, 48.1173]"
    assert by_kind["end_unreadable"]["valeur"] == "tard"
    assert "exemple.fr" not in by_kind["personal_data_removed"]["valeur"]
    assert set(by_kind) == set(account.warnings)


def test_the_same_table_twice_changes_nothing(first_import: tuple[Path, Any, list[dict[str, str]]]) -> None:
    again, _staged = run_import(first_import[0], [TABLE], dry_run=True)
    assert (again.read, again.unchanged, again.rejected) == (34, 30, 4)
