"""What the sources of a run gave, read and published together; what became of each is noted in its turn."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from duckdb import OutOfMemoryException

from campaign.core.errors import (
    AssertionFailedError,
    CampaignError,
    MissingColumnError,
    NoEventsError,
    StoreError,
    WriteError,
)
from campaign.follow.asking import mapping_of
from campaign.follow.by_name import ByName
from campaign.follow.followed import Followed
from campaign.follow.holding import Guard
from campaign.follow.problems import HeldError, SourceError
from campaign.follow.reading import Fetched
from campaign.follow.turns import Turn
from campaign.intake import TOGETHER
from campaign.intake import Mapping as FieldMapping
from campaign.publish.account import Account
from campaign.publish.importing import Files, Reading, nothing, read_each
from campaign.publish.several import LateError, Part, run_several
from campaign.publish.workspace import FULL_DISK

LONGEST_S: Final = (
    5.0  # for which others wait for the event file while sources are still asked, or what they gave is read
)
DISK: Final = tuple(each for each in FULL_DISK if each is not OutOfMemoryException)
FEW: Final = 4  # sources that are still asked: what is to be published is made ready meanwhile


@dataclass
class _Given:
    """What was fetched, as it is to be read: whose turn each is, and when the last source had been asked."""

    turns: list[Turn] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    asked_at: float = 0.0


def publish(
    db: Path,
    turns: Sequence[Turn],
    fetches: "Sequence[Future[None]]",
    folder: Path,
    ran_by: str,
    now: datetime,
    memory: Path,
) -> None:
    """Import what is fetched of each source, together, once all `fetches` are over; note in each turn what became of it.

    `folder` is for working files, `memory` the folder that remembers places.

    While the last sources are asked, and what is small is read by another process, the building copy is made ready here; where
    that takes long after all, the event file is let go until all is read.
    """
    given = _Given()
    with ThreadPoolExecutor(max_workers=1) as reader:
        reading = reader.submit(_read, given, turns, fetches, folder)
        if not 0 < _begun(turns, fetches) < TOGETHER:
            wait([reading])
        if reading.done() and not reading.result():
            return
        taken: list[Turn] = []
        try:
            results = _results(db, lambda wait_s: _parts(reading, given, taken, ran_by, wait_s), now, memory)
        except (StoreError, WriteError, AssertionFailedError) as error:
            if not reading.done() or not taken:
                _parts(reading, given, taken, ran_by, None)
            results = [_unpublished(error) for _turn in taken]
    for turn, result in zip(taken, results, strict=True):
        if isinstance(result, Account):
            turn.account = result
        else:
            turn.error = _problem(turn, result)
    for turn in given.turns:
        turn.seconds += (time.monotonic() - given.asked_at) / len(given.turns)


def _unpublished(error: CampaignError) -> SourceError:
    """Return why nothing was published: the disk, which does not hold the building copy, or what is told of the events."""
    if type(error) in (StoreError, WriteError) and isinstance(error.__cause__, DISK):
        return SourceError("not_stored")
    return SourceError("not_published", detail=error.texts[0])


def _begun(turns: Sequence[Turn], fetches: "Sequence[Future[None]]") -> int:
    """Wait until something new is fetched and few sources are still asked, or all were; return how many bytes are there by then."""
    left = set(fetches)
    n_bytes = 0
    while left:
        _done, left = wait(left, return_when=FIRST_COMPLETED)
        fetched = [turn.fetched for turn in turns if turn.fetched is not None and not turn.fetched.is_unchanged]
        n_bytes = sum(path.stat().st_size for each in fetched for path in each.files)
        if n_bytes and len(left) < FEW:
            break
    return n_bytes


def _read(
    given: _Given, turns: Sequence[Turn], fetches: "Sequence[Future[None]]", folder: Path
) -> list[Files | CampaignError]:
    """Read what was fetched, once all sources were asked."""
    for each in fetches:
        each.result()
    given.asked_at = time.monotonic()
    for turn in turns:
        if turn.fetched is None or turn.fetched.is_unchanged:
            continue
        try:
            given.readings.append(_reading(turn.wanted.source, turn.fetched))
        except CampaignError as error:
            turn.error = _problem(turn, error)
        else:
            given.turns.append(turn)
    return read_each(given.readings, folder)


def _results(
    db: Path, parts: Callable[[float | None], list[Part]], now: datetime, memory: Path
) -> Sequence[Account | CampaignError]:
    try:
        return run_several(db, lambda: parts(LONGEST_S), imported_at=now, memory=memory)
    except LateError:
        all_parts = parts(None)
        return run_several(db, lambda: all_parts, imported_at=now, memory=memory)


def _parts(
    reading: "Future[list[Files | CampaignError]]",
    given: _Given,
    taken: list[Turn],
    ran_by: str,
    wait_s: float | None,
) -> list[Part]:
    """Return the imports of what was read, and list in `taken` whose turn each is; raises LateError after `wait_s`."""
    try:
        read = reading.result(timeout=wait_s)
    except TimeoutError as error:
        raise LateError from error
    taken.clear()
    parts = []
    for turn, own, files in zip(given.turns, given.readings, read, strict=True):
        try:
            if isinstance(files, NoEventsError) and turn.wanted.is_known and turn.wanted.is_allowed:
                files = nothing(own)
            if isinstance(files, CampaignError):
                raise files
            parts.append(_part(turn, own, files, ran_by))
        except CampaignError as error:
            turn.error = _problem(turn, error)
        else:
            taken.append(turn)
    return parts


def _problem(turn: Turn, error: CampaignError) -> SourceError:
    """Return why a source is left as it is: held where one that was read before gives nothing, or lost what every event needs."""
    if isinstance(error, SourceError):
        return error
    if isinstance(error, NoEventsError) and turn.wanted.is_known:
        return HeldError("empty")
    if isinstance(error, MissingColumnError) and turn.wanted.is_known and not turn.wanted.is_allowed:
        return HeldError("columns_lost", columns=error.field)
    files = turn.fetched.files if turn.fetched else ()
    return SourceError("unreadable", detail=ByName(files, turn.wanted.source.name).message(error.texts[0]))


def _reading(source: Followed, fetched: Fetched) -> Reading:
    return Reading(fetched.files, source.format, source.name, mapping_of(source) or FieldMapping(), source.licence)


def _part(turn: Turn, reading: Reading, files: Files, ran_by: str) -> Part:
    fetched = turn.fetched
    assert fetched is not None  # it was read  # noqa: S101
    options = replace(
        files.options,
        files=(turn.wanted.source.name,),  # an address may hold what is nobody's business
        is_full=fetched.is_full,
        is_partial=not fetched.is_full,
        is_emptied=turn.wanted.is_allowed and fetched.is_full and not files.staged.n_records + files.staged.n_rejects,
        ran_by=ran_by or None,
        format=fetched.kind or files.options.format,
    )
    files = replace(files, options=options)
    turn.guard = guard = Guard(turn.wanted, fetched, files)
    return Part(files, reading.n_bytes, guard.check)
