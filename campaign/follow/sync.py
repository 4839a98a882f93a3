"""One run over the followed sources: which are due, what each gives, one published file, and what is known of each afterwards."""

import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final

import duckdb
from hishel import SqliteStorage

from campaign.core.errors import (
    AssertionFailedError,
    CampaignError,
    MissingColumnError,
    NoEventsError,
    StoreError,
    WriteError,
)
from campaign.follow import followed, state
from campaign.follow.asking import ask, mapping_of
from campaign.follow.fetcher import open_cache
from campaign.follow.followed import Followed
from campaign.follow.holding import Guard
from campaign.follow.problems import HeldError, SourceError
from campaign.follow.reading import Fetched, Wanted
from campaign.follow.state import SourceState
from campaign.intake import Mapping as FieldMapping
from campaign.intake import scratch
from campaign.publish import trail
from campaign.publish.account import Account
from campaign.publish.importing import Files, Reading, nothing, read_each
from campaign.publish.several import Part, run_several
from campaign.store import lake

AT_ONCE: Final = 4  # sources asked at the same time
EARLY_S: Final = 30.0  # a timer does not ring to the second
DISK: Final = (OSError, sqlite3.Error)  # what is raised where an answer, or its copy in the cache, cannot be written
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Result:
    """What became of one source in a run; its account is of what was published."""

    source: str
    status: str  # changed, unchanged, failed, held
    read: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    withdrawn: int = 0
    seconds: float = 0.0
    message: str = ""

    @property
    def is_good(self) -> bool:
        """Whether the source was read, and what it gave believed."""
        return self.status in ("changed", "unchanged")


@dataclass
class _Turn:
    """A source's turn in a run: what is wanted, what it gave or what was wrong, how long it took."""

    wanted: Wanted
    fetched: Fetched | None = None
    guard: Guard | None = None
    account: Account | None = None
    error: CampaignError | None = None
    seconds: float = 0.0


def sync(
    db: Path,
    names: Sequence[str] = (),
    *,
    is_full: bool = False,
    is_waiting: bool = True,
    is_allowed: bool = False,
    ran_by: str = "",
    clock: Clock = lambda: datetime.now(UTC),
) -> list[Result]:
    """Read the named sources, else those that are due, and publish once; return what became of each.

    Without `is_waiting` all that are not paused are due; `is_full` reads them whole; `is_allowed` takes what would be held.
    Raises IntakeError for a name that is followed nowhere, BusyError where another run or import does not come to its end,
    StoreError where the state cannot be kept.
    """
    sources = followed.load()
    chosen = [followed.find(name) for name in dict.fromkeys(names)]
    with state.only_sync(db):
        states = state.load(db)
        now = clock()
        if not names:
            chosen = [
                each
                for each in sources
                if (not is_waiting and not each.paused)
                or is_due(each, states.get(each.name), now)
                or (is_allowed and not each.paused and states.get(each.name, SourceState()).result == "held")
            ]
        if not chosen:
            return []
        known_imports = _known_imports(db)
        turns = [
            _Turn(_wanted(each, states.get(each.name), known_imports, now, is_full=is_full, is_allowed=is_allowed))
            for each in chosen
        ]
        with scratch.folder() as folder:
            cache = _cache(db)
            try:
                _fetch_all(turns, folder, cache)
            finally:
                cache.close()
            _publish(db, turns, folder, ran_by, now)
        for turn in turns:
            states[turn.wanted.source.name] = _after(turn, known_imports, now)
        state.save(db, states)
        _note(db, turns, ran_by, is_allowed=is_allowed)
    return [_result(turn) for turn in turns]


def _cache(db: Path) -> SqliteStorage:
    try:
        return open_cache(state.path_of(db).with_suffix(".cache"))
    except DISK as error:
        raise StoreError(
            "La mémoire des réponses, à côté du fichier d'événements, n'a pas pu être ouverte.",
            "Vérifiez la place et les droits sur le disque ; ce dossier (.cache) peut être supprimé.",
            detail=error,
        ) from error


def _note(db: Path, turns: Sequence[_Turn], ran_by: str, *, is_allowed: bool) -> None:
    """Write a run that brought something to the trail of actions, and each time that a doubt was set aside; a timer runs often."""
    changed = [turn.wanted.source.name for turn in turns if turn.account is not None and turn.account.has_changes]
    if changed:
        trail.record(db, "let_through" if is_allowed else "sync", by=ran_by or None, source=" + ".join(changed))


