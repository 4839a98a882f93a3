"""A source tried: read whole and taken into a copy of the event file that is thrown away, to see what it would bring."""

from pathlib import Path

from campaign import intake
from campaign.core.errors import IntakeError
from campaign.follow import followed
from campaign.follow.asking import ask, mapping_of
from campaign.follow.by_name import ByName
from campaign.follow.fetcher import open_cache
from campaign.follow.followed import Followed
from campaign.follow.reading import Wanted
from campaign.follow.state import SourceState
from campaign.intake.files import scratch
from campaign.publish.account import Account
from campaign.publish.importing import run_import


def run(db: Path, source: Followed) -> tuple[Account, intake.Staged, bytes]:
    """Return the account of all that a source gives, what was understood of it, and the report line by line.

    Nothing is published, and nothing is kept of it. Raises IntakeError (a SourceError where it cannot be read), StoreError or
    BusyError.
    """
    followed.check(source)
    wanted = Wanted(source, SourceState(), is_full=True, is_allowed=True)
    with scratch.folder() as folder:
        own = folder / "tried"
        own.mkdir()
        cache = open_cache(folder / "cache")
        try:
            fetched = ask(wanted, own, cache)
        finally:
            cache.close()
        by_name = ByName(fetched.files, source.name)
        report = folder / "rapport.csv"
        try:
            account, staged = run_import(
                db,
                fetched.files,
                format=source.format,
                source=source.name,
                mapping=mapping_of(source),
                licence=source.licence,
                dry_run=True,
                is_full=fetched.is_full,
                report=report,
            )
        except IntakeError as error:
            message, remedy = error.texts
            error.texts = by_name.message(message), by_name.message(remedy)
            raise
        return by_name.account(account), by_name.staged(staged), by_name.report(report)
