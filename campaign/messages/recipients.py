"""Who hears of what: a file of `address;region;language` lines (CAMPAIGN_RECIPIENTS), which people keep by hand."""

import csv
import re
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address
from hashlib import sha256
from pathlib import Path
from typing import Final

from campaign.core.errors import SendError
from campaign.core.files import reason
from campaign.core.language import LANGUAGES, Language, Message, gettext, say
from campaign.core.nomenclatures import regions_of
from campaign.core.settings import comparable, settings
from campaign.profile.tables import COUNTRY

HEADERS: Final = ("address", "adresse", "email", "courriel")
ADDRESS: Final = re.compile(r"[!-~]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


@dataclass(frozen=True)
class Recipient:
    """One line of the file: whose address, which region (None: the country), which language."""

    line: int
    address: str
    region: str | None
    language: Language

    @property
    def mark(self) -> str:
        """What stands for the address where it is kept that a message was sent: not the address itself."""
        return sha256(comparable(self.address).encode()).hexdigest()[:16]

    @property
    def named(self) -> Message:
        """Who they are in what went wrong, without their address."""
        return say("{file}, ligne {line}", file=settings().recipients.name, line=self.line)


@dataclass(frozen=True)
class BadLine:
    """A line that was not understood."""

    file: str
    line: int
    value: str
    reason: Message

    def __str__(self) -> str:
        return gettext(
            "{file}, ligne {line} : « {value} » {reason}",
            file=self.file,
            line=self.line,
            value=self.value,
            reason=self.reason,
        )


def load(path: Path | None = None) -> tuple[list[Recipient], list[BadLine]]:
    """Return the recipients and the lines that were not understood; raises SendError for a file that cannot be read.

    A file that is not there lists nobody.
    """
    path = path or settings().recipients
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return [], []
    except UnicodeDecodeError as error:
        raise SendError(
            say("{name} n'est pas en UTF-8.", name=path.name), say("Enregistrez-le en « CSV UTF-8 ».")
        ) from error
    except OSError as error:
        raise SendError(
            say("{name} ne peut pas être lu : {reason}.", name=path.name, reason=reason(error)),
            say("Vérifiez ses droits."),
        ) from error
    recipients: list[Recipient] = []
    bad: list[BadLine] = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in next(csv.reader([line], delimiter=";"), [])]
        is_head = number == 1 and cells and cells[0].lower() in HEADERS
        if not any(cells) or cells[0].startswith("#") or is_head:
            continue
        entry = _read(number, cells, path.name)
        if isinstance(entry, Recipient):
            first = next((r for r in recipients if (r.mark, r.region) == (entry.mark, entry.region)), None)
            if first is not None:
                bad.append(
                    BadLine(path.name, number, entry.address, say("est déjà à la ligne {line}.", line=first.line))
                )
            else:
                recipients.append(entry)
        else:
            bad.append(entry)
    return recipients, bad


def _read(number: int, cells: list[str], file: str) -> Recipient | BadLine:
    address, region, language, *more = [*cells, "", "", ""][: max(3, len(cells))]
    if more and any(more):
        return BadLine(file, number, ";".join(more), say("est de trop : adresse;région;langue."))
    if not is_address(address):
        return BadLine(file, number, address, say("n'est pas une adresse électronique."))
    code = region.upper()
    if code not in ("", COUNTRY) and code not in {*regions_of(2014), *regions_of(2016)}:
        return BadLine(
            file, number, region, say("n'est le code d'aucune région (INSEE, par exemple 53 ; vide : le pays).")
        )
    wanted = next((each for each in LANGUAGES if each == (language.lower() or "fr")), None)
    if wanted is None:
        return BadLine(
            file, number, language, say("n'est pas une langue : {languages}.", languages=", ".join(LANGUAGES))
        )
    return Recipient(number, address, None if code in ("", COUNTRY) else code, wanted)


def is_address(text: str) -> bool:
    """Tell whether a text is one address, in ASCII, and nothing else: no name, no second address, no line break."""
    if len(text) > 254 or not ADDRESS.fullmatch(text):
        return False
    try:
        return Address(addr_spec=text).addr_spec == text
    except (HeaderParseError, ValueError, IndexError):
        return False
