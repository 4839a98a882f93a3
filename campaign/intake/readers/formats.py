"""Which format a file is of, told from what it holds, never from its name alone."""

import re
import zipfile
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

import duckdb
import ijson

from campaign.core.errors import IntakeError, NoEventsError
from campaign.core.files import reason
from campaign.core.language import Message, mark, say
from campaign.intake.files import envelope, json_slips
from campaign.intake.readers import records, sentences, shortcuts, wordpress
from campaign.intake.request import Reading, Request

# The module of each format, imported when a file of it is read: libraries take long to load.
READERS: Final = {
    "openagenda": "readers.openagenda",
    "opendatasoft": "readers.opendatasoft",
    "fete-de-la-science": "readers.fete_de_la_science",
    "ics": "calendars.ics",
    "csv": "spreadsheets.spreadsheet",
    "xlsx": "spreadsheets.workbook",
}
TABLES: Final = ("csv", "xlsx")
AGENDA: Final = "agenda"

_HEAD: Final = 4096
_TOKENS: Final = 200_000
_LARGEST_OLE: Final = 64 << 20
_LARGEST_PAGE: Final = 32 << 20
_EXPORT = say("Exportez vos événements en JSON (OpenAgenda, Opendatasoft), en iCalendar, en CSV ou en classeur XLSX.")
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Keys of OpenAgenda's events that nobody else has together with a title.
_OPENAGENDA_KEYS: Final = {
    "timings", "dateRange", "firstTiming", "lastTiming", "nextTiming", "originAgenda", "attendanceMode", "longDescription",
    "spacetimeinfo", "setUid", "locationUid", "canonicalUrl", "agendaUid", "languages",
}  # fmt: skip
_AS_TABLE = say(
    "Demandez le tableau d'où il vient (CSV, XLSX), un export d'agenda (JSON, iCalendar), ou recopiez-le dans le classeur "
    "modèle (campaign template)."
)
_OTHERS: Final = (
    (b"%PDF", mark("est un PDF"), _AS_TABLE),
    (b"\x89PNG", mark("est une image"), _AS_TABLE),
    (b"\xff\xd8\xff", mark("est une image"), _AS_TABLE),
    (b"GIF8", mark("est une image"), _AS_TABLE),
    (b"II*\0", mark("est une image"), _AS_TABLE),
    (b"MM\0*", mark("est une image"), _AS_TABLE),
    (
        b"{\\rtf",
        mark("est un document texte (RTF)"),
        say("Enregistrez-le en .docx si les événements sont dans un tableau, ou recopiez-les dans un classeur."),
    ),
    (b"7z\xbc\xaf", mark("est une archive 7z"), say("Décompressez-la, puis donnez les fichiers.")),
    (b"Rar!", mark("est une archive RAR"), say("Décompressez-la, puis donnez les fichiers.")),
    (b"SQLite format 3", mark("est une base SQLite"), say("Exportez-en la table des événements en CSV.")),
    (
        b'x\x9f>"',
        mark("est l'enveloppe d'un courriel d'Outlook (winmail.dat)"),
        say("Demandez que le fichier soit envoyé seul, dans un courriel en texte brut ou par un lien."),
    ),
    (b"BEGIN:VCARD", mark("est un carnet d'adresses (vCard)"), _EXPORT),
)
_FEED: Final = re.compile(rb"(?i)<(?:rss|feed|rdf:RDF)\b")
_MAIL = re.compile(
    rb"(?im)\A(?:from|received|return-path|delivered-to|mime-version|message-id|date|subject|to|x-[a-z-]+|dkim-signature):? [^\n]*\n"
    rb"(?:[^\n]*\n){0,60}?(?:mime-version|message-id|received|content-type):"
)
_OFFICE_DOCUMENTS: Final = {
    "application/vnd.oasis.opendocument.text": mark("est un document texte OpenDocument (.odt)"),
    "application/vnd.oasis.opendocument.presentation": mark("est une présentation OpenDocument (.odp)"),
    "application/epub+zip": mark("est un livre (EPUB)"),
}


def read(format: str, connection: duckdb.DuckDBPyConnection, request: Request) -> Reading:
    """Read a file of a format, as its `Reader` does."""
    module = import_module(f"campaign.intake.{READERS[format]}")
    reading: Reading = module.read(connection, request)
    return reading


class Found(NamedTuple):
    """What a file is: the format that it is read as, why, and what people call it where that is something else."""

    format: str
    why: Message
    kind: str = ""


