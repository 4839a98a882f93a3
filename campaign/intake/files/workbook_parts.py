"""What the parts of an XLSX workbook say that its cells do not: hidden and struck rows, from when days count, months without days."""

import re
import zipfile
import zlib
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from campaign.intake.files import scratch as working

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_HIDDEN: Final = re.compile(rb"<row\b[^>]*>")
_CELL: Final = re.compile(rb'<c r="([A-Z]+)(\d+)" s="(\d+)"')
_FILLED: Final = re.compile(rb'<c r="[A-Z]+(\d+)"([^>/]*)><')  # with a value
_MONTH_FORMAT: Final = "17"  # of every workbook: « mmm-yy »
_MANIFEST: Final = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
_SIGNS: Final = (
    (re.compile(rb"<text:line-break\s*/>|<text:line-break>\s*</text:line-break>"), b"&#10;"),
    (re.compile(rb"<text:tab(?:\s[^<>]*)?/>|<text:tab>\s*</text:tab>"), b"&#9;"),
)
_LARGEST: Final = 64 << 20  # bytes of a part that is held as a whole
_MOST: Final = 100_000


def as_packed(path: Path, scratch: Path) -> Path:
    """Return a file as it is, or an OpenDocument workbook as the archive that its reader takes: one that is one text (.fods), or whose
    cells have line breaks or tabs of their own, which its reader leaves out between two words.
    """
    with path.open("rb") as source:
        head = source.read(4096)
    if head.startswith(b"PK"):
        content = _open_content(path)
        spaced = _with_signs(content) if content else content
        return path if spaced == content else _packed(spaced, scratch)
    is_flat = (
        head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
        and b"application/vnd.oasis.opendocument.spreadsheet" in head
    )
    if not is_flat or path.stat().st_size > _LARGEST:
        return path
    return _packed(_with_signs(path.read_bytes()), scratch)


def _with_signs(content: bytes) -> bytes:
    for element, sign in _SIGNS:
        content = element.sub(sign, content)
    return content


def _packed(content: bytes, scratch: Path) -> Path:
    copy = working.new_file(scratch, "packed", ".ods")
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
    return copy


def _open_content(path: Path) -> bytes:
    """Return the content of an OpenDocument workbook; none of another file, or of one that is too large to be held."""
    try:
        with zipfile.ZipFile(path) as archive:
            if not {"mimetype", "content.xml"} <= archive.NameToInfo.keys() or b"spreadsheet" not in archive.read(
                "mimetype"
            ):
                return b""
            return archive.read("content.xml") if archive.getinfo("content.xml").file_size <= _LARGEST else b""
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return b""  # its reader says what is wrong with it


def hidden_rows(path: Path, sheet: str) -> list[int]:
    """Return the numbers of the rows that a sheet of an XLSX workbook hides."""
    part = _part(path, sheet)
    if part is None:
        return []
    numbers = []
    with zipfile.ZipFile(path) as archive:
        if archive.getinfo(part).file_size > _LARGEST:
            return []
        for row in _HIDDEN.findall(archive.read(part)):
            number = re.search(rb'\br="(\d+)"', row)
            if number and re.search(rb'\bhidden="(?:1|true)"', row):
                numbers.append(int(number[1]))
    return numbers[:_MOST]


def struck_rows(path: Path, sheet: str) -> list[int]:
    """Return the numbers of the rows of a sheet of an XLSX workbook of which each cell with a value is struck through."""
    styles = _struck_styles(path)
    part = _part(path, sheet) if styles else None
    if part is None:
        return []
    with zipfile.ZipFile(path) as archive:
        if archive.getinfo(part).file_size > _LARGEST:
            return []
        cells = _FILLED.findall(archive.read(part))
    whole: dict[int, bool] = {}
    for number, attributes in cells:
        style = re.search(rb'\bs="(\d+)"', attributes)
        whole[int(number)] = whole.get(int(number), True) and style is not None and int(style[1]) in styles
    return [number for number, is_struck in whole.items() if is_struck][:_MOST]


