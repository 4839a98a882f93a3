"""The event file in a lake: the same tables, builds in turn, whole snapshots, and a catalogue that goes away."""

import csv
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from campaign import store
from campaign.cli import app
from campaign.core.errors import BusyError, LakeAwayError, StoreError
from campaign.core.settings import ROOT, is_lake, settings
from campaign.filters import Filters
from campaign.follow import followed, state, statuses
from campaign.follow.followed import Followed
from campaign.follow.state import SourceState
from campaign.publish import beside, demonstration, keep, migrate, pipeline, trail
from campaign.publish.rollback import rollback
from campaign.store import lake, lake_connection, lake_documents, lake_tidy, opened, version
from campaign.web import metrics
from tests.lake.conftest import Postgres
from tests.records import build, record

OF_THE_MOMENT = {"file_info", "imports"}


def importing(db: Path, file: Path) -> subprocess.Popen[bytes]:
    """Start an import as a coordinator on a machine of their own does."""
    command = [sys.executable, "-m", "campaign.cli", "import", str(file), "--licence", "L", "--edition", "2014"]
    return subprocess.Popen([*command, "--db", str(db)], cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE)


def events(path: Path, name: str, n: int) -> Path:
    """Write a spreadsheet of a chamber with n events."""
    with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Titre", "Date", "Commune", "Code postal"])
        writer.writerows(
            [f"{name} {number}", f"{number % 28 + 1:02}/11/2014", "Rennes", "35000"] for number in range(n)
        )
    return path / f"{name}.csv"


def test_the_lake_holds_the_same_tables_as_a_file(lake_demo: Path, demo_db: Path) -> None:
    with duckdb.connect() as connection:
        for name, path in (("file", demo_db), ("lake", lake_demo)):
            connection.execute(f"attach '{path}' as {name} (read_only)")
        tables = {row[0] for row in connection.execute("from duckdb_tables() select table_name").fetchall()}
        assert "event_rollup" in tables
        for table in tables - OF_THE_MOMENT:
            differing = connection.execute(
                f"(from file.{table} except all from lake.{table}) union all (from lake.{table} except all from file.{table})"
            ).fetchall()
            assert (table, differing) == (table, [])


def test_nothing_published_is_said(lake_db: Path) -> None:
    with pytest.raises(StoreError, match="Aucun fichier"):
        store.reader()


@pytest.mark.thorough
def test_two_imports_at_once_both_land_and_one_can_be_taken_back(lake_db: Path, tmp_path: Path) -> None:
    running = [importing(lake_db, events(tmp_path, name, n)) for name, n in (("Rennes", 11), ("Vannes", 7))]
    for process in running:
        assert process.wait(120) == 0, process.communicate()[1].decode()
        process.communicate()
    assert store.query("event_totals", chosen=Filters(editions=(2014,))).one["n_events"] == 18
    assert [row["import_id"] for row in store.query("imports").rows] in ([1, 2], [2, 1])
    n_left = 18 - rollback(lake_db, 2).removed
    assert n_left in (7, 11)
    assert store.query("event_totals", chosen=Filters(editions=(2014,))).one["n_events"] == n_left


