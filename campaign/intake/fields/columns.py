"""Which column of a spreadsheet is which field: by header, as `column_aliases.csv` lists them, or by a mapping."""

from collections.abc import Sequence
from typing import Final

from campaign.core.errors import IntakeError
from campaign.core.language import say
from campaign.intake.fields import (
    clock_columns,
    flags,
    guessing,
    header_rows,
    headings,
    mapped_columns,
    missing_columns,
    month_grids,
    named_types,
    place_columns,
    settling,
    settling_hours,
    title_columns,
    universal_hours,
    unnamed_columns,
)
from campaign.intake.fields.column_names import ALIASES as ALIASES
from campaign.intake.fields.column_names import FIELDS as FIELDS
from campaign.intake.fields.column_names import LONGEST_HEADER, known, language_of
from campaign.intake.fields.column_names import UNUSED as UNUSED
from campaign.intake.fields.column_names import field_of as field_of
from campaign.intake.fields.column_names import is_openagenda as is_openagenda
from campaign.intake.fields.column_names import plain as plain
from campaign.intake.fields.column_names import recognised as recognised
from campaign.intake.fields.guessing import Guess
from campaign.intake.fields.header import Header as Header
from campaign.intake.fields.likeness import is_of_a_body
from campaign.intake.request import Mapping

SEARCHED_ROWS: Final = header_rows.SEARCHED_ROWS
_JOINED: Final = {
    "description",
    "long_description",
    "conditions",
    "keywords",
    "themes",
    "partners",
}  # of all their columns
# Fields of which a second column stands in where the first is empty.
_ALTERNATIVES: Final = frozenset({"begins", "ends", "city", "postcode", "venue", "address", "organiser", "url"})
_PLACES: Final = frozenset(
    {"city", "postcode", "commune_code", "departement", "region", "lat", "position", "address", "venue"}
)


def has_header(rows: Sequence[Sequence[str]], mapping: Mapping) -> bool:
    """Tell whether a table can be read: a row of it is a header, or the mapping needs none."""
    by_number = any(
        isinstance(column, int) for columns in mapped_columns.wanted(mapping).values() for column in columns
    )
    return by_number or header_rows.find(rows, mapped_columns.headers(mapping)) >= 0


