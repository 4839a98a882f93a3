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
import orjson

from campaign.core.errors import IntakeError
from campaign.core.language import Message
from campaign.intake import joining, text
from campaign.intake.gather import Gathered, Source, gather, grouped
from campaign.intake.readers import formats
from campaign.intake.request import Mapping, Reading, Request
from campaign.profile import profile

HERE: Final = Path(__file__).parent
STAGING: Final = HERE / "staging.sql"
TOGETHER: Final = (
    1 << 20
)  # bytes of files that are shaped together: planning a statement costs more than running it on them

# A query in a variable: a view would be planned when it is made, and again when it is read.
INCOMING: Final = "query(getvariable('intake_incoming'))"
# What rewrites rows that shape.sql marked, in this order.
REWRITTEN: Final = {"has_unseen": "shape_unseen.sql", "is_personal": "shape_personal.sql", "is_cut": "shape_cut.sql"}

__all__ = ["Gathered", "Mapping", "Source", "Staged", "StagedFile", "gather", "joined", "stage_sources"]


@dataclass(frozen=True)
class StagedFile:
    """What was read of one file: its kind as `Source` has it, and why, records and rejects, what each column was taken for.

    `part` is that of `Source`.
    """

    name: str
    format: str
    reading: Reading
    n_records: int
    n_rejects: int
    why: str | Message = ""
    part: int = 0


@dataclass(frozen=True)
class Staged:
    """What was staged: read = records + rejects; settings of the mapping (`chamber_region`…); the files left aside, and why."""

    n_records: int
    n_rejects: int
    warnings: dict[str, int]
    files: list[StagedFile] = field(default_factory=list)
    source: dict[str, str] = field(default_factory=dict)
    left: list[str | Message] = field(default_factory=list)

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
    leave_out: Callable[[Source], None] | None = None,
    is_read_once: bool = False,
) -> Staged:
    """Fill the staging tables from sources that `gather` found; `folder` is for working files, the database is one of `connecting`.

    Of a caller who reads them once, `staged_records` may be a view: the rows of a large file are not copied for it.
    `edition` is the year within whose window repeated events are expanded; `begin` is told the name of each file that is read,
    `advance` how many bytes were. A source that cannot be read is handed to `leave_out`; without it, that is an IntakeError.
    """
    files = []
    order = connection.execute("select current_setting('preserve_insertion_order')").fetchone()
    connection.execute("set preserve_insertion_order = true")  # lines are numbered as they come
    try:
        groups = list(grouped(sources, TOGETHER))
        for group in groups:
            readings: dict[int, Reading] = {}
            is_large = len(group) == 1 and group[0].path.stat().st_size > TOGETHER
            for source, members in [(group[0], [(0, 0)])] if len(group) == 1 else joining.join(group, folder):
                begin(source.name)
                working = Path(tempfile.mkdtemp(prefix="working-", dir=folder))
                progress = _Progress(advance, sum(group[number].path.stat().st_size for number, _size in members))
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
                try:
                    reading = _read(connection, request, source, members, is_large=is_large)
                    readings |= dict.fromkeys((number for number, _size in members), reading)
                except IntakeError:
                    if leave_out is None:
                        raise
                    for number, _size in members:
                        leave_out(group[number])
                progress.finish()
                for left in working.iterdir():
                    left.unlink()
            if readings:
                files += _take(
                    connection, group, readings, is_large=is_large, is_read_once=is_read_once and len(groups) == 1
                )
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


def joined(parts: Sequence[Staged], left: Sequence[str | Message] = ()) -> Staged:
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


