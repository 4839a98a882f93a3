"""What the columns of a table are once their fields are known: several for one field, hours that are dates, parts of a session.

Each function changes the columns (from 0) of each field; what a mapping says (`wanted`) has the last word.
"""

import re
from collections.abc import Sequence
from typing import Final

from campaign.core.language import say
from campaign.intake.dates import date_text
from campaign.intake.fields import guessing, numbered
from campaign.intake.fields.column_names import field_of, plain
from campaign.intake.fields.flags import NO, YES
from campaign.intake.fields.guessing import Guess

# Fields whose values can be told from others: of texts in two languages the first stays French.
_SETTLED: Final = frozenset(
    {"begins", "ends", "begins_hour", "ends_hour", "city", "postcode", "commune_code", "lat", "lon", "url", "organiser"}
)
_OTHER_ACTS: Final = re.compile(
    r"\b(?:rappels?|reminder|soumission|submit\w*|submission|cloture|limite|deadline|inscriptions?|publication|saisie|paiement|sales?|presales?|vente|"
    r"announce\w*|annonce|visible|updated?|modif\w*|creat\w*|maj|mise a jour|horodateurs?|enregistrement|import\w*|export\w*|"
    r"portes|doors)\b"
)
_BARE: Final = ("date", "dates", "jour", "jours")  # what may be the day of anything
_MOST: Final = 0.7  # of the rows of a column
_SECONDS: Final = re.compile(r"1[2-9]\d{8}(?:\d{3})?")  # since 1970, or thousandths of them
_CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9_-]{0,5}")
_KIND: Final = re.compile(r"[a-z_]+(?:#|--)[a-z_]+|VEVENT|vevent")  # what a program calls its own entries
_CO_ORGANISERS: Final = re.compile(r"co ?organisat|organisateurs? \d|structures? \d")
_OF_CODES: Final = ("nom", "noms", "label")  # what stands beside a column of codes
_NAMES: Final = (
    *_OF_CODES,
    "projet",
    "projets",
    "project",
    "intervention",
    "interventions",
    "sujet",
    "theme",
)
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
    """Take « Nom » or « Projet » as the title of a table that has no other, or only codes (« CONF »), unless it is a person's."""
    if "title" in wanted or any("prenom" in plain(name) for name in names):
        return
    titles = [text for index in columns.get("title", []) for text in cells.get(index, [])]
    if "title" in columns and not (len(titles) >= guessing.FEWEST and all(map(_CODE.fullmatch, titles))):
        return
    known = _OF_CODES if "title" in columns else _NAMES
    used = {index for indexes in columns.values() for index in indexes}
    named = [index for index, name in enumerate(names) if plain(name) in known and index not in used]
    if len(named) == 1 and (guessing.by_contents(cells[named[0]], "title") or 0) >= 0.9:
        columns["title"] = named
        guesses[named[0]] = Guess("title", guessing.TAKEN, say("seule colonne de noms, aucune de titres"))


def take_prose(
    columns: dict[str, list[int]],
    cells: dict[int, list[str]],
    wanted: dict[str, list[str | int]],
    guesses: dict[int, Guess],
) -> None:
    """Take the descriptions as the dates of a table that has no others where they are these; note it where they only hold some."""
    if {"begins", "slots", "month", "year"} & {*columns, *wanted} or "description" in wanted:
        return
    for index in list(columns.get("description", [])):
        values = cells.get(index, [])
        readings = [date_text.parse(value) for value in values]
        if len(values) < guessing.FEWEST or sum(bool(sessions) for sessions, _ in readings) < _MOST * len(values):
            continue
        are_dates = sum(bool(sessions) and not left for sessions, left in readings) >= _MOST * len(values)
        guesses[index] = Guess(
            "begins", guessing.TAKEN if are_dates else guessing.NOTED, say("ses textes contiennent des dates")
        )
        if are_dates:
            columns["begins"] = [index]
            columns["description"].remove(index)
    if not columns.get("description", [0]):
        del columns["description"]


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


def leave_kinds(columns: dict[str, list[int]], cells: dict[int, list[str]], wanted: dict[str, list[str | int]]) -> None:
    """Leave a column of what a program calls its own entries, « calendar#event », « node--evenement »: no type of event."""
    for index in list(columns.get("type", [])) if "type" not in wanted else []:
        if cells.get(index) and all(map(_KIND.fullmatch, cells[index])):
            columns["type"].remove(index)
    if not columns.get("type", [0]):
        del columns["type"]


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
