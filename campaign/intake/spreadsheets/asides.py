"""The rows of a table that are no events, and what they say of those below them: headings, repeated headers, totals, notes.

A title is a row of one cell above the header of another table: its month and year are those of that table's days.
A heading is a row of one cell that names a day, a month, a département or a commune: the rows below it have it, where the table has
no column for that, or they leave the one of places blank.
A header among the rows begins another table, whose columns may stand in another order. What is left aside is told.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from campaign.intake.fields import guessing
from campaign.intake.fields.columns import Header, field_of, plain
from campaign.intake.fields.headings import LONGEST, heading_of, kind_among, month_in, names_other_place, only_cell

MARKS: Final = frozenset(
    {
        "id",
        "id.",
        "idem",
        "do.",
        "dto.",
        "dito",
        "ditto",
        "ibid",
        "ibid.",
        "〃",
        "″",
        "“",
        "”",
        '"',
        '""',
        "''",
        "//",
        "-//-",
        "-”-",
        '-"-',
        "—″—",
        "<<",
    }
)
TOTAL_SQL: Final = (
    r"(?i)^\W*((sous[- ]?)?(tota(l|ux)|somme|moyenne)|nombre (total )?d['’e] ?(action|[ée]v[ée]nement|participant)s?)\b"
)
_TOTAL: Final = re.compile(TOTAL_SQL)
_NOTE: Final = re.compile(
    r"(?i)^\s*(?:\*|\((?:\*|\d)\)|n\.?\s?b\.?\s*:|note|nota\b|remarque|source|l[ée]gende|mise? [àa] jour|document|page \d"
    r"|semaine (?:n[°o] ?)?\d{1,2}\s*$|fait (?:[àa]|le) |imprim[ée] le|[ée]dit[ée] le|g[ée]n[ée]r[ée] le|export(?:[ée])? (?:du|le) "
    r"|(?:contacts?|renseignements?|informations?|infos?|inscriptions?|r[ée]servations?)(?: et \w+)?\s*:)"
)
_RULE: Final = re.compile(r":?[-=_+]{2,}:?|:-:?|-:")  # below the header of a table in Markdown
# What a row below the header says of its columns: « (jj/mm/aaaa) », « ex : Atelier ».
_HELP: Final = re.compile(
    r"(?i)\(.*\)|(?:jj|dd)[/.-]mm[/.-](?:aa|yy)+|hh?\s?[:h]\s?mm"
    r"|ex(?:emple)?\s?[.:].*|obligatoire|facultatif|optionnel"
)
_DATE_FORMAT: Final = re.compile(
    r"(?i)(?:format\s*:?\s*)?\(?(?:jj|dd|j)[/. -]mm?[/. -](?:aa|yy)+\)?(?:\s+hh?\s?[:h]\s?mm)?"
)
_EXAMPLE: Final = re.compile(r"(?i)\W*ex(?:emple)?s?\b\s*[.:]")  # of the first rows: how to fill them in
_COMMENT: Final = re.compile(r"\s*#+(?:\s|$)")
_FIGURE: Final = re.compile(r"\d")
_MOST_LINES: Final = 12
_MOST_TITLES: Final = 5  # above one table

Record = tuple[int, list[str]]


@dataclass(frozen=True)
class Row:
    """The cells of an event, in the order of the table's header, and how many of its cells have no column there."""

    cells: Sequence[str]
    n_extra: int = 0


