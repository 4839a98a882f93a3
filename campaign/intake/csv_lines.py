"""Lines of a CSV file that were quoted whole, as a program does that takes each of them for one cell: « "Titre;Date;Ville" »."""

from pathlib import Path
from typing import Final

from campaign.intake import scratch as working

_SEPARATORS: Final = (b";", b",", b"\t", b"|")
_SAMPLE: Final = 1 << 16


def as_cells(path: Path, scratch: Path) -> Path:
    """Return a file as it is, or a copy of it without the quotes around its lines, if all of its first lines have them."""
    with path.open("rb") as source:
        first = [line for line in source.read(_SAMPLE).removeprefix(b"\xef\xbb\xbf").split(b"\n")[:-1] if line.strip()]
    inner = [_inner(line) for line in first]
    whole = [line for line in inner if line is not None]
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


def _inner(line: bytes) -> bytes | None:
    """Return what stands between the quotes of a line that is one cell, perhaps with empty ones behind it; None for another line."""
    text = line.strip().rstrip(b";,").strip()
    if len(text) < 2 or not (text.startswith(b'"') and text.endswith(b'"')):
        return None
    inside = text[1:-1]
    return None if b'"' in inside.replace(b'""', b"") else inside.replace(b'""', b'"')
