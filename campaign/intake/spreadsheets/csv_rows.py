"""The records of a CSV file, row by row, whatever is wrong with its quotes."""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Final

from campaign.core.errors import IntakeError
from campaign.core.language import say
from campaign.intake.fields.columns import Header
from campaign.intake.files import encodings

LARGEST_CELL: Final = 1 << 20
BLANK: Final = " \t\r\n"
_LINK: Final = re.compile(r"!?\[([^\[\]]+)\]\((?:[^()\s]|\([^()]*\))+\)")  # of Markdown
_STRONG: Final = re.compile(r"(?<![*\w])(\*{1,3}|__)(?=\S)(.+?)(?<=\S)\1(?![*\w])")
_MOST_OPEN: Final = 100  # quotes left open: more of them, and the file is not what it seems
_REMEDY: Final = say("Vérifiez les guillemets du fichier, ou enregistrez-le de nouveau en CSV.")


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


def records(path: Path, name: str, encoding: str, separator: str, header: Header) -> Iterator[tuple[int, list[str]]]:
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
                if number <= header.row or n_open == _MOST_OPEN:
                    raise _open_quote(name, line) from error
            if is_open and number > header.row:
                n_open += 1
                cells = _alone(lines.hand_back(), separator)
                if n_open > _MOST_OPEN or len(cells) != len(header.names):
                    raise _open_quote(name, line)
                reader = csv.reader(lines, delimiter=separator)
                yield line, OpenQuoteCells(cells)
                line += 1
                continue
            if len(lines.taken) > 1 and '"' not in lines.taken[-1]:
                raise _open_quote(name, line)  # the file ended inside a cell
            if len(lines.taken) == 1 and any('"' in cell for cell in cells):
                cells = _with_quotes(lines.taken[0].rstrip("\r\n"), separator, len(header.names)) or cells
            yield line, [_plain(cell) for cell in cells] if separator == "|" else cells
            line += len(lines.taken)


def _with_quotes(line: str, separator: str, n_cells: int) -> list[str]:
    """Return the cells of a line that quotes words within quoted cells and does not double those quotes: « "Le "Bocal"" ».

    A quote closes a cell only before a separator or at the end. Empty where the line is well quoted, or has not `n_cells` so.
    """
    try:
        list(csv.reader([line], delimiter=separator, strict=True))
        return []
    except csv.Error:
        pass
    sign = re.escape(separator)
    quoted = rf'"(?:[^"]|"(?! *(?:{sign}|$)))*"'
    parts = re.findall(rf'(?:^|{sign}) *({quoted}(?= *(?:{sign}|$))|[^"{sign}][^{sign}]*|(?={sign}|$))', line)
    if len(parts) != n_cells:
        return []
    return [part[1:-1].replace('""', '"') if part.startswith('"') else part for part in parts]


def _plain(cell: str) -> str:
    """Return a cell of a table in Markdown without its links and emphasis."""
    return _STRONG.sub(r"\2", _LINK.sub(r"\1", cell)) if "](" in cell or "**" in cell or "__" in cell else cell


def _is_left_open(taken: Sequence[str], separator: str, header: Header) -> bool:
    """Tell whether a record over several lines is several rows: each line by itself has the cells of one.

    Where the quotes are well paired nevertheless, each line must also have a figure where its date is.
    """
    rows = [_alone(line, separator) for line in taken if line.strip(BLANK)]
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
    return IntakeError(
        say(
            "{name}, ligne {line} : guillemet ouvert qui n'est pas refermé, ou cellule démesurée.", name=name, line=line
        ),
        _REMEDY,
    )
