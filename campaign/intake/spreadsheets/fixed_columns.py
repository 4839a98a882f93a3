"""Tables in text whose columns are aligned by spaces: « Date        Titre       Ville ».

They are read where that is sure: each column of the header begins where a space ends in every line below.
"""

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from campaign.intake.fields.column_names import recognised
from campaign.intake.files import encodings
from campaign.intake.files import scratch as working

_LARGEST: Final = 4 << 20
_SEPARATORS: Final = re.compile(r"[;\t|]")
_RULE: Final = re.compile(r"[-=_ +]{5,}")
_NAME: Final = re.compile(r"\S+(?: \S+)*")
_FEWEST: Final = 2  # lines below the header
_SEARCHED: Final = 20


def as_cells(path: Path, scratch: Path) -> Path:
    """Return a file as it is, or a copy of it with separators, if its columns are aligned by spaces."""
    if path.stat().st_size > _LARGEST:
        return path
    content = path.read_bytes()
    if b"  " not in content:
        return path
    lines = content.decode(encodings.guess(path, content[: 1 << 16]), errors=encodings.REPAIR).splitlines()
    layout = _columns(lines)
    if layout is None:
        return path
    number, starts = layout
    copy = working.new_file(scratch, "columns", path.suffix)
    with copy.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n")
        for line in lines[:number]:
            writer.writerow([line.strip()])
        for line in lines[number:]:  # a line stays one, blank or not: findings name it by its number
            writer.writerow([] if _RULE.fullmatch(line.strip()) else _cells(line, starts))
    return copy


def _columns(lines: Sequence[str]) -> tuple[int, list[int]] | None:
    """Return which line is the header, and where its columns begin; None where that is not sure."""
    for number, line in enumerate(lines[:_SEARCHED]):
        names = list(_NAME.finditer(line))
        if len(names) < 2 or not recognised([name[0] for name in names]):
            continue
        starts = [name.start() for name in names]
        below = [each for each in lines[number + 1 :] if each.strip() and not _RULE.fullmatch(each.strip())]
        if len(below) < _FEWEST or any(_SEPARATORS.search(each) for each in (line, *below)):
            return None
        return (number, starts) if all(_is_edge(start, below) for start in starts[1:]) else None
    return None


def _is_edge(start: int, lines: Sequence[str]) -> bool:
    """Tell whether a column begins there: a space stands before it in every line, two of them in most."""
    filled = [line for line in lines if len(line.rstrip()) > start]
    apart = sum(line[:start].endswith("  ") for line in filled)
    return bool(filled) and all(line[start - 1] == " " for line in filled) and apart * 2 > len(filled)


def _cells(line: str, starts: Sequence[int]) -> list[str]:
    ends = [*starts[1:], None]
    return [
        line[0 if not index else start : end].strip()
        for index, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]
