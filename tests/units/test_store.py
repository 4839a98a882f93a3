"""Reading is right from many threads and over republication; building leaves the published file whole, whatever happens."""

import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from campaign import store
from campaign.core.errors import BrokenReadError, BusyError, StoreError
from campaign.core.settings import ROOT, settings
from campaign.filters import Filters
from campaign.publish import pipeline, trail
from campaign.publish.workspace import exclusive
from campaign.store import current, event_file, templates
from campaign.store.opened import Opened
from campaign.store.search import Search
from tests.records import TEST_OPTIONS, build, record, rows_of


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of one event, which is read."""
    db = tmp_path / "campaign.duckdb"
    build(db, [record("a")])
    monkeypatch.setattr(settings(), "db", db)
    return db


def n_events() -> int:
    return int(store.query("event_totals", chosen=Filters()).one["total"])


def debris(db: Path) -> list[str]:
    lasting = (db.name, f"{db.name}.lock", trail.place(db).name)
    return sorted(path.name for path in db.parent.iterdir() if path.name not in lasting)


@pytest.mark.thorough
def test_many_threads_get_right_answers(reading_demo: Path) -> None:
    choices = [
        Filters(editions=editions, regions=regions, types=types)
        for editions in ((2012,), (2013,), (2014,), (), (2013, 2014))
        for regions in ((), ("53",), ("11",), ("82", "93"))
        for types in ((), ("conference",), ("atelier",))
    ]
    text = templates.text_of("event_totals")
    with duckdb.connect(str(reading_demo), read_only=True) as connection:
        expected = [
            connection.execute(*templates.planned(text, {"chosen": chosen}, only_scans=True)).fetchall()
            for chosen in choices
        ]

    def ask(worker: int) -> int:
        wrong = 0
        for turn in range(100):
            place = (worker * 37 + turn * 11) % len(choices)
            event_file._answer.cache_clear()
            wrong += list(store.query("event_totals", chosen=choices[place]).values) != expected[place]
        return wrong

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(ask, range(8))) == 0


@pytest.mark.in_turn
def test_a_republished_file_is_seen_at_once(small: Path) -> None:
    assert n_events() == 1
    build(small, [record("b")])
    assert n_events() == 2


def test_a_held_snapshot_stays_the_same(small: Path) -> None:
    with store.snapshot():
        assert n_events() == 1
        build(small, [record("b")])
        assert n_events() == 1
        assert store.query("events_by_edition", chosen=Filters()).column("count") == [1]
    assert n_events() == 2


@pytest.mark.in_turn
def test_a_snapshot_is_of_its_own_thread(small: Path) -> None:
    with store.snapshot():
        build(small, [record("b")])
        seen: list[int] = []
        thread = threading.Thread(target=lambda: seen.append(n_events()))
        thread.start()
        thread.join()
        assert (seen, n_events()) == ([2], 1)


def test_the_reader_cannot_write_nor_reach_outside(small: Path) -> None:
    cursor = store.reader().cursor()
    for statement in (
        "delete from events",
        "create table other (i integer)",
        f"attach '{small.parent}/other.duckdb' as other",
        f"copy (select 1) to '{small.parent}/out.csv'",
        "from read_csv('/etc/passwd')",
        "set memory_limit = '1TB'",
    ):
        with pytest.raises(duckdb.Error):
            cursor.execute(statement)
    assert debris(small) == []


def test_a_missing_or_unknown_parameter_is_refused(small: Path) -> None:
    with pytest.raises(duckdb.InvalidInputException):
        store.query("event_totals")
    with pytest.raises(duckdb.InvalidInputException):
        store.query("event_totals", chosen=Filters(), other=1)


def test_stream_gives_all_rows_in_batches(reading_demo: Path) -> None:
    given = {"chosen": Filters(), "lang": "fr", "after_starts": None, "after_id": None, "limit": None}
    batches = list(store.stream("event_rows", batch_rows=500, **given))
    assert sum(batch.num_rows for batch in batches) == n_events()
    assert len(batches) > 1


class Breakdowns:
    """Breaks connections as DuckDB does: an internal error, then fatal ones for ever; and counts the openings."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left = 0  # internal errors to come
        self.n_opened = 0
        self._dead: set[int] = set()
        self._kept: list[Opened] = []  # so that no other has the same id
        self._take, self._open = Opened.take, Opened.__init__
        monkeypatch.setattr(Opened, "take", lambda opened: self.take(opened))
        monkeypatch.setattr(Opened, "__init__", lambda opened, path: self.open(opened, path))
        event_file._answer.cache_clear()

    def take(self, opened: Opened) -> duckdb.DuckDBPyConnection:
        if id(opened) in self._dead:
            raise duckdb.FatalException("FATAL Error: Failed: database has been invalidated")
        if self.left:
            self.left -= 1
            self.kill(opened)
            raise duckdb.InternalException("INTERNAL Error: Attempted to access index 0 within vector of size 0")
        return self._take(opened)

    def kill(self, opened: Opened) -> None:
        self._kept.append(opened)
        self._dead.add(id(opened))

    def open(self, opened: Opened, path: Path) -> None:
        self.n_opened += 1
        self._open(opened, path)