def find_header(rows: Sequence[Sequence[str]], mapping: Mapping, file: str, *, is_whole: bool = True) -> Header:
    """Return the header of a spreadsheet from its first records; raise IntakeError if there is none to be found.

    What the mapping says goes first. Where a field has columns in several languages, French comes before the others, which
    stand in for it where it is empty. With `is_whole` a header without a title or a date is an error too.
    """
    wanted = mapped_columns.wanted(mapping)
    unused = wanted.pop(UNUSED, [])
    if not wanted and month_grids.looks_like_one(rows):
        raise IntakeError(
            say(
                "{file} est un calendrier (une grille de semaines) avec d'autres textes à côté des jours, pas un tableau.",
                file=file,
            ),
            say(
                "Supprimez ce qui n'est pas dans les cases des jours, ou recopiez-le en tableau : une ligne par "
                "événement, avec les colonnes titre, date, ville."
            ),
        )
    row = header_rows.find(rows, mapped_columns.headers(mapping))
    is_by_number = any(isinstance(column, int) for given in wanted.values() for column in given)
    if row < 0 and not is_by_number and not wanted and (headerless := _without_header(rows, mapping)):
        return headerless
    if row < 0 and not is_by_number:
        raise IntakeError(
            say(
                "{file} : aucune ligne d'en-tête reconnue parmi les {n} premières.",
                file=file,
                n=min(len(rows), SEARCHED_ROWS),
            ),
            say(
                "Ajoutez une ligne de titres de colonnes (titre, date, ville…), ou donnez --mapping : un fichier TOML "
                '[columns] title = "Nom de l\'action" ou, sans en-tête, title = 1, begins = 2.'
            ),
        )
    row = header_rows.lower_of_two(rows, row, wanted)
    width = max((len(cells) for cells in rows), default=0)
    names = header_rows.names_of(rows, row) if row >= 0 else [f"colonne {n}" for n in range(1, width + 1)]
    columns: dict[str, list[int]] = {}
    for field, given in wanted.items():
        for column in given:
            columns.setdefault(field, []).extend(mapped_columns.of_field(field, column, names, width, file))
    mapped = {index for indexes in columns.values() for index in indexes}
    mapped |= {index for index, name in enumerate(names) if mapped_columns.is_among(index, name, unused)}
    if row >= 0:
        mapped |= settling.filling_times(names)
        _take_named(
            columns, names, header_rows.headings_over(rows[row - 1], len(names)) if row > 0 else None, mapped, wanted
        )
    cells = header_rows.cells_of(rows[row + 1 :], len(names))
    mapped |= title_columns.settle(columns, names, cells, wanted)
    settling.take_instants(columns, cells, wanted)
    of_flags = _flagged(columns, names, cells, mapped, wanted) if row >= 0 else {}
    settling.leave_answers(columns, cells, wanted)
    settling_hours.take_dated(columns, cells, wanted)
    guesses = _guessed(columns, names, cells, mapped, wanted, unused) if row >= 0 else {}
    settling.leave_kinds(columns, cells, wanted)
    settling.take_names(columns, names, cells, wanted, guesses)
    settling.take_prose(columns, cells, wanted, guesses)
    settling_hours.take_weeks(columns, names, cells, wanted)
    universal_hours.leave(columns, names, wanted)
    settling_hours.take_until(columns, names, wanted)
    above = headings.of_titles(rows[: max(row, 0)])
    settling_hours.part_hours(columns, cells, wanted, has_day=bool(above))
    settling.take_modes(columns, cells, wanted)
    sessions = settling.take_sessions(columns, names, wanted) if row >= 0 else ()
    place_columns.settle(columns, names, cells, wanted)
    settling_hours.take_ends(columns, names, rows[row + 1 :], wanted)
    settling.settle(columns, names, cells, wanted, len(rows) - row - 1)
    flags.put_first(columns, of_flags)
    clock_columns.take_moments(columns, names, cells, wanted)
    continued = clock_columns.take(columns, names, cells, wanted)
    settling.leave_foundations(columns, cells, wanted, guesses)
    settling.share_hours(columns, names, wanted)
    settling.leave_identifiers(columns, rows[row + 1 :], wanted)
    first_headings = headings.headings(rows[row + 1 :], columns, len(names)) if row >= 0 else {}
    above = headings.lacking(above, {*columns, *first_headings})
    first_headings |= above
    for name, text in first_headings.items():
        columns[name] = [*columns.get(name, []), len(names)]
        names.append(f"(intertitres : {text}…)")
    header = Header(
        row=row,
        columns=columns,
        names=names,
        guesses=guesses,
        headings=tuple(first_headings),
        above={str(kind): text for kind, text in above.items()},
        flags=of_flags,
        continued=continued,
        sessions=sessions,
        unread_hours=clock_columns.unread(columns, names, cells, mapped),
        remarks=settling.remarks(columns, names, mapped),
        is_metric=place_columns.are_metres(columns, cells),
        corrected=mapping.rows,
    )
    if is_whole:
        missing_columns.check(file, header.columns, header.names, header.guesses, header.unused)
    return header


def _take_named(
    columns: dict[str, list[int]],
    names: Sequence[str],
    groups: Sequence[str] | None,
    mapped: set[int],
    wanted: dict[str, list[str | int]],
) -> None:
    """Take the columns for the fields that their headers name, or the groups that stand over these; French goes first."""
    foreign: list[tuple[str, int]] = []
    for index, name in enumerate(names):
        bare, language = language_of(name)
        group = groups[index] if groups else ""
        of_group = header_rows.of_group(name, group) if group and plain(group) != plain(name) else None
        is_repeated = bool(name) and names.count(name) > 1  # « Début » of the dates and « Début » of the hours
        guess = (of_group if is_repeated else None) or field_of(name) or field_of(bare) or of_group
        if not guess or index in mapped or guess in wanted:
            continue
        if language == "fr" or field_of(name):
            columns.setdefault(guess, []).append(index)
        else:
            foreign.append((guess, index))
    settling.take_summary(columns, names, wanted)
    for guess, index in foreign:
        if guess not in columns or guess not in _JOINED:
            columns.setdefault(guess, []).append(index)


