"""What the campaign's people fill in as they go: targets, sub-campaigns, declarations. Read again when a file changes."""

from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from campaign.core.errors import CampaignError
from campaign.core.language import say
from campaign.core.settings import DATA, settings
from campaign.profile.loader import profile
from campaign.profile.problems import Problem, ProfileError
from campaign.profile.reading import read_table
from campaign.profile.tables import Declaration, Subcampaign, Target

M = TypeVar("M", bound=BaseModel)

TARGETS: Final = "targets.csv"
SUBCAMPAIGNS: Final = "subcampaigns.csv"
DECLARATIONS: Final = "declarations.csv"
TABLES: Final = (TARGETS, SUBCAMPAIGNS, DECLARATIONS)


def targets(*, of_demo: bool = False) -> tuple[Target, ...]:
    """Return the targets that chambers set themselves, or those that a demonstration invents; raises ProfileError."""
    return _read(_path(TARGETS, of_demo=of_demo), Target)


def declarations() -> tuple[Declaration, ...]:
    """Return the counts that chambers declare beside the event file; raises ProfileError."""
    return _read(_path(DECLARATIONS), Declaration)


def subcampaigns(*, of_demo: bool = False) -> tuple[Subcampaign, ...]:
    """Return the sub-campaigns, or those that a demonstration invents; raises ProfileError."""
    return _read(_path(SUBCAMPAIGNS, of_demo=of_demo), Subcampaign)


def refuse_left_behind(data: Path | None = None) -> None:
    """Raise CampaignError where a table that was filled in still stands in data/, where nothing reads it any more."""
    for name in TABLES:
        old = (data or DATA) / name
        if old.is_file() and any(line.strip() for line in old.read_text("utf-8-sig", "replace").splitlines()[1:]):
            raise CampaignError(
                say(
                    "{old} est rempli, mais n'est plus lu : ce fichier est désormais dans le dossier de la campagne.",
                    old=old,
                ),
                say("Déplacez-le : {path}", path=settings().profile / name),
            )


def _path(name: str, *, of_demo: bool = False) -> Path:
    return profile().folder / "demo" / name if of_demo else profile().folder / name


def _read(path: Path, model: type[M]) -> tuple[M, ...]:
    changed = path.stat().st_mtime_ns if path.is_file() else 0
    rows: tuple[M, ...] = _rows(path, model, changed)
    return rows


@lru_cache(maxsize=16)
def _rows(path: Path, model: type[Any], _changed: int) -> tuple[Any, ...]:
    rows, problems = read_table(path, model)
    seen: set[tuple[int, str]] = set()
    for line, row in rows:
        if isinstance(row, Subcampaign):
            if (row.edition, row.code) in seen:
                message = say("« {label_fr} » est déjà nommé en {edition}", label_fr=row.label_fr, edition=row.edition)
                problems.append(Problem(path.name, line, "label_fr", row.label_fr, message, say("Gardez une ligne.")))
            seen.add((row.edition, row.code))
    if problems:
        raise ProfileError(problems)
    return tuple(row for _line, row in rows)
