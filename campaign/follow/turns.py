"""A source's turn in a run: what was wanted and what came of it, as a result to tell and as what is known of the source from now on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from campaign.core.errors import CampaignError
from campaign.follow import planning, state
from campaign.follow.holding import Guard
from campaign.follow.problems import SourceError
from campaign.follow.reading import Fetched, Wanted
from campaign.follow.state import SourceState
from campaign.publish.account import Account


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
class Turn:
    """A source's turn in a run: what is wanted, what it gave or what was wrong, how long it took."""

    wanted: Wanted
    fetched: Fetched | None = None
    guard: Guard | None = None
    account: Account | None = None
    error: CampaignError | None = None
    seconds: float = 0.0


def state_after(turn: Turn, imports: Mapping[int, str], now: datetime) -> SourceState:
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
            detail=reason.cause,
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
        fingerprint=planning.fingerprint(turn.wanted.source),
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
    elif known.import_id is None and imports:  # all of it was there already
        known.import_id = max(imports)
        known.imported_at = imports[known.import_id]
    return known


def result(turn: Turn) -> Result:
    """Return what is told of a turn."""
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
