"""A file of an older schema is brought to this one with all that it holds, and a copy kept; a newer one is refused."""

import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import duckdb
import pytest

from campaign import store
from campaign.cli import migrate as command
from campaign.core.errors import BusyError, StoreError
from campaign.core.settings import ROOT, settings
from campaign.publish import migrate, pipeline, trail
from campaign.publish.importing import run_import
from campaign.publish.rollback import rollback
from campaign.publish.several import run_several
from campaign.publish.workspace import exclusive
from campaign.store import opened
from tests import samples
from tests.records import build, record

pytestmark = pytest.mark.rows(every=3)

COUNTED = ("events", "sessions", "imports", "organisers", "event_organisers", "event_versions", "themes", "rejects")


def counts(db: Path) -> dict[str, int]:
    with duckdb.connect(str(db), read_only=True) as connection:
        return {table: len(connection.table(table).fetchall()) for table in COUNTED}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a file of two imports."""
    folder = tmp_path_factory.mktemp("built")
    db = folder / "campaign.duckdb"
    build(db, [record("a", theme_labels=["Habiter"], organiser_labels=["Ici"]), record("b")])
    build(db, [record("a", theme_labels=["Habiter"], organiser_labels=["Ici"], title="Autre titre")])
    return folder


@pytest.fixture
def older(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that says that it is of the version before this code's, which is one more than it is."""
    db = shutil.copytree(built, tmp_path, dirs_exist_ok=True) / "campaign.duckdb"
    monkeypatch.setattr(pipeline, "SCHEMA_VERSION", pipeline.SCHEMA_VERSION + 1)
    monkeypatch.setattr(opened, "SCHEMA_VERSION", opened.SCHEMA_VERSION + 1)
    monkeypatch.setattr(settings(), "db", db)
    return db


@pytest.mark.in_turn
def test_all_that_a_file_holds_is_kept(older: Path) -> None:
    before, content = counts(older), older.read_bytes()
    with pytest.raises(StoreError):
        store.query("file_status")  # the reader never writes
    migration = migrate.migrate(older)
    assert migration is not None
    assert (migration.before, migration.after) == (pipeline.SCHEMA_VERSION - 1, pipeline.SCHEMA_VERSION)
    assert counts(older) == before
    assert before["event_versions"] == 1
    assert store.query("file_status").one["n_events"] == 2
    assert migration.copy.read_bytes() == content
    assert {path.name for path in older.parent.iterdir()} == {
        older.name,
        f"{older.name}.lock",
        trail.place(older).name,
        migration.copy.name,
    }
    assert migrate.migrate(older) is None


