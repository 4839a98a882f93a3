"""Imports of several sources published together: each is taken whole or not at all, and does not touch the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from campaign.core.errors import CampaignError, IntakeError
from campaign.publish import migrate, pipeline, trail
from campaign.publish.account import Account
from campaign.publish.importing import Files
from campaign.publish.workspace import FULL_DISK, workspace

# Looks at the building copy before or after an import; raises a CampaignError to leave the import out.
Check = Callable[[duckdb.DuckDBPyConnection, Account], None]


@dataclass(frozen=True)
class Part:
    """The import of one source: its files, which options they have, what is looked at before and after it is taken.

    `is_small`: of a few records only, so that sharing its work between threads costs more than it gives.
    """

    files: Files
    before: Callable[[duckdb.DuckDBPyConnection], None]
    after: Check
    is_small: bool = False


def run_several(
    db: Path, parts: Sequence[Part], *, imported_at: datetime | None = None
) -> list[Account | CampaignError]:
    """Take each part into the event file and publish once, if anything changed; return an account or what was wrong, for each.

    An import that changes no event is not kept. Raises StoreError, BusyError or AssertionFailedError where nothing at all
    could be published.
    """
    if not parts:
        return []
    migrate.migrate(db)
    results: list[Account | CampaignError] = []
    with workspace(db, fresh=False) as work:
        pipeline.prepare(work.connection, is_new=work.is_new)
        trail.require(db)
        after = trail.last_number(db)
        for part in parts:
            results.append(_taken(work.connection, part, imported_at, after))
        if any(isinstance(result, Account) and result.has_changes for result in results):
            pipeline.finish(work.connection)
            work.publish()
            for part, result in zip(parts, results, strict=True):
                if isinstance(result, Account) and result.has_changes:
                    pipeline.note_import(db, part.files.options, result)
    return results


def _taken(
    connection: duckdb.DuckDBPyConnection, part: Part, imported_at: datetime | None, after: int
) -> Account | CampaignError:
    """Take one part in a transaction of its own, which is undone if the part fails, is refused, or changes nothing.

    The transaction begins once the records are staged: until then only working tables are written, and rows that a
    transaction has not yet committed have no numbers that follow their order, by which intake counts lines.
    """
    is_begun = is_kept = False

    def stage(connection: duckdb.DuckDBPyConnection) -> None:
        nonlocal is_begun
        for each in part.files.stages:
            each(connection)
        connection.execute("begin")
        is_begun = True

    if part.is_small:
        connection.execute("set threads = 1")
    try:
        part.before(connection)
        account = pipeline.take_import(connection, [stage], part.files.options, imported_at=imported_at, after=after)
        part.after(connection, account)
        is_kept = account.has_changes
        return account
    except CampaignError as error:
        return error
    except FULL_DISK:
        raise
    except duckdb.Error as error:
        return IntakeError(
            f"Ces événements n'ont pas pu être lus ({type(error).__name__}).",
            "Signalez ce cas avec le fichier de la source.",
        )
    finally:
        if is_begun:
            connection.execute("commit" if is_kept else "rollback")
        connection.execute("reset threads")
