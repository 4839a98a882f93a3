"""The only reader of the event file.

`query(name, **params)` runs `queries/<name>.sql`. Every query has a cursor to itself (a connection shared by threads gave
wrong answers), on a read-only and locked connection; a republished file is seen at the next query, unless a snapshot is
held, so that one page never mixes two files. After an internal error DuckDB refuses every further query: the file is then
opened anew, and the query asked once more.
"""

import logging
import threading
import time
import weakref
from collections import deque
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from campaign.core import stopping
from campaign.core.errors import BrokenReadError, OtherCampaignError, StoreError
from campaign.core.settings import settings
from campaign.profile import profile
from campaign.store import lake, per_file, shape, whole
from campaign.store.templates import planned, text_of
from campaign.store.version import SCHEMA_VERSION as SCHEMA_VERSION

logger = logging.getLogger(__name__)

MOST_IDLE = 16  # cursors that wait for the next query
# An internal error invalidates DuckDB's whole database: each later query on it is a fatal error.
BREAKDOWNS = (duckdb.InternalException, duckdb.FatalException)
BREAKDOWN_WORDS = ("INTERNAL Error", "FATAL Error")  # the same, as Arrow tells them
DAMAGES = (duckdb.IOException, duckdb.SerializationException)
DAMAGE_WORDS = ("IO Error", "Serialization Error")
PATIENCE_S = 3.0  # readers wait so long for a new file to be read whole, then go on with the last good one meanwhile


