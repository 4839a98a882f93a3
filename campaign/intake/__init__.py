"""Reading what others publish: from files of several formats to staged records, all of one shape.

`stage_sources` fills the tables of campaign/intake/staging.sql. Every record read lands in exactly one of `staged_records` and
`staged_rejects`; what was noticed about a record that was taken stands in `staged_warnings`.
"""

import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import duckdb

from campaign.intake import countries, formats
from campaign.intake.gather import Gathered, Source, gather
from campaign.intake.request import Mapping, Reading, Request
from campaign.profile import profile

HERE: Final = Path(__file__).parent
STAGING: Final = HERE / "staging.sql"

__all__ = ["Gathered", "Mapping", "Source", "Staged", "StagedFile", "gather", "joined", "stage_sources"]


@dataclass(frozen=True)
class StagedFile:
    """What was read of one file: format and why, records and rejects, what each column was taken for."""

    name: str
    format: str
    reading: Reading
    n_records: int
    n_rejects: int
    why: str = ""


@dataclass(frozen=True)
class Staged:
    """What was staged: read = records + rejects. `source` holds the mapping's settings (`chamber_region`…).

    `left` says which files were left aside, and why.
    """

    n_records: int
    n_rejects: int
    warnings: dict[str, int]
    files: list[StagedFile] = field(default_factory=list)
    source: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    @property
    def format(self) -> str:
        """The format of the files, or "mixed"."""
        names = {file.format for file in self.files}
        return names.pop() if len(names) == 1 else "mixed"


def stage_sources(
    connection: duckdb.DuckDBPyConnection,
    sources: Sequence[Source],
    folder: Path,
    *,
    mapping: Mapping,
    edition: int | None = None,
    advance: Callable[[int], None] = lambda n_bytes: None,
    begin: Callable[[str], None] = lambda name: None,
) -> Staged:
    """Fill the staging tables from sources that `gather` found; `folder` is for working files.

    `edition` is the year within whose window repeated events are expanded; `begin` is told the name of each file that is read,
    `advance` how many bytes were.
    """
    if not _has_staging(connection):
        connection.execute(STAGING.read_text("utf-8"))
    for macros in ("text.sql", "timings.sql"):
        connection.execute((HERE / macros).read_text("utf-8"))
    names = countries.codes()
    connection.execute(
        "set variable intake_countries = map(?::varchar[], ?::varchar[])", [list(names), list(names.values())]
    )
    files = []
    order = connection.execute("select current_setting('preserve_insertion_order')").fetchone()
    connection.execute("set preserve_insertion_order = true")  # lines are numbered as they come
    try:
        for source in sources:
            begin(source.name)
            working = Path(tempfile.mkdtemp(prefix="working-", dir=folder))
            progress = _Progress(advance, source.path.stat().st_size)
            request = Request(
                path=source.path,
                scratch=working,
                mapping=source.mapping or mapping,
                agenda=source.agenda,
                name=source.name,
                sheet=source.sheet,
                window=profile().edition(edition).window if edition else None,
                edition=edition,
                advance=progress.advance,
            )
            files.append(_take(connection, request, source))
            progress.finish()
            for left in working.iterdir():
                left.unlink()
    finally:
        connection.execute(f"set preserve_insertion_order = {str(bool(order and order[0])).lower()}")
    kinds = connection.execute("select kind, count(*) from staged_warnings group by kind order by kind").fetchall()
    return Staged(
        n_records=sum(file.n_records for file in files),
        n_rejects=sum(file.n_rejects for file in files),
        warnings=dict(Counter(dict(kinds))),
        files=files,
        source=mapping.source,
    )


def joined(parts: Sequence[Staged], left: Sequence[str] = ()) -> Staged:
    """Return what several stages of an import read, as one."""
    warnings: Counter[str] = Counter()
    for part in parts:
        warnings.update(part.warnings)
    return Staged(
        n_records=sum(part.n_records for part in parts),
        n_rejects=sum(part.n_rejects for part in parts),
        warnings=dict(warnings),
        files=[file for part in parts for file in part.files],
        source=parts[0].source if parts else {},
        left=list(left),
    )


@dataclass
class _Progress:
    """Tells how much of a file was read, in all no more than its size."""

    tell: Callable[[int], None]
    left: int

    def advance(self, n_bytes: int) -> None:
        n_counted = min(n_bytes, self.left)
        self.left -= n_counted
        self.tell(n_counted)

    def finish(self) -> None:
        self.advance(self.left)


def _take(connection: duckdb.DuckDBPyConnection, request: Request, source: Source) -> StagedFile:
    """Read one file into the staging tables."""
    connection.execute((HERE / "incoming.sql").read_text("utf-8"))
    reading = formats.read(source.format, connection, request)
    connection.execute((HERE / "shape.sql").read_text("utf-8"))
    connection.execute("drop table intake_raw")  # a large file is not to be held three times
    before = _counts(connection)
    connection.execute("set variable intake_file = ?", [request.name])
    connection.execute("set variable intake_origin = ?", [source.origin])
    connection.execute("set variable intake_offset = ?", [before[0]])
    connection.execute((HERE / "take.sql").read_text("utf-8"))
    for kind, detail in reading.warnings:
        connection.execute("insert into staged_warnings (kind, detail) values (?, ?)", [kind, detail])
    after = _counts(connection)
    for table in ("intake_shaped", "intake_taken", "intake_rejects"):
        connection.execute(f"drop table {table}")
    return StagedFile(
        name=request.name,
        format=source.format,
        reading=reading,
        n_records=after[0] - before[0],
        n_rejects=after[1] - before[1],
        why=source.why,
    )


def _counts(connection: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    row = connection.execute(
        "select (select count(*) from staged_records), (select count(*) from staged_rejects)"
    ).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def _has_staging(connection: duckdb.DuckDBPyConnection) -> bool:
    found = connection.execute("select 1 from duckdb_tables() where table_name = 'staged_records'").fetchone()
    return found is not None
