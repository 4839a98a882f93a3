"""JSON that people have corrected by hand: a comma too many, a note; and where a document is no JSON."""

import json
import re
from json import JSONDecodeError
from pathlib import Path
from typing import Final

from campaign.core.language import Message, say
from campaign.intake.files import scratch as working

_LARGEST: Final = 8 << 20  # bytes of what people correct by hand
_LARGEST_READ: Final = 64 << 20
_SIGN: Final = re.compile(r",\s*[]}/]|^\s*/[/*]|[]\[{}\d\"el,]\s*/[/*]", re.MULTILINE)
_SLIP: Final = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_LAST_COMMA: Final = re.compile(r'("(?:\\.|[^"\\])*")|,(?=\s*[]}])', re.DOTALL)


def as_strict(path: Path, scratch: Path) -> Path:
    """Return a file as it is, or a copy without the notes and last commas that keep it from being JSON."""
    if path.stat().st_size > _LARGEST:
        return path
    content = path.read_bytes()
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] not in (b"{", b"[", b"/"):
        return path
    text = content.decode("utf-8-sig", "replace")
    if not _SIGN.search(text) or _is_json(text):
        return path
    strict = _LAST_COMMA.sub(r"\1", _SLIP.sub(lambda match: match[1] or "\n" * match[0].count("\n"), text))
    if not _is_json(strict):
        return path
    copy = working.new_file(scratch, "strict", ".json")
    copy.write_text(strict, encoding="utf-8")
    return copy


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def place_of(error: Exception, path: Path | None = None) -> Message:
    """Return where a document stops being JSON, in words: its line and column, or its end; of a large one what the reader says."""
    if path is not None and path.stat().st_size <= _LARGEST_READ:
        try:
            json.loads(path.read_text("utf-8-sig", errors="replace"))
        except JSONDecodeError as found:
            error = found
        except RecursionError:
            pass
    if not isinstance(error, JSONDecodeError):
        return say("le lecteur dit « {error} »", error=(str(error).splitlines() or [""])[0])
    if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string"):
        return say("il s'arrête ligne {line}, avant la fin", line=error.lineno)
    return say("ligne {line}, colonne {column}", line=error.lineno, column=error.colno)
