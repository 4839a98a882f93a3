"""The rows of a CSV file, as text, each with its line in the file.

DuckDB reads large regular files; a file with ragged rows, odd quotes or another encoding is read row by row.
Both ways give the same rows: cells c0, c1…, blank rows left out.
"""

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from campaign.core.errors import IntakeError
from campaign.intake import encodings
from campaign.intake.columns import Header
from campaign.intake.request import Request

REGULAR_FROM: Final = 4 << 20  # bytes; below, reading row by row costs nothing and is the most lenient
LARGEST_CELL: Final = 1 << 20
MOST_OPEN: Final = 100  # quotes left open: more of them, and the file is not what it seems
_REMEDY: Final = "Vérifiez les guillemets du fichier, ou enregistrez-le de nouveau en CSV."


_BLANK: Final = " \t\r\n"
_BLANK_SQL: Final = "' ' || chr(9) || chr(10) || chr(13)"
_BATCH: Final = 50_000
_SAME: Final = {"id.", "idem", "ibid.", "〃"}
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
    """What stands before the rows: the line of the header."""

    header_line: int = 1


@dataclass(frozen=True)
class Rows:
    """What was loaded into `intake_cells` (line, notes, c0…): its columns, and the header's line in the file."""

    n_columns: int
    header_line: int
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
    regular = encoding in ("utf-8", "utf-8-sig") and header.row == 0
    if regular and request.path.stat().st_size >= (REGULAR_FROM if regular_from is None else regular_from):
        rows = _load_regular(connection, request.path, separator, len(header.names))
        if rows:
            return rows
    return _load_any(connection, request, encoding, separator, header)


def _load_regular(connection: duckdb.DuckDBPyConnection, path: Path, separator: str, n_columns: int) -> Rows | None:
    """Let DuckDB read the file; None if its rows are not all alike, or its lines cannot be told."""
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
    return Rows(n_columns=n_columns, header_line=1)


def _load_any(
    connection: duckdb.DuckDBPyConnection, request: Request, encoding: str, separator: str, header: Header
) -> Rows:
    """Read the file row by row, whatever is wrong with it."""
    rows = load_records(connection, _records(request.path, request.name, encoding, separator, header), header)
    repaired = _n_repaired(request.path) if encoding == "utf-8" else 0
    return replace(rows, warnings=(("encoding_repaired", str(repaired)),) if repaired else ())


def load_records(
    connection: duckdb.DuckDBPyConnection, records: Iterator[tuple[int, list[str]]], header: Header
) -> Rows:
    """Make `intake_cells` from rows of text, each with its line in the file."""
    width = max(len(header.names), *(i + 1 for indexes in header.columns.values() for i in indexes))
    before = Before()
    schema = pa.schema(
        [("line", pa.int32()), ("n_extra", pa.int32()), ("n_missing", pa.int32()), ("is_quote_open", pa.bool_())]
        + [(f"c{index}", pa.string()) for index in range(width)]
    )
    connection.register("intake_rows", schema.empty_table())
    connection.execute("create or replace temp table intake_raw as from intake_rows")
    for batch in _batches(_equal_rows(records, header.row, width, before)):
        arrays = [pa.array(cells, kind) for cells, kind in zip(zip(*batch, strict=True), schema.types, strict=True)]
        connection.register("intake_rows", pa.record_batch(arrays, schema))
        connection.execute("insert into intake_raw from intake_rows")
    connection.unregister("intake_rows")
    connection.execute(_RAGGED)
    return Rows(n_columns=width, header_line=before.header_line)


def _equal_rows(
    records: Iterator[tuple[int, list[str]]], header_row: int, width: int, before: Before
) -> Iterator[list[int | str | None]]:
    """Yield line, cells too many, cells missing, whether a quote was left open, and as many cells as the header has."""
    above: Sequence[str] = ()
    for number, (line, cells) in enumerate(records):
        if number == header_row:
            before.header_line = line
        if number <= header_row or not any(cell.strip(_BLANK) for cell in cells):
            continue
        cells = _as_above(cells, above)
        above = cells
        n_extra = sum(1 for cell in cells[width:] if cell.strip(_BLANK))
        n_missing = max(0, width - len(cells))
        is_open = isinstance(cells, OpenQuoteCells)
        yield [line, n_extra, n_missing, is_open, *[cell or None for cell in cells[:width]], *[None] * n_missing]


