"""Event files that several tests or modules read, built once for all workers and kept until what makes them changes.

They stand in .pytest_cache, in a folder named after a hash of the code, the data and the day that made them, and are only
read: whoever writes copies one first. A file that was written to all the same ends the session with an error.
"""

import fcntl
import hashlib
import shutil
import time
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from campaign.core.settings import DATA, ROOT
from campaign.publish import demonstration as demo

PLACE: Final = ROOT / ".pytest_cache" / "event_files"
OLD_S: Final = 24 * 3600.0
# Rooms that only read event files.
READERS: Final = {
    "api", "archive", "charts", "cli", "documents", "drawings", "exports", "locale", "press", "programme", "report",
    "statements", "view", "web",
}  # fmt: skip
MAKERS: Final = ("alike.py", "campaigns.py", "dated.py", "kept.py", "prepared.py", "records.py", "shaped.py")

_opened: dict[Path, dict[Path, int]] = {}


def make_once(name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder of that name, which `make` has filled: now, or another worker, or an earlier run."""
    folder = PLACE / _key() / name
    if folder not in _opened:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with folder.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.exists():
                _forget_old()
                building = folder.with_suffix(".building")
                shutil.rmtree(building, ignore_errors=True)
                building.mkdir()
                make(building)
                building.rename(folder)
        _opened[folder] = _written(folder)
    return folder


def demonstration(n_events: int | None = None) -> Path:
    """Return a demonstration file of so many counted events, or of the published numbers."""
    folder = make_once(f"demo_{n_events or 'whole'}", lambda at: demo.write(at / "campaign.duckdb", n_events=n_events))
    return folder / "campaign.duckdb"


def touched() -> list[Path]:
    """Return the files that were written to, or put beside them, since this process first asked for them."""
    changed = []
    for folder, before in _opened.items():
        after = _written(folder)
        changed += [path for path in before.keys() | after.keys() if before.get(path) != after.get(path)]
    return sorted(changed)


def _written(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


@cache
def _key() -> str:
    """Return a hash of all that makes an event file; of the day too, because an import notes when it was."""
    digest = hashlib.sha256(date.today().isoformat().encode())  # noqa: DTZ011  the machine's own day, as good as any
    for path in sorted(_sources()):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _sources() -> list[Path]:
    code = ROOT / "campaign"
    paths = [
        path
        for path in code.rglob("*")
        if path.suffix in (".py", ".sql", ".toml", ".csv") and path.relative_to(code).parts[0] not in READERS
    ]
    paths += [path for path in DATA.rglob("*") if path.is_file() and ".duckdb" not in path.name]
    paths += [Path(__file__).with_name(name) for name in MAKERS]
    return [*paths, ROOT / "requirements.lock"]


def _forget_old() -> None:
    """Remove what an earlier state of the code made; what is a day old is of no run that is still going on."""
    for other in PLACE.iterdir():
        if other.name != _key() and time.time() - other.stat().st_mtime > OLD_S:
            shutil.rmtree(other, ignore_errors=True)
