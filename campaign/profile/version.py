"""What changes when the campaign's folder does, for those who keep answers that are made of it."""

from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

from campaign.profile.filled import TABLES
from campaign.profile.loader import profile

DEMO: Final = "demo"  # the folder of the tables that a demonstration invents


def profile_version() -> str:
    """Return a digest of the folder's files: of most as they were when the process first read them, of tables as they are now."""
    folder = profile().folder
    now = [_content(path, *_identity(path)) for name in TABLES for path in (folder / name, folder / DEMO / name)]
    return blake2b(repr((_at_start(folder), now)).encode(), digest_size=8).hexdigest()


@lru_cache(maxsize=8)
def _at_start(folder: Path) -> str:
    """Return a digest of the files that a process reads once."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in TABLES)
    return _digest(b"\0".join(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() for path in files))


def _identity(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError:
        return 0, 0
    return stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=16)
def _content(path: Path, _changed: int, _size: int) -> str:
    return _digest(path.read_bytes()) if path.is_file() else ""


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=8).hexdigest()
