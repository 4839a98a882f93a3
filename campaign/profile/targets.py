"""Targets that chambers set themselves: data/targets.csv, one row per edition and region, empty until somebody fills it.

Columns: edition (year), nomenclature (2014 or 2016), region_code (INSEE; FR for the country), target (events, above 0).
"""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from campaign import store
from campaign.core.errors import CampaignError
from campaign.core.settings import DATA, ROOT

FILE: Final = DATA / "targets.csv"
DEMO_FILE: Final = ROOT / "campaign" / "demo" / "targets.csv"
COUNTRY: Final = "FR"
HEADER: Final = ["edition", "nomenclature", "region_code", "target"]


@dataclass(frozen=True)
class Target:
    """How many events a region (or FR) wants in an edition."""

    edition: int
    nomenclature: int
    region_code: str
    target: int


def read(path: Path = FILE) -> list[Target]:
    """Return the targets of the file; raises CampaignError that names the line if one cannot be read."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as source:
        reader = csv.DictReader(source)
        if reader.fieldnames != HEADER:
            raise CampaignError(f"{path.name} : les colonnes attendues sont {', '.join(HEADER)}.")
        return [_target(path, line, row) for line, row in enumerate(reader, start=2)]


def known() -> list[Target]:
    """Return the targets of the file; while it is empty and events are a demonstration's, invented ones."""
    return read(DEMO_FILE) if are_invented() else read()


def are_invented() -> bool:
    """Whether the targets shown are those that a demonstration invents."""
    return not read() and bool(store.query("file_status").one["is_demo"])


def _target(path: Path, line: int, row: dict[str, str]) -> Target:
    try:
        target = Target(int(row["edition"]), int(row["nomenclature"]), row["region_code"].strip(), int(row["target"]))
    except (TypeError, ValueError) as error:
        raise CampaignError(f"{path.name}, ligne {line} : un nombre est attendu.") from error
    if target.nomenclature not in (2014, 2016) or target.target <= 0:
        raise CampaignError(f"{path.name}, ligne {line} : découpage 2014 ou 2016, objectif au-dessus de 0.")
    return target
