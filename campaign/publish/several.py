"""Imports of several sources published together: each is taken whole or not at all, and does not touch the others.

Small ones are taken together, since planning a statement costs more than running it on a few hundred records: their records stand
in the same working tables, each with the number of its part. One that fails, is refused or changes nothing is left out, and the
others are taken again without it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import duckdb

from campaign.core.errors import CampaignError, IntakeError
from campaign.core.language import say
from campaign.intake import STAGING, apart, types
from campaign.publish import accounting, migrate, pipeline, trail
from campaign.publish.account import Account
from campaign.publish.importing import Files
from campaign.publish.place_memory import PlaceMemory
from campaign.publish.workspace import FULL_DISK

SMALL: Final = (
    256 << 10
)  # bytes to import, some hundred events: sharing their work between threads costs more than it gives
ROW_GROUP: Final = 122_880  # rows that DuckDB reads with one thread, however many there are
TOGETHER: Final = 16 << 20  # bytes of the imports that are taken together
_NEW: Final = 2**31 - 1  # the number of an import that is to come
_STAGED: Final = ("staged_records", "staged_rejects", "staged_warnings")
_ERRORS: Final = (CampaignError, duckdb.Error)

Standing = Mapping[str, int]  # what a source has in the event file: a row of standing.sql
# Judges an import by what its source had and has now; raises a CampaignError to leave the import out.
Check = Callable[[Standing, Standing, Account], None]


@dataclass(frozen=True)
class Part:
    """The import of one source: its files and how many bytes they have, and what judges it once it is taken."""

    files: Files
    n_bytes: int
    check: Check


Outcomes = dict[int, Account | CampaignError]


class LateError(Exception):
    """What is to be imported is not read yet, and others wait for the event file."""


@dataclass(frozen=True)
class _Run:
    """What is the same for all parts: the instant, the number that imports follow, the places that are known."""

    at: datetime
    after: int
    places: PlaceMemory | None


def run_several(
    db: Path,
    wanted: Callable[[], Sequence[Part]],
    *,
    imported_at: datetime | None = None,
    memory: Path | None = None,
) -> list[Account | CampaignError]:
    """Take each part into the event file and publish once, if anything changed; return an account or what was wrong, for each.

    `memory` is the folder that remembers places. `wanted` gives the parts once a building copy is ready; it may raise LateError.
    An import that changes no event is not kept. Raises StoreError, BusyError or AssertionFailedError where nothing at all could be
    published.
    """
    outcomes: Outcomes = {}
    with migrate.current_workspace(db) as work:
        work.connection.execute("set threads = 1")
        pipeline.prepare(work.connection, is_new=work.is_new)
        trail.require(db)
        types.define_words(work.connection)  # while sources answer
        places = PlaceMemory(work.connection, memory) if memory else None
        run = _Run(imported_at or datetime.now(UTC), trail.last_number(db), places)
        parts = wanted()
        for numbers in _groups(parts):
            outcomes |= _taken(work.connection, {number: parts[number] for number in numbers}, run)
        results = [outcomes[number] for number in range(len(parts))]
        if any(isinstance(result, Account) and result.has_changes for result in results):
            _share(work.connection, _n_events(work.connection) > ROW_GROUP)
            pipeline.finish(work.connection)
            work.publish()
            pipeline.note_imports(
                db,
                [
                    (part.files.options, result)
                    for part, result in zip(parts, results, strict=True)
                    if isinstance(result, Account) and result.has_changes
                ],
            )
    return results


def _groups(parts: Sequence[Part]) -> Iterator[list[int]]:
    """Yield the numbers of parts that are taken together, in their order; a large part is alone."""
    group: list[int] = []
    n_bytes = 0
    for number, part in enumerate(parts):
        if group and n_bytes + part.n_bytes > TOGETHER:
            yield group
            group, n_bytes = [], 0
        group.append(number)
        n_bytes += part.n_bytes
    if group:
        yield group


def _taken(connection: duckdb.DuckDBPyConnection, parts: dict[int, Part], run: _Run) -> Outcomes:
    """Take parts together, in a transaction that keeps those alone that are taken whole and change something."""
    _share(connection, sum(part.n_bytes for part in parts.values()) >= SMALL)
    outcomes: Outcomes = {}
    stood = _standing(connection, dict.fromkeys((part.files.options.source for part in parts.values()), _NEW))
    staged = _staged(connection, parts, outcomes)
    try:
        while staged:
            left_out = _merged(connection, staged, run, outcomes, stood)
            if not left_out:
                break
            _forget(connection, left_out)
            staged = {number: part for number, part in staged.items() if number not in left_out}
    except _ERRORS as error:
        if isinstance(error, FULL_DISK):
            raise
        _take_each(connection, staged, run, outcomes, stood)
    return outcomes


def _share(connection: duckdb.DuckDBPyConnection, is_shared: bool) -> None:
    """Share the work of what follows between threads, or leave it to one: to share few rows costs more than it gives."""
    if is_shared:
        connection.execute("reset threads")
    else:
        connection.execute("set threads = 1")


def _n_events(connection: duckdb.DuckDBPyConnection) -> int:
    return int(connection.execute("select count(*) from events").fetchall()[0][0])


def _staged(connection: duckdb.DuckDBPyConnection, parts: dict[int, Part], outcomes: Outcomes) -> dict[int, Part]:
    """Fill the staging tables with the records of all parts; return those of which that could be done.

    That is outside of any transaction: rows that a transaction has not yet committed have no numbers that follow their order.
    """
    connection.execute(STAGING.read_text("utf-8"))
    staged = _staged_together(connection, parts)
    for number, part in parts.items():
        if number in staged:
            continue
        try:
            for stage in part.files.stages:
                stage(connection)
                _number(connection, number)
        except CampaignError as error:
            outcomes[number] = error
        except FULL_DISK:
            raise
        except duckdb.Error as error:
            outcomes[number] = _unreadable(error)
        else:
            staged[number] = part
            continue
        _number(connection, number)
        _forget(connection, {number})
    return {number: part for number, part in parts.items() if number in staged}


def _staged_together(connection: duckdb.DuckDBPyConnection, parts: Mapping[int, Part]) -> dict[int, Part]:
    """Fill the staging tables with the records of parts that were read together, and return these; none where that fails."""
    folders: dict[Path, dict[int, apart.Stage]] = {}
    for number, part in parts.items():
        if part.files.shared is not None:
            folders.setdefault(part.files.shared.folder, {})[number + 1] = part.files.shared
    staged: dict[int, Part] = {}
    for stages in folders.values():
        numbers = {number - 1 for number in stages}
        try:
            apart.load_together(connection, stages, _last_record(connection))
        except FULL_DISK:
            raise
        except duckdb.Error:
            _forget(connection, numbers)  # which of them cannot be read is seen when each is read alone
        else:
            staged |= {number: parts[number] for number in numbers}
    return staged


def _last_record(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute("select coalesce(max(record_id), 0) from staged_records where part > 0").fetchone()
    return int(row[0]) if row else 0


def _number(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    """Give what was just staged, as part 0, the number of its part, and to its records numbers that follow those of the others."""
    offset = _last_record(connection)
    for table in ("staged_records", "staged_warnings"):
        statement = f"update {table} set part = ?, record_id = record_id + ? where part = 0"  # noqa: S608
        connection.execute(statement, [number + 1, offset])
    connection.execute("update staged_rejects set part = ? where part = 0", [number + 1])


def _forget(connection: duckdb.DuckDBPyConnection, numbers: set[int]) -> None:
    """Take the records of parts out of the staging tables."""
    for table in _STAGED:
        statement = f"delete from {table} where list_contains(?::integer[], part)"  # noqa: S608
        connection.execute(statement, [[number + 1 for number in numbers]])


def _take_each(
    connection: duckdb.DuckDBPyConnection, parts: dict[int, Part], run: _Run, outcomes: Outcomes,
    stood: Mapping[str, Standing],
) -> None:  # fmt: skip
    """Take staged parts one after the other: together they cannot be, since one of them fails where it is not known which."""
    for table in _STAGED:
        connection.execute(f"create or replace temp table all_{table} as from {table}")
    for number, part in parts.items():
        for table in _STAGED:
            connection.execute(f"create or replace temp table {table} as from all_{table} where part = {number + 1}")
        try:
            _merged(connection, {number: part}, run, outcomes, stood)
        except _ERRORS as error:
            if isinstance(error, FULL_DISK):
                raise
            outcomes[number] = error if isinstance(error, CampaignError) else _unreadable(error)
    for table in _STAGED:
        connection.execute(f"drop table all_{table}")


def _merged(
    connection: duckdb.DuckDBPyConnection, parts: dict[int, Part], run: _Run, outcomes: Outcomes,
    stood: Mapping[str, Standing],
) -> set[int]:  # fmt: skip
    """Take what is staged of parts; note what became of each, and return those without which it is to be done again.

    `stood` is what their sources had before. Where all of them were kept, none is returned; else nothing was.
    """
    imports = {number + 1: part.files.options for number, part in parts.items()}
    accounts = accounting.open_accounts(connection, imports, run.at, run.after)
    is_anything = pipeline.is_anything_staged(connection) or any(options.is_emptied for options in imports.values())
    if is_anything:
        pipeline.place(connection, run.places)
    left_out: set[int] = set()
    is_whole = False
    connection.execute("begin")
    try:
        if is_anything:
            pipeline.merge(connection, accounts)
            accounting.close_accounts(connection, accounts, imports)
        stands = _standing(
            connection, {part.files.options.source: accounts[number + 1].import_id for number, part in parts.items()}
        )
        for number, part in parts.items():
            account, source = accounts[number + 1], part.files.options.source
            try:
                part.check(stood[source], stands[source], account)
            except CampaignError as error:
                outcomes[number] = error
                left_out.add(number)
            else:
                outcomes[number] = account
                if not account.has_changes:
                    left_out.add(number)
        is_whole = not left_out
    finally:
        connection.execute("commit" if is_whole else "rollback")
    return left_out


def _standing(connection: duckdb.DuckDBPyConnection, imports: Mapping[str, int]) -> dict[str, Standing]:
    """Return what each source has in the building copy, as of an import of it."""
    cursor = connection.execute(
        (accounting.HERE / "standing.sql").read_text("utf-8"),
        {"sources": list(imports), "imports": list(imports.values())},
    )
    names = [column[0] for column in cursor.description or []]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    nothing = dict.fromkeys(names[1:], 0)
    return dict.fromkeys(imports, nothing) | {str(row.pop("source")): row for row in rows}


def _unreadable(error: duckdb.Error) -> IntakeError:
    return IntakeError(
        say("Ces événements n'ont pas pu être lus ({kind}).", kind=type(error).__name__),
        say("Signalez ce cas avec le fichier de la source."),
    )
