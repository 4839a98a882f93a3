"""Cells of tables of pages and documents that span several rows or columns: what they say is said in each of them."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from campaign.core.errors import IntakeError
from campaign.intake.fields import columns
from campaign.intake.request import Mapping
from campaign.intake.spreadsheets import merged_rows

MOST_COLUMNS: Final = 50
MOST_ROWS: Final = 500

Grid = list[list[str]]
Text = Callable[[Any], str]


class Below(str):
    """The text of a cell that began in a row above."""

    __slots__ = ()


def of_page(table: Any, text_of: Text) -> Grid:
    """Return the texts of a table of a web page; a cell of `rowspan="0"` goes on to the end of its table."""
    grid: Grid = []
    spans: dict[tuple[int, int], Below] = {}
    for number, row in enumerate(table.xpath(".//tr")):
        cells: list[str] = []
        for cell in row.xpath("./td|./th"):
            while (number, len(cells)) in spans:
                cells.append(spans[number, len(cells)])
            text = text_of(cell)
            height, width = (_number(cell.get(key, "")) for key in ("rowspan", "colspan"))
            width = min(width or 1, MOST_COLUMNS)
            for column in range(len(cells), len(cells) + width):
                spans |= {
                    (number + down, column): Below(text) for down in range(1, min(height or MOST_ROWS, MOST_ROWS))
                }
            cells += [text] * width
        while (number, len(cells)) in spans:
            cells.append(spans[number, len(cells)])
        grid.append(cells)
    return grid


def of_document(rows: Sequence[Any], text_of: Text) -> Grid:
    """Return the texts of the rows of a table of a Word document."""
    grid: Grid = []
    above: list[Any] = []
    for row in rows:
        parts = [
            *[None] * row.grid_cols_before,
            *(cell._tc for cell in row.cells),
        ]  # a row may begin behind its first column
        grid.append(
            [
                ""
                if part is None
                else Below(text_of(part))
                if index < len(above) and above[index] is part
                else text_of(part)
                for index, part in enumerate(parts)
            ]
        )
        above = parts
    return grid


def with_sessions(grid: Grid, row: int) -> Grid:
    """Return a table whose rows below one title are one, with all their days, where nothing but these tells them apart."""
    if not any(isinstance(cell, Below) for cells in grid[row + 1 :] for cell in cells):
        return grid
    try:
        header = columns.find_header(grid, Mapping(), "", is_whole=False)
    except IntakeError:
        return grid
    titles = header.columns.get("title", [])[:1]
    ends: dict[int, int] = {}
    first = row + 1
    for number, cells in enumerate(grid[row + 1 :], row + 1):
        if any(index < len(cells) and cells[index] and isinstance(cells[index], Below) for index in titles):
            ends[first] = number
        else:
            first = number
    records = merged_rows.records(enumerate(map(list, grid[row + 1 :]), row + 1), header, ends)
    return [*grid[: row + 1], *(cells for _, cells in records)]


def _number(text: str) -> int:
    return int(text) if text.strip().isdigit() else 1