def _as_above(cells: list[str], above: Sequence[str]) -> list[str]:
    """Return cells with what « id. » means: the same as in the row above."""
    if not any(cell.strip().lower() in _SAME for cell in cells):
        return cells
    kept = type(cells)
    return kept(
        above[index] if cell.strip().lower() in _SAME and index < len(above) else cell
        for index, cell in enumerate(cells)
    )


def _batches(rows: Iterator[list[int | str | None]]) -> Iterator[list[list[int | str | None]]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


class OpenQuoteCells(list[str]):
    """The cells of a line that opens a quote and does not close it."""


class _Lines:
    """The lines of a file, some of which may be handed back to be read again."""

    def __init__(self, source: Iterable[str]) -> None:
        self._source = iter(source)
        self._back: deque[str] = deque()
        self.taken: list[str] = []  # since the last record

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._source).replace("\0", "")
        self.taken.append(line)
        return line

    def hand_back(self) -> str:
        """Hand back all lines since the last record but the first, which is returned."""
        first, *rest = self.taken
        self._back.extendleft(reversed(rest))
        self.taken = []
        return first


def _records(path: Path, name: str, encoding: str, separator: str, header: Header) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line where it begins (1 is the first).

    A quote that opens and is not closed would swallow the rows that follow: where each line by itself has as many cells as the
    header, they are rows.
    """
    csv.field_size_limit(LARGEST_CELL)
    n_open = 0
    with path.open(encoding=encoding, errors=encodings.REPAIR, newline="") as source:
        lines = _Lines(source)
        reader = csv.reader(lines, delimiter=separator)
        line = 1
        for number in count():
            lines.taken.clear()
            try:
                cells = next(reader)
                is_open = len(lines.taken) > 1 and _is_left_open(lines.taken, separator, header)
            except StopIteration:
                return
            except csv.Error as error:
                cells, is_open = [], True
                if number <= header.row or n_open == MOST_OPEN:
                    raise _open_quote(name, line) from error
            if is_open and number > header.row:
                n_open += 1
                cells = _alone(lines.hand_back(), separator)
                if n_open > MOST_OPEN or len(cells) != len(header.names):
                    raise _open_quote(name, line)
                reader = csv.reader(lines, delimiter=separator)
                yield line, OpenQuoteCells(cells)
                line += 1
                continue
            if len(lines.taken) > 1 and '"' not in lines.taken[-1]:
                raise _open_quote(name, line)  # the file ended inside a cell
            yield line, cells
            line += len(lines.taken)


def _is_left_open(taken: Sequence[str], separator: str, header: Header) -> bool:
    """Tell whether a record over several lines is several rows: each line by itself has the cells of one.

    Where the quotes are well paired nevertheless, each line must also have a figure where its date is.
    """
    rows = [_alone(line, separator) for line in taken if line.strip(_BLANK)]
    if len(header.names) < 2 or any(len(cells) != len(header.names) for cells in rows):
        return False
    try:
        list(csv.reader(taken, delimiter=separator, strict=True))
    except csv.Error:
        return True
    dates = header.columns.get("begins", [])[:1]
    return bool(dates) and all(any(c.isdigit() for c in cells[index]) for cells in rows for index in dates)


def _alone(line: str, separator: str) -> list[str]:
    """Return the cells of one line; a quote that it does not close is a letter of its cell."""
    try:
        cells = next(csv.reader([line.rstrip("\r\n")], delimiter=separator), [])
    except csv.Error:
        return []
    if sum(cell.count(separator) for cell in cells) == 0:
        return cells
    plain = line.rstrip("\r\n").split(separator)
    return [cell.removeprefix('"').replace('""', '"') for cell in plain]


def _open_quote(name: str, line: int) -> IntakeError:
    return IntakeError(f"{name}, ligne {line} : guillemet ouvert qui n'est pas refermé, ou cellule démesurée.", _REMEDY)


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
