"""Columns called after a type of event, ticked where the event is of it: « Conférence », « Atelier »."""

import csv
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from campaign.intake.fields.column_names import plain
from campaign.profile import profile

TABLE: Final = "type_labels.csv"
_FEWEST: Final = 2  # columns of types side by side


def ticked(names: Sequence[str], cells: dict[int, list[str]], marks: Sequence[str]) -> list[int]:
    """Return the columns that are called after types and hold nothing but marks of yes and no; none where there is but one."""
    labels = _labels(profile().folder)
    columns = [
        index
        for index, name in enumerate(names)
        if plain(name) in labels and all(cell.lower() in marks for cell in cells.get(index, []))
    ]
    return columns if len(columns) >= _FEWEST and any(cells.get(index) for index in columns) else []


def is_label(text: str) -> bool:
    """Tell whether a text is the name of a type of event, and nothing else."""
    return plain(text) in _labels(profile().folder)


@lru_cache(maxsize=8)
def _labels(folder: Path) -> frozenset[str]:
    with (folder / TABLE).open(encoding="utf-8", newline="") as source:
        labels = {plain(row["label"]) for row in csv.DictReader(source) if row["kind"] == "label"}
    return frozenset(labels | {f"{label}s" for label in labels})
