"""The event file as it is published now: seen at the next reading, unless a snapshot is held.

A new file is read whole before readers switch to it; one that is cut short never is served, the last good one is.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Final

from campaign.core.errors import StoreError
from campaign.core.settings import settings
from campaign.store import lake, per_file, whole
from campaign.store.opened import Identity, Reader, identity_of

logger = logging.getLogger(__name__)

PATIENCE_S: Final = (
    3.0  # readers wait so long for a new file to be read whole, then go on with the last good one meanwhile
)

_pinned: ContextVar[Reader | None] = ContextVar("pinned", default=None)
_lock = threading.Lock()
_latest: dict[Path, Reader] = {}
_examined: dict[Path, "Examination"] = {}


class Examination:
    """A new file that is read whole, in a thread of its own, before readers switch to it; `fault` says why they do not."""

    def __init__(self, path: Path, identity: Identity) -> None:
        self.identity = identity
        self.reader: Reader | None = None
        self.fault: StoreError | None = None
        self._path = path
        self._done = threading.Event()
        self._patience_ends = time.monotonic() + PATIENCE_S
        threading.Thread(target=self._run, name="examination", daemon=True).start()

    def wait(self) -> None:
        """Wait for the end, but no longer than readers are to be held up by one file: the last good one is there."""
        self._done.wait(max(0.0, self._patience_ends - time.monotonic()))

    def _run(self) -> None:
        try:
            reader = Reader(self._path, self.identity)
            whole.read(self._path)
            self.reader = reader
        except StoreError as error:
            logger.error("%s Le dernier bon fichier reste servi.", error.for_log)
            self.fault = error
        finally:
            self._done.set()


def identity_now() -> Identity:
    """Return what distinguishes the file that is published now, of a lake its copy; raises StoreError if there is none."""
    return identity_of(lake.published(settings().db))


def reader() -> Reader:
    """Return the reader of the snapshot that is held, else of the file as it is published now."""
    held = _pinned.get()
    if held is not None:
        return held
    db = settings().db
    path = lake.published(db)
    identity = identity_of(path)
    with _lock:
        latest = _latest.get(db)
        if latest is not None and latest.identity == identity and not latest.is_lost:
            return latest
        if latest is None or latest.is_lost or not latest.is_whole_beside(identity):
            new_one = _latest[db] = Reader(path, identity)
            if latest is not None:
                per_file.let_go()
            return new_one
        new = _examined.get(db)
        if new is None or new.identity != identity:
            new = _examined[db] = Examination(path, identity)
    new.wait()
    with _lock:
        if new.reader is None or _examined.get(db) is not new:
            return _latest.get(db, latest)
        del _examined[db]
        _latest[db] = new.reader
        per_file.let_go()
        return new.reader


def refuse_stale() -> None:
    """Raise StoreError if the published file cannot be read or the lake does not answer, though the last good one is served."""
    db = settings().db
    path = lake.published(db)
    lake.refuse_away(db)
    identity = identity_of(path)
    if reader().identity == identity:
        return
    new = _examined.get(db)
    if new is not None and new.identity == identity and new.fault is not None:
        raise new.fault


@contextmanager
def snapshot() -> Iterator[Reader]:
    """Read one and the same published file within the block, even if another is published meanwhile."""
    token = _pinned.set(reader())
    try:
        held = _pinned.get()
        assert held is not None  # noqa: S101  set on the line above
        yield held
    finally:
        _pinned.reset(token)
