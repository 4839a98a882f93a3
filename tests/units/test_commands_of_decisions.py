"""The commands that decide, keep, check and write kits: what each does to a real file, and that it can be taken back."""

import csv
import io
import json
import os
import re
import shutil
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from click.testing import Result
from typer.testing import CliRunner

from campaign.cli import app
from campaign.core.settings import ROOT, settings
from campaign.press import kit as kits
from campaign.store.version import SCHEMA_VERSION
from tests import samples
from tests.records import build, record, rows_of

FORUM = {"commune_code": "35238", "city": "Rennes", "organiser_labels": ["Association Le Lien"]}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three events, two of them the same, of an association whose name is written in two ways."""
    folder = tmp_path_factory.mktemp("built")
    build(
        folder / "campaign.duckdb",
        [
            record("a", **FORUM | {"title": "Forum"}),
            record("b", **FORUM | {"title": "FORUM", "organiser_labels": ["Le Lien"]}),
            record("c", **FORUM | {"title": "Autre chose", "organiser_labels": ["Maison des vélos"]}),
        ],
    )
    return folder


@pytest.fixture
def db(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that file, read."""
    path = shutil.copytree(built, tmp_path, dirs_exist_ok=True) / "campaign.duckdb"
    monkeypatch.setattr(settings(), "db", path)
    return path


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def succeed(*words: str) -> str:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return " ".join(result.output.replace("\u202f", " ").replace("\u00a0", " ").split())


def unfolded(*words: str) -> str:
    """Return what a table says, its cells in one piece."""
    lines = [line.split("│")[1:-1] for line in run(*words).output.splitlines() if line.startswith("│")]
    return "\n".join("".join(cell.strip() for cell in column) for column in zip(*lines, strict=True))


def listed(*words: str) -> list[dict[str, str]]:
    return json.loads(run(*words, "--json").stdout)


def counted(path: Path) -> int:
    return rows_of(path, "select n_counted from file_info")[0][0]


@pytest.mark.in_turn
def test_a_duplicate_is_accepted_taken_back_and_refused(db: Path) -> None:
    (pair,) = listed("duplicates", "list")
    assert {pair["title"], pair["other_title"]} == {"Forum", "FORUM"}
    assert pair["event_id"] in succeed("duplicates", "list")
    assert listed("duplicates", "list", "--region", "11") == []
    ids = (pair["event_id"], pair["other_id"])
    assert "Événements comptés : 2" in succeed("duplicates", "accept", *ids, "--note", "même affiche")
    assert (counted(db), listed("duplicates", "list")) == (2, [])
    (decision,) = listed("duplicates", "list", "--decided")
    assert (decision["decision"], decision["note"]) == ("accepted", "même affiche")
    assert "accepted" in succeed("duplicates", "list", "--decided")
    assert "Événements comptés : 3" in succeed("duplicates", "undo", *ids)
    assert len(listed("duplicates", "list")) == 1
    assert "Événements comptés : 3" in succeed("duplicates", "refuse", *ids)
    assert (counted(db), listed("duplicates", "list")) == (3, [])


@pytest.mark.in_turn
def test_what_cannot_be_decided_has_a_status_and_words(db: Path) -> None:
    result = run("duplicates", "accept", "0" * 16, "1" * 16)
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert "0" * 16 in result.output
    assert counted(db) == 3


def n_organisers(path: Path) -> int:
    return rows_of(path, "select count(distinct organiser_id) from event_organisers")[0][0]


@pytest.mark.in_turn
def test_names_of_an_organiser_are_joined_parted_and_left_again(db: Path) -> None:
    (joined,) = listed("organisers", "list")
    assert {joined["named_id"], joined["organiser_id"]} == {"association-le-lien", "le-lien"}
    assert "juridique" in succeed("organisers", "list")
    assert n_organisers(db) == 2
    succeed("organisers", "apart", joined["named_id"])
    assert n_organisers(db) == 3
    assert "séparé" in succeed("organisers", "list")
    succeed("organisers", "undo", joined["named_id"])
    assert n_organisers(db) == 2
    succeed("organisers", "join", "maison-des-velos", joined["organiser_id"])
    assert n_organisers(db) == 1
    succeed("organisers", "undo", "maison-des-velos")
    assert n_organisers(db) == 2


