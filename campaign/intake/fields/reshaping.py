"""Tables whose rows are not events as written, known by their first rows: the way that all such shapes have in common."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, TypeVar

SEARCHED: Final = 40  # rows of a table within which its shape shows

Record = tuple[int, list[str]]
Shape = TypeVar("Shape")


def reshaped(
    rows: Iterable[Record],
    find: Callable[[Sequence[Sequence[str]]], Shape | None],
    rewrite: Callable[[Shape, list[Record], Iterator[Record]], Iterator[Record]],
) -> Iterator[Record]:
    """Yield the records of a table, each with its line: as they are, or rewritten where `find` knows a shape by the first of them.

    `rewrite` is given the shape, these first records, and those that follow.
    """
    source = iter(rows)
    first = list(islice(source, SEARCHED))
    shape = find([cells for _, cells in first])
    if shape is None:
        yield from first
        yield from source
    else:
        yield from rewrite(shape, first, source)
