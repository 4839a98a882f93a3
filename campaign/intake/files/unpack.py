"""From what a person names (files, folders, archives) to plain files, within bounds.

What is unpacked is written under names of ours, so that no name in an archive can lead elsewhere; one that tries is refused.
"""

import gzip
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final

from campaign.core.errors import IntakeError
from campaign.core.files import reason
from campaign.core.language import say
from campaign.intake.files import scratch as working
from campaign.wording.numbers import number

LARGEST_TOTAL: Final = 4 << 30  # bytes unpacked in one import
LARGEST_RATIO: Final = 400  # of one member, beyond SMALL: text packs 3 to 30 times, a bomb 1,000 times
SMALL: Final = 16 << 20
MOST_MEMBERS: Final = 5_000
DEEPEST: Final = 2  # an archive within an archive, and no more
_BLOCK: Final = 1 << 20
_OFFICE: Final = ("[Content_Types].xml", "mimetype")
_LITTER: Final = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
_BOMB: Final = say("Décompressez-la vous-même, vérifiez ce qu'elle contient, et donnez les fichiers utiles.")


@dataclass(frozen=True)
class Item:
    """A plain file: where its bytes are, and how a person knows it (« archive.zip/bretagne.csv »).

    `is_named` tells a file that was asked for by its name from one found in a folder or an archive.
    """

    path: Path
    name: str
    is_named: bool = True


@dataclass
class Budget:
    """How much may still be unpacked in this import, and how many files were.

    `limit_mb` is a limit that was set (CAMPAIGN_UNPACKED_MB), which workbooks, packed themselves, count against too.
    """

    left: int = LARGEST_TOTAL
    members: int = 0
    limit_mb: int | None = None

    @classmethod
    def of(cls, limit_mb: int | None) -> "Budget":
        """Return the budget of an import with a limit, or without one."""
        return cls() if limit_mb is None else cls(left=limit_mb << 20, limit_mb=limit_mb)

    def spend(self, n_bytes: int, item: "Item") -> None:
        """Count what was unpacked; raises IntakeError if it is more than may be."""
        self.left -= n_bytes
        if self.left >= 0:
            return
        if self.limit_mb is None:
            raise _bomb(item)
        raise IntakeError(
            say("{name} : plus de {limit_mb} Mo une fois décompressé.", name=item.name, limit_mb=number(self.limit_mb)),
            say("Importez ces fichiers par la ligne de commande."),
        )


def expand(
    given: Sequence[Path | str],
    scratch: Path,
    budget: Budget | None = None,
    begin: Callable[[str], None] = lambda name: None,
    names: Mapping[str, str] | None = None,
) -> list[Item]:
    """Return the plain files of what was given, in order; unpacked ones are written to `scratch`.

    `begin` is told the name of each file that is looked at; `names` says, by its path, how a person knows a file otherwise.
    Raises IntakeError for what is missing, unreadable, too large once unpacked, or deceitful.
    """
    bounds = budget or Budget()
    items: list[Item] = []
    for each in given:
        begin(Path(each).name)
        if Path(each).is_dir():
            files = list(_folder(Path(each)))
            if not files:
                raise IntakeError(say("Le dossier {each} est vide.", each=each), say("Vérifiez son nom."))
            items += [item for file in files for item in _unpacked(file, scratch, bounds, 0)]
        else:
            path = Path(each)
            items += _unpacked(Item(path, (names or {}).get(str(path), path.name)), scratch, bounds, 0)
    return items


def _folder(folder: Path) -> Iterator[Item]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and not path.is_symlink() and not _is_litter(name.parts):
            yield Item(path, f"{folder.name}/{name.as_posix()}", is_named=False)


def _is_litter(parts: Sequence[str]) -> bool:
    return any(part in _LITTER or part.startswith((".", "~$")) for part in parts)


def _unpacked(item: Item, scratch: Path, budget: Budget, depth: int) -> list[Item]:
    """Return the file itself, or what it holds if it is an archive."""
    try:
        with item.path.open("rb") as source:
            head = source.read(512)
    except FileNotFoundError as error:
        raise IntakeError(say("{name} n'existe pas.", name=item.name), say("Vérifiez le nom du fichier.")) from error
    except OSError as error:
        raise IntakeError(
            say("{name} ne peut pas être ouvert : {reason}.", name=item.name, reason=reason(error)),
            say("Vérifiez ses droits."),
        ) from error
    if head.startswith(b"\x1f\x8b"):
        opened = _gunzipped(item, scratch, budget)
    elif head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        members = _zip_members(item, budget)
        if members is None:
            return [item]
        opened = _members(item, members, scratch, budget)
    else:
        return [item]
    if depth == DEEPEST:
        raise IntakeError(say("{name} : trop d'archives les unes dans les autres.", name=item.name), _BOMB)
    return [inner for each in opened for inner in _unpacked(each, scratch, budget, depth + 1)]


