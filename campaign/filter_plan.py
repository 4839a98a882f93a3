"""How a choice reaches SQL: the struct that the macros of campaign/build/definitions.sql read, and what it makes shorter."""

from typing import TYPE_CHECKING, Any, Final

import duckdb
from duckdb import sqltypes

from campaign.definitions import written_out
from campaign.search import terms

if TYPE_CHECKING:
    from campaign.filters import Filters

# Macros of campaign/build/definitions_as_of.sql that are read now, or as of a day.
AT_A_MOMENT: Final = {
    "events_at": "events",
    "sessions_at": "sessions",
    "chosen_events": "chosen_events",
    "counted_events": "counted_events",
}
COUNTED: Final = (
    "counted_cells",
    "counted_themes",
    "counted_days",
    "counted_first_days",
    "counted_distincts",
    "counted_communes",
    "counted_registrations",
    "counted_organisers",
    "counted_shared",
    "counted_completeness",
    "counted_labels",
)

_TEXTS = duckdb.list_type(sqltypes.VARCHAR)
_STRUCT = duckdb.struct_type(
    {
        "edition": duckdb.list_type(sqltypes.SMALLINT),
        "region": _TEXTS,
        "nomenclature": sqltypes.SMALLINT,
        "departement": _TEXTS,
        "type": _TEXTS,
        "theme": _TEXTS,
        "attendance_mode": _TEXTS,
        "commune": _TEXTS,
        "organiser": _TEXTS,
        "free": sqltypes.BOOLEAN,
        "accessible": _TEXTS,
        "audience": _TEXTS,
        "id": _TEXTS,
        "from_day": sqltypes.DATE,
        "to_day": sqltypes.DATE,
        "as_of": sqltypes.DATE,
        "words": _TEXTS,
        "spellings": duckdb.list_type(_TEXTS),
        "near_lat": sqltypes.DOUBLE,
        "near_lon": sqltypes.DOUBLE,
        "radius_km": sqltypes.DOUBLE,
        "unit": sqltypes.VARCHAR,
    }
)


def value(chosen: "Filters") -> duckdb.Value:
    """Return the struct that the macros read."""
    return duckdb.Value(_fields(chosen), _STRUCT)


def _fields(chosen: "Filters") -> dict[str, Any]:
    """Return its fields, null where the choice filters nothing."""
    listed = {
        "edition": chosen.editions,
        "region": chosen.regions,
        "departement": chosen.departements,
        "type": chosen.types,
        "theme": chosen.themes,
        "attendance_mode": chosen.attendance_modes,
        "commune": chosen.communes,
        "organiser": chosen.organisers,
        "accessible": chosen.accessible,
        "audience": chosen.audiences,
        "id": chosen.ids,
    }
    asked = terms(chosen.q) if chosen.q else None
    return {key: list(values) or None for key, values in listed.items()} | {
        "nomenclature": chosen.nomenclature,
        "from_day": chosen.from_day,
        "to_day": chosen.to_day,
        "as_of": chosen.as_of,
        "free": chosen.free,
        "words": (list(asked.words) or None) if asked else None,
        "spellings": ([list(each.meant) for each in asked.misspelt] or None) if asked else None,
        "near_lat": chosen.near.lat if chosen.near else None,
        "near_lon": chosen.near.lon if chosen.near else None,
        "radius_km": chosen.radius_km if chosen.near else None,
        "unit": chosen.unit,
    }


