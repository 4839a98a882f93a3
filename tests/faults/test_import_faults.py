"""What goes wrong around an import: killed, two at once, a full disk. The file that is served stays whole.

A few rounds in `make test`; `make faults` (FAULTS=200) does the full run.
"""

import hashlib
import os
import random
import shutil
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import duckdb
import pytest

from campaign.publish.workspace import exclusive
from tests import samples

ROUNDS = int(os.environ.get("FAULTS", "2" if samples.is_full else "1"))
PYTHON = sys.executable
ROWS_BEFORE, ROWS_AFTER = 20, 30_000 if samples.is_full or ROUNDS >= 200 else 10_000
ROOM = 2.25  # copies of a file of few events that leave no room for many
TOWNS = ("Rennes;35000", "Brest;29200", "Lyon;69001", "Saint-Étienne;42000", "Paris;75011")


def text_of(number: int) -> str:
    """Return a text that does not pack."""
    return hashlib.sha512(str(number).encode()).hexdigest() * 2


def table(path: Path, n_rows: int) -> Path:
    """Write a table of events; its identifiers are those of a shorter one, and more."""
    rows = (
        f"{n};Atelier {n};2014-11-{n % 28 + 1:02}T18:00;{TOWNS[n % len(TOWNS)]};{text_of(n)}\n" for n in range(n_rows)
    )
    path.write_text("identifiant;titre;date;ville;code postal;description\n" + "".join(rows), "utf-8")
    return path


def started(db: Path, file: Path) -> subprocess.Popen[str]:
    """Start an import; its working folders are beside the event file."""
    command = [PYTHON, "-m", "campaign.cli", "import", str(file), "--db", str(db), "--source", "essai", "--json"]
    environment = os.environ | {"TMPDIR": str(db.parent)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def imported(db: Path, file: Path) -> float:
    """Import a file to the end; return how long it took."""
    begun = time.monotonic()
    process = started(db, file)
    _out, error = process.communicate(timeout=300)
    assert process.returncode == 0, error
    return time.monotonic() - begun


def n_events(db: Path) -> int:
    with duckdb.connect(str(db), read_only=True) as connection:
        row = connection.execute("select count(*) from events").fetchone()
        assert row is not None
        return int(row[0])


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path, float]:
    """A good event file, the two tables, and how long the second takes to import."""
    folder = tmp_path_factory.mktemp("faults")
    before, after = table(folder / "before.csv", ROWS_BEFORE), table(folder / "after.csv", ROWS_AFTER)
    good = folder / "good.duckdb"
    imported(good, before)
    trial = Path(shutil.copy(good, folder / "trial.duckdb"))
    return good, before, after, imported(trial, after)


@pytest.mark.in_turn
def test_killed_at_any_moment_the_last_good_file_is_served(
    tmp_path: Path, files: tuple[Path, Path, Path, float]
) -> None:
    good, _before, after, takes = files
    db = Path(shutil.copy(good, tmp_path / "campaign.duckdb"))
    chance = random.Random(os.environ["TESTS_DAY"])  # noqa: S311  other moments each day
    for round_number in range(ROUNDS):
        process = started(db, after)
        time.sleep(takes * (round_number + chance.random()) / ROUNDS)
        process.kill()
        process.communicate()
        assert n_events(db) in (ROWS_BEFORE, ROWS_AFTER)
    imported(db, after)
    assert n_events(db) == ROWS_AFTER
    left = {path.name for path in tmp_path.iterdir()}
    assert left - {"campaign.duckdb.trail.jsonl"} == {"campaign.duckdb", "campaign.duckdb.lock"}


@pytest.mark.in_turn
def test_of_two_imports_at_once_one_says_so(tmp_path: Path, files: tuple[Path, Path, Path, float]) -> None:
    good, before, _after, _takes = files
    db = Path(shutil.copy(good, tmp_path / "campaign.duckdb"))
    with exclusive(db):
        process = started(db, before)
        _out, error = process.communicate(timeout=120)
    assert process.returncode == 3
    assert "autre import est en cours" in error
    assert "Traceback" not in error
    with exclusive(db):  # the next one may
        pass


