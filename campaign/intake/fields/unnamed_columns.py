"""What the columns of a table are whose header says nothing, or that has none: by their contents alone."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from campaign.core.language import say
from campaign.intake.fields import guessing, named_places
from campaign.intake.fields.column_names import plain

_PLACES: Final = re.compile(
    r"(?i)(?:salle|maison|mairie|m[ée]diath[èe]que|biblioth[èe]que|centre|espace|th[ée][âa]tre|caf[ée]s? |bar |[ée]cole|coll[èe]ge"
    r"|lyc[ée]e|universit[ée]|place|parc|jardin|ferme|tiers|halles?|gymnase|cin[ée]ma|mus[ée]e|[ée]glise|local|h[ôo]tel|foyer|garage)\b"
)
_BODIES: Final = re.compile(
    r"(?i)(?:asso(?:ciation)?s?|scop|scic|sas|sarl|cae|cigales|coop\w*|collectif|comit[ée]|f[ée]d[ée]ration|mutuelle|fondation"
    r"|ville|mairie|commune|r[ée]gion|agglo\w*|m[ée]tropole|r[ée]seau|ligue|union|mjc|ccas|amap|ressourcerie|ldj|emmaüs|emmaus)\b"
)
# What takes place, in place of a title where a table has none; and what may stand for it where there is nothing better.
_OF_SUBJECTS: Final = (
    "film|sujet|activite|activites|atelier|ateliers|formation|formations|sortie|designation|talk|activity|nom de l activite"
    "|nom du projet|nom de l atelier|nom de la formation|nom de la sortie|nom du spectacle"
)
SUBJECTS: Final = frozenset(_OF_SUBJECTS.split("|"))
_THEMES: Final = frozenset({"theme", "thematique"})


def _take_subjects(columns: dict[str, list[int]], cells: dict[int, list[str]], names: Sequence[str]) -> None:
    """Take « Film », else « Thème », as the title of a table that has no other, if its texts differ: a speaker's name is none."""
    if {"nom", "prenom"} & {plain(name) for name in names}:
        return
    used = {index for field, indexes in columns.items() if field not in ("themes", "type") for index in indexes}
    for known in (SUBJECTS, _THEMES):
        subject_columns = [
            index
            for index, name in enumerate(names)
            if plain(name) in known and index not in used and (guessing.by_contents(cells[index], "title") or 0) >= 0.9
        ]
        if len(subject_columns) == 1 and len(set(cells[subject_columns[0]])) >= 0.8 * len(cells[subject_columns[0]]):
            for field in ("themes", "type"):
                columns[field] = [index for index in columns.get(field, []) if index not in subject_columns]
                if not columns[field]:
                    del columns[field]
            columns["title"] = subject_columns
            return


def take(
    columns: dict[str, list[int]],
    cells: dict[int, list[str]],
    free: Sequence[int],
    names: Sequence[str],
    wanted: Mapping[str, object],
    guesses: dict[int, guessing.Guess],
) -> None:
    """Take columns by their contents alone where none is called a title, and none a date or one is; add why to `guesses`.

    `free` are the columns that are no field by their names.
    """
    if "title" not in {*columns, *wanted, *(guess.field for guess in guesses.values())}:
        _take_subjects(columns, cells, names)
    named = {*columns, *wanted, *(guess.field for guess in guesses.values())}
    if "title" in named or ("begins" in named and "begins" not in columns):
        return
    used = {index for indexes in columns.values() for index in indexes}
    rest = {index: cells[index] for index in free if index not in used}
    for index, guess in _beside_dates(rest, names) if "begins" in named else _with_dates(rest):
        if guess.field not in named:
            guesses[index] = guess
            columns.setdefault(guess.field, []).append(index)


def _with_dates(cells: dict[int, list[str]]) -> list[tuple[int, guessing.Guess]]:
    """Return the columns of titles and of towns of a table whose header says nothing; none without both a title and dates."""
    dates = [index for index, values in cells.items() if (guessing.by_contents(values, "begins") or 0) >= 0.8]
    titles = _titles(cells)
    return [*titles, *_city(cells).items()] if titles and len(dates) == 1 else []


def _beside_dates(cells: dict[int, list[str]], names: Sequence[str]) -> list[tuple[int, guessing.Guess]]:
    """Return the columns of `_titles` in a table whose dates are known, if the titles are no names of persons."""
    if any("prenom" in plain(name) for name in names):
        return []
    guessed_columns = _titles(cells)
    titles = cells[guessed_columns[0][0]] if guessed_columns else []
    return guessed_columns if sum(bool(re.search(r"\w\W+\w", title)) for title in titles) * 2 > len(titles) else []


def _titles(cells: dict[int, list[str]]) -> list[tuple[int, guessing.Guess]]:
    """Return the column of titles among those whose header says nothing, first, and those of places and organisers beside it."""
    others = [*_told_by_words(cells, "venue", _PLACES), *_told_by_words(cells, "organiser", _BODIES)]
    title = _title({index: values for index, values in cells.items() if index not in dict(others)})
    return [*title.items(), *others] if title else []


def _told_by_words(
    cells: dict[int, list[str]], field: str, pattern: re.Pattern[str]
) -> list[tuple[int, guessing.Guess]]:
    """Return the only column that most values of begin with a word of places, or of organisations."""
    indexes = [
        index
        for index, values in cells.items()
        if len(values) > guessing.FEWEST and sum(bool(pattern.match(v)) for v in values) >= 0.6 * len(values)
    ]
    return [(indexes[0], guessing.Guess(field, guessing.TAKEN, say("noms de ce genre")))] if len(indexes) == 1 else []


def _title(columns: dict[int, list[str]]) -> dict[int, guessing.Guess]:
    """Return the only column that holds different texts of a line, and no dates, hours, towns or prices; nothing if several do."""
    indexes = [index for index, values in columns.items() if len(values) >= guessing.FEWEST and _are_titles(values)]
    if len(indexes) != 1:
        return {}
    return {
        indexes[0]: guessing.Guess("title", guessing.TAKEN, say("textes tous différents, seule colonne de ce genre"))
    }


def _city(columns: dict[int, list[str]]) -> dict[int, guessing.Guess]:
    """Return the only column that holds names of communes."""
    indexes = [
        index
        for index, values in columns.items()
        if len(values) >= guessing.FEWEST and _share_of_communes(values) >= 0.8
    ]
    return (
        {indexes[0]: guessing.Guess("city", guessing.TAKEN, say("noms de communes, seule colonne de ce genre"))}
        if len(indexes) == 1
        else {}
    )


def _are_titles(values: Sequence[str]) -> bool:
    others = ("begins", "begins_hour", "postcode", "conditions", "attendance_mode")
    return (
        len(set(values)) >= 0.8 * len(values)
        and 5 <= sum(map(len, values)) / len(values) <= 120
        and (guessing.by_contents(values, "title") or 0) >= 0.9
        and all((guessing.by_contents(values, field) or 0) < 0.3 for field in others)
        and _share_of_communes(values) < 0.3
    )


def _share_of_communes(values: Sequence[str]) -> float:
    return sum(map(named_places.is_commune, values)) / len(values)