@pytest.mark.in_turn
def test_a_backup_is_read_again_and_put_back(db: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kept" / "copy.duckdb"
    report = succeed("backup", str(copy))
    assert f"schéma {SCHEMA_VERSION}, 3 événements comptés" in report
    build(db, [record("d", **FORUM | {"title": "Un de plus"})])
    assert counted(db) == 4
    assert "Sauvegarde remise en place" in succeed("restore", str(copy))
    assert counted(db) == 3
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(copy.read_bytes()[:300_000])
    result = run("restore", str(broken))
    assert result.exit_code == 1
    assert "broken.duckdb" in result.output
    assert counted(db) == 3
    missing = run("restore", str(tmp_path / "nowhere.duckdb"))
    assert (missing.exit_code, "Traceback" in missing.output) == (1, False)


def test_a_file_of_this_version_has_nothing_to_migrate(db: Path) -> None:
    before = db.read_bytes()
    assert "rien à mettre à niveau" in succeed("migrate")
    assert db.read_bytes() == before


def test_what_is_to_check_is_counted_and_written(db: Path, tmp_path: Path) -> None:
    counts = json.loads(run("check", "--json").stdout)
    table = succeed("check")
    assert sum(counts.values()) == rows_of(db, "select count(*) from findings where event_id is not null")[0][0] > 0
    assert all(str(n) in table for n in counts.values())
    book = tmp_path / "todo.xlsx"
    assert run("check", "--region", "53", "--nomenclature", "2016", "--out", str(book)).exit_code == 0
    assert openpyxl.load_workbook(book, read_only=True).sheetnames
    assert run("check", "--region", "99").exit_code == 2


def test_kits_of_every_region_add_up_to_the_countrys(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    if not samples.is_full:  # what is in the archives is read in test_press_every_kit.py
        monkeypatch.setattr(kits, "_files", lambda _figures, _base: {})
        request.addfinalizer(kits._kit.cache_clear)
    folder = tmp_path / "kits"
    assert "19 kits" in succeed(
        "kit", "--out", str(folder), "--edition", "2014", "--nomenclature", "2016", "--region", "all"
    )
    rows = list(csv.DictReader(io.StringIO((folder / "sommaire.csv").read_text("utf-8-sig")), delimiter=";"))
    assert {row["fichier"] for row in rows if row["fichier"]} == {path.name for path in folder.glob("*.zip")}
    counts = [int(row["evenements"]) for row in rows]
    assert max(counts) == counted(db) == sum(counts) / 2  # the country's, and its parts'


@pytest.mark.in_turn
@pytest.mark.usefixtures("db")
def test_the_kit_of_a_region_is_one_whole_archive_in_french_from_a_terminal_in_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    one = tmp_path / "one"
    assert "1 kit in " in succeed("kit", "--out", str(one), "--edition", "2014", "--region", "53")
    (archive,) = one.iterdir()
    with ZipFile(archive) as kit:
        assert kit.testzip() is None
        assert "événements" in "".join(kit.read(name).decode() for name in kit.namelist() if name.endswith(".txt"))
    assert run("kit", "--out", str(one), "--region", "99").exit_code != 0


def test_serving_hands_the_file_and_the_campaign_on(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    began: list[tuple[list[str], dict[str, str]]] = []
    monkeypatch.setattr(os, "execve", lambda _program, words, environment: began.append((words, environment)))
    assert run("serve", "--db", str(db), "--port", "8599").exit_code == 0
    (words, environment) = began[0]
    assert words[words.index("--server.port") + 1] == "8599"
    assert Path(environment["CAMPAIGN_PROFILE"]).is_absolute()
    assert environment["CAMPAIGN_DB"] == str(db)
    db.write_bytes(db.read_bytes()[:100_000])  # served all the same: the pages say that it is damaged
    result = run("serve", "--db", str(db))
    assert (result.exit_code, len(began)) == (0, 2)
    assert "Traceback" not in result.output


@pytest.mark.in_turn
def test_a_correction_is_listed_and_taken_back(db: Path) -> None:
    (event,) = rows_of(db, "select event_id from events where title = 'Forum'")
    succeed("corrections", "add", event[0], "dates", "6 novembre 2014 de 14h à 16h", "--note", "lu sur [/l'affiche]")
    assert [row["field"] for row in listed("corrections", "list")] == ["dates"]
    assert event[0] in unfolded("corrections", "list")
    succeed("corrections", "undo", "agenda", "a", "dates")
    assert listed("corrections", "list") == []


def test_tables_of_commands_are_made_in_one_place() -> None:
    modules = (ROOT / "campaign" / "cli").glob("*.py")
    assert [path.name for path in modules if re.search(r"\bTable\(", path.read_text("utf-8"))] == ["options.py"]
