"""One published event file, open for reading: a locked read-only connection, and what tells it from the next."""

import threading
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from campaign.core.errors import OtherCampaignError, StoreError
from campaign.core.language import say
from campaign.core.settings import settings
from campaign.profile import profile
from campaign.store import lake_connection, shape, whole
from campaign.store.version import SCHEMA_VERSION

MOST_IDLE: Final = 16  # cursors that wait for the next query

Identity = tuple[str, int, int, int]


@dataclass(frozen=True)
class FileDescription:
    """What an event file is: `has_real_events` when a real import is in it."""

    is_demo: bool
    has_real_events: bool


class Opened:
    """A locked read-only connection to an event file, and its cursors that wait for the next query."""

    def __init__(self, path: Path) -> None:
        self._idle: deque[duckdb.DuckDBPyConnection] = deque()
        self._connection = duckdb.connect(":memory:")
        try:
            quoted = str(path).replace("'", "''")
            self._connection.execute(f"attach '{quoted}' as campaign (read_only)")
            row = self._connection.execute("select * from campaign.file_info").fetchone()
            columns = [column[0] for column in self._connection.description or ()]
        except duckdb.Error as error:
            raise StoreError(
                say("Le fichier d'événements {name} n'est pas lisible.", name=path.name),
                say("Refaites-le : campaign demo, ou campaign import."),
                detail=error,
            ) from error
        whole.refuse_cut(self._connection, "campaign", path)
        info = dict(zip(columns, row or (), strict=False))
        if info.get("schema_version") != SCHEMA_VERSION:
            raise StoreError(
                say("Le fichier d'événements {name} est d'une autre version du schéma.", name=path.name),
                say("S'il est plus ancien : campaign migrate ; s'il est plus récent, mettez l'application à jour."),
            )
        refuse_other_campaign(str(info["profile"]), path.name)
        if lacking := shape.missing(self._connection, "campaign"):
            raise StoreError(
                say("Le fichier d'événements {name} vient d'un état intermédiaire de l'application.", name=path.name),
                say("Remettez une sauvegarde (campaign restore), ou importez de nouveau les fichiers d'origine."),
                detail=", ".join(lacking),
            )
        for setting in (
            f"set memory_limit = '{settings().reader_memory}'",
            f"set threads = {settings().reader_threads}",
            "set timezone = 'UTC'",
            "set enable_external_access = false",
            "set lock_configuration = true",
        ):
            self._connection.execute(setting)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a new cursor, for one query at a time."""
        cursor = self._connection.cursor()
        cursor.execute("use campaign")
        return cursor

    def take(self) -> duckdb.DuckDBPyConnection:
        """Return a cursor that nobody else has: one that was given back, or a new one."""
        try:
            return self._idle.pop()
        except IndexError:
            return self.cursor()

    def give_back(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Keep a cursor whose answer was read for the next query."""
        if len(self._idle) < MOST_IDLE:
            self._idle.append(cursor)
        else:
            cursor.close()


class Reader:
    """One published file, open as long as somebody reads from it."""

    def __init__(self, path: Path, identity: Identity) -> None:
        self.identity = identity
        self.opened = Opened(path)
        self.is_lost = False
        self._path = path
        self._renewing = threading.Lock()

    def is_whole_beside(self, other: Identity) -> bool:
        """Tell whether this file is still what was opened: another one took its name, nobody wrote over it."""
        return self.identity[1] != other[1]

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a new cursor, for one query at a time."""
        return self.opened.cursor()

    def renew(self, broken: Opened) -> None:
        """Open the file anew in the place of a connection that broke down, once for all who met with it.

        Where another file has taken its name, this one is lost: who holds it gets no more answers.
        """
        with self._renewing:
            if self.opened is not broken:
                return
            if identity_of(self._path) == self.identity:
                self.opened = Opened(self._path)
            else:
                self.is_lost = True


def refuse_other_campaign(slug: str, name: str = "") -> None:
    """Raise OtherCampaignError if an event file is of another campaign than the profile's; `slug` is the file's."""
    own = profile()
    if slug != own.id:
        raise OtherCampaignError(
            say(
                "Le fichier d'événements{name} est celui d'une autre campagne ({slug}) que le profil {id}.",
                name=name and f" {name}",
                slug=slug,
                id=own.id,
            ),
            say(
                "Donnez un autre fichier (CAMPAIGN_DB, --db), ou le dossier de la campagne {slug} à CAMPAIGN_PROFILE.",
                slug=slug,
            ),
        )


def identity_of(path: Path) -> Identity:
    """Return what distinguishes one published file from the next; raises StoreError if there is none."""
    try:
        stat = path.stat()
    except OSError as error:
        raise StoreError(
            say("Aucun fichier d'événements."),
            say("Écrivez-en un : campaign demo, ou campaign import."),
            detail=lake_connection.without_password(path),
        ) from error
    return (str(path), stat.st_ino, stat.st_mtime_ns, stat.st_size)


def describe(path: Path) -> FileDescription:
    """Return what the event file at `path` is; raises StoreError if it cannot be read."""
    with whole.readable(path):
        cursor = Reader(path, identity_of(path)).cursor()
        row = cursor.execute(
            "select is_demo, exists (select 1 from imports where not is_demo) as has_real_events from file_info"
        ).fetchone()
    assert row is not None  # noqa: S101  Reader has read this row
    return FileDescription(is_demo=bool(row[0]), has_real_events=bool(row[1]))
