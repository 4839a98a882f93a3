"""Which followed sources are to be read, and what of each: what changed since the last reading, or all of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final

import duckdb

from campaign.follow import state
from campaign.follow.followed import Followed
from campaign.follow.reading import Wanted
from campaign.follow.state import SourceState
from campaign.store import lake

EARLY_S: Final = 30.0  # a timer does not ring to the second


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
    inputs: tuple[object, ...] = (source.url, source.format, mapping)
    return sha256(repr(inputs if source.region is None else (*inputs, source.region)).encode()).hexdigest()[:16]


def known_imports(db: Path) -> dict[int, str]:
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


def wanted(
    source: Followed,
    known: SourceState | None,
    imports: Mapping[int, str],
    now: datetime,
    *,
    is_full: bool,
    is_allowed: bool,
) -> Wanted:
    """Return what is to be read of a source, by what is known of it and the instants of the event file's imports, by number."""
    current = known or SourceState()
    is_kept = current.import_id is not None and imports.get(current.import_id) == current.imported_at
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
    # what was held is what is to come through, or stays held: a reading of what changed since would find nothing wrong
    is_full = is_full or current.result == "held"
    last_full = state.instant(current.last_full)
    is_due_full = (
        last_full is None or last_full > now or (now - last_full).total_seconds() >= source.full_every_s - EARLY_S
    )
    return Wanted(source, current, is_full=is_full or is_due_full, is_allowed=is_allowed)
