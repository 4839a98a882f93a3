"""A document that is kept beside the event file, replaced as a whole; of a lake in its catalogue, the same for all machines.

Each machine has a copy of a lake's documents beside its copies of the lake, for readers, who do not ask the catalogue each time.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from campaign.core.errors import LakeAwayError, StoreError
from campaign.core.files import reason, write_whole
from campaign.core.language import Message, say
from campaign.core.settings import is_lake
from campaign.publish.workspace import locked
from campaign.store import lake, lake_documents

REFRESHED_EVERY_S: Final = 10.0
_refreshing: Final = threading.Lock()
_refreshed: dict[Path, float] = {}  # when the copy of a lake's document was last compared with the catalogue's


@dataclass(frozen=True)
class Document:
    """A kind of document: the ending of its file, its place in a lake's catalogue, what is said of who holds it, here or elsewhere."""

    ending: str
    entry: lake_documents.CatalogueEntry
    busy: Message

    def path_of(self, db: Path) -> Path:
        """Return where the document of an event file stands; for a lake, where this machine's copy of it does."""
        if is_lake(db):
            return lake.copy_name(db, self.ending)
        return db.with_name(f"{db.name}.{self.ending}")

    def read(self, db: Path) -> bytes | None:
        """Return the document, None where there is none. Raises StoreError if it may not be read or the lake does not answer."""
        if is_lake(db):
            self._compare(db)
        return self.copied(db)

    def copied(self, db: Path) -> bytes | None:
        """Return the document as it stands on this machine."""
        path = self.path_of(db)
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(
                say("{name} ne peut pas être lu : {reason}.", name=path.name, reason=reason(error)),
                say("Vérifiez ses droits."),
                detail=path,
            ) from error

    def refresh(self, db: Path) -> None:
        """Bring this machine's copy up to date, every ten seconds at most; where the lake is away it stays as it is."""
        if not is_lake(db):
            return
        path = self.path_of(db)
        with _refreshing:
            if time.monotonic() - _refreshed.get(path, -REFRESHED_EVERY_S) < REFRESHED_EVERY_S:
                return
            with suppress(LakeAwayError):  # which is told where the events are read
                lake.refuse_away(db)
                self._compare(db)
            _refreshed[path] = time.monotonic()

    def write(self, db: Path, content: bytes) -> None:
        """Put a document in its place, by rename; raises WriteError if that cannot be done."""
        if is_lake(db):
            lake_documents.put_document(db, self.entry, content.decode())
        write_whole(self.path_of(db), content)

    @contextmanager
    def only(self, db: Path) -> Iterator[None]:
        """Be the only one who changes it, on whatever machine; raises BusyError where another does not come to its end."""
        with (
            locked(self.path_of(db).with_suffix(".lock"), self.busy),
            lake_documents.only(db, self.entry, self.busy) if is_lake(db) else nullcontext(),
        ):
            yield

    def _compare(self, db: Path) -> None:
        document = lake_documents.document(db, self.entry)
        if document is not None and self.copied(db) != document.encode():
            write_whole(self.path_of(db), document.encode())
