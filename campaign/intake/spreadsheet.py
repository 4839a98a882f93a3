"""Hand-made tables in text: any encoding, separator, preamble, ragged rows, cells over several lines."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import duckdb

from campaign.core.errors import NoEventsError
from campaign.intake import (
    columns,
    csv_rows,
    date_hints,
    dates,
    encodings,
    flags,
    grids,
    lengths,
    numbered,
    sheets,
    tables,
    text,
)
from campaign.intake.columns import FIELDS, Header
from campaign.intake.request import Mapping, Reading, Request

HERE: Final = Path(__file__).parent
SAMPLE: Final = 1 << 18
N_SAMPLES: Final = 3
_SEPARATORS: Final = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre"}
_LONG_TEXTS: Final = {"description", "long_description", "conditions"}
_TRIMMED_LATER: Final = {
    "title",
    "description",
    "long_description",
    "url",
    "type",
    "venue",
    "address",
    "conditions",
} | {
    "keywords",
    "themes",
    "organiser",
    "partners",
    "online_url",
}  # by shape.sql, which does it after HTML was taken out
_DATED: Final = r"\d{4}-\d\d?-\d\d?|\b\d\d?[/.]\d\d?[/.]\d{2,4}\b|\b\d\d?(?:er)? \p{L}+\.? \d{4}"
_INSTANTS: Final = ("created_at", "updated_at")
_LISTS: Final = {"keywords", "themes", "partners", "slots", "status"}


@dataclass(frozen=True)
class Dialect:
    """How a file is written: encoding, separator, and where its header is."""

    encoding: str
    separator: str
    header: Header


def read(connection: duckdb.DuckDBPyConnection, request: Request) -> Reading:
    """Make `intake_incoming` from a CSV file."""
    dialect = understand(request.path, request.mapping, request.name)
    rows = tables.load(connection, request, dialect.encoding, dialect.separator, dialect.header)
    above = beginning(request.path, request.mapping, request.name).rows[: max(dialect.header.row, 0)]
    why = f"CSV, {dialect.encoding}, séparateur {_SEPARATORS[dialect.separator]}, "
    why += f"en-tête ligne {rows.header_line}" if dialect.header.row >= 0 else "sans en-tête"
    return take(connection, request, rows.header, rows, why, above)


def take(
    connection: duckdb.DuckDBPyConnection,
    request: Request,
    header: Header,
    rows: tables.Rows,
    why: str,
    above: Sequence[Sequence[str]] = (),
) -> Reading:
    """Make `intake_incoming` from the rows in `intake_cells`, whatever file they come from; `above` stands before the header."""
    text.know_characters(connection, "intake_raw")
    sheets.mark_hidden(connection, request)
    of_sheet = sheets.place_of(request, header)
    _name_columns(connection, header, request.mapping, rows.n_columns, of_sheet)
    connection.execute((HERE / "spreadsheet_keys.sql").read_text("utf-8"))
    around, source = date_hints.of_table(request, above)
    has_moments = any(header.columns.get(field) or field in request.mapping.columns for field in _INSTANTS)
    is_elsewhere = dates.read_spans(connection, around, has_moments=has_moments)
    dates.read_moments(connection, has_moments=has_moments)
    connection.execute((HERE / "spreadsheet.sql").read_text("utf-8"))
    return Reading(
        why=("export OpenAgenda, " if columns.is_openagenda(header.names) else "")
        + why
        + (f", année {around.year} d'après {source}" if is_elsewhere else "")
        + (", lieu d'après le nom de la feuille" if of_sheet else ""),
        columns={field: [header.names[i] for i in indexes] for field, indexes in header.columns.items()},
        samples=_samples(connection, header, rows.n_columns),
        reasons={
            field: [header.reason(index) for index in indexes if header.reason(index)]
            for field, indexes in header.columns.items()
        },
        unused_columns=tuple(header.unused),
        likenesses={
            header.names[index]: f"{guess.field} : {header.reason(index)}"
            for index, guess in header.guesses.items()
            if header.names[index] in header.unused
        },
        warnings=rows.warnings,
    )


def _samples(connection: duckdb.DuckDBPyConnection, header: Header, n_columns: int) -> dict[str, list[str]]:
    """Return, for each field, the first different values of its columns, as they are written."""
    rows = connection.execute("from intake_cells limit 200").fetchall()
    found = {}
    for field, indexes in header.columns.items():
        cells = (str(row[2 + index] or "").strip() for row in rows for index in indexes if index < n_columns)
        found[field] = list(dict.fromkeys(filter(None, cells)))[:N_SAMPLES]
    return found


@dataclass(frozen=True)
class Beginning:
    """The first rows of a file, and how it is written."""

    encoding: str
    separator: str
    rows: list[list[str]]


def understand(path: Path, mapping: Mapping, name: str = "") -> Dialect:
    """Return how a file is written, from its beginning; raise IntakeError if no header can be found."""
    name = name or path.name
    first = beginning(path, mapping, name)
    return Dialect(first.encoding, first.separator, columns.find_header(first.rows, mapping, name))


def beginning(path: Path, mapping: Mapping, name: str) -> Beginning:
    """Return the first rows of a file; raise IntakeError if it is empty."""
    written = path.stat()
    return _beginning(path, (written.st_mtime_ns, written.st_size), frozenset(columns.mapped_headers(mapping)), name)


@lru_cache(maxsize=4)  # a file is looked at when it is found, and when it is read
def _beginning(path: Path, _identity: tuple[int, int], wanted: frozenset[str], name: str) -> Beginning:
    with path.open("rb") as source:
        sample = source.read(SAMPLE)
    encoding = encodings.guess(path, sample)
    written = sample.decode(encoding, errors=encodings.REPAIR)
    if len(sample) == SAMPLE:
        written = written[: max(written.rfind("\n"), written.rfind("\r")) + 1 or len(written)]
    candidates = {separator: _first_rows(written, separator) for separator in _SEPARATORS}

    def likelihood(separator: str) -> tuple[int, int]:
        rows = candidates[separator]
        headers = max((columns.recognised(cells) for cells in rows), default=0)
        named = max((len(wanted & {columns.plain(cell) for cell in cells}) for cells in rows), default=0)
        return headers + named, sorted(len(cells) for cells in rows)[len(rows) // 2] if rows else 0

    separator = max(candidates, key=likelihood)
    rows = candidates[separator]
    if not any(any(cell.strip() for cell in cells) for cells in rows):
        raise NoEventsError(f"{name} est vide.", "Refaites l'export.")
    return Beginning(encoding, separator, grids.unfolded(rows))


def _first_rows(text: str, separator: str) -> list[list[str]]:
    rows: list[list[str]] = []
    csv.field_size_limit(csv_rows.LARGEST_CELL)
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append(cells)
            if len(rows) == columns.SEARCHED_ROWS:
                break
    except csv.Error:
        pass  # a cell longer than the reader takes: this separator is not the right one, or tables.load will say so
    return rows


def _name_columns(
    connection: duckdb.DuckDBPyConnection, header: Header, mapping: Mapping, n_columns: int, of_sheet: dict[str, str]
) -> None:
    """Make the view `intake_named`: line, notes, and one text per field, null where no column gives it."""
    parts = []
    guarded = _guarded(connection, sorted({i for each in header.columns.values() for i in each if i < n_columns}))
    for field in FIELDS:
        indexes = [index for index in header.columns.get(field, []) if index < n_columns]
        cells = [f"intake_unguarded(c{index})" if index in guarded else f"c{index}" for index in indexes]
        if field not in _TRIMMED_LATER or field in mapping.values:
            cells = [f"intake_trim({cell})" for cell in cells]
        cells = [
            flags.as_sql(cell, header.flags[index]) if index in header.flags else cell
            for index, cell in zip(indexes, cells, strict=True)
        ]
        if field == "status":
            cells += [_said_of_status(f"c{index}") for index in header.remarks if index < n_columns]
        if header.sessions and field in ("begins", "begins_hour", "ends", "ends_hour"):
            of_sessions = {index for session in header.sessions for _field, index in session.fields}
            cells = [cell for index, cell in zip(indexes, cells, strict=True) if index not in of_sessions]
            cells = [numbered.as_sql(header.sessions)] if field == "begins" else cells
        if field == "city" and numbered.counted(header.names, indexes):  # several towns, none of which is chosen
            cells = [f"nullif(array_to_string(list_distinct([{', '.join(cells)}]), ' / '), '')"]
        if field == "duration":
            units = [lengths.with_unit(columns.plain(header.names[index])) for index in indexes]
            cells = [
                f"case when regexp_full_match({cell}, '\\d+(?:[.,]\\d+)?') then {cell} || ' {unit}' else {cell} end"
                if unit
                else cell
                for cell, unit in zip(cells, units, strict=True)
            ]
        if field == "begins_hour" and header.minutes is not None and header.minutes in indexes:
            cells = [_joined_clock(cells, indexes.index(header.minutes))]
        if field in of_sheet:
            cells.append(f"'{of_sheet[field].replace(chr(39), chr(39) * 2)}'")
        if not cells:
            parts.append(f"null::varchar as {field}")
            continue
        if len(cells) == 1:
            value = cells[0]
        elif field in _LONG_TEXTS:
            value = f"nullif(concat_ws(chr(10) || chr(10), {', '.join(cells)}), '')"
        elif field in _LISTS:
            value = f"nullif(concat_ws(' | ', {', '.join(cells)}), '')"
        elif field == "begins":
            value = f"nullif(concat_ws(chr({ord(dates.CELL)}), {', '.join(cells)}), '')"
        elif field == "ends":
            read_first = [f"case when regexp_matches({cell}, '{_DATED}') then {cell} end" for cell in cells]
            value = f"coalesce({', '.join((*read_first, *cells))})"
        else:
            said = [f"case when not intake_says_nothing({cell}) then {cell} end" for cell in cells]
            value = f"coalesce({', '.join((*said, cells[0]))})"
        if field == "month":  # a heading beside its rows: empty cells say the same as the one above
            value = f"last_value({value} ignore nulls) over (order by line)"
        if field in mapping.values:
            name = f"intake_values_{field}"
            table = {columns.plain(key): meaning for key, meaning in mapping.values[field].items()}
            connection.execute(
                f"set variable {name} = map(?::varchar[], ?::varchar[])", [list(table), list(table.values())]
            )
            value = f"coalesce(getvariable('{name}')[intake_key({value})], {value})"
        parts.append(f"{value} as {field}")
    connection.execute(
        f"create or replace temp view intake_named as select line, notes, {', '.join(parts)} from intake_cells"  # noqa: S608
    )


def _guarded(connection: duckdb.DuckDBPyConnection, indexes: Sequence[int]) -> set[int]:
    """Return the columns that have a cell which `intake_unguarded` may change; planning that for all takes longer than to look."""
    if not indexes:
        return set()
    looks = ", ".join(f"bool_or(starts_with(c{index}, '=') or starts_with(c{index}, chr(39)))" for index in indexes)
    row = connection.execute(f"select {looks} from intake_cells").fetchone()  # noqa: S608
    return {index for index, is_guarded in zip(indexes, row or (), strict=True) if is_guarded}


def _joined_clock(cells: list[str], minutes: int) -> str:
    """Return SQL for the hour whose minutes stand in a column of their own: « 18 » and « 30 »."""
    hour = next(cell for number, cell in enumerate(cells) if number != minutes)
    return (
        f"case when regexp_full_match({hour}, '\\d{{1,2}} ?[hH:]?') and regexp_full_match({cells[minutes]}, '[0-5]?\\d')"
        f" then regexp_extract({hour}, '\\d+') || 'h' || lpad({cells[minutes]}, 2, '0')"
        f" else nullif(concat_ws(' ', {hour}, {cells[minutes]}), '') end"
    )


def _said_of_status(cell: str) -> str:
    """Return SQL for what a remark says of an event's status, if it begins with that."""
    return f"nullif(regexp_extract(strip_accents(lower({cell})), '^\\W*(annule\\w*|reporte\\w*|complet)\\b', 1), '')"
