"""The profile of the process: the folder that CAMPAIGN_PROFILE names, read once per folder."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from campaign.core.language import say
from campaign.core.settings import settings
from campaign.profile.calendar import EditionRow
from campaign.profile.models import Profile, Settings
from campaign.profile.problems import Problem, ProfileError
from campaign.profile.reading import read_table, read_toml, said_by
from campaign.profile.tables import TypeRow


def profile() -> Profile:
    """Return the campaign's profile; raises ProfileError that names what is wrong in its settings."""
    return loaded(_resolved(settings().profile))


@lru_cache(maxsize=8)
def _resolved(folder: Path) -> Path:
    return folder.resolve()  # asked of the system once: a profile is asked for thousands of times by one import


@lru_cache(maxsize=8)
def loaded(folder: Path) -> Profile:
    """Return a folder's profile: campaign.toml, editions.csv and types.csv; raises ProfileError."""
    profile, problems = read(folder)
    if profile is None:
        raise ProfileError(problems)
    return profile


def read(folder: Path) -> tuple[Profile | None, list[Problem]]:
    """Return a folder's profile, None where something is wrong in the files that it is made of, and what is."""
    if not folder.is_dir():
        remedy = say("Donnez un dossier à CAMPAIGN_PROFILE, ou écrivez-en un : campaign profile new.")
        return None, [Problem(folder.name, None, None, None, say("aucun dossier à {folder}", folder=folder), remedy)]
    given, problems = read_toml(folder / "campaign.toml", Settings)
    rows, faults = read_table(folder / "editions.csv", EditionRow)
    types, faults_of_types = read_table(folder / "types.csv", TypeRow)
    problems += [*faults, *_repeated(rows), *faults_of_types]
    if given is not None:
        problems += _unknown_territories(given, rows)
    if given is None or problems:
        return None, problems
    profile = Profile(
        folder=folder,
        settings=given,
        listed=tuple(row for _line, row in rows),
        types=tuple(row for _line, row in types),
    )
    for line, row in rows:
        try:
            profile.edition(row.edition)
        except ValueError as error:
            remedy = say("La fenêtre contient la période : starts_on, core_starts_on, core_ends_on, ends_on.")
            problems.append(Problem("editions.csv", line, "edition", str(row.edition), said_by(error), remedy))
    return (None if problems else profile), problems


def _repeated(rows: list[tuple[int, EditionRow]]) -> Iterator[Problem]:
    """Yield the rows that speak of an edition, or of a territory in it, once more."""
    seen: set[tuple[int, str]] = set()
    for line, row in rows:
        for territory in row.territories or ("",):
            if (row.edition, territory) in seen:
                message = (
                    say("« {territory} » a déjà une ligne dans cette édition", territory=territory)
                    if territory
                    else say("cette édition a déjà une ligne")
                )
                yield Problem("editions.csv", line, "edition", str(row.edition), message, say("Gardez-en une."))
            seen.add((row.edition, territory))


def _unknown_territories(given: Settings, rows: list[tuple[int, EditionRow]]) -> Iterator[Problem]:
    known = {territory.code for territory in given.territories}
    remedy = say("Écrivez un code des tables [[territories]] de campaign.toml, ou ajoutez-y ce territoire.")
    for line, row in rows:
        for code in row.territories:
            if code not in known:
                yield Problem("editions.csv", line, "territories", code, say("territoire inconnu"), remedy)
