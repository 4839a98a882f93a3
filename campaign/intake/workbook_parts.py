"""What the parts of an XLSX workbook say that its cells do not: hidden rows, the calendar of its numbers."""

import re
import zipfile
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_HIDDEN: Final = re.compile(rb"<row\b[^>]*>")
_LARGEST: Final = 64 << 20  # bytes of a part that is held as a whole
_MOST: Final = 100_000


def hidden_rows(path: Path, sheet: str) -> list[int]:
    """Return the numbers of the rows that a sheet of an XLSX workbook hides."""
    part = _part(path, sheet)
    if part is None:
        return []
    found = []
    with zipfile.ZipFile(path) as archive:
        if archive.getinfo(part).file_size > _LARGEST:
            return []
        for row in _HIDDEN.findall(archive.read(part)):
            number = re.search(rb'\br="(\d+)"', row)
            if number and re.search(rb'\bhidden="(?:1|true)"', row):
                found.append(int(number[1]))
    return found[:_MOST]


def counts_from_1904(path: Path) -> bool:
    """Tell whether the numbers of an XLSX workbook count days from 1904, as those of old Macintosh ones do."""
    book = _book(path)
    properties = None if book is None else book.find(f"{_MAIN}workbookPr")
    return properties is not None and properties.get("date1904") in ("1", "true")


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
