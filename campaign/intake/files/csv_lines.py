"""Lines of a CSV file that a program quoted otherwise than others read.

Whole, as one does that takes each of them for one cell: « "Titre;Date;Ville" »; or each cell in single quotes. And those of
an export whose cells hold signs of its own.
"""

import csv
import re
from pathlib import Path
from typing import Final

from campaign.intake.files import scratch as working

_SEPARATORS: Final = (b";", b",", b"\t", b"|")
_TOURISM: Final = {
    "Code_postal_et_commune": ("Code postal", "Commune"),
    "Periodes_regroupees": ("Périodes regroupées",),
}
_ESCAPED: Final = re.compile(rb'(?<!\\)((?:\\\\)*)\\"')
_SIGNS: Final = re.compile(rb"(?<=[^|;,~^#@$:!<>*=+/\t])[|;,~^#@$:!<>*=+/\t]{2,4}(?=[^|;,~^#@$:!<>*=+/\t])")
_SEARCHED, _FEWEST = 10, 3  # lines that may be the header, columns
_SAMPLE: Final = 1 << 16


def as_cells(path: Path, scratch: Path) -> Path:
    """Return a file as it is, or a copy of it without the quotes around its lines, if all of its first lines have them."""
    with path.open("rb") as source:
        first = [line for line in source.read(_SAMPLE).removeprefix(b"\xef\xbb\xbf").split(b"\n")[:-1] if line.strip()]
    if first and b"Periodes_regroupees" in first[0] and b"," in first[0]:
        return _of_tourism(path, scratch)
    if _has_escaped_quotes(first):
        return _unescaped(path, scratch)
    inner = [_inner(line) for line in first]
    whole = [line for line in inner if line is not None]
    if len(first) > 1 and (separator := _single_quoted(first)):
        return _requoted(path, separator, scratch)
    if signs := _separating_signs(first):
        return _separated(path, signs, scratch)
    if (
        len(whole) < 2
        or len(whole) < len(inner)
        or not any(all(sign in line for line in whole) for sign in _SEPARATORS)
    ):
        return path
    copy = working.new_file(scratch, "lines", path.suffix)
    with path.open("rb") as source, copy.open("wb") as target:
        for line in source:
            bare = _inner(line.removeprefix(b"\xef\xbb\xbf"))
            target.write(line if bare is None else bare + b"\n")
    return copy


def _widths(lines: list[bytes], separator: bytes) -> set[int]:
    """Return how many cells lines have, each by itself; none where a quote stands where it may not."""
    text = [line.decode("latin-1").rstrip("\r") for line in lines]
    try:
        return {len(cells) for line in text for cells in csv.reader([line], delimiter=separator.decode(), strict=True)}
    except csv.Error:
        return set()


def _has_escaped_quotes(lines: list[bytes]) -> bool:
    r"""Tell whether quotes within quotes are written « \\" », as databases do: so read, all lines have the cells of the first."""
    escaped = [line for line in lines if b'\\"' in line]
    return bool(escaped) and any(
        max(width := _widths(lines[:1], separator), default=0) > 1
        and _widths([_ESCAPED.sub(b'\\1""', line) for line in escaped], separator) == width
        and _widths(escaped, separator) != width
        for separator in _SEPARATORS
    )


def _unescaped(path: Path, scratch: Path) -> Path:
    """Return a copy of a file with its escaped quotes doubled."""
    copy = working.new_file(scratch, "escaped", path.suffix)
    with path.open("rb") as source, copy.open("wb") as target:
        target.writelines(_ESCAPED.sub(b'\\1""', line) for line in source)
    return copy


def _of_tourism(path: Path, scratch: Path) -> Path:
    """Return a copy of an export of DATAtourisme with its periods and towns as others write them: « a<->b|c<->d », « 35000#Rennes »."""
    copy = working.new_file(scratch, "tourism", path.suffix)
    with path.open(encoding="utf-8-sig", newline="", errors="surrogateescape") as source:
        rows = csv.reader(source)
        names = next(rows)
        with copy.open("w", encoding="utf-8", newline="", errors="surrogateescape") as target:
            writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\n")
            writer.writerow([part for name in names for part in _TOURISM.get(name, (name,))])
            for row in rows:
                cells = (_tourism_cells(names[at] if at < len(names) else "", cell) for at, cell in enumerate(row))
                writer.writerow([part for each in cells for part in each])
    return copy


def _tourism_cells(name: str, cell: str) -> list[str]:
    if name == "Periodes_regroupees":
        spans = (dict.fromkeys(span.split("<->")) for span in cell.split("|"))
        return [" | ".join(" -> ".join(span) for span in spans)]
    if name == "Code_postal_et_commune":
        code, _, town = cell.rpartition("#")
        return [code, town]
    return [cell]


def _separating_signs(lines: list[bytes]) -> bytes:
    """Return the two signs or more that stand together between all cells, « |;| », « || », of which one alone is text; b"" for one."""
    for header in lines[:_SEARCHED]:
        for match in _SIGNS.finditer(header):
            signs = bytes(match[0])
            names = header.strip().split(signs)
            if len(names) < _FEWEST or not all(name.strip() and not set(signs) & set(name) for name in names):
                continue
            n_alike = sum(line.count(signs) == len(names) - 1 for line in lines)
            if n_alike > 1 and n_alike * 5 >= len(lines) * 4:
                return signs
    return b""


def _separated(path: Path, signs: bytes, scratch: Path) -> Path:
    """Return a copy of a file whose cells several signs separate, with one."""
    copy = working.new_file(scratch, "separated", path.suffix)
    with path.open("rb") as source, copy.open("w", encoding="latin-1", newline="") as target:
        writer = csv.writer(target, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n")
        for line in source:
            cells = (cell.strip() for cell in line.removeprefix(b"\xef\xbb\xbf").rstrip(b"\r\n").split(signs))
            bare = (cell if (inside := _inner(cell)) is None else inside for cell in cells)
            writer.writerow([cell.decode("latin-1") for cell in bare])
    return copy


def _single_quoted(lines: list[bytes]) -> str:
    """Return the separator of lines whose every cell stands in single quotes; "" if that is not so."""
    for separator in (b";", b",", b"\t", b"|"):
        cell = rb"'(?:[^']|'')*'"
        if all(re.fullmatch(cell + rb"(?:" + re.escape(separator) + cell + rb")+", line.strip()) for line in lines):
            return separator.decode()
    return ""


def _requoted(path: Path, separator: str, scratch: Path) -> Path:
    """Return a copy of a file whose cells stand in single quotes, in double ones."""
    copy = working.new_file(scratch, "quoted", path.suffix)
    with (  # bytes as they are: the encoding is told later
        path.open(encoding="latin-1", newline="") as source,
        copy.open("w", encoding="latin-1", newline="") as target,
    ):
        rows = csv.reader(source, delimiter=separator, quotechar="'")
        csv.writer(target, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return copy


def _inner(line: bytes) -> bytes | None:
    """Return what stands between the quotes of a line that is one cell, perhaps with empty ones behind it; None for another line."""
    text = line.strip().rstrip(b";,").strip()
    if len(text) < 2 or not (text.startswith(b'"') and text.endswith(b'"')):
        return None
    inside = text[1:-1]
    return None if b'"' in inside.replace(b'""', b"") else inside.replace(b'""', b'"')
