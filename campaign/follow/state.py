"""What is known of each followed source, kept beside the event file: `<file>.sources.json`, replaced as a whole.

Of a lake it is kept in the catalogue, for whoever reads it on whatever machine; each has a copy beside its copies of the lake.

It holds no address and no key. An edge is what the source gave at its latest instant of modification, by identifier: a reading of
what changed since begins there again, and knows by it that nothing did.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import orjson

from campaign.core.language import Message, message_of, say
from campaign.publish.beside import Document
from campaign.store import lake_documents


@dataclass
class SourceState:
    """The state of one source; instants are ISO 8601 in UTC. `result` is "ok", "held", "failed" or "never".

    `import_id` and `imported_at` name the last import that brought something: where the event file no longer has it, all is
    read again. `detail` is what else is said of the reason, for those who follow the source. `fingerprint` is of what was asked
    for; another one asks for everything again.
    """

    result: str = "never"
    last_attempt: str | None = None
    last_success: str | None = None
    last_change: str | None = None
    last_full: str | None = None
    not_before: str | None = None
    wrong_since: str | None = None
    n_wrong: int = 0
    reason: str | None = None
    values: dict[str, str | int] = field(default_factory=dict)
    detail: str | Message = ""
    changes: dict[str, int] = field(default_factory=dict)
    cursor: str | None = None
    edge: dict[str, str] = field(default_factory=dict)
    digest: str | None = None
    full_digest: str | None = None
    fingerprint: str | None = None
    format: str | None = None
    columns: list[str] = field(default_factory=list)
    agenda: str | None = None
    import_id: int | None = None
    imported_at: str | None = None


States = dict[str, SourceState]

DOCUMENT: Final = Document(
    "sources.json",
    lake_documents.STATES,
    busy=say("Une autre synchronisation est en cours sur ce fichier."),
)


def path_of(db: Path) -> Path:
    """Return where the state of the sources of an event file stands; for a lake, where this machine's copy of it does."""
    return DOCUMENT.path_of(db)


def load(db: Path) -> States:
    """Return the states by the source's name; without a file, or with one that cannot be read, nothing is known of any.

    Raises StoreError for a file that may not be read, or a lake that does not answer.
    """
    return _states(DOCUMENT.read(db))


def refresh(db: Path) -> None:
    """Bring this machine's copy of a lake's states up to date, every ten seconds at most; where the lake is away it stays as it is."""
    DOCUMENT.refresh(db)


@contextmanager
def only_sync(db: Path) -> Iterator[None]:
    """Be the only one who reads the followed sources of an event file; raises BusyError where another does not come to its end."""
    with DOCUMENT.only(db):
        yield


def copied(db: Path) -> States:
    """Return the states as they stand on this machine."""
    return _states(DOCUMENT.copied(db))


def _states(content: bytes | None) -> States:
    try:
        document = orjson.loads(content or b"{}")
    except orjson.JSONDecodeError:
        return {}
    names = {each.name for each in fields(SourceState)}
    sources = document.get("sources", {}) if isinstance(document, dict) else {}
    return {
        name: SourceState(
            **{k: v for k, v in given.items() if k in names} | {"detail": message_of(given.get("detail", ""))}
        )
        for name, given in sources.items()
    }


def save(db: Path, states: Mapping[str, SourceState]) -> None:
    """Put the states in their place, by rename; raises WriteError if that cannot be written."""
    given: dict[str, Any] = {"sources": {name: vars(state) for name, state in states.items()}}
    DOCUMENT.write(db, orjson.dumps(given, option=orjson.OPT_INDENT_2))


def instant(text: str | None) -> datetime | None:
    """Return an instant that is kept as text."""
    return datetime.fromisoformat(text) if text else None


def written(moment: datetime) -> str:
    """Return an instant as it is kept."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