def _gunzipped(item: Item, scratch: Path, budget: Budget) -> list[Item]:
    name = item.name.removesuffix(".gz").removesuffix(".GZ")
    try:
        with gzip.open(item.path) as source:
            path = _copied(source, item, item.path.stat().st_size, scratch, budget)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise IntakeError(
            say("{name} est une archive abîmée ou tronquée.", name=item.name), say("Téléchargez-la de nouveau.")
        ) from error
    with path.open("rb") as source:
        source.seek(257)
        if source.read(5) == b"ustar":
            raise IntakeError(
                say("{name} est une archive tar.", name=item.name),
                say("Donnez un dossier, un .zip ou les fichiers eux-mêmes."),
            )
    return [Item(path, name, item.is_named)]


def _zip_members(item: Item, budget: Budget) -> list[zipfile.ZipInfo] | None:
    """Return the files of a zip archive; None if it is a document of an office program."""
    try:
        with zipfile.ZipFile(item.path) as archive:
            members = archive.infolist()
            if any(name in archive.NameToInfo for name in _OFFICE) or any(m.filename.endswith(".iwa") for m in members):
                check_workbook(item, members)
                if budget.limit_mb is not None:
                    budget.spend(sum(member.file_size for member in members), item)
                return None
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise IntakeError(
            say("{name} est une archive zip abîmée ou tronquée.", name=item.name), say("Téléchargez-la de nouveau.")
        ) from error
    for member in members:
        parts = PurePosixPath(member.filename.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or ":" in parts.parts[0:1]:
            raise IntakeError(
                say(
                    "{name} contient un chemin qui sort de l'archive ({path}) : elle est refusée.",
                    name=item.name,
                    path=member.filename[:80],
                ),
                _BOMB,
            )
    files = [
        member
        for member in members
        if not member.is_dir()
        and not stat.S_ISLNK(member.external_attr >> 16)
        and not _is_litter(PurePosixPath(member.filename).parts)
    ]
    if not files:
        raise IntakeError(say("{name} ne contient aucun fichier.", name=item.name), say("Refaites l'archive."))
    return files


def check_workbook(item: Item, members: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse a workbook that would not be one once unpacked: it is read in memory as a whole."""
    for member in members:
        if member.file_size > SMALL and member.file_size > LARGEST_RATIO * max(1, member.compress_size):
            raise _bomb(item)
    if sum(member.file_size for member in members) > LARGEST_TOTAL // 4:
        raise IntakeError(say("{name} est trop grand pour un classeur.", name=item.name), say("Enregistrez-le en CSV."))


def _members(item: Item, members: Sequence[zipfile.ZipInfo], scratch: Path, budget: Budget) -> list[Item]:
    """Unpack the members of an archive, whose directory is read once for all of them."""
    budget.members += len(members)
    if budget.members > MOST_MEMBERS:
        raise IntakeError(
            say("{name} contient plus de {most_members} fichiers.", name=item.name, most_members=MOST_MEMBERS), _BOMB
        )
    if any(member.flag_bits & 1 for member in members):
        raise IntakeError(
            say("{name} est protégée par un mot de passe.", name=item.name),
            say("Refaites l'archive sans mot de passe."),
        )
    items = []
    try:
        with zipfile.ZipFile(item.path) as archive:
            for member in members:
                with archive.open(member) as source:
                    path = _copied(source, item, member.compress_size, scratch, budget)
                items.append(Item(path, f"{item.name}/{member.filename}", is_named=False))
    except NotImplementedError as error:  # raised by zipfile for ways of compressing that it does not know
        raise IntakeError(
            say("{name} est compressée d'une façon qui n'est pas lue.", name=item.name),
            say("Refaites l'archive en ZIP ordinaire."),
        ) from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise IntakeError(
            say("{name} est une archive abîmée ou tronquée.", name=item.name), say("Téléchargez-la de nouveau.")
        ) from error
    return items


def _copied(source: IO[bytes] | gzip.GzipFile, item: Item, packed: int, scratch: Path, budget: Budget) -> Path:
    """Write a stream to a file of ours, counting what really comes out: a header may lie."""
    written = 0
    try:
        path = working.new_file(scratch, "unpacked")
        with path.open("wb") as target:
            while block := source.read(_BLOCK):
                written += len(block)
                budget.spend(len(block), item)
                if written > SMALL and written > LARGEST_RATIO * max(1, packed):
                    raise _bomb(item)
                target.write(block)
    except OSError as error:
        if isinstance(error, gzip.BadGzipFile):
            raise
        raise IntakeError(
            say("{name} n'a pas pu être décompressée : {reason}.", name=item.name, reason=reason(error)),
            say("Faites de la place."),
        ) from error
    return path


def _bomb(item: Item) -> IntakeError:
    return IntakeError(say("{name} se décompresse démesurément : elle est refusée.", name=item.name), _BOMB)