@pytest.mark.thorough
def test_two_imports_started_together_lose_nothing(tmp_path: Path, files: tuple[Path, Path, Path, float]) -> None:
    good, before, after, _takes = files
    db = Path(shutil.copy(good, tmp_path / "campaign.duckdb"))
    both = [started(db, after), started(db, before)]
    outputs = [process.communicate(timeout=300) for process in both]
    statuses = [process.returncode for process in both]
    assert 0 in statuses
    assert all(status == 0 or "autre import" in error for status, (_out, error) in zip(statuses, outputs, strict=True))
    assert n_events(db) == (ROWS_AFTER if statuses[0] == 0 else ROWS_BEFORE)


@cache
def can_mount() -> bool:
    """Tell whether a file system of our own can be mounted here."""
    tool = shutil.which("unshare")
    if tool is None:
        return False
    tried = subprocess.run([tool, "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False)
    return tried.returncode == 0


@pytest.mark.in_turn
@pytest.mark.skipif(not can_mount(), reason="no file system can be mounted here")
@pytest.mark.parametrize(
    ("copies", "is_enough_for_few"), [pytest.param(1.5, False, marks=pytest.mark.thorough), (ROOM, True)]
)
def test_a_full_disk_is_said_and_nothing_is_lost(
    tmp_path: Path, files: tuple[Path, Path, Path, float], copies: float, is_enough_for_few: bool
) -> None:
    """On a disk too small for a second copy of the file, and on one too small for many new events."""
    good, before, after, _takes = files
    disk = tmp_path / "disk"
    disk.mkdir()
    command = f"{PYTHON} -m campaign.cli import --db {disk}/campaign.duckdb --source essai --json"
    script = f"""
        mount -t tmpfs -o size={int(good.stat().st_size * copies) >> 10}k tmpfs {disk} || exit 9
        cp {good} {disk}/campaign.duckdb || exit 9
        {command} {after}; echo "status $?"
        {command} {before}; echo "status $?"
        {PYTHON} -m campaign.cli history --db {disk}/campaign.duckdb
        ls {disk}
    """
    result = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, timeout=300, check=False
    )
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    statuses = [line for line in lines if line.startswith("status")]
    assert statuses == ["status 1", "status 0" if is_enough_for_few else "status 1"], result
    assert "Vérifiez la place" in result.stderr
    assert "Traceback" not in result.stderr
    assert (f'"unchanged": {ROWS_BEFORE}' in result.stdout) is is_enough_for_few
    assert [name for name in lines[-3:] if not name.endswith(".trail.jsonl")][-2:] == [
        "campaign.duckdb",
        "campaign.duckdb.lock",
    ]


@pytest.mark.in_turn
@pytest.mark.skipif(not can_mount(), reason="no file system can be mounted here")
def test_a_disk_that_is_read_only_is_said_and_read(tmp_path: Path, files: tuple[Path, Path, Path, float]) -> None:
    """Root may write into any folder, but not on a disk that is mounted for reading: pages and history are still there."""
    good, before, _after, _takes = files
    disk = tmp_path / "disk"
    disk.mkdir()
    script = f"""
        mount -t tmpfs tmpfs {disk} || exit 9
        cp {good} {disk}/campaign.duckdb || exit 9
        mount -o remount,ro {disk} || exit 9
        {PYTHON} -m campaign.cli import --db {disk}/campaign.duckdb --source essai {before}; echo "status $?"
        {PYTHON} -m campaign.cli history --db {disk}/campaign.duckdb; echo "history $?"
        ls {disk}
    """
    result = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, timeout=300, check=False
    )
    assert result.returncode == 0, result.stderr
    assert "status 1" in result.stdout
    assert "history 0" in result.stdout
    assert "accessible en écriture" in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout.splitlines()[-1] == "campaign.duckdb"
