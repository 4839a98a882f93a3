"""The columns of the event list as a reader calls them: the headers of the table for a French Excel."""

from typing import Final

from campaign.core.language import _, mark

# An import knows these words again: campaign/intake/fields/column_aliases.csv.
NAMES: Final = {
    "event_id": mark("Identifiant"),
    "edition": mark("Édition"),
    "title": mark("Titre"),
    "type": mark("Code du type"),
    "type_label": mark("Type"),
    "themes": mark("Thèmes"),
    "organiser": mark("Organisateur"),
    "starts_at": mark("Début"),
    "ends_at": mark("Fin"),
    "n_sessions": mark("Nombre de sessions"),
    "venue": mark("Nom du lieu"),
    "address": mark("Adresse"),
    "postcode": mark("Code postal"),
    "commune": mark("Commune"),
    "commune_code": mark("Code INSEE de la commune"),
    "departement_code": mark("Code du département"),
    "region_2014_code": mark("Code de la région (2014)"),
    "region_2016_code": mark("Code de la région (2016)"),
    "lat": mark("Latitude"),
    "lon": mark("Longitude"),
    "place_precision": mark("Précision du lieu"),
    "attendance_mode": mark("Mode de participation"),
    "status": mark("Statut"),
    "url": mark("Lien"),
    "source": mark("Source"),
    "updated_at": mark("Mise à jour"),
    "is_demo": mark("Démonstration"),
    "licence": mark("Licence"),
    "commune_code_now": mark("Code INSEE actuel de la commune"),
}


def name_of(column: str) -> str:
    """Return a column's name in the reader's language."""
    return _(NAMES[column])