@dataclass(frozen=True)
class Answer:
    """The rows of one query, in its order; do not change them, they are shared."""

    columns: tuple[str, ...]
    values: tuple[tuple[Any, ...], ...]

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The rows as dictionaries by column."""
        return [dict(zip(self.columns, value, strict=True)) for value in self.values]

    @cached_property
    def one(self) -> dict[str, Any]:
        """The only row of a query that gives exactly one."""
        if len(self.values) != 1:
            raise StoreError(f"Une ligne attendue, {len(self.values)} reçues.")
        return self.rows[0]

    @property
    def is_empty(self) -> bool:
        """Whether there is no row."""
        return not self.values

    def column(self, name: str) -> list[Any]:
        """Return one column as a list."""
        index = self.columns.index(name)
        return [value[index] for value in self.values]


@dataclass(frozen=True)
class FileDescription:
    """What an event file is: `has_real_events` when a real import is in it."""

    is_demo: bool
    has_real_events: bool


class CacheInfo(NamedTuple):
    """What the answers kept in memory have served."""

    hits: int
    misses: int
    currsize: int


Identity = tuple[str, int, int, int]


class Opened:
    """A locked read-only connection to an event file, and its cursors that wait for the next query."""

    def __init__(self, path: Path) -> None:
        self._idle: deque[duckdb.DuckDBPyConnection] = deque()
        self._connection = duckdb.connect(":memory:")
        try:
            quoted = str(path).replace("'", "''")
            self._connection.execute(f"attach '{quoted}' as campaign (read_only)")
            found = self._connection.execute("select * from campaign.file_info").fetchone()
            columns = [column[0] for column in self._connection.description or ()]
        except duckdb.Error as error:
            raise StoreError(
                f"Le fichier d'événements {path.name} n'est pas lisible.",
                "Refaites-le : campaign demo, ou campaign import.",
                detail=error,
            ) from error
        whole.refuse_cut(self._connection, "campaign", path)
        info = dict(zip(columns, found or (), strict=False))
        if info.get("schema_version") != SCHEMA_VERSION:
            raise StoreError(
                f"Le fichier d'événements {path.name} est d'une autre version du schéma.",
                "S'il est plus ancien : campaign migrate ; s'il est plus récent, mettez l'application à jour.",
            )
        refuse_other_campaign(str(info["profile"]), path.name)
        if lacking := shape.missing(self._connection, "campaign"):
            raise StoreError(
                f"Le fichier d'événements {path.name} vient d'un état intermédiaire de l'application.",
                "Remettez une sauvegarde (campaign restore), ou importez de nouveau les fichiers d'origine.",
                detail=", ".join(lacking),
            )
        for setting in (
            f"set memory_limit = '{settings().reader_memory}'",
            f"set threads = {settings().reader_threads}",
            "set timezone = 'UTC'",
            "set enable_external_access = false",
            "set lock_configuration = true",
        ):
            self._connection.execute(setting)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a new cursor, for one query at a time."""
        cursor = self._connection.cursor()
        cursor.execute("use campaign")
        return cursor

    def take(self) -> duckdb.DuckDBPyConnection:
        """Return a cursor that nobody else has: one that was given back, or a new one."""
        try:
            return self._idle.pop()
        except IndexError:
            return self.cursor()

    def give_back(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Keep a cursor whose answer was read for the next query."""
        if len(self._idle) < MOST_IDLE:
            self._idle.append(cursor)
        else:
            cursor.close()


class Reader:
    """One published file, open as long as somebody reads from it."""

    def __init__(self, path: Path, identity: Identity) -> None:
        self.identity = identity
        self.opened = Opened(path)
        self.is_lost = False
        self._path = path
        self._renewing = threading.Lock()

    def is_whole_beside(self, other: Identity) -> bool:
        """Tell whether this file is still what was opened: another one took its name, nobody wrote over it."""
        return self.identity[1] != other[1]

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a new cursor, for one query at a time."""
        return self.opened.cursor()

    def renew(self, broken: Opened) -> None:
        """Open the file anew in the place of a connection that broke down, once for all who met with it.

        Where another file has taken its name, this one is lost: who holds it gets no more answers.
        """
        with self._renewing:
            if self.opened is not broken:
                return
            if identity_of(self._path) == self.identity:
                self.opened = Opened(self._path)
            else:
                self.is_lost = True


_pinned: ContextVar[Reader | None] = ContextVar("pinned", default=None)
_lock = threading.Lock()
_latest: dict[Path, Reader] = {}
_examined: dict[Path, "Examination"] = {}
_past = CacheInfo(0, 0, 0)  # what answers of files before have served


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


def refuse_other_campaign(slug: str, name: str = "") -> None:
    """Raise OtherCampaignError if an event file is of another campaign than the profile's; `slug` is the file's."""
    own = profile()
    if slug != own.id:
        raise OtherCampaignError(
            f"Le fichier d'événements{name and f' {name}'} est celui d'une autre campagne ({slug}) que le profil {own.id}.",
            f"Donnez un autre fichier (CAMPAIGN_DB, --db), ou le dossier de la campagne {slug} à CAMPAIGN_PROFILE.",
        )


def identity_of(path: Path) -> Identity:
    """Return what distinguishes one published file from the next; raises StoreError if there is none."""
    try:
        stat = path.stat()
    except OSError as error:
        raise StoreError(
            "Aucun fichier d'événements.",
            "Écrivez-en un : campaign demo, ou campaign import.",
            detail=lake.without_password(path),
        ) from error
    return (str(path), stat.st_ino, stat.st_mtime_ns, stat.st_size)


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
                _let_go()
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
        _let_go()
        return new.reader


def _let_go() -> None:
    """Forget what was kept of the file before; who still reads from it asks anew."""
    global _past  # counts of one process
    _past = cache_info()
    per_file.let_go()


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


def query(name: str, **params: object) -> Answer:
    """Run `queries/<name>.sql` with its named parameters and return its rows.

    Parameters must be hashable (tuples, not lists). Answers are kept in a bounded cache by file, name and parameters.
    Raises StoreError if the file cannot be read, the answer does not fit in memory or DuckDB breaks down twice; a missing or
    unknown parameter raises duckdb.InvalidInputException.
    """
    wanted = tuple(sorted(params.items()))
    try:
        return _answer_of(reader(), name, wanted)
    except BrokenReadError:
        return _answer_of(reader(), name, wanted)


@dataclass(frozen=True)
class _Question:
    """A query of one published file, known by the file's identity: what is kept of it holds no file open."""

    file: Identity
    name: str
    params: tuple[tuple[str, object], ...]
    reader: weakref.ref[Reader] = field(compare=False)


def _answer_of(current: Reader, name: str, params: tuple[tuple[str, object], ...]) -> Answer:
    return _answer(_Question(current.identity, name, params, weakref.ref(current)))


@per_file.cached_per_file(maxsize=settings().cache_answers)
def _answer(question: _Question) -> Answer:
    current = question.reader()
    assert current is not None  # noqa: S101  who asks holds it
    with _run(current, question.name, dict(question.params)) as cursor:
        columns = tuple(column[0] for column in cursor.description or ())
        return Answer(columns, tuple(cursor.fetchall()))


@contextmanager
def _run(current: Reader, name: str, params: Mapping[str, object]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a cursor that has run a query; what asks for too much memory until it is left is a StoreError.

    Raises BrokenReadError if DuckDB breaks down; the reader has then been opened anew. Raises StoppedError, and interrupts the
    query, once nobody waits for it.
    """
    stopping.check()
    opened = current.opened
    cursor = None
    is_read = False
    try:
        cursor = opened.take()
        with stopping.interruptible(cursor.interrupt):
            cursor.execute(*planned(text_of(name), params))
            yield cursor
        is_read = True
    except (
        duckdb.InterruptException,
        duckdb.OutOfMemoryException,
        *whole.DAMAGES,
        OSError,
        pa.ArrowException,
    ) as error:
        if _is(error, (duckdb.InterruptException,), ("INTERRUPT Error",)):
            raise stopping.StoppedError from error
        if _is(error, (duckdb.OutOfMemoryException,), ("Out of Memory",)):
            raise StoreError(
                f"La réponse « {name} » demande plus de mémoire que le serveur n'en a.",
                "Choisissez moins (une région, des jours), ou augmentez CAMPAIGN_READER_MEMORY.",
            ) from error
        if _is(error, DAMAGES, DAMAGE_WORDS):
            raise whole.damaged(Path(current.identity[0]), error) from error
        if _is(error, BREAKDOWNS, BREAKDOWN_WORDS):
            logger.error("DuckDB s'est arrêté pendant « %s » ; le fichier est rouvert.", name, exc_info=error)
            current.renew(opened)
            raise BrokenReadError(
                f"La lecture « {name} » s'est arrêtée par une erreur interne.",
                "Réessayez ; si elle revient, signalez l'adresse demandée.",
            ) from error
        raise
    finally:
        if cursor is not None and is_read:
            opened.give_back(cursor)
        elif cursor is not None:  # failed, or left half read
            cursor.close()


def _is(error: Exception, kinds: tuple[type[Exception], ...], words: tuple[str, ...]) -> bool:
    """Return whether DuckDB raised one of its errors, by itself or through Arrow, which tells it by its message alone."""
    if isinstance(error, duckdb.Error):
        return isinstance(error, kinds)
    return any(each in str(error) for each in words)


def cache_info() -> CacheInfo:
    """Return how many queries were answered from memory (hits) and run (misses), and how many answers are kept."""
    info = _answer.cache_info()
    return CacheInfo(_past.hits + info.hits, _past.misses + info.misses, info.currsize)


def stream(name: str, *, batch_rows: int = 20_000, **params: object) -> Iterator[pa.RecordBatch]:
    """Yield the rows of `queries/<name>.sql` as Arrow batches, in bounded memory; nothing is cached.

    Without rows, one empty batch tells the columns. Raises as `query` does; and BrokenReadError if DuckDB breaks down after the
    first batch, which cannot be taken back.
    """
    batches = _batches(reader(), name, batch_rows, params)
    try:
        first = next(batches)
    except BrokenReadError:
        batches = _batches(reader(), name, batch_rows, params)
        first = next(batches)
    with closing(batches):
        yield first
        yield from batches


def _batches(
    current: Reader, name: str, batch_rows: int, params: Mapping[str, object]
) -> Generator[pa.RecordBatch, None, None]:
    with _run(current, name, params) as cursor:
        batches = cursor.to_arrow_reader(batch_rows)
        first = next(batches, None)
        yield pa.RecordBatch.from_pylist([], schema=batches.schema) if first is None else first
        for batch in batches:
            stopping.check()
            yield batch


def describe(path: Path) -> FileDescription:
    """Return what the event file at `path` is; raises StoreError if it cannot be read."""
    with whole.readable(path):
        cursor = Reader(path, identity_of(path)).cursor()
        row = cursor.execute(
            "select is_demo, exists (select 1 from imports where not is_demo) as has_real_events from file_info"
        ).fetchone()
    assert row is not None  # noqa: S101  Reader has read this row
    return FileDescription(is_demo=bool(row[0]), has_real_events=bool(row[1]))
