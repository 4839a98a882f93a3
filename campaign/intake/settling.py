"""What the columns of a table are once their fields are known: several for one field, hours that are dates, parts of a session.

Each function changes the columns (from 0) of each field; what a mapping says (`wanted`) has the last word.
"""

import re
from collections.abc import Sequence
from typing import Final

from campaign.core.language import say
from campaign.intake import guessing, numbered
from campaign.intake.column_names import field_of, plain
from campaign.intake.flags import NO, YES
from campaign.intake.guessing import Guess

# Fields whose values can be told from others: of texts in two languages the first stays French.
_SETTLED: Final = frozenset(
    {"begins", "ends", "begins_hour", "ends_hour", "city", "postcode", "commune_code", "lat", "lon", "url", "organiser"}
)
_OTHER_ACTS: Final = re.compile(
    r"\b(?:rappels?|reminder|soumission|submit\w*|submission|cloture|limite|deadline|inscriptions?|publication|saisie|paiement)\b"
)
_BARE: Final = ("date", "dates", "jour", "jours")  # what may be the day of anything
_MOST: Final = 0.7  # of the rows of a column
_FEWEST_HOURS: Final = (
    0.5  # of the rows of a column without a date, beside one of dates: the others say « matin », « 18h30/20h »
)
_SECONDS: Final = re.compile(r"1[2-9]\d{8}(?:\d{3})?")  # since 1970, or thousandths of them
_CLOCK: Final = re.compile(r"\+?\s?(?:[01]?\d|2[0-4])(?:[.,:h]?[0-5]\d|[.,]5|\s?h)?")  # hours in figures
_UNTIL: Final = (("de", "a"), ("from", "to"))
_CO_ORGANISERS: Final = re.compile(r"co ?organisat|organisateurs? \d|structures? \d")
_REMARKS: Final = (
    "observation",
    "remarque",
    "commentaire",
    "note",
    "info",
    "information",
    "precision",
    "divers",
    "suivi",
    "avancement",
)


def co_organisers(columns: dict[str, list[int]], names: Sequence[str]) -> list[int]:
    """Return the columns of partners who organise too: « Organisateur 2 », « Structure 3 », « Co-organisateurs »."""
    return [index for index in columns.get("partners", ()) if _CO_ORGANISERS.match(plain(names[index]))]


def filling_times(names: Sequence[str]) -> set[int]:
    """Return the columns in which ODK and its kin say when a form was filled in, « start », « end », « today »: none of an event's."""
    plains = [plain(name) for name in names]
    if not {"submission time", "submissiondate", "instanceid", "meta instanceid", "formhub uuid"} & set(plains):
        return set()
    return {index for index, name in enumerate(plains) if name in ("start", "end", "today")}


def take_names(
    columns: dict[str, list[int]],
    names: Sequence[str],
    cells: dict[int, list[str]],
    wanted: dict[str, list[str | int]],
    guesses: dict[int, Guess],
) -> None:
    """Take « Nom » as the title of a table that has no other, unless it is a person's."""
    if "title" in columns or "title" in wanted or any("prenom" in plain(name) for name in names):
        return
    used = {index for indexes in columns.values() for index in indexes}
    named = [index for index, name in enumerate(names) if plain(name) in ("nom", "noms") and index not in used]
    if len(named) == 1 and (guessing.by_contents(cells[named[0]], "title") or 0) >= 0.9:
        columns["title"] = named
        guesses[named[0]] = Guess("title", guessing.TAKEN, say("seule colonne de noms, aucune de titres"))


def take_instants(
    columns: dict[str, list[int]], cells: dict[int, list[str]], wanted: dict[str, list[str | int]]
) -> None:
    """Take « time » as the beginnings where it holds seconds since 1970, not hours, and nothing else is called so."""
    hours = columns.get("begins_hour", [])
    if {"begins", "begins_hour"} & set(wanted) or "begins" in columns:
        return
    instants = [index for index in hours if cells.get(index) and all(map(_SECONDS.fullmatch, cells[index]))]
    if instants:
        columns["begins"] = instants
        columns["begins_hour"] = [index for index in hours if index not in instants]
        if not columns["begins_hour"]:
            del columns["begins_hour"]


