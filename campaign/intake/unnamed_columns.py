"""What the columns of a table are whose header says nothing, or that has none: by their contents alone."""

from collections.abc import Sequence

from campaign.intake import guessing, named_places


def guesses(cells: dict[int, list[str]]) -> list[tuple[int, guessing.Guess]]:
    """Return the columns of titles and of towns of a table whose header says nothing; none without both a title and dates."""
    title = _title(cells)
    dates = [index for index, values in cells.items() if (guessing.by_contents(values, "begins") or 0) >= 0.8]
    return [*title.items(), *_city(cells).items()] if title and len(dates) == 1 else []


def _title(columns: dict[int, list[str]]) -> dict[int, guessing.Guess]:
    """Return the only column that holds different texts of a line, and no dates, hours, towns or prices; nothing if several do."""
    found = [index for index, values in columns.items() if len(values) >= guessing.FEWEST and _are_titles(values)]
    if len(found) != 1:
        return {}
    return {found[0]: guessing.Guess("title", guessing.TAKEN, "textes tous différents, seule colonne de ce genre")}


def _city(columns: dict[int, list[str]]) -> dict[int, guessing.Guess]:
    """Return the only column that holds names of communes."""
    found = [
        index
        for index, values in columns.items()
        if len(values) >= guessing.FEWEST and _share_of_communes(values) >= 0.8
    ]
    return (
        {found[0]: guessing.Guess("city", guessing.TAKEN, "noms de communes, seule colonne de ce genre")}
        if len(found) == 1
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
