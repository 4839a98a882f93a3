"""Files that are left over."""

from pathlib import Path


def discard(*files: Path) -> None:
    """Remove files, those that are there: where nothing can be written, removing nothing would be an error too."""
    for file in files:
        if file.exists():
            file.unlink(missing_ok=True)
