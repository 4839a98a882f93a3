"""Workbooks (XLSX, XLS, ODS): each sheet is a table; its rows, as text, are read as those of a CSV file."""

import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Final

import duckdb
from babel.dates import get_month_names
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from campaign.core.errors import IntakeError, NoEventsError
from campaign.core.language import Message, say
from campaign.intake.fields import columns, date_hints, guessing
from campaign.intake.files import encodings, workbook_parts
from campaign.intake.request import Mapping, Reading, Request
from campaign.intake.spreadsheets import grids, merged_rows, place_sheets, spreadsheet, tables, transposed

# Sheets that explain the others, as the template for chambers has them.
_BESIDE: Final = {"aide", "exemple", "exemples", "liste", "listes", "notice", "mode d emploi", "lisez moi", "readme"}
_LARGEST_EXTENT: Final = 60_000_000  # cells between the first and the last: all of them are held
_FEW: Final = 10  # rows of a sheet that holds no table
_MOST_SHEETS: Final = 16
_ERRORS: Final = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}
_LAST_SECOND: Final = 59
_FIRST_DAY: Final = date(1900, 1, 1)  # of a spreadsheet: the cell 1, which shows midnight where it holds an hour
_MIDNIGHT: Final = "24:00"
_EPOCH_YEAR: Final = 1905  # a time alone is a moment of 1899, 1900 or 1904


@dataclass(frozen=True)
class Sheets:
    """The sheets of a workbook to read, and those left aside, each with why."""

    taken: tuple[str, ...]
    left: tuple[Message, ...]


@dataclass(frozen=True)
class _Parts:
    """What the file of a workbook says of a sheet that its reader does not: by row and column from 0, the cells that show no more of
    their date than its month, and the first and last of those that are merged.
    """

    months: frozenset[tuple[int, int]]
    spans: list[tuple[tuple[int, int], tuple[int, int]]]

    @classmethod
    def of(cls, path: Path, sheet: str) -> "_Parts":
        """Return what the file says."""
        return cls(workbook_parts.months(path, sheet), workbook_parts.spans(path, sheet))


def sheets(path: Path, name: str, mapping: Mapping) -> Sheets:
    """Return which sheets hold a table; the only one of a workbook is taken as it is."""
    book = _opened(path, name)
    worksheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    visible_sheets = [sheet.name for sheet in worksheets if sheet.visible == SheetVisibleEnum.Visible]
    left = [
        say("{sheet} (masquée)", sheet=sheet.name) for sheet in worksheets if sheet.visible != SheetVisibleEnum.Visible
    ]
    beside = [sheet for sheet in visible_sheets if columns.plain(sheet) in _BESIDE]
    wanted = [sheet for sheet in visible_sheets if sheet not in beside] or visible_sheets
    left += [say("{sheet} (explications)", sheet=sheet) for sheet in beside if sheet not in wanted]
    if len(wanted) <= 1:
        return Sheets(tuple(wanted), tuple(left))
    taken, forms = [], []
    of_places = {places.sheet for each in wanted if (places := _places(path, name, each))}
    left += [say("{sheet} (lieux des autres feuilles)", sheet=sheet) for sheet in wanted if sheet in of_places]
    for sheet in [sheet for sheet in wanted if sheet not in of_places]:
        rows = [cells for _, cells in records(_sheet(book, sheet, name), columns.SEARCHED_ROWS)]
        if columns.has_header(grids.unfolded(rows), mapping):
            taken.append(sheet)
            forms += [sheet] if transposed.is_transposed(rows) else []
        else:
            left.append(
                say("{sheet} (sans en-tête reconnu)", sheet=sheet) if rows else say("{sheet} (vide)", sheet=sheet)
            )
    if len(forms) < len(taken):  # beside a table, names of fields with a text each explain it
        taken = [sheet for sheet in taken if sheet not in forms]
        left += [say("{sheet} (fiche ou explications)", sheet=sheet) for sheet in forms]
    return Sheets(tuple(taken or wanted[:1]), tuple(left))


def header(path: Path, name: str, mapping: Mapping) -> list[str]:
    """Return the headers of the first sheet to read."""
    sheet = sheets(path, name, mapping).taken[:1]
    rows = beginning(path, name, sheet[0])[1] if sheet else []
    return columns.find_header(rows, mapping, name).names