@pytest.mark.thorough
def test_readers_see_whole_snapshots_while_another_is_written(lake_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    demonstration.write(lake_db, n_events=700)
    monkeypatch.setattr(lake, "LOOKED_EVERY_S", 0.0)
    command = [sys.executable, "-m", "campaign.cli", "demo", "--events", "1400", "--db", str(lake_db)]
    seen = set()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as writing:
        while True:
            is_over = writing.poll() is not None
            with store.snapshot():
                everything = Filters()
                total = store.query("event_totals", chosen=everything).one["n_events"]
                by_edition = sum(store.query("events_by_edition", chosen=everything).column("count"))
                listed = store.query("file_status").one["n_events"]
            assert total == by_edition == listed
            seen.add(total)
            if is_over:
                break
    assert writing.returncode == 0
    assert seen == {700, 1400}


@pytest.mark.in_turn
def test_a_killed_import_leaves_no_trace_and_no_lock(
    lake_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(lake_db, [record("a")])
    monkeypatch.setattr(lake, "LOOKED_EVERY_S", 0.0)  # another process publishes
    with importing(lake_db, events(tmp_path, "Rennes", 5)) as process:
        time.sleep(1.5)
        process.send_signal(signal.SIGKILL)
    assert store.query("event_totals", chosen=Filters()).one["n_events"] == 1
    build(lake_db, [record("b")])
    assert store.query("event_totals", chosen=Filters()).one["n_events"] == 2


@pytest.mark.in_turn
def test_readers_go_on_without_the_catalogue(
    lake_db: Path, postgres: Postgres, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    build(lake_db, [record("a")])
    assert store.query("event_totals", chosen=Filters()).one["n_events"] == 1
    postgres.stop()
    try:
        monkeypatch.setattr(lake, "LOOKED_EVERY_S", 0.0)
        for _turn in range(2):
            with pytest.raises(LakeAwayError) as caught:  # what /healthz tells
                store.refuse_stale()
            assert "host=" not in str(caught.value)
        assert len([record for record in caplog.records if "ne répond pas" in record.getMessage()]) == 1
        assert store.query("event_totals", chosen=Filters(editions=(2014,))).one["n_events"] == 1
        with pytest.raises(StoreError, match="lac"):
            build(lake_db, [record("b")])
    finally:
        postgres.start()
    assert lake.published(lake_db).exists()
    store.refuse_stale()


@pytest.mark.thorough
def test_a_lake_is_backed_up_and_restored(lake_db: Path, tmp_path: Path) -> None:
    demonstration.write(lake_db, n_events=700)
    backup = keep.backup(lake_db, tmp_path / "copie.duckdb")
    assert backup.n_counted == 700
    demonstration.write(lake_db, n_events=800)
    assert keep.restore(tmp_path / "copie.duckdb", lake_db).n_counted == 700
    assert store.query("event_totals", chosen=Filters()).one["n_events"] == 700


@pytest.mark.in_turn
def test_a_password_is_in_no_message(lake_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = Path(str(lake_db).replace("host=", "host=/nowhere") + " password=tr0mpette")
    monkeypatch.setattr(settings(), "db", nowhere)
    with pytest.raises(StoreError) as caught:
        store.reader()
    assert "tr0mpette" not in str(caught.value)
    command = [sys.executable, "-m", "campaign.cli", "history", "--db", str(nowhere)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "tr0mpette" not in result.stdout + result.stderr
    assert "ne répond pas" in result.stderr + result.stdout


@pytest.mark.parametrize(
    "address",
    [
        "postgres:dbname=a password=tr0mpette host=h", "postgres:dbname=a PASSWORD = 'tr0m\\'pette tr0mpette' host=h",
        "postgres://marie:tr0mpette@db.example.org/a",
    ],
)  # fmt: skip
def test_passwords_are_hidden_wherever_they_stand(address: str) -> None:
    assert "pette" not in lake_connection.without_password(address)
    assert "***" in lake_connection.without_password(address)
    assert lake_connection.without_password("ducklake:postgres:dbname=a host=h") == "ducklake:postgres:dbname=a host=h"


@pytest.mark.thorough
def test_a_lake_of_an_older_version_is_migrated_with_its_copy_kept(
    lake_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert migrate.migrate(lake_db) is None  # nothing is there yet
    demonstration.write(lake_db, n_events=300)
    before = store.query("event_totals", chosen=Filters(editions=(2014,))).rows
    now = version.SCHEMA_VERSION
    for module in (pipeline, opened, lake):
        monkeypatch.setattr(module, "SCHEMA_VERSION", now + 1)
    lake.forget()
    for path in list((tmp_path / "copies").glob("*.duckdb")):
        path.unlink()
    with pytest.raises(StoreError, match="campaign migrate"):
        store.query("file_status")
    migration = migrate.migrate(lake_db)
    assert migration is not None
    assert (migration.before, migration.after) == (now, now + 1)
    assert lake.version_of(lake_db) == now + 1
    assert store.query("event_totals", chosen=Filters(editions=(2014,))).rows == before
    with duckdb.connect(str(migration.copy), read_only=True) as copy:
        assert copy.execute("select n_counted from file_info").fetchone() == (300,)
    assert migrate.migrate(lake_db) is None


@pytest.mark.in_turn
def test_a_lake_keeps_its_trail_in_the_catalogue_and_is_told_in_the_counts_of_a_process(lake_db: Path) -> None:
    build(lake_db, [record("a")], ran_by="campaign import (paul)")
    trail.append(lake_db, [trail.line("sync", by=str(number)) for number in range(20)])
    assert [entry.by for entry in trail.entries(lake_db)] == [
        *(str(number) for number in reversed(range(20))), "campaign import (paul)"
    ]  # fmt: skip
    assert not trail.place(lake_db).exists()
    values = {
        line.split()[0]: float(line.split()[1]) for line in metrics.text().decode().splitlines() if line[0] != "#"
    }
    assert values["campaign_file_ok"] == 1
    assert values["campaign_file_bytes"] == lake.published(lake_db).stat().st_size


@pytest.mark.thorough
def test_what_was_undone_stays_in_the_trail_of_a_lake_and_old_snapshots_go(lake_db: Path, tmp_path: Path) -> None:
    build(lake_db, [record("a")], ran_by="campaign import (paul)")
    build(lake_db, [record("b")], ran_by="page Import (marie@exemple.org)")
    rollback(lake_db, 2)
    assert build(lake_db, [record("c")]).import_id == 3
    assert [entry.action for entry in trail.entries(lake_db)] == ["import", "undo", "import", "import"]
    (undone,) = trail.undone(lake_db)
    assert (undone["import_id"], undone["ran_by"]) == (2, "page Import (marie@exemple.org)")
    files = tmp_path / "files"
    before = sorted(files.rglob("*.parquet"))
    assert lake_tidy.tidy(lake_db, days=30).snapshots == 0
    assert lake_tidy.tidy(lake_db, days=0, dry_run=True).snapshots >= 2
    assert sorted(files.rglob("*.parquet")) == before
    tidied = lake_tidy.tidy(lake_db, days=0)
    assert tidied.snapshots >= 2
    assert (tidied.files, sorted(files.rglob("*.parquet"))) == (0, before)  # somebody may be reading them
    assert lake_tidy.tidy(lake_db, days=0, at_once=True).files > 0
    assert len(list(files.rglob("*.parquet"))) < len(before)
    for copy in (tmp_path / "copies").glob("*.duckdb"):
        copy.unlink()
    lake.forget()
    assert store.query("file_status").one["n_events"] == 2  # read anew from the files that are left


@pytest.mark.in_turn
def test_files_of_no_snapshot_go_when_that_is_asked_for_and_they_are_old(lake_db: Path, tmp_path: Path) -> None:
    build(lake_db, [record("a")])
    files = tmp_path / "files"
    own = sorted(files.rglob("*.parquet"))
    left, fresh = own[0].with_name("left.parquet"), own[0].with_name("fresh.parquet")
    for path, age_s in ((left, 2 * 86_400), (fresh, 60)):
        shutil.copyfile(own[0], path)
        os.utime(path, (time.time() - age_s,) * 2)
    for path in own:  # of an old snapshot that is still the latest
        os.utime(path, (time.time() - 3 * 86_400,) * 2)
    assert lake_tidy.tidy(lake_db).files == 0
    tried = CliRunner().invoke(app, ["lake", "tidy", "--orphans", "--dry-run", "--db", str(lake_db)])
    assert " ".join(tried.stdout.split()) == "États oubliés : 0. Fichiers supprimés : 1. (à faire)", tried.output
    assert left.exists()
    assert lake_tidy.tidy(lake_db, orphans=True).files == 1
    assert sorted(files.rglob("*.parquet")) == sorted([*own, fresh])
    assert store.query("file_status").one["n_events"] == 1


@pytest.mark.in_turn
def test_the_states_of_followed_sources_are_known_on_every_machine(
    lake_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "sources", tmp_path / "sources.toml")
    monkeypatch.setattr(settings(), "wait_seconds", 0)
    monkeypatch.setattr(beside, "REFRESHED_EVERY_S", 0.0)
    followed.add(Followed("Agenda", "https://agenda.example.org/", "LO"))
    now = state.written(datetime.now(UTC))
    assert [each.status for each in statuses.statuses()] == ["never"]
    with state.only_sync(lake_db):
        state.save(lake_db, {"Agenda": SourceState(result="held", reason="empty", last_attempt=now)})
        monkeypatch.setattr(settings(), "lake_copies", tmp_path / "another machine")
        with pytest.raises(BusyError), state.only_sync(lake_db):
            pass
    assert [(each.status, each.reason) for each in statuses.statuses()] == [("held", "empty")]
    assert state.load(lake_db)["Agenda"].last_attempt == now
    state.save(lake_db, {"Agenda": SourceState(result="ok", last_success=now, last_attempt=now)})
    monkeypatch.setattr(settings(), "lake_copies", tmp_path / "copies")
    assert [each.status for each in statuses.statuses()] == ["ok"]
    assert state.path_of(Path("ducklake:postgres:dbname=other")) != state.path_of(lake_db)
    monkeypatch.setattr(
        lake_documents, "document", lambda db, entry: (_ for _ in ()).throw(LakeAwayError("Le lac ne répond pas."))
    )
    assert [each.status for each in statuses.statuses()] == ["ok"]  # what was last known


@pytest.mark.parametrize("prefix", ["ducklake:postgresql:", "ducklake:postgres:postgresql:", "ducklake:postgres:"])
def test_an_address_keeps_its_slashes(prefix: str) -> None:
    address = f"{prefix}//campaign:secret@db.example.org:5432/campaign?sslmode=require"
    assert lake_connection.address_of(Path(address)) == address
    assert "secret" not in lake_connection.without_password(lake_connection.address_of(Path(address)))
    assert is_lake(Path(address))


@pytest.mark.thorough
def test_a_lake_by_its_address(lake_db: Path, postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> None:
    name = str(lake_db).partition("dbname=")[2].split()[0]
    address = Path(f"ducklake:postgres:postgresql://postgres@/{name}?host={postgres.folder}")
    monkeypatch.setattr(settings(), "db", address)
    build(address, [record("a")])
    assert store.query("file_status").one["n_events"] == 1
