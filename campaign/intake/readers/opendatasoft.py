"""Opendatasoft's records of `evenements-publics-openagenda`: v2.1 (flat) and v1 (`fields`, `geometry`)."""

from pathlib import Path
from typing import Final

import duckdb

from campaign.core.language import say
from campaign.intake.files import envelope
from campaign.intake.readers import lines
from campaign.intake.request import Reading, Request

HERE: Final = Path(__file__).parent

FIELDS: Final = [
    "uid",
    "title_fr",
    "description_fr",
    "longdescription_fr",
    "canonicalurl",
    "keywords_fr",
    "timings",
    "firstdate_begin",
    "firstdate_end",
    "lastdate_begin",
    "lastdate_end",
    "attendancemode",
    "status",
    "onlineaccesslink",
    "registration",
    "conditions_fr",
    "accessibility",
    "age_min",
    "age_max",
    "category",
    "updatedat",
    "location_coordinates",
    "location_name",
    "location_address",
    "location_insee",
    "location_postalcode",
    "location_city",
    "location_department",
    "location_region",
    "location_countrycode",
]


def read(connection: duckdb.DuckDBPyConnection, request: Request) -> Reading:
    """Make `intake_incoming` from Opendatasoft records."""
    version = read_records(connection, request, FIELDS, ("keywords_fr", "location_coordinates"))
    connection.execute((HERE / "opendatasoft.sql").read_text("utf-8"))
    return Reading(
        why=say("Enregistrements Opendatasoft {version}, types devinés : ce jeu n'en donne pas", version=version)
    )


def read_records(
    connection: duckdb.DuckDBPyConnection, request: Request, fields: list[str], nested: tuple[str, ...]
) -> str:
    """Make the view `intake_fields` (line, each field, `point`) from records of either version; return which it was.

    `nested` are the fields kept as JSON; `point` is [lon, lat] as JSON, of v1's geometry.
    """
    cut = envelope.split(
        request.path,
        request.scratch / "records.ndjson",
        prefixes=(b"fields",),
        name=request.name,
        advance=request.advance,
    )
    kinds = {name: "json" if name in nested else "varchar" for name in fields}
    if "fields" in cut.keys:
        inner = ", ".join(f"{name} {kind}" for name, kind in kinds.items())
        lines.read(
            connection,
            request,
            cut,
            {"fields": f"struct({inner})", "geometry": "struct(coordinates json)"},
            table="intake_records",
        )
        connection.execute(
            "create or replace temp view intake_fields as"
            " select line, unnest(fields), geometry.coordinates as point from intake_records"
        )
        return "v1"
    lines.read(connection, request, cut, kinds, table="intake_records")
    connection.execute("create or replace temp view intake_fields as select *, null::json as point from intake_records")
    return "v2.1"