def _read(
    connection: duckdb.DuckDBPyConnection,
    request: Request,
    source: Source,
    members: Sequence[tuple[int, int]],
    *,
    is_large: bool,
) -> Reading:
    """Read one file of a group, or several joined, each row with its file's number.

    They are what the variable `intake_numbered` asks for, and the table `intake_numbered_rejects`.
    """
    connection.execute((HERE / "incoming.sql").read_text("utf-8"))
    reading = formats.read(source.format, connection, request)
    if (
        is_large
    ):  # it is not to be held three times; of a small one, to plan two statements takes less than to plan both as one
        connection.execute("set variable intake_numbered = ?", [f"select *, 0 as file_number from {INCOMING}"])  # noqa: S608
        connection.execute(
            "create or replace temp table intake_numbered_rejects as select *, 0 as file_number from intake_rejects"
        )
        return reading
    connection.execute("set variable intake_numbered = 'from intake_numbered_rows'")
    for table, shape, rows in (
        ("intake_numbered_rows", "intake_shape", INCOMING),
        ("intake_numbered_rejects", "intake_rejects", "intake_rejects"),
    ):
        connection.execute(
            f"create temp table if not exists {table} as select *, 0::integer as file_number from {shape} limit 0"  # noqa: S608
        )
        if len(members) > 1:
            joining.separate(connection, members, rows, table)
        else:
            number = members[0][0]
            connection.execute(f"insert into {table} by name select *, {number} as file_number from {rows}")  # noqa: S608
    connection.execute("drop table intake_raw")
    return reading


def _take(
    connection: duckdb.DuckDBPyConnection,
    group: Sequence[Source],
    readings: dict[int, Reading],
    *,
    is_large: bool,
    is_read_once: bool,
) -> list[StagedFile]:
    """Shape what was read of a group, into the staging tables."""
    if not is_large:
        text.know_characters(connection, "intake_numbered_rows")
    connection.execute((HERE / "shape.sql").read_text("utf-8"))
    for (
        mark,
        step,
    ) in REWRITTEN.items():  # few files hold any of it, and planning how to rewrite takes longer than to look
        if connection.execute(f"select 1 from intake_shaped where {mark} limit 1").fetchall():  # noqa: S608 - names of ours
            connection.execute((HERE / step).read_text("utf-8"))
    if is_large:
        connection.execute("drop table intake_raw")
    files = [
        {"file_number": number, "file": source.name, "origin": source.origin, "part": source.part}
        for number, source in enumerate(group)
    ]
    connection.execute(
        """
        create or replace temp table intake_files as
        select unnest($files::json::struct(file_number integer, file varchar, origin varchar, part integer)[], recursive := true)
        """,
        {"files": orjson.dumps(files).decode()},
    )
    connection.execute((HERE / "take.sql").read_text("utf-8"))
    records = (HERE / "take_records.sql").read_text("utf-8")
    if is_read_once:
        connection.execute(f"drop table staged_records; create temp view staged_records as {records}")
    else:
        connection.execute(f"insert into staged_records by name {records}")
    for number, reading in readings.items():
        for kind, detail in (*group[number].warnings, *reading.warnings):
            connection.execute(
                "insert into staged_warnings (kind, detail, part) values (?, ?, ?)", [kind, detail, group[number].part]
            )
    counts = {
        number: (n_records, n_rejects)
        for number, n_records, n_rejects in connection.execute(
            """
            select file_number, count(*) filter (reject is null), count(*) filter (reject is not null)
            from (
                select file_number, reject from intake_shaped
                union all
                select file_number, reason from intake_numbered_rejects
            )
            group by file_number
            """
        ).fetchall()
    }
    if not is_large:
        connection.execute("drop table intake_numbered_rows")
    tables_in_use = {"intake_shaped", "intake_taken"} if is_read_once else set[str]()
    for table in {
        "intake_shaped",
        "intake_taken",
        "intake_rejects",
        "intake_numbered_rejects",
        "intake_files",
    } - tables_in_use:
        connection.execute(f"drop table {table}")
    return [
        StagedFile(
            group[number].name,
            group[number].kind,
            reading,
            *counts.get(number, (0, 0)),
            why=group[number].why,
            part=group[number].part,
        )
        for number, reading in sorted(readings.items())
    ]
