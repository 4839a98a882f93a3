"""Records of the Fête de la science, whose keys differ from year to year."""

from pathlib import Path
from typing import Final

import duckdb

from campaign.intake import opendatasoft
from campaign.intake.request import Reading, Request

HERE: Final = Path(__file__).parent

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
    "type_d_animation",
    "type_animation",
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
    version = opendatasoft.read_records(connection, request, FIELDS, ("geolocalisation",))
    connection.execute((HERE / "fete_de_la_science.sql").read_text("utf-8"))
    return Reading(why=f"Fête de la science, enregistrements {version}")
