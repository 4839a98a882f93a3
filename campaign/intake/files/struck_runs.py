"""Words that are struck out within the cells of an XLSX workbook: they no longer hold, and what stands beside them does."""

import re
import zipfile
import zlib
from pathlib import Path
from typing import Final

from campaign.intake.files import scratch as working

_LARGEST: Final = 16 << 20  # bytes of a part that is looked at
_PARTS: Final = re.compile(r"xl/(?:sharedStrings|worksheets/[^/]+)\.xml")
_TEXT: Final = re.compile(rb"<(si|is)>(.*?)</\1>", re.DOTALL)
_RUN: Final = re.compile(rb"<r>.*?</r>", re.DOTALL)
_STRUCK: Final = re.compile(rb"<strike(?:\s+val=\"(?:1|true)\")?\s*/>")


def as_standing(path: Path, scratch: Path) -> Path:
    """Return a file as it is, or a workbook without the words of a cell that are struck out beside others that are not."""
    with path.open("rb") as source:
        if source.read(4) != b"PK\x03\x04":
            return path
    try:
        with zipfile.ZipFile(path) as archive:
            changed = {}
            for part in archive.infolist():
                if part.file_size <= _LARGEST and _PARTS.fullmatch(part.filename):
                    content = archive.read(part)
                    standing = _TEXT.sub(_without_struck, content) if b"<strike" in content else content
                    if standing != content:
                        changed[part.filename] = standing
            if not changed:
                return path
            copy = working.new_file(scratch, "standing", ".xlsx")
            with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
                for part in archive.infolist():
                    target.writestr(part, changed.get(part.filename) or archive.read(part))
            return copy
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return path  # its reader says what is wrong with it


def _without_struck(text: re.Match[bytes]) -> bytes:
    runs = _RUN.findall(text[2])
    struck = [run for run in runs if _STRUCK.search(run)]
    if not struck or len(struck) == len(runs):
        return text[0]
    return text[0].replace(text[2], _RUN.sub(lambda run: b"" if _STRUCK.search(run[0]) else run[0], text[2]))
