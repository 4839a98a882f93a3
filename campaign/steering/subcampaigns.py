"""Sub-campaigns within an edition: data/subcampaigns.csv, one row each, empty until somebody fills it.

Columns: edition (year), label_fr, label_en (empty: the French one), from and to (days, both or none), themes (codes
separated by |, an event of any of them belongs). A row without days holds all of the edition, one without themes every theme.
"""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from campaign.errors import CampaignError
from campaign.filters import Filters
from campaign.settings import DATA

FILE: Final = DATA / "subcampaigns.csv"
HEADER: Final = ["edition", "label_fr", "label_en", "from", "to", "themes"]


@dataclass(frozen=True)
class Subcampaign:
    """Days and themes of an edition that have a name of their own."""

    edition: int
    label_fr: str
    label_en: str
    from_day: date | None
    to_day: date | None
    themes: tuple[str, ...]

    def label(self, lang: str) -> str:
        """Return its name in a language."""
        return self.label_en if lang == "en" else self.label_fr

    def within(self, chosen: Filters) -> Filters:
        """Return a choice narrowed to this sub-campaign; its days and themes replace those chosen."""
        return chosen.but(
            editions=(self.edition,), themes=self.themes, from_day=self.from_day, to_day=self.to_day, unit="events"
        )


def read(path: Path = FILE) -> list[Subcampaign]:
    """Return the sub-campaigns of the file; raises CampaignError that names the line if one cannot be read."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as source:
        reader = csv.DictReader(source)
        if reader.fieldnames != HEADER:
            raise CampaignError(f"{path.name} : les colonnes attendues sont {', '.join(HEADER)}.")
        return [_subcampaign(path, line, row) for line, row in enumerate(reader, start=2)]


def _subcampaign(path: Path, line: int, row: dict[str, str | None]) -> Subcampaign:
    where = f"{path.name}, ligne {line}"
    cells = {name: (row.get(name) or "").strip() for name in HEADER}
    try:
        edition = int(cells["edition"])
        from_day, to_day = (date.fromisoformat(cells[name]) if cells[name] else None for name in ("from", "to"))
    except ValueError as error:
        raise CampaignError(f"{where} : une année et des jours (AAAA-MM-JJ) sont attendus.") from error
    themes = tuple(code.strip() for code in cells["themes"].split("|") if code.strip())
    if not cells["label_fr"] or (from_day is None) != (to_day is None) or not (from_day or themes):
        raise CampaignError(f"{where} : un nom, et deux jours ou des thèmes, sont attendus.")
    if from_day and to_day and to_day < from_day:
        raise CampaignError(f"{where} : « to » est avant « from ».")
    return Subcampaign(edition, cells["label_fr"], cells["label_en"] or cells["label_fr"], from_day, to_day, themes)
