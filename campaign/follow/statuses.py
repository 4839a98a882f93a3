"""What people are told of the followed sources: status, last success, what changed, what is wrong. Never an address or a key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

from campaign.core.errors import CampaignError
from campaign.core.language import Message
from campaign.core.settings import settings
from campaign.follow import followed, opendatasoft, planning, state
from campaign.follow.followed import Followed
from campaign.follow.state import SourceState

FEEDS: Final = ("rss", "atom")


@dataclass(frozen=True)
class SourceStatus:
    """What may be said of a source: to anybody, but for `detail`."""

    name: str
    licence: str
    status: str  # ok, held, failed, paused, never
    last_attempt: datetime | None
    last_success: datetime | None
    last_change: datetime | None
    next_run: datetime | None
    wrong_since: datetime | None
    n_wrong: int
    reason: str | None
    values: Mapping[str, str | int]
    detail: str | Message  # of the reason: not for everybody, since it may quote what a file holds
    changes: Mapping[str, int]
    every: str
    is_stale: bool
    is_whole_only: bool  # it does not say when its events were modified: all of them are read each time
    is_feed: bool  # it shows the latest entries alone: nothing is withdrawn by it
    silent_since: datetime | None


def statuses(db: Path | None = None, now: datetime | None = None) -> list[SourceStatus]:
    """Return what is known of each followed source, in the order of their file; none where none is followed or it cannot be read."""
    db = db or settings().db
    now = now or datetime.now(UTC)
    try:
        state.refresh(db)
        sources, states = _read(_identity(settings().sources), settings().sources, _identity(state.path_of(db)), db)
    except CampaignError:
        return []  # the commands say what is wrong with the files
    return [_status(source, states.get(source.name) or SourceState(), now) for source in sources]


def is_stale(sources: list[SourceStatus]) -> bool:
    """Tell whether a source that is not paused had no success for twice the time between two readings."""
    return any(each.is_stale for each in sources)


def _status(source: Followed, known: SourceState, now: datetime) -> SourceStatus:
    last_success = state.instant(known.last_success)
    since = last_success or state.instant(source.added) or state.instant(known.wrong_since)
    is_stale = not source.paused and since is not None and now - since > timedelta(seconds=2 * source.every_s)
    return SourceStatus(
        name=source.name,
        licence=source.licence,
        status="paused" if source.paused else known.result,
        last_attempt=state.instant(known.last_attempt),
        last_success=last_success,
        last_change=state.instant(known.last_change),
        next_run=None if source.paused else planning.next_run(source, known, now),
        wrong_since=state.instant(known.wrong_since),
        n_wrong=known.n_wrong,
        reason=known.reason,
        values=known.values,
        detail=known.detail,
        changes=known.changes,
        every=source.every,
        is_stale=is_stale,
        is_whole_only=opendatasoft.is_address(source.address) and bool(known.last_success) and known.cursor is None,
        is_feed=known.format in FEEDS,
        silent_since=since if is_stale else None,
    )


def _identity(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=8)
def _read(
    _file: tuple[int, int, int] | None, path: Path, _state: tuple[int, int, int] | None, db: Path
) -> tuple[list[Followed], Mapping[str, SourceState]]:
    """Read both files again only when one of them was replaced: every page asks."""
    return followed.load(path), state.copied(db)