class Cut:
    """A cursor that breaks down after two batches, as Arrow tells it."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def to_arrow_reader(self, batch_rows: int) -> Iterator[pa.RecordBatch]:
        yield from islice(self._cursor.to_arrow_reader(batch_rows), 2)
        raise pa.ArrowInvalid("INTERNAL Error: Attempted to dereference unique_ptr that is NULL!")


@pytest.fixture
def breakdowns(small: Path, monkeypatch: pytest.MonkeyPatch) -> Breakdowns:
    n_events()
    return Breakdowns(monkeypatch)


def test_an_internal_error_is_answered_by_the_file_opened_anew(
    breakdowns: Breakdowns, caplog: pytest.LogCaptureFixture
) -> None:
    held = store.reader()
    breakdowns.left = 1
    assert n_events() == 1
    assert breakdowns.n_opened == 1
    assert "event_totals" in caplog.text
    assert "INTERNAL Error" in caplog.text
    assert store.query("events_by_edition", chosen=Filters()).column("count") == [1]
    assert store.reader() is held  # what is kept by it stays
    assert breakdowns.n_opened == 1


def test_a_held_snapshot_outlives_an_internal_error(breakdowns: Breakdowns) -> None:
    with store.snapshot():
        breakdowns.left = 1
        assert n_events() == 1
        assert store.query("events_by_edition", chosen=Filters()).column("count") == [1]


def test_an_error_that_comes_again_is_told_and_the_next_query_answered(breakdowns: Breakdowns) -> None:
    breakdowns.left = 2
    with pytest.raises(BrokenReadError) as error:
        n_events()
    assert error.value.remedy
    assert n_events() == 1


def test_all_who_meet_a_broken_connection_are_answered_by_one_new_one(breakdowns: Breakdowns) -> None:
    breakdowns.kill(store.reader().opened)
    start = threading.Barrier(8)

    def ask(number: int) -> int:
        start.wait()
        return int(store.query("event_totals", chosen=Filters(editions=(2014 - number,))).one["total"])

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == [1, *[0] * 7]
    assert breakdowns.n_opened == 1


@pytest.mark.in_turn
def test_after_an_internal_error_a_file_that_was_replaced_is_not_mixed_in(small: Path, breakdowns: Breakdowns) -> None:
    with store.snapshot():
        assert n_events() == 1
        build(small, [record("b")])
        breakdowns.kill(store.reader().opened)
        with pytest.raises(BrokenReadError):
            store.query("events_by_edition", chosen=Filters())
    assert n_events() == 2


def test_a_last_good_file_that_broke_down_is_no_longer_served(small: Path, breakdowns: Breakdowns) -> None:
    whole = small.read_bytes()
    other = small.with_name("other")
    other.write_bytes(b"not a database" * 1000)
    other.replace(small)
    assert n_events() == 1  # the last good file is served
    breakdowns.kill(store.reader().opened)
    event_file._answer.cache_clear()
    with pytest.raises(StoreError, match="n'est pas lisible"):
        n_events()
    other.write_bytes(whole)
    other.replace(small)
    assert n_events() == 1


def test_a_stream_begins_anew_but_does_not_go_on_after_an_internal_error(
    reading_demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"chosen": Filters(), "lang": "fr", "after_starts": None, "after_id": None, "limit": None}
    n_events()
    breakdowns = Breakdowns(monkeypatch)
    breakdowns.left = 1
    batches = store.stream("event_rows", batch_rows=500, **given)
    assert sum(batch.num_rows for batch in batches) == n_events()
    before = store.reader().opened

    take = Opened.take
    monkeypatch.setattr(Opened, "take", lambda opened: Cut(take(opened)))
    with pytest.raises(BrokenReadError):
        list(store.stream("event_rows", batch_rows=500, **given))
    assert store.reader().opened is not before


@pytest.mark.parametrize(
    "case", ["absent", "empty", "not a database", "cut short", "another database", "other version"]
)
def test_a_file_that_cannot_be_read_says_so(small: Path, case: str) -> None:
    if case == "absent":
        small.unlink()
    elif case == "empty":
        small.write_bytes(b"")
    elif case == "not a database":
        small.write_text("title;date\n" * 1000)
    elif case == "cut short":
        small.write_bytes(small.read_bytes()[:20_000])
    elif case == "another database":
        small.unlink()
        duckdb.connect(str(small)).close()
    else:
        with duckdb.connect(str(small)) as connection:
            connection.execute("update file_info set schema_version = 0")
    with pytest.raises(StoreError) as error:
        n_events()
    assert error.value.remedy
    with pytest.raises(StoreError):
        store.describe(small)


def test_a_file_of_another_version_takes_no_import(small: Path) -> None:
    with duckdb.connect(str(small)) as connection:
        connection.execute("update file_info set schema_version = 0")
    before = store.identity_of(small)
    with pytest.raises(StoreError):
        build(small, [record("b")])
    assert store.identity_of(small) == before
    assert debris(small) == []


def test_two_builds_at_once(small: Path) -> None:
    before = store.identity_of(small)
    with exclusive(small), pytest.raises(BusyError):
        build(small, [record("b")])
    assert store.identity_of(small) == before
    assert build(small, [record("b")]).new == 1


def test_a_build_that_fails_leaves_nothing(small: Path) -> None:
    before = store.identity_of(small)

    def fail(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute("delete from events")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        pipeline.run(small, [fail], TEST_OPTIONS)
    assert store.identity_of(small) == before
    assert debris(small) == []


@pytest.mark.thorough
def test_a_killed_build_leaves_the_published_file_and_the_next_works(small: Path) -> None:
    before = store.identity_of(small)
    script = (
        "import sys, time; from pathlib import Path; from campaign.publish.workspace import workspace\n"
        "with workspace(Path(sys.argv[1]), fresh=False) as work:\n"
        "    work.connection.execute('delete from events')\n"
        "    print('deleted', flush=True); time.sleep(60)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script, str(small)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "deleted\n"
    assert debris(small)
    with pytest.raises(BusyError):
        build(small, [record("b")])
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert store.identity_of(small) == before
    assert n_events() == 1
    assert build(small, [record("b")]).new == 1
    assert (n_events(), debris(small)) == (2, [])


def test_readers_see_a_whole_file_while_it_is_republished(small: Path) -> None:
    stop = threading.Event()
    seen: set[tuple[int, int]] = set()

    def read() -> None:
        while not stop.is_set():
            with store.snapshot():
                event_file._answer.cache_clear()
                seen.add((n_events(), len(store.query("imports").values)))
            time.sleep(0.01)

    reader = threading.Thread(target=read)
    reader.start()
    for uid in ("b", "c"):
        build(small, [record(uid)])
    stop.set()
    reader.join()
    assert seen <= {(1, 1), (2, 2), (3, 3)}


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError) as error:
        build(tmp_path / "file" / "campaign.duckdb", [record("a")])
    assert error.value.remedy


def test_a_name_with_a_quote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "l'ess.duckdb"
    build(db, [record("a")])
    monkeypatch.setattr(settings(), "db", db)
    assert n_events() == 1


def test_the_file_can_be_moved(small: Path) -> None:
    moved = small.with_name("ailleurs.duckdb")
    shutil.copy(small, moved)
    assert rows_of(moved, "select n_counted from file_info") == [(1,)]


def test_an_answer_that_does_not_fit_in_memory_is_said_with_a_remedy(
    demo_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "db", demo_db)
    monkeypatch.setattr(settings(), "reader_memory", "2MB")
    monkeypatch.setattr(current, "_latest", {})
    with pytest.raises(StoreError, match="CAMPAIGN_READER_MEMORY"):
        store.query(
            "organisers_listed",
            chosen=Filters(q=Search("atelier", ("atelier",), ())),
            history=Filters(),
            least=1,
            most=None,
            n=10,
        )
    rows = store.stream("event_rows", chosen=Filters(), after_id=None, after_starts=None, lang="fr", limit=None)
    with pytest.raises(StoreError, match="CAMPAIGN_READER_MEMORY"):
        list(rows)
