"""The columns of a spreadsheet as the fields that they are: the view `intake_named`, one text per field.

Of a field the cells of its columns are made texts, then changed as the field needs it, then joined to one value.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import duckdb

from campaign.intake.dates import lengths
from campaign.intake.fields import (
    clock_columns,
    columns,
    date_fields,
    flags,
    numbered,
    place_columns,
    settling,
    settling_hours,
    universal_hours,
)
from campaign.intake.fields.columns import FIELDS, Header
from campaign.intake.request import Mapping

_LONG_TEXTS: Final = {"description", "long_description", "conditions"}
_MARKED: Final = {
    "city",
    "conditions",
}  # where an empty mark is no text; shape.sql and date_cells.py know those of other fields
_TRIMMED_LATER: Final = {  # by shape.sql, which does it after HTML was taken out
    "title",
    "description",
    "long_description",
    "url",
    "type",
    "venue",
    "address",
    "conditions",
    "keywords",
    "themes",
    "organiser",
    "partners",
    "online_url",
}
_LISTS: Final = {"accessibility", "keywords", "themes", "partners", "slots", "status"}
_OF_SESSIONS: Final = ("begins", "begins_hour", "ends", "ends_hour")
_PRICE: Final = re.compile(r"\b(?:prix|tarifs?|montant|cout|price|cost)\b")
_DATED: Final = r"\d{4}-\d\d?-\d\d?|\b\d\d?[/.]\d\d?[/.]\d{2,4}\b|\b\d\d?(?:er)? \p{L}+\.? \d{4}"


@dataclass(frozen=True)
class _Cells:
    """SQL for the cells of a field, with the column of each."""

    field: str
    indexes: list[int]
    texts: list[str]


def name_columns(
    connection: duckdb.DuckDBPyConnection, header: Header, mapping: Mapping, n_columns: int, of_sheet: dict[str, str]
) -> frozenset[str]:
    """Make the view `intake_named` of `intake_cells`: line, notes, and one text per field, null where no column gives it.

    Returns the fields that a column gives.

    `of_sheet` holds what the name of a sheet says in place of a column.
    """
    guarded = _guarded(connection, sorted({i for each in header.columns.values() for i in each if i < n_columns}))
    parts = []
    given = set()
    if header.is_metric:
        place_columns.know_degrees(
            connection, *(f"intake_trim(c{header.columns[field][0]})" for field in ("lat", "lon"))
        )
    co_organisers = [index for index in settling.co_organisers(header.columns, header.names) if index < n_columns]
    for field in FIELDS:
        indexes = [index for index in header.columns.get(field, []) if index < n_columns]
        if field == "partners":
            indexes = [index for index in indexes if index not in co_organisers]
        cells = _as_texts(field, indexes, header, guarded, is_mapped=field in mapping.values)
        texts = [_without_marks(text) if field in _MARKED else text for text in _changed(cells, header, n_columns)]
        if field in of_sheet:
            texts.append(f"'{of_sheet[field].replace(chr(39), chr(39) * 2)}'")
        if field == "organiser" and co_organisers:
            texts = [_with_others(texts, [f"c{index}" for index in co_organisers])]
        if not texts:
            parts.append(f"null::varchar as {field}")
            continue
        given.add(field)
        is_ticked = field == "type" and all(index in header.flags for index in indexes)
        value = f"nullif(concat_ws(', ', {', '.join(texts)}), '')" if is_ticked else _joined(field, texts)
        if field in mapping.values:
            value = _translated(connection, field, value, mapping)
        parts.append(f"{value} as {field}")
    connection.execute(
        f"create or replace temp view intake_named as select line, {_notes(header, n_columns)} as notes,"  # noqa: S608
        f" {', '.join(parts)} from intake_cells"
    )
    return frozenset(given)


def _notes(header: Header, n_columns: int) -> str:
    """Return SQL for the findings of a row: those of its reading, the hours that no field has, and second ones that are others."""
    cells = {index: f"intake_trim(c{index})" for index in range(n_columns)}
    conditions = {cells[index]: f"{cells[index]} is not null" for index in header.unread_hours if index in cells}
    first, *others = [*(index for index in header.columns.get("begins_hour", []) if index in cells), -1]
    conditions |= {
        cells[index]: f"{cells[index]} <> {cells[first]}"
        for index in others
        if index in cells
        and not header.sessions
        and columns.plain(header.names[index]) == columns.plain(header.names[first])
    }
    if not conditions:
        return "notes"
    hour_notes = ", ".join(
        f"case when {condition} then {{'kind': 'hour_unreadable', 'detail': {cell}}} end"
        for cell, condition in conditions.items()
    )
    return f"list_concat(notes, list_filter([{hour_notes}], lambda note: note is not null))"


def _as_texts(field: str, indexes: list[int], header: Header, guarded: set[int], *, is_mapped: bool) -> _Cells:
    """Return the cells of a field's columns without what guards them, trimmed; those of yes and no as what they say."""
    cells = [f"intake_unguarded(c{index})" if index in guarded else f"c{index}" for index in indexes]
    towns = [
        f"intake_trim(c{index})"
        for name in ("city", "commune_code", "postcode")
        for index in header.columns.get(name, ())
    ]
    if field not in _TRIMMED_LATER or is_mapped:
        cells = [f"intake_trim({cell})" for cell in cells]
    cells = [
        flags.as_sql(cell, header.flags[index], towns) if index in header.flags else cell
        for index, cell in zip(indexes, cells, strict=True)
    ]
    cells = [
        universal_hours.as_sql(cell) if universal_hours.is_universal(field, header.names[index]) else cell
        for index, cell in zip(indexes, cells, strict=True)
    ]
    return _Cells(field, indexes, cells)