def is_due(source: Followed, known: SourceState | None, now: datetime) -> bool:
    """Tell whether it is a source's turn: so long after its last reading, and not before it asked to be read again."""
    if source.paused:
        return False
    if known is None or known.last_attempt is None:
        return True
    last, until = state.instant(known.last_attempt), state.instant(known.not_before)
    if until is not None and now < until:
        return False
    # a clock that was put back does not stop a source for good
    return last is None or last > now or now >= next_run(source, known, now) - timedelta(seconds=EARLY_S)


def next_run(source: Followed, known: SourceState | None, now: datetime) -> datetime:
    """Return when a source is due next."""
    last = state.instant(known.last_attempt) if known else None
    until = state.instant(known.not_before) if known else None
    due = now if last is None else last + timedelta(seconds=source.every_s)
    return max(due, until) if until else due


def fingerprint(source: Followed) -> str:
    """Return what stands for how a source is read: if it changes, all is read again."""
    mapping = Path(source.mapping).read_bytes() if source.mapping and Path(source.mapping).is_file() else b""
    asked: tuple[object, ...] = (source.url, source.format, mapping)
    return sha256(repr(asked if source.region is None else (*asked, source.region)).encode()).hexdigest()[:16]


def _known_imports(db: Path) -> dict[int, str]:
    """Return the instants of the imports of an event file, by number; none without a file."""
    path = lake.published(db)
    if not path.exists():
        return {}
    try:
        with duckdb.connect(":memory:") as connection:
            connection.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as file (read_only)")
            rows = connection.execute("select import_id, imported_at from file.imports").fetchall()
    except duckdb.Error:
        return {}  # what is wrong with the file is said where it is published
    return {int(number): state.written(moment) for number, moment in rows}


def _wanted(
    source: Followed,
    known: SourceState | None,
    known_imports: Mapping[int, str],
    now: datetime,
    *,
    is_full: bool,
    is_allowed: bool,
) -> Wanted:
    current = known or SourceState()
    is_kept = current.import_id is not None and known_imports.get(current.import_id) == current.imported_at
    if not is_kept or current.fingerprint != fingerprint(source):
        # rolled back, another file, or read in another way: what was read before says nothing
        current = replace(
            current,
            cursor=None,
            edge={},
            digest=None,
            full_digest=None,
            import_id=current.import_id if is_kept else None,
        )
        is_full = True
    is_full = is_full or (is_allowed and current.result == "held")  # what was held is what is to come through
    last_full = state.instant(current.last_full)
    is_due_full = (
        last_full is None or last_full > now or (now - last_full).total_seconds() >= source.full_every_s - EARLY_S
    )
    return Wanted(source, current, is_full=is_full or is_due_full, is_allowed=is_allowed)


def _fetch_all(turns: Sequence[_Turn], folder: Path, cache: SqliteStorage) -> None:
    def fetch(number: int, turn: _Turn) -> None:
        begun = time.monotonic()
        own = folder / f"followed-{number}"
        own.mkdir()
        try:
            turn.fetched = ask(turn.wanted, own, cache)
        except CampaignError as error:
            turn.error = error
        except DISK as error:
            turn.error = SourceError("not_written", detail=type(error).__name__)
        turn.seconds = time.monotonic() - begun

    with ThreadPoolExecutor(max_workers=AT_ONCE) as workers:
        for done in [workers.submit(fetch, number, turn) for number, turn in enumerate(turns)]:
            done.result()


def _publish(db: Path, turns: Sequence[_Turn], folder: Path, ran_by: str, now: datetime) -> None:
    """Import what was fetched of each source, together; note in each turn what became of it."""
    ready: list[_Turn] = []
    parts: list[Part] = []
    wanted: list[Reading] = []
    begun = time.monotonic()
    for turn in turns:
        if turn.fetched is None or turn.fetched.is_unchanged:
            continue
        try:
            wanted.append(_reading(turn.wanted.source, turn.fetched))
        except CampaignError as error:
            turn.error = _problem(turn, error)
            continue
        ready.append(turn)
    read = read_each(wanted, folder)
    seconds = (time.monotonic() - begun) / len(ready) if ready else 0.0
    for turn, reading, files in zip(list(ready), wanted, read, strict=True):
        turn.seconds += seconds
        try:
            if isinstance(files, NoEventsError) and turn.wanted.is_known and turn.wanted.is_allowed:
                files = nothing(reading)
            if isinstance(files, CampaignError):
                raise files
            parts.append(_part(turn, reading, files, ran_by))
        except CampaignError as error:
            turn.error = _problem(turn, error)
            ready.remove(turn)
    begun = time.monotonic()
    try:
        results = run_several(db, parts, imported_at=now)
    except (StoreError, WriteError, AssertionFailedError) as error:
        results = [SourceError("not_published", detail=error.message) for _part in parts]
    seconds = (time.monotonic() - begun) / len(parts) if parts else 0.0
    for turn, result in zip(ready, results, strict=True):
        turn.seconds += seconds
        if isinstance(result, Account):
            turn.account = result
        else:
            turn.error = _problem(turn, result)


