"""The rows of a CSV file, as text, each with its line in the file.

DuckDB reads large regular files; a file with ragged rows, odd quotes or another encoding is read row by row.
Both ways give the same rows: cells c0, c1…, blank rows left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from campaign.intake.fields.columns import Header
from campaign.intake.request import Request
from campaign.intake.spreadsheets import asides, csv_rows, grids
from campaign.intake.spreadsheets.csv_rows import BLANK, OpenQuoteCells

REGULAR_FROM: Final = 4 << 20  # bytes; below, reading row by row costs nothing and is the most lenient
_BLANK_SQL: Final = "' ' || chr(9) || chr(10) || chr(13)"
_BATCH: Final = 50_000
_NOTHING: Final = ("", "\\N")  # as MySQL and PostgreSQL write it
_FIRST_ROWS: Final = 10
_BEFORE_CELLS: Final = (
    ("line", pa.int32()),
    ("n_extra", pa.int32()),
    ("n_missing", pa.int32()),
    ("is_quote_open", pa.bool_()),
)
_RAGGED: Final = """
create or replace temp view intake_cells as
select
    line,
    list_concat(
        case when n_extra > 0 then [{'kind': 'extra_cells', 'detail': n_extra::varchar}] else [] end,
        case when n_missing > 0 then [{'kind': 'missing_cells', 'detail': n_missing::varchar}] else [] end,
        case when is_quote_open then [{'kind': 'open_quote', 'detail': null}] else [] end
    )::struct(kind varchar, detail varchar)[] as notes,
    columns('^c\\d+$'),
from intake_raw
"""


@dataclass
class Before:
    """What is learnt of a table while its rows are read: the line of the header, the rows that are no events."""

    rows: asides.Rows
    header_line: int = 1


@dataclass(frozen=True)
class Rows:
    """What was loaded into `intake_cells` (line, notes, c0…): its columns, and the header's line in the file.

    `header` is that of the table, with the columns that only a later table of the same sheet has.
    """

    n_columns: int
    header_line: int
    header: Header
    warnings: tuple[tuple[str, str], ...] = ()


def load(
    connection: duckdb.DuckDBPyConnection,
    request: Request,
    encoding: str,
    separator: str,
    header: Header,
    *,
    regular_from: int | None = None,
) -> Rows:
    """Make `intake_cells` from a CSV file; `header.row` is the number of its header among the file's records."""
    regular = encoding in ("utf-8", "utf-8-sig") and header.row == 0 and not header.corrected
    if regular and request.path.stat().st_size >= (REGULAR_FROM if regular_from is None else regular_from):
        rows = _load_regular(connection, request.path, separator, header)
        if rows:
            return rows
    return _load_any(connection, request, encoding, separator, header)


def _load_regular(connection: duckdb.DuckDBPyConnection, path: Path, separator: str, header: Header) -> Rows | None:
    """Let DuckDB read the file; None if its rows are not all alike, or its lines cannot be told."""
    n_columns = len(header.names)
    try:
        connection.execute(
            """
            create or replace temp table intake_raw as
            from read_csv(
                $path, delim = $separator, quote = '"', escape = '"', header = false, skip = 0, all_varchar = true,
                strict_mode = true, null_padding = false, auto_detect = false, columns = $columns,
                max_line_size = 4194304
            )
            """.replace("$columns", _columns(n_columns)),
            {"path": str(path), "separator": separator},
        )
    except duckdb.Error:
        return None  # ragged rows, stray quotes: the other way says what is wrong with them
    if _has_asides(connection, header):
        return None  # rows that are no events, or that mean the same as above
    n_lines, ends_open = _count_lines(path)
    row = connection.execute("select count(*) from intake_raw").fetchone()
    n_rows = int(row[0]) if row else 0
    all_cells = ", ".join(f"c{index}" for index in range(n_columns))
    filled = ", ".join(
        f"case when c{index} < '!' then nullif(trim(c{index}, {_BLANK_SQL}), '') else c{index} end"
        for index in range(n_columns)
    )
    if n_rows == n_lines + ends_open:
        place = "(rowid + 1)"
    else:
        # Cells over several lines: each row begins after the line feeds of those before it.
        text = f"concat({all_cells})"
        inside = f"sum(length({text}) - length(replace({text}, chr(10), '')))"
        row = connection.execute(f"select {inside} from intake_raw").fetchone()  # noqa: S608
        if row is None or n_rows + int(row[0]) != n_lines + ends_open:
            return None
        rows_inside = f"max(length({text}) - length(replace({text}, '{separator}', '')))"
        row = connection.execute(f"select {rows_inside} from intake_raw where contains({text}, chr(10))").fetchone()  # noqa: S608
        if n_columns > 1 and row is not None and (row[0] or 0) >= n_columns - 1:
            return None  # perhaps rows that an open quote has swallowed
        before = f"{inside} over (order by rowid rows between unbounded preceding and 1 preceding)"
        place = f"(rowid + 1 + coalesce({before}, 0))"
    connection.execute(
        f"""
        create or replace temp view intake_cells as
        select
            line,
            []::struct(kind varchar, detail varchar)[] as notes,
            {all_cells},
        from (select {place}::integer as line, * from intake_raw)
        where line > 1 and coalesce({filled}) is not null
        """  # noqa: S608
    )
    return Rows(n_columns=n_columns, header_line=1, header=header)