def read(connection: duckdb.DuckDBPyConnection, request: Request) -> Reading:
    """Make `intake_incoming` from a sheet of a workbook."""
    sheet, first = beginning(request.path, request.name, request.sheet)
    if not any(any(cell.strip() for cell in cells) for cells in first):
        raise NoEventsError(say("{name} est vide.", name=request.name), say("Remplissez la première feuille."))
    header = columns.find_header(first, request.mapping, request.name)
    parts = _Parts.of(request.path, sheet.name)
    mended: list[int] = []
    source = records(sheet, on_mended=mended.append, parts=parts)
    if not grids.is_grid([cells for _, cells in records(sheet, columns.SEARCHED_ROWS, parts=parts)]):
        places = _places(request.path, request.name, sheet.name)
        source = merged_rows.records(
            places.joined(source) if places else source, header, _ends_of_titles(sheet, parts, header)
        )
    rows = tables.load_records(connection, grids.records(source), header)
    if mended:
        rows = replace(rows, warnings=(*rows.warnings, ("encoding_repaired", str(len(set(mended))))))
    above = first[: max(header.row, 0)]
    if not _has_years(first[header.row + 1 :], header, request):
        above = [*above, *_said_beside(request, sheet.name)]
    head = say("en-tête ligne {n}", n=rows.header_line) if header.row >= 0 else say("sans en-tête")
    why = [say("classeur"), say("feuille « {name} »", name=sheet.name), head]
    return spreadsheet.take(connection, request, rows.header, rows, why, above)


def _has_years(rows: Sequence[Sequence[str]], header: columns.Header, request: Request) -> bool:
    """Tell whether the dates of a sheet have their years, or its name has."""
    dates = [cells[at] for cells in rows for at in header.columns.get("begins", []) if at < len(cells)]
    return any(map(guessing.is_full_date, dates)) or bool(date_hints.of_sheet(request.sheet or "", request.edition)[1])


def _said_beside(request: Request, sheet: str) -> list[list[str]]:
    """Return the year that sheets of single lines give, « Programme 2026 » on a sheet « Lisez-moi », as a line above a header."""
    book = _opened(request.path, request.name)
    years: set[int] = set()
    for name in book.sheet_names if 1 < len(book.sheet_names) <= _MOST_SHEETS else ():
        rows = [] if name == sheet else [cells for _, cells in records(_sheet(book, name, request.name), _FEW)]
        if all(sum(map(bool, cells)) <= 1 for cells in rows):
            years |= {year for cells in rows for cell in cells if (year := date_hints.month_and_year(cell)[1])}
    return [[str(years.pop())]] if len(years) == 1 else []


def beginning(path: Path, name: str, sheet: str | None) -> tuple[CalamineSheet, list[list[str]]]:
    """Return a sheet (the first, if none is named) and its first rows."""
    book = _opened(path, name)
    worksheet = _sheet(book, sheet or book.sheet_names[0], name)
    parts = _Parts.of(path, worksheet.name)
    first = [cells for _, cells in records(worksheet, columns.SEARCHED_ROWS, parts=parts)]
    if not grids.is_grid(first) and (places := _places(path, name, worksheet.name)):
        first = [cells for _, cells in places.joined(enumerate(first))]
    return worksheet, grids.unfolded(first)


def _places(path: Path, name: str, sheet: str) -> place_sheets.Places | None:
    """Return the places that a sheet names and another one lists; None if there are none."""
    written = path.stat()
    if written.st_size > place_sheets.LARGEST:
        return None
    return _places_of(path, (written.st_mtime_ns, written.st_size), name).get(sheet)


@lru_cache(maxsize=2)  # a workbook is looked at when it is found, and when each of its sheets is read
def _places_of(path: Path, _identity: tuple[int, int], name: str) -> dict[str, place_sheets.Places]:
    """Return the places that the sheets of a workbook name, by sheet."""
    book = _opened(path, name)
    names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if not 1 < len(names) <= _MOST_SHEETS:
        return {}
    return place_sheets.by_sheet(
        {
            each: [cells for _, cells in records(_sheet(book, each, name), place_sheets.MOST_PLACES + 1)]
            for each in names
        }
    )


