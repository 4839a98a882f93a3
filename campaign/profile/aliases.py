"""How the campaign's own files call the fields of an import, beside the headers that any file may have."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from campaign.profile.loader import profile
from campaign.profile.problems import ProfileError
from campaign.profile.reading import read_table
from campaign.profile.tables import AliasRow

TABLE: Final = "column_aliases.csv"


def aliases() -> tuple[AliasRow, ...]:
    """Return the campaign's own headers and keys, in the folder's order; raises ProfileError."""
    return _read(profile().folder)


@lru_cache(maxsize=8)
def _read(folder: Path) -> tuple[AliasRow, ...]:
    rows, problems = read_table(folder / TABLE, AliasRow)
    if problems:
        raise ProfileError(problems)
    return tuple(row for _line, row in rows)