class Rows:
    """Reads the rows below a header, one after the other."""

    def __init__(self, header: Header) -> None:
        self._header = header
        self._names = {plain(name) for name in header.names if name.strip()}
        self._has_comments = False  # lines that « # » begins, as in what programmers write
        self._standing = dict(header.above)  # what the last headings say
        self._above: Sequence[str] = ()
        self._moved: dict[int, int] | None = None  # of another table's header: its column of each column
        self._left: list[int] = []
        self.added: dict[
            str, tuple[int, str]
        ] = {}  # by field that only a later table has: its column, after all others, and name
        self.n_written = len(header.names) - len(header.headings)

    @property
    def warnings(self) -> tuple[tuple[str, str], ...]:
        """What was left aside, as a finding on the file."""
        if not self._left:
            return ()
        lines = ", ".join(map(str, self._left[:_MOST_LINES]))
        return (("rows_left", lines + ("…" if len(self._left) > _MOST_LINES else "")),)

    def without_titles(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield rows, each with its line, but for the titles that stand over the header of another table."""
        waiting: list[Record] = []
        for number, (line, cells) in enumerate(records):
            if number > self._header.row and self.n_written > 1 and only_cell(cells) and len(waiting) < _MOST_TITLES:
                waiting.append((line, cells))
                continue
            if waiting and any(cell.strip() for cell in cells):
                if self._heads_table(cells):
                    self._leave_titles(waiting)
                else:
                    yield from waiting
                waiting = []
            yield line, cells
        yield from waiting

    def _leave_titles(self, rows: Sequence[Record]) -> None:
        """Leave titles aside; what they say of the month and year of a table stands in a column of its own."""
        for line, cells in rows:
            text = only_cell(cells) or ""
            if heading_of(text):
                if kind := kind_among(text, self._header.headings):
                    self._standing[str(kind)] = text
            elif month := month_in(text):
                self._standing["month"] = month
                if "month" not in self._header.columns:
                    self.added.setdefault("month", (self._first_added + len(self.added), text))
            self._left.append(line)

    def pass_above(self, cells: Sequence[str]) -> None:
        """Look at a row above the header: a heading there has the first rows."""
        text = only_cell(cells)
        self._has_comments = self._has_comments or bool(_COMMENT.match(cells[0] if cells else ""))
        kind = kind_among(text, self._header.headings) if text and self._header.headings else None
        if text and kind and kind not in self._header.above:
            self._standing[str(kind)] = text

    def read(self, line: int, cells: Sequence[str]) -> Row | None:
        """Return the cells of a row as the header has them; None if it is no event."""
        if self._is_aside(cells):
            self._left.append(line)
            return None
        n_extra = 0
        if self._moved is not None:
            n_extra = sum(1 for index, cell in enumerate(cells) if cell.strip() and index not in self._moved)
            moved = [""] * self.n_written
            beyond = [""] * len(self.added)
            first = self._first_added
            for index, cell in enumerate(cells):
                to = self._moved.get(index, -1)
                if to >= first:
                    beyond[to - first] = cell
                elif to >= 0:
                    moved[to] = cell
            return self._row(self._as_above(moved), beyond, n_extra)
        cells = self._as_above(cells)
        if self._header.headings or self.added:
            written = [*cells[: self.n_written], *[""] * (self.n_written - len(cells))]
            return self._row(written, [""] * len(self.added), n_extra)
        return Row(cells, n_extra)

    def _row(self, cells: Sequence[str], beyond: list[str], n_extra: int) -> Row:
        """Return the cells of a row with what headings and titles say of it, and those of columns that the header has not."""
        for number, field in enumerate(self.added):
            beyond[number] = beyond[number] or (self._standing.get(field, "") if field == "month" else "")
        standing = [self._standing.get(kind, "") for kind in self._header.headings]
        between = [""] * (self._first_added - len(cells) - len(standing))
        return Row([*cells, *standing, *between, *beyond], n_extra)

    @property
    def _first_added(self) -> int:
        """The first column after those of the header, where a later table's own columns stand."""
        return max(len(self._header.names), *(i + 1 for indexes in self._header.columns.values() for i in indexes), 0)

    def _is_aside(self, cells: Sequence[str]) -> bool:
        filled = [cell.strip() for cell in cells if cell.strip()]
        if self._is_header(cells):
            return True
        if len(self._names) < 2 or not filled:
            return False
        if filled and all(_RULE.fullmatch(cell) for cell in filled):
            return True
        if cells[0].lstrip().startswith("#") and self._is_comment(cells):
            return True
        if len(filled) > 1 and all(_HELP.fullmatch(cell) and not re.search(r"\d[/.-]\d", cell) for cell in filled):
            return True
        if self._explains(cells, filled[0]):
            return True
        text = only_cell(cells)
        if text and self._header.headings and (kind := kind_among(text, self._header.headings)):
            self._standing[str(kind)] = text
            return True
        if text and "city" in self._standing and names_other_place(text):
            del self._standing["city"]
        if _TOTAL.match(filled[0]) or (text and _NOTE.match(text)):
            dated = [cells[index].strip() for index in self._header.columns.get("begins", []) if index < len(cells)]
            return not any(guessing.by_contents([cell, cell], "begins") for cell in dated if cell != filled[0])
        return False

    def _is_comment(self, cells: Sequence[str]) -> bool:
        """Tell whether a line that « # » begins is a comment, or an event that was taken out so, not one whose title has a sign."""
        dated = [cells[index] for index in self._header.columns.get("begins", []) if index < len(cells)]
        is_one = only_cell(cells) is not None or (
            bool(_COMMENT.match(cells[0])) and not any(map(_FIGURE.search, dated))
        )
        self._has_comments = self._has_comments or is_one
        return is_one or self._has_comments

    def _explains(self, cells: Sequence[str], first: str) -> bool:
        """Tell whether a row says how to fill the table in: « jj/mm/aaaa » in place of its date, « Exemple : … » before all events."""
        dates, titles = (
            [cells[index].strip() for index in self._header.columns.get(field, []) if index < len(cells)]
            for field in ("begins", "title")
        )
        if any(_DATE_FORMAT.fullmatch(cell) for cell in dates):
            return True
        return not self._above and any(map(_EXAMPLE.match, (first, *titles)))

    def _heads_table(self, cells: Sequence[str]) -> bool:
        """Tell whether a row heads another table, or the same again."""
        filled = [cell.strip() for cell in cells if cell.strip()]
        if self._header.row < 0 or len(filled) < 2 or any(len(c) > LONGEST or re.search(r"\d", c) for c in filled):
            return False
        names = {plain(cell) for cell in filled}
        fields = list(filter(None, map(field_of, filled)))
        is_other = len(fields) >= max(2, len(filled) - 1) and {"title", "begins"} <= set(fields)
        return len(names) == len(filled) and (names <= self._names or is_other)

    def _is_header(self, cells: Sequence[str]) -> bool:
        """Tell whether a row heads another table, or the same again, and remember the order of its columns."""
        if not self._heads_table(cells):
            return False
        if {plain(cell) for cell in cells if cell.strip()} <= self._names:
            named = {
                plain(name): index for index, name in reversed(list(enumerate(self._header.names))) if name.strip()
            }
            moved = {index: named[plain(cell)] for index, cell in enumerate(cells) if plain(cell) in named}
            self._moved = None if all(index == to for index, to in moved.items()) else moved
            return True
        fields = [
            (index, field) for index, cell in enumerate(cells) if cell.strip() and (field := field_of(cell.strip()))
        ]
        columns = self._header.columns
        self._moved = {}
        for index, field in fields:
            if field not in columns and field not in self.added:
                self.added[field] = self._first_added + len(self.added), cells[index].strip()
            column = columns[field][0] if field in columns else self.added[field][0]
            if column not in self._moved.values():
                self._moved[index] = column
        return True

    def _as_above(self, cells: Sequence[str]) -> Sequence[str]:
        """Return cells with what « id. » means: the same as in the row above."""
        if any(says_same(cell) for cell in cells):
            cells = [
                self._above[index] if says_same(cell) and index < len(self._above) else cell
                for index, cell in enumerate(cells)
            ]
        self._above = cells
        return cells


def says_same(cell: str) -> bool:
    """Tell whether a cell says no more than that it is like the one above."""
    text = cell.strip().lower()
    return len(text) <= 12 and (text in MARKS or re.sub(r"[«»\s]", "", text) in MARKS)
