"""One run over the followed sources: which are due, what each gives, one published file, and what is known of each afterwards."""

import sqlite3
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from hishel import SqliteStorage

from campaign.core import apart
from campaign.core.errors import CampaignError, StoreError
from campaign.core.files import reason
from campaign.core.language import Message, say
from campaign.follow import followed, planning, publishing, state, turns
from campaign.follow.asking import ask
from campaign.follow.fetcher import open_cache
from campaign.follow.problems import SourceError
from campaign.follow.state import SourceState
from campaign.follow.turns import Result, Turn
from campaign.intake.apart import MODULE as READER
from campaign.intake.files import scratch
from campaign.publish import trail

AT_ONCE: Final = 4  # sources asked at the same time
DISK: Final = (OSError, sqlite3.Error)  # what is raised where an answer, or its copy in the cache, cannot be written
Clock = Callable[[], datetime]


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
                or planning.is_due(each, states.get(each.name), now)
                or (is_allowed and not each.paused and states.get(each.name, SourceState()).result == "held")
            ]
        if not chosen:
            return []
        imports = planning.known_imports(db)
        ran = [
            Turn(planning.wanted(each, states.get(each.name), imports, now, is_full=is_full, is_allowed=is_allowed))
            for each in chosen
        ]
        with (
            scratch.folder() as folder,
            closing(_cache(memory := _memory(db))) as cache,
            ThreadPoolExecutor(max_workers=AT_ONCE) as askers,
        ):
            publishing.publish(db, ran, _begin_to_ask(askers, ran, folder, cache), folder, ran_by, now, memory)
        for turn in ran:
            states[turn.wanted.source.name] = turns.state_after(turn, imports, now)
        state.save(db, states)
        _note(db, ran, ran_by, is_allowed=is_allowed)
    return [turns.result(turn) for turn in ran]


def _memory(db: Path) -> Path:
    """Return the folder for what need not be asked or looked up again: answers, places."""
    return state.path_of(db).with_suffix(".cache")


def _cache(memory: Path) -> SqliteStorage:
    try:
        return open_cache(memory)
    except DISK as error:
        raise StoreError(
            say("La mémoire des réponses, à côté du fichier d'événements, n'a pas pu être ouverte."),
            say("Vérifiez la place et les droits sur le disque ; ce dossier (.cache) peut être supprimé."),
            detail=error,
        ) from error


def _why(error: Exception) -> Message:
    """Return what the system said of a file that it did not write."""
    return say("Le système dit : {reason}.", reason=reason(error) if isinstance(error, OSError) else error)


def _note(db: Path, ran: Sequence[Turn], ran_by: str, *, is_allowed: bool) -> None:
    """Write a run that brought something to the trail of actions, and each time that a doubt was set aside; a timer runs often."""
    changed = [turn.wanted.source.name for turn in ran if turn.account is not None and turn.account.has_changes]
    if changed:
        trail.record(db, "let_through" if is_allowed else "sync", by=ran_by or None, source=" + ".join(changed))


def _begin_to_ask(
    askers: ThreadPoolExecutor, ran: Sequence[Turn], folder: Path, cache: SqliteStorage
) -> "list[Future[None]]":
    """Ask each source in its turn, some at the same time; what comes of it is noted there."""

    def fetch(number: int, turn: Turn) -> None:
        begun = time.monotonic()
        own = folder / f"followed-{number}"
        own.mkdir()
        try:
            turn.fetched = ask(turn.wanted, own, cache)
        except CampaignError as error:
            turn.error = error
        except DISK as error:
            turn.error = SourceError("not_written", detail=_why(error))
        else:
            if not turn.fetched.is_unchanged:
                apart.begin(READER)  # what reads it starts while others are still asked
        turn.seconds = time.monotonic() - begun

    return [askers.submit(fetch, number, turn) for number, turn in enumerate(ran)]


__all__ = ["Result", "sync"]
