"""What a lake's catalogue keeps beside its tables: documents of states and messages, and the trail of actions."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from campaign.core.errors import BusyError
from campaign.core.language import Message, say
from campaign.core.settings import settings
from campaign.store.lake_connection import address_of, connected, has_table, readable_errors, value_of

LOCK: Final = 20_081_102  # any number, not the one of builders (campaign/store/lake.py)
TRAIL: Final = "campaign_trail"


@dataclass(frozen=True)
class CatalogueEntry:
    """A document kept in the catalogue (campaign/publish/beside.py): its table, and the lock of those who change it."""

    table: str
    lock: int


STATES: Final = CatalogueEntry("campaign_sources", LOCK)
MESSAGES: Final = CatalogueEntry("campaign_messages", LOCK + 1)


def put_document(db: Path, entry: CatalogueEntry, document: str) -> None:
    """Keep a document in the catalogue, in place of the one before."""
    with connected(address_of(db)) as connection, readable_errors():
        connection.execute(
            f"create table if not exists catalogue.{entry.table} (written timestamptz, document varchar)"
        )
        connection.execute("begin")
        connection.execute(f"delete from catalogue.{entry.table}")  # noqa: S608
        connection.execute(f"insert into catalogue.{entry.table} values (now(), ?)", [document])  # noqa: S608
        connection.execute("commit")


def document(db: Path, entry: CatalogueEntry) -> str | None:
    """Return what was kept by `put_document`, None if nothing was."""
    with connected(address_of(db)) as connection, readable_errors():
        if not has_table(connection, entry.table):
            return None
        row = connection.execute(f"select document from catalogue.{entry.table} limit 1").fetchone()  # noqa: S608
        return None if row is None else str(row[0])


@contextmanager
def only(db: Path, entry: CatalogueEntry, busy: Message) -> Iterator[None]:
    """Hold the lock of those who change a document, on whatever machine; raises BusyError, saying `busy`, after the time to wait."""
    with connected(address_of(db)) as holder:
        with readable_errors():
            holder.execute("begin")  # the lock is this transaction's
            latest = time.monotonic() + settings().wait_seconds
            statement = f"from postgres_query('catalogue', 'select pg_try_advisory_xact_lock({entry.lock})')"
            while not value_of(holder, statement):
                if time.monotonic() > latest:
                    raise BusyError(busy, say("Attendez sa fin, puis relancez la commande."))
                time.sleep(0.5)
        yield


def append_trail(db: Path, lines: Sequence[str]) -> None:
    """Append lines to the trail of actions (campaign/publish/trail.py), a table of its own in the catalogue."""
    with connected(address_of(db)) as connection, readable_errors():
        connection.execute(f"create table if not exists catalogue.{TRAIL} (written timestamptz, line varchar)")
        connection.execute(
            # each a microsecond later than the one before, as they are read in this order
            f"insert into catalogue.{TRAIL} select now() + to_microseconds(position), line"  # noqa: S608
            " from (select unnest($1::varchar[]) as line, generate_subscripts($1::varchar[], 1) as position)",
            [list(lines)],
        )


def trail(db: Path) -> list[str]:
    """Return the lines of a lake's trail of actions, the oldest first."""
    with connected(address_of(db)) as connection, readable_errors():
        if not has_table(connection, TRAIL):
            return []
        rows = connection.execute(f"select line from catalogue.{TRAIL} order by written").fetchall()  # noqa: S608
        return [str(row[0]) for row in rows]