def _has_asides(connection: duckdb.DuckDBPyConnection, header: Header) -> bool:
    """Tell whether rows that asides.Rows would not pass on as they are may be among those of a regular file.

    The cells of a row are looked at as one text, between separators: by cell that takes as long as reading the file several
    times, and a pattern that begins with a separator is looked for where one stands, not letter by letter.
    """
    n_columns = len(header.names)
    first = connection.execute("from intake_raw where rowid between 1 and $1", [_FIRST_ROWS]).fetchall()
    rows = asides.Rows(header)
    if any(
        rows.read(1, [cell or "" for cell in cells]) is None for cells in first
    ):  # what explains the columns stands first
        return True
    marks = "|".join(re.escape(mark) for mark in sorted(asides.MARKS, key=len, reverse=True))
    same = rf"\x1f\s*(?:(?i:{marks})|«[^\x1f]{{0,11}})\s*\x1f"
    row = f"concat_ws(chr(31), '', {', '.join(f'c{index}' for index in range(n_columns))}, '')"
    # one cell, or a rule; a row of which two cells begin with a word is neither
    alone = r"^[\s\x1f]*[^\x1f]*[\s\x1f]*$|^[\s\x1f:=+_-]*$"
    words = " and ".join(f"(c{i} >= '0' and c{i} < ':' or c{i} >= 'A' and c{i} < '[' or c{i} >= 'a')" for i in (0, 1))
    is_alone = f"case when {words} then false else regexp_matches({row}, $alone) end"
    # asked before, and handed on as values: with a subquery among conditions joined by « or », rows are joined one by one
    head = connection.execute(f"select lower(c0), lower(c{n_columns - 1}) from intake_raw where rowid = 0").fetchone()  # noqa: S608
    first_name, last_name = head or (None, None)
    matching_rows = connection.execute(
        f"""
        select 1
        from intake_raw
        where
            rowid > 0
            and (
                regexp_matches({row}, $same)
                {f"or {is_alone}" if n_columns > 1 else ""}
                or regexp_matches(c0, $total)
                or starts_with(c0, '# ')
                or (lower(c0) = $first_name and lower(c{n_columns - 1}) = $last_name)
            )
        limit 1
        """,  # noqa: S608  names of our own
        {"same": same, "total": asides.TOTAL_SQL, "first_name": first_name, "last_name": last_name}
        | ({"alone": alone} if n_columns > 1 else {}),
    ).fetchall()
    return bool(matching_rows)


def _load_any(
    connection: duckdb.DuckDBPyConnection, request: Request, encoding: str, separator: str, header: Header
) -> Rows:
    """Read the file row by row, whatever is wrong with it."""
    rows = load_records(
        connection, grids.records(csv_rows.records(request.path, request.name, encoding, separator, header)), header
    )
    repaired = _n_repaired(request.path) if encoding == "utf-8" else 0
    return replace(rows, warnings=(*rows.warnings, ("encoding_repaired", str(repaired)))) if repaired else rows


