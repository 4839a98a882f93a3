"""A file that was replaced is let go: no descriptor, no thread and no memory is kept for it, whatever was asked of it."""

import ast
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from campaign import store
from campaign.core.settings import ROOT, settings
from campaign.filters import Filters
from tests import samples
from tests.units.conftest import eventually

ASKED = (
    "/healthz", "/badge/region/53.svg", "/api/v1/counts.json?by=region", "/api/v1/events.json", "/api/v1/events.csv?region=53",
    "/api/v1/figures.json", "/figures/carte.svg", "/figures/editions.csv", "/apercu/carte.png", "/embed/types",
    "/programme.txt?region=53", "/ask.json?q=ateliers+en+bretagne", "/api/v1/openapi.json", "/near.json?lat=48.1&lon=-1.6",
    "/api/v1/events.duckdb",
)  # fmt: skip
ROUNDS = 4
ALL_ROUNDS = 200  # with --every-case; figures at each quarter with -s
SETTLED = 50  # rounds after which caches are full
GROWTH_MB = 40  # at most, from then on


def deleted(db: Path) -> int:
    """Return how many deleted files of that name this process holds open (Linux)."""
    links = []
    for each in Path("/proc/self/fd").iterdir():
        try:
            links.append(os.readlink(each))  # noqa: PTH115  the text as it is, « (deleted) » included
        except OSError:  # closed meanwhile
            continue
    return links.count(f"{db} (deleted)")


def system_threads() -> int:
    return len(list(Path("/proc/self/task").iterdir()))


def resident_mb() -> float:
    """Return the memory of this process (Linux)."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


@pytest.mark.in_turn
def test_files_that_were_replaced_are_let_go(
    served_at: str, demo_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = tmp_path / "campaign.duckdb"
    shutil.copyfile(demo_db, db)
    monkeypatch.setattr(settings(), "db", db)
    threads, descriptors, memory = [], [], []
    rounds = ALL_ROUNDS if samples.is_full else ROUNDS
    with httpx.Client(base_url=served_at, timeout=60) as client:
        for turn in range(rounds):
            for address in ASKED:
                assert client.get(address).status_code == 200, address
            store.query("event_totals", chosen=Filters())
            beside = tmp_path / "beside"
            shutil.copyfile(demo_db, beside)
            beside.replace(db)
            assert deleted(db) <= 2, turn  # the last one, until somebody asks
            threads.append(system_threads())
            descriptors.append(len(list(Path("/proc/self/fd").iterdir())))
            memory.append(resident_mb())
            if (turn + 1) % max(1, rounds // 4) == 0:
                print(f"{turn + 1}: {descriptors[-1]} descriptors, {threads[-1]} threads, {memory[-1]:.0f} MB")
    assert threads[-1] <= threads[2] + 2
    assert descriptors[-1] <= descriptors[2] + 2
    assert max(memory[SETTLED:], default=0) <= max(memory[:SETTLED]) + GROWTH_MB
    assert threading.active_count() < 60


def test_what_was_kept_of_a_file_goes_when_another_takes_its_place(
    demo_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = tmp_path / "campaign.duckdb"
    shutil.copyfile(demo_db, db)
    monkeypatch.setattr(settings(), "db", db)
    for region in ("11", "24", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94"):
        store.query("event_totals", chosen=Filters(regions=(region,)))
    before = store.cache_info()
    assert before.currsize >= 12
    shutil.copyfile(demo_db, tmp_path / "beside")
    (tmp_path / "beside").replace(db)
    eventually(lambda: store.reader().identity == store.identity_now())  # it is read whole first
    store.query("event_totals", chosen=Filters())
    after = store.cache_info()
    assert after.currsize < 8  # what the new file was asked
    assert after.misses > before.misses  # counts go on


def kept_functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield every function whose answers are kept, with its file."""
    for path in sorted((ROOT / "campaign").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and any("cache" in ast.unparse(each) for each in node.decorator_list):
                yield f"{path.relative_to(ROOT)}: {node.name}", node


@pytest.mark.in_turn
def test_what_is_kept_of_a_file_is_let_go_with_it() -> None:
    named = {
        name: [ast.unparse(each) for each in node.decorator_list]
        for name, node in kept_functions()
        if any(arg.annotation is not None and "Identity" in ast.unparse(arg.annotation) for arg in node.args.args)
    }
    assert len(named) > 10
    assert [
        name for name, decorators in named.items() if not any("cached_per_file" in each for each in decorators)
    ] == []


@pytest.mark.in_turn
def test_nothing_is_kept_by_a_reader() -> None:
    functions = dict(kept_functions())
    assert len(functions) > 40
    held = [
        name
        for name, node in functions.items()
        for each in (*node.args.args, *node.args.kwonlyargs)
        if each.annotation is not None and "Reader" in ast.unparse(each.annotation)
    ]
    assert held == []