def detect(path: Path, name: str = "") -> Found:
    """Return what a file is; the format "agenda" is the description of an agenda.

    Formats of `records.READERS` are written as a table before they are read. `name` is how a person knows the file. Raises
    IntakeError for what cannot be a source: empty, of an unknown format, each with what it is and the way out.
    """
    name = name or path.name
    head = _head(path, name)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for beginning, kind, remedy in _OTHERS:
        if text.startswith(beginning):
            raise IntakeError(say("{name} {kind}, pas un export d'événements.", name=name, kind=say(kind)), remedy)
    if text[4:8] == b"ftyp" or (text.startswith(b"RIFF") and text[8:12] in (b"WEBP", b"AVI ", b"WAVE")):
        raise IntakeError(
            say("{name} est une image, une vidéo ou un son, pas un export d'événements.", name=name), _AS_TABLE
        )
    shortcuts.refuse(path, name)
    if text[:1] in (b"{", b"["):
        return _json_format(path, name)
    if text[:15].upper() == b"BEGIN:VCALENDAR":
        return Found("ics", say("il commence par BEGIN:VCALENDAR"))
    if head.startswith(_OLD_WORKBOOK):
        return _ole_format(path, name)
    if head.startswith(b"PK\x03\x04"):
        return _zip_format(path, name)
    if head.startswith(b"PAR1"):
        return Found("parquet", say("fichier Parquet"))
    if text[:1] == b"<":
        return _markup_format(path, name)
    if _MAIL.match(text.replace(b"\r\n", b"\n")):
        raise IntakeError(
            say("{name} est un courriel.", name=name),
            say("Enregistrez sa pièce jointe, ou demandez le tableau d'où vient son texte."),
        )
    if not head.startswith((b"\xff\xfe", b"\xfe\xff")) and _is_binary(head):
        raise IntakeError(say("{name} n'est ni un texte ni un tableau (fichier binaire).", name=name), _EXPORT)
    if path.stat().st_size <= sentences.LARGEST and any(records.READERS["text"](path, name)):
        return Found("text", say("texte, une phrase par événement, ou page de notes"))
    return Found("csv", say("texte en lignes et colonnes"))


def _is_binary(head: bytes) -> bool:
    """Tell whether zeros stand in a file otherwise than among the letters of a damaged text."""
    return b"\0" in head and (
        head.count(0) * 20 > len(head) or re.search(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]", head) is not None
    )


def is_feed(path: Path) -> bool:
    """Tell a feed, which holds the latest entries alone, by its first letters."""
    with path.open("rb") as source:
        return _FEED.search(source.read(_HEAD)) is not None


def _ole_format(path: Path, name: str) -> Found:
    """Tell apart what old office programs wrote: the names of its parts are in UTF-16."""
    content = path.read_bytes() if path.stat().st_size <= _LARGEST_OLE else b""

    def holds(part: str) -> bool:
        return part.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise IntakeError(
            say("{name} est un classeur protégé par un mot de passe.", name=name),
            say("Retirez le mot de passe dans le tableur, puis enregistrez-le."),
        )
    if holds("WordDocument"):
        raise IntakeError(
            say("{name} est un document Word d'avant 2007 (.doc).", name=name),
            say("Enregistrez-le en .docx si les événements y sont dans un tableau."),
        )
    if holds("__properties_version1.0"):
        raise IntakeError(
            say("{name} est un courriel Outlook (.msg).", name=name), say("Enregistrez sa pièce jointe, et donnez-la.")
        )
    if holds("PowerPoint Document"):
        raise IntakeError(say("{name} est une présentation PowerPoint.", name=name), _AS_TABLE)
    return Found("xlsx", say("classeur Excel d'avant 2007"), "xls")


def _zip_format(path: Path, name: str) -> Found:
    try:
        with zipfile.ZipFile(path) as archive:
            members = set(archive.namelist())
            mimetype = archive.read("mimetype").decode("ascii", "replace").strip() if "mimetype" in members else ""
    except (zipfile.BadZipFile, RuntimeError) as error:
        raise IntakeError(say("{name} est un classeur abîmé.", name=name), say("Enregistrez-le de nouveau.")) from error
    if "ppt/presentation.xml" in members:
        raise IntakeError(say("{name} est une présentation PowerPoint.", name=name), _AS_TABLE)
    if {"xl/workbook.xml", "xl/workbook.bin"} & members:
        return Found("xlsx", say("classeur Excel"))
    if "word/document.xml" in members:
        return Found("docx", say("document Word"))
    if mimetype in _OFFICE_DOCUMENTS:
        raise IntakeError(
            say("{name} {kind}, pas un classeur.", name=name, kind=say(_OFFICE_DOCUMENTS[mimetype])),
            say("Recopiez son tableau dans un classeur (.ods, .xlsx), ou enregistrez-le en .docx."),
        )
    if any(member.endswith(".iwa") for member in members):
        raise IntakeError(
            say("{name} est un document d'Apple (Numbers, Pages ou Keynote).", name=name),
            say("Dans l'application, choisissez Fichier, Exporter vers : Excel ou CSV (Word pour Pages)."),
        )
    if {"mimetype", "content.xml"} <= members:
        return Found("xlsx", say("classeur OpenDocument"), "ods")
    raise IntakeError(say("{name} est un document de bureau, pas un classeur.", name=name), _EXPORT)


