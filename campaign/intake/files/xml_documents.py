"""XML documents of strangers, parsed whole: nothing is fetched for them, no entity is resolved."""

from pathlib import Path
from typing import Any, Final

from campaign.core.errors import IntakeError
from campaign.core.language import Message, say

_LARGEST_MB: Final = 64


def root_of(path: Path, name: str, remedy: Message, *, is_mended: bool = False) -> Any:
    """Return the root of a document; raises IntakeError, with `remedy`, if it cannot be read, or is too large to be held.

    With `is_mended` marks that XML does not allow are passed over; a document that ends before its root does is refused all the same.
    """
    import lxml.etree

    if path.stat().st_size > _LARGEST_MB << 20:
        raise IntakeError(
            say("{name} dépasse {largest_mb} Mo, trop pour du XML.", name=name, largest_mb=_LARGEST_MB),
            say("Exportez-le en plusieurs fichiers, ou en CSV."),
        )
    content = path.read_bytes()
    try:
        root = lxml.etree.fromstring(content, parser(is_mended=is_mended))
    except (lxml.etree.LxmlError, ValueError) as error:
        raise IntakeError(say("{name} est un fichier XML illisible.", name=name), remedy) from error
    if root is None:
        raise IntakeError(say("{name} est un fichier XML illisible.", name=name), remedy)
    if is_mended and not content.rstrip().endswith(f"</{root.tag}>".encode()):
        raise IntakeError(say("{name} est coupé avant sa fin.", name=name), remedy)
    return root


def parser(*, is_mended: bool) -> Any:
    """Return what reads a document of strangers; with `is_mended` it passes over marks that XML does not allow."""
    import lxml.etree

    return lxml.etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, recover=is_mended
    )