def load_records(
    connection: duckdb.DuckDBPyConnection, records: Iterator[tuple[int, list[str]]], header: Header
) -> Rows:
    """Make `intake_cells` from rows of text, each with its line in the file."""
    width = max(len(header.names), *(i + 1 for indexes in header.columns.values() for i in indexes))
    before = Before(rows=asides.Rows(header))
    schema = _schema(width)
    connection.register("intake_rows", schema.empty_table())
    connection.execute("create or replace temp table intake_raw as from intake_rows")
    for batch in _batches(_equal_rows(records, header, width, before)):
        while len(schema) < len(_BEFORE_CELLS) + width + len(before.rows.added):  # a later table has columns of its own
            connection.execute(f"alter table intake_raw add column c{len(schema) - len(_BEFORE_CELLS)} varchar")
            schema = _schema(len(schema) - len(_BEFORE_CELLS) + 1)
        for row in batch:
            row += [None] * (len(schema) - len(row))
        arrays = [pa.array(cells, kind) for cells, kind in zip(zip(*batch, strict=True), schema.types, strict=True)]
        connection.register("intake_rows", pa.record_batch(arrays, schema))
        connection.execute("insert into intake_raw from intake_rows")
    connection.unregister("intake_rows")
    connection.execute(_RAGGED)
    added = before.rows.added
    whole = replace(
        header,
        names=[*header.names, *[""] * (width - len(header.names)), *(name for _, name in added.values())],
        columns={**header.columns, **{field: [index] for field, (index, _) in added.items()}},
    )
    return Rows(
        n_columns=width + len(added),
        header_line=before.header_line,
        header=whole if added else header,
        warnings=before.rows.warnings,
    )


def _schema(width: int) -> pa.Schema:
    return pa.schema([*_BEFORE_CELLS, *((f"c{index}", pa.string()) for index in range(width))])


def _equal_rows(
    records: Iterator[tuple[int, list[str]]], header: Header, width: int, before: Before
) -> Iterator[list[int | str | None]]:
    """Yield line, cells too many, cells missing, whether a quote was left open, and as many cells as the header has."""
    n_named = max((index + 1 for index, name in enumerate(header.names) if name), default=0)
    head = header.names[0].strip(BLANK)  # « 1 » where the header is numbered too
    counts = not head or head.isdigit() or 0 in header.columns.get("uid", ())
    for number, (line, written) in enumerate(before.rows.without_titles(records)):
        if number == header.row:
            before.header_line = line
        elif number < header.row:
            before.rows.pass_above(written)
        if number <= header.row or not any(cell.strip(BLANK) for cell in written):
            continue
        if counts and written[0].strip(BLANK).isdigit() and not any(cell.strip(BLANK) for cell in written[1:]):
            continue  # rows that were numbered before anybody filled them
        cells = list(header.corrected.get(line, written))
        read = before.rows.read(line, cells)
        if read is None:
            continue
        n_written = before.rows.n_written
        whole = width + len(before.rows.added)
        n_extra = read.n_extra + sum(1 for cell in read.cells[whole:] if cell.strip(BLANK))
        n_missing = max(0, min(n_written, n_named) - len(cells))
        is_open = isinstance(written, OpenQuoteCells)
        given = [*read.cells[:whole], *[""] * (whole - len(read.cells))]
        yield [line, n_extra, n_missing, is_open, *[None if cell in _NOTHING else cell for cell in given]]


def _batches(rows: Iterator[list[int | str | None]]) -> Iterator[list[list[int | str | None]]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _n_repaired(path: Path) -> int:
    """Return how many lines are not UTF-8."""
    n_lines = 0
    with path.open("rb") as source:
        for line in source:
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                n_lines += 1
    return n_lines


def _count_lines(path: Path) -> tuple[int, bool]:
    """Return the number of line feeds, and whether something follows the last one."""
    n_lines = 0
    last = b"\n"
    with path.open("rb") as source:
        while chunk := source.read(1 << 22):
            n_lines += chunk.count(b"\n")
            last = chunk[-1:]
    return n_lines, last != b"\n"


def _columns(width: int, **first: str) -> str:
    named = {**first, **{f"c{index}": "varchar" for index in range(width)}}
    return "{" + ", ".join(f"'{name}': '{kind}'" for name, kind in named.items()) + "}"