def _problem(turn: _Turn, error: CampaignError) -> SourceError:
    """Return why a source is left as it is: held where one that was read before gives nothing, or lost what every event needs."""
    if isinstance(error, SourceError):
        return error
    if isinstance(error, NoEventsError) and turn.wanted.is_known:
        return HeldError("empty")
    if isinstance(error, MissingColumnError) and turn.wanted.is_known and not turn.wanted.is_allowed:
        return HeldError("columns_lost", columns=error.field)
    return SourceError("unreadable", detail=error.message)


def _reading(source: Followed, fetched: Fetched) -> Reading:
    return Reading(fetched.files, source.format, source.name, mapping_of(source) or FieldMapping(), source.licence)


def _part(turn: _Turn, reading: Reading, files: Files, ran_by: str) -> Part:
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


def _after(turn: _Turn, known_imports: Mapping[int, str], now: datetime) -> SourceState:
    """Return what is known of a source after its turn."""
    before, error, fetched = turn.wanted.state, turn.error, turn.fetched
    at = state.written(now)
    if error is not None or fetched is None:
        reason = error if isinstance(error, SourceError) else SourceError("unreadable")
        wait = reason.retry_after_s
        return replace(
            before,
            result=reason.status,
            last_attempt=at,
            not_before=state.written(now + timedelta(seconds=wait)) if wait else None,
            wrong_since=before.wrong_since or at,
            n_wrong=before.n_wrong + 1,
            reason=reason.code,
            values=dict(reason.values),
            detail=reason.detail,
        )
    known = replace(
        before,
        result="ok",
        last_attempt=at,
        last_success=at,
        last_full=at if turn.wanted.is_full else before.last_full,
        not_before=None,
        wrong_since=None,
        n_wrong=0,
        reason=None,
        values={},
        detail="",
        fingerprint=fingerprint(turn.wanted.source),
        cursor=fetched.cursor or before.cursor,
        edge=dict(fetched.edge) if fetched.cursor else before.edge,
    )
    if fetched.is_unchanged:
        return known
    known.digest = fetched.digest
    known.full_digest = fetched.digest if fetched.is_full else None
    if fetched.agenda:
        known.agenda = fetched.agenda
    if turn.guard is not None and fetched.is_whole:
        known.columns = turn.guard.columns
        known.format = turn.guard.files.options.format
    if turn.account is not None and turn.account.has_changes:
        account = turn.account
        known.import_id, known.imported_at, known.last_change = account.import_id, at, at
        known.changes = {"new": account.new, "updated": account.updated, "withdrawn": account.withdrawn}
    elif known.import_id is None and known_imports:  # all of it was there already
        known.import_id = max(known_imports)
        known.imported_at = known_imports[known.import_id]
    return known


def _result(turn: _Turn) -> Result:
    name, seconds = turn.wanted.source.name, round(turn.seconds, 3)
    error, account, fetched = turn.error, turn.account, turn.fetched
    if error is not None:
        status = error.status if isinstance(error, SourceError) else "failed"
        return Result(name, status, seconds=seconds, message=str(error))
    if account is None:
        n = (fetched.n_records or 0) if fetched else 0
        return Result(name, "unchanged", read=n, unchanged=n, seconds=seconds)
    n_before = fetched.n_records - account.read if fetched and fetched.n_records is not None else 0
    return Result(
        name,
        "changed" if account.has_changes else "unchanged",
        read=account.read + max(0, n_before),
        new=account.new,
        updated=account.updated,
        unchanged=account.unchanged + max(0, n_before),
        rejected=account.rejected,
        withdrawn=account.withdrawn,
        seconds=seconds,
    )
