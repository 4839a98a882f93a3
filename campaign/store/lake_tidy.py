"""What a lake no longer needs: old snapshots, and files of none; DuckLake itself never forgets."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from campaign.core.errors import StoreError
from campaign.core.language import say
from campaign.core.settings import is_lake
from campaign.store import lake, lake_connection

DAYS: Final = 30
SETTLED: Final = "1 hour"  # files are left for readers that began before a snapshot was forgotten


@dataclass(frozen=True)
class Tidied:
    """How many snapshots were forgotten, how many files removed."""

    snapshots: int
    files: int


def tidy(db: Path, *, days: int = DAYS, at_once: bool = False, orphans: bool = False, dry_run: bool = False) -> Tidied:
    """Forget the snapshots of more than so many days ago, but never the latest, and remove files that none needs any more.

    Files of forgotten snapshots go an hour later, so at the next run, or `at_once`; `orphans` also removes files of the lake's
    folder that no snapshot ever had, a day old at least, left by builds that died: nothing else may stand there. Raises
    StoreError for an event file that is no lake, BusyError while a build is under way.
    """
    if not is_lake(db):
        raise StoreError(
            say("Ce fichier d'événements n'est pas un lac."), say("Il n'y a rien à ranger (docs/scale.md).")
        )
    dry = ", dry_run => true" if dry_run else ""
    with lake.exclusive(db, of_any_version=True) as held:
        connection = held.connection
        try:
            n_snapshots = _count(
                connection,
                f"from ducklake_expire_snapshots('lake', older_than => now() - interval '{int(days)} days'{dry})",
            )
            which = "cleanup_all => true" if at_once else f"older_than => now() - interval '{SETTLED}'"
            n_files = _count(connection, f"from ducklake_cleanup_old_files('lake', {which}{dry})")
            if orphans:
                n_files += _count(
                    connection,
                    f"from ducklake_delete_orphaned_files('lake', older_than => now() - interval '1 day'{dry})",
                )
        except duckdb.Error as error:
            raise StoreError(
                say("Le lac n'a pas pu être rangé."),
                say("Vérifiez les droits sur ses fichiers."),
                detail=lake_connection.without_password(error),
            ) from error
    lake.forget()
    return Tidied(n_snapshots, n_files)


def _count(connection: duckdb.DuckDBPyConnection, statement: str) -> int:
    return len(connection.execute(statement).fetchall())