def test_the_command_waits_for_another_that_migrates(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ExitStack() as other:
        other.enter_context(exclusive(older))
        monkeypatch.setattr(command, "PATIENCE_S", -1.0)
        with pytest.raises(BusyError):
            command.made_current(older)
        monkeypatch.setattr(command, "PATIENCE_S", 60.0)
        monkeypatch.setattr(command.time, "sleep", lambda _seconds: other.close())
        assert command.made_current(older)
    assert not command.made_current(older)


@pytest.mark.in_turn
def test_a_command_that_writes_migrates_first(older: Path) -> None:
    account, _staged = run_import(older, [ROOT / "tests" / "files" / "chambre.csv"])
    assert account.new > 0
    assert counts(older)["events"] == 2 + account.new


def test_followed_sources_migrate_first(older: Path) -> None:
    assert run_several(older, list) == []
    assert migrate.version_of(older) == pipeline.SCHEMA_VERSION
    assert counts(older)["events"] == 2


def test_a_dry_run_and_a_rollback_to_nothing_write_nothing(older: Path) -> None:
    content = older.read_bytes()
    with pytest.raises(StoreError, match="campaign migrate"):
        run_import(older, [ROOT / "tests" / "files" / "chambre.csv"], dry_run=True)
    assert older.read_bytes() == content


@pytest.mark.in_turn
def test_a_rollback_of_an_older_file(older: Path) -> None:
    assert rollback(older, 2).restored == 1


def test_a_step_gives_a_column_what_it_needs(older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = tmp_path / "steps"
    steps.mkdir()
    (steps / f"from_{pipeline.SCHEMA_VERSION - 1}.sql").write_text("update events set title = 'par étape';")
    monkeypatch.setattr(migrate, "STEPS", steps)
    migrate.migrate(older)
    with duckdb.connect(str(older), read_only=True) as connection:
        assert connection.execute("select distinct title from events").fetchall() == [("par étape",)]


@pytest.mark.parametrize(("version", "reason"), [(99, "plus récente"), (1, "trop ancienne")])
def test_a_newer_or_too_old_file_is_refused_and_left_alone(older: Path, version: int, reason: str) -> None:
    with duckdb.connect(str(older)) as connection:
        connection.execute("update file_info set schema_version = $1", [version])
    content = older.read_bytes()
    with pytest.raises(StoreError, match=reason):
        migrate.migrate(older)
    with pytest.raises(StoreError, match=reason):
        run_import(older, [ROOT / "tests" / "files" / "chambre.csv"])
    with pytest.raises(StoreError, match=reason):
        run_several(older, list)
    assert older.read_bytes() == content


def test_a_file_that_fails_the_checks_is_left_alone(older: Path) -> None:
    with duckdb.connect(str(older)) as connection:
        connection.execute("insert into sessions values ('nobody', now(), null, false, current_date, current_date)")
    content = older.read_bytes()
    with pytest.raises(Exception, match="Contrôle"):
        migrate.migrate(older)
    assert older.read_bytes() == content
    assert {path.name for path in older.parent.iterdir()} == {older.name, f"{older.name}.lock", trail.place(older).name}


@pytest.mark.parametrize("damage", ["drop table event_versions", "alter table events rename column title to heading"])
def test_a_file_between_two_versions_is_refused_and_left_alone(older: Path, damage: str) -> None:
    """Of an older version by its number, but without what the steps from there begin with."""
    (at,) = (step.stem.removeprefix("from_") for step in [migrate.STEPS / "from_6.sql"])
    with duckdb.connect(str(older)) as connection:
        connection.execute("update file_info set schema_version = $1", [int(at)])
        connection.execute(damage)
    content = older.read_bytes()
    with pytest.raises(StoreError, match="intermédiaire") as caught:
        migrate.migrate(older)
    assert caught.value.detail
    assert older.read_bytes() == content
    assert {path.name for path in older.parent.iterdir()} == {older.name, f"{older.name}.lock", trail.place(older).name}


def test_a_file_of_this_version_by_its_number_only_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "campaign.duckdb"
    build(db, [record("a")])
    with duckdb.connect(str(db)) as connection:
        connection.execute("alter table label_counts drop column n_events")
    monkeypatch.setattr(settings(), "db", db)
    with pytest.raises(StoreError, match="intermédiaire"):
        store.query("file_status")
    with pytest.raises(StoreError, match="intermédiaire") as caught:
        migrate.migrate(db)
    assert "label_counts.n_events" in caught.value.detail


READ_ONLY = """
mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"
shift
exec "$@"
"""


@pytest.mark.in_turn
def test_a_folder_that_cannot_be_written_is_said(older: Path) -> None:
    """Root writes wherever the mount lets it: the folder is mounted for reading only, in a namespace of its own."""
    with duckdb.connect(str(older)) as connection:
        connection.execute("update file_info set schema_version = 6")
    content = older.read_bytes()
    command = ["unshare", "--map-root-user", "--mount", "sh", "-ec", READ_ONLY, "sh", str(older.parent)]
    command += [sys.executable, "-m", "campaign.cli"]
    every = (["serve", "--port", "9"], ["import", str(ROOT / "tests" / "files" / "chambre.csv")], ["migrate"])
    for words in every if samples.is_full else every[:1]:  # each of them migrates first, by one function
        process = subprocess.run(
            [*command, *words, "--db", str(older)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert process.returncode == 1, process.stderr
        assert "Traceback" not in process.stderr
        assert "n'est pas accessible en écriture" in process.stderr
    assert older.read_bytes() == content


def test_one_builds_at_a_time(older: Path) -> None:
    with exclusive(older), pytest.raises(BusyError):
        migrate.migrate(older)
