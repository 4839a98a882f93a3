"""Hand-made tables in text: any encoding, separator, preamble, ragged rows, cells over several lines."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import duckdb
import jinja2

from campaign.core.errors import NoEventsError
from campaign.core.language import Message, join, mark, say
from campaign.intake import text
from campaign.intake.fields import columns, date_fields, date_hints, mapped_columns, named_columns
from campaign.intake.fields.columns import Header
from campaign.intake.files import encodings
from campaign.intake.request import Mapping, Reading, Request
from campaign.intake.spreadsheets import csv_rows, grids, sheets, tables

HERE: Final = Path(__file__).parent
_TEMPLATES: Final = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False, trim_blocks=True)  # noqa: S701  SQL
INCOMING_ROWS: Final = _TEMPLATES.from_string((HERE / "spreadsheet.sql").read_text("utf-8"))
SAMPLE: Final = 1 << 18
N_SAMPLES: Final = 3
_SEPARATORS: Final = {
    ";": mark("séparateur point-virgule"),
    ",": mark("séparateur virgule"),
    "\t": mark("séparateur tabulation"),
    "|": mark("séparateur barre"),
    "~": mark("séparateur tilde"),
    "^": mark("séparateur accent circonflexe"),
    "#": mark("séparateur dièse"),
}
_REPEATED_UID: Final = "select 1 from intake_named where uid is not null group by uid having count(*) > 1 limit 1"
_INSTANTS: Final = ("created_at", "updated_at")


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
    head = say("en-tête ligne {n}", n=rows.header_line) if dialect.header.row >= 0 else say("sans en-tête")
    why: list[str | Message] = ["CSV", dialect.encoding, say(_SEPARATORS[dialect.separator]), head]
    return take(connection, request, rows.header, rows, why, above)


def take(
    connection: duckdb.DuckDBPyConnection,
    request: Request,
    header: Header,
    rows: tables.Rows,
    why: Sequence[str | Message],
    above: Sequence[Sequence[str]] = (),
) -> Reading:
    """Make `intake_incoming` from the rows in `intake_cells`, whatever file they come from; `above` stands before the header."""
    text.know_characters(connection, "intake_raw")
    has_struck = sheets.mark_rows(connection, request)
    of_sheet = sheets.place_of(request, header)
    given = named_columns.name_columns(connection, header, request.mapping, rows.n_columns, of_sheet)
    if has_struck:
        sheets.call_off_struck(connection)
        given |= {"status"}
    connection.execute((HERE / "spreadsheet_keys.sql").read_text("utf-8"))
    of_dates = [header.names[index] for field in ("begins", "slots") for index in header.columns.get(field, ())]
    around, source = date_hints.of_table(request, above, of_dates)
    has_moments = any(header.columns.get(field) or field in request.mapping.columns for field in _INSTANTS)
    is_elsewhere = date_fields.read_spans(connection, around, has_moments=has_moments)
    date_fields.read_moments(connection, has_moments=has_moments)
    has_repeated_uids = "uid" in given and bool(connection.execute(_REPEATED_UID).fetchall())
    connection.execute(INCOMING_ROWS.render(given=given, has_repeated_uids=has_repeated_uids))
    return Reading(
        why=join(
            ", ",
            [
                *([say("export OpenAgenda")] if columns.is_openagenda(header.names) else []),
                *why,
                *([say(source, n=around.year)] if is_elsewhere else []),
                *([say("lieu d'après le nom de la feuille")] if of_sheet else []),
            ],
        ),
        columns={field: [header.names[i] for i in indexes] for field, indexes in header.columns.items()},
        samples=_samples(connection, header, rows.n_columns),
        reasons={
            field: [str(header.reason(index)) for index in indexes if header.reason(index)]
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
    samples = {}
    for field, indexes in header.columns.items():
        cells = (str(row[2 + index] or "").strip() for row in rows for index in indexes if index < n_columns)
        samples[field] = list(dict.fromkeys(filter(None, cells)))[:N_SAMPLES]
    return samples


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
    return _beginning(path, (written.st_mtime_ns, written.st_size), frozenset(mapped_columns.headers(mapping)), name)


@lru_cache(maxsize=4)  # a file is looked at when it is found, and when it is read
def _beginning(path: Path, _identity: tuple[int, int], wanted: frozenset[str], name: str) -> Beginning:
    with path.open("rb") as source:
        sample = source.read(SAMPLE)
    encoding = encodings.guess(path, sample)
    written = sample.decode(encoding, errors=encodings.REPAIR).replace("\0", "")
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
        raise NoEventsError(say("{name} est vide.", name=name), say("Refaites l'export."))
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
