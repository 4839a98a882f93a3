"""What is known of each followed source, kept beside the event file: `<file>.sources.json`, replaced as a whole.

It holds no address and no key. An edge is what the source gave at its latest instant of modification, by identifier: a reading of
what changed since begins there again, and knows by it that nothing did.
"""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from campaign.core.errors import StoreError
from campaign.core.settings import settings
from campaign.store import lake


@dataclass
class SourceState:
    """The state of one source; instants are ISO 8601 in UTC. `result` is "ok", "held", "failed" or "never".

    `import_id` and `imported_at` name the last import that brought something: where the event file no longer has it, all is
    read again. `fingerprint` is of what was asked for; another one asks for everything again.
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
    detail: str = ""
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


def path_of(db: Path) -> Path:
    """Return where the state of the sources of an event file stands; for a lake, beside this machine's copies."""
    if lake.is_lake(db):
        return settings().lake_copies / "lake.sources.json"
    return db.with_name(f"{db.name}.sources.json")


def load(db: Path) -> States:
    """Return the states by the source's name; without a file, or with one that cannot be read, nothing is known of any."""
    try:
        document = orjson.loads(path_of(db).read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return {}
    except OSError as error:
        raise StoreError(f"{path_of(db)} ne peut pas être lu : {error.strerror}.", "Vérifiez ses droits.") from error
    names = {each.name for each in fields(SourceState)}
    found = document.get("sources", {}) if isinstance(document, dict) else {}
    return {name: SourceState(**{k: v for k, v in given.items() if k in names}) for name, given in found.items()}


def save(db: Path, states: Mapping[str, SourceState]) -> None:
    """Put the states in their place, by rename; raises StoreError if that cannot be written."""
    path = path_of(db)
    part = path.with_name(f"{path.name}.part")
    document: dict[str, Any] = {"sources": {name: asdict(state) for name, state in states.items()}}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as target:
            target.write(orjson.dumps(document, option=orjson.OPT_INDENT_2))
            target.flush()
            os.fsync(target.fileno())
        part.replace(path)
    except OSError as error:
        raise StoreError(
            f"L'état des sources n'a pas pu être écrit : {error.strerror}.",
            "Vérifiez la place et les droits sur le disque.",
        ) from error


def instant(text: str | None) -> datetime | None:
    """Return an instant that is kept as text."""
    return datetime.fromisoformat(text) if text else None


def written(moment: datetime) -> str:
    """Return an instant as it is kept."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