def _without_header(rows: Sequence[Sequence[str]], mapping: Mapping) -> Header | None:
    """Return the columns of a table that begins with its first event, if their contents say which is which; None else."""
    width = max((len(cells) for cells in rows), default=0)
    filled = [cells for cells in rows if sum(bool(cell.strip()) for cell in cells) > 1]
    if width < 3 or len(filled) < guessing.FEWEST or not header_rows.has_date(filled[0]):
        return None
    names = [f"colonne {n}" for n in range(1, width + 1)]
    columns: dict[str, list[int]] = {}
    guesses = _guessed(columns, names, header_rows.cells_of(rows, width), set(), {}, ())
    if not {"title", "begins"} <= set(columns):
        return None
    return Header(row=-1, columns=columns, names=names, guesses=guesses, corrected=mapping.rows)


def _flagged(
    columns: dict[str, list[int]],
    names: Sequence[str],
    cells: dict[int, list[str]],
    mapped: set[int],
    wanted: dict[str, list[str | int]],
) -> dict[int, str]:
    """Take the columns of yes and no for the fields of which they say one value; return that value, by column."""
    named = {index: name for name, indexes in columns.items() for index in indexes}
    flag_values = {}
    types = named_types.ticked(names, cells, (*flags.YES, *flags.NO))
    for index, name in enumerate(names):
        flag = ("type", name) if index in types else flags.flag_of(name, cells[index])
        is_of_hours = flag is not None and flag[1] == flags.WITHOUT_HOURS and named.get(index) == "begins_hour"
        if flag is None or (named.get(index, flag[0]) != flag[0] and not is_of_hours):
            continue
        if is_of_hours:
            if index in mapped:
                continue
            columns["begins_hour"].remove(index)
            if not columns["begins_hour"]:
                del columns["begins_hour"]
        if index not in named or is_of_hours:
            if index in mapped or flag[0] in wanted:
                continue
            columns.setdefault(flag[0], []).append(index)
        flag_values[index] = flag[1]
    return flag_values


def _guessed(
    columns: dict[str, list[int]],
    names: Sequence[str],
    cells: dict[int, list[str]],
    mapped: set[int],
    wanted: dict[str, list[str | int]],
    unused: Sequence[str | int],
) -> dict[int, Guess]:
    """Take the columns that nothing lists for the fields that they are likely to be; return what was guessed of each."""
    used = {index for indexes in columns.values() for index in indexes} | mapped
    free = [
        index
        for index, name in enumerate(names)
        if index not in used and name and not mapped_columns.is_among(index, name, unused)
    ]
    guesses: dict[int, Guess] = {}
    for index in free:
        bare, language = language_of(names[index])
        is_name = language == "fr" and len(bare) <= LONGEST_HEADER
        guess = guessing.guess(bare, cells[index], known()) if is_name else None
        if guess is not None and guess.field not in wanted and not settling.is_of_another_act(guess.field, bare):
            guesses[index] = guess
    for index, guess in sorted(guesses.items(), key=lambda item: -item[1].confidence):
        is_new = guess.field not in columns or guess.field in _JOINED or guess.field in _ALTERNATIVES
        if guess.confidence >= guessing.TAKEN and is_new:
            columns.setdefault(guess.field, []).append(index)
    unnamed = [index for index, name in enumerate(names) if not name and index not in used]
    unnamed_columns.take(columns, cells, [*free, *unnamed], names, wanted, guesses)
    taken = {index for indexes in columns.values() for index in indexes}
    sought = ("begins", "postcode", "attendance_mode", *(() if "ends_hour" in columns else ("begins_hour",)))
    if not _PLACES & {*columns, *wanted}:  # « Territoire : Bretagne »
        sought = ("address", *sought, "departement", "region", "city")
    missing = [name for name in sought if name not in columns and name not in wanted]
    if "slots" in columns or "slots" in wanted:
        missing = [name for name in missing if name != "begins"]
    has_title = "title" in columns or "title" in wanted
    left = [index for index in (*free, *unnamed) if index not in taken and not is_of_a_body(names[index])]
    others = {index: cells[index] for index in left if not settling.is_of_another_act("begins", names[index])}
    for index, guess in guessing.of_contents(others, missing).items():
        if guess.field == "postcode" and guessing.is_amount(names[index]):
            continue
        if index not in guesses or guess.confidence > guesses[index].confidence:
            guesses[index] = guess
            if guess.confidence >= guessing.TAKEN and has_title:
                columns.setdefault(guess.field, []).append(index)
    return guesses


def header_row(rows: Sequence[Sequence[str]]) -> int:
    """Return which of the rows of a table is its header; -1 if none looks like one."""
    return header_rows.find(rows, set())
