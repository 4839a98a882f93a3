"""How a choice reaches SQL: the struct that the macros of campaign/build/definitions.sql read, and which of their ways it takes."""

from typing import TYPE_CHECKING, Final

import duckdb
from duckdb import sqltypes

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
    "counted_distincts",
    "counted_communes",
    "counted_registrations",
    "counted_organisers",
    "counted_shared",
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
    return duckdb.Value(
        {key: list(values) or None for key, values in listed.items()}
        | {
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
        },
        _STRUCT,
    )


def sources(chosen: "Filters") -> dict[str, str]:
    """Return, for each macro over counts, the one of its ways that this choice takes."""
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
    is_more = bool(is_scan or has_days or chosen.themes or chosen.attendance_modes)
    is_single = (
        len(chosen.editions) == 1
        and len(chosen.regions) + len(chosen.departements) <= 1
        and len(chosen.types) <= 1
        and not is_more
    )
    if chosen.as_of:
        return {name: f"{stem}_as_of" for name, stem in AT_A_MOMENT.items()} | {
            name: f"{name}_as_of" for name in COUNTED
        }
    way = "scanned" if is_scan else "by_day" if has_days else "by_theme" if chosen.themes else "by_place"
    return {name: f"{stem}_now" for name, stem in AT_A_MOMENT.items()} | {
        "counted_cells": f"counted_cells_{way}",
        "counted_themes": "counted_themes_scanned" if is_scan or has_days else "counted_themes_by_cell",
        "counted_days": "counted_days_scanned" if is_scan or chosen.themes else "counted_days_by_cell",
        "counted_distincts": "counted_distincts_stored" if is_single else "counted_distincts_scanned",
        "counted_communes": f"counted_communes_{'scanned' if is_more else 'by_cell'}",
        "counted_registrations": f"counted_registrations_{'scanned' if is_more else 'by_cell'}",
        "counted_organisers": f"counted_organisers_{'scanned' if is_more or chosen.types else 'by_cell'}",
        "counted_shared": f"counted_shared_{'scanned' if is_more or chosen.types else 'by_cell'}",
    }
