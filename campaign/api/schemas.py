"""The shapes of JSON answers, as JSON Schema 2020-12."""

from typing import Any, Final

from campaign.exports.columns import COLUMNS, DICTIONARY
from campaign.filters import ATTENDANCE_MODES, UNITS

Json = dict[str, Any]

TEXT: Final[Json] = {"type": "string"}
MAYBE_TEXT: Final[Json] = {"type": ["string", "null"]}
COUNT: Final[Json] = {"type": "integer", "minimum": 0}
YEAR: Final[Json] = {"type": "integer", "minimum": 2008, "maximum": 2100}
INSTANT: Final[Json] = {"type": ["string", "null"], "format": "date-time"}
FLAG: Final[Json] = {"type": "boolean"}
DAY: Final[Json] = {"type": ["string", "null"], "format": "date"}
STATUSES: Final = ("scheduled", "rescheduled", "moved_online", "postponed", "full")
PRECISIONS: Final = ("address", "commune", "departement", "region", "online", "unknown")
SAID: Final[Json] = {
    "data_date": INSTANT,
    "source": TEXT,
    "licences": {"type": "array", "items": TEXT},
    "is_demo": FLAG,
}

EVENT: Final[Json] = dict.fromkeys(COLUMNS, MAYBE_TEXT) | {
    "event_id": TEXT,
    "edition": YEAR,
    "title": TEXT,
    "type": TEXT,
    "type_label": TEXT,
    "themes": {"type": "array", "items": TEXT},
    "starts_at": INSTANT,
    "ends_at": INSTANT,
    "n_sessions": COUNT,
    "lat": {"type": ["number", "null"], "minimum": -90, "maximum": 90},
    "lon": {"type": ["number", "null"], "minimum": -180, "maximum": 180},
    "place_precision": {"type": "string", "enum": list(PRECISIONS)},
    "attendance_mode": {"type": "string", "enum": list(ATTENDANCE_MODES)},
    "status": {"type": "string", "enum": list(STATUSES)},
    "source": TEXT,
    "updated_at": {"type": "string", "format": "date-time"},
    "is_demo": FLAG,
}

# Descriptions come from the one dictionary; SAID's shapes are shared, hence copied.
EVENT.update({name: {**EVENT[name], "description": of.description} for name, of in DICTIONARY.items()})

COUNTED_ROW: Final[Json] = {
    "edition": {"type": ["integer", "null"]},
    "region": MAYBE_TEXT,
    "departement": MAYBE_TEXT,
    "type": MAYBE_TEXT,
    "theme": MAYBE_TEXT,
    "day": {"type": ["string", "null"], "format": "date"},
    "label": MAYBE_TEXT,
    **{f"{name}_label": MAYBE_TEXT for name in ("edition", "region", "departement", "type", "theme", "day")},
    "count": {"type": "integer", "minimum": 1},
}

POINT: Final[Json] = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}

FIGURE: Final[Json] = {
    "figure_id": {"type": "integer"},
    "edition": {"type": ["integer", "null"]},
    "territory_level": {"type": "string", "enum": ["country", "region_2014", "region_2016", "other"]},
    "territory_code": MAYBE_TEXT,
    "territory_name": TEXT,
    "category": MAYBE_TEXT,
    "metric": TEXT,
    "value": {"type": ["integer", "null"]},
    "qualifier": MAYBE_TEXT,
    "stage": MAYBE_TEXT,
    "is_headline": FLAG,
    "note": MAYBE_TEXT,
    "source": {
        "type": "object",
        "properties": {
            "source_id": TEXT,
            "title": MAYBE_TEXT,
            "producer": MAYBE_TEXT,
            "url": MAYBE_TEXT,
            "accessed_on": DAY,
        },
        "required": ["source_id", "title", "producer", "url", "accessed_on"],
    },
}


def _object(properties: Json, optional: tuple[str, ...] = ()) -> Json:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _list_of(name: str) -> Json:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


def schemas() -> Json:
    """Return the named shapes."""
    totals = dict.fromkeys(("total", "located", "online", "unlocated"), COUNT)
    return {
        "Health": _object(
            {
                "status": {"type": "string", "const": "ok"},
                "data_date": INSTANT,
                "editions": {"type": "array", "items": YEAR},
                "current": {"type": ["integer", "null"]},
                "events": COUNT,
                "is_demo": FLAG,
            }
        ),
        "Description": {"type": "object", "required": ["openapi", "info", "paths"]},
        "Event": _object(EVENT),
        "EventPage": _object({"total": COUNT, "after": MAYBE_TEXT, "events": _list_of("Event"), **SAID}),
        "CountedRow": _object(COUNTED_ROW, optional=tuple(name for name in COUNTED_ROW if name != "count")),
        "Counts": _object(
            {
                "unit": {"type": "string", "enum": list(UNITS)},
                **totals,
                "overlapping": FLAG,
                "rows": _list_of("CountedRow"),
                **SAID,
            }
        ),
        "Feature": _object(
            {
                "type": {"const": "Feature"},
                "id": TEXT,
                "geometry": {"anyOf": [{"type": "null"}, _object({"type": {"const": "Point"}, "coordinates": POINT})]},
                "properties": {"$ref": "#/components/schemas/Event"},
            }
        ),
        "FeatureCollection": _object({"type": {"const": "FeatureCollection"}, "features": _list_of("Feature"), **SAID}),
        "Figure": _object(FIGURE),
        "Figures": _object({"figures": _list_of("Figure"), "data_date": INSTANT}),
        "Problem": _object(
            {
                "type": TEXT,
                "title": TEXT,
                "status": {"type": "integer", "minimum": 400, "maximum": 599},
                "detail": TEXT,
                "parameter": TEXT,
            },
            optional=("parameter",),
        ),
    }
