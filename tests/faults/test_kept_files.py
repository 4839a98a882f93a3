"""Killed while rolling back, backing up or making a kit, and files that were swapped: the last good file is served.

A few rounds in `make test`; `make faults` (FAULTS=200) does the full run. Each test prints its figures.
"""

import os
import random
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from campaign import store
from campaign.core.errors import DamagedError, StoreError
from campaign.core.settings import settings
from campaign.filters import Filters
from campaign.publish import keep
from campaign.publish.migrate import version_of
from campaign.store import current, event_file, opened, templates, whole
from tests import samples
from tests.records import build, record

ROUNDS = int(os.environ.get("FAULTS", "3"))
COMMANDS = {
    "rollback": ["rollback", "2", "--db", "{db}"],
    "backup": ["backup", "{folder}/copy.duckdb", "--db", "{db}"],
    "kit": ["kit", "--edition", "2014", "--out", "{folder}/kits", "--db", "{db}"],
}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of two imports, of 40 and 60 events."""
    db = tmp_path_factory.mktemp("kept") / "good.duckdb"
    build(db, [record(f"a{n}") for n in range(40)])
    build(db, [record(f"b{n}") for n in range(60)])
    return db


def started(name: str, db: Path) -> subprocess.Popen[bytes]:
    arguments = [each.format(db=db, folder=db.parent) for each in COMMANDS[name]]
    command = [sys.executable, "-m", "campaign.cli", *arguments]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


@pytest.mark.rows(every=3)
@pytest.mark.parametrize("name", list(COMMANDS))
def test_killed_at_any_moment(name: str, good: Path, tmp_path: Path) -> None:
    db = Path(shutil.copy(good, tmp_path / "campaign.duckdb"))
    begun = time.monotonic()
    process = started(name, db)
    _out, error = process.communicate(timeout=300)
    assert process.returncode == 0, error
    takes = time.monotonic() - begun
    chance = random.Random(os.environ["TESTS_DAY"])  # noqa: S311  other moments each day
    seen: dict[int, int] = {}
    n_killed, rounds = 0, -(-ROUNDS // len(COMMANDS))
    for turn in range(rounds):
        shutil.copy(good, db)
        process = started(name, db)
        time.sleep(takes * (turn + chance.random()) / rounds)
        n_killed += process.poll() is None
        process.kill()
        process.communicate()
        n_counted = keep.content_of(db).n_counted  # every row is read
        seen[n_counted] = seen.get(n_counted, 0) + 1
        for copy in (*tmp_path.glob("copy.duckdb"), *tmp_path.glob("kits/*.zip")):
            assert copy.stat().st_size > 0
            if copy.suffix == ".duckdb":
                assert keep.content_of(copy).n_counted == 100
    print(f"{name}: {n_killed} killed of {rounds}, events left in the file {seen}, 0 damaged")
    assert set(seen) <= ({40, 100} if name == "rollback" else {100})


@pytest.mark.parametrize("kind", ["cut short", "text", "newer"])
@pytest.mark.parametrize("is_renamed", [True, False], ids=["renamed", "in place"])
def test_a_file_swapped_under_a_reader(
    kind: str, is_renamed: bool, good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = Path(shutil.copy(good, tmp_path / "campaign.duckdb"))
    monkeypatch.setattr(settings(), "db", db)
    assert store.query("event_totals", chosen=Filters()).one["total"] == 100
    bad = Path(shutil.copy(good, tmp_path / "bad"))
    if kind == "cut short":
        os.truncate(bad, 20_000)
    elif kind == "text":
        bad.write_text("title;date\n" * 1000)
    else:
        with duckdb.connect(str(bad)) as connection:
            connection.execute("update file_info set schema_version = 99")
    if is_renamed:
        bad.replace(db)
        assert store.query("event_totals", chosen=Filters(regions=("53",))).one["total"] == 0  # not from memory
        assert store.query("event_totals", chosen=Filters()).one["total"] == 100
    else:
        db.write_bytes(bad.read_bytes())
        with pytest.raises(StoreError):
            store.query("event_totals", chosen=Filters())
    with pytest.raises(StoreError):
        store.refuse_stale()
    shutil.copy(good, bad)
    bad.replace(db)
    store.refuse_stale()
    assert store.query("event_totals", chosen=Filters()).one["total"] == 100


SIZES = 20 if samples.is_full or ROUNDS >= 200 else 6


def test_a_file_cut_anywhere_and_renamed_into_place_is_not_switched_to(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    db = Path(shutil.copy(good, tmp_path / "campaign.duckdb"))
    monkeypatch.setattr(settings(), "db", db)
    monkeypatch.setattr(current, "PATIENCE_S", 60.0)
    expected = store.query("event_totals", chosen=Filters()).values
    length = good.stat().st_size
    for turn in range(SIZES):
        bad = Path(shutil.copy(good, tmp_path / "bad"))
        os.truncate(bad, length * turn // SIZES)
        bad.replace(db)
        caplog.clear()
        for _query in range(2):
            event_file._answer.cache_clear()
            assert store.query("event_totals", chosen=Filters()).values == expected
            assert store.query("file_status").one["n_events"] == 100
        for _probe in range(2):
            with pytest.raises(StoreError, match=r"campaign\.duckdb"):
                store.refuse_stale()
        assert len([line for line in caplog.messages if "Le dernier bon fichier reste servi" in line]) == 1
        with pytest.raises(StoreError):  # a process that starts now has no last good one
            opened.Reader(db, opened.identity_of(db))
        with pytest.raises(StoreError):  # nor is anything added to it
            build(db, [record("c")])
    bad = Path(shutil.copy(good, tmp_path / "bad"))
    bad.replace(db)
    store.refuse_stale()
    assert store.query("event_totals", chosen=Filters()).values == expected


def test_a_damaged_block_keeps_readers_at_the_last_good_file(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = Path(shutil.copy(good, tmp_path / "campaign.duckdb"))
    monkeypatch.setattr(settings(), "db", db)
    monkeypatch.setattr(current, "PATIENCE_S", 60.0)
    served = store.reader()
    with duckdb.connect(str(good), read_only=True) as connection:
        (block,) = connection.execute(
            "select min(block_id) from pragma_storage_info('events') where block_id >= 0"
        ).fetchall()[0]
        (size,) = connection.execute("select any_value(block_size) from pragma_database_size()").fetchall()[0]
    bad = Path(shutil.copy(good, tmp_path / "bad"))
    with bad.open("r+b") as file:
        file.seek(3 * 4096 + block * size + 100)
        file.write(b"\xff" * 64)
    bad.replace(db)
    assert store.reader() is served
    with pytest.raises(DamagedError):
        store.refuse_stale()


def test_readers_are_not_held_up_by_a_large_new_file(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = Path(shutil.copy(good, tmp_path / "campaign.duckdb"))
    monkeypatch.setattr(settings(), "db", db)
    monkeypatch.setattr(current, "PATIENCE_S", 0.1)
    served = store.reader()
    is_read, begun = threading.Event(), time.monotonic()
    monkeypatch.setattr(whole, "read", lambda path: is_read.wait(60))
    shutil.copy(good, tmp_path / "new")
    (tmp_path / "new").replace(db)
    for _query in range(10):
        assert store.reader() is served
    assert time.monotonic() - begun < 30  # half as long as the reading takes
    store.refuse_stale()  # nothing is wrong with it as yet
    is_read.set()
    deadline = time.monotonic() + 60
    while store.reader() is served and time.monotonic() < deadline:
        time.sleep(0.01)
    assert store.reader() is not served


def test_many_threads_get_right_answers(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "db", good)
    choices = [Filters(), Filters(regions=("53",)), Filters(types=("conference",)), Filters(types=("atelier",))]
    with duckdb.connect(str(good), read_only=True) as connection:
        text = templates.text_of("event_totals")
        expected = [
            connection.execute(*templates.planned(text, {"chosen": each}, only_scans=True)).fetchall()
            for each in choices
        ]
    n_queries = 500 if ROUNDS >= 200 else 20

    def ask(worker: int) -> int:
        wrong = 0
        for turn in range(n_queries):
            place = (worker + turn) % len(choices)
            event_file._answer.cache_clear()
            wrong += list(store.query("event_totals", chosen=choices[place]).values) != expected[place]
        return wrong

    with ThreadPoolExecutor(8) as pool:
        wrong = sum(pool.map(ask, range(8)))
    print(f"threads: 8 x {n_queries} queries, {wrong} wrong")
    assert wrong == 0


def test_sessions_of_the_night_on_which_clocks_change(tmp_path: Path) -> None:
    """2:30 comes twice on 26 October 2014: both are kept, an hour apart, on the same day."""
    db = tmp_path / "campaign.duckdb"
    night = [("2014-10-26T02:30:00+02:00", "2014-10-26T02:45:00+02:00"), ("2014-10-26T02:30:00+01:00", None)]
    build(db, [record("night", timings=night)])
    with duckdb.connect(str(db), read_only=True) as connection:
        rows = connection.execute("select epoch(begins_at), begins_on::varchar from sessions order by 1").fetchall()
    assert [day for _begins, day in rows] == ["2014-10-26", "2014-10-26"]
    assert rows[1][0] - rows[0][0] == 3600


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(good: Path, tmp_path: Path) -> None:
    db = Path(shutil.copy(good, tmp_path / "campaign.duckdb"))
    tmp_path.chmod(0o500)
    try:
        assert version_of(db) > 0
        with pytest.raises(StoreError, match="écriture"):
            build(db, [record("c")])
    finally:
        tmp_path.chmod(0o700)
