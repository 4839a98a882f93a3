"""Who did what, when, from which file: lines that outlive undoing and republishing, beside the event file or in a lake's catalogue.

Each import, undoing, decision and change of the followed sources appends one line, at once on disk; none is ever changed. An import
that was undone stays here as it was, and its number is not used again. Only coordinators and the command line read it: it names accounts.
"""

import fcntl
import getpass
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypedDict, Unpack

import duckdb

from campaign.core.errors import StoreError
from campaign.core.language import say
from campaign.core.settings import is_lake
from campaign.store import lake_documents

ENDING: Final = ".trail.jsonl"
_NUMBER: Final = re.compile(r'"import_id": (\d+)')
_acting: ContextVar[str | None] = ContextVar("acting", default=None)


@dataclass(frozen=True)
class Entry:
    """One action: by whom, of which import, what it was done to (a source, a file, a pair of
    events), how many events it changed, which imports it took back."""

    at: datetime
    by: str
    action: str
    import_id: int | None = None
    source: str | None = None
    files: tuple[str, ...] = ()
    what: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    undone: tuple[Mapping[str, Any], ...] = field(default=())


@contextmanager
def acting(who: str) -> Iterator[None]:
    """Say who does what is done within the block."""
    token = _acting.set(who)
    try:
        yield
    finally:
        _acting.reset(token)


def act_as(who: str) -> None:
    """Say who does what this process does: a command is one person's."""
    _acting.set(who)


def actor() -> str:
    """Return who acts: who was named, else the system's account."""
    return _acting.get() or account()


def account() -> str:
    """Return the name of the system's account."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return str(os.getuid())


def person(by: str | None) -> str:
    """Return whose an action is: the account in « campaign import (marie) », whatever it was done by."""
    return (by or "").rpartition("(")[2].rstrip(")").strip()


def place(db: Path) -> Path:
    """Return the file beside an event file that is not a lake."""
    return db.with_name(f"{db.name}{ENDING}")


def require(db: Path) -> None:
    """Raise StoreError if nothing could be written to the trail: what leaves no trace is not done."""
    if is_lake(db):
        return  # its catalogue is written anyway
    with _opened(db):
        pass


class Details(TypedDict, total=False):
    """What a line of the trail says beside the action, all of it optional."""

    by: str | None
    at: datetime | None
    import_id: int | None
    source: str | None
    files: Sequence[str]
    what: str | None
    counts: Mapping[str, int] | None
    undone: Sequence[Mapping[str, Any]]


def record(db: Path, action: str, **details: Unpack[Details]) -> None:
    """Append what was done. Raises StoreError if it cannot be written."""
    append(db, [line(action, **details)])


def line(
    action: str,
    *,
    by: str | None = None,
    at: datetime | None = None,
    import_id: int | None = None,
    source: str | None = None,
    files: Sequence[str] = (),
    what: str | None = None,
    counts: Mapping[str, int] | None = None,
    undone: Sequence[Mapping[str, Any]] = (),
) -> str:
    """Return an action as a line of the trail."""
    given = {
        "at": (at or datetime.now(UTC)).isoformat(timespec="seconds"),
        "by": by or actor(),
        "action": action,
        "import_id": import_id,
        "source": source,
        "files": list(files),
        "what": what,
        "counts": counts,
        "undone": list(undone),
    }
    return json.dumps({name: value for name, value in given.items() if value}, ensure_ascii=False, default=str)


def append(db: Path, lines: Sequence[str]) -> None:
    """Append lines, all at once. Raises StoreError if they cannot be written."""
    if not lines:
        return
    if is_lake(db):
        lake_documents.append_trail(db, lines)
        return
    with _opened(db) as file:
        os.write(file, "".join(f"{line}\n" for line in lines).encode())
        os.fsync(file)


def entries(db: Path) -> list[Entry]:
    """Return what was done, the latest first; a line that a crash left half written is passed over."""
    entries = []
    for line in _lines(db):
        try:
            fields = json.loads(line)
            entries.append(
                Entry(
                    at=datetime.fromisoformat(fields["at"]),
                    by=fields["by"],
                    action=fields["action"],
                    import_id=fields.get("import_id"),
                    source=fields.get("source"),
                    files=tuple(fields.get("files", ())),
                    what=fields.get("what"),
                    counts=fields.get("counts", {}),
                    undone=tuple(fields.get("undone", ())),
                )
            )
        except (ValueError, KeyError, TypeError):
            continue
    return entries[::-1]


def last_number(db: Path) -> int:
    """Return the highest number that an import ever had, 0 if none is known here."""
    # a season of followed sources leaves more lines than are read one by one in no time
    return max((int(number) for each in _lines(db) for number in _NUMBER.findall(each)), default=0)


def undone(db: Path) -> list[dict[str, Any]]:
    """Return the imports that were undone, as they were, the latest first, each with `undone_at` and `undone_by`."""
    rows = [
        {**row, "imported_at": datetime.fromisoformat(str(row["imported_at"])), "undone_at": entry.at, "undone_by": entry.by}
        for entry in entries(db)
        for row in entry.undone
    ]  # fmt: skip
    return sorted(rows, key=lambda row: int(row["import_id"]), reverse=True)


def stored_rows(connection: duckdb.DuckDBPyConnection, sql: str, params: Sequence[object]) -> list[dict[str, Any]]:
    """Return rows of a statement as an entry keeps them."""
    cursor = connection.execute(sql, list(params))
    names = [column[0] for column in cursor.description or ()]
    return [
        {name: value.isoformat() if isinstance(value, datetime) else value for name, value in zip(names, row, strict=True)}
        for row in cursor.fetchall()
    ]  # fmt: skip


def _lines(db: Path) -> list[str]:
    if is_lake(db):
        return lake_documents.trail(db)
    try:
        return place(db).read_text("utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _unusable(db, error) from error


@contextmanager
def _opened(db: Path) -> Iterator[int]:
    """Give the file's descriptor, held alone, at its end, where a new line begins."""
    path = place(db)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError as error:
        raise _unusable(db, error) from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        size = os.fstat(file).st_size
        if size and os.pread(file, 1, size - 1) != b"\n":
            os.write(file, b"\n")
        yield file
    except OSError as error:
        raise _unusable(db, error) from error
    finally:
        os.close(file)


def _unusable(db: Path, error: OSError) -> StoreError:
    return StoreError(
        say("Le journal des actions ({name}) n'est pas accessible.", name=place(db).name),
        say("Vérifiez la place sur le disque et ses droits : il est à qui publie."),
        detail=error,
    )