def _changed(cells: _Cells, header: Header, n_columns: int) -> list[str]:
    """Return the cells of a field as it needs them: remarks of a status, sessions in columns, several towns, units, minutes."""
    field, indexes, texts = cells.field, cells.indexes, cells.texts
    if field == "status":
        return texts + [_said_of_status(f"c{index}") for index in header.remarks if index < n_columns]
    if header.sessions and field in _OF_SESSIONS:
        of_sessions = {index for session in header.sessions for _field, index in session.fields}
        others = [text for index, text in zip(indexes, texts, strict=True) if index not in of_sessions]
        return [numbered.as_sql(header.sessions)] if field == "begins" else others
    if field == "begins" and any(
        settling_hours.is_of_weeks(header.names[index]) for index in indexes
    ):  # « 46 » under « Semaine »
        return [
            f"case when regexp_full_match({text}, '\\d{{1,2}}') then 'semaine ' || {text} else {text} end"
            if settling_hours.is_of_weeks(header.names[index])
            else text
            for index, text in zip(indexes, texts, strict=True)
        ]
    is_repeated = len({columns.plain(header.names[index]) for index in indexes}) < len(indexes)
    if field == "city" and (
        is_repeated or numbered.counted(header.names, indexes)
    ):  # several towns, none of which is chosen
        return [f"nullif(array_to_string(list_sort(list_distinct([{', '.join(texts)}])), ' / '), '')"]
    if field == "duration":
        units = [lengths.with_unit(columns.plain(header.names[index])) for index in indexes]
        return [
            f"case when regexp_full_match({text}, '\\d+(?:[.,]\\d+)?') then {text} || ' {unit}' else {text} end"
            if unit
            else text
            for text, unit in zip(texts, units, strict=True)
        ]
    if header.is_metric and field in ("lat", "lon"):
        pair = " || ' ' || ".join(f"intake_trim(c{header.columns[each][0]})" for each in ("lat", "lon"))
        return [f"coalesce(getvariable('intake_degrees')[{pair}].{field}, {texts[0]})", *texts[1:]]
    if field == "conditions":
        return _with_currency(texts, [columns.plain(header.names[index]) for index in indexes])
    if header.continued and field in _OF_SESSIONS:
        return _continued(cells, header.continued)
    if field == "begins_hour" and clock_columns.are_parts_of_day([header.names[index] for index in indexes]):
        return [f"nullif(concat_ws(', ', {', '.join(texts)}), '')"]
    return texts


def _without_marks(text: str) -> str:
    """Return SQL for a cell, null where it holds an empty mark: « NULL », « N/A », « n. c. », « - »."""
    is_mark = f"regexp_full_match({text}, '(?i)\\(?null\\)?|na[nt]|none|n\\.? ?/?[acd]\\.?|<na>|[-–—.]+')"
    return f"case when length({text}) <= 6 and not ({text} >= '0' and {text} < ':') and {is_mark} then null else {text} end"


