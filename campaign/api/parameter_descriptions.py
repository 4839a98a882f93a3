"""The parameters of the public addresses, as OpenAPI 3.1 describes them, with the codes that the event file knows now."""

from collections.abc import Iterable
from typing import Any

from campaign import ask, filters
from campaign.api import parameters, press, questions, refusals, reports
from campaign.charts.sheet import SIZES
from campaign.core import pages
from campaign.drawings import export
from campaign.drawings.catalogue import DRAWINGS
from campaign.filters import Codes
from campaign.filters.declaration import Filter
from campaign.store.gazetteer import LONGEST

Json = dict[str, Any]

START = "accueil"  # what the first page, whose path is empty, is called in the address of its picture
APPEARANCES = ("auto", "light", "dark")
DIALECT = (
    "`fr` : pour un Excel français. Les mêmes colonnes dans le même ordre, leurs noms en toutes lettres dans la langue de `lang` ; "
    "marque d'ordre des octets, points-virgules, décimales à virgule, dates jj/mm/aaaa hh:mm à l'heure du lieu (`updated_at` : de "
    "Paris), VRAI et FAUX. Un texte qu'un tableur changerait en nombre (code à zéro initial) est précédé d'une apostrophe."
)


def _parameter(name: str, schema: Json, description: str, *, place: str = "query", many: bool = False) -> Json:
    if many and "anyOf" not in schema:  # of these each says itself that it is a list
        schema = {"type": "array", "items": schema}
    parameter: Json = {"name": name, "in": place, "description": description, "schema": schema}
    if place == "query" and name in refusals.REFUSED:
        parameter["x-refused"] = refusals.REFUSED[name]
    if place == "path":
        parameter["required"] = True
    elif many:
        parameter |= {"style": "form", "explode": True}
    return parameter


def _codes(values: frozenset[str]) -> Json:
    return {"type": "string", "enum": sorted(values)} if values else {"type": "string"}


def of_filters(known: Codes) -> Json:
    """Return the parameters that every address takes: the filters, by name."""
    return {each.name: _of_filter(each, known) for each in filters.all_filters()}


def _of_filter(declared: Filter, known: Codes) -> Json:
    return _parameter(declared.name, declared.kind.schema(known), declared.help, many=declared.kind.is_many)


def of_addresses(known: Codes) -> Json:
    """Return the parameters of single addresses, by the name that their operations refer to."""
    limit = {"type": "integer", "minimum": 1, "maximum": parameters.MAX_LIMIT, "default": parameters.DEFAULT_LIMIT}
    by = {"type": "string", "enum": list(parameters.DIMENSIONS)}
    return {
        "limit": _parameter("limit", limit, "Nombre d'événements au plus."),
        "after": _parameter("after", {"type": "string", "minLength": 1}, "`after` de la page précédente."),
        "event_id": _parameter(
            "event_id", {"type": "string", "pattern": "^[0-9a-f]{16}$"}, "Identifiant.", place="path"
        ),
        "by": _parameter("by", by, "Dimensions du tableau, dans cet ordre ; `edition` porte sur toutes.", many=True),
        "dialect": _parameter("dialect", {"type": "string", "enum": list(parameters.DIALECTS)}, DIALECT),
        "code": _parameter(
            "code",
            _codes(_region_codes(known)),
            "Code INSEE d'une région, de 2014 ou de 2016. Sans `nomenclature`, un code que les deux découpages ont est celui du "
            "découpage par défaut.",
            place="path",
        ),
        **_of_drawings(known),
        **_of_places(),
    }


def _of_drawings(known: Codes) -> Json:
    editions = _codes(frozenset(str(edition) for edition in known.counted_editions))
    looks = {"type": "array", "items": {"type": "string", "enum": [*sorted(known.themes), *APPEARANCES]}}
    paths = [page.path or START for page in pages.visible()]
    return {
        "drawing": _parameter("name", {"type": "string", "enum": list(DRAWINGS)}, "Nom du dessin.", place="path"),
        "drawing_extension": _parameter("extension", _listed(export.MEDIA_TYPES), "Format.", place="path"),
        "report_extension": _parameter("extension", _listed(reports.MEDIA_TYPES), "Format.", place="path"),
        "page": _parameter("path", _listed(paths), f"Chemin d'une page ; `{START}` pour `/`.", place="path"),
        "size": _parameter("size", {**_listed(SIZES), "default": press.DEFAULT_SIZE}, "Format du dessin."),
        "against": _parameter("against", editions, "Édition à comparer (dessins `ecart…`)."),
        "within": _parameter("within", _listed(("5", "10", "20")), "Distance en km (dessins de la couverture)."),
        "align": _parameter("align", _listed(("weekday",)), "Éditions alignées par jour de la semaine (calendriers)."),
        "scale": _parameter("scale", _listed(("indexed",)), "Courbes ramenées à 100 (éditions)."),
        "look": _parameter(
            "theme",
            looks,
            "Thème, comme ailleurs ; ou l'apparence du cadre : `auto`, `light`, `dark`.",
            many=True,
        ),
    }


def _of_places() -> Json:
    lat = {"type": "string", "pattern": "^-?([0-8]?[0-9](\\.[0-9]{1,8})?|90)$", "examples": ["48.11"]}
    lon = {"type": "string", "pattern": "^-?((1[0-7][0-9]|[0-9]?[0-9])(\\.[0-9]{1,8})?|180)$", "examples": ["-1.68"]}
    question = {"type": "string", "maxLength": ask.LONGEST}
    address = {
        "type": "string",
        "maxLength": questions.LONGEST_ADDRESS,
        "pattern": "^[ -~]*$",
        "examples": ["region=53&type=atelier"],
    }
    return {
        "lat": {**_parameter("lat", lat, "Latitude en degrés."), "required": True},
        "lon": {**_parameter("lon", lon, "Longitude en degrés."), "required": True},
        "question": _parameter("q", question, "Une question en mots."),
        "present": _parameter(
            "present", address, "Un choix, comme l'adresse de sa page le dit : la question y est posée aussi."
        ),
        "commune_text": _parameter(
            "q", {"type": "string", "maxLength": LONGEST}, "Le début d'un nom de commune, ou un code postal."
        ),
    }


def _listed(values: Iterable[str]) -> Json:
    return {"type": "string", "enum": list(values)}


def _region_codes(known: Codes) -> frozenset[str]:
    return frozenset().union(*known.regions.values())
