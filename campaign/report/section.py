"""What a report is made of: sections with sentences, tables, drawings, and what the file does not hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """A table in words, in its order; the columns named in `numeric` (by position) stand at the right."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int]


@dataclass(frozen=True)
class Section:
    """One section: its title, sentences, tables, names of drawings, and what is not held and is left to be written."""

    key: str
    title: str
    texts: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    drawings: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, texts: int = 1) -> Table:
    """Return a table whose first `texts` columns hold words and whose others hold numbers."""
    return Table(
        caption,
        tuple(columns),
        tuple(tuple(row) for row in rows),
        frozenset(range(texts, len(columns))),
    )


def present(*items: str | None) -> tuple[str, ...]:
    """Return the sentences that there are."""
    return tuple(item for item in items if item)