def shortened(chosen: "Filters") -> dict[str, str]:
    """Return, for each macro that reads a choice, the text that says the same for this one (campaign/query_text.py: planned).

    A macro over counts becomes the one of its ways that the choice takes; events and counts by place are read from their
    tables, with the conditions that are asked for; a unit or a nomenclature becomes its column. tests/queries/test_ways.py
    holds them equal.
    """
    columns = {
        "in_unit": {"events": "{0}", "sessions": "{1}", "days": "{2}"}[chosen.unit],
        "region_in": "{1}" if chosen.nomenclature == 2016 else "{0}",
    }
    if chosen.as_of:
        ways = {name: f"{stem}_as_of" for name, stem in AT_A_MOMENT.items()} | {
            name: f"{name}_as_of" for name in COUNTED
        }
        return columns | _calls(ways)
    way, is_scan, is_more = _way(chosen)
    ways = {name: f"{stem}_now" for name, stem in AT_A_MOMENT.items()} | {
        "counted_cells": f"counted_cells_{way}",
        "counted_themes": "counted_themes_scanned" if way in ("scanned", "by_day") else "counted_themes_by_cell",
        "counted_days": "counted_days_scanned" if is_scan or chosen.themes else "counted_days_by_cell",
        "counted_first_days": f"counted_first_days_{'scanned' if way != 'by_place' else 'by_cell'}",
        "counted_distincts": "counted_distincts_stored" if _is_single(chosen, is_more) else "counted_distincts_scanned",
        "counted_organisers": f"counted_organisers_{'scanned' if is_more or chosen.types else 'by_cell'}",
        "counted_shared": f"counted_shared_{'scanned' if is_more or chosen.types else 'by_cell'}",
        "counted_completeness": "counted_completeness_by_cell",
        "counted_labels": "counted_labels_by_cell",
        "counted_communes": "counted_communes_scanned",
        "counted_registrations": "counted_registrations_scanned",
    }
    tables = {}
    if way == "by_place":
        tables["counted_cells"] = _chosen_rows(chosen, "event_cells")
    if not is_more:
        tables["counted_communes"] = _chosen_rows(chosen, "commune_cells")
        tables["counted_registrations"] = _chosen_rows(chosen, "registration_cells")
    return columns | _calls(ways) | _events(chosen, ways) | tables


def _events(chosen: "Filters", ways: dict[str, str]) -> dict[str, str]:
    """Return what stands for the macros that read events one by one."""
    asked = set()
    for field, given in _fields(chosen).items():
        if given is not None:
            asked.add(field)
            if isinstance(given, list):
                asked |= {f"{field}[{place}]" for place in range(1, len(given) + 1)}
    read = {"chosen_events", "counted_events"} | {macro for macro, way in ways.items() if way.endswith("_scanned")}
    return {macro: written_out(ways[macro], frozenset(asked)) for macro in read}


def reads_by_day(chosen: "Filters") -> bool:
    """Whether the counts of a choice are read from the cells of each day."""
    return not chosen.as_of and _way(chosen)[0] == "by_day"


def _way(chosen: "Filters") -> tuple[str, bool, bool]:
    """Return how a choice reads counts, whether it must read events, and whether it asks for more than places and types."""
    has_days = chosen.from_day is not None or chosen.to_day is not None
    is_scan = bool(
        chosen.q is not None
        or chosen.near
        or chosen.communes
        or chosen.organisers
        or chosen.free is not None
        or chosen.accessible
        or chosen.audiences
        or chosen.ids
        or (chosen.themes and has_days)
    )
    way = "scanned" if is_scan else "by_day" if has_days else "by_theme" if chosen.themes else "by_place"
    return way, is_scan, bool(is_scan or has_days or chosen.themes or chosen.attendance_modes)


def _is_single(chosen: "Filters", is_more: bool) -> bool:
    """Whether the stored distinct counts hold this choice: one edition, at most one territory and one type."""
    return (
        len(chosen.editions) == 1
        and len(chosen.regions) + len(chosen.departements) <= 1
        and len(chosen.types) <= 1
        and not is_more
    )


def _calls(ways: dict[str, str]) -> dict[str, str]:
    return {macro: f"{way}({{p}})" for macro, way in ways.items()}


def _chosen_rows(chosen: "Filters", table: str) -> str:
    """Return the rows of a table of cells in the chosen place, as in_chosen_place() says it for any choice."""
    columns = {
        "edition": ("edition", chosen.editions),
        "region": (f"region_{2016 if chosen.nomenclature == 2016 else 2014}_code", chosen.regions),
        "departement": ("departement_code", chosen.departements),
        "type": ("type", chosen.types),
        "attendance_mode": ("attendance_mode", chosen.attendance_modes),
    }
    conditions = [f"list_contains(({{p}}).{field}, {column})" for field, (column, asked) in columns.items() if asked]
    return f"(from {table}{' where ' if conditions else ''}{' and '.join(conditions)})"