def part_hours(columns: dict[str, list[int]], cells: dict[int, list[str]], wanted: dict[str, list[str | int]]) -> None:
    """Take « Début » and « Fin » as the hours of another column's dates where they hold hours alone; « Horaires » as the dates
    where they hold those and no other column does.
    """
    if not {"begins", "year", "month"} & {*columns, *wanted} and not {"begins_hour", "slots"} & set(wanted):
        dated = [i for i in columns.get("begins_hour", []) if _held(cells.get(i, []), "begins") >= 0.8]
        if dated:
            columns["begins"] = dated
            columns["begins_hour"] = [index for index in columns["begins_hour"] if index not in dated]
        ended = [i for i in columns.get("ends_hour", []) if _held(cells.get(i, []), "ends") >= 0.8]
        if dated and ended and not {"ends", "ends_hour"} & {*wanted, *(columns if "ends" in columns else ())}:
            columns["ends"], columns["ends_hour"] = ended, [i for i in columns["ends_hour"] if i not in ended]
    are_figures = _are_clock_figures(columns, cells)
    for days, hours in (("begins", "begins_hour"), ("ends", "ends_hour")):
        of_hours = [
            index
            for index in columns.get(days, [])
            if _are_hours(cells.get(index, []), hours, are_figures=are_figures)
            and not _held(cells.get(index, []), days)
        ]
        has_days = len(of_hours) < len(columns.get(days, [])) or (days == "ends" and of_hours)
        if days in wanted or hours in wanted or hours in columns or not has_days:
            continue
        columns[hours] = of_hours
        columns[days] = [index for index in columns[days] if index not in of_hours]
    pair = columns.get("begins_hour", [])
    are_hours = all(_held(cells.get(index, []), "begins_hour") >= _MOST for index in pair)
    is_alone = not {"ends_hour", "ends"} & {*columns, *wanted} and "begins_hour" not in wanted
    if is_alone and are_hours and len(pair) == 2 and pair[1] == pair[0] + 1:  # « De » and « À » under « Calendrier »
        columns["begins_hour"], columns["ends_hour"] = pair[:1], pair[1:]
    for name in ("begins_hour", "ends_hour", "ends"):
        if not columns.get(name, [0]):
            del columns[name]


def _are_clock_figures(columns: dict[str, list[int]], cells: dict[int, list[str]]) -> bool:
    """Tell whether a beginning and an end beside whole dates are hours of figures alone, some of which are no days: « 1830 », « 9 »."""
    begins, ends = (columns.get(field, []) for field in ("begins", "ends"))
    clock_columns = [
        [i for i in each if cells.get(i) and all(map(_CLOCK.fullmatch, cells[i]))] for each in (begins, ends)
    ]
    has_dates = any(_held(cells.get(index, []), "begins") >= _MOST for index in begins)
    values = [value for indexes in clock_columns for index in indexes for value in cells[index]]
    return has_dates and all(clock_columns) and any(re.search(r"\d{3}|\d[.:h]\d", value) for value in values)


def _are_hours(values: Sequence[str], field: str, *, are_figures: bool = False) -> bool:
    """Tell whether a column holds hours: half of its values do, or one and all others are small numbers; or figures that are hours."""
    held = _held(values, field)
    if are_figures and values and all(map(_CLOCK.fullmatch, values)):
        return True
    return held >= _FEWEST_HOURS or (
        held > 0 and all(re.fullmatch(r"(?:[01]?\d|2[0-4])(?:[.,]\d{1,2})?|.*\d\s?[h:].*", value) for value in values)
    )


def _held(values: Sequence[str], field: str) -> float:
    """Return how many of a column's values are what a field holds; of one alone what it is, beside columns that say what it may be."""
    return guessing.by_contents([*values, *values] if len(values) == 1 else values, field) or 0


def take_until(columns: dict[str, list[int]], names: Sequence[str], wanted: dict[str, list[str | int]]) -> None:
    """Take « À » after « De », the hours, as that of the ends, however few it holds."""
    if (
        {"ends", "ends_hour"} & {*columns, *wanted}
        or "begins_hour" in wanted
        or len(columns.get("begins_hour", [])) != 1
    ):
        return
    first = columns["begins_hour"][0]
    pair = (plain(names[first]), plain(names[first + 1]) if first + 1 < len(names) else "")
    if (pair in _UNTIL or pair[1] in ("jusqu a", "until")) and not any(
        first + 1 in indexes for indexes in columns.values()
    ):
        columns["ends_hour"] = [first + 1]


def take_modes(columns: dict[str, list[int]], cells: dict[int, list[str]], wanted: dict[str, list[str | int]]) -> None:
    """Take « Format » as whether people come or follow from afar, not as the type, where it says that on most rows."""
    if "attendance_mode" in columns or {"attendance_mode", "type"} & set(wanted):
        return
    mode_columns = [
        i for i in columns.get("type", []) if (guessing.by_contents(cells[i], "attendance_mode") or 0) >= _MOST
    ]
    if mode_columns:
        columns["attendance_mode"] = mode_columns
        columns["type"] = [index for index in columns["type"] if index not in mode_columns]
        if not columns["type"]:
            del columns["type"]


def take_sessions(
    columns: dict[str, list[int]], names: Sequence[str], wanted: dict[str, list[str | int]]
) -> tuple[numbered.Session, ...]:
    """Take the columns that count an event's sessions as its dates and hours; return them. A mapping has the last word."""
    sessions = numbered.sessions(names)
    counted = {index for session in sessions for _field, index in session.fields}
    chosen = {index: field for field in wanted for index in columns.get(field, [])}
    if not sessions or any(
        chosen.get(index, field) != field for session in sessions for field, index in session.fields
    ):
        return ()
    if set(columns.get("begins", [])) - counted or ("begins" in wanted and len(columns["begins"]) < len(sessions)):
        return ()
    for name in list(columns):
        columns[name] = [index for index in columns[name] if index not in counted]
    for session in sessions:
        for field, index in session.fields:
            columns.setdefault(field, []).append(index)
    for name in [name for name, indexes in columns.items() if not indexes]:
        del columns[name]
    return tuple(sessions)