def _markup_format(path: Path, name: str) -> Found:
    """Tell a feed from a page: of a page, its events in schema.org or its tables are read."""
    with path.open("rb") as source:
        content = source.read(_LARGEST_PAGE)
    if b"docs.google.com/spreadsheets" in content[:_HEAD] or b"docs.google.com/static/spreadsheets" in content:
        match = re.search(rb"spreadsheets/d/(?:e/)?([A-Za-z0-9_-]{20,})", content)
        sheet = match[1].decode() if match else "IDENTIFIANT"
        raise IntakeError(
            say("{name} est la page d'un tableur Google Sheets, pas le tableau lui-même.", name=name),
            say("Donnez son export : https://docs.google.com/spreadsheets/d/{sheet}/export?format=csv", sheet=sheet),
        )
    if wordpress.MARK in content[:_HEAD]:
        return Found("wordpress", say("export WordPress"), "wxr")
    if _FEED.search(content[:_HEAD]):
        is_atom = re.search(rb"(?i)<feed\b", content[:_HEAD]) is not None
        return Found("feed", say("fil Atom") if is_atom else say("fil RSS"), "atom" if is_atom else "rss")
    if re.search(
        rb"(?i)application/ld\+json|\sitemtype=|\stypeof=|\sclass=.[^>]{0,80}?\b(?:h-event|vevent)\b", content
    ) and records.holds_events(path, "html"):
        return Found("html", say("page web, événements schema.org"))
    if re.search(rb"(?i)<table\b", content) and records.holds_events(path, "html"):
        return Found("html", say("page web, lue comme un tableau"))
    is_page = re.search(rb"(?i)<(?:!doctype html|html|head|body)\b", content[:_HEAD])
    if not is_page and records.holds_events(path, "xml"):
        return Found("xml", say("XML, liste lue comme un tableau"))
    raise IntakeError(say("{name} est une page web ou un fichier XML, pas un export d'événements.", name=name), _EXPORT)


def _head(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as source:
            head = source.read(_HEAD)
    except OSError as error:
        raise IntakeError(
            say("{name} ne peut pas être ouvert : {reason}.", name=name, reason=reason(error)),
            say("Vérifiez son nom et ses droits."),
        ) from error
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise NoEventsError(say("{name} est vide.", name=name), say("Refaites l'export."))
    return head


def _json_format(path: Path, name: str) -> Found:
    """Tell JSON formats apart by the keys of the first record, and by those around the list of records."""
    top: set[str] = set()
    keys: set[str] = set()
    is_lines = records.is_lines(path)
    try:
        with path.open("rb") as source:
            if source.read(3) != b"\xef\xbb\xbf":
                source.seek(0)
            for prefix, event, value in islice(ijson.parse(source), _TOKENS):
                if event == "map_key" and value in ("titre_fr", "horaires_iso"):
                    return Found(
                        "fete-de-la-science",
                        say("JSON, champs de la {campaign} ({name})", campaign="Fête de la science", name=value),
                    )
                if event == "map_key" and value in ("title_fr", "firstdate_begin"):
                    return Found("opendatasoft", say("JSON, champs d'Opendatasoft ({name})", name=value))
                if event == "map_key" and prefix == "":
                    top.add(value)
                if event == "map_key" and (prefix == "event" or prefix.rsplit(".", 1)[-1] == "item"):
                    keys.add(value)
                if event == "map_key" and value in ("@context", "@graph", "rdfs:label"):
                    return Found("jsonld", say("JSON-LD ({name})", name=value), "json-ld")
                if event == "string" and prefix == "type" and value == "FeatureCollection":
                    return Found("json", say("GeoJSON, lu comme un tableau"), "geojson")
                if event == "end_map" and (prefix == "item" or (is_lines and prefix == "")):
                    break
    except (ijson.JSONError, UnicodeDecodeError) as error:
        raise envelope.not_json(name, json_slips.place_of(error, path)) from error
    if is_lines and not (keys | top) & _OPENAGENDA_KEYS:
        return Found("json", say("une ligne JSON par événement, lues comme un tableau"))
    if is_lines:
        return Found("lines", say("une ligne JSON par événement OpenAgenda"), "openagenda")
    if "schema" in top and not top & {"events", "event", "timings", "data"}:
        return Found(AGENDA, say("JSON, description d'un agenda et de ses champs"))
    known = keys | top
    if "event_id" in known and "starts_at" in known:
        return Found("json", say("export JSON de ce tableau de bord"))
    is_other = not known & _OPENAGENDA_KEYS or ("name" in known and "title" not in known)
    if is_other and ((known and not known & {"title", "uid"}) or records.holds_events(path, "json")):
        return Found("json", say("JSON, liste lue comme un tableau"))
    if "data" in top and "pagination" in top:
        return Found("openagenda", say("JSON, réponse de l'API OpenAgenda v3 (data, pagination)"))
    if "events" in top:
        return Found("openagenda", say("JSON, liste « events » d'OpenAgenda"))
    return Found("openagenda", say("JSON, événements OpenAgenda"))
