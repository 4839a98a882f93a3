"""Working folders of imports: unpacked and fetched files. One that its process left behind, killed, is swept by the next."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_PREFIX: Final = "campaign-intake-"
_LOCK: Final = "in-use"


@contextmanager
def folder() -> Iterator[Path]:
    """Make a working folder, held by a lock of the kernel's as long as this process lives; remove it at the end."""
    _sweep()
    path = Path(tempfile.mkdtemp(prefix=_PREFIX))
    try:
        with (path / f"{_LOCK}-soon").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            Path(lock.name).rename(path / _LOCK)  # held when it gets the name that others look for
            yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def new_file(folder: Path, kind: str, ending: str = "") -> Path:
    """Make an empty file with a name of its own in a working folder, in a time that does not grow with their number."""
    opened, path = tempfile.mkstemp(prefix=f"{kind}-", suffix=ending, dir=folder)
    os.close(opened)
    return Path(path)


def _sweep() -> None:
    """Remove the working folders that nobody holds: those of another user, or just being made, are left alone."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError), (path / _LOCK).open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(path, ignore_errors=True)