def records(
    sheet: CalamineSheet,
    n_rows: int | None = None,
    on_mended: Callable[[int], None] = lambda line: None,
    parts: "_Parts | None" = None,
) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with its number, as text; a cell merged over several rows says the same on each of them.

    `on_mended` is told the number of a row that holds a text that was written twice in UTF-8; `parts` is what the file says of the
    sheet beside its cells.
    """
    months, spans = (parts.months, parts.spans) if parts else (frozenset(), [])
    if sheet.start is None:
        return
    margin = [""] * sheet.start[1]
    merged = _merged(sheet.merged_cell_ranges or spans)
    going_on: dict[int, tuple[int, str]] = {}  # by column: the last row that the cell spans, and what it says
    for index, row in enumerate(islice(sheet.iter_rows(), n_rows)):
        written = [
            _month(cell) if (index, len(margin) + column) in months else text(cell) for column, cell in enumerate(row)
        ]
        cells = margin + [encodings.mended(cell) for cell in written]
        if cells[len(margin) :] != written:
            on_mended(index + 1)
        for column, (last, cell_text) in going_on.items():
            if index <= last:  # what it hides nobody sees
                cells[column] = cell_text
        going_on.update({column: (last, cells[column]) for column, last in merged.get(index, ())})
        yield index + 1, cells


def text(cell: object) -> str:
    """Return a cell as a person would have typed it: days and moments in ISO 8601, whole numbers without a point."""
    match cell:
        case str():
            return "" if cell in _ERRORS else cell
        case bool():
            return "oui" if cell else "non"
        case int():
            return str(cell)
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        case datetime():
            if cell.year < _EPOCH_YEAR:
                return _clock(cell.time())
            if cell.second == _LAST_SECOND and cell.microsecond:  # a fraction of a day that falls short of the minute
                cell += timedelta(seconds=1)
            whole = cell.replace(second=0, microsecond=0)
            return cell.date().isoformat() if whole.time() == time() else whole.isoformat(timespec="minutes")
        case date():
            return _MIDNIGHT if cell == _FIRST_DAY else cell.isoformat()
        case time():
            return _clock(cell)
        case timedelta():
            if cell >= timedelta(days=1):  # no hour of a day
                return f"{cell // timedelta(hours=1)}h{cell // timedelta(minutes=1) % 60:02}"
            return _clock((datetime(2000, 1, 1) + cell % timedelta(days=1)).time())  # noqa: DTZ001 - a length of time
        case _:
            return str(cell)


def _month(cell: object) -> str:
    """Return the month of a date as a person reads it; any other cell as it is."""
    if not isinstance(cell, date):
        return text(cell)
    return f"{get_month_names('wide', locale='fr')[cell.month]} {cell.year}"


def _clock(hour: time) -> str:
    """Return an hour to the minute; what a spreadsheet keeps as a fraction of a day is a second short at times."""
    seconds = hour.hour * 3600 + hour.minute * 60 + hour.second + 30
    return f"{seconds // 3600 % 24:02}:{seconds // 60 % 60:02}"


def oversized(name: str) -> IntakeError:
    """Return the error of a workbook whose few cells stand so far apart that the rectangle between them does not fit in memory.

    Its library asks for all of that memory at once and aborts where it gets none, in whatever way the cells are written: the
    process that reads imports is bounded for that (campaign/intake/apart.py).
    """
    return IntakeError(
        say("{name} est un classeur démesuré.", name=name),
        say("Supprimez les lignes et colonnes vides, ou enregistrez-le en CSV."),
    )


def _opened(path: Path, name: str) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(path)
    except (CalamineError, OSError, zipfile.BadZipFile) as error:
        remedy = say(
            "Ouvrez-le dans un tableur, retirez le mot de passe s'il y en a un, et enregistrez-le de nouveau en .xlsx."
        )
        raise IntakeError(say("{name} est un classeur qui ne peut pas être lu.", name=name), remedy) from error


def _sheet(book: CalamineWorkbook, sheet: str, name: str) -> CalamineSheet:
    try:
        worksheet = book.get_sheet_by_name(sheet)
    except CalamineError as error:
        raise IntakeError(
            say("{name}, feuille « {sheet} » : elle ne peut pas être lue.", name=name, sheet=sheet),
            say("Enregistrez-la en CSV."),
        ) from error
    if worksheet.total_height * worksheet.total_width > _LARGEST_EXTENT:
        raise oversized(name)
    return worksheet


def _ends_of_titles(sheet: CalamineSheet, parts: _Parts, header: columns.Header) -> dict[int, int]:
    """Return the last line of each title below the header that is merged over several, by its first."""
    merged = _merged(sheet.merged_cell_ranges or parts.spans)
    titles = header.columns.get("title", [])[:1]
    return {
        top + 1: bottom + 1
        for top, each in merged.items()
        for left, bottom in each
        if left in titles and top > header.row
    }


def _merged(spans: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> dict[int, list[tuple[int, int]]]:
    """Return, by the first row of each merged cell that spans several: its column and last row."""
    merged_by_row: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _right) in spans:
        if bottom > top:
            merged_by_row.setdefault(top, []).append((left, bottom))
    return merged_by_row
