"""Cells that hold a place as a program's object, « {"nom": "Halles", "ville": "Tours"} », in columns of their own."""

import ast
import csv
import json
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from campaign.core.errors import IntakeError
from campaign.intake.fields import columns, flat_rows
from campaign.intake.files import encodings
from campaign.intake.files import scratch as working
from campaign.intake.request import Mapping
from campaign.intake.spreadsheets import csv_rows, spreadsheet

LARGEST: Final = 64 << 20
_PLACE: Final = ("city", "postcode", "commune_code", "address")

Columns = dict[int, list[str]]  # the keys of the objects of each column


def as_columns(path: Path, scratch: Path) -> Path:
    """Return a file as it is, or a copy in which the parts of places have columns, called « lieu_ville » and the like.

    An object that cannot be read, or has a key that the first rows have not, stays where it is.
    """
    with path.open("rb") as source:
        if path.stat().st_size > LARGEST or b"{" not in source.read(spreadsheet.SAMPLE):
            return path
    try:
        first = spreadsheet.beginning(path, Mapping(), path.name)
    except IntakeError:
        return path
    number = columns.header_row(first.rows)
    held = _held(first.rows, number) if number >= 0 else {}
    if not held:
        return path
    copy = working.new_file(scratch, "objects", path.suffix)
    csv.field_size_limit(csv_rows.LARGEST_CELL)
    with (
        path.open(encoding=first.encoding, errors=encodings.REPAIR, newline="") as source,
        copy.open("w", encoding="utf-8", newline="") as target,
    ):
        rows = csv.reader(source, delimiter=first.separator, strict=True)
        writer = csv.writer(target, delimiter=first.separator, quoting=csv.QUOTE_ALL, lineterminator="\n")
        try:
            writer.writerows(islice(rows, number))
            names = next(rows)
            writer.writerow([*names, *(f"{names[index]}_{key}" for index, keys in held.items() for key in keys)])
            writer.writerows(_with_parts(row, held, len(names)) for row in rows)
        except csv.Error:
            return path  # a quote that is not closed: whoever reads the file says so
    return copy


def _held(rows: Sequence[Sequence[str]], number: int) -> Columns:
    """Return which columns hold places as objects in the first rows, and their keys."""
    held: Columns = {}
    for row in rows[number + 1 :]:
        for index, cell in enumerate(row[: len(rows[number])]):
            keys = held.setdefault(index, [])
            keys += [key for key in _parts(cell) if key not in keys]
    return {index: keys for index, keys in held.items() if any(columns.field_of(_last(key)) in _PLACE for key in keys)}


def _last(key: str) -> str:
    return key.rsplit("address_", 1)[-1]


def _parts(cell: str) -> dict[str, str]:
    """Return the texts of an object by their keys; none where a cell holds no object."""
    if not (cell.strip().startswith("{") and cell.strip().endswith("}")):
        return {}
    for parse in (json.loads, ast.literal_eval):
        try:
            value = parse(cell.strip())
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            continue
        return flat_rows.flat(value)
    return {}


def _with_parts(row: list[str], held: Columns, width: int) -> list[str]:
    """Return a row with the parts of its places behind its other cells."""
    if not any(cell.strip() for cell in row):
        return row
    cells = [*row, *[""] * (width - len(row))]
    parts: list[str] = []
    for index, keys in held.items():
        of_cell = _parts(cells[index])
        is_known = bool(of_cell) and set(of_cell) <= set(keys)
        parts += [of_cell[key] if is_known and key in of_cell else "" for key in keys]
        cells[index] = "" if is_known else cells[index]
    return [*cells[:width], *parts, *cells[width:]]
