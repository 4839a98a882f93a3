"""XML documents of strangers, parsed whole: nothing is fetched for them, no entity is resolved."""

from pathlib import Path
from typing import Any, Final

from campaign.core.errors import IntakeError

_LARGEST_MB: Final = 64


def root_of(path: Path, name: str, remedy: str, *, is_mended: bool = False) -> Any:
    """Return the root of a document; raises IntakeError, with `remedy`, if it cannot be read, or is too large to be held.

    With `is_mended` marks that XML does not allow are passed over; a document that ends before its root does is refused all the same.
    """
    import lxml.etree

    if path.stat().st_size > _LARGEST_MB << 20:
        raise IntakeError(
            f"{name} dépasse {_LARGEST_MB}\u00a0Mo, trop pour du XML.", "Exportez-le en plusieurs fichiers, ou en CSV."
        )
    parser = lxml.etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, recover=is_mended
    )
    content = path.read_bytes()
    try:
        root = lxml.etree.fromstring(content, parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise IntakeError(f"{name} est un fichier XML illisible.", remedy) from error
    if root is None:
        raise IntakeError(f"{name} est un fichier XML illisible.", remedy)
    if is_mended and not content.rstrip().endswith(f"</{root.tag}>".encode()):
        raise IntakeError(f"{name} est coupé avant sa fin.", remedy)
    return root
