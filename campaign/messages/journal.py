"""What was noticed and what was sent, kept beside the event file: `<file>.messages.json`, replaced as a whole.

Of a lake it is kept in the catalogue, so that no machine sends again what another has sent. It holds no address: a recipient is
a digest of theirs. `standing` are the conditions that were there at the last look, so that one that goes on is not told again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import orjson

from campaign.core.errors import StoreError
from campaign.core.language import say
from campaign.publish.beside import Document
from campaign.store import lake_documents

KEPT_ALERTS: Final = 200
KEPT: Final = timedelta(days=400)
DOCUMENT: Final = Document(
    "messages.json", lake_documents.MESSAGES, busy=say("D'autres messages partent en ce moment.")
)


@dataclass(frozen=True)
class Alert:
    """Something that people are told: which kind, of which regions, noticed when, with the values that its words need.

    `regions` are INSEE codes, of 2014 and of 2016, whose recipients hear of it; none: the country's.
    """

    key: str
    kind: str  # source_failed, source_held, quiet, target, record
    at: str
    regions: tuple[str, ...] = ()
    edition: int | None = None
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def moment(self) -> datetime:
        """When it was noticed."""
        return datetime.fromisoformat(self.at)


@dataclass
class Journal:
    """The alerts, oldest first; what was sent to whom and when; the conditions that stand."""

    alerts: list[Alert] = field(default_factory=list)
    sent: dict[str, str] = field(default_factory=dict)
    standing: list[str] = field(default_factory=list)

    def is_sent(self, key: str, to: str) -> bool:
        """Whether a message went to somebody, or was refused for good."""
        return f"{key}|{to}" in self.sent

    def note_sent(self, key: str, to: str, now: datetime) -> None:
        """Note that a message went to somebody, or was refused for good."""
        self.sent[f"{key}|{to}"] = now.astimezone(UTC).isoformat(timespec="seconds")

    def note(self, alerts: list[Alert]) -> list[Alert]:
        """Take in what was found now; return what is new: neither known by its key, nor the same condition that goes on."""
        known = {alert.key for alert in self.alerts}
        went_on = set(self.standing)
        new = [alert for alert in alerts if alert.key not in known and condition(alert) not in went_on]
        self.standing = [condition(alert) for alert in alerts]
        self.alerts = [*self.alerts, *new][-KEPT_ALERTS:]
        return new


def condition(alert: Alert) -> str:
    """Return what goes on while an alert stands: its key without the day on which it began, which stands behind the last @."""
    return alert.key.rpartition("@")[0]


def mark(alert: Alert) -> str:
    """Return what stands for an alert in an address."""
    return sha256(alert.key.encode()).hexdigest()[:16]


def path_of(db: Path) -> Path:
    """Return where it stands; for a lake, where this machine's copy of it does."""
    return DOCUMENT.path_of(db)


def load(db: Path) -> Journal:
    """Return what is known; nothing without a file. Raises StoreError for one that cannot be read: all would be sent again."""
    return _journal(db, DOCUMENT.read(db))


def copied(db: Path) -> Journal:
    """Return what is known on this machine, for readers: at most some seconds old. Raises StoreError as `load` does."""
    DOCUMENT.refresh(db)
    return _journal(db, DOCUMENT.copied(db))


def _journal(db: Path, content: bytes | None) -> Journal:
    if content is None:
        return Journal()
    try:
        document = orjson.loads(content)
        names = {each.name for each in fields(Alert)}
        alerts = [Alert(**{k: v for k, v in given.items() if k in names}) for given in document["alerts"]]
        return Journal(alerts, dict(document["sent"]), list(document["standing"]))
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(
            say("{name} est abîmé : on ne sait plus ce qui a été envoyé.", name=path_of(db).name),
            say("Remettez une copie, ou supprimez-le : ce qui est en cours sera envoyé de nouveau."),
        ) from error


def save(db: Path, journal: Journal, now: datetime) -> None:
    """Put it in its place, by rename; raises WriteError if it cannot be written."""
    oldest = (now - KEPT).astimezone(UTC).isoformat(timespec="seconds")
    journal.sent = {key: at for key, at in journal.sent.items() if at >= oldest}
    DOCUMENT.write(db, orjson.dumps(asdict(journal), option=orjson.OPT_INDENT_2))


@contextmanager
def opened(db: Path) -> Iterator[Journal]:
    """Give the journal to one run at a time; each message is noted by `save` as it goes."""
    with DOCUMENT.only(db):
        yield load(db)
