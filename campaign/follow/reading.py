"""What is asked of a source and what it gave, whatever its kind; records of a list, by identifier and instant of modification."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import orjson

from campaign.follow.followed import Followed
from campaign.follow.state import SourceState

MOST_AT_EDGE: Final = 2000
USUAL: Final = 0.9  # a key that so many records have is one that the source gives
FEWEST_TELLING: Final = 3  # records that show which keys are usual
# What changes with the day, not with the event.
OF_THE_DAY: Final = ("nextTiming", "dateRange")

Record = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """What to read: the source, what is known of it, whether everything and to withdraw by it, and whether doubts are set aside."""

    source: Followed
    state: SourceState
    is_full: bool
    is_allowed: bool

    @property
    def is_known(self) -> bool:
        """Whether the source has brought events, so that nothing at all is a reason for doubt."""
        return self.state.import_id is not None


@dataclass(frozen=True)
class Fetched:
    """What a source gave: `files` to import, all of its events (`is_whole`) or what changed since; whether to withdraw by it.

    `n_records` is known where the records were looked at; `is_unchanged`: there is nothing to import; `kind` is what the source
    is, where its files do not tell.
    """

    files: tuple[Path, ...] = ()
    is_whole: bool = True
    is_full: bool = False
    is_unchanged: bool = False
    n_records: int | None = None
    digest: str | None = None
    cursor: str | None = None
    edge: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    agenda: str | None = None
    kind: str | None = None


@dataclass
class Tally:
    """What is noted of records as they pass: digests, the latest instant and what stands there, how many have each key."""

    id_field: str
    modified_field: str | None
    n: int = 0
    cursor: str | None = None
    edge: dict[str, str] = field(default_factory=dict)
    keys: Counter[str] = field(default_factory=Counter)
    ids: set[str] = field(default_factory=set)
    _latest: datetime | None = None
    _digests: list[str] = field(default_factory=list)

    def note(self, record: Record) -> str:
        """Note a record; return its digest."""
        lasting_fields = {key: value for key, value in record.items() if key not in OF_THE_DAY}
        digest = sha256(orjson.dumps(lasting_fields, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]
        self.n += 1
        self._digests.append(digest)
        self.keys.update(key for key, value in record.items() if value not in (None, "", [], {}))
        identifier = str(record.get(self.id_field) or digest)
        self.ids.add(identifier)
        modified = record.get(self.modified_field) if self.modified_field else None
        moment = moment_of(modified)
        if moment is not None and (self._latest is None or moment >= self._latest):
            if moment != self._latest:
                self.edge.clear()
            self._latest, self.cursor = moment, str(modified)
            self.edge[identifier] = digest
        return digest

    @property
    def digest(self) -> str:
        """The digest of all records, in whatever order they came."""
        return sha256("".join(sorted(self._digests)).encode()).hexdigest()

    @property
    def usual_keys(self) -> tuple[str, ...]:
        """The keys that nearly every record has."""
        if self.n < FEWEST_TELLING:
            return ()
        return tuple(sorted(key for key, n in self.keys.items() if n >= USUAL * self.n))

    @property
    def kept_edge(self) -> dict[str, str]:
        """The records of the latest instant, by identifier; none where there are too many to keep."""
        return dict(self.edge) if len(self.edge) <= MOST_AT_EDGE else {}


def moment_of(text: object) -> datetime | None:
    """Return an instant of modification, None for what is none."""
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def later(first: str | None, second: str | None) -> str | None:
    """Return the later one of two instants, as it was written."""
    a, b = moment_of(first), moment_of(second)
    if a is None or b is None:
        return second if a is None else first
    return first if a >= b else second


def document(around: Mapping[str, Any], name: str, records: Iterable[Record], path: Path) -> None:
    """Write records as a document that is imported as a file is."""
    path.write_bytes(orjson.dumps({**around, name: list(records)}))
