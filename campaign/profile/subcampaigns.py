"""Sub-campaigns: weeks of a partner, days with a theme: data/subcampaigns.csv, one row each, empty until somebody fills it.

Columns: edition (year), label_fr, label_en (empty: the French one), from and to (days, both or none), themes (codes
separated by |, an event of any of them belongs). A row without days holds all of the edition, one without themes every theme.
A sub-campaign's code is its French name without accents, « semaine-de-la-cooperation »; several editions may have it.
"""

import csv
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from campaign import store
from campaign.core.errors import CampaignError
from campaign.core.settings import DATA, ROOT

FILE: Final = DATA / "subcampaigns.csv"
DEMO_FILE: Final = ROOT / "campaign" / "demo" / "subcampaigns.csv"
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

    @property
    def code(self) -> str:
        """Its name in an address."""
        plain = unicodedata.normalize("NFKD", self.label_fr.casefold().replace("œ", "oe"))
        return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")

    def label(self, lang: str) -> str:
        """Return its name in a language."""
        return self.label_en if lang == "en" else self.label_fr


def read(path: Path | None = None) -> Sequence[Subcampaign]:
    """Return the sub-campaigns of the file; raises CampaignError that names the line if one cannot be read."""
    wanted = path or FILE
    return _read(wanted, wanted.stat().st_mtime_ns) if wanted.exists() else ()


def known() -> Sequence[Subcampaign]:
    """Return the sub-campaigns of the file; while it is empty and events are a demonstration's, invented ones."""
    own = read()
    return own if own or not store.query("file_status").one["is_demo"] else read(DEMO_FILE)


def offered() -> Sequence[Subcampaign]:
    """Return the known sub-campaigns, none where the file cannot be read: the page of types says why."""
    try:
        return known()
    except CampaignError:
        return ()


def chosen(code: str | None, edition: int | None) -> Subcampaign | None:
    """Return the sub-campaign of this code and edition, None if there is none."""
    return next((one for one in offered() if (one.code, one.edition) == (code, edition)), None)


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> Sequence[Subcampaign]:
    with path.open(encoding="utf-8-sig", newline="") as source:
        reader = csv.DictReader(source)
        if reader.fieldnames != HEADER:
            raise CampaignError(f"{path.name} : les colonnes attendues sont {', '.join(HEADER)}.")
        found: dict[tuple[int, str], Subcampaign] = {}
        for line, row in enumerate(reader, start=2):
            one = _subcampaign(path, line, row)
            if found.setdefault((one.edition, one.code), one) is not one:
                raise CampaignError(f"{path.name}, ligne {line} : « {one.label_fr} » est déjà nommé en {one.edition}.")
        return tuple(found.values())


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