def _continued(cells: _Cells, continued: dict[int, int]) -> list[str]:
    """Return the cells of hours, each with what the column behind it says of its minutes or its half of the day."""
    by_index = dict(zip(cells.indexes, cells.texts, strict=True))
    parts = set(continued.values())
    return [
        clock_columns.as_sql(text, by_index[continued[index]]) if continued.get(index) in by_index else text
        for index, text in by_index.items()
        if index not in parts
    ]


def _joined(field: str, cells: list[str]) -> str:
    """Return SQL for what the cells of a field say together."""
    if len(cells) == 1:
        value = cells[0]
    elif field in _LONG_TEXTS:
        value = f"nullif(concat_ws(chr(10) || chr(10), {', '.join(cells)}), '')"
    elif field in _LISTS:
        value = f"nullif(concat_ws(' | ', {', '.join(cells)}), '')"
    elif field == "begins":
        value = f"nullif(concat_ws(chr({ord(date_fields.CELL)}), {', '.join(cells)}), '')"
    elif field == "state":  # what one column holds back, another does not publish
        held_first = [f"nullif({cell}, '{flags.PUBLISHED}')" for cell in cells]
        value = f"coalesce({', '.join((*held_first, *cells))})"
    elif field == "ends":
        read_first = [f"case when regexp_matches({cell}, '{_DATED}') then {cell} end" for cell in cells]
        value = f"coalesce({', '.join((*read_first, *cells))})"
    else:
        meaningful_cells = [f"case when not intake_says_nothing({cell}) then {cell} end" for cell in cells]
        value = f"coalesce({', '.join((*meaningful_cells, cells[0]))})"
    if field == "month":  # a heading beside its rows: empty cells say the same as the one above
        value = f"last_value({value} ignore nulls) over (order by line)"
    return value


def _with_others(organisers: list[str], others: list[str]) -> str:
    """Return SQL for the organiser and those who organise with it."""
    first = [_joined("organiser", organisers)] if organisers else []
    return f"nullif(concat_ws(' | ', {', '.join((*first, *others))}), '')"


def _translated(connection: duckdb.DuckDBPyConnection, field: str, value: str, mapping: Mapping) -> str:
    """Return SQL for what a mapping says that a value means."""
    name = f"intake_values_{field}"
    table = {columns.plain(key): meaning for key, meaning in mapping.values[field].items()}
    connection.execute(f"set variable {name} = map(?::varchar[], ?::varchar[])", [list(table), list(table.values())])
    return f"coalesce(getvariable('{name}')[intake_key({value})], {value})"


def _guarded(connection: duckdb.DuckDBPyConnection, indexes: Sequence[int]) -> set[int]:
    """Return the columns that have a cell which `intake_unguarded` may change; planning that for all takes longer than to look."""
    if not indexes:
        return set()
    # As ranges, which are compared several times faster than beginnings: « = » and « ' », each up to the character that follows.
    looks = ", ".join(f"bool_or((c{i} >= '=' and c{i} < '>') or (c{i} >= '''' and c{i} < '('))" for i in indexes)
    row = connection.execute(f"select {looks} from intake_cells").fetchone()  # noqa: S608
    return {index for index, is_guarded in zip(indexes, row or (), strict=True) if is_guarded}


def _with_currency(texts: list[str], headers: Sequence[str]) -> list[str]:
    """Return prices without a currency as euros, where the header says that they are prices; of the least and the most a range."""
    bare = "regexp_full_match({}, '\\d+(?:[.,]\\d{{1,2}})?')"
    priced = [
        f"case when {bare.format(text)} then {text} || ' €' else {text} end" if _PRICE.search(header) else text
        for text, header in zip(texts, headers, strict=True)
    ]
    ends = [
        [n for n, header in enumerate(headers) if _PRICE.search(header) and word in header] for word in ("min", "max")
    ]
    if len(ends[0]) != 1 or len(ends[1]) != 1:
        return priced
    least, most = ends[0][0], ends[1][0]
    both = f"{bare.format(texts[least])} and {bare.format(texts[most])} and {texts[least]} <> {texts[most]}"
    span = f"'de ' || {texts[least]} || ' € à ' || {texts[most]} || ' €'"
    of_both = f"case when {both} then {span} else coalesce({priced[least]}, {priced[most]}) end"
    return [of_both, *(text for n, text in enumerate(priced) if n not in (least, most))]


def _said_of_status(cell: str) -> str:
    """Return SQL for what a remark says of an event's status, if it begins with that."""
    return f"nullif(regexp_extract(strip_accents(lower({cell})), '^\\W*(annule\\w*|reporte\\w*|complet)\\b', 1), '')"
