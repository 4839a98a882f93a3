"""Files that a coordinator sends through the page of imports: bounded in size, kept while they are read."""

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

from campaign.core.errors import IntakeError
from campaign.core.language import say
from campaign.core.settings import settings
from campaign.wording.numbers import number

MEGABYTE: Final = 1 << 20
MOST_FILES: Final = 50
ENDINGS: Final = (
    "json", "csv", "tsv", "tab", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods", "ics", "ical", "zip", "gz",
    "jsonl", "ndjson", "geojson", "jsonld", "parquet", "html", "htm", "docx", "rss", "atom", "xml",
)  # fmt: skip


class Upload(Protocol):
    """A file as Streamlit hands it over."""

    name: str

    def getvalue(self) -> bytes:
        """Return its content."""
        ...


@contextmanager
def temporary_files(uploads: Sequence[Upload]) -> Iterator[list[Path]]:
    """Write uploads to a folder of their own for as long as they are read; raises IntakeError if they are too large."""
    if len(uploads) > MOST_FILES:
        raise IntakeError(
            say("Plus de {most_files} fichiers à la fois.", most_files=MOST_FILES),
            say("Envoyez-les en plusieurs imports."),
        )
    contents = list(zip(_different(uploads), (upload.getvalue() for upload in uploads), strict=True))
    check_size(contents)
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for position, (name, content) in enumerate(contents):
            place = Path(folder) / str(position)
            place.mkdir()
            path = place / name
            path.write_bytes(content)
            paths.append(path)
        yield paths


def _different(uploads: Sequence[Upload]) -> list[str]:
    """Return plain names, each once: of two « a.csv » the second is « a (2).csv »."""
    names: list[str] = []
    for upload in uploads:
        path = Path(plain_name(upload.name))
        number_of = 1
        while (name := f"{path.stem} ({number_of}){path.suffix}" if number_of > 1 else path.name) in names:
            number_of += 1
        names.append(name)
    return names


def plain_name(name: str) -> str:
    """Return a file's name without folders or odd signs; its ending stays."""
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(r"[^\w .()+-]", "_", last).strip(" .")[-120:] or "fichier"


def check_size(contents: Sequence[tuple[str, bytes]]) -> None:
    """Raise IntakeError if the files together are larger than CAMPAIGN_UPLOAD_MB.

    What they hold once unpacked is counted where they are unpacked: in the process that reads them.
    """
    sent = sum(len(content) for _name, content in contents)
    if sent > settings().upload_mb * MEGABYTE:
        raise IntakeError(
            say(
                "{sent} Mo envoyés, {upload_mb} Mo au plus.",
                sent=number(sent / MEGABYTE, 1),
                upload_mb=number(settings().upload_mb),
            ),
            say("Importez ces fichiers par la ligne de commande."),
        )
