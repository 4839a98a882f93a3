"""Files written whole or not at all, files that are left over, and why the system refuses, in words."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from campaign.core.errors import WriteError
from campaign.core.language import Message, mark, say

_REASONS: Final = {
    errno.ENOENT: mark("le dossier n'existe pas"),
    errno.ENOTDIR: mark("un dossier de ce chemin est un fichier"),
    errno.EEXIST: mark("un fichier y porte ce nom"),
    errno.EISDIR: mark("c'est un dossier"),
    errno.EACCES: mark("vous n'en avez pas le droit"),
    errno.EPERM: mark("vous n'en avez pas le droit"),
    errno.EROFS: mark("le disque est en lecture seule"),
    errno.ENOSPC: mark("le disque est plein"),
    errno.EDQUOT: mark("votre part du disque est pleine"),
    errno.EFBIG: mark("le fichier serait trop grand"),
    errno.ENAMETOOLONG: mark("le nom est trop long"),
    errno.EMFILE: mark("trop de fichiers sont ouverts"),
    errno.EIO: mark("le disque ne répond pas comme il faut"),
}


def reason(error: OSError) -> str | Message:
    """Return why the system refuses: "le disque est plein"; in its own words where it says something rare."""
    known = _REASONS.get(error.errno or 0)
    return say(known) if known else error.strerror or str(error)


def discard(*files: Path) -> None:
    """Remove files, those that are there: where nothing can be written, removing nothing would be an error too."""
    for file in files:
        if file.exists():
            file.unlink(missing_ok=True)


def not_written(path: Path, error: OSError) -> WriteError:
    """Return what to tell of a file or a folder that the system refuses to write."""
    return WriteError(
        say("{name} ne peut pas être écrit : {reason}.", name=path.name, reason=reason(error)),
        say("Vérifiez la place et les droits."),
        detail=path,
    )


@contextmanager
def writing_into(path: Path) -> Iterator[None]:
    """Create a folder, unless it is there, and write in it; raises WriteError where the system refuses."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise not_written(path, error) from error


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file to be written whole or not at all: what stands under its name stays until all is on the disk.

    Its folder is created. Raises WriteError where the system refuses; nothing is left over then.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise not_written(path, error) from error
    finally:
        with suppress(OSError):
            discard(part)


def write_whole(path: Path, content: bytes | str) -> None:
    """Write a file whole or not at all, a text as UTF-8; raises WriteError where the system refuses."""
    with whole_file(path) as file:
        file.write(content.encode() if isinstance(content, str) else content)
