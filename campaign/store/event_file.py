"""Queries of the event file as it is published now (campaign/store/current.py).

`query(name, **params)` runs `queries/<name>.sql`. Every query has a cursor to itself (a connection shared by threads gave
wrong answers), on a read-only and locked connection. After an internal error DuckDB refuses every further query: the file is
then opened anew, and the query asked once more.
"""

import logging
import weakref
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from campaign.core import stopping
from campaign.core.errors import BrokenReadError, StoreError
from campaign.core.language import say
from campaign.core.settings import settings
from campaign.store import per_file, whole
from campaign.store.current import reader
from campaign.store.opened import Identity, Reader
from campaign.store.per_file import CacheInfo
from campaign.store.templates import planned, text_of

logger = logging.getLogger(__name__)

# An internal error invalidates DuckDB's whole database: each later query on it is a fatal error.
BREAKDOWNS = (duckdb.InternalException, duckdb.FatalException)
BREAKDOWN_WORDS = ("INTERNAL Error", "FATAL Error")  # the same, as Arrow tells them
DAMAGES = (duckdb.IOException, duckdb.SerializationException)
DAMAGE_WORDS = ("IO Error", "Serialization Error")


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
            raise StoreError(say("Une ligne attendue, {n} reçues.", n=len(self.values)))
        return self.rows[0]

    @property
    def is_empty(self) -> bool:
        """Whether there is no row."""
        return not self.values

    def column(self, name: str) -> list[Any]:
        """Return one column as a list."""
        index = self.columns.index(name)
        return [value[index] for value in self.values]


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
                say("La réponse « {name} » demande plus de mémoire que le serveur n'en a.", name=name),
                say("Choisissez moins (une région, des jours), ou augmentez CAMPAIGN_READER_MEMORY."),
            ) from error
        if _is(error, DAMAGES, DAMAGE_WORDS):
            raise whole.damaged(Path(current.identity[0]), error) from error
        if _is(error, BREAKDOWNS, BREAKDOWN_WORDS):
            logger.error("DuckDB s'est arrêté pendant « %s » ; le fichier est rouvert.", name, exc_info=error)
            current.renew(opened)
            raise BrokenReadError(
                say("La lecture « {name} » s'est arrêtée par une erreur interne.", name=name),
                say("Réessayez ; si elle revient, signalez l'adresse demandée."),
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
    return per_file.usage(_answer)


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
