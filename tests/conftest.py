"""Event files that several tests read, each built once by the project's own path; and which cases of a large matrix run."""

import gc
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

import duckdb
import hypothesis
import pytest
from httpx._transports import default as transports
from streamlit.components.v2 import manifest_scanner

from campaign.core.settings import settings
from campaign.store import current
from tests import dated as several_imports
from tests import samples, shaped
from tests.dated import Dated
from tests.kept import demonstration, make_once, touched
from tests.prepared import short_way

N_DEMO_EVENTS = 2000
DAYS_OF_TURNS = 4  # within which each of them is run once
ROOM_IN_MEMORY = 4 << 30  # folders of tests that passed go at once: a tenth of it is used


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--every-case", action="store_true", help="run every case of each matrix, not only a sample")
    parser.addoption("--every-day", action="store_true", help="run what takes turns: the rows and tests of all days")


def pytest_configure(config: pytest.Config) -> None:
    # two writers at once are a case of tests: none waits by default, here or in programs that tests start
    os.environ.setdefault("CAMPAIGN_WAIT_SECONDS", "0")
    settings().wait_seconds = 0
    os.environ["LC_ALL"] = "C.UTF-8"  # commands speak French, whatever this terminal speaks
    samples.is_full = config.getoption("--every-case")
    os.environ.setdefault("TESTS_DAY", str(date.today().toordinal()))  # noqa: DTZ011  one day for all workers
    if in_memory().is_dir() and shutil.disk_usage(in_memory()).free > ROOM_IN_MEMORY:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(in_memory()))
    hypothesis.settings.register_profile(
        "untimed", deadline=None
    )  # a busy machine, or a catalogue that is read first, is no fault
    hypothesis.settings.load_profile("untimed")


def in_memory() -> Path:
    """Return where folders of tests stand in memory, where there is such a place: none waits for a disk."""
    return Path("/dev/shm")  # noqa: S108


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep each n-th case, from the `first` on, of a test that is marked `matrix(every=n)`, and none that is `thorough`; of those
    that are marked `rows(every=n)` each n-th, others each day, and of all others that are marked `in_turn` each fourth, others each
    day; these two kinds whole where their file is named. With --every-case all of them.
    """
    if config.getoption("--every-case"):
        return
    named = {Path(given.partition("::")[0]).resolve() for given in config.args}
    is_every_day = config.getoption("--every-day")
    turn = int(os.environ["TESTS_DAY"])
    seen: Counter[tuple[str, str]] = Counter()
    n_in_turn = 0
    selected, left = [], []
    for item in items:
        if item.get_closest_marker("thorough"):
            left.append(item)
            continue
        is_whole = is_every_day or item.path in named
        mark = item.get_closest_marker("matrix")
        rows = None if mark or is_whole or not hasattr(item, "callspec") else item.get_closest_marker("rows")
        if not (is_whole or rows) and item.get_closest_marker("in_turn"):
            n_in_turn += 1
            if not samples.is_chosen(n_in_turn, DAYS_OF_TURNS, turn):
                left.append(item)
                continue
        if mark is None and rows is None:
            selected.append(item)
            continue
        test = (str(item.path), getattr(item, "originalname", item.name))
        every, first = (mark.kwargs["every"], mark.kwargs.get("first", 0)) if mark else (rows.kwargs["every"], turn)
        (selected if samples.is_chosen(seen[test], every, first) else left).append(item)
        seen[test] += 1
    items[:] = selected
    if left:
        config.hook.pytest_deselected(items=left)


def pytest_collection_finish() -> None:
    """Look for unused objects less often, and not among what lives as long as the process: code, and the tests themselves.

    A tenth of the processor went there.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def prepared_files(one_processor_each: None) -> Iterator[None]:
    """Let imports of this process take the short way, and see that nothing wrote to a file that is shared."""
    with short_way():
        yield
    assert touched() == []


@pytest.fixture(scope="session", autouse=True)
def one_processor_each() -> Iterator[None]:
    """Let DuckDB work with one thread in this process: to share few rows among threads costs a fifth more, and other workers want
    the other processor. With --every-case, and in programs that tests start, it works with all that there are.
    """
    with pytest.MonkeyPatch.context() as patch:
        if not samples.is_full:
            connect = duckdb.connect

            def connected(*args: Any, config: dict[str, Any] | None = None, **given: Any) -> duckdb.DuckDBPyConnection:
                return connect(*args, config={"threads": 1, **(config or {})}, **given)

            patch.setattr(duckdb, "connect", connected)
        yield


@pytest.fixture(scope="session", autouse=True)
def scanned_packages() -> Iterator[None]:
    """Look for components among the installed packages once: AppTest does so for each page that it runs, which takes longer."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session", autouse=True)
def authorities_read_once() -> Iterator[None]:
    """Read the authorities of HTTPS once: httpx does so for each client, which takes 20 ms, and nearly all ask loopback."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transports, "create_ssl_context", cache(transports.create_ssl_context))
        yield


@pytest.fixture(scope="session", autouse=True)
def patient_readers() -> Iterator[None]:
    """Have readers wait until a new file was read whole, however busy the machine is: what a test published is what it reads."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(current, "PATIENCE_S", 60.0)
        yield


@pytest.fixture
def own_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the campaign's folder, to be written in, as the process's profile."""
    folder = tmp_path / "profile"
    shutil.copytree(settings().profile, folder)
    monkeypatch.setattr(settings(), "profile", folder)
    return folder


@pytest.fixture(scope="session")
def demo_db() -> Path:
    """A small demonstration file: 2,000 counted events over the seven editions."""
    return demonstration(N_DEMO_EVENTS)


@pytest.fixture
def reading_demo(demo_db: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Read the small demonstration file."""
    monkeypatch.setattr(settings(), "db", demo_db)
    return demo_db


@pytest.fixture(scope="session")
def hand_made_db() -> Path:
    """A chamber's hand-made spreadsheet of 2014, without dates of registration (tests/shaped.py)."""
    return make_once("hand_made", shaped.build_hand_made) / "hand_made.duckdb"


@pytest.fixture(scope="session")
def recent_db() -> Path:
    """Three recent editions, the last one running on shaped.TODAY (tests/shaped.py)."""
    return make_once("recent", shaped.build_recent) / "recent.duckdb"


@pytest.fixture(scope="session")
def undated_db() -> Path:
    """The same three editions without registration dates (tests/shaped.py)."""
    return make_once("undated", partial(shaped.build_recent, dated=False)) / "undated.duckdb"


@pytest.fixture(scope="session")
def dated() -> Dated:
    """A file of several imports, and the same as it was on an evening between them (tests/dated.py)."""
    folder = make_once("dated", several_imports.build_both)
    return Dated(full=folder / "full.duckdb", cut=folder / "cut.duckdb")
