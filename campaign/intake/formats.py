"""Which format a file is of, told from what it holds, never from its name alone."""

import zipfile
from itertools import islice
from pathlib import Path
from typing import Final

import ijson

from campaign.core.errors import IntakeError
from campaign.intake import envelope, fete_de_la_science, ics, openagenda, opendatasoft, spreadsheet, workbook
from campaign.intake.request import Reader

READERS: Final[dict[str, Reader]] = {
    "openagenda": openagenda.read,
    "opendatasoft": opendatasoft.read,
    "fete-de-la-science": fete_de_la_science.read,
    "ics": ics.read,
    "csv": spreadsheet.read,
    "xlsx": workbook.read,
}
TABLES: Final = ("csv", "xlsx")
AGENDA: Final = "agenda"

_HEAD: Final = 4096
_TOKENS: Final = 200_000
_EXPORT = "Exportez vos événements en JSON (OpenAgenda, Opendatasoft), en iCalendar, en CSV ou en classeur XLSX."
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def detect(path: Path, name: str = "") -> tuple[str, str]:
    """Return the format of a file, or "agenda" for the description of an agenda, and why, in French.

    `name` is how a person knows it. Raises IntakeError for what cannot be a source: empty, of an unknown format.
    """
    name = name or path.name
    head = _head(path, name)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:1] in (b"{", b"["):
        return _json_format(path, name)
    if text[:15].upper() == b"BEGIN:VCALENDAR":
        return "ics", "il commence par BEGIN:VCALENDAR"
    if head.startswith(_OLD_WORKBOOK):
        return "xlsx", "classeur Excel d'avant 2007"
    if head.startswith(b"PK\x03\x04"):
        return _zip_format(path, name)
    if text[:1] == b"<":
        raise IntakeError(f"{name} est une page web ou un fichier XML, pas un export d'événements.", _EXPORT)
    if not head.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\0" in head:
        raise IntakeError(f"{name} n'est ni un texte ni un tableau (fichier binaire).", _EXPORT)
    return "csv", "texte en lignes et colonnes"


def _zip_format(path: Path, name: str) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise IntakeError(f"{name} est un classeur abîmé.", "Enregistrez-le de nouveau.") from error
    if {"xl/workbook.xml", "xl/workbook.bin"} & members:
        return "xlsx", "classeur Excel"
    if {"mimetype", "content.xml"} <= members:
        return "xlsx", "classeur OpenDocument"
    raise IntakeError(f"{name} est un document de bureau, pas un classeur.", _EXPORT)


def _head(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as source:
            head = source.read(_HEAD)
    except OSError as error:
        raise IntakeError(
            f"{name} ne peut pas être ouvert : {error.strerror}.", "Vérifiez son nom et ses droits."
        ) from error
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise IntakeError(f"{name} est vide.", "Refaites l'export.")
    return head


def _json_format(path: Path, name: str) -> tuple[str, str]:
    """Tell JSON formats apart by the keys of the first record, and by those around the list of records."""
    top: set[str] = set()
    try:
        with path.open("rb") as source:
            if source.read(3) != b"\xef\xbb\xbf":
                source.seek(0)
            for prefix, event, value in islice(ijson.parse(source), _TOKENS):
                if event == "map_key" and value in ("titre_fr", "horaires_iso"):
                    return "fete-de-la-science", f"JSON, champs de la Fête de la science ({value})"
                if event == "map_key" and value in ("title_fr", "firstdate_begin"):
                    return "opendatasoft", f"JSON, champs d'Opendatasoft ({value})"
                if event == "map_key" and prefix == "":
                    top.add(value)
                if event == "end_map" and prefix == "item":
                    break
    except (ijson.JSONError, UnicodeDecodeError) as error:
        raise envelope.not_json(name, str(error).splitlines()[0]) from error
    if "schema" in top and not top & {"events", "event", "timings", "data"}:
        return AGENDA, "JSON, description d'un agenda et de ses champs"
    if "data" in top and "pagination" in top:
        return "openagenda", "JSON, réponse de l'API OpenAgenda v3 (data, pagination)"
    if "events" in top:
        return "openagenda", "JSON, liste « events » d'OpenAgenda"
    return "openagenda", "JSON, événements OpenAgenda"
