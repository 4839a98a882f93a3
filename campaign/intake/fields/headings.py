"""Headings among the rows of a table: a row of one cell that names a day, a month, a département or a commune."""

import re
from collections.abc import Mapping, Sequence, Set
from typing import Final, Literal

from campaign.intake.dates import date_text
from campaign.intake.dates.date_words import WEEKDAYS
from campaign.intake.fields import date_hints, named_places
from campaign.intake.fields.likeness import words

Heading = Literal["begins", "month", "departement", "city"]
LONGEST: Final = 60
_PLACES: Final = frozenset({"city", "postcode", "commune_code", "address", "departement", "region", "lat", "position"})
_TOWN: Final = re.compile(
    r"(?i)\s*(?:(?:ville|commune) (?:de |d['’])|à |(?:lieu|ville|commune)\s*:\s*|(?:\d{5}|\d{2,3}|2[ab])\s*[-–—]?\s*)?(?P<name>\D+?)"
    r"\s*(?:\(?\s*(?:\d{5}|\d{2,3}|2[ab])\s*\)?)?\s*:?\s*"
)
_NAME: Final = re.compile(r"(?!(?i:sous-)?(?i:total))[^\W\d][^\d:*;]{0,39}")
_TERRITORIES: Final[tuple[Heading, ...]] = ("departement", "city")
OF_HEADING: Final = {"begins": "date", "month": "mois", "departement": "département", "city": "ville"}  # columns


def heading_of(text: str) -> Heading | None:
    """Return what a row of one cell says of the rows below it; None if it is no heading."""
    if len(text) > LONGEST:
        return None
    if named_places.departement_of(text):
        return "departement"
    if date_hints.is_month(text) and re.search(r"[^\W\d]", text):
        return "month"
    sessions, left = date_text.parse(text, 2000)  # the year stands elsewhere, perhaps
    if len(sessions) == 1 and sessions[0][0].hour is None and left in ("", words(text).split(" ")[0]):
        return "begins"
    return "city" if _names_commune(text) else None


def kind_among(text: str, kinds: Sequence[str]) -> Heading | None:
    """Return what a row of one cell says of the rows below it, of these kinds: where they are towns, « Paris » is one too."""
    kind = heading_of(text)
    if kind == "departement" and "departement" not in kinds and "city" in kinds and _names_commune(text):
        return "city"
    return kind if kind in kinds else None


def names_other_place(text: str) -> bool:
    """Tell whether a row of one cell may be the name of a place that is not known: « Trifouilly », no note, no total."""
    return bool(_NAME.fullmatch(text)) and heading_of(text) is None


def _names_commune(text: str) -> bool:
    """Tell whether a text is the name of a commune, perhaps with its number: « Rennes (35) », « 35000 Rennes », « Ville de Rennes : »."""
    match = _TOWN.fullmatch(text)
    return match is not None and named_places.is_commune(match["name"])


def month_in(title: str) -> str | None:
    """Return the month and year that a title gives, as a cell of months; None if it gives neither, or more than those."""
    month, year = date_hints.month_and_year(title)
    if date_hints.says_when_written(title) or (month, year) == (None, None):
        return None
    return f"{year}-{month:02}" if month and year else str(month or year)


def of_titles(rows: Sequence[Sequence[str]]) -> dict[Heading, str]:
    """Return the day and the town that the lines above a table of hours give: « Journée d'étude – jeudi 13 novembre 2026 – Rennes ».

    Neither where they give several days, or a weekday that the day is not.
    """
    titles = [text for cells in rows if (text := only_cell(cells)) and not date_hints.says_when_written(text)]
    days = {day for text in titles if (day := _day_in(text))}
    if len(days) != 1:
        return {}
    parts = [part for text in titles for part in re.split(r"\s[-–—|•]\s|[,;:()]", text)]
    towns = {part.strip() for part in parts if named_places.is_commune(part)}
    return {"begins": days.pop(), **({"city": towns.pop()} if len(towns) == 1 else {})}


def lacking(above: Mapping[Heading, str], given: Set[str]) -> dict[Heading, str]:
    """Return what the lines above a table say that it has no column for: the day of its hours, and where all of them are."""
    if "begins_hour" not in given or given & {"begins", "slots", "year", "month"}:
        return {}
    return {kind: text for kind, text in above.items() if kind == "begins" or not given & _PLACES}


def _day_in(title: str) -> str | None:
    """Return the only day of a title, without its year where that stands elsewhere."""
    sessions, left = date_text.parse(title)
    has_year = bool(sessions)
    if not has_year:
        sessions, left = date_text.parse(title, 2000)
    days = {moment.day for session in sessions for moment in session if moment}
    if len(days) != 1 or any(word in WEEKDAYS for word in left.split()):
        return None
    day = days.pop()
    return day.isoformat() if has_year else f"{day:%d/%m}"


def only_cell(cells: Sequence[str]) -> str | None:
    """Return the cell of a row that has only one, or the same in all (a merged one); None else."""
    filled = {cell.strip() for cell in cells if cell.strip()}
    return filled.pop() if len(filled) == 1 else None


def headings(rows: Sequence[Sequence[str]], columns: Mapping[str, Sequence[int]], width: int) -> dict[Heading, str]:
    """Return the first heading of each kind among the rows below a header that has no column for it."""
    if width < 2:
        return {}
    first_headings: dict[Heading, str] = {}
    sections = [text for cells in rows if (text := only_cell(cells))]
    beside = _beside(rows, columns, sections)
    for text in sections:
        kind = heading_of(text)
        if kind and (kind in beside or kind not in columns) and not (kind == "month" and "begins" not in columns):
            first_headings.setdefault(kind, text)
    if "city" in first_headings and all(
        kind_among(text, ["city"]) for text in sections if heading_of(text) == "departement"
    ):
        first_headings.pop("departement", None)
    if "departement" in first_headings or ("city" in columns and "city" not in beside):
        first_headings.pop("city", None)
    return first_headings


def _beside(
    rows: Sequence[Sequence[str]], columns: Mapping[str, Sequence[int]], sections: Sequence[str]
) -> set[Heading]:
    """Return the kinds of place that sections give though there is a column for them, which most of the rows below leave blank.

    Only where no section is the name of a place that is not known.
    """
    if any(map(names_other_place, sections)):
        return set()
    first = next((number for number, cells in enumerate(rows) if only_cell(cells)), len(rows))
    below = [cells for cells in rows[first:] if sum(bool(cell.strip()) for cell in cells) > 1]
    return {
        kind
        for kind in _TERRITORIES
        if kind in columns
        and 2 * sum(any(index < len(cells) and cells[index].strip() for index in columns[kind]) for cells in below)
        < len(below)
    }
