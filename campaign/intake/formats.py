"""Which format a file is of, told from what it holds, never from its name alone."""

from itertools import islice
from pathlib import Path
from typing import Final, Literal

import ijson

from campaign.errors import IntakeError
from campaign.intake import envelope, fete_de_la_science, openagenda, opendatasoft, spreadsheet
from campaign.intake.request import Reader

Format = Literal["openagenda", "opendatasoft", "fete-de-la-science", "csv"]

READERS: Final[dict[str, Reader]] = {
    "openagenda": openagenda.read,
    "opendatasoft": opendatasoft.read,
    "fete-de-la-science": fete_de_la_science.read,
    "csv": spreadsheet.read,
}
AGENDA: Final = "agenda"

_HEAD: Final = 4096
_TOKENS: Final = 200_000
_EXPORT = "Exportez vos événements en JSON (OpenAgenda, Opendatasoft) ou en CSV."


def detect(path: Path) -> tuple[str, str]:
    """Return the format of a file, or "agenda" for the description of an agenda, and why, in French.

    Raises IntakeError for what cannot be a source: missing, a folder, empty, of an unknown format.
    """
    head = _head(path)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:1] in (b"{", b"["):
        return _json_format(path)
    if text.startswith(b"BEGIN:VCALENDAR"):
        raise IntakeError(f"{path.name} est un calendrier iCalendar, que cette version ne lit pas.", _EXPORT)
    if head.startswith(b"PK\x03\x04"):
        raise IntakeError(f"{path.name} est un classeur ou une archive zip, que cette version ne lit pas.", _EXPORT)
    if text[:1] == b"<":
        raise IntakeError(f"{path.name} est une page web ou un fichier XML, pas un export d'événements.", _EXPORT)
    if not head.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\0" in head:
        raise IntakeError(f"{path.name} n'est ni un texte ni un tableau (fichier binaire).", _EXPORT)
    return "csv", "texte en lignes et colonnes"


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as source:
            head = source.read(_HEAD)
    except FileNotFoundError as error:
        raise IntakeError(f"{path} n'existe pas.", "Vérifiez le nom du fichier.") from error
    except IsADirectoryError as error:
        raise IntakeError(f"{path} est un dossier.", "Donnez les fichiers qu'il contient.") from error
    except OSError as error:
        raise IntakeError(f"{path.name} ne peut pas être ouvert : {error.strerror}.", "Vérifiez ses droits.") from error
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise IntakeError(f"{path.name} est vide.", "Refaites l'export.")
    return head


def _json_format(path: Path) -> tuple[str, str]:
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
        raise envelope.not_json(path, str(error).splitlines()[0]) from error
    if "schema" in top and not top & {"events", "event", "timings", "data"}:
        return AGENDA, "JSON, description d'un agenda et de ses champs"
    return "openagenda", "JSON, événements OpenAgenda"
