"""Records of the Fête de la science, whose keys differ from year to year."""

import re
from pathlib import Path
from typing import Final

import duckdb

from campaign.core.language import join, say
from campaign.intake.readers import opendatasoft
from campaign.intake.request import Reading, Request
from campaign.profile.aliases import aliases

HERE: Final = Path(__file__).parent

KEY: Final = re.compile(r"[a-z][a-z0-9_]*")
TYPES: Final = ["type_d_animation", "type_animation"]  # keys of the type of animation, beside the folder's own
FIELDS: Final = [
    "identifiant",
    "titre_fr",
    "description_fr",
    "description_longue_fr",
    "description_longue_html_fr",
    "lien",
    "mots_cles_fr",
    "horaires_iso",
    "dates",
    "statut",
    "thematiques",
    "organisateur",
    "geolocalisation",
    "nom_du_lieu",
    "adresse",
    "code_postal",
    "ville",
    "departement",
    "region",
    "pays",
    "detail_des_conditions_fr",
    "lien_d_inscription",
    "accessibilite_fr",
    "age_minimum",
    "age_maximum",
    "derniere_mise_a_jour",
]


def read(connection: duckdb.DuckDBPyConnection, request: Request) -> Reading:
    """Make `intake_incoming` from records of the Fête de la science."""
    own = [row.alias for row in aliases() if row.field == "type" and KEY.fullmatch(row.alias)]
    types = list(dict.fromkeys([*own, *TYPES]))
    version = opendatasoft.read_records(
        connection, request, list(dict.fromkeys([*FIELDS, *types])), ("geolocalisation",)
    )
    keys = ", ".join(types)
    connection.execute(
        f"create or replace temp view intake_typed as select *, coalesce({keys}) as any_type from intake_fields"  # noqa: S608 - plain keys
    )
    connection.execute((HERE / "fete_de_la_science.sql").read_text("utf-8"))
    return Reading(why=join(", ", ["Fête de la science", say("enregistrements {version}", version=version)]))
