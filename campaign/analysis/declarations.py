"""Counts that chambers declare beside the event file: data/declarations.csv, empty until somebody fills it.

Columns: edition (year), nomenclature (2014 or 2016), region_code (INSEE; FR for the country), count (events that are not in the
file), declared_on (date), source (who says so), note. They are shown beside the counts of the file, and never added to them.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from campaign.core.errors import CampaignError
from campaign.core.settings import DATA
from campaign.filters import Filters
from campaign.store import catalog

FILE: Final = DATA / "declarations.csv"
HEADER: Final = ["edition", "nomenclature", "region_code", "count", "declared_on", "source", "note"]
COUNTRY: Final = "FR"


@dataclass(frozen=True)
class Declaration:
    """How many events outside the file somebody declares for a region, or the country, in an edition."""

    edition: int
    nomenclature: int
    region_code: str
    count: int
    declared_on: date
    source: str
    note: str

    @property
    def territory(self) -> str:
        """The region's name, or France."""
        return (
            "France" if self.region_code == COUNTRY else catalog.label(f"region_{self.nomenclature}", self.region_code)
        )


def read(path: Path | None = None) -> Sequence[Declaration]:
    """Return the declarations of the file; raises CampaignError that names the line if one cannot be read."""
    wanted = path or FILE
    return _read(wanted, wanted.stat().st_mtime_ns) if wanted.exists() else ()


def beside(chosen: Filters) -> list[Declaration]:
    """Return what was declared for the editions and the territory of the choice, in its nomenclature.

    Nothing stands beside a choice that narrows events otherwise (type, dates, search…): a declaration has no such parts.
    """
    plain = Filters(
        editions=chosen.editions, nomenclature=chosen.nomenclature, regions=chosen.regions, lang=chosen.lang
    )
    if chosen != plain:
        return []
    return [
        declared
        for declared in read()
        if (not chosen.editions or declared.edition in chosen.editions)
        and (declared.region_code == COUNTRY or declared.nomenclature == chosen.nomenclature)
        and (not chosen.regions or declared.region_code in chosen.regions)
    ]


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> Sequence[Declaration]:
    with path.open(encoding="utf-8-sig", newline="") as source:
        reader = csv.DictReader(source)
        if reader.fieldnames != HEADER:
            raise CampaignError(f"{path.name} : les colonnes attendues sont {', '.join(HEADER)}.")
        return tuple(_declaration(path, line, row) for line, row in enumerate(reader, start=2))


def _declaration(path: Path, line: int, row: dict[str, str]) -> Declaration:
    try:
        declared = Declaration(
            edition=int(row["edition"]),
            nomenclature=int(row["nomenclature"]),
            region_code=row["region_code"].strip(),
            count=int(row["count"]),
            declared_on=date.fromisoformat(row["declared_on"].strip()),
            source=row["source"].strip(),
            note=(row["note"] or "").strip(),
        )
    except (TypeError, ValueError, AttributeError) as error:
        raise CampaignError(
            f"{path.name}, ligne {line} : année, nombre ou date illisible.", "Une date s'écrit 2014-12-05."
        ) from error
    known = (
        {COUNTRY, *catalog.labels(f"region_{declared.nomenclature}")}
        if declared.nomenclature in (2014, 2016)
        else set()
    )
    if declared.region_code not in known:
        raise CampaignError(f"{path.name}, ligne {line} : « {declared.region_code} » n'est pas un code de région.")
    if declared.count <= 0 or not declared.source:
        raise CampaignError(f"{path.name}, ligne {line} : un nombre au-dessus de 0 et une source sont attendus.")
    return declared
