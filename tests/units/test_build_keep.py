"""A backup is read again before it is called good; a restore is one step, and keeps what it replaces."""

import shutil
from pathlib import Path

import duckdb
import pytest

from campaign.core.errors import BusyError, StoreError, WriteError
from campaign.publish import keep, migrate
from campaign.publish.workspace import exclusive
from tests.records import build, record


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    build(folder / "campaign.duckdb", [record("a"), record("b")])
    return folder


@pytest.fixture
def db(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path, dirs_exist_ok=True) / "campaign.duckdb"


@pytest.mark.in_turn
def test_there_and_back(db: Path, tmp_path: Path) -> None:
    content = db.read_bytes()
    copy = keep.backup(db, tmp_path / "new" / "copy.duckdb")
    assert (copy.rows["events"], copy.n_counted) == (2, 2)
    build(db, [record("c")])
    later = db.read_bytes()
    assert keep.restore(copy.path, db).n_counted == 2
    assert db.read_bytes() == content
    assert (tmp_path / "campaign.before-restore.duckdb").read_bytes() == later


@pytest.mark.in_turn
@pytest.mark.parametrize("where", ["header", "block", "end"])
def test_a_damaged_file_is_no_backup_and_is_not_restored(db: Path, tmp_path: Path, where: str) -> None:
    good = db.read_bytes()
    bad = bytearray(good)
    if where == "header":
        bad[0:64] = bytes(64)
    elif where == "block":
        block = bad.index(b"searchable") if b"searchable" in bad else len(bad) // 2
        bad[block : block + 400] = b"\xff" * 400
    else:
        del bad[len(bad) // 2 :]
    damaged = tmp_path / "damaged.duckdb"
    damaged.write_bytes(bad)
    with pytest.raises(StoreError):
        keep.backup(damaged, tmp_path / "copy.duckdb")
    with pytest.raises(StoreError):
        keep.restore(damaged, db)
    assert db.read_bytes() == good
    assert not list(tmp_path.glob("copy*"))


def test_counts_that_do_not_agree_are_no_backup(db: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(db)) as connection:
        connection.execute("delete from event_rollup")
    with pytest.raises(StoreError, match="entier"):
        keep.backup(db, tmp_path / "copy.duckdb")


def test_a_newer_backup_is_refused(db: Path, tmp_path: Path) -> None:
    copy = keep.backup(db, tmp_path / "copy.duckdb").path
    with duckdb.connect(str(copy)) as connection:
        connection.execute("update file_info set schema_version = 99")
    with pytest.raises(StoreError, match="plus récente"):
        keep.restore(copy, db)
    assert migrate.version_of(db) < 99


def test_an_import_under_way_is_waited_for_by_its_author(db: Path, tmp_path: Path) -> None:
    copy = keep.backup(db, tmp_path / "copy.duckdb").path
    with exclusive(db), pytest.raises(BusyError):
        keep.restore(copy, db)


def test_a_folder_that_cannot_be_written_is_said(db: Path) -> None:
    with pytest.raises(WriteError, match="écrit"):
        keep.backup(db, Path("/proc/nowhere/copy.duckdb"))
