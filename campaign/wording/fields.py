"""The fields of an event that a column of a spreadsheet can be, by name."""

from typing import Final

from campaign.core.language import _, mark

NAMES: Final = {
    "uid": mark("Identifiant"),
    "title": mark("Titre"),
    "description": mark("Description"),
    "long_description": mark("Description longue"),
    "url": mark("Page de l'événement"),
    "type": mark("Type"),
    "themes": mark("Thèmes"),
    "keywords": mark("Mots-clés"),
    "organiser": mark("Organisateur"),
    "partners": mark("Partenaires"),
    "attendance_mode": mark("Sur place ou en ligne"),
    "status": mark("Statut (reporté, annulé…)"),
    "state": mark("État de publication"),
    "begins": mark("Date de début"),
    "ends": mark("Date de fin"),
    "begins_hour": mark("Heure de début"),
    "ends_hour": mark("Heure de fin"),
    "duration": mark("Durée"),
    "slots": mark("Toutes les sessions"),
    "timezone": mark("Fuseau horaire"),
    "venue": mark("Nom du lieu"),
    "address": mark("Adresse"),
    "postcode": mark("Code postal"),
    "city": mark("Commune"),
    "commune_code": mark("Code INSEE de la commune"),
    "departement": mark("Département"),
    "region": mark("Région"),
    "country": mark("Pays"),
    "lat": mark("Latitude"),
    "lon": mark("Longitude"),
    "position": mark("Latitude et longitude"),
    "conditions": mark("Tarif et conditions"),
    "registration_url": mark("Lien d'inscription"),
    "online_url": mark("Lien de connexion"),
    "accessibility": mark("Accessibilité"),
    "age": mark("Âge"),
    "age_min": mark("Âge minimum"),
    "age_max": mark("Âge maximum"),
    "created_at": mark("Créé le"),
    "updated_at": mark("Modifié le"),
    "year": mark("Année"),
    "month": mark("Mois"),
}


def name_of(field: str | None) -> str:
    """Return a field's name in the reader's language; None is a column without use."""
    return _(NAMES[field]) if field else _("Sans emploi")
