"""`campaign migrate`: the event file brought to the schema of this version."""

import time
from pathlib import Path

from campaign.cli.options import Db, console, event_file, out, readable_errors
from campaign.core.errors import BusyError
from campaign.core.language import _
from campaign.publish import migrate as migration
from campaign.store.lake_connection import without_password

PATIENCE_S = 120.0


def migrate(db: Db = None) -> None:
    """Met à niveau un fichier d'une version antérieure ; une copie de l'ancien est gardée à côté."""
    path = event_file(db)
    with readable_errors():
        has_migrated = made_current(path)
    if not has_migrated:
        out(_("{path} : rien à mettre à niveau.", path=without_password(path)))


def made_current(path: Path) -> bool:
    """Migrate an older event file, waiting for another process that does; return whether this one did it."""
    latest = time.monotonic() + PATIENCE_S
    while True:
        try:
            outcome = migration.migrate(path)
        except BusyError:
            if time.monotonic() > latest:
                raise
            time.sleep(0.5)
            continue
        if outcome is not None:
            console.print(
                _(
                    "{path} : schéma {before} mis au niveau {after}. L'ancien fichier : {copy}.",
                    path=without_password(path),
                    before=outcome.before,
                    after=outcome.after,
                    copy=outcome.copy,
                )
            )
        return outcome is not None