def remarks(columns: dict[str, list[int]], names: Sequence[str], mapped: set[int]) -> tuple[int, ...]:
    """Return the columns of remarks that no field has."""
    used = {index for indexes in columns.values() for index in indexes} | mapped
    return tuple(
        index
        for index, name in enumerate(names)
        if index not in used and set(plain(name).split()) & {f"{word}{s}" for word in _REMARKS for s in ("", "s")}
    )


def settle(
    columns: dict[str, list[int]],
    names: Sequence[str],
    cells: dict[int, list[str]],
    wanted: dict[str, list[str | int]],
    n_rows: int,
) -> None:
    """Of several columns for one field, put first the one of which most can be read; a mapping has the last word."""
    for name, indexes in columns.items():
        if len(indexes) > 1 and name in _SETTLED and name not in wanted:
            indexes.sort(
                key=lambda index: (
                    -guessing.quality(cells.get(index, []), name, n_rows),
                    not (index < len(names) and field_of(names[index])),  # « Date » before « Date provisoire »
                    name == "begins" and plain(names[index]) in _BARE,  # but « start_date » before « date »
                )
            )


def leave_foundations(
    columns: dict[str, list[int]],
    cells: dict[int, list[str]],
    wanted: dict[str, list[str | int]],
    guesses: dict[int, Guess],
) -> None:
    """Leave dates of « creation » that lie years before the events: an organisation's, not a registration's."""
    begins = [value for index in columns.get("begins", columns.get("slots", [])) for value in cells.get(index, [])]
    for index in list(columns.get("created_at", [])):
        if "created_at" not in wanted and guessing.is_foundation(cells.get(index, []), begins):
            columns["created_at"].remove(index)
            guesses[index] = Guess(
                "created_at", 0.3, say("dates de fondation, antérieures de plusieurs années aux événements")
            )
    if not columns.get("created_at", [0]):
        del columns["created_at"]


def take_summary(columns: dict[str, list[int]], names: Sequence[str], wanted: dict[str, list[str | int]]) -> None:
    """Take « summary » for the title where nothing else is: so it is in calendars."""
    for index, name in enumerate(names):
        if plain(name) not in ("summary", "content summary") or "title" in {*columns, *wanted}:
            continue
        if index in columns.get("description", []):
            columns["description"].remove(index)
        columns.setdefault("title", []).append(index)
    if not columns.get("description", [0]):
        del columns["description"]


def leave_identifiers(
    columns: dict[str, list[int]], rows: Sequence[Sequence[str]], wanted: dict[str, list[str | int]]
) -> None:
    """Leave what is called an identifier and is none of events: where different titles share most of its values, as a user's number."""
    title = columns.get("title", [-1])[0]
    if "uid" in wanted or "uid" not in columns or title < 0:
        return
    for index in list(columns["uid"]):
        of_value: dict[str, set[str]] = {}
        for cells in rows:
            value, text = (cells[each].strip() if each < len(cells) else "" for each in (index, title))
            if value and text:
                of_value.setdefault(value, set()).add(text)
        shared = [value for value, titles in of_value.items() if len(titles) > 1]
        if len(shared) * 2 > len(of_value):
            columns["uid"].remove(index)
    if not columns["uid"]:
        del columns["uid"]


def is_of_another_act(field: str, header: str) -> bool:
    """Tell whether a header that is not listed names the moment of a reminder, a form, a deadline: none of the event's."""
    return field in ("begins", "ends", "begins_hour", "ends_hour") and bool(_OTHER_ACTS.search(plain(header)))


def leave_answers(
    columns: dict[str, list[int]], cells: dict[int, list[str]], wanted: dict[str, list[str | int]]
) -> None:
    """Leave a column of yes and no that is called like a link or an hour: « Inscription : oui » gives no address."""
    for name in ("registration_url", "online_url", "url", "begins_hour", "ends_hour"):
        for index in list(columns.get(name, [])) if name not in wanted else []:
            values = cells.get(index, [])
            if len(values) >= guessing.FEWEST and all(value.strip().lower() in (*YES, *NO) for value in values):
                columns[name].remove(index)
        if not columns.get(name, [0]):
            del columns[name]


def share_hours(columns: dict[str, list[int]], names: Sequence[str], wanted: dict[str, list[str | int]]) -> None:
    """Take a column of hours and prices, « Horaires et tarif », for both, where no other has the hours."""
    if {"begins_hour", "slots"} & {*columns, *wanted}:
        return
    both = [
        index for index in columns.get("conditions", []) if re.search(r"\b(?:horaires?|heures?)\b", plain(names[index]))
    ]
    if both:
        columns["begins_hour"] = both[:1]