def _struck_styles(path: Path) -> frozenset[int]:
    """Return the numbers of the styles of an XLSX workbook whose font is struck through."""
    styles = _styles(path)
    fonts = None if styles is None else styles.find(f"{_MAIN}fonts")
    given = None if styles is None else styles.find(f"{_MAIN}cellXfs")
    if fonts is None or given is None:
        return frozenset()
    marks = [font.find(f"{_MAIN}strike") for font in fonts]
    struck = {str(n) for n, mark in enumerate(marks) if mark is not None and mark.get("val") not in ("0", "false")}
    return frozenset(n for n, each in enumerate(given) if each.get("fontId") in struck)


def counts_from_1904(path: Path) -> bool:
    """Tell whether the numbers of an XLSX workbook count days from 1904, as those of old Macintosh ones do."""
    book = _book(path)
    properties = None if book is None else book.find(f"{_MAIN}workbookPr")
    return properties is not None and properties.get("date1904") in ("1", "true")


def spans(path: Path, sheet: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the cells of a sheet of an OpenDocument workbook that span several rows, which its reader does not tell: first and last
    row and column, from 0.
    """
    cell_spans = []
    content = _open_content(path)
    if b"number-rows-spanned" not in content:
        return []
    tables = ElementTree.fromstring(content).iter(f"{_TABLE}table")  # noqa: S314 - the reader has read it before
    table = next((each for each in tables if each.get(f"{_TABLE}name") == sheet), None)
    row = 0
    for written in () if table is None else table.iter(f"{_TABLE}table-row"):
        column = 0
        for cell in written:
            width, height = (int(cell.get(f"{_TABLE}number-{kind}-spanned", "1")) for kind in ("columns", "rows"))
            if height > 1 and row < _MOST:
                cell_spans.append(((row, column), (row + height - 1, column + width - 1)))
            column += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        row += int(written.get(f"{_TABLE}number-rows-repeated", "1"))
    return cell_spans


def months(path: Path, sheet: str) -> frozenset[tuple[int, int]]:
    """Return the cells of a sheet, by row and column from 0, whose format shows the month and the year of a date, and no day."""
    styles = _month_styles(path)
    part = _part(path, sheet) if styles else None
    if part is None:
        return frozenset()
    with zipfile.ZipFile(path) as archive:
        if archive.getinfo(part).file_size > _LARGEST:
            return frozenset()
        cells = _CELL.findall(archive.read(part))
    return frozenset((int(row) - 1, _column(letters.decode())) for letters, row, style in cells if int(style) in styles)


def _month_styles(path: Path) -> frozenset[int]:
    """Return the numbers of the styles of an XLSX workbook that show dates so: « mmm-yy », « mmmm yyyy »."""
    styles = _styles(path)
    if styles is None:
        return frozenset()
    codes = {each.get("numFmtId"): each.get("formatCode", "") for each in styles.iter(f"{_MAIN}numFmt")}
    of_months = {number for number, code in codes.items() if _shows_month(code)} | {_MONTH_FORMAT}
    given = styles.find(f"{_MAIN}cellXfs")
    return frozenset(
        n for n, each in enumerate(given if given is not None else ()) if each.get("numFmtId") in of_months
    )


def _styles(path: Path) -> ElementTree.Element | None:
    if not zipfile.is_zipfile(path):
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            return ElementTree.fromstring(archive.read("xl/styles.xml"))  # noqa: S314 - as below
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile):
        return None


def _shows_month(code: str) -> bool:
    signs = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code.split(";")[0]).lower()
    return "m" in signs and ("y" in signs or "a" in signs) and not re.search(r"[djhs0#]", signs)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _book(path: Path) -> ElementTree.Element | None:
    if not zipfile.is_zipfile(path):
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            return ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - expat limits what entities expand to
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile):
        return None


def _part(path: Path, sheet: str) -> str | None:
    """Return the file of a sheet within an XLSX workbook."""
    book = _book(path)
    if book is None:
        return None
    relation = next((each.get(_RELATION) for each in book.iter(f"{_MAIN}sheet") if each.get("name") == sheet), None)
    try:
        with zipfile.ZipFile(path) as archive:
            relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - as above
            target = next((each.get("Target") for each in relations if each.get("Id") == relation), None)
            name = target.lstrip("/") if target and target.startswith("/") else f"xl/{target}"
            return name if target and name in archive.namelist() else None
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile):
        return None
