"""Web pages that a browser has saved as one file (MHTML, RFC 2557): they have the form of a mail, and the page is a part of it."""

import re
from email import message_from_bytes
from pathlib import Path
from typing import Final

from campaign.intake.files import scratch as working

_HEAD: Final = 2048
_LARGEST: Final = 64 << 20
_SAVED: Final = re.compile(
    rb"(?im)\A(?:[\w-]+: [^\n]*\n(?:[ \t][^\n]*\n)*){0,8}?(?:snapshot-content-location:|from: <saved by)"
)


def as_page(path: Path, scratch: Path) -> Path:
    """Return a file as it is, or the page that it holds."""
    with path.open("rb") as source:
        if not _SAVED.match(source.read(_HEAD).replace(b"\r\n", b"\n")) or path.stat().st_size > _LARGEST:
            return path
    for part in message_from_bytes(path.read_bytes()).walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(content, bytes):
            page = working.new_file(scratch, "page", ".html")
            page.write_bytes(content)
            return page
    return path
