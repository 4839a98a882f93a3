"""The profile of the process: the folder that CAMPAIGN_PROFILE names, read once per folder."""

from functools import lru_cache
from pathlib import Path

from campaign.core.settings import settings
from campaign.profile.models import EditionRow, Profile, Settings
from campaign.profile.problems import Problem, ProfileError
from campaign.profile.reading import read_table, read_toml


def profile() -> Profile:
    """Return the campaign's profile; raises ProfileError that names what is wrong in its settings."""
    return loaded(settings().profile.resolve())


@lru_cache(maxsize=8)
def loaded(folder: Path) -> Profile:
    """Return a folder's profile: campaign.toml and editions.csv; raises ProfileError."""
    found, problems = read(folder)
    if found is None:
        raise ProfileError(problems)
    return found


def read(folder: Path) -> tuple[Profile | None, list[Problem]]:
    """Return a folder's profile, None where something is wrong in campaign.toml or editions.csv, and what is."""
    if not folder.is_dir():
        remedy = "Donnez un dossier à CAMPAIGN_PROFILE, ou écrivez-en un : campaign profile new."
        return None, [Problem(folder.name, None, None, None, f"aucun dossier à {folder}", remedy)]
    given, problems = read_toml(folder / "campaign.toml", Settings)
    rows, faults = read_table(folder / "editions.csv", EditionRow)
    problems += faults
    seen: set[int] = set()
    for line, row in rows:
        if row.edition in seen:
            message, remedy = "cette édition a déjà une ligne", "Gardez-en une."
            problems.append(Problem("editions.csv", line, "edition", str(row.edition), message, remedy))
        seen.add(row.edition)
    if given is None or problems:
        return None, problems
    found = Profile(folder=folder, settings=given, listed=tuple(row for _line, row in rows))
    for line, row in rows:
        try:
            found.edition(row.edition)
        except ValueError as error:
            remedy = "La fenêtre contient la période : starts_on, core_starts_on, core_ends_on, ends_on."
            problems.append(Problem("editions.csv", line, "edition", str(row.edition), str(error), remedy))
    return (None if problems else found), problems
