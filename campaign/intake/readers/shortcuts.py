"""Files that only point to another: what Google Drive leaves on a disk, a link of Windows or of a Mac."""

import json
import plistlib
import re
from pathlib import Path
from typing import Any, Final

from campaign.core.errors import IntakeError
from campaign.core.language import Message, say

_LARGEST: Final = 16 << 10
_WEB_LINK: Final = re.compile(r"(?is)\A\[InternetShortcut\].*?^URL=([^\r\n]+)", re.MULTILINE)
_SHEET: Final = re.compile(r"docs\.google\.com/spreadsheets/d/(?:e/)?([A-Za-z0-9_-]{6,})")


def refuse(path: Path, name: str) -> None:
    """Raise IntakeError for a file that only points to another, with the way to that one."""
    if path.stat().st_size > _LARGEST:
        return
    content = path.read_bytes()
    text = content.decode("utf-8-sig", "replace").strip()
    if text.startswith("{") and (number := _of_drive(text)) is not None:
        raise IntakeError(
            say("{name} est le raccourci d'un document de Google Drive, pas le document lui-même.", name=name),
            _export(number) if name.lower().endswith(".gsheet") and number else _download(),
        )
    if link := _of_web(content, text):
        sheet = _SHEET.search(link)
        raise IntakeError(
            say("{name} est le raccourci d'une page web, pas un export d'événements.", name=name),
            _export(sheet[1]) if sheet else say("Ouvrez {link}, et enregistrez-en le tableau ou l'agenda.", link=link),
        )


def _of_drive(text: str) -> str | None:
    """Return the number of the document that a shortcut of Google Drive names, "" if it names none; None for another text."""
    try:
        document: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or not ({"doc_id", "resource_id"} & set(document)) or len(document) > 8:
        return None
    if any(isinstance(value, dict | list) for value in document.values()):
        return None
    return str(document.get("doc_id") or str(document.get("resource_id") or "").rpartition(":")[2])


def _of_web(content: bytes, text: str) -> str:
    """Return the address that a link of Windows or of a Mac holds; "" for another file."""
    if match := _WEB_LINK.match(text):
        return match[1].strip()
    if b"<plist" not in content[:400] and not content.startswith(b"bplist00"):
        return ""
    try:
        document = plistlib.loads(content)
    except (ValueError, plistlib.InvalidFileException, LookupError):
        return ""
    return str(document.get("URL", "")) if isinstance(document, dict) else ""


def _export(sheet: str) -> Message:
    return say("Donnez son export : https://docs.google.com/spreadsheets/d/{sheet}/export?format=csv", sheet=sheet)


def _download() -> Message:
    return say("Ouvrez-le, puis choisissez Fichier, Télécharger : CSV ou XLSX.")
